//! The wishes that Windows keeps in the registry of the person.

use egui::Theme;

use crate::model::SystemLook;

/// What the two values ask for. Windows is light where nothing is said.
fn look(light_theme: Option<u32>, contrast_flags: Option<&str>) -> SystemLook {
    let is_dark = light_theme == Some(0);
    let flags = contrast_flags.and_then(|flags| flags.parse::<u32>().ok());
    SystemLook {
        theme: Some(if is_dark { Theme::Dark } else { Theme::Light }),
        high_contrast: flags.is_some_and(|flags| flags & HIGH_CONTRAST_ON != 0),
    }
}

/// `HCF_HIGHCONTRASTON` (winuser.h).
const HIGH_CONTRAST_ON: u32 = 1;

#[cfg(windows)]
pub(super) use following::watch;

#[cfg(windows)]
mod following {
    use std::sync::mpsc::Sender;
    use std::thread;

    use siru_process::registry::Changes;
    use windows_registry::CURRENT_USER;

    use super::look;
    use crate::model::SystemLook;
    use crate::worker::Wake;

    /// Reports what is asked for now, and begins to wait for changes.
    pub(in crate::appearance) fn watch(post: &Sender<SystemLook>, wake: &Wake) {
        for path in [THEME, CONTRAST] {
            let (post, wake) = (post.clone(), wake.clone());
            let work = move || {
                if let Err(error) = follow(path, &post, &wake) {
                    log::info!("Windows does not say when {path} changes: {error}");
                }
            };
            let follower = thread::Builder::new().name("appearance".to_owned());
            if let Err(error) = follower.spawn(work) {
                log::warn!("no thread to follow the appearance of Windows: {error}");
            }
        }
    }

    /// Reports both wishes whenever one of them may have changed: so neither is forgotten.
    fn follow(path: &str, post: &Sender<SystemLook>, wake: &Wake) -> std::io::Result<()> {
        let changes = CURRENT_USER
            .open(path)
            .map_err(std::io::Error::from)
            .and_then(Changes::of);
        // What is asked for now is told all the same.
        while post.send(now()).is_ok() {
            wake();
            match &changes {
                Ok(changes) => changes.wait()?,
                Err(_) => break,
            }
        }
        changes.map(|_changes| ())
    }

    fn now() -> SystemLook {
        let theme = CURRENT_USER.open(THEME);
        let contrast = CURRENT_USER.open(CONTRAST);
        let light = theme.and_then(|key| key.get_u32("AppsUseLightTheme"));
        let flags = contrast.and_then(|key| key.get_string("Flags"));
        look(light.ok(), flags.ok().as_deref())
    }

    const THEME: &str = r"Software\Microsoft\Windows\CurrentVersion\Themes\Personalize";
    const CONTRAST: &str = r"Control Panel\Accessibility\HighContrast";
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn light_dark_and_contrast_are_understood_and_light_is_what_is_not_said() {
        let cases = [
            (None, None, Theme::Light, false),
            (Some(1), Some("126"), Theme::Light, false),
            (Some(0), Some("126"), Theme::Dark, false),
            (Some(0), Some("127"), Theme::Dark, true),
            (Some(1), Some("1"), Theme::Light, true),
            (None, Some("on"), Theme::Light, false),
        ];
        for (light, flags, theme, high_contrast) in cases {
            let expected = SystemLook {
                theme: Some(theme),
                high_contrast,
            };
            assert_eq!(look(light, flags), expected, "{light:?} {flags:?}");
        }
    }
}
