//! One reader in the list: whose card is in it, its PINs and its PUK, or why there are none.

use egui::{Align, Id, Layout, Margin, Rect, Response, Sense, Stroke, Ui, pos2, vec2};
use siru_apdu::ReaderError;
use siru_card::{Access, CardKind, PinRole};
use siru_text::{Message as Told, Tone};

use super::list::Place;
use super::{Scene, banner, cell, certificates, row, surface};
use crate::model::{Card, Content, Form, Holder, LookError, Message, Model, Reader};
use crate::say;
use crate::theme::{palette, space};
use crate::widget::{button, text};

pub(super) fn show(
    ui: &mut Ui,
    model: &Model,
    reader: &Reader,
    scene: &mut Scene<'_>,
    places: &mut Vec<Place>,
) {
    surface(ui, 0.0).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = 0.0;
        match &reader.content {
            Content::Card(card) => {
                show_card(ui, model, reader, card, scene, places);
            }
            content => {
                padded(ui, |ui| show_other(ui, model, reader, content, scene));
            }
        }
    });
}

fn show_card(
    ui: &mut Ui,
    model: &Model,
    reader: &Reader,
    card: &Card,
    scene: &mut Scene<'_>,
    places: &mut Vec<Place>,
) {
    padded(ui, |ui| {
        heading(ui, model, reader, &holder(&card.holder, scene), scene);
        let waiting = match (model.running_at(&reader.name), &card.holder) {
            (Some(running), _) => Some(running.since),
            (None, Holder::Reading(since)) => Some(*since),
            (None, _) => None,
        };
        if waiting.is_some_and(|since| scene.is_slow(ui, since)) {
            text::weak(ui, &say!(scene.speech, "still-waiting"));
        }
        text::weak(ui, &card_and_serial(card, scene));
        let line = reader_line(reader, scene);
        if model.crowd().is_some() {
            ui.horizontal_top(|ui| {
                let word = say!(scene.speech, "login-test");
                let room = ui.available_width() - button::link_width(ui, &word) - space::MEDIUM;
                ui.allocate_ui(vec2(room, 0.0), |ui| text::weak(ui, &line));
                ui.with_layout(Layout::right_to_left(Align::Min), |ui| {
                    login_test(ui, reader, card, scene);
                });
            });
        } else {
            text::weak(ui, &line);
        }
        if let Access::ReadOnly(reason) = card.access {
            ui.add_space(space::TINY);
            let told = Told {
                headline: say!(scene.speech, "look-only"),
                detail: vec![scene.speech.texts.read_only(reason)],
                next_step: None,
                tone: Tone::Neutral,
            };
            banner::show(ui, &told, &[]);
        }
        certificates::expiry(ui, model, reader, scene);
    });
    if card.activation().is_some() && card.access == Access::Full {
        activation(ui, model, reader, card, scene);
    }
    if model.crowd().is_some() {
        side_by_side(ui, model, reader, card, scene, places);
        return;
    }
    one_below_the_other(ui, model, reader, card, scene, places);
    separator(ui);
    padded(ui, |ui| login_test(ui, reader, card, scene));
}

fn login_test(ui: &mut Ui, reader: &Reader, card: &Card, scene: &mut Scene<'_>) {
    let word = say!(scene.speech, "login-test");
    let who = holder(&card.holder, scene);
    let name = say!(scene.speech, "login-test-of", holder = who);
    if button::link(ui, &word, &name).clicked() {
        scene.send(Message::TestLogin(Some(reader.name.clone())));
    }
}

/// The codes of a card in rows.
fn one_below_the_other(
    ui: &mut Ui,
    model: &Model,
    reader: &Reader,
    card: &Card,
    scene: &mut Scene<'_>,
    places: &mut Vec<Place>,
) {
    let who = holder(&card.holder, scene);
    for object in &card.objects {
        separator(ui);
        let texts = &scene.speech.texts;
        let state = card.state(object.role);
        let looks = row::Looks {
            who: &who,
            name: &texts.role(object.role),
            state,
            state_text: &texts.state(object.role, state, object.max_tries),
            max_tries: object.max_tries,
            selected: is_selected(model, reader, card, object.role),
        };
        let id = id_of(ui, reader, object.role);
        let response = row::show(ui, id, &looks);
        selectable(reader, object.role, &response, scene, places);
    }
    separator(ui);
    let (role, state) = (PinRole::Unblocking, card.states.puk);
    let texts = &scene.speech.texts;
    let state_text = texts.state(role, state, card.puk_max_tries);
    row::show_plain(
        ui,
        &texts.role(role),
        &state_text,
        state,
        card.puk_max_tries,
    );
}

