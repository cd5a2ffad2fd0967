//! Does an activation leave a PIN alone that another program set between the look and the sending?
#![allow(clippy::expect_used, reason = "a test stops where it breaks")]

use siru_card::{
    ActivationRegime, Answer, Consent, PinOutcome, PinRequest, PinRole, Refusal, TryUse,
};
use siru_tests::activation::{NEW, New, count, pair, single, waits_for};
use siru_tests::bench::{Bench, pin};

const PIN1: PinRole = PinRole::Authentication;
const PIN2: PinRole = PinRole::Signature;

fn is_left_alone(outcome: &PinOutcome, role: PinRole) -> bool {
    let set =
        matches!(outcome.answer, Answer::NotSent(Refusal::AlreadySet { code }) if code == role);
    set && outcome.try_use == TryUse::NotUsed
}

/// Another program sets a PIN, from its own connection.
fn set_meanwhile(bench: &mut Bench, new: &New, role: PinRole) {
    let request = single(new.regime, role, new.letter).activating();
    let outcome = bench.perform(request, Consent::Ordinary);
    assert!(matches!(outcome.answer, Answer::Done), "{outcome:?}");
    assert_eq!(count(&bench.taken(), new.sets), 1, "{}", new.image);
}

#[test]
fn a_pin_that_was_set_meanwhile_gets_no_command_with_a_code() {
    for new in &NEW {
        for role in [PIN1, PIN2] {
            let mut bench = Bench::new(new.image);
            let mut card = bench.open();
            assert!(waits_for(&mut card).is_some(), "{}", new.image);
            let seen = card.identity().clone();
            set_meanwhile(&mut bench, new, role);
            let request = single(new.regime, role, new.letter).activating();
            let outcome = card.perform(request, &seen, Consent::All);
            assert!(is_left_alone(&outcome, role), "{}: {outcome:?}", new.image);
            assert!(bench.taken().is_empty(), "{}", new.image);
            assert_eq!(bench.tries(), [5; 3], "{}", new.image);
        }
    }
}

#[test]
fn with_pin1_set_meanwhile_neither_pin_gets_anything() {
    for new in &NEW {
        let mut bench = Bench::new(new.image);
        let mut card = bench.open();
        let seen = card.identity().clone();
        set_meanwhile(&mut bench, new, PIN1);
        let both = pair(new.regime, new.letter).activating();
        let outcome = card.perform_both(both, &seen, Consent::All);
        assert!(
            is_left_alone(&outcome.pin1, PIN1),
            "{}: {outcome:?}",
            new.image
        );
        assert!(outcome.pin2.is_none(), "{}: {outcome:?}", new.image);
        assert!(bench.taken().is_empty(), "{}", new.image);
        assert_eq!(bench.tries(), [5; 3], "{}", new.image);
    }
}

#[test]
fn with_only_pin2_set_meanwhile_pin1_is_set_and_pin2_keeps_its_value() {
    for new in &NEW {
        let mut bench = Bench::new(new.image);
        let mut card = bench.open();
        let seen = card.identity().clone();
        set_meanwhile(&mut bench, new, PIN2);
        let both = || pair(new.regime, new.letter).activating();
        let outcome = card.perform_both(both(), &seen, Consent::All);
        assert!(matches!(outcome.pin1.answer, Answer::Done), "{outcome:?}");
        let second = outcome.pin2.expect("the first was done");
        assert!(is_left_alone(&second, PIN2), "{}: {second:?}", new.image);
        let entries = bench.taken();
        assert_eq!(count(&entries, new.sets), 1, "{}: {entries:?}", new.image);
        assert_eq!(bench.tries(), [5; 3], "{}", new.image);
    }
}

#[test]
fn with_pin2_seen_set_nothing_is_sent_for_pin1_either() {
    for new in &NEW {
        let mut bench = Bench::new(new.image);
        set_meanwhile(&mut bench, new, PIN2);
        let mut card = bench.open();
        let seen = card.identity().clone();
        let both = pair(new.regime, new.letter).activating();
        let outcome = card.perform_both(both, &seen, Consent::All);
        assert!(
            is_left_alone(&outcome.pin1, PIN2),
            "{}: {outcome:?}",
            new.image
        );
        assert!(outcome.pin2.is_none(), "{}: {outcome:?}", new.image);
        assert!(bench.taken().is_empty(), "{}", new.image);
    }
}

#[test]
fn two_locked_pins_are_set_with_the_code_by_the_word_of_a_person() {
    let mut bench = Bench::new("organisation");
    for role in [PIN1, PIN2] {
        for _ in 0..5 {
            let wrong = PinRequest::check(role, pin("99999999"));
            bench.perform(wrong, Consent::All);
        }
    }
    assert_eq!(bench.tries(), [0, 0, 5]);
    let mut card = bench.open();
    let seen = card.identity().clone();
    let both = pair(ActivationRegime::Code, "12345678").activating();
    let outcome = card.perform_both(both, &seen, Consent::Ordinary);
    assert!(outcome.is_done(), "{outcome:?}");
    assert_eq!(bench.tries(), [5; 3]);
}
