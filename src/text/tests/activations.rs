//! What is said of new cards, of both PINs at once, and of digits that were noticed.

use siru_apdu::{ChannelError, StatusWord, TriesLeft};
use siru_card::{
    Activation, ActivationRegime, Answer, CardKind, Caught, EntryProblem, Operation, PairOutcome,
    PinOutcome, PinRole, PinState, PinStates, Refusal, Risk, TryUse, Weakness,
};

use super::sentences::{KINDS, ROLES};
use super::{assert_message_is_whole, assert_whole, in_every_language, sentences};
use crate::{Language, Message, Presented, Texts, Tone};

const PIN1: PinRole = PinRole::Authentication;
const PIN2: PinRole = PinRole::Signature;
const PUK: PinRole = PinRole::Unblocking;
const REGIMES: [ActivationRegime; 3] = [
    ActivationRegime::Code,
    ActivationRegime::ActivationPin,
    ActivationRegime::Unclear,
];
const USABLE: PinState = PinState::Usable {
    tries_left: Some(TriesLeft(5)),
};
const UNSET: PinState = PinState::NotActivated {
    tries_left: Some(TriesLeft(5)),
};

fn activation(pin1: PinState, pin2: PinState, regime: ActivationRegime) -> Activation {
    let states = PinStates {
        pin1,
        pin2,
        puk: USABLE,
    };
    let found = Activation::of(&states, CardKind::Citizen, None);
    let found = found.or_else(|| Activation::of_locked(&states));
    found
        .expect("a new card, or a locked one")
        .in_regime(regime)
}

fn outcome(role: PinRole, answer: Answer) -> PinOutcome {
    PinOutcome {
        operation: Operation::Unlock,
        role,
        answer,
        try_use: TryUse::NotUsed,
        before: None,
        after: None,
        may_stay_verified: false,
    }
}

fn english() -> Texts {
    Texts::new(Language::English)
}

fn all_of(message: &Message) -> String {
    sentences(message).join(" ")
}

#[test]
fn every_noticed_slip_and_weakness_has_a_whole_sentence_in_every_language() {
    in_every_language(|texts| {
        for role in [PIN1, PIN2] {
            let mut said = vec![];
            for weakness in [
                Weakness::Repeated,
                Weakness::Run,
                Weakness::BirthDate,
                Weakness::Serial,
                Weakness::SameAsOther { role: PIN2 },
            ] {
                let sentence = texts.weakness(role, weakness);
                assert_whole(&sentence);
                assert!(!said.contains(&sentence), "{sentence}");
                said.push(sentence);
            }
        }
        for code in ROLES
            .map(Presented::Code)
            .into_iter()
            .chain([Presented::ActivationPin])
        {
            assert_whole(&texts.caught(code, Caught::RefusedBefore));
            for owner in ROLES {
                assert_whole(&texts.caught(code, Caught::BelongsTo { code: owner }));
            }
        }
    });
    let slip = english().caught(PIN2, Caught::BelongsTo { code: PIN1 });
    let (typed, asked) = (slip.find("PIN1"), slip.find("PIN2"));
    assert!(typed.is_some() && typed < asked, "{slip}");
    assert!(slip.contains("no try was used"), "{slip}");
}

#[test]
fn every_state_of_a_new_card_is_told_whole_in_every_language() {
    in_every_language(|texts| {
        for (pin1, pin2) in [
            (UNSET, UNSET),
            (USABLE, UNSET),
            (UNSET, USABLE),
            (PinState::Locked, UNSET),
            (PinState::Locked, PinState::Locked),
        ] {
            for regime in REGIMES {
                for kind in KINDS {
                    let told = texts.activation(&activation(pin1, pin2, regime), kind);
                    assert_message_is_whole(&told);
                    assert_eq!(told.tone, Tone::Neutral);
                }
            }
        }
        for regime in [ActivationRegime::Code, ActivationRegime::ActivationPin] {
            assert_whole(&texts.letter_with(regime));
            assert_whole(&texts.letter_code(regime));
        }
    });
}

#[test]
fn a_new_card_names_its_letter_its_pins_and_who_helps() {
    let told = |pin1, pin2, regime, kind| {
        all_of(&english().activation(&activation(pin1, pin2, regime), kind))
    };
    let code = told(UNSET, UNSET, ActivationRegime::Code, CardKind::Citizen);
    for words in [
        "not activated yet",
        "PIN1",
        "PIN2",
        "8 digits",
        "the police",
    ] {
        assert!(code.contains(words), "{words}: {code}");
    }
    assert!(!code.contains("7 digits"), "{code}");
    let regime = ActivationRegime::ActivationPin;
    let half = told(USABLE, UNSET, regime, CardKind::Organisation);
    for words in ["only in part", "7 digits", "registration point"] {
        assert!(half.contains(words), "{words}: {half}");
    }
    assert!(
        half.contains("signature PIN (PIN2) is still to be set"),
        "{half}"
    );
    assert!(half.contains("basic PIN (PIN1) is set already"), "{half}");
    let locked = told(PinState::Locked, UNSET, regime, CardKind::Citizen);
    assert!(locked.contains("basic PIN (PIN1) is locked"), "{locked}");
    let unclear = told(UNSET, UNSET, ActivationRegime::Unclear, CardKind::Unknown);
    for words in ["7 digits", "8 digits", "the police", "registration point"] {
        assert!(unclear.contains(words), "{words}: {unclear}");
    }
}

