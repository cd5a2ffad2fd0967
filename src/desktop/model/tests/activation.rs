//! The activation of a new card: offered by itself, both letters, gone on with where it was left.

use siru_card::{ActivationRegime, EntryProblem, PairOutcome};

use super::*;

const NOT_ACTIVATED: PinState = PinState::NotActivated {
    tries_left: Some(TriesLeft(5)),
};
const USABLE: PinState = PinState::Usable {
    tries_left: Some(TriesLeft(5)),
};

fn form(model: &Model) -> &Form {
    model.form.as_ref().unwrap()
}

/// Types the code of the letter, and new PINs for both identification objects.
fn type_all(model: &mut Model, code: &str) {
    let form = model.form.as_mut().unwrap();
    for (field, digits) in [
        (&mut form.entered, code),
        (&mut form.new, "4071"),
        (&mut form.repeated, "4071"),
        (&mut form.other_new, "852963"),
        (&mut form.other_repeated, "852963"),
    ] {
        field.clear();
        field.insert(digits, 0);
    }
}

fn look_again(model: &mut Model, card: Card) {
    let generation = model.readers[0].generation;
    send(
        model,
        Message::Looked {
            reader: reader(1),
            generation,
            look: Ok(Box::new(card)),
        },
    );
}

fn perform(model: &mut Model, outcome: Outcome, states: PinStates) {
    let generation = model.readers[0].generation;
    let ticket = model.running[0].ticket;
    send(
        model,
        Message::Performed {
            reader: reader(1),
            generation,
            ticket,
            outcome: Ok(Box::new(outcome)),
            states: Some(states),
        },
    );
}

fn of_pin(role: PinRole, answer: Answer, try_use: TryUse) -> PinOutcome {
    PinOutcome {
        role,
        operation: Operation::Change,
        try_use,
        ..outcome(answer, None)
    }
}

#[test]
fn it_is_offered_once_for_each_time_a_new_card_is_put_in() {
    let mut model = Model::new(Language::English, false);
    model.tab = Tab::Help;
    send(&mut model, report(&[true], 1));
    // The counters come first; which letter came with the card is not known yet.
    let early = Card {
        holder: Holder::Reading(Instant::now()),
        validity: None,
        ..card("v4-fresh")
    };
    look_again(&mut model, early);
    assert!(model.form.is_none() && model.tab == Tab::Help);
    look_again(&mut model, card("v4-fresh"));
    assert_eq!(
        form(&model).task,
        Task::Activate(ActivationRegime::ActivationPin)
    );
    assert_eq!(model.tab, Tab::Identification);
    send(&mut model, Message::Close);
    look_again(&mut model, card("v4-fresh"));
    assert!(model.form.is_none(), "not twice for one insertion");
    send(&mut model, report(&[false], 2));
    send(&mut model, report(&[true], 3));
    look_again(&mut model, card("v4-fresh"));
    assert!(form(&model).task.is_activation());
}

#[test]
fn whoever_is_at_something_else_is_not_interrupted() {
    let mut model = model(&["v4", "v4-fresh"]);
    send(&mut model, Message::Close);
    select(&mut model, 1, PinRole::Authentication);
    send(&mut model, report(&[true, false], 2));
    send(&mut model, report(&[true, true], 3));
    look_again(&mut model, card("v4"));
    let generation = model.readers[1].generation;
    let look = Ok(Box::new(card("v4-fresh")));
    let looked = Message::Looked {
        reader: reader(2),
        generation,
        look,
    };
    send(&mut model, looked);
    assert_eq!(form(&model).reader, reader(1));
    // It can be begun by hand, from the list.
    send(&mut model, Message::Close);
    send(&mut model, Message::Activate(reader(2)));
    assert!(form(&model).task.is_activation());
}

#[test]
fn a_card_in_order_is_offered_nothing() {
    for image in ["v4", "v4-locked", "v4-expired", "organisation"] {
        let model = model(&[image]);
        assert!(model.form.is_none(), "{image}");
    }
}

