//! What is caught before it costs a try, what is pointed out, and what is offered instead.

use siru_card::{Caught, Weakness};
use siru_settings::WeakPins;

use super::*;

const PIN1: PinRole = PinRole::Authentication;

fn check(model: &Model) -> Check {
    let card = model.form_card().unwrap();
    let form = model.form.as_ref().unwrap();
    form.check(card, model.knowledge()).unwrap()
}

fn retype(model: &mut Model, entered: &str, new: &str) {
    let form = model.form.as_mut().unwrap();
    form.entered.clear();
    form.new.clear();
    form.repeated.clear();
    type_in(model, entered, new);
}

fn wrong(tries: u8) -> Answer {
    Answer::Wrong {
        code: PIN1,
        tries_left: TriesLeft(tries),
    }
}

#[test]
fn what_this_card_refused_is_not_sent_again_while_it_is_in() {
    let mut model = model(&["v4", "v3"]);
    check_and_answer(&mut model, wrong(4), Some(states(4)));
    for _ in 0..3 {
        retype(&mut model, "1234", "");
        assert_eq!(
            check(&model).entered,
            Verdict::Caught(Caught::RefusedBefore)
        );
        assert!(send(&mut model, Message::Submit).is_empty());
    }
    // Another value goes out, the same one as current PIN does not.
    send(&mut model, Message::Begin(Task::Change));
    retype(&mut model, "1234", "4071");
    assert!(send(&mut model, Message::Submit).is_empty());
    // Another card knows nothing of it.
    select(&mut model, 2, PIN1);
    retype(&mut model, "1234", "");
    assert_eq!(check(&model).entered, Verdict::Good);
}

#[test]
fn taking_the_card_out_wipes_what_was_known_of_it() {
    let mut model = model(&["v4"]);
    check_and_answer(&mut model, wrong(4), Some(states(4)));
    send(&mut model, report(&[false], 2));
    send(&mut model, report(&[true], 3));
    let generation = model.readers[0].generation;
    let look = Ok(Box::new(card("v4")));
    let looked = Message::Looked {
        reader: reader(1),
        generation,
        look,
    };
    send(&mut model, looked);
    retype(&mut model, "1234", "");
    assert_eq!(check(&model).entered, Verdict::Good);
}

#[test]
fn an_answer_that_comes_after_the_card_left_teaches_nothing() {
    let mut model = model(&["v4"]);
    select(&mut model, 1, PIN1);
    type_in(&mut model, "1234", "");
    let (name, generation, ticket, ..) = only_request(send(&mut model, Message::Submit));
    send(&mut model, report(&[false], 2));
    let outcome = Outcome::One(outcome(wrong(4), Some(states(4))));
    let performed = Message::Performed {
        reader: name,
        generation,
        ticket,
        outcome: Ok(Box::new(outcome)),
        states: None,
    };
    send(&mut model, performed);
    let pin = siru_card::Pin::from_digits(b"1234").unwrap();
    assert_eq!(model.shield.look(&card("v4").identity, PIN1, &pin), None);
}

#[test]
fn the_pin_of_the_other_box_is_caught_when_the_session_knows_it() {
    let mut model = model(&["v4"]);
    let role = PinRole::Signature;
    select(&mut model, 1, role);
    type_in(&mut model, "123456", "");
    let (name, generation, ticket, ..) = only_request(send(&mut model, Message::Submit));
    let right = PinOutcome {
        role,
        ..outcome(Answer::Done, Some(states(5)))
    };
    let performed = Message::Performed {
        reader: name,
        generation,
        ticket,
        outcome: Ok(Box::new(Outcome::One(right))),
        states: Some(states(5)),
    };
    send(&mut model, performed);
    select(&mut model, 1, PIN1);
    type_in(&mut model, "123456", "");
    let caught = Caught::BelongsTo { code: role };
    assert_eq!(check(&model).entered, Verdict::Caught(caught));
    assert!(send(&mut model, Message::Submit).is_empty());
    // As a new PIN1 it is pointed out: one of the two would give the other away.
    send(&mut model, Message::Begin(Task::Unlock));
    type_in(&mut model, "12345678", "123456");
    assert!(check(&model).pin.weakness.is_some());
}

