//! Does a new card get both its PINs, with one code typed once, whatever happens in between, and
//! does no try go that need not?
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test stops where it breaks"
)]

use siru_apdu::TriesLeft;
use siru_card::{
    Activation, ActivationRegime, Answer, CardIdentity, Consent, EntryProblem, FineidCard, NewPin,
    PinPair, PinRequest, PinRole, PinState, PinStates, Refusal, Risk, TryUse,
};
use siru_sim::{Fault, FaultKind};
use siru_tests::activation::{
    NEW, SET, assert_set, count, pair, single, sit_down, typed_twice, waits_for,
};
use siru_tests::bench::{Bench, card, pin};
use siru_tests::command_line::{siru, wait_for_cards};
use siru_tests::rig::{Simulator, with_readers};

const PIN1: PinRole = PinRole::Authentication;
const PIN2: PinRole = PinRole::Signature;

fn work(bench: &mut Bench, check: impl FnOnce(&mut FineidCard, &CardIdentity)) {
    let mut card = bench.open();
    let seen = card.identity().clone();
    check(&mut card, &seen);
}

#[test]
fn one_code_typed_once_sets_both_pins_with_one_command_each() {
    for new in &NEW {
        let mut bench = Bench::new(new.image);
        let mut card = bench.open();
        let found = waits_for(&mut card).expect("a new card");
        assert_eq!(
            (found.regime, found.remaining()),
            (new.regime, &[PIN1, PIN2][..])
        );
        let seen = card.identity().clone();
        let outcome = card.perform_both(pair(new.regime, new.letter), &seen, Consent::Ordinary);
        assert!(outcome.is_done(), "{}: {outcome:?}", new.image);
        for done in [Some(&outcome.pin1), outcome.pin2.as_ref()]
            .into_iter()
            .flatten()
        {
            let left = done.after.map(|after| after.of(done.role).tries_left());
            assert_eq!(left, Some(Some(TriesLeft(5))), "{}: {done:?}", new.image);
        }
        let entries = bench.taken();
        assert_eq!(count(&entries, new.sets), 2, "{}: {entries:?}", new.image);
        assert!(
            entries.iter().all(|entry| entry.status == Some(0x9000)),
            "{entries:?}"
        );
        card.refresh().expect("the card is there");
        assert_eq!(waits_for(&mut card), None, "{}", new.image);
        drop(card);
        assert_set(&mut bench, new.image);
    }
}

#[test]
fn wherever_it_breaks_off_the_next_run_completes_it_without_a_needless_try() {
    let kinds = [
        FaultKind::DropBefore,
        FaultKind::DropAfter,
        FaultKind::StatusBefore(0x6F00),
        FaultKind::Reset,
    ];
    let mut resumed = 0;
    for new in &NEW {
        let mut whole = Bench::new(new.image);
        assert_eq!(sit_down(&mut whole, new), Some(vec![PIN1, PIN2]));
        let exchanges = whole.ledger.totals().exchanges;
        assert!(exchanges > 20, "{}: {exchanges}", new.image);
        for exchange in 1..=exchanges {
            for kind in kinds {
                let context = format!("{} {kind:?} at {exchange}", new.image);
                let mut bench = Bench::new(new.image);
                let fault = Fault::at_exchange(kind, exchange);
                bench.control.plan(&bench.reader, fault).expect("a card");
                sit_down(&mut bench, new);
                let first = bench.taken();
                assert!(count(&first, new.sets) <= 2, "{context}: {first:?}");
                // A pulled card comes back; one that was not pulled stays where it is.
                let _ = bench.control.reinsert(&bench.reader);
                let left = sit_down(&mut bench, new).expect("nothing fails any more");
                let second = bench.taken();
                assert_eq!(
                    count(&second, new.sets),
                    left.len(),
                    "{context}: {second:?}"
                );
                resumed += usize::from(left == [PIN2]);
                for entry in first.iter().chain(&second) {
                    assert_eq!(
                        entry.before, entry.after,
                        "a try went: {context}: {entry:?}"
                    );
                }
                assert_set(&mut bench, &context);
            }
        }
    }
    println!("{resumed} activations were resumed with PIN2");
    assert!(resumed > 30, "{resumed}");
}

