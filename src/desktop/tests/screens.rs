//! The main screens in every language, every look and both ends of the sizes: pictures of all of
//! them under `snapshots/`, and whether everything has a name and room. `UPDATE_SNAPSHOTS=1` draws
//! the pictures anew.

use std::time::Instant;

use egui::accesskit::Role;
use egui::{Key, Theme};
use egui_kittest::kittest::NodeT as _;
use egui_kittest::{Harness, SnapshotOptions};
use siru_card::PinRole;
use siru_text::Language;

use super::dated::read_model;
use super::snapshots::with_result;
use super::support::{Pictures, Still, model, reader, report};
use crate::model::{Message, Model, Tab, Task, update};
use crate::theme::{self, Look};

/// Makes what a screen shows.
type Make = fn() -> Model;

/// What a person sees most.
const SCREENS: [(&str, Make); 8] = [
    ("list", list),
    ("change", change),
    ("unlock", unlock),
    ("activation", activation),
    ("result", result),
    ("certificates", certificates),
    ("settings", settings),
    ("help", help),
];

const LOOKS: [(&str, Look); 3] = [
    ("light", look(Theme::Light, false)),
    ("dark", look(Theme::Dark, false)),
    ("contrast", look(Theme::Light, true)),
];

/// The window of 1024 x 700 at 100 and at 200 percent, in points.
const SIZES: [(&str, [f32; 2], f32); 2] =
    [("100", [1024.0, 700.0], 1.0), ("200", [512.0, 350.0], 2.0)];

const fn look(theme: Theme, high_contrast: bool) -> Look {
    Look {
        theme: Some(theme),
        high_contrast,
    }
}

fn list() -> Model {
    model(&["v4", "v3-locked", "organisation-last-try"])
}

fn begun(image: &str, task: Task) -> Model {
    let now = Instant::now();
    let mut model = model(&[image]);
    let select = Message::Select {
        reader: reader(1),
        role: PinRole::Authentication,
        enter: false,
    };
    update(&mut model, select, now);
    update(&mut model, Message::Begin(task), now);
    model.form.as_mut().unwrap().wants_focus = false;
    model
}

fn change() -> Model {
    let mut model = begun("v4-last-try", Task::Change);
    let form = model.form.as_mut().unwrap();
    form.entered.insert("1234", 0);
    form.new.insert("2345", 0);
    form.repeated.insert("2344", 0);
    model
}

fn unlock() -> Model {
    let now = Instant::now();
    let mut model = begun("v4-locked", Task::Unlock);
    update(&mut model, Message::SetBoth(true), now);
    update(&mut model, Message::ShowLetter(true), now);
    model
}

fn activation() -> Model {
    let mut model = model(&["v4-fresh"]);
    model.form.as_mut().unwrap().wants_focus = false;
    model
}

fn result() -> Model {
    with_result(&["v4"])
}

fn certificates() -> Model {
    let mut model = read_model(&["v4"]);
    model.tab = Tab::Certificates;
    model
}

fn settings() -> Model {
    let mut model = model(&["v4"]);
    model.tab = Tab::Settings;
    model.settings.weak_pins.locked = true;
    model
}

fn help() -> Model {
    let mut model = model(&["v4"]);
    model.tab = Tab::Help;
    model
}

fn window(model: Model, look: Look, size: [f32; 2], scale: f32) -> Harness<'static, Still> {
    let mut window = Harness::builder()
        .with_size(size)
        .with_pixels_per_point(scale)
        .with_theme(look.theme.unwrap())
        .with_context_setup(move |context| {
            theme::install(context);
            theme::dress(context, look);
        })
        .renderer(Pictures::default())
        .build_ui_state(|ui, state: &mut Still| state.show(ui), Still::new(model));
    window.run_steps(4);
    window
}