#[test]
fn one_code_and_one_confirmation_set_both_pins() {
    let cases = [
        ("v4-fresh", "1234567", Operation::Change),
        ("v3-fresh", "12345678", Operation::Unlock),
        ("organisation-fresh", "12345678", Operation::Unlock),
    ];
    for (image, code, operation) in cases {
        let mut model = model(&[image]);
        type_all(&mut model, code);
        let commands = send(&mut model, Message::Submit);
        let [Command::Perform(order)] = commands.as_slice() else {
            panic!("{image}: {commands:?}");
        };
        assert!(matches!(order.request, Request::Both(_)), "{image}");
        assert_eq!(order.request.operation(), operation, "{image}");
        assert!(send(&mut model, Message::Submit).is_empty(), "{image}");
    }
}

#[test]
fn neither_code_of_a_letter_is_taken_for_the_other() {
    for (image, wrong) in [("v4-fresh", "12345678"), ("v3-fresh", "1234567")] {
        let mut model = model(&[image]);
        type_all(&mut model, wrong);
        assert!(send(&mut model, Message::Submit).is_empty(), "{image}");
    }
}

#[test]
fn it_goes_on_with_the_pin_that_is_left() {
    let mut model = model(&["v4-fresh"]);
    type_all(&mut model, "1234567");
    send(&mut model, Message::Submit);
    let lost = Answer::AnswerLost(siru_apdu::ChannelError::CardRemoved);
    let half = PairOutcome {
        pin1: of_pin(PinRole::Authentication, Answer::Done, TryUse::NotUsed),
        pin2: Some(of_pin(PinRole::Signature, lost, TryUse::Unknown)),
    };
    let states = PinStates {
        pin1: USABLE,
        pin2: NOT_ACTIVATED,
        puk: USABLE,
    };
    perform(&mut model, Outcome::Both(half), states);
    let now = form(&model);
    assert_eq!(now.role, PinRole::Signature);
    assert!(now.task.is_activation() && now.finished.is_some());
    assert!(!now.sets_both(model.form_card().unwrap()));
    // Only PIN2 is asked for, and the code has to be typed again.
    let form = model.form.as_mut().unwrap();
    assert!(form.entered.is_empty());
    form.entered.insert("1234567", 0);
    form.new.insert("852963", 0);
    form.repeated.insert("852963", 0);
    let commands = send(&mut model, Message::Submit);
    let [Command::Perform(order)] = commands.as_slice() else {
        panic!("{commands:?}");
    };
    let Request::One(request) = &order.request else {
        panic!("{order:?}");
    };
    assert_eq!(request.role(), PinRole::Signature);
}

#[test]
fn when_all_is_done_the_result_stays_in_sight() {
    let mut model = model(&["v4-fresh"]);
    type_all(&mut model, "1234567");
    send(&mut model, Message::Submit);
    let done = |role| of_pin(role, Answer::Done, TryUse::NotUsed);
    let both = PairOutcome {
        pin1: done(PinRole::Authentication),
        pin2: Some(done(PinRole::Signature)),
    };
    let states = PinStates {
        pin1: USABLE,
        pin2: USABLE,
        puk: USABLE,
    };
    perform(&mut model, Outcome::Both(both), states);
    let now = form(&model);
    assert_eq!(now.task, Task::Check);
    assert!(now.finished.is_some());
}

#[test]
fn where_the_card_does_not_tell_the_person_says_what_the_letter_holds() {
    let mut model = model(&["v4-fresh"]);
    send(&mut model, Message::Close);
    let dateless = Card {
        validity: None,
        holder: Holder::NotKnown,
        ..card("v4-fresh")
    };
    send(&mut model, report(&[true], 2));
    look_again(&mut model, dateless);
    assert_eq!(form(&model).task, Task::Activate(ActivationRegime::Unclear));
    type_all(&mut model, "1234567");
    assert!(send(&mut model, Message::Submit).is_empty());
    // Choosing wipes what was typed, so that nothing goes out as something else.
    let cases = [
        (ActivationRegime::Code, "12345678", Operation::Unlock),
        (
            ActivationRegime::ActivationPin,
            "1234567",
            Operation::Change,
        ),
    ];
    for (regime, code, operation) in cases {
        send(&mut model, Message::Begin(Task::Activate(regime)));
        assert!(form(&model).entered.is_empty());
        type_all(&mut model, code);
        assert_eq!(form(&model).operation(), operation);
        let card = model.form_card().unwrap();
        assert!(
            form(&model).can_submit(card, model.knowledge()),
            "{regime:?}"
        );
    }
}

