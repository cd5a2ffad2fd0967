//! The look of the window as data: colours, spacing and type.
//!
//! Everything that draws takes its values from here.

mod palette;
mod style;

use std::sync::Arc;

use egui::{Context, FontData, FontDefinitions, FontFamily, FontId, Theme, ThemePreference};

pub use palette::{Alert, Palette, palette};

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

/// What the window is to look like.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Look {
    /// Light or dark; `None` to follow the window system.
    pub theme: Option<Theme>,
    /// Whether all text keeps 7:1 and all lines are strong.
    pub high_contrast: bool,
}

/// Installs fonts and themes, following the system where it says which one it wants.
pub fn install(context: &Context) {
    context.set_fonts(fonts());
    context.options_mut(|options| {
        // A system that does not say which theme it wants is usually a light one.
        options.fallback_theme = Theme::Light;
        // The size is a setting, which the keys change as well.
        options.zoom_with_keyboard = false;
    });
    dress(context, Look::default());
}

/// Gives the window this look from now on.
pub fn dress(context: &Context, look: Look) {
    for theme in [Theme::Light, Theme::Dark] {
        let colours = palette::colours_of(theme, look.high_contrast);
        context.style_mut_of(theme, |style| *style = style::style_of(theme, colours));
    }
    let preference = look
        .theme
        .map_or(ThemePreference::System, ThemePreference::from);
    context.set_theme(preference);
}

fn fonts() -> FontDefinitions {
    let mut fonts = FontDefinitions::empty();
    let faces = [
        (
            "regular",
            include_bytes!("../../../assets/fonts/Inter-Regular.otf").as_slice(),
        ),
        (
            STRONG,
            include_bytes!("../../../assets/fonts/Inter-SemiBold.otf").as_slice(),
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
