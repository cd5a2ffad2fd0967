//! The look of what egui draws by itself: text fields, check boxes, scroll bars.

use egui::style::{Selection, TextCursorStyle, WidgetVisuals};
use egui::{Color32, CornerRadius, Stroke, Style, TextStyle, Theme, Vec2, Visuals, vec2};

use super::palette::Palette;
use super::{CONTROL_HEIGHT, SMALL_RADIUS, body_font, small_font, space, title_font};

/// The style of a theme in these colours.
pub(super) fn style_of(theme: Theme, colours: &Palette) -> Style {
    let mut style = theme.default_style();
    style.text_styles = [
        (TextStyle::Small, small_font()),
        (TextStyle::Body, body_font()),
        (TextStyle::Monospace, body_font()),
        (TextStyle::Button, body_font()),
        (TextStyle::Heading, title_font()),
    ]
    .into();
    style.spacing.item_spacing = vec2(space::SMALL, space::SMALL);
    style.spacing.button_padding = vec2(10.0, 7.0);
    style.spacing.interact_size = Vec2::new(CONTROL_HEIGHT, CONTROL_HEIGHT);
    style.spacing.icon_width = 18.0;
    style.spacing.icon_width_inner = 12.0;
    style.spacing.icon_spacing = space::SMALL;
    // Nothing may move by itself: an idle window draws nothing.
    style.animation_time = 0.0;
    style.interaction.selectable_labels = false;
    style.url_in_tooltip = false;
    visuals(&mut style.visuals, colours);
    style
}

fn visuals(visuals: &mut Visuals, colours: &Palette) {
    visuals.override_text_color = None;
    visuals.weak_text_color = Some(colours.weak);
    visuals.panel_fill = colours.window;
    visuals.window_fill = colours.surface;
    visuals.window_stroke = Stroke::new(colours.line, colours.border);
    visuals.extreme_bg_color = colours.surface;
    visuals.faint_bg_color = colours.hovered;
    visuals.hyperlink_color = colours.accent;
    visuals.warn_fg_color = colours.warning.strong;
    visuals.error_fg_color = colours.bad.strong;
    // What cannot be pressed now is still read.
    visuals.disabled_alpha = if colours.line > 1.0 { 0.75 } else { 0.55 };
    // The stroke is both the ring around the focused field and the colour of selected text, so it
    // must be seen on a surface and on the fill alike.
    visuals.selection = Selection {
        bg_fill: colours.chosen,
        stroke: Stroke::new(colours.ring, colours.accent),
    };
    visuals.text_cursor = TextCursorStyle {
        stroke: Stroke::new(1.5, colours.accent),
        // A blinking caret redraws the window twice a second for as long as a form is open.
        blink: false,
        ..visuals.text_cursor.clone()
    };
    let state = |fill: Color32, line: Color32, text: Color32| WidgetVisuals {
        bg_fill: fill,
        weak_bg_fill: fill,
        bg_stroke: Stroke::new(colours.line, line),
        corner_radius: CornerRadius::same(SMALL_RADIUS),
        fg_stroke: Stroke::new(1.5, text),
        expansion: 0.0,
    };
    visuals.widgets.noninteractive = state(colours.surface, colours.border, colours.text);
    visuals.widgets.inactive = state(colours.surface, colours.control, colours.text);
    visuals.widgets.hovered = state(colours.hovered, colours.accent, colours.text);
    visuals.widgets.active = state(colours.chosen, colours.accent, colours.text);
    visuals.widgets.open = visuals.widgets.hovered;
}
