//! The stop before a last try: the exact consequence, the safer way, and a sign that it was read.

use egui::{Id, TextEdit, Ui};
use siru_card::{PinRole, Risk};

use super::{Scene, banner};
use crate::model::{Card, Form, Message, Task};
use crate::say;
use crate::theme::space;
use crate::widget::{button, text};

/// Before a last try: the exact consequence, and a sign that it was read.
pub(super) fn show(ui: &mut Ui, form: &mut Form, card: &Card, scene: &mut Scene<'_>) {
    let stake = form.risk(card);
    let risk = stake.risk;
    if risk == Risk::None {
        return;
    }
    ui.add_space(space::TINY);
    let texts = &scene.speech.texts;
    let mut told = if card.state(stake.code).is_activation_pin() {
        texts.risk_of_activation_pin(stake.code, risk, stake.tries)
    } else {
        texts.risk(stake.code, risk, stake.tries)
    };
    let accepted = form.has_accepted(risk);
    let facts: Vec<_> = if stake.code == PinRole::Unblocking {
        let new_code = texts.new_code(card.kind);
        std::iter::once(new_code)
            .chain(scene.contact_line())
            .collect()
    } else {
        Vec::new()
    };
    // Where the PUK still opens the PIN, typing it is the safer way.
    let safer = matches!(risk, Risk::LocksPin | Risk::Unknown)
        && stake.code != PinRole::Unblocking
        // Whoever has an activation PIN has no PUK yet.
        && !card.state(stake.code).is_activation_pin()
        && matches!(form.task, Task::Check | Task::Change);
    let mut begin = None;
    if stake.wants_word() {
        let expected = texts.typed_word();
        // The field below says what to type.
        told.next_step = None;
        let mut changed = false;
        let label = say!(scene.speech, "accept-word", word = expected.as_str());
        banner::show_with(ui, &told, &facts, |ui| {
            let label = text::strong(ui, &label);
            let word = TextEdit::singleline(&mut form.word)
                .id(Id::unique("consent word"))
                .char_limit(24)
                .desired_width(140.0);
            changed = ui.add(word).labelled_by(label.id).changed();
        });
        let matches = form.word.trim().to_lowercase() == expected.to_lowercase();
        if changed && matches != accepted {
            scene.send(Message::Accept(matches));
        }
    } else {
        let mut ticked = accepted;
        let mut changed = false;
        let label = say!(scene.speech, "accept");
        banner::show_with(ui, &told, &facts, |ui| {
            changed = ui.checkbox(&mut ticked, label).changed();
            let word = say!(scene.speech, "safer-way");
            if safer && button::secondary(ui, &word).clicked() {
                begin = Some(Task::Unlock);
            }
        });
        if changed {
            scene.send(Message::Accept(ticked));
        }
    }
    if let Some(task) = begin {
        scene.send(Message::Begin(task));
    }
    ui.add_space(space::TINY);
}
