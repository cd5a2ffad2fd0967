//! The look of the window as data: colours, spacing and type, for light and dark.
//!
//! Everything that draws takes its values from here. Text keeps at least 4.5:1 against what it
//! stands on, in both themes; a test measures it.

use std::sync::Arc;

use egui::style::{Selection, TextCursorStyle, WidgetVisuals};
use egui::{
    Color32, CornerRadius, FontData, FontDefinitions, FontFamily, FontId, Stroke, Style, TextStyle,
    Theme, Vec2, Visuals, vec2,
};

/// The colours of one theme.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Palette {
    /// Behind everything.
    pub window: Color32,
    /// Behind what belongs together: a card, a form.
    pub surface: Color32,
    /// A surface under the pointer.
    pub hovered: Color32,
    /// Lines between and around surfaces.
    pub border: Color32,
    /// Lines around what can be typed into or pressed.
    pub control: Color32,
    /// What is read first.
    pub text: Color32,
    /// What is read second.
    pub weak: Color32,
    /// What can be pressed, what is chosen, what has the focus.
    pub accent: Color32,
    /// Text on [`Self::accent`].
    pub on_accent: Color32,
    /// Behind what is chosen.
    pub chosen: Color32,
    /// It worked.
    pub good: Alert,
    /// Neither good nor bad.
    pub neutral: Alert,
    /// Care is needed.
    pub warning: Alert,
    /// Something is locked or lost.
    pub bad: Alert,
    /// The chip of the card.
    pub chip: Color32,
    /// The lines on the chip.
    pub chip_lines: Color32,
}

/// The colours of one kind of message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Alert {
    /// Icon, bar and gauge.
    pub strong: Color32,
    /// Behind the message.
    pub fill: Color32,
}

const fn rgb(hex: u32) -> Color32 {
    let [_, red, green, blue] = hex.to_be_bytes();
    Color32::from_rgb(red, green, blue)
}

/// Dark text on light surfaces.
pub const LIGHT: Palette = Palette {
    window: rgb(0x00F3_F4F6),
    surface: rgb(0x00FF_FFFF),
    hovered: rgb(0x00F5_F7FA),
    border: rgb(0x00DD_E1E7),
    control: rgb(0x008A_94A3),
    text: rgb(0x0016_1B22),
    weak: rgb(0x0055_5F6E),
    accent: rgb(0x001B_57B5),
    on_accent: rgb(0x00FF_FFFF),
    chosen: rgb(0x00E8_EFFA),
    good: Alert {
        strong: rgb(0x001C_7A45),
        fill: rgb(0x00E7_F5ED),
    },
    neutral: Alert {
        strong: rgb(0x0055_5F6E),
        fill: rgb(0x00EE_F0F3),
    },
    warning: Alert {
        strong: rgb(0x0094_5400),
        fill: rgb(0x00FD_F3DF),
    },
    bad: Alert {
        strong: rgb(0x00B3_2420),
        fill: rgb(0x00FD_EDEC),
    },
    chip: rgb(0x00F2_B90F),
    chip_lines: rgb(0x007A_5A00),
};

/// Light text on dark surfaces.
pub const DARK: Palette = Palette {
    window: rgb(0x0014_171C),
    surface: rgb(0x001D_2128),
    hovered: rgb(0x0024_2931),
    border: rgb(0x0031_3742),
    control: rgb(0x0072_7D8E),
    text: rgb(0x00EB_EEF3),
    weak: rgb(0x00A8_B1BF),
    accent: rgb(0x0085_B4FF),
    on_accent: rgb(0x000A_1B33),
    chosen: rgb(0x0022_314A),
    good: Alert {
        strong: rgb(0x0063_CB8D),
        fill: rgb(0x0019_3325),
    },
    neutral: Alert {
        strong: rgb(0x00A8_B1BF),
        fill: rgb(0x0027_2C35),
    },
    warning: Alert {
        strong: rgb(0x00F3_B64C),
        fill: rgb(0x003A_2D14),
    },
    bad: Alert {
        strong: rgb(0x00FF_8A80),
        fill: rgb(0x0042_2020),
    },
    chip: rgb(0x00F2_B90F),
    chip_lines: rgb(0x007A_5A00),
};

/// Distances in points, in steps of four.
pub mod space {
    /// Between parts of one thing.
    pub const TINY: f32 = 4.0;
    /// Between things that belong together.
    pub const SMALL: f32 = 8.0;
    /// Inside a surface.
    pub const MEDIUM: f32 = 16.0;
    /// Between surfaces and around the window.
    pub const LARGE: f32 = 24.0;
}

/// Corner of surfaces, in points.
pub const RADIUS: u8 = 8;
/// Corner of buttons and fields, in points.
pub const SMALL_RADIUS: u8 = 6;
/// Height of everything that can be pressed or typed into, in points.
pub const CONTROL_HEIGHT: f32 = 34.0;

