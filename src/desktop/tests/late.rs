//! The window while a card is late: it stays for the answer, and tells it when nobody asks any more.

use egui::Key;
use egui::accesskit::Role;
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;

use super::support::{Still, reader};
use super::window::{has_text, selected, type_text};
use crate::model::{LookError, Message, PATIENCE, update};
use crate::view::hold_close;

/// The window is asked to close; says whether it stays.
fn stays_when_closed(window: &mut Harness<'static, Still>) -> bool {
    let mut input = egui::RawInput::default();
    let root = input.viewports.entry(egui::ViewportId::ROOT).or_default();
    root.events.push(egui::ViewportEvent::Close);
    let message = hold_close(&mut input, &window.state().model);
    if let Some(message) = message {
        update(
            &mut window.state_mut().model,
            message,
            std::time::Instant::now(),
        );
    }
    window.step();
    !input.viewport().close_requested()
}

#[test]
fn the_window_stays_for_an_answer_until_it_is_closed_twice() {
    let mut window = selected("Check PIN");
    assert!(!stays_when_closed(&mut window), "nothing is waited for");
    type_text(&mut window, "1234");
    window.key_press(Key::Enter);
    window.run_steps(4);
    assert_eq!(window.state().requests, 1);
    assert!(stays_when_closed(&mut window));
    assert!(has_text(&window, "The card is still working"));
    assert!(!stays_when_closed(&mut window), "asked once more");
}

#[test]
fn a_result_without_a_form_is_told_and_can_be_dismissed() {
    let mut window = selected("Check PIN");
    type_text(&mut window, "1234");
    window.key_press(Key::Enter);
    window.run_steps(4);
    let model = &mut window.state_mut().model;
    let (now, generation) = (std::time::Instant::now(), model.readers[0].generation);
    update(model, Message::Close, now + PATIENCE);
    assert!(model.form.is_none());
    let error = siru_apdu::ReaderError::Busy;
    let performed = Message::Performed {
        reader: reader(1),
        generation,
        ticket: 1,
        outcome: Err(LookError::Reader(error)),
        states: None,
    };
    update(model, performed, now);
    window.run();
    let about = "BJÖRN SPECIMEN-ÅSTRÖM · basic PIN (PIN1) · Demo reader 1.";
    assert!(window.query_all_by_label_contains(about).count() > 0);
    window
        .get_by_role_and_label(Role::Button, "Close the notice")
        .click_accesskit();
    window.run();
    assert!(window.state().model.notices.is_empty());
}
