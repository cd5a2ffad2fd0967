//! What a new card needs before it can be used, and where its code is found.

use egui::Ui;
use egui::accesskit::Role;
use siru_card::{ActivationRegime, PinRole};

use super::{Scene, banner};
use crate::model::{Card, Form, Message, Task};
use crate::say;
use crate::theme::space;
use crate::widget::{letter, text};

/// Which PINs are still to be set and with what; where the card does not tell, what to look for in
/// the letter.
pub(super) fn show(ui: &mut Ui, form: &Form, card: &Card, scene: &mut Scene<'_>) {
    let Some(activation) = form.activation(card) else {
        return;
    };
    let told = scene.speech.texts.activation(&activation, card.kind);
    let contact: Vec<_> = scene.contact_line().into_iter().collect();
    banner::show(ui, &told, &contact);
    let unclear = card
        .activation()
        .is_some_and(|activation| activation.regime == ActivationRegime::Unclear);
    if unclear {
        ui.add_space(space::TINY);
        letters(ui, form, scene);
    }
}

/// The two letters there are.
fn letters(ui: &mut Ui, form: &Form, scene: &mut Scene<'_>) {
    text::strong(ui, &say!(scene.speech, "which-letter"));
    let choices = [
        (
            ActivationRegime::Code,
            say!(scene.speech, "letter-with-code"),
        ),
        (
            ActivationRegime::ActivationPin,
            say!(scene.speech, "letter-with-pin"),
        ),
    ];
    ui.scope_builder(egui::UiBuilder::new().id_salt("letters"), |ui| {
        let id = ui.unique_id();
        ui.ctx().accesskit_node_builder(id, |node| {
            node.set_role(Role::RadioGroup);
            node.set_label(say!(scene.speech, "which-letter"));
        });
        for (regime, word) in choices {
            let task = Task::Activate(regime);
            if ui.radio(form.task == task, word).clicked() && form.task != task {
                scene.send(Message::Begin(task));
            }
        }
    });
}

/// The letter, to stand beside the field that its code is typed into.
pub(super) fn letter(ui: &mut Ui, form: &Form, scene: &Scene<'_>) {
    let name = if form.at_stake() == PinRole::Unblocking {
        say!(scene.speech, "letter-shows-code")
    } else {
        say!(scene.speech, "letter-shows-pin")
    };
    letter::sheet(ui, &name, LETTER);
}

/// As high as a field with its label and its rules.
const LETTER: f32 = 96.0;
