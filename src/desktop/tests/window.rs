//! The window as a person meets it: found by name and role, typed into, pressed.

use egui::accesskit::Role;
use egui::{Event, Key, Modifiers, PointerButton};
use egui_kittest::Harness;
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use siru_text::Language;

use super::support::{Still, model, still};
use crate::model::{Model, Phase};

const PIN1_ROW: &str = "BJÖRN SPECIMEN-ÅSTRÖM, basic PIN (PIN1), 5 of 5 tries left";

/// A window with one card and its PIN1 selected.
pub(super) fn selected(operation: &str) -> Harness<'static, Still> {
    let mut window = still(model(&["v4"]));
    window.run();
    window
        .get_by_role_and_label(Role::ListBoxOption, PIN1_ROW)
        .click_accesskit();
    window.run();
    window
        .get_by_role_and_label(Role::Tab, operation)
        .click_accesskit();
    window.run();
    window
}

pub(super) fn type_text(window: &mut Harness<'static, Still>, text: &str) {
    for character in text.chars() {
        window.event(Event::Text(character.to_string()));
        window.run();
    }
}

fn is_disabled(window: &Harness<'static, Still>, button: &str) -> bool {
    window
        .get_by_role_and_label(Role::Button, button)
        .accesskit_node()
        .is_disabled()
}

pub(super) fn has_text(window: &Harness<'static, Still>, text: &str) -> bool {
    window.query_all_by_label(text).count() + window.query_all_by_value(text).count() > 0
}

#[test]
fn the_instructions_of_the_issuer_work_word_for_word() {
    let mut window = still(model(&["v4"]));
    window.run();
    window.get_by_role_and_label(Role::Tab, "Identification");
    window.get_by_role_and_label(Role::ListBox, "Identification objects");
    window
        .get_by_role_and_label(Role::ListBoxOption, PIN1_ROW)
        .click();
    window.run();
    let forms = [
        ("Check PIN", vec!["PIN1"], "Check"),
        (
            "Change PIN",
            vec!["Current PIN", "New PIN", "New PIN again"],
            "Change",
        ),
        (
            "Unlock PIN",
            vec!["PUK/Activation code", "New PIN", "New PIN again"],
            "Unlock",
        ),
    ];
    for (operation, fields, button) in forms {
        window
            .get_by_role_and_label(Role::Tab, operation)
            .click_accesskit();
        window.run();
        for field in fields {
            window.get_by_role_and_label(Role::PasswordInput, field);
        }
        assert!(is_disabled(&window, button), "{button} with nothing typed");
    }
    window
        .get_by_role_and_label(Role::Button, "Close")
        .click_accesskit();
    window.run();
    assert!(window.state().model.form.is_none());
}

#[test]
fn the_keyboard_alone_suffices() {
    let mut window = selected("Change PIN");
    assert!(
        window
            .get_by_role_and_label(Role::PasswordInput, "Current PIN")
            .is_focused()
    );
    type_text(&mut window, "1234");
    window.key_press(Key::Tab);
    window.run();
    type_text(&mut window, "4321");
    // Enter in a form that is not complete goes on to the next field.
    window.key_press(Key::Enter);
    window.run();
    assert!(
        window
            .get_by_role_and_label(Role::PasswordInput, "New PIN again")
            .is_focused()
    );
    type_text(&mut window, "4321");
    assert!(!is_disabled(&window, "Change"));
    window.key_press(Key::Enter);
    window.run_steps(4);
    assert_eq!(window.state().requests, 1);
    assert!(has_text(&window, "Do not remove the card"));
}

