//! The whole program on virtual cards: what a person does, and what the card then remembers.

use std::sync::mpsc::Receiver;

use siru_apdu::TriesLeft;
use siru_card::{Answer, PinRole, PinState, Refusal};
use siru_sim::{Image, Personalisation, VirtualReaders};

use super::support::{app, reader, readers, wait};
use crate::app::App;
use crate::model::{Card, Finished, Holder, Message, Model, Phase, Task};

fn is_known(model: &Model, number: usize) -> bool {
    let known = |card: &Card| matches!(card.holder, Holder::Known(_));
    model
        .reader(&reader(number))
        .and_then(|reader| reader.card())
        .is_some_and(known)
}

fn tries(app: &App, number: usize) -> Option<u8> {
    let card = app.model().reader(&reader(number))?.card()?;
    Some(card.states.pin1.tries_left()?.0)
}

fn select(app: &mut App, number: usize, role: PinRole) {
    app.apply(Message::Select {
        reader: reader(number),
        role,
        enter: true,
    });
}

fn open(app: &mut App, task: Task) {
    select(app, 1, PinRole::Authentication);
    app.apply(Message::Begin(task));
}

fn type_in(app: &mut App, entered: &str, new: &str) {
    app.type_for_test(entered, new);
}

fn submit(app: &mut App, bell: &Receiver<()>) {
    app.apply(Message::Submit);
    wait(app, bell, |model| !model.is_running());
}

fn answer(app: &App) -> &Answer {
    let Some(Finished {
        outcome: Ok(outcome),
        ..
    }) = &app.model().form.as_ref().unwrap().finished
    else {
        panic!("no outcome");
    };
    &outcome.each().next().unwrap().answer
}

fn attempts(readers: &VirtualReaders) -> u64 {
    readers
        .control()
        .card(&reader(1), |card| card.card.ledger().totals().attempts)
        .unwrap()
}

#[test]
fn a_wrong_pin_costs_one_try_and_the_right_one_brings_it_back() {
    let readers = readers(&["v4"]);
    let (mut app, bell) = app(&readers);
    wait(&mut app, &bell, |model| is_known(model, 1));
    assert_eq!(
        (tries(&app, 1), attempts(&readers)),
        (Some(5), 0),
        "looking costs nothing"
    );
    open(&mut app, Task::Check);
    type_in(&mut app, "9999", "");
    submit(&mut app, &bell);
    assert!(
        matches!(answer(&app), Answer::Wrong { .. }),
        "{:?}",
        answer(&app)
    );
    assert_eq!((tries(&app, 1), attempts(&readers)), (Some(4), 1));
    type_in(&mut app, "1234", "");
    submit(&mut app, &bell);
    assert!(matches!(answer(&app), Answer::Done));
    assert_eq!((tries(&app, 1), attempts(&readers)), (Some(5), 2));
}

#[test]
fn looking_at_a_card_tells_how_long_its_certificate_is_valid() {
    let readers = readers(&["v4"]);
    let (mut app, bell) = app(&readers);
    wait(&mut app, &bell, |model| is_known(model, 1));
    let card = app.model().reader(&reader(1)).unwrap().card().unwrap();
    let leaf = siru_card::Certificate::parse(card.leaf.as_ref().unwrap()).unwrap();
    assert_eq!(card.validity, Some((leaf.not_before, leaf.not_after)));
    assert_eq!(attempts(&readers), 0);
}

#[test]
fn a_pin_is_changed_and_a_locked_one_is_unlocked() {
    let readers = readers(&["v4-locked"]);
    let (mut app, bell) = app(&readers);
    wait(&mut app, &bell, |model| is_known(model, 1));
    open(&mut app, Task::Unlock);
    type_in(&mut app, "12345678", "4321");
    submit(&mut app, &bell);
    assert!(matches!(answer(&app), Answer::Done), "{:?}", answer(&app));
    open(&mut app, Task::Change);
    type_in(&mut app, "4321", "8765");
    submit(&mut app, &bell);
    assert!(matches!(answer(&app), Answer::Done), "{:?}", answer(&app));
    assert_eq!(tries(&app, 1), Some(5));
}

