//! The panel in which a file is named, and which says where it was written.

use egui::{Id, Key, Modifiers, TextEdit, Ui, vec2};
use siru_text::{Message as Told, Tone};

use crate::export::{ExportError, Written};
use crate::model::certificates::{Format, Save, SavePhase};
use crate::model::{CertificateMessage, Message};
use crate::say;
use crate::theme::{self, palette, space};
use crate::view::{ALONE, Scene, banner, surface};
use crate::widget::{button, text};

pub(super) fn show(ui: &mut Ui, save: &mut Save, scene: &mut Scene<'_>) {
    let width = ui.available_width().min(ALONE);
    ui.set_max_width(width);
    surface(ui, space::LARGE).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = space::SMALL;
        text::title(ui, &heading(save.button.format, scene));
        let purpose = scene.speech.texts.certificate(save.purpose);
        text::weak(ui, &format!("{purpose}: {}", save.subject));
        match &save.phase {
            SavePhase::Written(written) => banner::show(ui, &done(written, scene), &[]),
            SavePhase::Failed(error) => banner::show(ui, &trouble(*error, scene), &[]),
            SavePhase::Editing => {}
            SavePhase::Writing { since, .. } => {
                text::body(ui, &say!(scene.speech, "save-writing"));
                if scene.is_slow(ui, *since) {
                    text::weak(ui, &say!(scene.speech, "save-slow"));
                }
            }
        }
        if !matches!(save.phase, SavePhase::Written(_)) {
            fields(ui, save, scene);
        }
        buttons(ui, save, scene);
    });
}

fn fields(ui: &mut Ui, save: &mut Save, scene: &mut Scene<'_>) {
    let editable = save.is_editable();
    ui.add_enabled_ui(editable, |ui| {
        let folder = say!(scene.speech, "save-folder");
        field(ui, &folder, "save folder", &mut save.folder);
        let name = say!(scene.speech, "save-name");
        let response = field(ui, &name, "save name", &mut save.name);
        text::weak(ui, &say!(scene.speech, "save-hint"));
        if save.wants_focus && editable {
            save.wants_focus = false;
            response.request_focus();
        }
    });
}

fn field(ui: &mut Ui, label: &str, id: &str, value: &mut String) -> egui::Response {
    let colour = palette(ui.visuals()).text;
    let label = text::label(ui, label, theme::strong_font(), colour);
    let width = ui.available_width() - 2.0 * space::TINY;
    let edit = TextEdit::singleline(value)
        .id(Id::unique(id))
        // Enter is the panel's: it must not take the focus away.
        .return_key(None)
        .char_limit(LONGEST)
        .desired_width(width)
        .min_size(vec2(0.0, theme::CONTROL_HEIGHT))
        .align(egui::Align2::LEFT_CENTER);
    ui.add(edit).labelled_by(label.id)
}

fn buttons(ui: &mut Ui, save: &mut Save, scene: &mut Scene<'_>) {
    ui.add_space(space::TINY);
    let is_typing = ["save folder", "save name"]
        .iter()
        .any(|id| ui.memory(|memory| memory.has_focus(Id::unique(*id))));
    let entered = is_typing && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
    ui.horizontal(|ui| {
        if matches!(save.phase, SavePhase::Written(_)) {
            let close = button::secondary(ui, &say!(scene.speech, "close"));
            if std::mem::take(&mut save.wants_focus) {
                close.request_focus();
            }
            if close.clicked() {
                scene.send(Message::Close);
            }
            return;
        }
        let can = save.is_editable() && !save.name.trim().is_empty();
        let word = say!(scene.speech, "save-button");
        if button::primary(ui, &word, can).clicked() || (entered && can) {
            scene.send(Message::Certificates(CertificateMessage::Save));
        }
        if button::secondary(ui, &say!(scene.speech, "save-cancel")).clicked() {
            scene.send(Message::Close);
        }
    });
}

fn heading(format: Format, scene: &Scene<'_>) -> String {
    match format {
        Format::Pem => say!(scene.speech, "save-pem"),
        Format::Der => say!(scene.speech, "save-der"),
        Format::Chain => say!(scene.speech, "save-chain"),
        Format::Calendar => say!(scene.speech, "save-calendar"),
    }
}

fn done(written: &Written, scene: &Scene<'_>) -> Told {
    let mut detail = vec![written.path.display().to_string()];
    if written.is_renamed {
        detail.push(say!(scene.speech, "save-renamed"));
    }
    Told {
        headline: say!(scene.speech, "save-done"),
        // The path and what is said of it do not run together.
        detail: vec![detail.join("\n")],
        next_step: None,
        tone: Tone::Good,
    }
}

fn trouble(error: ExportError, scene: &Scene<'_>) -> Told {
    let speech = scene.speech;
    let why = match error {
        ExportError::Name => say!(speech, "save-wrong-name"),
        ExportError::NoFolder => say!(speech, "save-no-folder"),
        ExportError::NotAllowed => say!(speech, "save-not-allowed"),
        ExportError::Full => say!(speech, "save-full"),
        ExportError::TooMany => say!(speech, "save-too-many"),
        ExportError::System(kind) => say!(speech, "save-system", reason = kind.to_string()),
    };
    Told {
        headline: say!(speech, "save-failed"),
        detail: vec![why],
        next_step: None,
        tone: Tone::Warning,
    }
}

/// In characters; longer paths are not what anybody types.
const LONGEST: usize = 1000;
