//! What is said after a PIN operation: nothing unknown as known, nothing right as wrong.

use siru_apdu::{ChannelError, StatusWord, TriesLeft};
use siru_card::{
    Answer, CardKind, Operation, PinOutcome, PinRole, PinState, PinStates, Refusal, TryUse,
};

use super::sentences::{
    ENTRY_PROBLEMS, KINDS, READ_ONLY, RISKS, ROLES, channel_errors, exchange_errors,
};
use super::{assert_message_is_whole, in_every_language, sentences};
use crate::{Language, Message, Texts, Tone};

const OPERATIONS: [Operation; 3] = [Operation::Check, Operation::Change, Operation::Unlock];

fn refusals() -> Vec<Refusal> {
    let mut all = vec![Refusal::AnotherCard];
    all.extend(READ_ONLY.map(Refusal::ReadOnly));
    all.extend(exchange_errors().into_iter().map(Refusal::Unreachable));
    for code in ROLES {
        all.extend([
            Refusal::Locked { code },
            Refusal::AlreadySet { code },
            Refusal::NotPossible { code },
        ]);
        all.extend(ENTRY_PROBLEMS.map(|problem| Refusal::Entry { code, problem }));
        all.extend(RISKS.map(|risk| Refusal::ConsentNeeded {
            code,
            risk,
            tries_left: None,
        }));
    }
    all
}

fn answers() -> Vec<Answer> {
    let status = StatusWord(0x6F00);
    let mut all = vec![
        Answer::Done,
        Answer::CardRefused { status },
        Answer::Unexpected { status },
    ];
    for code in ROLES {
        all.extend([
            Answer::Wrong {
                code,
                tries_left: TriesLeft(1),
            },
            Answer::Wrong {
                code,
                tries_left: TriesLeft(3),
            },
            Answer::WrongAndLocked { code },
            Answer::Locked { code },
            Answer::NotUsable { code },
        ]);
    }
    all.extend(channel_errors().into_iter().map(Answer::AnswerLost));
    all.extend(refusals().into_iter().map(Answer::NotSent));
    all
}

fn outcome(operation: Operation, answer: Answer, try_use: TryUse) -> PinOutcome {
    let role = PinRole::Authentication;
    PinOutcome {
        operation,
        role,
        answer,
        try_use,
        before: None,
        after: None,
        may_stay_verified: false,
    }
}

fn states(pin1: u8, puk: u8) -> PinStates {
    let state = |tries| match tries {
        0 => PinState::Locked,
        tries => PinState::Usable {
            tries_left: Some(TriesLeft(tries)),
        },
    };
    PinStates {
        pin1: state(pin1),
        pin2: state(5),
        puk: state(puk),
    }
}

fn english(outcome: &PinOutcome) -> Message {
    Texts::new(Language::English).outcome(outcome, CardKind::Citizen)
}

fn all_of(message: &Message) -> String {
    sentences(message).join(" ")
}

#[test]
fn every_answer_has_whole_sentences_in_every_language() {
    in_every_language(|texts| {
        for operation in OPERATIONS {
            for answer in answers() {
                for after in [None, Some(states(3, 5)), Some(states(0, 0))] {
                    let answer = copy(&answer);
                    let mut outcome = outcome(operation, answer, TryUse::Unknown);
                    outcome.after = after;
                    for kind in KINDS {
                        assert_message_is_whole(&texts.outcome(&outcome, kind));
                    }
                }
            }
        }
    });
}

/// Answers hold errors that cannot be cloned; for these tests the kind is enough.
fn copy(answer: &Answer) -> Answer {
    let wanted = format!("{answer:?}");
    answers()
        .into_iter()
        .find(|other| format!("{other:?}") == wanted)
        .unwrap()
}