#[test]
fn a_wrong_code_costs_exactly_one_try_and_leaves_pin2_unsent() {
    for new in &NEW {
        let mut bench = Bench::new(new.image);
        let mut card = bench.open();
        let seen = card.identity().clone();
        let outcome = card.perform_both(pair(new.regime, new.wrong), &seen, Consent::Ordinary);
        drop(card);
        let wrong = matches!(
            outcome.pin1.answer,
            Answer::Wrong {
                tries_left: TriesLeft(4),
                ..
            }
        );
        assert!(
            wrong && outcome.pin2.is_none(),
            "{}: {outcome:?}",
            new.image
        );
        assert_eq!(outcome.pin1.try_use, TryUse::Used);
        assert_eq!(bench.taken().len(), 1, "{}", new.image);
        let tries = match new.regime {
            ActivationRegime::ActivationPin => [4, 5, 5],
            _ => [5, 5, 4],
        };
        assert_eq!(bench.tries(), tries, "{}", new.image);
        assert_eq!(sit_down(&mut bench, new), Some(vec![PIN1, PIN2]));
        assert_set(&mut bench, new.image);
    }
}

#[test]
fn a_card_with_one_pin_done_goes_on_with_the_other() {
    for new in &NEW {
        for (done, left) in [(PIN1, PIN2), (PIN2, PIN1)] {
            let mut bench = Bench::new(new.image);
            let request = single(new.regime, done, new.letter);
            let outcome = bench.perform(request, Consent::Ordinary);
            assert!(
                matches!(outcome.answer, Answer::Done),
                "{}: {outcome:?}",
                new.image
            );
            bench.taken();
            assert_eq!(sit_down(&mut bench, new), Some(vec![left]));
            let entries = bench.taken();
            assert_eq!(count(&entries, new.sets), 1, "{}: {entries:?}", new.image);
            assert_set(&mut bench, new.image);
        }
    }
}

#[test]
fn a_rule_that_the_second_pin_breaks_keeps_the_first_one_back() {
    for new in &NEW {
        let mut bench = Bench::new(new.image);
        work(&mut bench, |card, seen| {
            let [first, _] = SET.map(typed_twice);
            let short = typed_twice("123");
            let made = match new.regime {
                ActivationRegime::ActivationPin => PinPair::change(pin(new.letter), first, short),
                _ => PinPair::unlock(pin(new.letter), first, short),
            };
            let outcome = card.perform_both(made.expect("no rule yet"), seen, Consent::All);
            let Answer::NotSent(Refusal::Entry { code, problem }) = outcome.pin1.answer else {
                panic!("{}: {outcome:?}", new.image)
            };
            assert_eq!(code, PIN2, "{}", new.image);
            assert!(
                matches!(problem, EntryProblem::TooShort { .. }),
                "{}",
                new.image
            );
            assert!(outcome.pin2.is_none(), "{}", new.image);
        });
        assert!(bench.taken().is_empty(), "{}", new.image);
    }
}

