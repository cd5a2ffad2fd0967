//! What can be set. Every choice takes effect at once; what the organisation decides is shown with
//! a padlock and stays as it is.

use egui::accesskit::Role;
use egui::{Align, Layout, Sense, Ui, UiBuilder, vec2};
use siru_settings::{Appearance, Change, Key, Origin, Pattern, Plain, WeakPins, Zoom};
use siru_text::{Language, Message as Told, Tone};

use super::{Scene, banner, surface};
use crate::model::{Message, Model, Reader, looks};
use crate::say;
use crate::store::Edit;
use crate::theme::{palette, space};
use crate::widget::{button, icon, text};

pub(super) fn show(ui: &mut Ui, model: &Model, scene: &mut Scene<'_>) {
    let width = ui.available_width().min(WIDEST);
    ui.vertical_centered(|ui| {
        ui.allocate_ui_with_layout(vec2(width, 0.0), Layout::top_down(Align::Min), |ui| {
            ui.spacing_mut().item_spacing.y = space::MEDIUM;
            text::title(ui, &say!(scene.speech, "tab-settings"));
            trouble(ui, model, scene);
            language(ui, model, scene);
            appearance(ui, model, scene);
            size(ui, model, scene);
            new_pins(ui, model, scene);
            readers(ui, model, scene);
            tray(ui, model, scene);
            machine_only(ui, model, scene);
            contact(ui, scene);
        });
    });
}

/// Lines stay readable.
const WIDEST: f32 = 640.0;

/// What is wrong in the files, and why the last choice did not take effect.
fn trouble(ui: &mut Ui, model: &Model, scene: &Scene<'_>) {
    if let Some(error) = &model.unsaved {
        ui.push_id("unsaved", |ui| {
            banner::show(ui, &scene.speech.unsaved(error), &[]);
        });
    }
    if model.problems.is_empty() {
        return;
    }
    let told = Told {
        headline: say!(scene.speech, "settings-problem"),
        detail: vec![say!(scene.speech, "settings-problem-detail")],
        next_step: None,
        tone: Tone::Warning,
    };
    let facts: Vec<_> = model
        .problems
        .iter()
        .map(|problem| scene.speech.settings_problem(problem))
        .collect();
    ui.push_id("problems", |ui| banner::show(ui, &told, &facts));
}

fn language(ui: &mut Ui, model: &Model, scene: &mut Scene<'_>) {
    let chosen = model.settings.language.value;
    section(ui, model, Key::Language, "language", scene, |ui, scene| {
        let system = say!(
            scene.speech,
            "language-system",
            language = Language::system().own_name()
        );
        if radio(ui, chosen.is_none(), &system) {
            scene.send(Message::Decide(Edit::Unset(Key::Language)));
        }
        for language in Language::ALL {
            if radio(ui, chosen == Some(language), language.own_name()) {
                scene.send(Message::Speak(language));
            }
        }
    });
}

fn appearance(ui: &mut Ui, model: &Model, scene: &mut Scene<'_>) {
    let chosen = model.settings.appearance.value;
    section(
        ui,
        model,
        Key::Appearance,
        "appearance",
        scene,
        |ui, scene| {
            for appearance in Appearance::ALL {
                let word = match appearance {
                    Appearance::System => say!(scene.speech, "appearance-system"),
                    Appearance::Light => say!(scene.speech, "appearance-light"),
                    Appearance::Dark => say!(scene.speech, "appearance-dark"),
                    Appearance::HighContrast => say!(scene.speech, "appearance-high-contrast"),
                };
                if radio(ui, chosen == appearance, &word) {
                    decide(scene, Change::Appearance(appearance));
                }
            }
        },
    );
}

fn size(ui: &mut Ui, model: &Model, scene: &mut Scene<'_>) {
    let chosen = model.settings.zoom.value;
    section(ui, model, Key::Zoom, "size", scene, |ui, scene| {
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = space::MEDIUM;
            for zoom in looks::ZOOMS.into_iter().filter_map(Zoom::new) {
                let word = say!(scene.speech, "percent", number = zoom.percent());
                if radio(ui, chosen == zoom, &word) {
                    decide(scene, Change::Zoom(zoom));
                }
            }
        });
        text::weak(ui, &say!(scene.speech, "size-keys"));
    });
}

fn new_pins(ui: &mut Ui, model: &Model, scene: &mut Scene<'_>) {
    let chosen = model.settings.weak_pins.value;
    section(ui, model, Key::WeakPins, "weak-pins", scene, |ui, scene| {
        for weak in WeakPins::ALL {
            let word = match weak {
                WeakPins::Warn => say!(scene.speech, "weak-pins-warn"),
                WeakPins::Forbid => say!(scene.speech, "weak-pins-forbid"),
            };
            if radio(ui, chosen == weak, &word) {
                decide(scene, Change::WeakPins(weak));
            }
        }
    });
}

