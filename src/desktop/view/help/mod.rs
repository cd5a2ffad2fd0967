//! What a person may look up: subjects that open below their names. Nothing of it needs a network.

mod topic;

use egui::accesskit::Role;
use egui::{Ui, UiBuilder};

use super::reading::{keep_in_sight, scroll_by_keys};
use super::{Scene, surface};
use crate::model::help::Topic;
use crate::model::{Message, Model};
use crate::say;
use crate::theme::{self, space};
use crate::widget::disclosure::disclosure;
use crate::widget::text;

pub(super) fn show(ui: &mut Ui, model: &mut Model, scene: &mut Scene<'_>) {
    scroll_by_keys(ui);
    ui.set_max_width(ui.available_width().min(WIDEST));
    text::title(ui, &say!(scene.speech, "tab-help"));
    text::body(ui, &say!(scene.speech, "help-intro"));
    ui.add_space(space::TINY);
    surface(ui, space::MEDIUM).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = space::SMALL;
        for subject in Topic::ALL {
            ui.push_id(subject, |ui| one(ui, model, subject, scene));
        }
    });
}

fn one(ui: &mut Ui, model: &Model, subject: Topic, scene: &mut Scene<'_>) {
    let is_open = model.help.is_open(subject);
    let name = topic::name(subject, scene);
    // Screen readers go from heading to heading; what opens is inside.
    ui.scope_builder(UiBuilder::new().id_salt("heading"), |ui| {
        let id = ui.unique_id();
        ui.ctx().accesskit_node_builder(id, |node| {
            node.set_role(Role::Heading);
            node.set_label(name.clone());
            node.set_level(2);
        });
        let opener = disclosure(ui, &name, &name, is_open, theme::strong_font());
        keep_in_sight(&opener);
        if opener.clicked() {
            scene.send(Message::Topic(subject));
        }
    });
    if is_open {
        let inside = egui::Frame::new().inner_margin(egui::Margin {
            left: 16,
            bottom: 8,
            ..egui::Margin::ZERO
        });
        inside.show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.spacing_mut().item_spacing.y = space::SMALL;
            topic::show(ui, model, subject, scene);
        });
    }
}

/// Lines stay readable.
const WIDEST: f32 = 720.0;
