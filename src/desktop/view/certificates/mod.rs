//! The certificates of all cards, or the panel in which one of them is saved.

mod node;
mod notice;
mod save;

use egui::{Align, Layout, Margin, Rect, Sense, Shape, Stroke, Ui, pos2, vec2};
use siru_card::{CardCertificate, Purpose};
use siru_text::{Message as Told, Tone};

use super::reading::scroll_by_keys;
use super::{Scene, banner, empty, group, surface};
use crate::model::certificates::{
    CertificateError, Chain, Held, Reading, SaveButton, chains, missing,
};
use crate::model::{Card, CertificateMessage, Content, LookError, Message, Model, Reader, Service};
use crate::say;
use crate::theme::{palette, space};
use crate::widget::{button, icon, text};
pub(super) use notice::expiry;

/// One card in its reader.
#[derive(Clone, Copy)]
struct Of<'a> {
    model: &'a Model,
    reader: &'a Reader,
    card: &'a Card,
}

/// The certificates of one card, and how far the person has opened them.
#[derive(Clone, Copy)]
struct Shown<'a> {
    of: Of<'a>,
    held: &'a Held,
    all: &'a [CardCertificate],
}

pub(super) fn show(ui: &mut Ui, model: &mut Model, scene: &mut Scene<'_>) {
    // Taken out so that its fields can be typed into.
    if let Some(mut file) = model.certificates.save.take() {
        save::show(ui, &mut file, scene);
        model.certificates.save = Some(file);
        return;
    }
    scroll_by_keys(ui);
    text::title(ui, &say!(scene.speech, "tab-certificates"));
    ui.add_space(space::SMALL);
    let shown = |reader: &&Reader| !matches!(reader.content, Content::Empty);
    if !matches!(model.service, Service::Running) || !model.readers.iter().any(|one| shown(&one)) {
        without_card(ui, model, scene);
        return;
    }
    let mut back_to = model.certificates.back_to.take();
    ui.spacing_mut().item_spacing.y = space::MEDIUM;
    for reader in model.readers.iter().filter(shown) {
        surface(ui, 0.0).show(ui, |ui| {
            ui.set_width(ui.available_width());
            padded(ui, |ui| match &reader.content {
                Content::Card(card) => {
                    let of = Of {
                        model,
                        reader,
                        card,
                    };
                    of_card(ui, of, scene, &mut back_to);
                }
                content => group::show_other(ui, model, reader, content, scene),
            });
        });
    }
}

fn without_card(ui: &mut Ui, model: &Model, scene: &mut Scene<'_>) {
    ui.vertical_centered(|ui| {
        let (rect, _) = ui.allocate_exact_size(vec2(132.0, 84.0), Sense::hover());
        icon::card(ui.painter(), rect, palette(ui.visuals()));
        ui.add_space(space::MEDIUM);
        empty::words(ui, model, scene);
    });
}

fn of_card(ui: &mut Ui, of: Of<'_>, scene: &mut Scene<'_>, back_to: &mut Option<SaveButton>) {
    text::strong(ui, &group::holder(&of.card.holder, scene));
    text::weak(ui, &group::card_and_serial(of.card, scene));
    text::weak(ui, &group::reader_line(of.reader, scene));
    expiry(ui, of.model, of.reader, scene);
    ui.add_space(space::SMALL);
    let held = of.model.certificates.of(of.reader);
    match held.map(|held| (held, &held.reading)) {
        None => {
            text::body(ui, &say!(scene.speech, "certificates-reading"));
        }
        Some((_, Reading::Waiting(since))) => {
            text::body(ui, &say!(scene.speech, "certificates-reading"));
            if scene.is_slow(ui, *since) {
                text::weak(ui, &say!(scene.speech, "still-waiting"));
            }
        }
        Some((_, Reading::Failed(error))) => failed(ui, of, error, scene),
        Some((held, Reading::Read(all))) => {
            let shown = Shown { of, held, all };
            for purpose in missing(all) {
                absent(ui, purpose, scene);
            }
            for chain in chains(all) {
                tree(ui, shown, &chain, scene, back_to);
                ui.add_space(space::SMALL);
            }
        }
    }
}

