//! Names, states, rules, risks and troubles, in every language.

use std::io;

use siru_apdu::{ChannelError, ExchangeError, ReaderError, StatusWord, TriesLeft};
use siru_card::{
    CardKind, EntryProblem, OpenError, PinRole, PinRules, PinState, ReadError, ReadOnlyReason, Risk,
};

use super::{assert_message_is_whole, assert_whole, in_every_language, sentences};
use crate::{Language, Texts};

pub const ROLES: [PinRole; 3] = [
    PinRole::Authentication,
    PinRole::Signature,
    PinRole::Unblocking,
];

pub const KINDS: [CardKind; 4] = [
    CardKind::Citizen,
    CardKind::Organisation,
    CardKind::Healthcare,
    CardKind::Unknown,
];

pub fn channel_errors() -> Vec<ChannelError> {
    vec![
        ChannelError::CardRemoved,
        ChannelError::CardReset,
        ChannelError::ReaderGone,
        ChannelError::ServiceStopped,
        ChannelError::ShortAnswer { length: 1 },
        ChannelError::LongAnswer { length: 300 },
        ChannelError::Driver(Box::new(io::Error::other("driver"))),
    ]
}

pub fn exchange_errors() -> Vec<ExchangeError> {
    let mut errors: Vec<_> = channel_errors()
        .into_iter()
        .map(ExchangeError::Channel)
        .collect();
    errors.extend([ExchangeError::BudgetSpent, ExchangeError::NotSendable]);
    errors
}

pub const READ_ONLY: [ReadOnlyReason; 5] = [
    ReadOnlyReason::UnknownGeneration,
    ReadOnlyReason::UnprovenGeneration,
    ReadOnlyReason::DirectoryDisagrees,
    ReadOnlyReason::ProbeDisagrees {
        status: StatusWord(0x6A88),
    },
    ReadOnlyReason::NoSerialNumber,
];

pub const ENTRY_PROBLEMS: [EntryProblem; 6] = [
    EntryProblem::NotDigits,
    EntryProblem::TooShort { min: 4 },
    EntryProblem::TooLong { max: 12 },
    EntryProblem::Mismatch,
    EntryProblem::SameAsCurrent,
    EntryProblem::SameAsPuk,
];

pub const RISKS: [Risk; 6] = [
    Risk::None,
    Risk::LocksPin,
    Risk::LocksPinForGood,
    Risk::PukNearlySpent,
    Risk::DestroysPuk,
    Risk::Unknown,
];

#[test]
fn names_and_states_are_whole_in_every_language() {
    let states = [
        PinState::Usable {
            tries_left: Some(TriesLeft(1)),
        },
        PinState::Usable { tries_left: None },
        PinState::Locked,
        PinState::NotActivated { tries_left: None },
        PinState::NotActivated {
            tries_left: Some(TriesLeft(1)),
        },
        PinState::Unknown,
    ];
    in_every_language(|texts| {
        for role in ROLES {
            assert_whole(&texts.role(role));
            for state in states {
                assert_whole(&texts.state(role, state, Some(TriesLeft(5))));
                assert_whole(&texts.state(role, state, None));
            }
            for problem in ENTRY_PROBLEMS {
                assert_whole(&texts.entry_problem(role, problem));
            }
        }
        for kind in KINDS {
            assert_whole(&texts.kind(kind));
        }
        assert_whole(&texts.typed_word());
    });
}

#[test]
fn a_pin_that_was_never_set_tells_its_tries_once_one_is_gone() {
    let texts = Texts::new(Language::English);
    let told = |tries_left: Option<u8>, max: Option<u8>| {
        let tries_left = tries_left.map(TriesLeft);
        let state = PinState::NotActivated { tries_left };
        texts.state(PinRole::Authentication, state, max.map(TriesLeft))
    };
    assert_eq!(told(Some(1), Some(5)), "Not activated, 1 of 5 tries left");
    assert_eq!(told(Some(4), Some(5)), "Not activated, 4 of 5 tries left");
    for (tries_left, max) in [(Some(5), Some(5)), (None, Some(5)), (Some(1), None)] {
        assert_eq!(told(tries_left, max), "Not activated");
    }
}