/// The codes of a card beside each other, so that many cards are in sight at once.
fn side_by_side(
    ui: &mut Ui,
    model: &Model,
    reader: &Reader,
    card: &Card,
    scene: &mut Scene<'_>,
    places: &mut Vec<Place>,
) {
    separator(ui);
    let who = holder(&card.holder, scene);
    let texts = &scene.speech.texts;
    let roles: Vec<_> = card.objects.iter().map(|object| object.role).collect();
    let words: Vec<_> = roles
        .iter()
        .copied()
        .chain([PinRole::Unblocking])
        .map(|role| {
            let state = card.state(role);
            let max = card.max_tries(role);
            (
                role,
                state,
                max,
                texts.role(role),
                texts.state(role, state, max),
            )
        })
        .collect();
    let looks: Vec<_> = words
        .iter()
        .map(|(role, state, max_tries, name, state_text)| row::Looks {
            who: &who,
            name,
            state: *state,
            state_text,
            max_tries: *max_tries,
            selected: is_selected(model, reader, card, *role),
        })
        .collect();
    let count = u16::try_from(looks.len()).map_or(1.0, f32::from);
    let width = ui.available_width() / count;
    let heights = looks.iter().map(|looks| cell::height(ui, width, looks));
    let height = heights.fold(0.0, f32::max);
    let (whole, _) = ui.allocate_exact_size(vec2(width * count, height), Sense::hover());
    let mut left = whole.left();
    for ((role, ..), looks) in words.iter().zip(&looks) {
        let rect = Rect::from_min_size(pos2(left, whole.top()), vec2(width, height));
        left += width;
        let short = match role {
            PinRole::Authentication => say!(scene.speech, "pin1"),
            PinRole::Signature => say!(scene.speech, "pin2"),
            PinRole::Unblocking => say!(scene.speech, "puk-short"),
        };
        let id = roles.contains(role).then(|| id_of(ui, reader, *role));
        let response = cell::show(ui, rect, id, &short, looks);
        if id.is_some() {
            selectable(reader, *role, &response, scene, places);
        }
    }
}

fn is_selected(model: &Model, reader: &Reader, card: &Card, role: PinRole) -> bool {
    let here = |form: &Form| form.reader == reader.name && form.role == role && form.is_about(card);
    model.form.as_ref().is_some_and(here)
}

fn id_of(ui: &Ui, reader: &Reader, role: PinRole) -> Id {
    ui.make_persistent_id((&reader.label, reader.name.as_bytes(), role))
}

/// Selects what was pressed, and remembers where it is for the arrow keys.
fn selectable(
    reader: &Reader,
    role: PinRole,
    response: &Response,
    scene: &mut Scene<'_>,
    places: &mut Vec<Place>,
) {
    if response.clicked() {
        scene.send(Message::Select {
            reader: reader.name.clone(),
            role,
            enter: true,
        });
    }
    places.push(Place {
        id: response.id,
        reader: reader.name.clone(),
        role,
        rect: response.rect,
    });
}

/// A new card says so, with the way on. It is not offered twice: not while its form is open.
fn activation(ui: &mut Ui, model: &Model, reader: &Reader, card: &Card, scene: &mut Scene<'_>) {
    let open = model
        .form
        .as_ref()
        .is_some_and(|form| form.reader == reader.name && form.task.is_activation());
    if open {
        return;
    }
    padded(ui, |ui| {
        let told = Told {
            headline: say!(scene.speech, "not-activated-card"),
            detail: Vec::new(),
            next_step: None,
            tone: Tone::Warning,
        };
        let word = say!(scene.speech, "activate-card");
        let who = holder(&card.holder, scene);
        let name = say!(scene.speech, "activate-card-of", holder = who);
        let mut begin = false;
        banner::show_with(ui, &told, &[], |ui| {
            begin = button::secondary_named(ui, &word, &name).clicked();
        });
        if begin {
            scene.send(Message::Activate(reader.name.clone()));
        }
    });
}

/// Whose card it is, as far as it is known yet.
pub(super) fn holder(holder: &Holder, scene: &Scene<'_>) -> String {
    match holder {
        Holder::Reading(_) => say!(scene.speech, "holder-reading"),
        Holder::Known(name) => name.to_string(),
        Holder::NotKnown => say!(scene.speech, "holder-unknown"),
    }
}

