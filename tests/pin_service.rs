//! Does every PIN operation do what it says, on every generation, and say what it did?
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test stops where it breaks"
)]

use siru_apdu::Readers;
use siru_card::{
    Access, Answer, CardKind, Certificate, Consent, EntryProblem, FineidCard, KeyType, OpenError,
    Operation, PersonalDigits, PinRequest, PinRole, Purpose, Refusal, TryUse, Weakness,
};
use siru_tests::bench::{Bench, card, changed_card, pin, request, right, stated};

const IMAGES: [&str; 3] = ["v3", "v4", "organisation"];
const PINS: [PinRole; 2] = [PinRole::Authentication, PinRole::Signature];

#[test]
fn an_opened_card_names_itself_and_its_counters() {
    let cases = [
        (
            "v3",
            "fineid-v3.0",
            CardKind::Citizen,
            KeyType::Rsa { bits: 2048 },
        ),
        ("v4", "fineid-v4", CardKind::Citizen, KeyType::P384),
        (
            "organisation",
            "fineid-org-cosmo-x",
            CardKind::Organisation,
            KeyType::P384,
        ),
    ];
    for (image, profile, kind, key) in cases {
        let mut bench = Bench::new(image);
        let mut card = bench.open();
        assert_eq!(card.profile().id, profile);
        assert_eq!(card.access(), Access::Full, "{image}");
        assert_eq!(stated(card.states()), [Some(5); 3], "{image}");
        assert!(
            card.identity().serial().is_some() && card.token().label.is_some(),
            "{image}"
        );
        let leaf = card
            .certificate(Purpose::Authentication)
            .expect("readable")
            .expect("there");
        assert_eq!((card.kind(), leaf.certificate.key), (kind, key), "{image}");
        let holder = leaf.certificate.holder.expect("a person");
        assert!(
            holder.contains(' ') && !holder.chars().any(|c| c.is_ascii_digit()),
            "{holder}"
        );
        assert!(
            bench.taken().is_empty(),
            "{image}: looking presented something"
        );
        assert_eq!(bench.verified(), [false; 3], "{image}");
    }
}

#[test]
fn all_certificates_are_found_and_each_has_its_purpose() {
    for image in IMAGES {
        let mut card = Bench::new(image).open();
        let certificates = card.certificates().expect("readable");
        assert_ne!(card.kind(), CardKind::Unknown, "{image}");
        let purposes: Vec<_> = certificates.iter().map(|found| found.purpose).collect();
        assert_eq!(
            purposes.first(),
            Some(&Purpose::Authentication),
            "{image}: {purposes:?}"
        );
        assert!(
            purposes.contains(&Purpose::Signature),
            "{image}: {purposes:?}"
        );
        let authorities = purposes
            .iter()
            .filter(|p| **p == Purpose::CertificateAuthority)
            .count();
        assert_eq!(authorities, 2, "{image}: {purposes:?}");
        for found in certificates {
            assert!(found.certificate.is_test, "{image}");
            assert!(
                found.to_pem().starts_with("-----BEGIN CERTIFICATE-----\n"),
                "{image}"
            );
        }
    }
}

#[test]
fn a_right_pin_is_confirmed_and_left_unverified() {
    for image in IMAGES {
        for role in PINS {
            let mut bench = Bench::new(image);
            let outcome = bench.perform(request(Operation::Check, role, false), Consent::Ordinary);
            assert!(
                matches!(outcome.answer, Answer::Done),
                "{image} {role:?}: {outcome:?}"
            );
            assert_eq!(outcome.try_use, TryUse::NotUsed);
            assert_eq!(bench.taken().len(), 1, "{image} {role:?}");
            assert_eq!(bench.verified(), [false; 3], "{image} {role:?}");
            assert_eq!(bench.tries(), [5; 3], "{image} {role:?}");
        }
    }
}

#[test]
fn a_change_takes_the_old_pin_and_sets_the_new_one() {
    for image in IMAGES {
        for role in PINS {
            let mut bench = Bench::new(image);
            let wrong = bench.perform(request(Operation::Change, role, true), Consent::Ordinary);
            assert!(
                matches!(wrong.answer, Answer::Wrong { .. }),
                "{image} {role:?}: {wrong:?}"
            );
            let done = bench.perform(request(Operation::Change, role, false), Consent::Ordinary);
            assert!(
                matches!(done.answer, Answer::Done),
                "{image} {role:?}: {done:?}"
            );
            assert_eq!(bench.tries(), [5; 3], "{image} {role:?}");
            assert_eq!(bench.verified(), [false; 3], "{image} {role:?}");
            let old = bench.perform(request(Operation::Check, role, false), Consent::Ordinary);
            assert!(
                matches!(old.answer, Answer::Wrong { .. }),
                "{image} {role:?}: {old:?}"
            );
            let new = bench.perform(PinRequest::check(role, pin("246802")), Consent::Ordinary);
            assert!(
                matches!(new.answer, Answer::Done),
                "{image} {role:?}: {new:?}"
            );
        }
    }
}

