//! One certificate of a chain: what it is for, whose it is, how long it is valid; its details, and
//! what it can be saved as.

use std::time::SystemTime;

use egui::{Align, Layout, Margin, Rect, Ui, pos2, vec2};
use siru_apdu::hex::Hex;
use siru_card::{CardCertificate, Purpose, Timestamp, Validity};
use siru_text::Tone;

use super::{Shown, sign_at};
use crate::model::certificates::{Format, Grade, SaveButton};
use crate::model::{CertificateMessage, Message};
use crate::say;
use crate::theme::{self, palette, space};
use crate::view::Scene;
use crate::view::reading::keep_in_sight;
use crate::widget::disclosure::disclosure;
use crate::widget::{button, text};

/// Draws the certificate with its sign so far from the left; says at which height that is.
pub(super) fn show(
    ui: &mut Ui,
    shown: Shown<'_>,
    index: usize,
    sign: f32,
    scene: &mut Scene<'_>,
    back_to: &mut Option<SaveButton>,
) -> Option<f32> {
    let one = shown.all.get(index)?;
    let says = &one.certificate;
    let now = shown.of.model.clock;
    let rect = beside(ui, |ui| {
        let texts = &scene.speech.texts;
        text::strong(ui, &title(one, scene));
        let name = says.common_name.as_ref().unwrap_or(&says.subject);
        text::body(ui, &format!("{name} · {}", texts.key(says.key)));
        let dates = [says.not_before, says.not_after].map(|time| texts.day(time));
        let dates = dates.join(" – ");
        match now {
            Some(now) => {
                let validity = texts.validity(says.not_before, says.not_after, now);
                text::body(ui, &format!("{validity} · {dates}"))
            }
            None => text::body(ui, &dates),
        };
        text::weak(ui, &texts.certificate_use(one.purpose));
        ui.push_id(index, |ui| below(ui, shown, index, one, scene, back_to));
    });
    let centre = pos2(rect.left() + sign, rect.top() + FIRST_LINE);
    let validity = now.map(|now| Validity::at(says.not_before, says.not_after, now));
    let tone = validity.map_or(Tone::Neutral, |validity| {
        Grade::of(validity).map_or(Tone::Good, Grade::tone)
    });
    sign_at(ui, centre, tone);
    Some(centre.y)
}

/// Lays something out to the right of signs and lines, and says where it is with these.
pub(super) fn beside(ui: &mut Ui, add: impl FnOnce(&mut Ui)) -> Rect {
    let margin = Margin {
        left: 56,
        top: 6,
        bottom: 8,
        right: 0,
    };
    let frame = egui::Frame::new().inner_margin(margin);
    let inside = frame.show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = 3.0;
        add(ui);
    });
    inside.response.rect
}

fn below(
    ui: &mut Ui,
    shown: Shown<'_>,
    index: usize,
    one: &CardCertificate,
    scene: &mut Scene<'_>,
    back_to: &mut Option<SaveButton>,
) {
    let reader = &shown.of.reader.name;
    // What a screen reader says besides the word: there are several of each.
    let about = about(shown, one, scene);
    let named = |word: &str| format!("{word}: {about}");
    let is_open = shown.held.is_open(index);
    let word = say!(scene.speech, "certificate-details");
    let font = theme::small_font();
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = space::MEDIUM;
        let details = disclosure(ui, &word, &named(&word), is_open, font);
        keep_in_sight(&details);
        if details.clicked() {
            let details = CertificateMessage::Details(reader.clone(), index);
            scene.send(Message::Certificates(details));
        }
        for format in formats(shown, one) {
            let word = match format {
                Format::Pem => say!(scene.speech, "save-pem"),
                Format::Der => say!(scene.speech, "save-der"),
                Format::Chain => say!(scene.speech, "save-chain"),
                Format::Calendar => say!(scene.speech, "save-calendar"),
            };
            let link = button::link(ui, &word, &named(&word));
            keep_in_sight(&link);
            let this = SaveButton {
                reader: reader.clone(),
                index,
                format,
            };
            if back_to.take_if(|back| *back == this).is_some() {
                link.request_focus();
            }
            if link.clicked() {
                scene.send(Message::Certificates(CertificateMessage::Offer(this)));
            }
        }
    });
    if is_open {
        for (label, value) in details(one, scene) {
            row(ui, &label, &value);
        }
    }
}