fn failed(ui: &mut Ui, of: Of<'_>, error: &CertificateError, scene: &mut Scene<'_>) {
    let texts = &scene.speech.texts;
    let told = match error {
        CertificateError::Look(LookError::Reader(error)) => texts.reader_error(error),
        CertificateError::Look(LookError::Open(error)) => texts.open_error(error),
        CertificateError::Read(error) => texts.read_error(error),
    };
    ui.push_id(&of.reader.label, |ui| banner::show(ui, &told, &[]));
    ui.add_space(space::SMALL);
    ui.with_layout(Layout::right_to_left(Align::Min), |ui| {
        if button::secondary(ui, &say!(scene.speech, "read-again")).clicked() {
            let again = CertificateMessage::ReadAgain(of.reader.name.clone());
            scene.send(Message::Certificates(again));
        }
    });
}

/// The card lacks a certificate that the person may look for.
fn absent(ui: &mut Ui, purpose: Purpose, scene: &Scene<'_>) {
    let told = Told {
        headline: scene.speech.texts.certificate(purpose),
        detail: vec![say!(scene.speech, "certificate-missing")],
        next_step: None,
        tone: Tone::Neutral,
    };
    ui.push_id(purpose, |ui| notice::calm(ui, &told));
}

/// The person's certificates, and below them who vouches for them, joined by lines.
fn tree(
    ui: &mut Ui,
    shown: Shown<'_>,
    chain: &Chain,
    scene: &mut Scene<'_>,
    back_to: &mut Option<SaveButton>,
) {
    // The lines lie below the signs, whose places are known only after them.
    let lines = ui.painter().add(Shape::Noop);
    let rail = ui.max_rect().left() + RAIL;
    let mut drawn = Vec::new();
    let stroke = Stroke::new(2.0, palette(ui.visuals()).control);
    let mut ends: Option<(f32, f32)> = None;
    let mut reach = |y: f32| {
        ends = Some(ends.map_or((y, y), |(top, _)| (top, y)));
    };
    for index in &chain.leaves {
        if let Some(y) = node::show(ui, shown, *index, BRANCH, scene, back_to) {
            let tick = [pos2(rail, y), pos2(rail + BRANCH - RAIL, y)];
            drawn.push(Shape::line_segment(tick, stroke));
            reach(y);
        }
    }
    for index in &chain.authorities {
        if let Some(y) = node::show(ui, shown, *index, RAIL, scene, back_to) {
            reach(y);
        }
    }
    if !chain.is_complete
        && let Some(y) = open_end(ui, shown, chain, scene)
    {
        reach(y);
    }
    if let Some((top, bottom)) =
        ends.filter(|_| !chain.authorities.is_empty() || !chain.is_complete)
    {
        let whole = [pos2(rail, top), pos2(rail, bottom)];
        drawn.push(Shape::line_segment(whole, stroke));
        ui.painter().set(lines, Shape::Vec(drawn));
    }
}

/// Says whose certificate the chain lacks.
fn open_end(ui: &mut Ui, shown: Shown<'_>, chain: &Chain, scene: &Scene<'_>) -> Option<f32> {
    let last = chain.authorities.last().or(chain.leaves.last())?;
    let says = &shown.all.get(*last)?.certificate;
    let issuer = says.issuer_common_name.as_ref().unwrap_or(&says.issuer);
    let words = say!(
        scene.speech,
        "certificate-not-on-card",
        issuer = issuer.to_string()
    );
    let rect = node::beside(ui, |ui| {
        text::weak(ui, &words);
    });
    let centre = pos2(rect.left() + RAIL, rect.center().y);
    let colours = palette(ui.visuals());
    let stroke = Stroke::new(1.5, colours.control);
    ui.painter().circle(centre, 6.0, colours.surface, stroke);
    Some(centre.y - 6.0)
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

/// Draws the sign of a tone at a place.
fn sign_at(ui: &mut Ui, centre: egui::Pos2, tone: Tone) {
    let place = Rect::from_center_size(centre, vec2(20.0, 20.0));
    let mut inside = ui.new_child(egui::UiBuilder::new().max_rect(place));
    let colours = palette(ui.visuals());
    banner::sign(&mut inside, tone, banner::alert(tone, colours), colours);
}

/// Where the line runs and authorities have their sign, from the left.
const RAIL: f32 = 12.0;
/// Where the person's certificates have theirs.
const BRANCH: f32 = 34.0;