/// The colours in force.
pub fn palette(visuals: &Visuals) -> &'static Palette {
    if visuals.dark_mode { &DARK } else { &LIGHT }
}

/// The semibold face, in the size of running text.
pub fn strong_font() -> FontId {
    FontId::new(14.0, FontFamily::Name(STRONG.into()))
}

/// The semibold face, for what names a whole surface.
pub fn title_font() -> FontId {
    FontId::new(18.0, FontFamily::Name(STRONG.into()))
}

/// Running text.
pub fn body_font() -> FontId {
    FontId::new(14.0, FontFamily::Proportional)
}

/// What is read second.
pub fn small_font() -> FontId {
    FontId::new(12.5, FontFamily::Proportional)
}

const STRONG: &str = "strong";

/// Installs fonts and both themes, and follows the system where it says which one it wants.
pub fn install(context: &egui::Context) {
    context.set_fonts(fonts());
    for theme in [Theme::Light, Theme::Dark] {
        context.style_mut_of(theme, |style| *style = style_of(theme));
    }
    context.options_mut(|options| {
        // A system that does not say which theme it wants is usually a light one.
        options.fallback_theme = Theme::Light;
    });
}

fn fonts() -> FontDefinitions {
    let mut fonts = FontDefinitions::empty();
    let faces = [
        (
            "regular",
            include_bytes!("../../assets/fonts/Inter-Regular.otf").as_slice(),
        ),
        (
            STRONG,
            include_bytes!("../../assets/fonts/Inter-SemiBold.otf").as_slice(),
        ),
    ];
    for (name, bytes) in faces {
        fonts
            .font_data
            .insert(name.to_owned(), Arc::new(FontData::from_static(bytes)));
    }
    for (family, face) in [
        (FontFamily::Proportional, "regular"),
        (FontFamily::Monospace, "regular"),
        (FontFamily::Name(STRONG.into()), STRONG),
    ] {
        fonts.families.insert(family, vec![face.to_owned()]);
    }
    fonts
}

fn style_of(theme: Theme) -> Style {
    let mut style = theme.default_style();
    let colours = if theme == Theme::Dark { &DARK } else { &LIGHT };
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
    visuals.window_stroke = Stroke::new(1.0, colours.border);
    visuals.extreme_bg_color = colours.surface;
    visuals.faint_bg_color = colours.hovered;
    visuals.hyperlink_color = colours.accent;
    visuals.warn_fg_color = colours.warning.strong;
    visuals.error_fg_color = colours.bad.strong;
    visuals.disabled_alpha = 0.55;
    // The stroke is both the ring around the focused field and the colour of selected text, so it
    // must be seen on a surface and on the fill alike.
    visuals.selection = Selection {
        bg_fill: colours.chosen,
        stroke: Stroke::new(2.0, colours.accent),
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
        bg_stroke: Stroke::new(1.0, line),
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

#[cfg(test)]
mod tests {
    use super::*;

    fn luminance(colour: Color32) -> f32 {
        let linear = |channel: u8| {
            let value = f32::from(channel) / 255.0;
            if value <= 0.040_45 {
                value / 12.92
            } else {
                ((value + 0.055) / 1.055).powf(2.4)
            }
        };
        0.2126 * linear(colour.r()) + 0.7152 * linear(colour.g()) + 0.0722 * linear(colour.b())
    }

    fn contrast(one: Color32, other: Color32) -> f32 {
        let (one, other) = (luminance(one), luminance(other));
        (one.max(other) + 0.05) / (one.min(other) + 0.05)
    }

    #[test]
    fn text_can_be_read_on_everything_it_stands_on() {
        for colours in [LIGHT, DARK] {
            for behind in [
                colours.window,
                colours.surface,
                colours.hovered,
                colours.chosen,
            ] {
                assert!(contrast(colours.text, behind) >= 7.0, "text on {behind:?}");
                assert!(
                    contrast(colours.weak, behind) >= 4.5,
                    "weak text on {behind:?}"
                );
                assert!(
                    contrast(colours.accent, behind) >= 4.5,
                    "accent on {behind:?}"
                );
            }
            assert!(contrast(colours.on_accent, colours.accent) >= 4.5);
            for alert in [colours.good, colours.neutral, colours.warning, colours.bad] {
                assert!(contrast(alert.strong, alert.fill) >= 4.5, "{alert:?}");
                assert!(
                    contrast(colours.text, alert.fill) >= 7.0,
                    "text on {alert:?}"
                );
                assert!(
                    contrast(colours.weak, alert.fill) >= 4.5,
                    "weak text on {alert:?}"
                );
                assert!(contrast(alert.strong, colours.surface) >= 4.5, "{alert:?}");
            }
        }
    }

    #[test]
    fn the_outline_of_a_control_can_be_seen() {
        for colours in [LIGHT, DARK] {
            assert!(contrast(colours.control, colours.surface) >= 3.0);
        }
    }
}
