//! A card that answers late: what may be done meanwhile, and that its answer is told.

use std::time::Duration;

use super::*;

/// Long enough for a person to wonder.
fn later(model: &mut Model, message: Message) -> Vec<Command> {
    update(model, message, Instant::now() + Duration::from_secs(5))
}

fn select_later(model: &mut Model, number: usize, role: PinRole) {
    let reader = reader(number);
    let enter = true;
    later(
        model,
        Message::Select {
            reader,
            role,
            enter,
        },
    );
}

/// Two cards, and a request for PIN2 of the first one that is not answered yet.
fn waiting() -> (Model, u64) {
    let mut model = model(&["v4", "v3"]);
    select(&mut model, 1, PinRole::Signature);
    type_in(&mut model, "123456", "");
    let (.., ticket, _, _) = only_request(send(&mut model, Message::Submit));
    (model, ticket)
}

fn answer(model: &mut Model, ticket: u64) -> Vec<Command> {
    let generation = model.readers[0].generation;
    let outcome = Ok(Box::new(Outcome::One(outcome(
        Answer::Done,
        Some(states(5)),
    ))));
    send(
        model,
        Message::Performed {
            reader: reader(1),
            generation,
            ticket,
            outcome,
            states: Some(states(5)),
        },
    )
}

fn phase(model: &Model) -> Phase {
    model.form.as_ref().unwrap().phase
}

#[test]
fn an_answer_that_may_come_at_any_moment_is_waited_for() {
    let (mut model, ticket) = waiting();
    select(&mut model, 2, PinRole::Authentication);
    send(&mut model, Message::Close);
    send(&mut model, Message::Begin(Task::Change));
    let form = model.form.as_ref().unwrap();
    assert!(form.is_running() && form.reader == reader(1) && form.role == PinRole::Signature);
    answer(&mut model, ticket);
    assert!(model.form.as_ref().unwrap().finished.is_some() && model.notices.is_empty());
}

#[test]
fn a_slow_card_leaves_the_other_one_to_work_with() {
    let (mut model, ticket) = waiting();
    select_later(&mut model, 2, PinRole::Authentication);
    type_in(&mut model, "1234", "");
    let (name, ..) = only_request(later(&mut model, Message::Submit));
    assert_eq!(name, reader(2));
    assert_eq!(model.running.len(), 2);
    answer(&mut model, ticket);
    assert_eq!(model.running.len(), 1);
    let notice = &model.notices[0];
    assert_eq!(
        (&notice.about.reader, notice.about.role),
        (&reader(1), PinRole::Signature)
    );
    assert!(
        matches!(&notice.about.holder, Holder::Known(name) if name.to_string().contains("ÅSTRÖM"))
    );
    assert!(model.form.as_ref().unwrap().finished.is_none());
    send(&mut model, Message::Dismiss(ticket));
    assert!(model.notices.is_empty());
}

#[test]
fn the_same_reader_takes_no_second_request_meanwhile() {
    let (mut model, ticket) = waiting();
    select_later(&mut model, 1, PinRole::Authentication);
    assert!(matches!(phase(&model), Phase::Waiting { .. }));
    type_in(&mut model, "1234", "");
    assert!(later(&mut model, Message::Submit).is_empty());
    // Not even when a form should believe that it may.
    model.form.as_mut().unwrap().phase = Phase::Editing;
    assert!(later(&mut model, Message::Submit).is_empty());
    model.form.as_mut().unwrap().phase = Phase::Waiting {
        since: Instant::now(),
    };
    answer(&mut model, ticket);
    assert_eq!(phase(&model), Phase::Editing);
    assert_eq!(model.notices.len(), 1);
}

#[test]
fn a_form_that_was_left_is_found_again_with_its_answer() {
    let (mut model, ticket) = waiting();
    later(&mut model, Message::Close);
    assert!(model.form.is_none() && model.is_running());
    select_later(&mut model, 1, PinRole::Signature);
    assert!(matches!(phase(&model), Phase::Running { ticket: running, .. } if running == ticket));
    assert!(later(&mut model, Message::Submit).is_empty());
    answer(&mut model, ticket);
    assert!(model.form.as_ref().unwrap().finished.is_some() && model.notices.is_empty());
    // Answered once is answered.
    answer(&mut model, ticket);
    assert!(model.notices.is_empty());
}

#[test]
fn a_swapped_card_is_not_taken_for_the_one_that_was_asked() {
    let (mut model, ticket) = waiting();
    later(&mut model, Message::Close);
    let generation = model.readers[0].generation;
    let look = Ok(Box::new(card("v3")));
    let looked = Message::Looked {
        reader: reader(1),
        generation,
        look,
    };
    later(&mut model, looked);
    select_later(&mut model, 1, PinRole::Signature);
    assert!(matches!(phase(&model), Phase::Waiting { .. }));
    answer(&mut model, ticket);
    assert_eq!(model.notices.len(), 1);
}

#[test]
fn only_free_readers_are_read_again() {
    let (mut model, _) = waiting();
    let commands = send(&mut model, Message::ReadAgain);
    let [Command::Look { reader: name, .. }] = commands.as_slice() else {
        panic!("{commands:?}");
    };
    assert_eq!(*name, reader(2));
}

#[test]
fn leaving_is_remembered_until_the_answer_is_there() {
    let (mut model, ticket) = waiting();
    send(&mut model, Message::Leave);
    assert!(model.leaving);
    answer(&mut model, ticket);
    assert!(!model.leaving);
    send(&mut model, Message::Leave);
    assert!(!model.leaving, "nothing is waited for");
}