#[test]
fn digits_that_cannot_be_the_code_of_the_letter_make_no_pair() {
    let both = || SET.map(typed_twice);
    for (typed, problem) in [
        ("123456", EntryProblem::TooShort { min: 7 }),
        ("12345678", EntryProblem::TooLong { max: 7 }),
    ] {
        let [pin1, pin2] = both();
        let refused = PinPair::change(pin(typed), pin1, pin2).map(|_| ());
        assert_eq!(refused, Err((PIN1, problem)));
    }
    let [pin1, pin2] = both();
    let same = PinPair::unlock(pin("12345678"), pin1, typed_twice("12345678")).map(|_| ());
    assert_eq!(same, Err((PIN2, EntryProblem::SameAsPuk)));
    let same = PinPair::change(pin("1234567"), typed_twice("1234567"), pin2).map(|_| ());
    assert_eq!(same, Err((PIN1, EntryProblem::SameAsCurrent)));
    assert!(NewPin::new(pin("4711"), &pin("4712")).is_err());
    // An activation PIN presented as the PUK would cost one of its tries.
    let mut bench = Bench::new("v4-fresh");
    work(&mut bench, |card, seen| {
        let asked = pair(ActivationRegime::Code, "1234567");
        let outcome = card.perform_both(asked, seen, Consent::All);
        let refused = matches!(
            outcome.pin1.answer,
            Answer::NotSent(Refusal::Entry {
                code: PinRole::Unblocking,
                ..
            })
        );
        assert!(refused && outcome.pin2.is_none(), "{outcome:?}");
    });
    assert!(bench.taken().is_empty());
}

#[test]
fn a_risk_of_the_second_pin_that_is_known_keeps_the_first_one_back() {
    let mut bench = Bench::new("v4-fresh");
    for left in (1..5).rev() {
        let wrong = single(ActivationRegime::ActivationPin, PIN2, "7654321");
        bench.perform(wrong, Consent::Ordinary);
        assert_eq!(bench.tries(), [5, left, 5]);
    }
    bench.taken();
    let asked = || pair(ActivationRegime::ActivationPin, "1234567");
    work(&mut bench, |card, seen| {
        let (code, risk) = Risk::of_both(asked().operation(), card.states());
        assert_eq!((code, risk), (PIN2, Risk::LocksPin));
        let outcome = card.perform_both(asked(), seen, Consent::Ordinary);
        let refused = matches!(
            outcome.pin1.answer,
            Answer::NotSent(Refusal::ConsentNeeded {
                code: PIN2,
                risk: Risk::LocksPin,
                ..
            })
        );
        assert!(refused && outcome.pin2.is_none(), "{outcome:?}");
    });
    assert!(bench.taken().is_empty());
    work(&mut bench, |card, seen| {
        let outcome = card.perform_both(asked(), seen, Consent::Accepted(Risk::LocksPin));
        assert!(outcome.is_done(), "{outcome:?}");
    });
    assert_set(&mut bench, "v4-fresh");
}

#[test]
fn where_counters_are_not_known_the_second_pin_is_stopped_by_its_own() {
    let mut bench = Bench::new("v4-fresh");
    for _ in 0..4 {
        let wrong = single(ActivationRegime::ActivationPin, PIN2, "7654321");
        bench.perform(wrong, Consent::Ordinary);
    }
    bench.taken();
    work(&mut bench, |card, seen| {
        // After a command for PIN1 the counter of PIN2 is not known.
        let long = PinRequest::check(PIN1, pin("1234567"));
        card.perform(long, seen, Consent::Ordinary);
        assert_eq!(card.states().pin2, PinState::Unknown);
        let asked = pair(ActivationRegime::ActivationPin, "1234567");
        let outcome = card.perform_both(asked, seen, Consent::Ordinary);
        assert!(matches!(outcome.pin1.answer, Answer::Done), "{outcome:?}");
        let second = outcome.pin2.expect("the first was done");
        let refused = matches!(
            second.answer,
            Answer::NotSent(Refusal::ConsentNeeded {
                code: PIN2,
                risk: Risk::LocksPin,
                ..
            })
        );
        assert!(refused, "{second:?}");
    });
    assert_eq!(bench.tries(), [5, 1, 5]);
    assert_eq!(count(&bench.taken(), 0x24), 1);
}

