//! Every verdict of a log-in test, in every language.

use siru_apdu::{ReaderName, Readers as _};
use siru_browser::{Program, Registration as Place, Sandbox, Scope, State};
use siru_card::{Certificate, FineidCard, Purpose, SafeText};
use siru_login::{BrokenLink, Presented, Protocol, Registration, Untrusted, Verdict};
use siru_sim::VirtualReaders;

use super::{assert_message_is_whole, assert_whole, in_every_language};
use crate::{Language, Texts, Tone};

fn place(program: Program, name: &str, state: State) -> Place {
    Place {
        program,
        scope: Scope::User,
        place: "/somewhere".into(),
        names: vec![name.to_owned()],
        state,
        neighbours: vec!["/another.so".into()],
        running: false,
    }
}

fn registrations() -> Vec<Registration> {
    let profile = |state| place(Program::Firefox, "default", state);
    let chromium = || place(Program::Chromium, "Chromium", State::NotRegistered);
    let snap = || {
        let state = State::Unreachable(Sandbox::Snap);
        place(Program::Firefox, "Firefox", state)
    };
    let of = |with, without| Registration { with, without };
    vec![
        Registration::default(),
        of(vec![profile(State::Registered)], vec![]),
        of(vec![profile(State::Registered)], vec![chromium(), snap()]),
        of(vec![], vec![profile(State::NoProfile), chromium()]),
        of(vec![], vec![snap()]),
    ]
}

fn certificates() -> Vec<Certificate> {
    let mut readers = VirtualReaders::demo(&["v4".parse().unwrap()]).unwrap();
    let channel = readers.connect(&ReaderName::new("Demo reader 1")).unwrap();
    let mut all = FineidCard::open(channel).unwrap().certificates().unwrap();
    all.retain(|one| one.purpose != Purpose::Signature);
    all.into_iter().map(|one| one.certificate).collect()
}

fn presented() -> Presented {
    let mut all = certificates().into_iter();
    Presented {
        leaf: all.next().unwrap(),
        authorities: all.collect(),
        protocols: vec![Protocol::Tls13, Protocol::Tls12],
        pin_each_time: false,
    }
}

fn links() -> Vec<BrokenLink> {
    let name = || SafeText::new("DVV Citizen Certificates - G4E").unwrap();
    let date = presented().leaf.not_after;
    let mut links = vec![
        BrokenLink::NoModule,
        BrokenLink::ModuleUnusable,
        BrokenLink::NoService,
        BrokenLink::NoReader,
        BrokenLink::NoCard,
        BrokenLink::UnknownCard,
        BrokenLink::SeveralCards,
        BrokenLink::AnotherCard,
        BrokenLink::LookOnly,
        BrokenLink::NoCertificate,
        BrokenLink::NotActivated,
        BrokenLink::PinLocked,
        BrokenLink::LastTry,
        BrokenLink::PinUnknown,
        BrokenLink::CardRemoved,
        BrokenLink::PinDropped,
        BrokenLink::NoSignature(Protocol::Tls12),
        BrokenLink::HandshakeFailed(Protocol::Tls13),
        BrokenLink::NoServer,
        BrokenLink::NoBrowser,
        BrokenLink::NotRegistered,
        BrokenLink::NothingPresented { by: None },
        BrokenLink::NothingPresented {
            by: Some(Program::Chromium),
        },
        BrokenLink::NobodyCame,
        BrokenLink::WrongCertificate,
        BrokenLink::NotYetValid { from: date },
        BrokenLink::Expired { until: date },
        BrokenLink::Unreadable,
    ];
    for tries_left in [None, Some(1), Some(4)] {
        links.push(BrokenLink::WrongPin { tries_left });
    }
    links.push(BrokenLink::RootNotKnown { root: name() });
    links.extend(
        [
            Untrusted::MissingIssuer { issuer: name() },
            Untrusted::UnknownRoot { root: name() },
            Untrusted::UnfitAuthority { authority: name() },
            Untrusted::BadSignature { subject: name() },
        ]
        .map(BrokenLink::ChainNotTrusted),
    );
    links
}

#[test]
fn every_broken_link_is_named_and_has_a_way_out_in_every_language() {
    let links = links();
    in_every_language(|texts| {
        for link in &links {
            let verdict = Verdict::Broken {
                link: link.clone(),
                presented: Some(Box::new(presented())),
            };
            for registration in &registrations() {
                let message = texts.login(&verdict, registration);
                assert_message_is_whole(&message);
                let nothing_to_do =
                    *link == BrokenLink::NotRegistered && registration.is_known() != Some(false);
                assert!(message.next_step.is_some() || nothing_to_do, "{link:?}");
                assert_ne!(message.tone, Tone::Good, "{link:?}");
                assert!(!texts.login_page(&verdict, registration).good);
            }
        }
        assert_message_is_whole(&texts.login_in_browser());
    });
}

#[test]
fn who_logged_in_is_said_whole_in_every_language() {
    let verdict = Verdict::LoggedIn(Box::new(presented()));
    in_every_language(|texts| {
        let rows = texts.login_rows(&presented());
        assert_eq!(rows.len(), 8);
        for (label, value) in &rows {
            assert_whole(label);
            assert_whole(value);
        }
        let page = texts.login_page(&verdict, &Registration::default());
        assert_eq!(page.language, texts.language().tag());
        assert!(page.good && page.next_step.is_none());
    });
}

