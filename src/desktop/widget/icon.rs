//! Small drawings, made of lines so that they follow every size and theme.

use egui::{Color32, CornerRadius, Painter, Pos2, Rect, Stroke, StrokeKind, pos2, vec2};

use crate::theme::Palette;

/// The contact plate of a card: the sign of the program.
pub fn chip(painter: &Painter, rect: Rect, colours: &Palette) {
    let side = rect.width().min(rect.height());
    let rect = Rect::from_center_size(rect.center(), vec2(side, side * 0.8));
    let radius = CornerRadius::from(side * 0.16);
    painter.rect_filled(rect, radius, colours.chip);
    let stroke = Stroke::new((side * 0.055).max(1.0), colours.chip_lines);
    let middle = Rect::from_center_size(rect.center(), rect.size() * vec2(0.34, 0.42));
    painter.rect_stroke(
        middle,
        CornerRadius::from(side * 0.08),
        stroke,
        StrokeKind::Middle,
    );
    for y in [middle.top(), middle.bottom()] {
        painter.hline(rect.left()..=middle.left(), y, stroke);
        painter.hline(middle.right()..=rect.right(), y, stroke);
    }
    painter.vline(rect.center().x, rect.top()..=middle.top(), stroke);
    painter.vline(rect.center().x, middle.bottom()..=rect.bottom(), stroke);
}

/// It worked.
pub fn tick(painter: &Painter, centre: Pos2, size: f32, colour: Color32) {
    let at = |x: f32, y: f32| centre + vec2(x, y) * size;
    let stroke = Stroke::new((size * 0.16).max(1.5), colour);
    painter.line(
        vec![at(-0.34, 0.02), at(-0.08, 0.28), at(0.36, -0.26)],
        stroke,
    );
}

/// It did not work.
pub fn cross(painter: &Painter, centre: Pos2, size: f32, colour: Color32) {
    let stroke = Stroke::new((size * 0.16).max(1.5), colour);
    let reach = size * 0.28;
    for down in [-1.0, 1.0] {
        let arm = vec2(reach, reach * down);
        painter.line_segment([centre - arm, centre + arm], stroke);
    }
}

/// Care is needed.
pub fn exclamation(painter: &Painter, centre: Pos2, size: f32, colour: Color32) {
    let width = (size * 0.16).max(1.5);
    let top = pos2(centre.x, centre.y - size * 0.34);
    let bottom = pos2(centre.x, centre.y + size * 0.08);
    painter.line_segment([top, bottom], Stroke::new(width, colour));
    painter.circle_filled(pos2(centre.x, centre.y + size * 0.32), width * 0.62, colour);
}

/// Something to know.
pub fn information(painter: &Painter, centre: Pos2, size: f32, colour: Color32) {
    let width = (size * 0.16).max(1.5);
    painter.circle_filled(pos2(centre.x, centre.y - size * 0.3), width * 0.62, colour);
    let top = pos2(centre.x, centre.y - size * 0.06);
    let bottom = pos2(centre.x, centre.y + size * 0.36);
    painter.line_segment([top, bottom], Stroke::new(width, colour));
}

/// Locked.
pub fn padlock(painter: &Painter, centre: Pos2, size: f32, colour: Color32) {
    let body = Rect::from_center_size(
        pos2(centre.x, centre.y + size * 0.16),
        vec2(size * 0.68, size * 0.5),
    );
    painter.rect_filled(body, CornerRadius::from(size * 0.1), colour);
    let stroke = Stroke::new((size * 0.12).max(1.5), colour);
    let shackle = Rect::from_min_max(
        pos2(centre.x - size * 0.2, centre.y - size * 0.42),
        pos2(centre.x + size * 0.2, centre.y + size * 0.2),
    );
    painter.rect_stroke(
        shackle,
        CornerRadius::from(size * 0.2),
        stroke,
        StrokeKind::Middle,
    );
}

/// A card, as an invitation to insert one.
pub fn card(painter: &Painter, rect: Rect, colours: &Palette) {
    let stroke = Stroke::new(2.0, colours.control);
    painter.rect(
        rect,
        CornerRadius::same(8),
        colours.surface,
        stroke,
        StrokeKind::Inside,
    );
    let plate = Rect::from_min_size(
        rect.min + rect.size() * vec2(0.12, 0.26),
        rect.size() * vec2(0.24, 0.36),
    );
    chip(painter, plate, colours);
    for (row, length) in [(0.34, 0.4), (0.52, 0.3), (0.7, 0.36)] {
        let y = rect.top() + rect.height() * row;
        let left = rect.left() + rect.width() * 0.48;
        painter.hline(
            left..=left + rect.width() * length,
            y,
            Stroke::new(2.0, colours.border),
        );
    }
}
