//! The help: every subject in every language, by keyboard and for screen readers.

use egui::accesskit::{Role, Toggled};
use egui::{Key, Theme};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use egui_kittest::{Harness, SnapshotOptions};
use siru_text::Language;

use super::support::{Still, still, window};
use super::window::has_text;
use crate::model::help::Topic;
use crate::model::{Message, Model, Tab, update};

fn model(language: Language, open: &[Topic]) -> Model {
    let now = std::time::Instant::now();
    let mut model = Model::new(language, false);
    model.help.settings_file = Some("/home/bjorn/.config/siru/config.toml".into());
    update(&mut model, Message::Open(Tab::Help), now);
    for topic in open {
        update(&mut model, Message::Topic(*topic), now);
    }
    model
}

fn focused(window: &Harness<'static, Still>) -> Option<String> {
    let buttons = window.get_all_by_role(Role::Button);
    let mut focused = buttons.filter(|node| node.is_focused());
    focused.next()?.accesskit_node().label()
}

fn snapshot(name: &str, model: Model, size: [f32; 2], look: Theme) {
    let mut window = window(Still::new(model), size, look, Still::show);
    window.run_steps(4);
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/snapshots");
    window.snapshot_options(name, &SnapshotOptions::new().output_path(folder));
}

#[test]
fn every_subject_is_a_heading_that_opens_in_every_language() {
    for language in Language::ALL {
        let mut window = still(model(language, &[]));
        window.run();
        let names: Vec<String> = window
            .get_all_by_role(Role::Heading)
            .filter_map(|node| node.accesskit_node().label())
            .skip_while(|name| !["Help", "Ohje", "Hjälp"].contains(&name.as_str()))
            .skip(1)
            .collect();
        assert_eq!(names.len(), Topic::ALL.len(), "{names:?}");
        for (name, topic) in names.iter().zip(Topic::ALL) {
            let labels =
                |window: &Harness<'static, Still>| window.get_all_by_role(Role::Label).count();
            let before = labels(&window);
            let opener = window.get_by_role_and_label(Role::Button, name);
            assert_eq!(opener.accesskit_node().data().is_expanded(), Some(false));
            assert_eq!(
                opener.accesskit_node().data().toggled(),
                Some(Toggled::from(false))
            );
            opener.click_accesskit();
            window.run();
            let opener = window.get_by_role_and_label(Role::Button, name);
            assert_eq!(opener.accesskit_node().data().is_expanded(), Some(true));
            assert_eq!(
                opener.accesskit_node().data().toggled(),
                Some(Toggled::from(true))
            );
            assert!(labels(&window) > before + 1, "{topic:?} says something");
            opener.click_accesskit();
            window.run();
            assert_eq!(labels(&window), before, "{topic:?} is closed again");
        }
    }
}

#[test]
fn the_help_is_opened_and_read_with_the_keyboard_alone() {
    let mut window = still(Model::new(Language::English, false));
    window.run();
    window.key_press(Key::F1);
    window.run();
    for name in ["The codes of a card", "Where is the code?", "A new card"] {
        while focused(&window).as_deref() != Some(name) {
            assert!(focused(&window).as_deref() != Some("About Siru"), "{name}");
            window.key_press(Key::Tab);
            window.run();
        }
        window.key_press(Key::Enter);
        window.run();
    }
    let letter = "The letter: the activation code, the activation PIN or the PUK is here";
    window.get_by_role_and_label(Role::Image, letter);
    let top = |window: &Harness<'static, Still>| {
        let name = "The codes of a card";
        window
            .get_by_role_and_label(Role::Button, name)
            .rect()
            .top()
    };
    window.key_press(Key::Home);
    window.run();
    let at_first = top(&window);
    window.key_press(Key::PageDown);
    window.run();
    let scrolled = top(&window);
    assert!(scrolled < at_first, "{scrolled} {at_first}");
    window.key_press(Key::PageUp);
    window.run();
    assert!((top(&window) - at_first).abs() < 1.0);
}

#[test]
fn version_licence_and_settings_are_those_of_this_program() {
    let mut window = still(model(Language::English, &[Topic::About]));
    window.run();
    let version = format!("Version {}", env!("CARGO_PKG_VERSION"));
    assert!(has_text(&window, &version));
    assert!(has_text(&window, "Licence: Apache-2.0 or MIT"));
    window.get_by_label_contains("/home/bjorn/.config/siru/config.toml");
}

#[test]
fn both_letters_of_a_new_card_are_told_apart() {
    let mut window = still(model(Language::English, &[Topic::NewCard]));
    window.run();
    window.get_by_label_contains("an activation code of 8 digits");
    window.get_by_label_contains("an activation PIN of 7 digits");
    window.get_by_label_contains("from 13 January 2026 on");
}

#[test]
fn subjects() {
    let model = model(Language::Swedish, &[Topic::Letter, Topic::Never]);
    snapshot("help_sv", model, [760.0, 860.0], Theme::Light);
}

#[test]
fn keyboard_and_about_dark() {
    let model = model(Language::Finnish, &[Topic::Keyboard, Topic::About]);
    snapshot("help_keys_fi_dark", model, [760.0, 1000.0], Theme::Dark);
}