#[test]
fn a_card_that_wants_pin1_for_each_log_in_is_said_to() {
    in_every_language(|texts| {
        let said = |pin_each_time| {
            let presented = Presented {
                pin_each_time,
                ..presented()
            };
            let verdict = Verdict::LoggedIn(Box::new(presented));
            texts.login(&verdict, &Registration::default())
        };
        let (once, each_time) = (said(false), said(true));
        assert_message_is_whole(&each_time);
        assert_eq!(each_time.tone, Tone::Good);
        assert_eq!(each_time.detail.len(), once.detail.len() + 1);
        assert!(each_time.detail.last().unwrap().contains("PIN1"));
    });
}

#[test]
fn a_root_that_is_not_known_is_not_called_trusted() {
    let root = SafeText::new("VRK Gov. Root CA - G2").unwrap();
    let verdict = Verdict::Broken {
        link: BrokenLink::RootNotKnown { root },
        presented: Some(Box::new(presented())),
    };
    let message = Texts::new(Language::English).login(&verdict, &Registration::default());
    assert_eq!(
        message.headline,
        "The key works, but Siru does not know the root"
    );
    assert_eq!(message.tone, Tone::Warning);
    let all = format!("{message:?}");
    assert!(all.contains("VRK Gov. Root CA - G2"), "{all}");
    assert!(!all.contains("is trusted") && !all.contains("The log-in works"));
}

#[test]
fn browsers_that_lack_the_module_are_named_and_what_to_do_about_each() {
    let texts = Texts::new(Language::English);
    let said = |link: Option<BrokenLink>, registration: &Registration| {
        let presented = Box::new(presented());
        let verdict = match link {
            None => Verdict::LoggedIn(presented),
            Some(link) => Verdict::Broken {
                link,
                presented: Some(presented),
            },
        };
        let message = texts.login(&verdict, registration);
        (
            message.headline,
            message.detail.join(" "),
            message.next_step.unwrap_or_default(),
        )
    };
    let all = registrations();
    let [_, _, some, none, sandbox] = all.as_slice() else {
        panic!("{all:?}")
    };
    // One that is set up does not answer for the others.
    let (headline, detail, next) = said(None, some);
    assert_eq!(headline, "The log-in works");
    assert!(detail.contains("load Siru's module: Chromium."), "{detail}");
    assert!(detail.contains("Firefox: Comes from Snap"), "{detail}");
    assert!(detail.contains("Install Firefox as a deb"), "{detail}");
    assert!(next.contains("siru browser register"));
    let (headline, detail, next) = said(Some(BrokenLink::NotRegistered), none);
    assert_eq!(headline, "Card and module work; no browser is set up");
    assert!(
        detail.contains("Firefox, profile default; Chromium"),
        "{detail}"
    );
    assert!(next.contains("siru browser register"));
    // Registering helps nobody whose only browser cannot load it.
    let (_, detail, next) = said(Some(BrokenLink::NotRegistered), sandbox);
    assert!(detail.contains("Firefox: Comes from Snap"), "{detail}");
    assert!(next.contains("Install Firefox as a deb"), "{next}");
    // The browser that came is the one that matters.
    let by = Some(Program::Chromium);
    let (_, detail, next) = said(Some(BrokenLink::NothingPresented { by }), some);
    assert!(
        detail.contains("Chromium") && !detail.contains("Firefox"),
        "{detail}"
    );
    assert!(next.contains("siru browser register"));
    let by = Some(Program::Firefox);
    let (_, detail, _) = said(Some(BrokenLink::NothingPresented { by }), some);
    assert!(
        detail.contains("cancelled") && detail.contains("Snap"),
        "{detail}"
    );
    assert!(!detail.contains("Chromium"), "{detail}");
}

#[test]
fn test_cards_are_spoken_of_only_where_a_root_is_not_trusted() {
    let texts = Texts::new(Language::English);
    let name = || SafeText::new("An authority").unwrap();
    for (untrusted, next) in [
        (Untrusted::UnknownRoot { root: name() }, "test card"),
        (
            Untrusted::UnfitAuthority { authority: name() },
            "date of this computer",
        ),
        (Untrusted::BadSignature { subject: name() }, "Do not use"),
    ] {
        let verdict = Verdict::Broken {
            link: BrokenLink::ChainNotTrusted(untrusted),
            presented: None,
        };
        let message = texts.login(&verdict, &Registration::default());
        assert!(message.next_step.unwrap().contains(next), "{next}");
    }
}

#[test]
fn only_a_wrong_pin_costs_a_try() {
    let texts = Texts::new(Language::English);
    for link in links() {
        let costs = matches!(link, BrokenLink::WrongPin { .. });
        let verdict = Verdict::Broken {
            link,
            presented: None,
        };
        let message = texts.login(&verdict, &Registration::default());
        let says = message.detail.iter().any(|one| one == "One try was used.");
        assert_eq!(says, costs, "{message:?}");
    }
}