#[test]
fn ten_clicks_and_enter_in_one_frame_make_one_request() {
    let mut window = selected("Check PIN");
    type_text(&mut window, "1234");
    let pos = window
        .get_by_role_and_label(Role::Button, "Check")
        .rect()
        .center();
    let modifiers = Modifiers::NONE;
    window.event(Event::PointerMoved(pos));
    for _ in 0..10 {
        for pressed in [true, false] {
            let button = PointerButton::Primary;
            window.event(Event::PointerButton {
                pos,
                button,
                pressed,
                modifiers,
            });
        }
    }
    for pressed in [true, false] {
        let (key, repeat) = (Key::Enter, false);
        window.event(Event::Key {
            key,
            physical_key: None,
            pressed,
            repeat,
            modifiers,
        });
    }
    window.run_steps(5);
    assert_eq!(window.state().requests, 1);
    let form = window.state().model.form.as_ref().unwrap();
    assert!(matches!(form.phase, Phase::Running { .. }) && form.entered.is_empty());
}

#[test]
fn slips_are_named_while_they_are_made() {
    let mut window = selected("Change PIN");
    type_text(&mut window, "12x");
    assert!(has_text(
        &window,
        "The basic PIN (PIN1) has digits only, 0 to 9."
    ));
    type_text(&mut window, "34");
    assert!(!has_text(
        &window,
        "The basic PIN (PIN1) has digits only, 0 to 9."
    ));
    window.key_press(Key::Tab);
    window.run();
    type_text(&mut window, "1234");
    assert!(has_text(
        &window,
        "The new PIN is the same as the current PIN."
    ));
    window.key_press(Key::Backspace);
    window.run();
    type_text(&mut window, "5");
    window.key_press(Key::Tab);
    window.run();
    type_text(&mut window, "1239");
    assert!(has_text(&window, "The two new PINs are not the same."));
    assert!(is_disabled(&window, "Change"));
}

#[test]
fn no_digit_is_left_where_others_can_read_it() {
    let mut window = selected("Check PIN");
    type_text(&mut window, "918273");
    window.key_press_modifiers(Modifiers::COMMAND, Key::A);
    window.event(Event::Copy);
    window.event(Event::Cut);
    window.step();
    let copied = &window.output().platform_output.commands;
    assert!(copied.is_empty(), "{copied:?}");
    type_text(&mut window, "918273");
    let tree = format!("{:?}", window.root());
    let id = egui::Id::unique(("pin field", "entered"));
    let history = egui::TextEdit::load_state(&window.ctx, id)
        .unwrap()
        .undoer();
    let shown = (Default::default(), "••••••".to_owned());
    assert!(!history.has_undo(&shown), "a history of what was typed");
    let events = window
        .ctx
        .input(|input| format!("{:?} {:?}", input.events, input.raw.events));
    for place in [tree, events, format!("{:?}", window.state().model.form)] {
        // Numbers longer than any PIN are the names of nodes.
        let is_pin = |number: &&str| (3..=12).contains(&number.len());
        let numbers = place.split(|character: char| !character.is_ascii_digit());
        for number in numbers.filter(is_pin) {
            for part in ["918", "827", "273"] {
                assert!(!number.contains(part), "{number} in {place}");
            }
        }
    }
    let field = window.get_by_role_and_label(Role::PasswordInput, "PIN1");
    assert!(
        field
            .value()
            .unwrap_or_default()
            .chars()
            .all(|character| character == '•')
    );
}

#[test]
fn nothing_comes_from_the_clipboard() {
    let mut window = selected("Check PIN");
    window.event(Event::Paste("1234".to_owned()));
    window.run();
    assert!(
        window
            .state()
            .model
            .form
            .as_ref()
            .unwrap()
            .entered
            .is_empty()
    );
}

#[test]
fn the_last_try_is_sent_only_after_its_consequence_was_accepted() {
    let mut window = still(model(&["v4-last-try"]));
    window.run();
    window
        .get_by_label_contains("basic PIN (PIN1), 1 of 5")
        .click_accesskit();
    window.run();
    type_text(&mut window, "1234");
    assert!(has_text(&window, "Last try!"));
    assert!(is_disabled(&window, "Check"));
    let consent = "I have read this and want to go on.";
    window
        .get_by_role_and_label(Role::CheckBox, consent)
        .click_accesskit();
    window.run();
    window
        .get_by_role_and_label(Role::Button, "Check")
        .click_accesskit();
    window.run_steps(4);
    assert_eq!(window.state().requests, 1);
}

