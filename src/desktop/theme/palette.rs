//! The colours as data: light and dark, and both with high contrast.
//!
//! Text keeps at least 4.5:1 against what it stands on, and 7:1 with high contrast; a test measures
//! it.

use egui::{Color32, Theme, Visuals};

/// The colours of one theme.
#[derive(Clone, Copy, Debug, PartialEq)]
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
    /// Width of the lines around surfaces and controls, in points.
    pub line: f32,
    /// Width of the ring around what has the focus, in points.
    pub ring: f32,
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
pub static LIGHT: Palette = Palette {
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
    line: 1.0,
    ring: 2.0,
};

/// Light text on dark surfaces.
pub static DARK: Palette = Palette {
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
    line: 1.0,
    ring: 2.0,
};

/// Black on white, with strong lines, for eyes that need it: all text keeps 7:1.
pub static LIGHT_HIGH_CONTRAST: Palette = Palette {
    window: rgb(0x00FC_FCFC),
    surface: rgb(0x00FF_FFFF),
    hovered: rgb(0x00F0_F0F0),
    border: rgb(0x0000_0000),
    control: rgb(0x0000_0000),
    text: rgb(0x0000_0000),
    weak: rgb(0x001F_1F1F),
    accent: rgb(0x0000_3080),
    on_accent: rgb(0x00FF_FFFF),
    chosen: rgb(0x00DC_E8FF),
    good: Alert {
        strong: rgb(0x0000_4A20),
        fill: rgb(0x00FF_FFFF),
    },
    neutral: Alert {
        strong: rgb(0x001F_1F1F),
        fill: rgb(0x00FF_FFFF),
    },
    warning: Alert {
        strong: rgb(0x005C_3000),
        fill: rgb(0x00FF_FFFF),
    },
    bad: Alert {
        strong: rgb(0x0086_0000),
        fill: rgb(0x00FF_FFFF),
    },
    chip: rgb(0x00F2_B90F),
    chip_lines: rgb(0x0000_0000),
    line: 2.0,
    ring: 3.0,
};

/// White on black, with strong lines, for eyes that need it: all text keeps 7:1.
pub static DARK_HIGH_CONTRAST: Palette = Palette {
    window: rgb(0x0000_0000),
    surface: rgb(0x0004_0404),
    hovered: rgb(0x0026_2626),
    border: rgb(0x00FF_FFFF),
    control: rgb(0x00FF_FFFF),
    text: rgb(0x00FF_FFFF),
    weak: rgb(0x00E6_E6E6),
    accent: rgb(0x006F_DCFF),
    on_accent: rgb(0x0000_0000),
    chosen: rgb(0x0010_3040),
    good: Alert {
        strong: rgb(0x0070_F0A0),
        fill: rgb(0x0004_0404),
    },
    neutral: Alert {
        strong: rgb(0x00E6_E6E6),
        fill: rgb(0x0004_0404),
    },
    warning: Alert {
        strong: rgb(0x00FF_D84A),
        fill: rgb(0x0004_0404),
    },
    bad: Alert {
        strong: rgb(0x00FF_A8A0),
        fill: rgb(0x0004_0404),
    },
    chip: rgb(0x00F2_B90F),
    chip_lines: rgb(0x0000_0000),
    line: 2.0,
    ring: 3.0,
};

/// All palettes. Each has a window colour of its own, by which it is known again.
pub static ALL: [&Palette; 4] = [&LIGHT, &DARK, &LIGHT_HIGH_CONTRAST, &DARK_HIGH_CONTRAST];

/// The colours in force.
pub fn palette(visuals: &Visuals) -> &'static Palette {
    let chosen = ALL
        .iter()
        .find(|palette| palette.window == visuals.panel_fill);
    chosen.copied().unwrap_or(&LIGHT)
}

/// The colours of a theme, with or without high contrast.
pub const fn colours_of(theme: Theme, high_contrast: bool) -> &'static Palette {
    match (theme, high_contrast) {
        (Theme::Light, false) => &LIGHT,
        (Theme::Dark, false) => &DARK,
        (Theme::Light, true) => &LIGHT_HIGH_CONTRAST,
        (Theme::Dark, true) => &DARK_HIGH_CONTRAST,
    }
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
        for colours in ALL {
            let second = if colours.line > 1.0 { 7.0 } else { 4.5 };
            for behind in [
                colours.window,
                colours.surface,
                colours.hovered,
                colours.chosen,
            ] {
                assert!(contrast(colours.text, behind) >= 7.0, "text on {behind:?}");
                assert!(
                    contrast(colours.weak, behind) >= second,
                    "weak text on {behind:?}"
                );
                assert!(
                    contrast(colours.accent, behind) >= second,
                    "accent on {behind:?}"
                );
            }
            assert!(contrast(colours.on_accent, colours.accent) >= second);
            for alert in [colours.good, colours.neutral, colours.warning, colours.bad] {
                assert!(contrast(alert.strong, alert.fill) >= second, "{alert:?}");
                assert!(
                    contrast(colours.text, alert.fill) >= 7.0,
                    "text on {alert:?}"
                );
                assert!(
                    contrast(colours.weak, alert.fill) >= second,
                    "weak text on {alert:?}"
                );
                assert!(
                    contrast(alert.strong, colours.surface) >= second,
                    "{alert:?}"
                );
            }
        }
    }

    #[test]
    fn a_palette_is_known_again_by_its_window() {
        for (index, colours) in ALL.iter().enumerate() {
            let visuals = Visuals {
                panel_fill: colours.window,
                ..Visuals::light()
            };
            assert_eq!(palette(&visuals), *colours);
            for other in ALL.iter().skip(index + 1) {
                assert_ne!(colours.window, other.window);
            }
        }
    }

    #[test]
    fn the_outline_of_a_control_can_be_seen() {
        for colours in ALL {
            assert!(contrast(colours.control, colours.surface) >= 3.0);
        }
    }
}
