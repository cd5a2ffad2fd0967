//! Does the typo shield catch every slip it has seen, and never a right entry?

use proptest::prelude::*;
use siru_apdu::{ChannelError, TriesLeft};

use crate::pin::{
    Answer, Caught, NewPin, Operation, PairOutcome, Pin, PinOutcome, PinPair, PinRequest, PinRole,
    Refusal, TryUse, TypoShield, at_stake,
};
use crate::{CardIdentity, SerialNumber};

const PIN1: PinRole = PinRole::Authentication;
const PIN2: PinRole = PinRole::Signature;
const PUK: PinRole = PinRole::Unblocking;

fn card(serial: &str) -> CardIdentity {
    CardIdentity {
        serial: SerialNumber::new(serial.as_bytes()),
        atr: vec![0x3B, 0x7F],
    }
}

fn pin(digits: &str) -> Pin {
    Pin::from_digits(digits.as_bytes()).expect("digits")
}

fn new_pin(digits: &str) -> NewPin {
    NewPin::new(pin(digits), &pin(digits)).expect("the same digits")
}

fn check(role: PinRole, digits: &str) -> PinRequest {
    PinRequest::check(role, pin(digits))
}

fn change(role: PinRole, current: &str, new: &str) -> PinRequest {
    PinRequest::change(role, pin(current), pin(new), &pin(new)).expect("another PIN")
}

fn unlock(role: PinRole, puk: &str, new: &str) -> PinRequest {
    PinRequest::unlock(role, pin(puk), pin(new), &pin(new)).expect("another PIN")
}

fn outcome(operation: Operation, role: PinRole, answer: Answer) -> PinOutcome {
    PinOutcome {
        operation,
        role,
        answer,
        try_use: TryUse::NotUsed,
        before: None,
        after: None,
        may_stay_verified: false,
    }
}

fn wrong(code: PinRole) -> Answer {
    Answer::Wrong {
        code,
        tries_left: TriesLeft(4),
    }
}

/// Learns what came of a request.
fn learn(shield: &mut TypoShield, card: &CardIdentity, request: &PinRequest, answer: Answer) {
    let marks = shield.mark(card, request);
    shield.learn(marks, &outcome(request.operation(), request.role(), answer));
}

#[test]
fn the_same_wrong_digits_are_caught_on_the_same_card_until_it_leaves() {
    let (mut shield, here, there) = (TypoShield::new(), card("AB1"), card("AB2"));
    learn(&mut shield, &here, &check(PIN1, "4711"), wrong(PIN1));
    assert_eq!(
        shield.look(&here, PIN1, &pin("4711")),
        Some(Caught::RefusedBefore)
    );
    assert_eq!(shield.look(&here, PIN1, &pin("4712")), None);
    assert_eq!(shield.look(&here, PIN2, &pin("4711")), None);
    assert_eq!(shield.look(&there, PIN1, &pin("4711")), None);
    learn(&mut shield, &there, &check(PIN1, "4711"), wrong(PIN1));
    shield.forget(&here);
    assert_eq!(shield.look(&here, PIN1, &pin("4711")), None);
    assert_eq!(
        shield.look(&there, PIN1, &pin("4711")),
        Some(Caught::RefusedBefore)
    );
}

#[test]
fn a_code_in_the_box_of_another_is_caught() {
    let (mut shield, here) = (TypoShield::new(), card("AB1"));
    learn(&mut shield, &here, &check(PIN1, "4711"), Answer::Done);
    learn(
        &mut shield,
        &here,
        &unlock(PIN2, "87654321", "246802"),
        Answer::Done,
    );
    for (code, typed, owner) in [
        (PIN2, "4711", PIN1),
        (PUK, "4711", PIN1),
        (PIN1, "246802", PIN2),
        (PIN1, "87654321", PUK),
    ] {
        let caught = shield.look(&here, code, &pin(typed));
        assert_eq!(
            caught,
            Some(Caught::BelongsTo { code: owner }),
            "{code:?} {typed}"
        );
        assert_eq!(shield.look(&here, owner, &pin(typed)), None, "{typed}");
    }
    assert_eq!(shield.other_pin(&here, PIN1, &pin("246802")), Some(PIN2));
    assert_eq!(shield.other_pin(&here, PIN2, &pin("4711")), Some(PIN1));
    assert_eq!(shield.other_pin(&here, PIN1, &pin("4711")), None);
    assert_eq!(shield.other_pin(&here, PUK, &pin("4711")), None);
}

#[test]
fn a_pair_is_learned_as_far_as_it_came() {
    let here = card("AB1");
    let pair = || PinPair::unlock(pin("87654321"), new_pin("4711"), new_pin("246802"));
    let done = |role| outcome(Operation::Unlock, role, Answer::Done);
    for second in [false, true] {
        let mut shield = TypoShield::new();
        learn(&mut shield, &here, &check(PIN2, "999999"), wrong(PIN2));
        let marks = shield.mark_both(&here, &pair().expect("no rule is broken"));
        let outcome = PairOutcome {
            pin1: done(PIN1),
            pin2: second.then(|| done(PIN2)),
        };
        shield.learn_both(marks, &outcome);
        let owner = Some(Caught::BelongsTo { code: PIN1 });
        assert_eq!(shield.look(&here, PIN2, &pin("4711")), owner);
        let belongs = second.then_some(Caught::BelongsTo { code: PIN2 });
        assert_eq!(shield.look(&here, PIN1, &pin("246802")), belongs);
        let refused = (!second).then_some(Caught::RefusedBefore);
        assert_eq!(shield.look(&here, PIN2, &pin("999999")), refused);
    }
}

