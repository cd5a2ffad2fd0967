//! Buttons and choices, with a focus ring that can be seen on every surface.

use egui::accesskit::{Role, Toggled};
use egui::{
    Align2, Color32, CornerRadius, CursorIcon, FontId, Response, Sense, Stroke, StrokeKind, Ui,
    WidgetInfo, vec2,
};

use crate::theme::{self, palette};

/// The one button that does what a form is for.
pub fn primary(ui: &mut Ui, text: &str, enabled: bool) -> Response {
    let colours = palette(ui.visuals());
    let (fill, ink, line) = if enabled {
        (colours.accent, colours.on_accent, colours.accent)
    } else {
        // Not merely paler: without fill it does not look like something to press.
        (colours.neutral.fill, colours.weak, colours.border)
    };
    press(ui, text, enabled, theme::strong_font(), [fill, ink, line])
}

/// Any other button.
pub fn secondary(ui: &mut Ui, text: &str) -> Response {
    let colours = palette(ui.visuals());
    let enabled = ui.is_enabled();
    let looks = [colours.surface, colours.text, colours.control];
    press(ui, text, enabled, theme::body_font(), looks)
}

/// The same with a longer name for screen readers, where there are several with one word.
pub fn secondary_named(ui: &mut Ui, text: &str, name: &str) -> Response {
    let response = secondary(ui, text);
    let enabled = ui.is_enabled();
    response.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, name));
    response
}

fn press(ui: &mut Ui, text: &str, enabled: bool, font: FontId, looks: [Color32; 3]) -> Response {
    let [fill, ink, line] = looks;
    let colours = palette(ui.visuals());
    let galley = ui.painter().layout_no_wrap(text.to_owned(), font, ink);
    let size = vec2(galley.size().x + 32.0, theme::CONTROL_HEIGHT);
    ui.add_enabled_ui(enabled, |ui| {
        let (rect, response) = ui.allocate_exact_size(size, Sense::click());
        let shade = if response.is_pointer_button_down_on() {
            0.82
        } else if response.hovered() {
            0.92
        } else {
            1.0
        };
        let fill = fill.lerp_to_gamma(ink, 1.0 - shade);
        let radius = CornerRadius::same(theme::SMALL_RADIUS);
        let painter = ui.painter();
        painter.rect(
            rect,
            radius,
            fill,
            Stroke::new(colours.line, line),
            StrokeKind::Inside,
        );
        painter.galley(
            Align2::CENTER_CENTER
                .align_size_within_rect(galley.size(), rect)
                .min,
            galley,
            ink,
        );
        ring(ui, &response, theme::SMALL_RADIUS);
        response.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, text));
        if enabled {
            response.on_hover_cursor(CursorIcon::PointingHand)
        } else {
            response
        }
    })
    .inner
}

/// One of several things of which one is chosen: a tab or a language.
pub fn choice(ui: &mut Ui, text: &str, chosen: bool, role: Role) -> Response {
    let colours = palette(ui.visuals());
    let enabled = ui.is_enabled();
    let ink = if chosen { colours.accent } else { colours.weak };
    let font = if chosen {
        theme::strong_font()
    } else {
        theme::body_font()
    };
    // The wider face decides the width, so that choosing moves nothing.
    let widest = ui
        .painter()
        .layout_no_wrap(text.to_owned(), theme::strong_font(), ink);
    let galley = ui.painter().layout_no_wrap(text.to_owned(), font, ink);
    let size = vec2(widest.size().x, theme::CONTROL_HEIGHT);
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let painter = ui.painter();
    let radius = CornerRadius::same(theme::SMALL_RADIUS);
    if response.hovered() && enabled {
        painter.rect_filled(rect.expand2(vec2(8.0, -3.0)), radius, colours.chosen);
    }
    painter.galley(
        Align2::LEFT_CENTER
            .align_size_within_rect(galley.size(), rect)
            .min,
        galley,
        ink,
    );
    if chosen {
        painter.hline(
            rect.x_range(),
            rect.bottom() - 1.0,
            Stroke::new(colours.ring, colours.accent),
        );
    }
    let around = response
        .clone()
        .with_new_rect(rect.expand2(vec2(4.0, -2.0)));
    ring(ui, &around, theme::SMALL_RADIUS);
    response.widget_info(|| WidgetInfo::selected(role, enabled, chosen, text));
    ui.ctx().accesskit_node_builder(response.id, |node| {
        if role == Role::Tab {
            node.set_selected(chosen);
        } else {
            node.set_toggled(if chosen {
                Toggled::True
            } else {
                Toggled::False
            });
        }
    });
    response.on_hover_cursor(CursorIcon::PointingHand)
}

/// The ring around what has the focus.
pub fn ring(ui: &Ui, response: &Response, radius: u8) {
    if response.has_focus() {
        let colours = palette(ui.visuals());
        ui.painter().rect_stroke(
            response.rect.expand(2.0),
            CornerRadius::same(radius + 2),
            Stroke::new(colours.ring, colours.accent),
            StrokeKind::Outside,
        );
    }
}

/// A word that does something on the side, with the name a screen reader says for it.
pub fn link(ui: &mut Ui, word: &str, name: &str) -> Response {
    let colours = palette(ui.visuals());
    let galley = ui
        .painter()
        .layout_no_wrap(word.to_owned(), theme::small_font(), colours.accent);
    let (rect, response) = ui.allocate_exact_size(galley.size() + vec2(0.0, 4.0), Sense::click());
    let at = Align2::LEFT_CENTER
        .align_size_within_rect(galley.size(), rect)
        .min;
    ui.painter().galley(at, galley, colours.accent);
    if response.hovered() {
        let line = Stroke::new(colours.line, colours.accent);
        ui.painter()
            .hline(rect.x_range(), rect.bottom() - 2.0, line);
    }
    ring(ui, &response, 2);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, ui.is_enabled(), name));
    response.on_hover_cursor(CursorIcon::PointingHand)
}

/// The width of such a word.
pub fn link_width(ui: &Ui, word: &str) -> f32 {
    let colours = palette(ui.visuals());
    ui.painter()
        .layout_no_wrap(word.to_owned(), theme::small_font(), colours.accent)
        .size()
        .x
}