#[test]
fn the_headlines_are_those_of_the_published_instructions() {
    let code = PinRole::Authentication;
    let headline = |answer| english(&outcome(Operation::Check, answer, TryUse::Used)).headline;
    assert_eq!(headline(Answer::Done), "PIN verification successful");
    let wrong = Answer::Wrong {
        code,
        tries_left: TriesLeft(4),
    };
    assert_eq!(headline(wrong), "PIN verification failed");
    assert_eq!(headline(Answer::WrongAndLocked { code }), "PIN is locked!");
    assert_eq!(headline(Answer::Locked { code }), "PIN is locked!");
}

#[test]
fn wrong_is_said_only_when_the_card_said_so() {
    for operation in OPERATIONS {
        for answer in answers() {
            let wrong = matches!(answer, Answer::Wrong { .. } | Answer::WrongAndLocked { .. });
            let message = english(&outcome(operation, answer, TryUse::Unknown));
            // "wrong tries" and "a wrong entry" are about the future, not about what was typed.
            assert_eq!(all_of(&message).contains("was wrong"), wrong, "{message:?}");
            assert!(
                wrong || !message.headline.contains("verification failed"),
                "{message:?}"
            );
        }
    }
}

#[test]
fn whether_a_try_was_used_is_always_said_and_never_guessed() {
    for operation in OPERATIONS {
        for answer in answers() {
            if matches!(answer, Answer::Done) {
                continue;
            }
            let sent = !matches!(answer, Answer::NotSent(_));
            for (try_use, sentence) in [
                (TryUse::NotUsed, "No try was used"),
                (TryUse::Used, "One try was used"),
                (TryUse::Unknown, "is not known"),
            ] {
                let message = english(&outcome(operation, copy(&answer), try_use));
                let expected = if sent { sentence } else { "No try was used" };
                assert!(all_of(&message).contains(expected), "{message:?}");
            }
        }
    }
}

#[test]
fn a_lost_answer_is_unknown_and_tells_which_pin_to_try_first() {
    let lost = || Answer::AnswerLost(ChannelError::CardRemoved);
    let check = english(&outcome(Operation::Check, lost(), TryUse::Unknown));
    assert_eq!(check.headline, "The result is not known");
    assert!(
        all_of(&check).contains("Look at the tries left"),
        "{check:?}"
    );
    for operation in [Operation::Change, Operation::Unlock] {
        let message = english(&outcome(operation, lost(), TryUse::Unknown));
        assert!(
            all_of(&message).contains("try the new PIN first, then the old"),
            "{message:?}"
        );
    }
    let mut seen = outcome(Operation::Check, lost(), TryUse::Used);
    seen.after = Some(states(4, 5));
    assert!(all_of(&english(&seen)).contains("4 tries left"));
}

#[test]
fn a_locked_pin_shows_the_way_that_is_still_open() {
    let texts = Texts::new(Language::English);
    let code = PinRole::Authentication;
    let mut locked = outcome(Operation::Check, Answer::Locked { code }, TryUse::NotUsed);
    let next = |outcome: &PinOutcome, kind| texts.outcome(outcome, kind).next_step.unwrap();
    assert!(next(&locked, CardKind::Citizen).contains("police"));
    assert!(!next(&locked, CardKind::Citizen).contains("registration"));
    assert!(next(&locked, CardKind::Healthcare).contains("registration point"));
    assert!(next(&locked, CardKind::Unknown).contains("police"));
    locked.after = Some(states(0, 0));
    let never = next(&locked, CardKind::Citizen);
    assert!(
        never.contains("never") && never.contains("new card"),
        "{never}"
    );
    assert!(!never.contains("Unlock it"), "{never}");
}

#[test]
fn a_spent_puk_is_told_with_all_that_follows() {
    let code = PinRole::Unblocking;
    for answer in [Answer::WrongAndLocked { code }, Answer::Locked { code }] {
        let message = english(&outcome(Operation::Unlock, answer, TryUse::Used));
        assert_eq!(message.headline, "PUK is locked permanently!");
        assert_eq!(message.tone, Tone::Bad);
        let all = all_of(&message);
        for part in [
            "go on working",
            "never be opened",
            "identity document",
            "new card",
        ] {
            assert!(all.contains(part), "{part}: {all}");
        }
    }
}

