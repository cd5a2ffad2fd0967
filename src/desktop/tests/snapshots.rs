//! Pictures of the window, kept under `snapshots/`. `UPDATE_SNAPSHOTS=1` draws them anew.

use std::time::Instant;

use egui::Theme;
use egui_kittest::SnapshotOptions;
use siru_apdu::{ReaderError, TriesLeft};
use siru_card::{Answer, Operation, PinOutcome, PinRole, PinState, PinStates, TryUse};
use siru_login::{Presented, Protocol, Registration, Verdict as LoginVerdict};
use siru_text::Language;

use super::support::{Still, certificates, model, reader, report, window};
use crate::model::{Message, Model, Outcome, PATIENCE, Tab, update};

fn snapshot(name: &str, model: Model, size: [f32; 2], look: Theme) {
    let mut window = window(Still::new(model), size, look, Still::show);
    window.run_steps(4);
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/snapshots");
    window.snapshot_options(name, &SnapshotOptions::new().output_path(folder));
}

/// PIN1 checked with a wrong entry.
fn with_result(images: &[&str]) -> Model {
    let now = Instant::now();
    let mut model = model(images);
    let select = Message::Select {
        reader: reader(1),
        role: PinRole::Authentication,
        enter: false,
    };
    update(&mut model, select, now);
    model.form.as_mut().unwrap().entered.insert("9999", 0);
    update(&mut model, Message::Submit, now);
    let states = |tries| {
        let usable = |tries| PinState::Usable {
            tries_left: Some(TriesLeft(tries)),
        };
        PinStates {
            pin1: usable(tries),
            pin2: usable(5),
            puk: usable(5),
        }
    };
    let (role, tries_left) = (PinRole::Authentication, TriesLeft(2));
    let outcome = PinOutcome {
        operation: Operation::Check,
        role,
        answer: Answer::Wrong {
            code: role,
            tries_left,
        },
        try_use: TryUse::Used,
        before: Some(states(3)),
        after: Some(states(2)),
        may_stay_verified: false,
    };
    let performed = Message::Performed {
        reader: reader(1),
        generation: model.readers[0].generation,
        ticket: 1,
        outcome: Ok(Box::new(Outcome::One(outcome))),
        states: Some(states(2)),
    };
    update(&mut model, performed, now);
    model.form.as_mut().unwrap().wants_focus = false;
    model
}

#[test]
fn no_service() {
    let mut model = Model::new(Language::English, false);
    update(
        &mut model,
        Message::Readers(Err(ReaderError::NoService)),
        Instant::now(),
    );
    snapshot("no_service", model, [720.0, 420.0], Theme::Light);
}

#[test]
fn empty_reader() {
    let mut model = Model::new(Language::Swedish, false);
    update(&mut model, report(&[false], 0), Instant::now());
    snapshot("empty_reader_sv", model, [720.0, 420.0], Theme::Dark);
}

#[test]
fn two_cards() {
    snapshot(
        "two_cards",
        model(&["v4", "v3-locked"]),
        [860.0, 640.0],
        Theme::Light,
    );
}

#[test]
fn result() {
    snapshot("result", with_result(&["v4"]), [860.0, 560.0], Theme::Light);
}

#[test]
fn result_dark_and_finnish() {
    let mut model = with_result(&["v4"]);
    model.language = Language::Finnish;
    snapshot("result_fi_dark", model, [860.0, 560.0], Theme::Dark);
}

/// The result of a card whose form was left while it was late, and another one being activated.
#[test]
fn late_result() {
    let mut model = with_result(&["v4", "v4-fresh"]);
    let late = std::mem::take(&mut model.form).unwrap().finished.unwrap();
    let now = Instant::now();
    let select = |number, role| Message::Select {
        reader: reader(number),
        role,
        enter: false,
    };
    update(&mut model, select(1, PinRole::Authentication), now);
    model.form.as_mut().unwrap().entered.insert("1234", 0);
    update(&mut model, Message::Submit, now);
    let later = now + PATIENCE;
    update(&mut model, select(2, PinRole::Authentication), later);
    let performed = Message::Performed {
        reader: reader(1),
        generation: model.readers[0].generation,
        ticket: 2,
        outcome: late.outcome,
        states: Some(model.readers[0].card().unwrap().states),
    };
    update(&mut model, performed, later);
    snapshot("late_result", model, [860.0, 760.0], Theme::Light);
}