#[test]
fn troubles_are_whole_in_every_language() {
    in_every_language(|texts| {
        for reason in READ_ONLY {
            assert_whole(&texts.read_only(reason));
        }
        let mut opening = vec![
            OpenError::Foreign,
            OpenError::Legacy {
                profile: &siru_card::profile::SETCOS,
            },
            OpenError::Contactless,
        ];
        opening.extend(exchange_errors().into_iter().map(OpenError::Unreachable));
        for error in &opening {
            assert_message_is_whole(&texts.open_error(error));
        }
        let mut reading = vec![ReadError::AnotherCard, ReadError::Unreadable];
        reading.extend(exchange_errors().into_iter().map(ReadError::Unreachable));
        for error in &reading {
            assert_message_is_whole(&texts.read_error(error));
        }
        for error in [
            ReaderError::NoService,
            ReaderError::AccessDenied,
            ReaderError::ReaderGone,
            ReaderError::NoCard,
            ReaderError::Mute,
            ReaderError::Busy,
            ReaderError::Cancelled,
            ReaderError::Driver(Box::new(io::Error::other("driver"))),
        ] {
            assert_message_is_whole(&texts.reader_error(&error));
        }
    });
}

#[test]
fn every_risk_names_its_consequence() {
    in_every_language(|texts| {
        for role in ROLES {
            for risk in RISKS {
                for tries in [None, Some(TriesLeft(1)), Some(TriesLeft(3))] {
                    assert_message_is_whole(&texts.risk(role, risk, tries));
                }
            }
        }
        let word = texts.typed_word();
        for risk in [Risk::DestroysPuk, Risk::Unknown] {
            let message = texts.risk(PinRole::Unblocking, risk, None);
            assert!(sentences(&message).join(" ").contains(&word), "{message:?}");
        }
        let for_good = texts.risk(
            PinRole::Signature,
            Risk::LocksPinForGood,
            Some(TriesLeft(1)),
        );
        assert!(
            sentences(&for_good).join(" ").contains(&word),
            "{for_good:?}"
        );
        assert_whole(&texts.activation_pin_is_not_puk());
    });
}

#[test]
fn english_has_the_words_of_the_published_instructions() {
    let texts = Texts::new(Language::English);
    assert_eq!(texts.role(PinRole::Authentication), "basic PIN (PIN1)");
    assert_eq!(texts.role(PinRole::Signature), "signature PIN (PIN2)");
    assert_eq!(texts.role(PinRole::Unblocking), "PUK/Activation code");
    let five = PinState::Usable {
        tries_left: Some(TriesLeft(5)),
    };
    let max = Some(TriesLeft(5));
    assert_eq!(
        texts.state(PinRole::Authentication, five, max),
        "5 of 5 tries left"
    );
    assert_eq!(
        texts.state(PinRole::Authentication, PinState::Locked, max),
        "Locked"
    );
    assert_eq!(
        texts.state(PinRole::Unblocking, PinState::Locked, max),
        "Locked permanently"
    );
    let rules = PinRules {
        min_entered: 4,
        max_entered: 12,
        min_new: 4,
        max_new: 8,
    };
    assert_eq!(
        texts.rules(PinRole::Authentication, &rules, true),
        "4–8 digits"
    );
    assert_eq!(
        texts.rules(PinRole::Authentication, &rules, false),
        "4–12 digits"
    );
    let puk = PinRules {
        min_entered: 8,
        max_entered: 8,
        min_new: 8,
        max_new: 8,
    };
    assert_eq!(texts.rules(PinRole::Unblocking, &puk, false), "8 digits");
}

#[test]
fn tries_are_counted_as_each_language_counts() {
    let one = PinState::Usable {
        tries_left: Some(TriesLeft(1)),
    };
    let two = PinState::Usable {
        tries_left: Some(TriesLeft(2)),
    };
    let said = |language, state| Texts::new(language).state(PinRole::Signature, state, None);
    assert_eq!(said(Language::English, one), "1 try left");
    assert_eq!(said(Language::English, two), "2 tries left");
    assert_eq!(said(Language::Finnish, one), "1 yritys jäljellä");
    assert_eq!(said(Language::Finnish, two), "2 yritystä jäljellä");
    assert_eq!(said(Language::Swedish, one), "1 försök kvar");
}

#[test]
fn a_language_is_found_by_any_of_its_tags_and_switched_at_once() {
    for (tag, language) in [
        ("fi", Some(Language::Finnish)),
        ("sv-FI", Some(Language::Swedish)),
        ("en_GB.UTF-8", Some(Language::English)),
        ("FI", Some(Language::Finnish)),
        ("fil", None),
        ("", None),
    ] {
        assert_eq!(Language::from_tag(tag), language, "{tag}");
    }
    let mut texts = Texts::new(Language::English);
    texts.set_language(Language::Swedish);
    assert_eq!(texts.language(), Language::Swedish);
    assert_eq!(texts.role(PinRole::Authentication), "baskod (PIN1)");
    texts.set_language(Language::Finnish);
    assert_eq!(
        texts.role(PinRole::Authentication),
        "perustunnusluku (PIN1)"
    );
}