#[test]
fn a_new_pin_that_is_easy_to_guess_is_pointed_out_or_forbidden() {
    let mut model = model(&["v4"]);
    select(&mut model, 1, PIN1);
    send(&mut model, Message::Begin(Task::Change));
    for (new, weakness) in [("1111", Weakness::Repeated), ("2345", Weakness::Run)] {
        model.settings.weak_pins.value = WeakPins::Warn;
        retype(&mut model, "1234", new);
        assert_eq!(check(&model).pin.weakness, Some(weakness));
        assert!(check(&model).is_good(), "pointed out, not refused");
        model.settings.weak_pins.value = WeakPins::Forbid;
        assert_eq!(check(&model).pin.new, Verdict::Weak(weakness));
        assert!(send(&mut model, Message::Submit).is_empty());
    }
    retype(&mut model, "1234", "4071");
    assert_eq!(check(&model).pin.weakness, None);
    assert_eq!(send(&mut model, Message::Submit).len(), 1);
}

#[test]
fn two_new_pins_that_are_the_same_are_pointed_out() {
    let mut model = model(&["v4-locked"]);
    select(&mut model, 1, PIN1);
    send(&mut model, Message::SetBoth(true));
    type_in(&mut model, "12345678", "407195");
    let form = model.form.as_mut().unwrap();
    form.other_new.insert("407195", 0);
    form.other_repeated.insert("407195", 0);
    let weakness = Some(Weakness::SameAsOther { role: PIN1 });
    assert_eq!(check(&model).other.weakness, weakness);
}

#[test]
fn the_puk_is_typed_once_for_both_pins() {
    let mut model = model(&["v4-locked"]);
    select(&mut model, 1, PinRole::Signature);
    send(&mut model, Message::Begin(Task::Unlock));
    send(&mut model, Message::SetBoth(true));
    type_in(&mut model, "12345678", "852963");
    assert!(
        send(&mut model, Message::Submit).is_empty(),
        "PIN1 is missing"
    );
    let form = model.form.as_mut().unwrap();
    form.other_new.insert("4071", 0);
    form.other_repeated.insert("4071", 0);
    let commands = send(&mut model, Message::Submit);
    let [Command::Perform(order)] = commands.as_slice() else {
        panic!("{commands:?}");
    };
    assert!(matches!(order.request, Request::Both(_)));
    assert_eq!(order.request.operation(), Operation::Unlock);
}

#[test]
fn taking_the_second_pin_back_wipes_it() {
    let mut model = model(&["v4-locked"]);
    select(&mut model, 1, PIN1);
    send(&mut model, Message::SetBoth(true));
    let form = model.form.as_mut().unwrap();
    form.other_new.insert("852963", 0);
    send(&mut model, Message::SetBoth(false));
    assert!(model.form.as_ref().unwrap().other_new.is_empty());
}

#[test]
fn what_another_program_set_anew_is_not_held_against_the_person() {
    let mut model = model(&["v4"]);
    check_and_answer(&mut model, wrong(4), Some(states(4)));
    let generation = model.readers[0].generation;
    let look = |states| Message::Looked {
        reader: reader(1),
        generation,
        look: Ok(Box::new(Card {
            states,
            ..card("v4")
        })),
    };
    send(&mut model, look(states(4)));
    retype(&mut model, "1234", "");
    assert_eq!(
        check(&model).entered,
        Verdict::Caught(Caught::RefusedBefore)
    );
    send(&mut model, look(states(5)));
    assert_eq!(check(&model).entered, Verdict::Good);
}

#[test]
fn a_card_that_cannot_be_read_any_more_is_forgotten() {
    let mut model = model(&["v4"]);
    check_and_answer(&mut model, wrong(4), Some(states(4)));
    let failed = Message::Looked {
        reader: reader(1),
        generation: model.readers[0].generation,
        look: Err(LookError::Reader(ReaderError::Busy)),
    };
    send(&mut model, failed);
    let pin = siru_card::Pin::from_digits(b"1234").unwrap();
    assert_eq!(model.shield.look(&card("v4").identity, PIN1, &pin), None);
}

#[test]
fn whoever_knows_that_both_pins_are_the_same_can_say_so() {
    let mut model = model(&["v4"]);
    check_and_answer(&mut model, Answer::Done, Some(states(5)));
    select(&mut model, 1, PinRole::Signature);
    retype(&mut model, "1234", "");
    model.form.as_mut().unwrap().entered.insert("56", 4);
    // Not the same digits: nothing is known of them.
    assert_eq!(check(&model).entered, Verdict::Good);
    let mut model = self::model(&["organisation"]);
    check_and_answer(&mut model, Answer::Done, Some(states(5)));
    select(&mut model, 1, PinRole::Signature);
    retype(&mut model, "1234", "");
    let caught = Verdict::Caught(Caught::BelongsTo { code: PIN1 });
    assert_eq!(check(&model).entered, caught);
    send(&mut model, Message::Insist(true));
    assert_eq!(send(&mut model, Message::Submit).len(), 1);
    assert!(!model.form.as_ref().unwrap().insists, "for this once");
}