fn pictures(screen: &str) {
    let (_, make) = SCREENS.iter().find(|(name, _)| *name == screen).unwrap();
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/snapshots/screens");
    let mut wrong = Vec::new();
    for language in Language::ALL {
        for (look_name, look) in LOOKS {
            for (size_name, size, scale) in SIZES {
                let mut model = make();
                model.language = language;
                let name = format!("{screen}_{}_{look_name}_{size_name}", language.tag());
                let options = SnapshotOptions::new().output_path(folder);
                let drawn = window(model, look, size, scale).try_snapshot_options(&name, &options);
                wrong.extend(drawn.err().map(|error| format!("{name}: {error}")));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn pictures_of_the_list() {
    pictures("list");
}

#[test]
fn pictures_of_a_change() {
    pictures("change");
}

#[test]
fn pictures_of_an_activation() {
    pictures("activation");
}

#[test]
fn pictures_of_the_certificates() {
    pictures("certificates");
}

#[test]
fn pictures_of_the_settings() {
    pictures("settings");
}

/// Everything that is shown lies inside the window from left to right; downwards it is scrolled.
#[test]
fn nothing_is_cut_in_any_language_at_any_size() {
    let mut cut = Vec::new();
    for (screen, make) in SCREENS {
        for language in Language::ALL {
            for (percent, size) in [
                (100, [1024.0, 700.0]),
                (125, [819.0, 560.0]),
                (150, [682.0, 466.0]),
                (175, [585.0, 400.0]),
                (200, [512.0, 350.0]),
            ] {
                let mut model = make();
                model.language = language;
                let window = window(model, look(Theme::Light, false), size, 1.0);
                for node in window.root().children_recursive() {
                    let accesskit = node.accesskit_node();
                    let Some(words) = accesskit.label().or_else(|| accesskit.value()) else {
                        continue;
                    };
                    let Some(rect) = accesskit.raw_bounds() else {
                        continue;
                    };
                    if rect.x0 < -0.5 || rect.x1 > f64::from(size[0]) + 0.5 {
                        let tag = language.tag();
                        cut.push(format!("{screen} {tag} {percent} %: {words:?} {rect:?}"));
                    }
                }
            }
        }
    }
    assert!(cut.is_empty(), "{}", cut.join("\n"));
}

/// Wherever the keyboard goes, it can be seen there: a form is never typed into blindly.
#[test]
fn what_has_the_keyboard_is_in_sight_at_every_size() {
    for (screen, make) in SCREENS {
        for size in [[1024.0, 700.0], [512.0, 350.0]] {
            let mut window = window(make(), look(Theme::Light, false), size, 1.0);
            let mut seen = 0;
            for step in 0..30 {
                window.key_press(Key::Tab);
                window.run_steps(3);
                let focused = window
                    .root()
                    .children_recursive()
                    .find(|node| node.accesskit_node().is_focused());
                let Some(node) = focused else {
                    continue;
                };
                let Some(bounds) = node.accesskit_node().raw_bounds() else {
                    continue;
                };
                seen += 1;
                let name = node.accesskit_node().label();
                assert!(
                    bounds.y0 >= -0.5 && bounds.y1 <= f64::from(size[1]) + 0.5,
                    "{screen} {size:?} after {step} steps: {name:?} {bounds:?}"
                );
            }
            assert!(seen > 5, "{screen}: {seen}");
        }
    }
}

/// What can be operated says what it is, in every language.
#[test]
fn every_control_has_a_name_in_every_language() {
    let controls = [
        Role::Button,
        Role::CheckBox,
        Role::RadioButton,
        Role::Tab,
        Role::TextInput,
        Role::PasswordInput,
        Role::ListBoxOption,
    ];
    for (screen, make) in SCREENS {
        let mut names: Vec<Vec<String>> = Vec::new();
        for language in Language::ALL {
            let mut model = make();
            model.language = language;
            let window = window(model, look(Theme::Light, false), [1024.0, 700.0], 1.0);
            let mut found = Vec::new();
            for node in window.root().children_recursive() {
                let accesskit = node.accesskit_node();
                if controls.contains(&accesskit.role()) {
                    let name = accesskit.label().unwrap_or_default();
                    assert!(
                        !name.is_empty(),
                        "{screen} {language:?} {:?}",
                        accesskit.role()
                    );
                    found.push(name);
                }
            }
            assert!(!found.is_empty(), "{screen}");
            names.push(found);
        }
        let counts: Vec<_> = names.iter().map(Vec::len).collect();
        assert!(
            counts.windows(2).all(|two| two[0] == two[1]),
            "{screen}: {counts:?}"
        );
    }
}

/// Sixteen cards: all are there, counted, and those in order can be left out of sight.
#[test]
fn a_crowd_of_cards_stays_in_view() {
    let mut images = vec!["v4"; 14];
    images.extend(["v3-locked", "v4-last-try"]);
    let mut model = model(&images);
    assert_eq!(model.crowd(), Some((16, 2)));
    update(&mut model, Message::OnlyAttention(true), Instant::now());
    let mut window = window(model, look(Theme::Light, false), [1000.0, 700.0], 1.0);
    let rows = |window: &Harness<'static, Still>| {
        let all = window.root().children_recursive();
        all.filter(|node| node.accesskit_node().role() == Role::ListBoxOption)
            .count()
    };
    assert_eq!(rows(&window), 4);
    update(
        &mut window.state_mut().model,
        Message::OnlyAttention(false),
        Instant::now(),
    );
    window.run_steps(2);
    assert_eq!(rows(&window), 32);
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/snapshots");
    window.snapshot_options("crowd", &SnapshotOptions::new().output_path(folder));
}

/// What is there while nothing is: no reader, no card, a card that is read, one that does not answer.
#[test]
fn whatever_is_missing_is_said() {
    for (name, message) in [
        ("no_reader", report(&[], 0)),
        ("looking", report(&[true], 1)),
    ] {
        let mut model = Model::new(Language::English, false);
        update(&mut model, message, Instant::now());
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/snapshots");
        let options = SnapshotOptions::new().output_path(folder);
        let mut window = window(model, look(Theme::Light, false), [720.0, 420.0], 1.0);
        let drawn = window.try_snapshot_options(name, &options);
        assert!(drawn.is_ok(), "{drawn:?}");
    }
}
