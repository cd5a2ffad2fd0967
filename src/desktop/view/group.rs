//! One reader in the list: whose card is in it, its PINs and its PUK, or why there are none.

use egui::{Align, Layout, Margin, Stroke, Ui, vec2};
use siru_apdu::ReaderError;
use siru_card::{Access, CardKind};
use siru_text::{Message as Told, Tone};

use super::list::Place;
use super::{Scene, banner, certificates, codes, surface};
use crate::model::{Card, Content, Holder, LookError, Message, Model, Reader};
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
            let word = say!(scene.speech, "login-test");
            beside_link(
                ui,
                &word,
                |ui| text::weak(ui, &line),
                |ui| login_test(ui, model, reader, card, scene),
            );
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
        codes::side_by_side(ui, model, reader, card, scene, places);
        return;
    }
    codes::one_below_the_other(ui, model, reader, card, scene, places);
    separator(ui);
    padded(ui, |ui| login_test(ui, model, reader, card, scene));
}

fn login_test(ui: &mut Ui, model: &Model, reader: &Reader, card: &Card, scene: &mut Scene<'_>) {
    let word = say!(scene.speech, "login-test");
    let who = spoken(model, reader, card, scene);
    let name = say!(scene.speech, "login-test-of", holder = who);
    if button::link(ui, &word, &name).clicked() {
        scene.send(Message::TestLogin(Some(reader.name.clone())));
    }
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
        let who = spoken(model, reader, card, scene);
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

/// Whose card it is, and where several are one person's, which of them.
pub(super) fn spoken(model: &Model, reader: &Reader, card: &Card, scene: &Scene<'_>) -> String {
    let who = holder(&card.holder, scene);
    let mut others = model
        .readers
        .iter()
        .filter(|other| other.name != reader.name);
    let same = |other: &Reader| {
        other
            .card()
            .is_some_and(|other| other.holder == card.holder)
    };
    if others.any(same) {
        return format!(
            "{who}, {}, {}",
            card_and_serial(card, scene),
            reader_line(reader, scene)
        );
    }
    who
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
    beside_link(
        ui,
        &word,
        |ui| text::strong(ui, words),
        |ui| {
            if button::link(ui, &word, &name).clicked() {
                scene.send(Message::SwitchCard(reader.name.clone()));
            }
        },
    );
}

/// Text on the left, and a link of this word on the right, to which the text leaves its room.
fn beside_link<R>(
    ui: &mut Ui,
    word: &str,
    add_text: impl FnOnce(&mut Ui) -> R,
    add_link: impl FnOnce(&mut Ui),
) {
    ui.horizontal_top(|ui| {
        let room = ui.available_width() - button::link_width(ui, word) - space::MEDIUM;
        ui.allocate_ui(vec2(room, 0.0), add_text);
        ui.with_layout(Layout::right_to_left(Align::Min), add_link);
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

pub(super) fn separator(ui: &Ui) {
    let colours = palette(ui.visuals());
    let line = Stroke::new(colours.line, colours.border);
    ui.painter()
        .hline(ui.max_rect().x_range(), ui.cursor().top(), line);
}