#[test]
fn success_tells_the_counter_only_when_it_was_read_back() {
    let mut done = outcome(Operation::Check, Answer::Done, TryUse::NotUsed);
    done.before = Some(states(2, 5));
    assert!(!all_of(&english(&done)).contains("left"));
    done.after = Some(states(5, 5));
    assert!(all_of(&english(&done)).contains("5 tries left"));
}

#[test]
fn a_refused_command_may_be_tried_again_only_if_no_try_was_used() {
    for operation in OPERATIONS {
        for (try_use, again) in [
            (TryUse::NotUsed, true),
            (TryUse::Used, false),
            (TryUse::Unknown, false),
        ] {
            let status = StatusWord(0x6982);
            let refused = outcome(operation, Answer::CardRefused { status }, try_use);
            let all = all_of(&english(&refused));
            assert_eq!(all.contains("may try again"), again, "{all}");
            // No status of this kind tells whether the card looked at the code.
            assert!(!all.contains("without looking"), "{all}");
        }
    }
}

#[test]
fn a_loss_for_good_is_told_as_soon_as_the_puk_was_seen_spent() {
    let code = PinRole::Authentication;
    let mut locked = outcome(
        Operation::Check,
        Answer::WrongAndLocked { code },
        TryUse::Used,
    );
    locked.before = Some(states(1, 0));
    locked.after = Some(PinStates {
        puk: PinState::Unknown,
        ..states(0, 0)
    });
    let all = all_of(&english(&locked));
    assert!(all.contains("can never be opened again"), "{all}");
    assert!(!all.contains("Unlock it"), "{all}");
    for tries in [1, 3] {
        let answer = Answer::Wrong {
            code,
            tries_left: TriesLeft(tries),
        };
        let mut wrong = outcome(Operation::Check, answer, TryUse::Used);
        wrong.before = Some(states(tries + 1, 0));
        let all = all_of(&english(&wrong));
        assert!(all.contains("new card is needed"), "{all}");
        assert!(!all.contains("set a new PIN with the PUK"), "{all}");
    }
}

#[test]
fn a_card_that_may_hold_the_pin_as_verified_is_to_be_taken_out() {
    in_every_language(|texts| {
        let mut done = outcome(Operation::Check, Answer::Done, TryUse::NotUsed);
        let before = sentences(&texts.outcome(&done, CardKind::Citizen)).len();
        done.may_stay_verified = true;
        let message = texts.outcome(&done, CardKind::Citizen);
        assert_eq!(sentences(&message).len(), before + 1);
        assert_message_is_whole(&message);
    });
    let mut done = outcome(Operation::Check, Answer::Done, TryUse::NotUsed);
    done.may_stay_verified = true;
    let all = all_of(&english(&done));
    assert!(all.contains("Take the card out of the reader."), "{all}");
}

#[test]
fn a_wrong_puk_sends_nobody_back_to_a_letter_without_a_puk() {
    let wrong = |before| {
        let answer = Answer::Wrong {
            code: PinRole::Unblocking,
            tries_left: TriesLeft(4),
        };
        let mut wrong = outcome(Operation::Unlock, answer, TryUse::Used);
        wrong.before = Some(before);
        all_of(&english(&wrong))
    };
    assert!(wrong(states(5, 5)).contains("Compare with the letter"));
    let fresh = wrong(PinStates {
        pin1: PinState::NotActivated {
            tries_left: Some(TriesLeft(5)),
        },
        ..states(5, 5)
    });
    assert!(fresh.contains("is not the PUK"), "{fresh}");
    assert!(fresh.contains("4 more wrong entries"), "{fresh}");
    assert!(!fresh.contains("Compare with the letter"), "{fresh}");
}
