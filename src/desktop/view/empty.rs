//! The whole window while there is no card: what is missing, and what to do about it.

use egui::{Align, Layout, Sense, Ui, vec2};

use super::{Scene, scroll};
use crate::model::{BackTo, Message, Model, Service};
use crate::say;
use crate::theme::{palette, space};
use crate::widget::{button, icon, text};

pub(super) fn show(ui: &mut Ui, model: &mut Model, scene: &mut Scene<'_>) {
    // In a low window all of it stays in sight, and in the lowest it is scrolled.
    let spare = ui.available_height() - HEIGHT;
    let above = (spare * 0.4).clamp(space::SMALL, 140.0);
    scroll("empty", ui, |ui| centred(ui, model, above, scene));
}

fn centred(ui: &mut Ui, model: &mut Model, above: f32, scene: &mut Scene<'_>) {
    let width = ui.available_width().min(460.0);
    ui.vertical_centered(|ui| {
        ui.allocate_ui_with_layout(vec2(width, 0.0), Layout::top_down(Align::Center), |ui| {
            ui.add_space(above);
            let (rect, _) = ui.allocate_exact_size(vec2(132.0, 84.0), Sense::hover());
            icon::card(ui.painter(), rect, palette(ui.visuals()));
            ui.add_space(space::MEDIUM);
            words(ui, model, scene);
            login_test(ui, model, scene);
        });
    });
}

/// What is missing, and what to do about it.
pub(super) fn words(ui: &mut Ui, model: &Model, scene: &mut Scene<'_>) {
    match &model.service {
        Service::Starting => {
            text::title(ui, &say!(scene.speech, "starting"));
        }
        Service::Failed(error) => {
            let message = scene.speech.texts.reader_error(error);
            text::title(ui, &message.headline);
            for sentence in message.detail.iter().chain(&message.next_step) {
                text::body(ui, sentence);
            }
        }
        Service::Running if model.readers.is_empty() => {
            text::title(ui, &say!(scene.speech, "no-reader"));
            text::body(ui, &say!(scene.speech, "no-reader-detail"));
        }
        Service::Running => {
            text::title(ui, &say!(scene.speech, "insert-card"));
            text::body(ui, &say!(scene.speech, "insert-card-detail"));
            ui.add_space(space::MEDIUM);
            for reader in &model.readers {
                text::weak(ui, &reader.label);
                if model.demo {
                    let name = say!(scene.speech, "card-in-to", reader = reader.label.as_str());
                    if button::secondary(ui, &name).clicked() {
                        scene.send(Message::SwitchCard(reader.name.clone()));
                    }
                }
            }
        }
    }
}

/// Whoever wonders why a service does not let them in begins here, with a card or without.
fn login_test(ui: &mut Ui, model: &mut Model, scene: &mut Scene<'_>) {
    if matches!(model.service, Service::Starting) {
        return;
    }
    ui.add_space(space::LARGE);
    let button = button::secondary(ui, &say!(scene.speech, "login-test"));
    let back = |to: &mut BackTo| *to == BackTo::LoginTest;
    if model.back_to.take_if(back).is_some() {
        button.request_focus();
    }
    if button.clicked() {
        scene.send(Message::TestLogin(None));
    }
}

/// What it takes with one reader.
const HEIGHT: f32 = 280.0;
