//! The selected identification object: what it is, what can be done with it, what came of it.

use egui::accesskit::Role;
use egui::{Align, Layout, Sense, Ui, UiBuilder, vec2};
use siru_apdu::TriesLeft;
use siru_card::{Operation, PinRole, PinState};
use siru_text::{Message as Told, Tone};

use super::told::told;
use super::{Scene, banner, entry, group, surface};
use crate::model::{Card, Form, Message, Model, Phase, Task};
use crate::say;
use crate::theme::{palette, space};
use crate::widget::{button, gauge, text};

pub(super) fn show(ui: &mut Ui, model: &mut Model, scene: &mut Scene<'_>) {
    // Taken out so that its fields can be typed into while the card is read from the model.
    let Some(mut form) = model.form.take() else {
        nothing_selected(ui, scene);
        return;
    };
    surface(ui, space::LARGE).show(ui, |ui| {
        ui.set_width(ui.available_width());
        let reader = model.reader(&form.reader);
        let card = reader
            .and_then(|reader| reader.card())
            .filter(|_| form.phase != Phase::CardGone);
        title(
            ui,
            &form,
            card,
            reader.map_or_else(String::new, |reader| group::reader_line(reader, scene)),
            scene,
        );
        match card {
            Some(card) => {
                ui.add_space(space::SMALL);
                tasks(ui, &form, card, scene);
                ui.add_space(space::SMALL);
                result(ui, &form, scene);
                entry::show(ui, &mut form, card, model.knowledge(), scene);
            }
            None => {
                ui.add_space(space::SMALL);
                gone(ui, &form, scene);
                ui.add_space(space::SMALL);
                if button::secondary(ui, &say!(scene.speech, "close")).clicked() {
                    scene.send(Message::Close);
                }
            }
        }
    });
    model.form = Some(form);
}

fn nothing_selected(ui: &mut Ui, scene: &Scene<'_>) {
    let room = ui.available_height();
    let width = ui.available_width().min(340.0);
    ui.vertical_centered(|ui| {
        ui.allocate_ui_with_layout(vec2(width, 0.0), Layout::top_down(Align::Center), |ui| {
            ui.add_space((room * 0.3).min(180.0));
            text::strong(ui, &say!(scene.speech, "nothing-selected"));
            text::weak(ui, &say!(scene.speech, "nothing-selected-detail"));
        });
    });
}

fn title(ui: &mut Ui, form: &Form, card: Option<&Card>, reader: String, scene: &Scene<'_>) {
    ui.spacing_mut().item_spacing.y = space::TINY;
    let texts = &scene.speech.texts;
    let name = if form.task.is_activation() {
        say!(scene.speech, "activate-card")
    } else {
        capitalised(&texts.role(form.role))
    };
    text::title(ui, &name);
    let Some(card) = card else {
        // The card is gone, and another may be in its place: whose result this is must be said.
        let mut owner = vec![group::holder(&form.holder, scene)];
        owner.extend(
            form.serial_end()
                .map(|digits| say!(scene.speech, "card-serial", digits = digits)),
        );
        text::weak(ui, &owner.join(" · "));
        return;
    };
    let owner = [
        group::holder(&card.holder, scene),
        group::card_and_serial(card, scene),
        reader,
    ];
    text::weak(ui, &owner.join(" · "));
    // An unlock spends tries of the PUK, so those are shown as well.
    let mut codes = form.roles(card);
    if form.operation() == Operation::Unlock {
        codes.push(PinRole::Unblocking);
    }
    ui.add_space(space::TINY);
    let alone = codes.len() == 1;
    for code in codes {
        let (state, max) = (card.state(code), card.max_tries(code));
        let words = texts.state(code, state, max);
        let name = format!("{}: {words}", texts.role(code));
        tries(ui, if alone { &words } else { &name }, &name, state, max);
    }
    ui.spacing_mut().item_spacing.y = space::SMALL;
}

