//! A word that shows or hides what stands below it.

use egui::accesskit::{Role, Toggled};
use egui::{
    Align2, CursorIcon, FontId, Painter, Pos2, Response, Sense, Stroke, Ui, WidgetInfo, vec2,
};

use super::button::ring;
use crate::theme::{Palette, palette, space};

/// Draws the word, with a sign that says whether what it hides is shown. `name` is what a screen
/// reader says; whether it is open is told there as well.
pub fn disclosure(ui: &mut Ui, word: &str, name: &str, is_open: bool, font: FontId) -> Response {
    let colours = palette(ui.visuals());
    let room = (ui.available_width() - SIGN).max(SIGN);
    let galley = ui
        .painter()
        .layout(word.to_owned(), font, colours.accent, room);
    let size = galley.size() + vec2(SIGN, space::SMALL);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let at = Align2::RIGHT_CENTER
        .align_size_within_rect(galley.size(), rect)
        .min;
    let first_row = at.y + galley.rows.first().map_or(0.0, |row| row.height()) / 2.0;
    ui.painter().galley(at, galley, colours.accent);
    let centre = egui::pos2(rect.left() + SIGN / 2.0 - 2.0, first_row);
    sign(ui.painter(), centre, is_open, colours);
    if response.hovered() {
        let line = Stroke::new(1.0, colours.accent);
        let under = rect.left() + SIGN..=rect.right();
        ui.painter().hline(under, rect.bottom() - 2.0, line);
    }
    ring(ui, &response, 2);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), name));
    ui.ctx().accesskit_node_builder(response.id, |node| {
        node.set_expanded(is_open);
        // AT-SPI has no word for an expanded button; a pressed one it tells.
        node.set_toggled(Toggled::from(is_open));
    });
    response.on_hover_cursor(CursorIcon::PointingHand)
}

/// Points at the word, or down at what it shows.
fn sign(painter: &Painter, centre: Pos2, is_open: bool, colours: &Palette) {
    let stroke = Stroke::new(1.8, colours.accent);
    let points = if is_open {
        [vec2(-4.0, -2.0), vec2(0.0, 2.5), vec2(4.0, -2.0)]
    } else {
        [vec2(-2.0, -4.0), vec2(2.5, 0.0), vec2(-2.0, 4.0)]
    };
    painter.line(points.map(|point| centre + point).to_vec(), stroke);
}

/// The width of the sign with its distance from the word.
const SIGN: f32 = 16.0;