#[test]
fn another_card_than_the_one_that_was_seen_gets_nothing() {
    let mut bench = Bench::new("v4-fresh");
    let mut other = Bench::new("v3-fresh");
    let stranger = other.open().identity().clone();
    work(&mut bench, |card, _| {
        let asked = pair(ActivationRegime::ActivationPin, "1234567");
        let outcome = card.perform_both(asked, &stranger, Consent::All);
        let refused = matches!(outcome.pin1.answer, Answer::NotSent(Refusal::AnotherCard));
        assert!(refused && outcome.pin2.is_none(), "{outcome:?}");
    });
    assert!(bench.taken().is_empty());
}

#[test]
fn a_card_that_does_not_tell_its_letter_is_unclear_and_done_with_either_code() {
    for (regime, letter) in [
        (ActivationRegime::Code, "12345678"),
        (ActivationRegime::ActivationPin, "1234567"),
    ] {
        let mut card = card("v4-fresh");
        card.set_file(&[0x4331], None);
        let mut bench = Bench::holding(card);
        let mut opened = bench.open();
        let found = waits_for(&mut opened).expect("a new card");
        assert_eq!(found.regime, ActivationRegime::Unclear);
        assert_eq!(found.remaining(), [PIN1, PIN2]);
        let seen = opened.identity().clone();
        let outcome = opened.perform_both(pair(regime, letter), &seen, Consent::Ordinary);
        drop(opened);
        assert!(outcome.is_done(), "{regime:?}: {outcome:?}");
        assert_set(&mut bench, letter);
    }
}

#[test]
fn cards_in_use_and_cards_that_are_locked_wait_for_nothing() {
    for image in [
        "v3",
        "v4",
        "organisation",
        "v4-locked",
        "v3-pin2-locked",
        "organisation-locked",
    ] {
        let mut bench = Bench::new(image);
        assert_eq!(waits_for(&mut bench.open()), None, "{image}");
    }
    let both = PinStates {
        pin1: PinState::Locked,
        pin2: PinState::Locked,
        puk: PinState::Usable { tries_left: None },
    };
    assert!(Activation::of_locked(&both).is_some());
}

#[test]
fn the_command_line_activates_a_card_in_a_real_reader_and_resumes_one_that_was_pulled() {
    with_readers(1, || {
        for new in &NEW {
            let mut simulator = Simulator::with(&[new.image]);
            wait_for_cards(1);
            let [pin1, pin2] = SET;
            simulator.tell(&format!("fault 36000 drop-before@{:02X}#2", new.sets));
            let codes = [new.letter, pin1, pin2];
            let half = siru(&["activate", "--pin-file", "-"], &codes);
            let said = format!("{}: {}{}", new.image, half.out, half.error);
            assert_eq!(half.code, 10, "{said}");
            assert!(half.error.contains("The basic PIN (PIN1) is set"), "{said}");
            assert!(
                half.error
                    .contains("Whether the signature PIN (PIN2) is set is not known"),
                "{said}"
            );
            simulator.put_in("reinsert", 0);
            wait_for_cards(1);
            let rest = siru(&["activate", "--pin-file", "-"], &[new.letter, pin2]);
            assert_eq!(rest.code, 0, "{}: {}", new.image, rest.error);
            let nothing = siru(&["activate", "--pin-file", "-"], &[]);
            assert_eq!(nothing.code, 0, "{}: {}", new.image, nothing.error);
            assert!(
                nothing.out.contains("Nothing to activate"),
                "{}",
                nothing.out
            );
            let attempts = simulator.attempts();
            let sets = attempts
                .iter()
                .filter(|sent| sent["instruction"] == new.sets);
            assert_eq!(sets.count(), 3, "{}: {attempts:?}", new.image);
            assert_eq!(simulator.tries(0), [5, 5, 5], "{}", new.image);
            for (pin, code) in [("1", pin1), ("2", pin2)] {
                let check = siru(&["check", "--pin", pin, "--pin-file", "-"], &[code]);
                assert_eq!(check.code, 0, "{}: {}", new.image, check.error);
            }
            simulator.take_out(0);
        }
    });
}
