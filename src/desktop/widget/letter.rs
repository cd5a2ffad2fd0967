//! The letter that a card comes with, drawn: where on the sheet its code stands.

use egui::accesskit::Role;
use egui::{
    CornerRadius, Painter, Rect, Response, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2,
};

use crate::theme::{self, Palette, palette, space};

/// Draws the letter with a line from its marked box to `label`, which says what stands there. The
/// label is also what a screen reader says of the drawing.
///
/// The label stands beside the sheet, or below it where there is no room.
pub fn letter(ui: &mut Ui, label: &str) -> Response {
    let colours = palette(ui.visuals());
    let room = ui.available_width();
    let beside = room - SHEET.x - LEADER;
    let is_beside = beside >= LEAST_BESIDE;
    let wrap = if is_beside { beside } else { room };
    let galley = ui
        .painter()
        .layout(label.to_owned(), theme::body_font(), colours.text, wrap);
    let size = if is_beside {
        vec2(
            SHEET.x + LEADER + galley.size().x,
            SHEET.y.max(galley.size().y),
        )
    } else {
        vec2(
            SHEET.x.max(galley.size().x),
            SHEET.y + space::SMALL + galley.size().y,
        )
    };
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    let sheet = Rect::from_min_size(rect.min, SHEET);
    let marked = code_box(sheet);
    let painter = ui.painter();
    paint_sheet(painter, sheet, colours);
    paint_code(painter, marked, colours);
    let line = Stroke::new(2.0, colours.accent);
    let at = if is_beside {
        let top = marked.center().y - galley.size().y / 2.0;
        let lowest = rect.bottom() - galley.size().y;
        let end = rect.left() + SHEET.x + LEADER - space::SMALL;
        painter.hline(marked.right()..=end, marked.center().y, line);
        pos2(
            rect.left() + SHEET.x + LEADER,
            top.min(lowest).max(rect.top()),
        )
    } else {
        let x = marked.left() + space::MEDIUM;
        let end = sheet.bottom() + space::SMALL / 2.0;
        painter.vline(x, marked.bottom()..=end, line);
        pos2(rect.left(), sheet.bottom() + space::SMALL)
    };
    painter.galley(at, galley, colours.text);
    response.widget_info(|| WidgetInfo::labeled(Role::Image, ui.is_enabled(), label));
    response
}

/// The letter alone, `height` points high, to stand beside the field its code is typed into. `name`
/// is what a screen reader says of it.
pub fn sheet(ui: &mut Ui, name: &str, height: f32) -> Response {
    let colours = palette(ui.visuals());
    let size = SHEET * (height / SHEET.y);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    paint_sheet(ui.painter(), rect, colours);
    paint_code(ui.painter(), code_box(rect), colours);
    response.widget_info(|| WidgetInfo::labeled(Role::Image, ui.is_enabled(), name));
    response
}

/// The sheet: a window for the address, who sent it, and what is written around the box.
fn paint_sheet(painter: &Painter, sheet: Rect, colours: &Palette) {
    let scale = sheet.height() / SHEET.y;
    let edge = Stroke::new(1.5, colours.control);
    painter.rect(
        sheet,
        CornerRadius::same(3),
        colours.surface,
        edge,
        StrokeKind::Inside,
    );
    let thin = Stroke::new(1.0, colours.control);
    let window = part(sheet, [0.09, 0.07], [0.44, 0.19]);
    painter.rect_stroke(window, CornerRadius::same(3), thin, StrokeKind::Inside);
    let ink = Stroke::new(2.0 * scale, colours.control);
    let line = |left: f32, y: f32, length: f32| {
        let from = sheet.left() + sheet.width() * left;
        let y = sheet.top() + sheet.height() * y;
        painter.hline(from..=from + sheet.width() * length, y, ink);
    };
    // The address, seen through the window, and the sender.
    for (y, length) in [(0.115, 0.26), (0.165, 0.32), (0.215, 0.2)] {
        line(0.14, y, length);
    }
    for (y, length) in [(0.1, 0.2), (0.15, 0.26)] {
        line(0.65, y, length);
    }
    // What the letter says before and after the code.
    for (y, length) in [
        (0.35, 0.5),
        (0.42, 0.8),
        (0.48, 0.74),
        (0.77, 0.82),
        (0.83, 0.68),
        (0.89, 0.76),
    ] {
        line(0.09, y, length);
    }
}

/// The marked box, and dots for its digits; how many there are is for the label to say.
fn paint_code(painter: &Painter, marked: Rect, colours: &Palette) {
    let stroke = Stroke::new(2.0, colours.accent);
    painter.rect(
        marked,
        CornerRadius::same(3),
        colours.chosen,
        stroke,
        StrokeKind::Inside,
    );
    for index in 0..DOTS {
        let share = (f32::from(index) + 0.5) / f32::from(DOTS);
        let margin = marked.width() * 0.06;
        let x = egui::lerp(marked.left() + margin..=marked.right() - margin, share);
        let radius = marked.height() * 0.11;
        painter.circle_filled(pos2(x, marked.center().y), radius, colours.text);
    }
}

fn code_box(sheet: Rect) -> Rect {
    part(sheet, [0.24, 0.565], [0.67, 0.125])
}

/// A part of the sheet, as shares of its width and height.
fn part(sheet: Rect, from: [f32; 2], size: [f32; 2]) -> Rect {
    let scaled = |[x, y]: [f32; 2]| vec2(x * sheet.width(), y * sheet.height());
    Rect::from_min_size(sheet.min + scaled(from), scaled(size))
}

/// Of the proportions of A4.
const SHEET: egui::Vec2 = vec2(124.0, 175.0);
const LEADER: f32 = 36.0;
const LEAST_BESIDE: f32 = 130.0;
const DOTS: u8 = 7;
