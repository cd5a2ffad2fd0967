//! One row of the list: the name of a code over its state in words, and the gauge beside them.

use std::sync::Arc;

use egui::accesskit::Role;
use egui::{
    Color32, CornerRadius, CursorIcon, FontId, Galley, Id, Rect, Response, Sense, Stroke,
    StrokeKind, Ui, WidgetInfo, pos2, vec2,
};
use siru_apdu::TriesLeft;
use siru_card::PinState;

use crate::theme::{self, palette};
use crate::widget::gauge;

/// What a row shows.
pub(super) struct Looks<'a> {
    pub(super) who: &'a str,
    pub(super) name: &'a str,
    pub(super) state: PinState,
    pub(super) state_text: &'a str,
    pub(super) max_tries: Option<TriesLeft>,
    pub(super) selected: bool,
}

impl Looks<'_> {
    /// What a screen reader says: whose code, which one, and its state.
    pub(super) fn spoken(&self) -> String {
        format!("{}, {}, {}", self.who, self.name, self.state_text)
    }
}

/// A row that can be selected.
pub(super) fn show(ui: &mut Ui, id: Id, looks: &Looks<'_>) -> Response {
    let colours = palette(ui.visuals());
    let lines = Lines::new(
        ui,
        looks.name,
        looks.state_text,
        looks.state,
        looks.max_tries,
    );
    let (rect, _) =
        ui.allocate_exact_size(vec2(ui.available_width(), lines.height()), Sense::hover());
    let response = ui.interact(rect, id, Sense::click());
    let fill = if looks.selected {
        colours.chosen
    } else if response.hovered() {
        colours.hovered
    } else {
        Color32::TRANSPARENT
    };
    let inside = rect.shrink2(vec2(1.0, 1.0));
    ui.painter().rect_filled(inside, CornerRadius::ZERO, fill);
    if looks.selected {
        let bar = Rect::from_min_size(inside.min, vec2(4.0, inside.height()));
        ui.painter()
            .rect_filled(bar, CornerRadius::same(2), colours.accent);
    }
    lines.paint(ui, rect, looks.state, looks.max_tries);
    if response.has_focus() {
        ui.painter().rect_stroke(
            rect.shrink(2.0),
            CornerRadius::same(theme::SMALL_RADIUS),
            Stroke::new(colours.ring, colours.accent),
            StrokeKind::Inside,
        );
    }
    let name = looks.spoken();
    response.widget_info(|| {
        WidgetInfo::selected(Role::ListBoxOption, ui.is_enabled(), looks.selected, &name)
    });
    ui.ctx()
        .accesskit_node_builder(id, |node| node.set_selected(looks.selected));
    response.on_hover_cursor(CursorIcon::PointingHand)
}

/// A row that only informs: the PUK, which is used through the PINs it opens.
pub(super) fn show_plain(
    ui: &mut Ui,
    name: &str,
    state_text: &str,
    state: PinState,
    max_tries: Option<TriesLeft>,
) {
    let lines = Lines::new(ui, name, state_text, state, max_tries);
    let (rect, response) =
        ui.allocate_exact_size(vec2(ui.available_width(), lines.height()), Sense::hover());
    lines.paint(ui, rect, state, max_tries);
    response.widget_info(|| {
        WidgetInfo::labeled(
            Role::Label,
            ui.is_enabled(),
            format!("{name}, {state_text}"),
        )
    });
}

/// The two lines of a row, wrapped to the room beside the gauge.
struct Lines {
    name: Arc<Galley>,
    state: Arc<Galley>,
}

impl Lines {
    fn new(
        ui: &Ui,
        name: &str,
        state_text: &str,
        state: PinState,
        max_tries: Option<TriesLeft>,
    ) -> Self {
        let colours = palette(ui.visuals());
        let room = ui.available_width() - 3.0 * PADDING - gauge::width(max_tries);
        let lay = |text: &str, font: FontId, colour: Color32| {
            ui.painter().layout(text.to_owned(), font, colour, room)
        };
        // Words carry the state; colour only repeats it.
        let colour = gauge::colour(state, colours);
        Self {
            name: lay(name, theme::body_font(), colours.text),
            state: lay(state_text, theme::small_font(), colour),
        }
    }

    fn height(&self) -> f32 {
        self.name.size().y + self.state.size().y + 2.0 + 2.0 * 9.0
    }

    fn paint(self, ui: &Ui, rect: Rect, state: PinState, max_tries: Option<TriesLeft>) {
        let colours = palette(ui.visuals());
        let top = rect.top() + 9.0;
        let below = top + self.name.size().y + 2.0;
        ui.painter()
            .galley(pos2(rect.left() + PADDING, top), self.name, colours.text);
        ui.painter()
            .galley(pos2(rect.left() + PADDING, below), self.state, colours.text);
        let right = pos2(rect.right() - PADDING, rect.center().y);
        gauge::paint(ui.painter(), right, state, max_tries, colours);
    }
}

const PADDING: f32 = 16.0;