#[test]
fn a_new_card_is_activated_by_changing_both_activation_pins() {
    let readers = readers(&["v4-fresh"]);
    let (mut app, bell) = app(&readers);
    wait(&mut app, &bell, |model| is_known(model, 1));
    // Offered by itself, with the code of the letter typed once for both.
    type_in(&mut app, "1234567", "4321");
    app.type_other_for_test("654321");
    submit(&mut app, &bell);
    let usable = |state| matches!(state, PinState::Usable { .. });
    let states = app.model().form_card().unwrap().states;
    assert!(usable(states.pin1) && usable(states.pin2), "{states:?}");
    assert_eq!(states.puk.tries_left(), Some(TriesLeft(5)));
    let form = app.model().form.as_ref().unwrap();
    assert_eq!(form.task, Task::Check);
    let Ok(outcome) = &form.finished.as_ref().unwrap().outcome else {
        panic!("the card was there");
    };
    assert!(outcome.is_done());
    let entries = readers
        .control()
        .card(&reader(1), |card| card.card.ledger().entries())
        .unwrap();
    let sent: Vec<_> = entries
        .iter()
        .map(|entry| (entry.instruction, entry.reference, entry.status))
        .collect();
    assert_eq!(
        sent,
        [(0x24, 0x11, Some(0x9000)), (0x24, 0x82, Some(0x9000))]
    );
    assert!(entries.iter().all(|entry| entry.after.puk == 5));
}

#[test]
fn a_card_swapped_between_look_and_send_is_sent_nothing() {
    let readers = readers(&["v4"]);
    let (mut app, bell) = app(&readers);
    wait(&mut app, &bell, |model| is_known(model, 1));
    open(&mut app, Task::Check);
    type_in(&mut app, "1234", "");
    let other = Personalisation::new(Image::parse("v3").unwrap())
        .build()
        .unwrap();
    readers.control().insert(&reader(1), other).unwrap();
    // The program has not heard of it yet: no message was taken in.
    app.apply(Message::Submit);
    wait(&mut app, &bell, |model| {
        !model.is_running() && is_known(model, 1)
    });
    assert!(
        matches!(answer(&app), Answer::NotSent(Refusal::AnotherCard)),
        "{:?}",
        answer(&app)
    );
    assert_eq!(attempts(&readers), 0);
}

#[test]
fn cards_come_and_go_by_themselves_and_a_form_survives_it() {
    let readers = readers(&["v4", "v3"]);
    let (mut app, bell) = app(&readers);
    wait(&mut app, &bell, |model| {
        is_known(model, 1) && is_known(model, 2)
    });
    open(&mut app, Task::Check);
    type_in(&mut app, "12", "");
    readers.control().remove(&reader(1)).unwrap();
    wait(&mut app, &bell, |model| {
        model.form.as_ref().unwrap().phase == Phase::CardGone
    });
    readers.control().reinsert(&reader(1)).unwrap();
    wait(&mut app, &bell, |model| {
        model.form.as_ref().unwrap().phase == Phase::Editing
    });
    assert!(app.model().form.as_ref().unwrap().entered.is_empty());
    readers.control().stop_service();
    wait(&mut app, &bell, |model| model.readers.is_empty());
    readers.control().start_service();
    wait(&mut app, &bell, |model| {
        is_known(model, 1) && is_known(model, 2)
    });
    assert_eq!(attempts(&readers), 0);
}

#[test]
fn one_silent_card_keeps_no_other_waiting() {
    let readers = readers(&["v4", "v3"]);
    let hang = siru_sim::Fault::at_exchange(siru_sim::FaultKind::Hang, 1);
    readers.control().plan(&reader(1), hang).unwrap();
    let (mut app, bell) = app(&readers);
    wait(&mut app, &bell, |model| is_known(model, 2));
    assert!(!is_known(app.model(), 1));
    readers.control().remove(&reader(1)).unwrap();
}
