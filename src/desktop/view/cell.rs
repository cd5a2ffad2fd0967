//! The codes of a card side by side, for a list of many cards: the short name of each over its state
//! in words, with the gauge beside the name.

use egui::accesskit::Role;
use egui::{
    Color32, CornerRadius, CursorIcon, Id, Rect, Response, Sense, Stroke, StrokeKind, Ui,
    WidgetInfo, pos2, vec2,
};

use super::row::Looks;
use crate::theme::{self, palette, space};
use crate::widget::gauge;

/// One code in a `rect` of its own. One with an `id` can be selected.
pub(super) fn show(
    ui: &mut Ui,
    rect: Rect,
    id: Option<Id>,
    short: &str,
    looks: &Looks<'_>,
) -> Response {
    let colours = palette(ui.visuals());
    let (sense, id) = match id {
        Some(id) => (Sense::click(), id),
        None => (Sense::hover(), ui.next_auto_id()),
    };
    let can = sense.interactive();
    let response = ui.interact(rect, id, sense);
    let fill = if looks.selected {
        colours.chosen
    } else if can && response.hovered() {
        colours.hovered
    } else {
        Color32::TRANSPARENT
    };
    ui.painter()
        .rect_filled(rect.shrink(1.0), CornerRadius::ZERO, fill);
    if looks.selected {
        let bar = Rect::from_min_size(rect.left_top(), vec2(rect.width(), 3.0));
        ui.painter()
            .rect_filled(bar, CornerRadius::ZERO, colours.accent);
    }
    paint(ui, rect, short, looks);
    if response.has_focus() {
        ui.painter().rect_stroke(
            rect.shrink(2.0),
            CornerRadius::same(theme::SMALL_RADIUS),
            Stroke::new(colours.ring, colours.accent),
            StrokeKind::Inside,
        );
    }
    let name = looks.spoken();
    let enabled = ui.is_enabled();
    if !can {
        response.widget_info(|| WidgetInfo::labeled(Role::Label, enabled, &name));
        return response;
    }
    response
        .widget_info(|| WidgetInfo::selected(Role::ListBoxOption, enabled, looks.selected, &name));
    ui.ctx()
        .accesskit_node_builder(id, |node| node.set_selected(looks.selected));
    response.on_hover_cursor(CursorIcon::PointingHand)
}

/// How high a cell is whose state takes as many lines as it needs in `width`.
pub(super) fn height(ui: &Ui, width: f32, looks: &Looks<'_>) -> f32 {
    let colours = palette(ui.visuals());
    let room = width - 2.0 * PADDING;
    let state = ui.painter().layout(
        looks.state_text.to_owned(),
        theme::small_font(),
        colours.text,
        room,
    );
    2.0 * space::SMALL + NAME + state.size().y
}

fn paint(ui: &Ui, rect: Rect, short: &str, looks: &Looks<'_>) {
    let colours = palette(ui.visuals());
    let inside = rect.shrink2(vec2(PADDING, space::SMALL));
    let name = ui
        .painter()
        .layout_no_wrap(short.to_owned(), theme::body_font(), colours.text);
    ui.painter().galley(inside.min, name, colours.text);
    let right = pos2(inside.right(), inside.top() + NAME / 2.0 - 1.0);
    gauge::paint(ui.painter(), right, looks.state, looks.max_tries, colours);
    // Words carry the state; colour only repeats it.
    let colour = gauge::colour(looks.state, colours);
    let state = ui.painter().layout(
        looks.state_text.to_owned(),
        theme::small_font(),
        colour,
        inside.width(),
    );
    let below = inside.left_top() + vec2(0.0, NAME);
    ui.painter().galley(below, state, colour);
}

const PADDING: f32 = 16.0;
/// The line of the name.
const NAME: f32 = 20.0;