#[test]
fn unlock_at_the_last_puk_try() {
    let mut model = model(&["v4-puk-low"]);
    let (reader, role) = (reader(1), PinRole::Authentication);
    update(
        &mut model,
        Message::Select {
            reader,
            role,
            enter: false,
        },
        Instant::now(),
    );
    snapshot("last_puk_try_dark", model, [860.0, 760.0], Theme::Dark);
}

/// A log-in test on the card of `image`, after it was opened.
fn with_test(image: &str, demo: bool) -> Model {
    let now = Instant::now();
    let mut model = model(&[image]);
    model.demo = demo;
    update(&mut model, Message::TestLogin(Some(reader(1))), now);
    model.login.as_mut().unwrap().wants_focus = false;
    model
}

#[test]
fn log_in_test() {
    let mut model = with_test("v4", false);
    let now = Instant::now();
    model.login.as_mut().unwrap().entered.insert("1234", 0);
    update(&mut model, Message::LogInByModule, now);
    let certificate = |index: usize| certificates("v4").swap_remove(index);
    let presented = Presented {
        leaf: certificate(0),
        authorities: vec![certificate(1), certificate(2)],
        protocols: vec![Protocol::Tls13, Protocol::Tls12],
        pin_each_time: false,
    };
    let told = Message::LoggedIn {
        ticket: 1,
        verdict: Box::new(LoginVerdict::LoggedIn(Box::new(presented))),
        registration: Registration::default(),
    };
    update(&mut model, told, now);
    model.login.as_mut().unwrap().wants_focus = false;
    snapshot("log_in_test", model, [860.0, 760.0], Theme::Light);
}

#[test]
fn log_in_test_of_a_locked_card() {
    let mut model = with_test("v3-locked", false);
    model.language = Language::Finnish;
    snapshot(
        "log_in_test_locked_fi_dark",
        model,
        [860.0, 640.0],
        Theme::Dark,
    );
}

#[test]
fn log_in_test_in_the_browser() {
    let mut model = with_test("v4", false);
    let now = Instant::now();
    update(&mut model, Message::LogInByBrowser, now);
    let address = "https://localhost:40001/0123456789abcdef".to_owned();
    update(
        &mut model,
        Message::BrowserAwaited { ticket: 1, address },
        now,
    );
    model.language = Language::Swedish;
    snapshot(
        "log_in_test_browser_sv",
        model,
        [860.0, 640.0],
        Theme::Light,
    );
}

#[test]
fn log_in_test_in_the_demonstration() {
    let model = with_test("v4", true);
    snapshot("log_in_test_demo", model, [860.0, 640.0], Theme::Light);
}

/// A log-in test that was opened while there was no card.
fn without_card(readers: &[bool], language: Language) -> Model {
    let now = Instant::now();
    let mut model = Model::new(language, false);
    update(&mut model, report(readers, 0), now);
    update(&mut model, Message::TestLogin(None), now);
    model.login.as_mut().unwrap().wants_focus = false;
    model
}

#[test]
fn log_in_test_without_a_card() {
    let model = without_card(&[false], Language::English);
    snapshot("log_in_test_no_card", model, [860.0, 480.0], Theme::Light);
}

#[test]
fn log_in_test_without_a_reader() {
    let model = without_card(&[], Language::Finnish);
    snapshot(
        "log_in_test_no_reader_fi_dark",
        model,
        [860.0, 480.0],
        Theme::Dark,
    );
}

#[test]
fn activation() {
    snapshot(
        "activation",
        model(&["v4-fresh"]),
        [1000.0, 740.0],
        Theme::Light,
    );
}

#[test]
fn both_pins() {
    let now = Instant::now();
    let mut model = model(&["v4-locked"]);
    let select = Message::Select {
        reader: reader(1),
        role: PinRole::Authentication,
        enter: false,
    };
    update(&mut model, select, now);
    update(&mut model, Message::SetBoth(true), now);
    update(&mut model, Message::ShowLetter(true), now);
    let form = model.form.as_mut().unwrap();
    form.new.insert("1234", 0);
    form.wants_focus = false;
    snapshot("both_pins", model, [1000.0, 900.0], Theme::Light);
}

#[test]
fn settings() {
    let mut model = model(&["v4"]);
    model.tab = Tab::Settings;
    model.settings.weak_pins.locked = true;
    snapshot("settings", model, [1000.0, 1240.0], Theme::Light);
}
