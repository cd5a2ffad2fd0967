//! The end of a certificate, said in time: beside the card, in one look.

use egui::accesskit::Role;
use egui::{CornerRadius, Frame, Margin, Ui, UiBuilder};
use siru_text::Message as Told;

use crate::model::{Model, Reader};
use crate::theme::{self, palette, space};
use crate::view::{Scene, banner};
use crate::widget::text;

/// What is to be told about the certificates of the card in `reader`, if anything is.
pub(in crate::view) fn expiry(ui: &mut Ui, model: &Model, reader: &Reader, scene: &Scene<'_>) {
    let Some(notice) = model.expiry_notice(reader) else {
        return;
    };
    let tone = notice.grade.tone();
    let texts = &scene.speech.texts;
    let told = texts.expiry(notice.purpose, notice.validity, notice.kind, tone);
    ui.add_space(space::TINY);
    calm(ui, &told);
}

/// Shows a message that stays for as long as the card does. A screen reader reads it in its place
/// and does not interrupt anything for it.
pub(super) fn calm(ui: &mut Ui, told: &Told) {
    let colours = palette(ui.visuals());
    let alert = banner::alert(told.tone, colours);
    ui.scope_builder(UiBuilder::new().id_salt("note"), |ui| {
        let id = ui.unique_id();
        ui.ctx()
            .accesskit_node_builder(id, |node| node.set_role(Role::Note));
        let frame = Frame::new()
            .fill(alert.fill)
            .stroke(banner::outline(alert, colours))
            .corner_radius(CornerRadius::same(theme::SMALL_RADIUS))
            .inner_margin(Margin::symmetric(10, 8));
        frame.show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.horizontal_top(|ui| {
                ui.spacing_mut().item_spacing.x = space::SMALL;
                banner::sign(ui, told.tone, alert, colours);
                ui.vertical(|ui| {
                    ui.spacing_mut().item_spacing.y = 2.0;
                    text::strong(ui, &told.headline);
                    let sentences: Vec<_> = told.detail.iter().chain(&told.next_step).collect();
                    for sentence in sentences {
                        let colour = colours.text;
                        text::label(ui, sentence, theme::small_font(), colour);
                    }
                });
            });
        });
    });
}
