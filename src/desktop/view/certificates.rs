//! The certificates of all cards.

use egui::Ui;

use super::Scene;
use crate::model::Model;
use crate::say;
use crate::widget::text;

pub(super) fn show(ui: &mut Ui, _model: &mut Model, scene: &mut Scene<'_>) {
    text::title(ui, &say!(scene.speech, "tab-certificates"));
}
