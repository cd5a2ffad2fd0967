//! Does every PIN operation do what it says, on every generation, and say what it did?
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test stops where it breaks"
)]

use siru_apdu::{Readers, TriesLeft};
use siru_card::{
    Access, Answer, CardKind, Consent, EntryProblem, FineidCard, KeyType, OpenError, Operation,
    PinRequest, PinRole, PinState, Purpose, Refusal, Risk, TryUse,
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
fn wrong_pins_count_down_to_the_lock_and_the_puk_opens_it_again() {
    for image in IMAGES {
        for role in PINS {
            let mut bench = Bench::new(image);
            for left in (1..5).rev() {
                let consent = if left == 0 {
                    Consent::Accepted(Risk::LocksPin)
                } else {
                    Consent::Ordinary
                };
                let outcome = bench.perform(request(Operation::Check, role, true), consent);
                assert!(
                    matches!(outcome.answer, Answer::Wrong { tries_left: TriesLeft(n), .. } if n == left),
                    "{image} {role:?}: {outcome:?}"
                );
                assert_eq!(outcome.try_use, TryUse::Used);
                assert_eq!(
                    outcome.after.map(|after| after.of(role).tries_left()),
                    Some(Some(TriesLeft(left)))
                );
            }
            let refused = bench.perform(request(Operation::Check, role, true), Consent::Ordinary);
            assert!(
                matches!(
                    refused.answer,
                    Answer::NotSent(Refusal::ConsentNeeded {
                        risk: Risk::LocksPin,
                        ..
                    })
                ),
                "{image} {role:?}: {refused:?}"
            );
            assert_eq!(bench.taken().len(), 4, "{image} {role:?}");
            let consent = Consent::Accepted(Risk::LocksPin);
            let last = bench.perform(request(Operation::Check, role, true), consent);
            assert!(
                matches!(last.answer, Answer::WrongAndLocked { .. }),
                "{image}: {last:?}"
            );
            let again = bench.perform(request(Operation::Check, role, false), Consent::All);
            assert!(
                matches!(again.answer, Answer::NotSent(Refusal::Locked { .. })),
                "{again:?}"
            );
            assert_eq!(bench.taken().len(), 1, "{image} {role:?}");
            let unlocked =
                bench.perform(request(Operation::Unlock, role, false), Consent::Ordinary);
            assert!(
                matches!(unlocked.answer, Answer::Done),
                "{image} {role:?}: {unlocked:?}"
            );
            assert_eq!(bench.tries(), [5; 3], "{image} {role:?}");
            assert_eq!(bench.verified(), [false; 3], "{image} {role:?}");
            let new = bench.perform(PinRequest::check(role, pin("246802")), Consent::Ordinary);
            assert!(
                matches!(new.answer, Answer::Done),
                "{image} {role:?}: {new:?}"
            );
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
fn a_wrong_puk_costs_a_try_of_the_puk_and_leaves_the_pin() {
    for image in IMAGES {
        let mut bench = Bench::new(image);
        let role = PinRole::Signature;
        for left in [4, 3, 2] {
            let outcome = bench.perform(request(Operation::Unlock, role, true), Consent::Ordinary);
            assert!(
                matches!(
                    outcome.answer,
                    Answer::Wrong { code: PinRole::Unblocking, tries_left: TriesLeft(n) } if n == left
                ),
                "{image}: {outcome:?}"
            );
            assert_eq!(bench.tries(), [5, 5, left], "{image}");
        }
        let refused = bench.perform(request(Operation::Unlock, role, true), Consent::Ordinary);
        let Answer::NotSent(Refusal::ConsentNeeded { risk, .. }) = refused.answer else {
            panic!("{image}: {refused:?}")
        };
        assert_eq!(risk, Risk::PukNearlySpent);
        let accepted = Consent::Accepted(Risk::PukNearlySpent);
        bench.perform(request(Operation::Unlock, role, true), accepted);
        assert_eq!(bench.tries(), [5, 5, 1], "{image}");
        // Accepting the smaller risk does not accept the greater one.
        let refused = bench.perform(request(Operation::Unlock, role, true), accepted);
        assert!(
            matches!(
                refused.answer,
                Answer::NotSent(Refusal::ConsentNeeded {
                    risk: Risk::DestroysPuk,
                    ..
                })
            ),
            "{image}: {refused:?}"
        );
        let accepted = Consent::Accepted(Risk::DestroysPuk);
        let spent = bench.perform(request(Operation::Unlock, role, true), accepted);
        assert!(
            matches!(
                spent.answer,
                Answer::WrongAndLocked {
                    code: PinRole::Unblocking
                }
            ),
            "{image}: {spent:?}"
        );
        bench.taken();
        let over = bench.perform(request(Operation::Unlock, role, false), Consent::All);
        assert!(
            matches!(
                over.answer,
                Answer::NotSent(Refusal::Locked {
                    code: PinRole::Unblocking
                })
            ),
            "{image}: {over:?}"
        );
        assert!(
            bench.taken().is_empty(),
            "{image}: a spent PUK was presented"
        );
        let works = bench.perform(request(Operation::Check, role, false), Consent::Ordinary);
        assert!(matches!(works.answer, Answer::Done), "{image}: {works:?}");
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
fn locked_and_spent_cards_say_so_without_being_asked_in_vain() {
    for image in IMAGES {
        let mut bench = Bench::new(&format!("{image}-locked"));
        assert_eq!(bench.open().states().pin1, PinState::Locked, "{image}");
        let mut bench = Bench::new(&format!("{image}-puk-spent"));
        let states = *bench.open().states();
        assert_eq!(
            (states.pin1, states.puk),
            (PinState::Locked, PinState::Locked),
            "{image}"
        );
        for operation in [Operation::Check, Operation::Change, Operation::Unlock] {
            let request = request(operation, PinRole::Authentication, false);
            let outcome = bench.perform(request, Consent::All);
            assert!(
                matches!(outcome.answer, Answer::NotSent(Refusal::Locked { .. })),
                "{image} {operation:?}: {outcome:?}"
            );
        }
        assert!(bench.taken().is_empty(), "{image}");
    }
}

#[test]
fn the_last_try_is_told_from_the_counter_as_it_is_now() {
    let mut bench = Bench::new("v4-last-try");
    let role = PinRole::Authentication;
    let refused = bench.perform(request(Operation::Check, role, false), Consent::Ordinary);
    assert!(
        matches!(
            refused.answer,
            Answer::NotSent(Refusal::ConsentNeeded {
                risk: Risk::LocksPin,
                tries_left: Some(TriesLeft(1)),
                ..
            })
        ),
        "{refused:?}"
    );
    let accepted = Consent::Accepted(Risk::LocksPin);
    let done = bench.perform(request(Operation::Check, role, false), accepted);
    assert!(matches!(done.answer, Answer::Done), "{done:?}");
    assert_eq!(bench.tries(), [5; 3]);
}

#[test]
fn a_fresh_card_is_not_activated_and_its_activation_pin_can_be_replaced() {
    let mut bench = Bench::new("v4-fresh");
    let states = *bench.open().states();
    assert!(
        matches!(states.pin1, PinState::NotActivated { .. }),
        "{states:?}"
    );
    for role in PINS {
        let change = PinRequest::change(role, pin("1234567"), pin("246802"), &pin("246802"));
        let outcome = bench.perform(change.expect("two equal new PINs"), Consent::Ordinary);
        assert!(
            matches!(outcome.answer, Answer::Done),
            "{role:?}: {outcome:?}"
        );
    }
    assert_eq!(stated(bench.open().states()), [Some(5); 3]);
    assert!(matches!(
        bench.open().states().pin1,
        PinState::Usable { .. }
    ));
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
fn the_puk_itself_can_be_neither_checked_nor_changed() {
    let mut bench = Bench::new("v4");
    let check = PinRequest::check(PinRole::Unblocking, pin("12345678"));
    let outcome = bench.perform(check, Consent::All);
    assert!(
        matches!(outcome.answer, Answer::NotSent(Refusal::NotPossible { .. })),
        "{outcome:?}"
    );
    assert!(bench.taken().is_empty());
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
fn the_activation_pin_of_the_letter_is_never_presented_as_the_puk() {
    let mut bench = Bench::new("v4-fresh");
    assert_eq!(bench.open().puk_rules().min_entered, 8);
    for role in PINS {
        let unlock = PinRequest::unlock(role, pin("1234567"), pin("246802"), &pin("246802"));
        let outcome = bench.perform(unlock.expect("two equal new PINs"), Consent::All);
        assert!(
            matches!(
                outcome.answer,
                Answer::NotSent(Refusal::Entry {
                    code: PinRole::Unblocking,
                    ..
                })
            ),
            "{outcome:?}"
        );
    }
    assert!(bench.taken().is_empty());
    // A PUK that was ordered for it still sets a PIN.
    let outcome = bench.perform(
        request(Operation::Unlock, PINS[0], false),
        Consent::Ordinary,
    );
    assert!(matches!(outcome.answer, Answer::Done), "{outcome:?}");
}

#[test]
fn the_last_try_without_a_puk_behind_it_is_named_as_what_it_is() {
    for image in IMAGES {
        let mut bench = Bench::new(&format!("{image}-last-try-puk-spent"));
        let role = PinRole::Authentication;
        for consent in [Consent::Ordinary, Consent::Accepted(Risk::LocksPin)] {
            let refused = bench.perform(request(Operation::Check, role, true), consent);
            let Answer::NotSent(Refusal::ConsentNeeded { risk, .. }) = refused.answer else {
                panic!("{image}: {refused:?}")
            };
            assert_eq!(risk, Risk::LocksPinForGood, "{image}");
            assert!(risk.wants_word(role));
        }
        assert!(bench.taken().is_empty(), "{image}");
        let accepted = Consent::Accepted(Risk::LocksPinForGood);
        let lost = bench.perform(request(Operation::Check, role, true), accepted);
        assert!(
            matches!(lost.answer, Answer::WrongAndLocked { .. }),
            "{image}: {lost:?}"
        );
        // What comes next can be said only with the PUK in view.
        let after = lost.after.expect("read back");
        assert_eq!(after.puk, PinState::Locked, "{image}");
    }
}

#[test]
fn a_fresh_card_whose_pin_is_locked_is_locked_and_not_merely_fresh() {
    for image in ["v4-fresh-locked", "v4-fresh-puk-spent"] {
        let states = *Bench::new(image).open().states();
        assert_eq!(states.pin1, PinState::Locked, "{image}");
        assert!(
            matches!(states.pin2, PinState::NotActivated { .. }),
            "{image}"
        );
    }
}