#[test]
fn a_forgotten_pin_is_set_anew_without_a_try_of_it() {
    for image in IMAGES {
        let mut bench = Bench::new(image);
        let role = PinRole::Authentication;
        let outcome = bench.perform(request(Operation::Unlock, role, false), Consent::Ordinary);
        assert!(
            matches!(outcome.answer, Answer::Done),
            "{image}: {outcome:?}"
        );
        assert_eq!(bench.tries(), [5; 3], "{image}");
    }
}

#[test]
fn a_slip_on_the_keyboard_reaches_no_card() {
    let long = "1234567890123";
    assert!(siru_card::Pin::from_digits(b"12a4").is_err());
    assert!(siru_card::Pin::from_digits(long.as_bytes()).is_err());
    for image in IMAGES {
        for digits in ["", "1", "123", "1234567890123"] {
            let Ok(typed) = siru_card::Pin::from_digits(digits.as_bytes()) else {
                continue;
            };
            let mut bench = Bench::new(image);
            let role = PinRole::Authentication;
            let outcome = bench.perform(PinRequest::check(role, typed), Consent::All);
            assert!(
                matches!(outcome.answer, Answer::NotSent(Refusal::Entry { .. })),
                "{image} {digits}: {outcome:?}"
            );
            assert!(bench.taken().is_empty());
        }
        let mut bench = Bench::new(image);
        for (new, role) in [("123", PINS[0]), ("12345", PINS[1]), ("123456789", PINS[0])] {
            let change = PinRequest::change(role, pin(right(role)), pin(new), &pin(new));
            let outcome = bench.perform(change.expect("two equal new PINs"), Consent::All);
            assert!(
                matches!(outcome.answer, Answer::NotSent(Refusal::Entry { .. })),
                "{image} {new}: {outcome:?}"
            );
            let unlock =
                PinRequest::unlock(role, pin(right(PinRole::Unblocking)), pin(new), &pin(new));
            let outcome = bench.perform(unlock.expect("two equal new PINs"), Consent::All);
            assert!(
                matches!(outcome.answer, Answer::NotSent(Refusal::Entry { .. })),
                "{outcome:?}"
            );
            assert!(bench.taken().is_empty(), "{image} {new}");
        }
    }
}

#[test]
fn what_cannot_be_meant_is_refused_before_there_is_a_request() {
    let role = PinRole::Authentication;
    let change =
        |current, new, again| PinRequest::change(role, pin(current), pin(new), &pin(again));
    assert_eq!(
        change("1234", "5678", "5679").unwrap_err(),
        EntryProblem::Mismatch
    );
    assert_eq!(
        change("1234", "1234", "1234").unwrap_err(),
        EntryProblem::SameAsCurrent
    );
    let puk = "12345678";
    let unlock = PinRequest::unlock(role, pin(puk), pin(puk), &pin(puk));
    assert_eq!(unlock.unwrap_err(), EntryProblem::SameAsPuk);
}

#[test]
fn another_card_between_look_and_send_gets_nothing() {
    // The last pair is alike in everything but the serial number.
    for (first, second) in [("v4", "v3"), ("organisation", "v4"), ("v4", "v4")] {
        let mut bench = Bench::new(first);
        let seen = bench.open().identity().clone();
        let other = changed_card(second, |card| card.serial = Some("ZZ7654321".to_owned()));
        let ledger = other.ledger().clone();
        bench
            .control
            .insert(&bench.reader, other)
            .expect("the reader is there");
        let mut present = bench.open();
        let outcome = present.perform(
            request(Operation::Check, PinRole::Authentication, false),
            &seen,
            Consent::All,
        );
        assert!(
            matches!(outcome.answer, Answer::NotSent(Refusal::AnotherCard)),
            "{first} {second}: {outcome:?}"
        );
        assert!(ledger.entries().is_empty() && bench.taken().is_empty());
    }
}