fn tries(ui: &mut Ui, words: &str, name: &str, state: PinState, max: Option<TriesLeft>) {
    ui.spacing_mut().interact_size.y = 20.0;
    ui.horizontal(|ui| {
        let colours = palette(ui.visuals());
        let size = vec2(gauge::width_of(state, max), 20.0);
        let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
        gauge::paint(ui.painter(), rect.right_center(), state, max, colours);
        let response = text::body(ui, words);
        ui.ctx().accesskit_node_builder(response.id, |node| {
            node.set_value(name.to_owned());
        });
    });
}

/// What can be done. A new card can be activated as well, and that comes first.
fn tasks(ui: &mut Ui, form: &Form, card: &Card, scene: &mut Scene<'_>) {
    let mut choices = vec![
        (Task::Check, say!(scene.speech, "check-pin")),
        (Task::Change, say!(scene.speech, "change-pin")),
        (Task::Unlock, say!(scene.speech, "unlock-pin")),
    ];
    if let Some(activation) = card.possible_activation() {
        let word = say!(scene.speech, "activate");
        let place = if card.activation().is_some() {
            0
        } else {
            choices.len()
        };
        choices.insert(place, (Task::Activate(activation.regime), word));
    }
    let colours = palette(ui.visuals());
    let tabs = ui.scope_builder(UiBuilder::new().id_salt("tasks"), |ui| {
        let id = ui.unique_id();
        ui.ctx()
            .accesskit_node_builder(id, |node| node.set_role(Role::TabList));
        ui.add_enabled_ui(form.phase == Phase::Editing, |ui| {
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing = vec2(space::LARGE, 0.0);
                for (task, word) in choices {
                    let chosen =
                        form.task == task || (form.task.is_activation() && task.is_activation());
                    if button::choice(ui, &word, chosen, Role::Tab).clicked() && !chosen {
                        scene.send(Message::Begin(task));
                    }
                }
            });
        });
    });
    let rect = tabs.response.rect;
    let line = egui::Stroke::new(colours.line, colours.border);
    ui.painter()
        .hline(ui.max_rect().x_range(), rect.bottom() + 1.0, line);
}

/// What came of the last request, or what is going on.
fn result(ui: &mut Ui, form: &Form, scene: &Scene<'_>) {
    if let Some(since) = form.busy_since() {
        let mut detail = vec![say!(scene.speech, "running-detail")];
        if scene.is_slow(ui, since) {
            detail = vec![say!(scene.speech, "still-waiting")];
        }
        let headline = say!(scene.speech, "running");
        banner::show(
            ui,
            &Told {
                headline,
                detail,
                next_step: None,
                tone: Tone::Neutral,
            },
            &[],
        );
    } else if let Some(finished) = &form.finished {
        let (told, facts) = told(finished, scene);
        banner::show(ui, &told, &facts);
        ui.add_space(space::TINY);
    }
}

/// The card went away: what became of the request, or of what was typed.
fn gone(ui: &mut Ui, form: &Form, scene: &Scene<'_>) {
    let (told, facts) = match &form.finished {
        Some(finished) => {
            let (mut told, facts) = told(finished, scene);
            told.next_step
                .get_or_insert_with(|| say!(scene.speech, "card-gone-next"));
            (told, facts)
        }
        None => {
            let detail = if form.is_running() {
                say!(scene.speech, "card-gone-running")
            } else {
                say!(scene.speech, "card-gone-detail")
            };
            let told = Told {
                headline: say!(scene.speech, "card-gone"),
                detail: vec![detail],
                next_step: None,
                tone: Tone::Neutral,
            };
            (told, Vec::new())
        }
    };
    banner::show(ui, &told, &facts);
}

fn capitalised(text: &str) -> String {
    let mut characters = text.chars();
    characters
        .next()
        .map(|first| first.to_uppercase().chain(characters).collect())
        .unwrap_or_default()
}
