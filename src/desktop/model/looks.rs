//! How the window is to look: what the person wants, and what the desktop around it asks for.

use egui::Theme;
use siru_settings::{Appearance, Settings, Zoom};

use crate::theme::Look;

/// What the desktop asks all programs for, as far as it says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SystemLook {
    /// Light or dark; `None` where only the window system knows.
    pub theme: Option<Theme>,
    /// Whether contrast is to be high.
    pub high_contrast: bool,
}

/// The look that follows from both.
pub const fn look(wanted: Appearance, system: SystemLook) -> Look {
    match wanted {
        Appearance::System => Look {
            theme: system.theme,
            high_contrast: system.high_contrast,
        },
        Appearance::Light => Look {
            theme: Some(Theme::Light),
            high_contrast: false,
        },
        Appearance::Dark => Look {
            theme: Some(Theme::Dark),
            high_contrast: false,
        },
        Appearance::HighContrast => Look {
            theme: system.theme,
            high_contrast: true,
        },
    }
}

/// The sizes that can be chosen, in percent.
pub const ZOOMS: [u8; 5] = [100, 125, 150, 175, 200];

/// The next larger or smaller size; `None` at the end, and where the size is locked.
pub fn zoomed(settings: &Settings, larger: bool) -> Option<Zoom> {
    let now = settings.zoom.value.percent();
    let found = if larger {
        ZOOMS.into_iter().find(|percent| *percent > now)
    } else {
        ZOOMS.into_iter().rev().find(|percent| *percent < now)
    };
    found.filter(|_| !settings.zoom.locked).and_then(Zoom::new)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_person_wants_comes_before_what_the_desktop_asks_for() {
        let system = SystemLook {
            theme: Some(Theme::Dark),
            high_contrast: true,
        };
        let told = |wanted| {
            let look = look(wanted, system);
            (look.theme, look.high_contrast)
        };
        assert_eq!(told(Appearance::System), (Some(Theme::Dark), true));
        assert_eq!(told(Appearance::Light), (Some(Theme::Light), false));
        assert_eq!(told(Appearance::Dark), (Some(Theme::Dark), false));
        assert_eq!(told(Appearance::HighContrast), (Some(Theme::Dark), true));
        let unsaid = look(Appearance::System, SystemLook::default());
        assert_eq!(unsaid, Look::default());
    }

    #[test]
    fn sizes_go_up_and_down_and_end() {
        let mut settings = Settings::defaults();
        let mut seen = vec![settings.zoom.value.percent()];
        while let Some(zoom) = zoomed(&settings, true) {
            settings.zoom.value = zoom;
            seen.push(zoom.percent());
        }
        assert_eq!(seen, ZOOMS);
        while let Some(zoom) = zoomed(&settings, false) {
            settings.zoom.value = zoom;
        }
        assert_eq!(settings.zoom.value, Zoom::SMALLEST);
        settings.zoom.locked = true;
        assert_eq!(zoomed(&settings, true), None);
    }
}