#[test]
fn a_swap_under_an_open_connection_gets_nothing() {
    let mut bench = Bench::new("v4");
    let mut open = bench.open();
    let seen = open.identity().clone();
    let other = card("v4-locked");
    let ledger = other.ledger().clone();
    bench
        .control
        .insert(&bench.reader, other)
        .expect("the reader is there");
    let outcome = open.perform(
        request(Operation::Check, PinRole::Authentication, false),
        &seen,
        Consent::All,
    );
    assert!(
        matches!(
            outcome.answer,
            Answer::NotSent(Refusal::Unreachable(_) | Refusal::AnotherCard)
        ),
        "{outcome:?}"
    );
    assert!(ledger.entries().is_empty());
}

#[test]
fn foreign_and_retired_cards_are_named_and_left_alone() {
    let mut bench = Bench::new("foreign");
    let channel = bench.readers.connect(&bench.reader).expect("a card");
    assert!(matches!(FineidCard::open(channel), Err(OpenError::Foreign)));
    let mut bench = Bench::new("setcos");
    let before = bench.ledger.totals().exchanges;
    let channel = bench.readers.connect(&bench.reader).expect("a card");
    let opened = FineidCard::open(channel).err();
    assert!(
        matches!(opened, Some(OpenError::Legacy { .. })),
        "{opened:?}"
    );
    assert_eq!(
        bench.ledger.totals().exchanges,
        before,
        "a retired card was talked to"
    );
}

#[test]
fn a_card_that_does_not_forget_is_reset() {
    for image in IMAGES {
        let mut bench = Bench::changed(image, |card| card.honours_unverify = false);
        let request = request(Operation::Check, PinRole::Authentication, false);
        let outcome = bench.perform(request, Consent::Ordinary);
        assert!(
            matches!(outcome.answer, Answer::Done),
            "{image}: {outcome:?}"
        );
        assert_eq!(bench.verified(), [false; 3], "{image}");
    }
}

#[test]
fn a_new_pin_made_of_what_the_card_gives_away_is_easy_to_guess() {
    for image in IMAGES {
        let mut card = Bench::new(image).open();
        let leaf = card.certificate(Purpose::Authentication);
        let leaf = leaf.expect("a card").expect("a certificate").certificate;
        let common_name = leaf.common_name.clone().expect("a name");
        let number: String = common_name.chars().filter(char::is_ascii_digit).collect();
        let serial = card.identity().serial().expect("a serial number");
        let printed: String = serial
            .to_string()
            .chars()
            .filter(char::is_ascii_digit)
            .collect();
        let personal = PersonalDigits::of(Some(&leaf), Some(serial));
        for digits in [&number[..6], &number[2..], &printed[printed.len() - 6..]] {
            let weakness = personal.weakness(&pin(digits));
            assert_eq!(weakness, Some(Weakness::Serial), "{image}");
            let unread = PersonalDigits::of(None, None).weakness(&pin(digits));
            assert_eq!(unread, None, "{image}");
        }
        assert_eq!(personal.weakness(&pin("4711")), None, "{image}");
    }
}

#[test]
fn a_date_of_birth_is_taken_from_either_place_in_which_certificates_have_it() {
    let plain = certificate("99900335E", None);
    assert_eq!(plain.weakness(&pin("131052")), None);
    let coded = certificate("131052-308T", None);
    // RFC 3739, dateOfBirth: 1952-10-13.
    let mut attributes = vec![0x30, 0x1F, 0x30, 0x1D, 0x06, 0x08];
    attributes.extend([0x2B, 0x06, 0x01, 0x05, 0x05, 0x07, 0x09, 0x01]);
    attributes.extend([0x31, 0x11, 0x18, 0x0F]);
    attributes.extend(b"19521013120000Z");
    let told = certificate("99900335E", Some(attributes));
    for born in [coded, told] {
        for digits in ["131052", "1310", "1952", "19521013"] {
            assert_eq!(
                born.weakness(&pin(digits)),
                Some(Weakness::BirthDate),
                "{digits}"
            );
        }
        assert_eq!(born.weakness(&pin("141052")), None);
    }
}

/// The personal digits of a certificate with this subject's serial number and these
/// subjectDirectoryAttributes.
fn certificate(number: &str, attributes: Option<Vec<u8>>) -> PersonalDigits {
    let mut params = rcgen::CertificateParams::default();
    let subject_number = rcgen::DnType::CustomDnType(vec![2, 5, 4, 5]);
    params.distinguished_name.push(subject_number, number);
    params.custom_extensions = attributes
        .into_iter()
        .map(|attributes| rcgen::CustomExtension::from_oid_content(&[2, 5, 29, 9], attributes))
        .collect();
    let key = rcgen::KeyPair::generate().expect("a key");
    let made = params.self_signed(&key).expect("a certificate");
    let read = Certificate::parse(made.der()).expect("a readable one");
    PersonalDigits::of(Some(&read), None)
}
