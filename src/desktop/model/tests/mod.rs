//! The model, message by message. Nobody works for it: the commands are looked at and answered by
//! hand.

mod activation;
mod caught;
mod login;
mod waiting;

use std::time::Instant;

use siru_apdu::{ReaderError, ReaderName, TriesLeft};
use siru_card::{
    ActivationRegime, Answer, Consent, Operation, PinOutcome, PinRole, PinState, PinStates,
    Refusal, Risk, TryUse,
};

use super::*;
use crate::tests::support::{card, model, reader, report};

fn send(model: &mut Model, message: Message) -> Vec<Command> {
    update(model, message, Instant::now())
}

fn select(model: &mut Model, number: usize, role: PinRole) {
    send(
        model,
        Message::Select {
            reader: reader(number),
            role,
            enter: true,
        },
    );
}

fn type_in(model: &mut Model, entered: &str, new: &str) {
    let form = model.form.as_mut().unwrap();
    form.entered.insert(entered, 0);
    form.new.insert(new, 0);
    form.repeated.insert(new, 0);
}

/// The parts of the one request that was made.
fn only_request(commands: Vec<Command>) -> (ReaderName, u64, u64, Operation, Consent) {
    assert_eq!(commands.len(), 1, "{commands:?}");
    let Some(Command::Perform(order)) = commands.into_iter().next() else {
        panic!("a request");
    };
    let operation = order.request.operation();
    (
        order.reader,
        order.generation,
        order.ticket,
        operation,
        order.consent,
    )
}

fn outcome(answer: Answer, after: Option<PinStates>) -> PinOutcome {
    PinOutcome {
        operation: Operation::Check,
        role: PinRole::Authentication,
        answer,
        try_use: TryUse::Used,
        before: None,
        after,
        may_stay_verified: false,
    }
}

fn states(pin1: u8) -> PinStates {
    let usable = |tries| PinState::Usable {
        tries_left: Some(TriesLeft(tries)),
    };
    PinStates {
        pin1: usable(pin1),
        pin2: usable(5),
        puk: usable(5),
    }
}

/// Checks PIN1 of the first card and answers with this.
fn check_and_answer(model: &mut Model, answer: Answer, after: Option<PinStates>) -> Vec<Command> {
    select(model, 1, PinRole::Authentication);
    type_in(model, "1234", "");
    let (reader, generation, ticket, ..) = only_request(send(model, Message::Submit));
    let outcome = Ok(Box::new(Outcome::One(outcome(answer, after))));
    send(
        model,
        Message::Performed {
            reader,
            generation,
            ticket,
            outcome,
            states: after,
        },
    )
}

#[test]
fn a_card_is_looked_at_once_for_every_insertion() {
    let mut model = Model::new(Language::English, false);
    assert_eq!(send(&mut model, report(&[true, false], 1)).len(), 1);
    assert_eq!(
        send(&mut model, report(&[true, false], 1)).len(),
        0,
        "nothing changed"
    );
    assert_eq!(
        send(&mut model, report(&[true, false], 3)).len(),
        1,
        "a quick swap"
    );
}

#[test]
fn an_answer_about_an_earlier_card_is_dropped() {
    let mut model = model(&["v4"]);
    let generation = model.readers[0].generation;
    send(&mut model, report(&[true], 2));
    let look = Ok(Box::new(card("v4")));
    send(
        &mut model,
        Message::Looked {
            reader: reader(1),
            generation,
            look,
        },
    );
    assert!(model.readers[0].card().is_none());
}

#[test]
fn ten_confirmations_make_one_request() {
    let mut model = model(&["v4"]);
    select(&mut model, 1, PinRole::Authentication);
    type_in(&mut model, "1234", "");
    let made: Vec<Command> = (0..10)
        .flat_map(|_| send(&mut model, Message::Submit))
        .collect();
    let (.., operation, consent) = only_request(made);
    assert_eq!((operation, consent), (Operation::Check, Consent::Ordinary));
    assert!(
        model.form.as_ref().unwrap().entered.is_empty(),
        "the digits are gone"
    );
}

#[test]
fn nothing_is_sent_that_breaks_a_rule() {
    let cases = [
        (Task::Check, "123", ""),
        (Task::Change, "1234", "1234"),
        (Task::Change, "1234", "123"),
        (Task::Unlock, "1234567", "123"),
        (Task::Unlock, "", "4321"),
    ];
    for (task, entered, new) in cases {
        let mut model = model(&["v4"]);
        select(&mut model, 1, PinRole::Authentication);
        send(&mut model, Message::Begin(task));
        type_in(&mut model, entered, new);
        assert!(
            send(&mut model, Message::Submit).is_empty(),
            "{task:?} {entered} {new}"
        );
    }
}

