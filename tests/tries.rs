//! What if tries run out? The counters, the last try, the lock, the PUK and its end, on every
//! generation, and PINs that were never activated.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test stops where it breaks"
)]

use siru_apdu::TriesLeft;
use siru_card::{
    ActivationRegime, Answer, Consent, Operation, PinRequest, PinRole, PinState, Refusal, Risk,
    TryUse,
};
use siru_tests::activation::pair;
use siru_tests::bench::{Bench, pin, request, stated};

const IMAGES: [&str; 3] = ["v3", "v4", "organisation"];
const PINS: [PinRole; 2] = [PinRole::Authentication, PinRole::Signature];

#[test]
fn wrong_pins_count_down_to_the_lock_and_the_puk_opens_it_again() {
    for image in IMAGES {
        for role in PINS {
            let mut bench = Bench::new(image);
            for left in (1..5).rev() {
                let consent = Consent::Ordinary;
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
fn one_consent_to_the_last_try_of_the_puk_covers_both_pins() {
    let mut bench = Bench::new("v3-fresh");
    for left in (1..5).rev() {
        bench.perform(request(Operation::Unlock, PINS[0], true), Consent::All);
        assert_eq!(bench.tries(), [5, 5, left]);
    }
    bench.taken();
    let both = || pair(ActivationRegime::Code, "12345678");
    for (consent, sent) in [
        (Consent::Ordinary, 0),
        (Consent::Accepted(Risk::PukNearlySpent), 0),
        (Consent::Accepted(Risk::DestroysPuk), 2),
    ] {
        let mut card = bench.open();
        let seen = card.identity().clone();
        let outcome = card.perform_both(both(), &seen, consent);
        assert_eq!(outcome.is_done(), sent == 2, "{outcome:?}");
        assert_eq!(bench.taken().len(), sent, "{outcome:?}");
    }
    assert_eq!(bench.tries(), [5; 3]);
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