#[test]
fn a_slip_in_the_activation_pin_names_it_and_no_pin_of_the_card() {
    in_every_language(|texts| {
        let name = texts
            .letter_code(ActivationRegime::ActivationPin)
            .to_lowercase();
        let asked = Presented::ActivationPin;
        for told in [
            texts.entry_problem(asked, EntryProblem::NotDigits),
            texts.entry_problem(asked, EntryProblem::TooShort { min: 7 }),
            texts.entry_problem(asked, EntryProblem::TooLong { max: 7 }),
            texts.caught(asked, Caught::RefusedBefore),
            texts.caught(asked, Caught::BelongsTo { code: PUK }),
        ] {
            assert_whole(&told);
            assert!(told.to_lowercase().contains(&name), "{told}");
            assert!(!told.contains("PIN1") && !told.contains("PIN2"), "{told}");
        }
    });
}

fn second_answers() -> Vec<Answer> {
    vec![
        Answer::Wrong {
            code: PIN2,
            tries_left: TriesLeft(3),
        },
        Answer::WrongAndLocked { code: PIN2 },
        Answer::AnswerLost(ChannelError::CardRemoved),
        Answer::NotSent(Refusal::AnotherCard),
        Answer::NotUsable { code: PIN2 },
        Answer::Unexpected {
            status: StatusWord(0x6F00),
        },
        Answer::NotSent(Refusal::AlreadySet { code: PIN2 }),
    ]
}

#[test]
fn what_came_of_both_pins_is_told_whole_in_every_language() {
    in_every_language(|texts| {
        for kind in KINDS {
            for first in second_answers() {
                let pin1 = outcome(PIN1, first);
                let mut pair = PairOutcome { pin1, pin2: None };
                assert_message_is_whole(&texts.pair(&pair, kind));
                let lost = Answer::AnswerLost(ChannelError::CardRemoved);
                pair.pin2 = Some(outcome(PIN2, lost));
                assert_message_is_whole(&texts.pair(&pair, kind));
            }
            for second in second_answers().into_iter().chain([Answer::Done]) {
                let pair = PairOutcome {
                    pin1: outcome(PIN1, Answer::Done),
                    pin2: Some(outcome(PIN2, second)),
                };
                let told = texts.pair(&pair, kind);
                assert_message_is_whole(&told);
                assert_eq!(told.tone == Tone::Good, pair.is_done());
            }
        }
    });
}

#[test]
fn it_is_said_exactly_what_is_set_and_what_is_not() {
    let second = |answer| {
        let pair = PairOutcome {
            pin1: outcome(PIN1, Answer::Done),
            pin2: Some(outcome(PIN2, answer)),
        };
        all_of(&english().pair(&pair, CardKind::Citizen))
    };
    let wrong = second(Answer::NotSent(Refusal::AnotherCard));
    for words in [
        "Only the basic PIN (PIN1) is set",
        "signature PIN (PIN2) is not set",
        "goes on with the signature PIN (PIN2)",
    ] {
        assert!(wrong.contains(words), "{words}: {wrong}");
    }
    let status = StatusWord(0x6F00);
    for unknown in [
        Answer::AnswerLost(ChannelError::CardRemoved),
        Answer::Unexpected { status },
    ] {
        let unknown = second(unknown);
        for words in [
            "The basic PIN (PIN1) is set",
            "Whether the signature PIN (PIN2) is set is not known",
        ] {
            assert!(unknown.contains(words), "{words}: {unknown}");
        }
        for words in ["Only", "PIN (PIN2) is not set", "goes on"] {
            assert!(!unknown.contains(words), "{words}: {unknown}");
        }
    }
    let meanwhile = second(Answer::NotSent(Refusal::AlreadySet { code: PIN2 }));
    for words in [
        "The basic PIN (PIN1) is set",
        "signature PIN (PIN2) has been set meanwhile",
    ] {
        assert!(meanwhile.contains(words), "{words}: {meanwhile}");
    }
    assert!(!meanwhile.contains("is not set"), "{meanwhile}");
    // An activation PIN does not open what is locked, so activation does not go on there.
    let locked = second(Answer::WrongAndLocked { code: PIN2 });
    assert!(!locked.contains("goes on"), "{locked}");
    let first = PairOutcome {
        pin1: outcome(PIN1, Answer::AnswerLost(ChannelError::CardRemoved)),
        pin2: None,
    };
    let first = all_of(&english().pair(&first, CardKind::Citizen));
    assert!(
        first.contains("For the signature PIN (PIN2) nothing was sent"),
        "{first}"
    );
    assert!(!first.contains("is set"), "{first}");
    let mut stays = PairOutcome {
        pin1: outcome(PIN1, Answer::Done),
        pin2: Some(outcome(PIN2, Answer::Done)),
    };
    stays.pin1.may_stay_verified = true;
    let stays = all_of(&english().pair(&stays, CardKind::Citizen));
    assert!(stays.contains("Take the card out"), "{stays}");
}