#[test]
fn a_refused_code_of_the_letter_is_not_sent_again() {
    let mut model = model(&["v4-fresh"]);
    type_all(&mut model, "7654321");
    send(&mut model, Message::Submit);
    let code = PinRole::Authentication;
    let tries_left = TriesLeft(4);
    let wrong = PairOutcome {
        pin1: of_pin(code, Answer::Wrong { code, tries_left }, TryUse::Used),
        pin2: None,
    };
    let states = PinStates {
        pin1: NOT_ACTIVATED,
        pin2: NOT_ACTIVATED,
        puk: USABLE,
    };
    perform(&mut model, Outcome::Both(wrong), states);
    assert!(form(&model).task.is_activation());
    type_all(&mut model, "7654321");
    assert!(send(&mut model, Message::Submit).is_empty());
    type_all(&mut model, "1234567");
    assert_eq!(send(&mut model, Message::Submit).len(), 1);
}

#[test]
fn the_new_pins_are_checked_before_anything_is_sent() {
    let mut model = model(&["v4-fresh"]);
    type_all(&mut model, "1234567");
    let form = model.form.as_mut().unwrap();
    form.other_repeated.remove(0..6);
    form.other_repeated.insert("852964", 0);
    let card = model.form_card().unwrap().clone();
    let check = self::form(&model).check(&card, model.knowledge()).unwrap();
    assert_eq!(check.pin.new, Verdict::Good);
    assert_eq!(
        check.other.repeated,
        Verdict::Problem(EntryProblem::Mismatch)
    );
    assert!(send(&mut model, Message::Submit).is_empty());
}

#[test]
fn a_pulled_card_goes_on_with_the_pin_that_is_left() {
    let mut model = model(&["v4-fresh"]);
    type_all(&mut model, "1234567");
    send(&mut model, Message::Submit);
    let (generation, ticket) = (model.readers[0].generation, model.running[0].ticket);
    let lost = Answer::AnswerLost(siru_apdu::ChannelError::CardRemoved);
    let half = PairOutcome {
        pin1: of_pin(PinRole::Authentication, Answer::Done, TryUse::NotUsed),
        pin2: Some(of_pin(PinRole::Signature, lost, TryUse::Unknown)),
    };
    let performed = Message::Performed {
        reader: reader(1),
        generation,
        ticket,
        outcome: Ok(Box::new(Outcome::Both(half))),
        states: None,
    };
    send(&mut model, performed);
    assert!(form(&model).task.is_activation());
    send(&mut model, report(&[false], 2));
    send(&mut model, report(&[true], 3));
    let mut half_done = card("v4-fresh");
    half_done.states.pin1 = USABLE;
    look_again(&mut model, half_done);
    let now = form(&model);
    assert_eq!((now.phase, now.role), (Phase::Editing, PinRole::Signature));
    assert!(now.task.is_activation() && now.finished.is_some());
}

#[test]
fn a_form_whose_card_is_gone_steps_aside_for_the_next_new_card() {
    let mut model = model(&["v4"]);
    check_and_answer(&mut model, Answer::Done, Some(states(5)));
    send(&mut model, report(&[false], 2));
    assert_eq!(form(&model).phase, Phase::CardGone);
    send(&mut model, report(&[true], 3));
    look_again(&mut model, card("v4-fresh"));
    assert!(form(&model).task.is_activation());
    // What came of the card before is still there to read, with its name.
    assert_eq!(model.notices.len(), 1);
    assert_eq!(model.notices[0].about.holder, card("v4").holder);
}