/// The kind of card and its generation.
pub(super) fn card_line(card: &Card, scene: &Scene<'_>) -> String {
    let kind = scene.speech.texts.kind(card.kind);
    if card.kind == CardKind::Unknown && matches!(card.holder, Holder::Reading(_)) {
        return card.profile.to_owned();
    }
    say!(
        scene.speech,
        "card-line",
        kind = kind,
        profile = card.profile
    )
}

/// The kind of card, its generation and the last characters of its serial number.
pub(super) fn card_and_serial(card: &Card, scene: &Scene<'_>) -> String {
    let line = card_line(card, scene);
    match card.identity.serial() {
        None => line,
        Some(serial) => {
            let digits = say!(scene.speech, "card-serial", digits = serial.last_digits(4));
            format!("{line} · {digits}")
        }
    }
}

/// The reader's number, which printed instructions go by, and its name.
pub(super) fn reader_line(reader: &Reader, scene: &Scene<'_>) -> String {
    say!(
        scene.speech,
        "reader-numbered",
        number = reader.number,
        name = reader.label.as_str()
    )
}

/// What names the group, and in a demonstration beside it the button that moves the card.
fn heading(ui: &mut Ui, model: &Model, reader: &Reader, words: &str, scene: &mut Scene<'_>) {
    if !model.demo {
        text::strong(ui, words);
        return;
    }
    let label = reader.label.as_str();
    let (word, name) = if matches!(reader.content, Content::Empty) {
        (
            say!(scene.speech, "card-in"),
            say!(scene.speech, "card-in-to", reader = label),
        )
    } else {
        (
            say!(scene.speech, "card-out"),
            say!(scene.speech, "card-out-of", reader = label),
        )
    };
    ui.horizontal_top(|ui| {
        let room = ui.available_width() - button::link_width(ui, &word) - space::MEDIUM;
        ui.allocate_ui(vec2(room, 0.0), |ui| text::strong(ui, words));
        ui.with_layout(Layout::right_to_left(Align::Min), |ui| {
            if button::link(ui, &word, &name).clicked() {
                scene.send(Message::SwitchCard(reader.name.clone()));
            }
        });
    });
}

/// What a reader without a supported card has to say.
pub(super) fn show_other(
    ui: &mut Ui,
    model: &Model,
    reader: &Reader,
    content: &Content,
    scene: &mut Scene<'_>,
) {
    let texts = &scene.speech.texts;
    let told = match content {
        Content::Empty => Err(say!(scene.speech, "reader-empty")),
        Content::Looking(since) if scene.is_slow(ui, *since) => {
            Err(say!(scene.speech, "still-waiting"))
        }
        Content::Looking(_) | Content::Card(_) => Err(say!(scene.speech, "looking")),
        Content::Mute => Ok(texts.reader_error(&ReaderError::Mute)),
        Content::Unreachable => Ok(Told {
            headline: say!(scene.speech, "reader-unreachable"),
            detail: Vec::new(),
            next_step: Some(say!(scene.speech, "reader-unreachable-next")),
            tone: Tone::Warning,
        }),
        Content::Failed(LookError::Reader(error)) => Ok(texts.reader_error(error)),
        Content::Failed(LookError::Open(error)) => Ok(texts.open_error(error)),
    };
    match told {
        Err(word) => {
            heading(ui, model, reader, &word, scene);
            text::weak(ui, &reader_line(reader, scene));
        }
        Ok(told) => {
            heading(ui, model, reader, &reader_line(reader, scene), scene);
            ui.add_space(space::TINY);
            banner::show(ui, &told, &[]);
        }
    }
    if matches!(content, Content::Failed(LookError::Reader(_))) {
        ui.with_layout(Layout::right_to_left(Align::Min), |ui| {
            if button::secondary(ui, &say!(scene.speech, "read-again")).clicked() {
                scene.send(Message::ReadAgain);
            }
        });
    }
}

fn padded(ui: &mut Ui, add: impl FnOnce(&mut Ui)) {
    egui::Frame::new()
        .inner_margin(Margin::symmetric(16, 12))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.spacing_mut().item_spacing.y = 2.0;
            add(ui);
        });
}

fn separator(ui: &Ui) {
    let colours = palette(ui.visuals());
    let line = Stroke::new(colours.line, colours.border);
    ui.painter()
        .hline(ui.max_rect().x_range(), ui.cursor().top(), line);
}