#[test]
fn nothing_is_learned_of_what_was_not_sent_and_nothing_is_printed() {
    let (mut shield, here) = (TypoShield::new(), card("AB1"));
    let refusal = Answer::NotSent(Refusal::AnotherCard);
    learn(&mut shield, &here, &change(PIN1, "4711", "4712"), refusal);
    for typed in ["4711", "4712"] {
        assert_eq!(shield.look(&here, PIN2, &pin(typed)), None);
    }
    let marks = shield.mark(&here, &check(PIN1, "4711"));
    let printed = format!("{shield:?}{marks:?}");
    assert!(
        !printed.contains(|letter: char| letter.is_ascii_digit()),
        "{printed}"
    );
}

/// What is done to the card, with few codes, so that they meet.
#[derive(Clone, Debug)]
struct Step {
    operation: Operation,
    role: PinRole,
    presented: String,
    new: String,
    fate: Fate,
}

/// What becomes of a command.
#[derive(Clone, Copy, Debug)]
enum Fate {
    Answered,
    /// The card acted, and its answer was lost.
    LostAfter,
    /// The card never saw it.
    LostBefore,
    /// The card refused it for its form.
    Refused,
    NotSent,
}

fn any_step() -> impl Strategy<Value = Step> {
    let operation = prop_oneof![
        Just(Operation::Check),
        Just(Operation::Change),
        Just(Operation::Unlock)
    ];
    let fate = prop_oneof![
        6 => Just(Fate::Answered),
        1 => Just(Fate::LostAfter),
        1 => Just(Fate::LostBefore),
        1 => Just(Fate::Refused),
        1 => Just(Fate::NotSent),
    ];
    let role = prop_oneof![Just(PIN1), Just(PIN2)];
    (operation, role, "[1-4]", "[1-4]", fate).prop_map(|(operation, role, presented, new, fate)| {
        Step {
            operation,
            role,
            presented,
            new,
            fate,
        }
    })
}

/// A card that only compares.
struct Codes([String; 3]);

impl Codes {
    fn of(&mut self, code: PinRole) -> &mut String {
        let [pin1, pin2, puk] = &mut self.0;
        match code {
            PinRole::Authentication => pin1,
            PinRole::Signature => pin2,
            PinRole::Unblocking => puk,
        }
    }

    fn act(&mut self, step: &Step) -> Answer {
        let code = at_stake(step.operation, step.role);
        let seen = !matches!(step.fate, Fate::LostBefore | Fate::Refused | Fate::NotSent);
        let right = *self.of(code) == step.presented;
        if seen && right && step.operation != Operation::Check {
            *self.of(step.role) = step.new.clone();
        }
        match step.fate {
            Fate::Answered if right => Answer::Done,
            Fate::Answered => wrong(code),
            Fate::LostAfter | Fate::LostBefore => Answer::AnswerLost(ChannelError::CardRemoved),
            Fate::Refused => Answer::CardRefused {
                status: siru_apdu::StatusWord(0x6A80),
            },
            Fate::NotSent => Answer::NotSent(Refusal::AnotherCard),
        }
    }
}

fn request(step: &Step) -> Option<PinRequest> {
    let (presented, new) = (pin(&step.presented), pin(&step.new));
    match step.operation {
        Operation::Check => Some(PinRequest::check(step.role, presented)),
        Operation::Change => PinRequest::change(step.role, presented, new, &pin(&step.new)).ok(),
        Operation::Unlock => PinRequest::unlock(step.role, presented, new, &pin(&step.new)).ok(),
    }
}

proptest! {
    #[test]
    fn what_is_caught_is_wrong_on_this_card_now_and_a_repeated_slip_is_caught(
        steps in proptest::collection::vec(any_step(), 1..24),
    ) {
        let (mut shield, here) = (TypoShield::new(), card("AB1"));
        let mut codes = Codes(["1", "2", "3"].map(str::to_owned));
        for step in &steps {
            let Some(request) = request(step) else { continue };
            let answer = codes.act(step);
            let slip = matches!(answer, Answer::Wrong { .. });
            learn(&mut shield, &here, &request, answer);
            if slip {
                let code = at_stake(step.operation, step.role);
                prop_assert!(shield.look(&here, code, &pin(&step.presented)).is_some());
            }
            for code in [PIN1, PIN2, PUK] {
                for typed in ["1", "2", "3", "4"] {
                    match shield.look(&here, code, &pin(typed)) {
                        Some(Caught::RefusedBefore) => prop_assert_ne!(codes.of(code).as_str(), typed),
                        Some(Caught::BelongsTo { code: owner }) => {
                            prop_assert_ne!(owner, code);
                            prop_assert_eq!(codes.of(owner).as_str(), typed);
                        }
                        None => {}
                    }
                    if let Some(other) = shield.other_pin(&here, code, &pin(typed)) {
                        prop_assert_eq!(codes.of(other).as_str(), typed);
                    }
                }
            }
        }
        shield.forget(&here);
        for code in [PIN1, PIN2, PUK] {
            for typed in ["1", "2", "3", "4"] {
                prop_assert_eq!(shield.look(&here, code, &pin(typed)), None);
            }
        }
    }
}