#[test]
fn the_last_puk_try_wants_a_word() {
    let mut window = still(model(&["v4-puk-low"]));
    window.run();
    window
        .get_by_label_contains("basic PIN (PIN1), Locked")
        .click_accesskit();
    window.run();
    for text in ["12345678", "4321", "4321"] {
        type_text(&mut window, text);
        window.key_press(Key::Tab);
        window.run();
    }
    assert!(is_disabled(&window, "Unlock"));
    let word = "Type LAST to go on";
    window.get_by_role_and_label(Role::TextInput, word).focus();
    window.run();
    type_text(&mut window, "Las");
    assert!(is_disabled(&window, "Unlock"));
    type_text(&mut window, "t");
    assert!(!is_disabled(&window, "Unlock"));
}

#[test]
fn arrows_go_through_the_list_and_escape_closes() {
    let mut window = still(model(&["v4", "v3"]));
    window.run();
    window
        .get_by_role_and_label(Role::ListBoxOption, PIN1_ROW)
        .focus();
    window.run();
    for expected in [
        "signature PIN (PIN2)",
        "AINO SPECIMEN-MÄKELÄ, basic PIN (PIN1)",
    ] {
        window.key_press(Key::ArrowDown);
        window.run();
        let row = window
            .get_all_by_role(Role::ListBoxOption)
            .find(|row| row.is_focused())
            .unwrap();
        assert!(row.accesskit_node().label().unwrap().contains(expected));
        assert_eq!(row.accesskit_node().is_selected(), Some(true));
    }
    window.key_press(Key::Escape);
    window.run();
    assert!(window.state().model.form.is_none());
    let row = window.get_all_by_role(Role::ListBoxOption).nth(2).unwrap();
    assert!(row.is_focused(), "the keyboard is back where it came from");
    window.key_press(Key::F5);
    window.run();
    assert!(window.state().messages.contains(&"ReadAgain".to_owned()));
}

#[test]
fn languages_are_switched_at_once() {
    let mut window = selected("Check PIN");
    for (language, button) in [
        ("suomi", "Tarkista"),
        ("svenska", "Kontrollera"),
        ("English", "Check"),
    ] {
        window
            .get_by_role_and_label(Role::RadioButton, language)
            .click_accesskit();
        window.run();
        window.get_by_role_and_label(Role::Button, button);
    }
}

#[test]
fn an_idle_window_asks_for_no_drawing() {
    let mut window = selected("Check PIN");
    type_text(&mut window, "12");
    window.run_steps(3);
    let delay = window.output().viewport_output[&egui::ViewportId::ROOT].repaint_delay;
    assert_eq!(
        delay,
        std::time::Duration::MAX,
        "a caret or an animation keeps drawing"
    );
}

#[test]
fn a_new_card_says_where_its_activation_pin_belongs() {
    let mut window = still(model(&["v4-fresh"]));
    window.run();
    // Offered by itself.
    window.get_by_role_and_label(Role::Heading, "Activate the card");
    window.get_by_role_and_label(Role::PasswordInput, "Activation PIN");
    window
        .get_by_role_and_label(Role::Tab, "Change PIN")
        .click_accesskit();
    window.run();
    window.get_by_role_and_label(Role::PasswordInput, "Current PIN");
    window.get_by_label_contains("activation PIN from your letter into Current PIN");
    window.get_by_label_contains("The activation PIN is not the PUK.");
    window
        .get_by_role_and_label(Role::Tab, "Unlock PIN")
        .click_accesskit();
    window.run();
    window.get_by_label_contains("activation PIN from your letter is not the PUK");
}

#[test]
fn before_anything_is_known_the_window_says_so() {
    let mut window = still(Model::new(Language::English, false));
    window.run();
    assert!(has_text(&window, "Looking for card readers…"));
}