/// Readers that are left out, and those that could be.
fn readers(ui: &mut Ui, model: &Model, scene: &mut Scene<'_>) {
    let own = &model.settings.left_out_by_user;
    let others = model.settings.left_out.value.iter();
    let others: Vec<_> = others
        .filter(|pattern| !own.contains(pattern))
        .map(Pattern::text)
        .collect();
    // The threads that know the readers start anew, which no request on its way may meet.
    let can = !model.is_running();
    section(ui, model, Key::LeftOut, "left-out", scene, |ui, scene| {
        ui.add_enabled_ui(can, |ui| {
            let always = say!(
                scene.speech,
                "left-out-always",
                patterns = others.join(", ")
            );
            text::weak(ui, &always);
            for pattern in own {
                let word = say!(scene.speech, "left-out-not", reader = pattern.text());
                if button::secondary(ui, &word).clicked() {
                    let rest = own.iter().filter(|other| *other != pattern);
                    decide(scene, Change::LeftOut(rest.cloned().collect()));
                }
            }
            for reader in &model.readers {
                leave_out(ui, reader, own, scene);
            }
        });
    });
}

fn leave_out(ui: &mut Ui, reader: &Reader, own: &[Pattern], scene: &mut Scene<'_>) {
    let Some(pattern) = Pattern::new(&reader.pattern()) else {
        return;
    };
    let word = say!(scene.speech, "left-out-add", reader = reader.label.as_str());
    if button::secondary(ui, &word).clicked() {
        let all = own.iter().cloned().chain([pattern]);
        decide(scene, Change::LeftOut(all.collect()));
    }
}

fn tray(ui: &mut Ui, model: &Model, scene: &mut Scene<'_>) {
    let mut on = model.settings.autostart.value;
    section(ui, model, Key::Autostart, "tray", scene, |ui, scene| {
        let label = say!(scene.speech, "tray-autostart");
        if ui.checkbox(&mut on, label).changed() {
            decide(scene, Change::Autostart(on));
        }
        text::weak(ui, &say!(scene.speech, "tray-detail"));
    });
}

/// What only the organisation decides, where it did: the help desk sees it at a glance.
fn machine_only(ui: &mut Ui, model: &Model, scene: &mut Scene<'_>) {
    let decided = |key: &Key| model.settings.origin(*key) != Origin::Default;
    let decided: Vec<_> = MACHINE_ONLY.into_iter().filter(decided).collect();
    if decided.is_empty() {
        return;
    }
    let heading = say!(scene.speech, "settings-machine-only");
    framed(ui, heading, true, "machine-only", scene, |ui, scene| {
        for key in decided {
            let name = scene.speech.setting(key);
            match model.settings.plain(key) {
                Plain::Switch(mut on) => {
                    ui.checkbox(&mut on, name);
                }
                Plain::Word(word) => {
                    let line = say!(scene.speech, "setting-value", name = name, value = word);
                    text::body(ui, &line);
                }
                _ => {}
            }
        }
    });
}

/// Settings that no person has; the organisation's contact has a place of its own.
const MACHINE_ONLY: [Key; 4] = [
    Key::BrowserRegister,
    Key::SignatureSlot,
    Key::LastTryInLogin,
    Key::LogLevel,
];

/// Whom the organisation wants to be asked.
fn contact(ui: &mut Ui, scene: &Scene<'_>) {
    if let Some(line) = scene.contact_line() {
        surface(ui, space::MEDIUM).show(ui, |ui| {
            ui.set_width(ui.available_width());
            text::body(ui, &line);
        });
    }
}

fn decide(scene: &mut Scene<'_>, change: Change) {
    scene.send(Message::Decide(Edit::Set(change)));
}

/// A group of choices about one setting, under its name.
fn section(
    ui: &mut Ui,
    model: &Model,
    key: Key,
    name: &str,
    scene: &mut Scene<'_>,
    add: impl FnOnce(&mut Ui, &mut Scene<'_>),
) {
    let heading = scene.speech.setting(key);
    let locked = model.settings.is_locked(key);
    framed(ui, heading, locked, name, scene, add);
}

/// A group under its heading, which nobody can change if it is `locked`.
fn framed(
    ui: &mut Ui,
    heading: String,
    locked: bool,
    name: &str,
    scene: &mut Scene<'_>,
    add: impl FnOnce(&mut Ui, &mut Scene<'_>),
) {
    surface(ui, space::MEDIUM).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = space::SMALL;
        text::strong(ui, &heading);
        if locked {
            let note = say!(scene.speech, "setting-locked");
            ui.horizontal(|ui| {
                let colours = palette(ui.visuals());
                let (rect, _) = ui.allocate_exact_size(vec2(16.0, 16.0), Sense::hover());
                icon::padlock(ui.painter(), rect.center(), 14.0, colours.weak);
                text::weak(ui, &note);
            });
        }
        ui.scope_builder(UiBuilder::new().id_salt(name), |ui| {
            let id = ui.unique_id();
            ui.ctx().accesskit_node_builder(id, |node| {
                node.set_role(Role::Group);
                node.set_label(heading);
            });
            ui.spacing_mut().interact_size.y = ROW;
            ui.spacing_mut().item_spacing.y = space::TINY;
            ui.add_enabled_ui(!locked, |ui| add(ui, scene));
        });
    });
}

/// Height of one choice.
const ROW: f32 = 28.0;

/// One of several choices; says whether it was chosen just now.
fn radio(ui: &mut Ui, chosen: bool, word: &str) -> bool {
    let response = ui.radio(chosen, word);
    button::ring(ui, &response, 2);
    response.clicked() && !chosen
}