fn title(one: &CardCertificate, scene: &Scene<'_>) -> String {
    let texts = &scene.speech.texts;
    let says = &one.certificate;
    if one.purpose == Purpose::CertificateAuthority && says.issuer == says.subject {
        texts.root_certificate()
    } else {
        texts.certificate(one.purpose)
    }
}

/// What the certificate can be saved as: an end to remember have those of the person.
fn formats(shown: Shown<'_>, one: &CardCertificate) -> Vec<Format> {
    let mut formats = vec![Format::Pem, Format::Der];
    let says = &one.certificate;
    if says.issuer != says.subject {
        formats.push(Format::Chain);
    }
    let is_over = shown
        .of
        .model
        .clock
        .is_none_or(|now| now > says.not_after.to_system_time());
    if one.purpose != Purpose::CertificateAuthority && !is_over {
        formats.push(Format::Calendar);
    }
    formats
}

fn about(shown: Shown<'_>, one: &CardCertificate, scene: &Scene<'_>) -> String {
    let says = &one.certificate;
    let name = match one.purpose {
        Purpose::CertificateAuthority => says.common_name.as_ref().unwrap_or(&says.subject),
        _ => says.holder.as_ref().unwrap_or(&says.subject),
    };
    let texts = &scene.speech.texts;
    let parts = [
        title(one, scene),
        name.to_string(),
        texts.key(says.key),
        shown.of.reader.label.clone(),
    ];
    parts.join(", ")
}

/// Everything else there is to know: labels and values.
fn details(one: &CardCertificate, scene: &Scene<'_>) -> Vec<(String, String)> {
    let speech = scene.speech;
    let says = &one.certificate;
    let mut rows = vec![
        (say!(speech, "field-subject"), says.subject.to_string()),
        (say!(speech, "field-issuer"), says.issuer.to_string()),
        (say!(speech, "field-serial"), says.serial.to_string()),
        (
            say!(speech, "field-valid-from"),
            moment(says.not_before, scene),
        ),
        (
            say!(speech, "field-valid-until"),
            moment(says.not_after, scene),
        ),
        (say!(speech, "field-key"), speech.texts.key(says.key)),
    ];
    if !says.policies.is_empty() {
        let policies: Vec<_> = says.policies.iter().map(ToString::to_string).collect();
        rows.push((say!(speech, "field-policies"), policies.join(", ")));
    }
    let fingerprint = Hex(&one.fingerprint()).to_string();
    rows.push((say!(speech, "field-fingerprint"), fingerprint));
    if says.is_test {
        rows.push((say!(speech, "field-note"), say!(speech, "test-card")));
    }
    rows
}

/// A day as everywhere else, with the time to the second: universal, as the certificate has it.
fn moment(time: Timestamp, scene: &Scene<'_>) -> String {
    let second = time
        .to_system_time()
        .duration_since(SystemTime::UNIX_EPOCH)
        .map_or(0, |since| since.as_secs());
    say!(
        scene.speech,
        "moment",
        day = scene.speech.texts.day(time),
        hour = (second / 3600 % 24).to_string(),
        minute = format!("{:02}", second / 60 % 60),
        second = format!("{:02}", second % 60)
    )
}

/// A label and its value: beside it where there is room, or else below.
fn row(ui: &mut Ui, label: &str, value: &str) {
    let room = ui.available_width();
    if room < 2.5 * LABEL {
        ui.add_space(space::TINY);
        text::weak(ui, label);
        text::body(ui, value);
        return;
    }
    ui.horizontal_top(|ui| {
        let height = ui
            .spacing()
            .interact_size
            .y
            .min(theme::body_font().size * 1.4);
        ui.allocate_ui_with_layout(vec2(LABEL, height), Layout::top_down(Align::Min), |ui| {
            ui.set_width(LABEL);
            text::weak(ui, label);
        });
        let left = ui.available_width();
        ui.allocate_ui_with_layout(vec2(left, 0.0), Layout::top_down(Align::Min), |ui| {
            ui.set_width(left);
            let colour = palette(ui.visuals()).text;
            text::label(ui, value, theme::small_font(), colour);
        });
    });
}

const LABEL: f32 = 150.0;
/// The middle of the first line, from the top.
const FIRST_LINE: f32 = 15.0;
