//! Text in the weights and sizes of the theme.

use egui::{Color32, FontId, Label, Response, RichText, Ui};

use crate::theme::{self, palette};

/// What names a whole surface; a heading for screen readers.
pub fn title(ui: &mut Ui, text: &str) -> Response {
    heading(ui, text, theme::title_font())
}

/// What names a part of a surface.
pub fn strong(ui: &mut Ui, text: &str) -> Response {
    heading(ui, text, theme::strong_font())
}

/// Running text.
pub fn body(ui: &mut Ui, text: &str) -> Response {
    let colour = palette(ui.visuals()).text;
    label(ui, text, theme::body_font(), colour)
}

/// What is read second.
pub fn weak(ui: &mut Ui, text: &str) -> Response {
    let colour = palette(ui.visuals()).weak;
    label(ui, text, theme::small_font(), colour)
}

/// Text in any font and colour of the theme; it wraps and is never cut.
pub fn label(ui: &mut Ui, text: &str, font: FontId, colour: Color32) -> Response {
    ui.add(Label::new(RichText::new(text).font(font).color(colour)).wrap())
}

fn heading(ui: &mut Ui, text: &str, font: FontId) -> Response {
    let colour = palette(ui.visuals()).text;
    let response = label(ui, text, font, colour);
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_role(egui::accesskit::Role::Heading);
        node.set_label(text.to_owned());
    });
    response
}