#[test]
fn a_change_and_an_unlock_are_sent_when_the_rules_are_kept() {
    for (task, entered) in [(Task::Change, "1234"), (Task::Unlock, "12345678")] {
        let mut model = model(&["v4"]);
        select(&mut model, 1, PinRole::Authentication);
        send(&mut model, Message::Begin(task));
        type_in(&mut model, entered, "4321");
        let (.., sent, _) = only_request(send(&mut model, Message::Submit));
        assert_eq!(sent, task.operation());
    }
}

#[test]
fn a_repetition_that_differs_is_not_sent() {
    let mut model = model(&["v4"]);
    select(&mut model, 1, PinRole::Authentication);
    send(&mut model, Message::Begin(Task::Change));
    type_in(&mut model, "1234", "4321");
    model.form.as_mut().unwrap().repeated.remove(3..4);
    model.form.as_mut().unwrap().repeated.insert("2", 3);
    assert!(send(&mut model, Message::Submit).is_empty());
}

#[test]
fn a_last_try_needs_consent_for_exactly_that_risk() {
    let cases = [
        ("v4-last-try", Task::Check, "1234", "", Risk::LocksPin),
        (
            "v4-last-try-puk-spent",
            Task::Check,
            "1234",
            "",
            Risk::LocksPinForGood,
        ),
        (
            "v4-puk-low",
            Task::Unlock,
            "12345678",
            "4321",
            Risk::DestroysPuk,
        ),
    ];
    for (image, task, entered, new, risk) in cases {
        let mut model = model(&[image]);
        select(&mut model, 1, PinRole::Authentication);
        send(&mut model, Message::Begin(task));
        type_in(&mut model, entered, new);
        assert!(
            send(&mut model, Message::Submit).is_empty(),
            "{image} without consent"
        );
        let wants_word = {
            let card = model.form_card().unwrap();
            model.form.as_ref().unwrap().risk(card).wants_word()
        };
        assert_eq!(wants_word, risk != Risk::LocksPin, "{image}");
        send(&mut model, Message::Accept(true));
        let (.., consent) = only_request(send(&mut model, Message::Submit));
        assert_eq!(consent, Consent::Accepted(risk), "{image}");
    }
}

#[test]
fn consent_is_not_carried_over_to_another_operation_or_attempt() {
    let mut model = model(&["v4-last-try"]);
    select(&mut model, 1, PinRole::Authentication);
    send(&mut model, Message::Accept(true));
    send(&mut model, Message::Begin(Task::Change));
    let card = model.form_card().unwrap();
    assert!(!model.form.as_ref().unwrap().has_accepted(Risk::LocksPin));
    assert_eq!(model.form.as_ref().unwrap().risk(card).risk, Risk::LocksPin);
}

#[test]
fn a_wrong_pin_shows_the_counter_that_was_read_back() {
    let mut model = model(&["v4"]);
    let wrong = Answer::Wrong {
        code: PinRole::Authentication,
        tries_left: TriesLeft(4),
    };
    let commands = check_and_answer(&mut model, wrong, Some(states(4)));
    assert!(commands.is_empty());
    assert_eq!(
        model.form_card().unwrap().states.pin1.tries_left(),
        Some(TriesLeft(4))
    );
    let form = model.form.as_ref().unwrap();
    assert!(form.finished.is_some() && form.phase == Phase::Editing && form.wants_focus);
}

#[test]
fn counters_that_could_not_be_read_are_unknown_and_read_again() {
    let mut model = model(&["v4"]);
    let lost = Answer::AnswerLost(siru_apdu::ChannelError::CardReset);
    let commands = check_and_answer(&mut model, lost, None);
    assert!(matches!(commands.as_slice(), [Command::Look { .. }]));
    assert_eq!(model.form_card().unwrap().states, PinStates::UNKNOWN);
}

#[test]
fn another_card_than_the_one_seen_is_looked_at_anew() {
    let mut model = model(&["v4"]);
    let refused = Answer::NotSent(Refusal::AnotherCard);
    let commands = check_and_answer(&mut model, refused, Some(states(5)));
    assert!(matches!(commands.as_slice(), [Command::Look { .. }]));
}