#[test]
fn of_a_pair_that_nobody_saw_end_neither_pin_is_called_set() {
    let lost = |role| outcome(role, Answer::AnswerLost(ChannelError::ServiceStopped));
    let pair = PairOutcome {
        pin1: lost(PIN1),
        pin2: Some(lost(PIN2)),
    };
    let told = all_of(&english().pair(&pair, CardKind::Citizen));
    let unknown = "Whether the basic PIN (PIN1) and the signature PIN (PIN2) are set is not known";
    assert!(told.contains(unknown), "{told}");
    for words in ["(PIN1) is set", "Only", "set and works", "nothing was sent"] {
        assert!(!told.contains(words), "{words}: {told}");
    }
}

#[test]
fn a_lost_answer_for_a_pin_that_was_never_set_or_locked_leads_to_no_try() {
    for (before, words) in [
        (UNSET, "go on with Activate"),
        (
            PinState::NotActivated { tries_left: None },
            "go on with Activate",
        ),
        (PinState::Locked, "still locked"),
    ] {
        let mut lost = outcome(PIN2, Answer::AnswerLost(ChannelError::CardRemoved));
        lost.before = Some(PinStates {
            pin1: USABLE,
            pin2: before,
            puk: USABLE,
        });
        let single = all_of(&english().outcome(&lost, CardKind::Citizen));
        let pair = PairOutcome {
            pin1: outcome(PIN1, Answer::Done),
            pin2: Some(lost),
        };
        let both = all_of(&english().pair(&pair, CardKind::Citizen));
        for told in [single, both] {
            assert!(told.contains(words), "{told}");
            assert!(!told.contains("then the old one"), "{told}");
        }
    }
}

#[test]
fn a_wrong_activation_pin_sends_the_person_to_the_letter_and_not_to_a_puk() {
    let wrong = |pin1| {
        let answer = Answer::Wrong {
            code: PIN1,
            tries_left: TriesLeft(3),
        };
        let mut wrong = outcome(PIN1, answer);
        wrong.operation = Operation::Change;
        wrong.before = Some(PinStates {
            pin1,
            pin2: pin1,
            puk: USABLE,
        });
        let pair = PairOutcome {
            pin1: wrong,
            pin2: None,
        };
        all_of(&english().pair(&pair, CardKind::Citizen))
    };
    let fresh = wrong(UNSET);
    assert!(fresh.contains("activation PIN has 7 digits"), "{fresh}");
    assert!(fresh.contains("The activation PIN was wrong"), "{fresh}");
    assert!(fresh.contains("still not set"), "{fresh}");
    assert!(!fresh.contains("what it was"), "{fresh}");
    assert!(!fresh.contains("set a new PIN with the PUK"), "{fresh}");
    assert!(wrong(USABLE).contains("set a new PIN with the PUK"));
}

#[test]
fn the_last_try_of_an_activation_pin_points_to_no_puk_in_the_letter() {
    let last = |state| {
        let before = PinStates {
            pin1: state,
            pin2: state,
            puk: USABLE,
        };
        [
            Answer::Wrong {
                code: PIN1,
                tries_left: TriesLeft(1),
            },
            Answer::WrongAndLocked { code: PIN1 },
            Answer::NotSent(Refusal::ConsentNeeded {
                code: PIN1,
                risk: Risk::LocksPin,
                tries_left: Some(TriesLeft(1)),
            }),
        ]
        .map(|answer| {
            let mut last = outcome(PIN1, answer);
            last.operation = Operation::Change;
            last.before = Some(before);
            all_of(&english().outcome(&last, CardKind::Citizen))
        })
    };
    for told in last(UNSET) {
        assert!(told.contains("ordered separately"), "{told}");
        assert!(!told.contains("activation code"), "{told}");
    }
    for told in last(USABLE) {
        assert!(told.contains("PUK or activation code"), "{told}");
        assert!(!told.contains("ordered separately"), "{told}");
    }
    in_every_language(|texts| {
        let last = Some(TriesLeft(1));
        for code in [PIN1, PIN2] {
            let told = texts.risk_of_activation_pin(code, Risk::LocksPin, last);
            assert_message_is_whole(&told);
            assert_ne!(told, texts.risk(code, Risk::LocksPin, last));
            let other = texts.risk_of_activation_pin(code, Risk::LocksPinForGood, last);
            assert_eq!(other, texts.risk(code, Risk::LocksPinForGood, last));
        }
    });
}
