//! Every verdict of a log-in test, in every language.

use siru_apdu::{ReaderName, Readers as _};
use siru_card::{Certificate, FineidCard, Purpose, SafeText};
use siru_login::{BrokenLink, Presented, Protocol, Registration, Untrusted, Verdict};
use siru_sim::VirtualReaders;

use super::{assert_message_is_whole, assert_whole, in_every_language};
use crate::{Language, Texts, Tone};

const REGISTRATIONS: [Registration; 3] = [
    Registration::Registered,
    Registration::NotRegistered,
    Registration::Unknown,
];

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
        BrokenLink::NothingPresented,
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
            for registration in REGISTRATIONS {
                let message = texts.login(&verdict, registration);
                assert_message_is_whole(&message);
                assert!(message.next_step.is_some(), "{link:?}");
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
        let page = texts.login_page(&verdict, Registration::Registered);
        assert_eq!(page.language, texts.language().tag());
        assert!(page.good && page.next_step.is_none());
        let message = texts.login(&verdict, Registration::NotRegistered);
        assert!(message.next_step.is_some(), "a browser would not get there");
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
            texts.login(&verdict, Registration::Registered)
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
    let message = Texts::new(Language::English).login(&verdict, Registration::Registered);
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
fn only_a_wrong_pin_costs_a_try() {
    let texts = Texts::new(Language::English);
    for link in links() {
        let costs = matches!(link, BrokenLink::WrongPin { .. });
        let verdict = Verdict::Broken {
            link,
            presented: None,
        };
        let message = texts.login(&verdict, Registration::Unknown);
        let says = message.detail.iter().any(|one| one == "One try was used.");
        assert_eq!(says, costs, "{message:?}");
    }
}