#[test]
fn an_unexpected_swap_closes_the_way_to_the_new_card() {
    let mut model = model(&["v4"]);
    select(&mut model, 1, PinRole::Authentication);
    type_in(&mut model, "1234", "");
    let generation = model.readers[0].generation;
    let look = Ok(Box::new(card("v3")));
    send(
        &mut model,
        Message::Looked {
            reader: reader(1),
            generation,
            look,
        },
    );
    let form = model.form.as_ref().unwrap();
    assert!(form.phase == Phase::CardGone && form.entered.is_empty());
    assert!(send(&mut model, Message::Submit).is_empty());
}

#[test]
fn a_removed_card_wipes_the_form_and_the_same_card_brings_it_back() {
    let mut model = model(&["v4", "v3"]);
    select(&mut model, 1, PinRole::Authentication);
    type_in(&mut model, "1234", "");
    send(&mut model, report(&[false, true], 2));
    let form = model.form.as_ref().unwrap();
    assert!(form.phase == Phase::CardGone && form.entered.is_empty());
    send(&mut model, report(&[true, true], 3));
    let generation = model.readers[0].generation;
    let look = Ok(Box::new(card("v4")));
    send(
        &mut model,
        Message::Looked {
            reader: reader(1),
            generation,
            look,
        },
    );
    assert_eq!(model.form.as_ref().unwrap().phase, Phase::Editing);
}

#[test]
fn a_request_under_way_outlives_the_card_and_says_what_came_of_it() {
    let mut model = model(&["v4"]);
    select(&mut model, 1, PinRole::Authentication);
    type_in(&mut model, "1234", "");
    let (reader, generation, ticket, ..) = only_request(send(&mut model, Message::Submit));
    send(&mut model, report(&[false], 2));
    assert!(model.is_running());
    let lost = outcome(
        Answer::AnswerLost(siru_apdu::ChannelError::CardRemoved),
        None,
    );
    let outcome = Ok(Box::new(Outcome::One(lost)));
    send(
        &mut model,
        Message::Performed {
            reader,
            generation,
            ticket,
            outcome,
            states: None,
        },
    );
    let form = model.form.as_ref().unwrap();
    assert!(form.phase == Phase::CardGone && form.finished.is_some());
}

#[test]
fn a_locked_pin_opens_with_unlocking_and_a_locked_puk_with_nothing() {
    let mut model = model(&["v4-locked", "v4-puk-spent"]);
    select(&mut model, 1, PinRole::Authentication);
    assert_eq!(model.form.as_ref().unwrap().task, Task::Unlock);
    select(&mut model, 2, PinRole::Authentication);
    let form = model.form.as_ref().unwrap();
    assert_eq!(
        form.block(model.form_card().unwrap()),
        Some(Block::PukLocked)
    );
}

#[test]
fn a_pin_that_was_never_set_opens_with_its_activation() {
    // An activation PIN is counted and changed; an activation code sets a PIN there is none of.
    // Older cards count as well, so there the certificate's date decides.
    let counted = [None; 3];
    let unset = [Some(Block::NotActivated), Some(Block::NotActivated), None];
    let cases = [
        ("v4-fresh", ActivationRegime::ActivationPin, counted),
        ("v3-fresh", ActivationRegime::Code, counted),
        ("organisation-fresh", ActivationRegime::Code, unset),
    ];
    for (image, regime, blocks) in cases {
        let mut model = model(&[image]);
        for role in [PinRole::Authentication, PinRole::Signature] {
            select(&mut model, 1, role);
            let form = model.form.as_ref().unwrap();
            assert_eq!(form.task, Task::Activate(regime), "{image}");
            let all = [Task::Check, Task::Change, Task::Unlock];
            for (task, block) in all.into_iter().zip(blocks) {
                send(&mut model, Message::Begin(task));
                let form = model.form.as_ref().unwrap();
                let found = form.block(model.form_card().unwrap());
                assert_eq!(found, block, "{image} {role:?} {task:?}");
            }
            send(&mut model, Message::Close);
        }
    }
}

#[test]
fn without_a_service_nothing_stale_is_shown() {
    let mut model = model(&["v4"]);
    let commands = send(&mut model, Message::Readers(Err(ReaderError::NoService)));
    assert!(matches!(commands.as_slice(), [Command::Forget(_)]));
    assert!(model.readers.is_empty() && matches!(model.service, Service::Failed(_)));
}
