//! What the desktop around the window asks all programs for: light or dark, and high contrast.
//!
//! On Linux both wishes are kept by the desktop portal (*XDG Desktop Portal*, `Settings`). A thread
//! reads them once and then waits for changes; without a portal the window stays light. Elsewhere
//! the window system passes on whether it is light or dark.

use std::sync::mpsc::{self, Receiver};

use crate::model::SystemLook;
use crate::worker::Wake;

/// Reports what the desktop asks for from now on, and wakes the window for each change.
#[cfg(target_os = "linux")]
pub fn watch(wake: Wake) -> Receiver<SystemLook> {
    let (post, reports) = mpsc::channel();
    let follow = move || {
        if let Err(error) = portal::follow(&post, &wake) {
            log::info!("the desktop does not say how programs are to look: {error}");
        }
    };
    if let Err(error) = std::thread::Builder::new()
        .name("appearance".to_owned())
        .spawn(follow)
    {
        log::warn!("no thread to follow the appearance of the desktop: {error}");
    }
    reports
}

/// Nothing is reported: the window system passes it on.
#[cfg(not(target_os = "linux"))]
pub fn watch(_wake: Wake) -> Receiver<SystemLook> {
    mpsc::channel().1
}

#[cfg(target_os = "linux")]
mod portal {
    use std::sync::mpsc::Sender;

    use egui::Theme;
    use zbus::blocking::{Connection, Proxy};
    use zbus::zvariant::{OwnedValue, Value};

    use crate::model::SystemLook;
    use crate::worker::Wake;

    const NAMESPACE: &str = "org.freedesktop.appearance";
    const SCHEME: &str = "color-scheme";
    const CONTRAST: &str = "contrast";

    pub(super) fn follow(post: &Sender<SystemLook>, wake: &Wake) -> zbus::Result<()> {
        let connection = Connection::session()?;
        let settings = Proxy::new(
            &connection,
            "org.freedesktop.portal.Desktop",
            "/org/freedesktop/portal/desktop",
            "org.freedesktop.portal.Settings",
        )?;
        let changes = settings.receive_signal("SettingChanged")?;
        let mut look = SystemLook::default();
        for key in [SCHEME, CONTRAST] {
            // An older portal knows nothing of contrast.
            match settings.call::<_, _, OwnedValue>("Read", &(NAMESPACE, key)) {
                Ok(value) => apply(&mut look, key, &value),
                Err(error) if key == SCHEME => return Err(error),
                Err(_) => {}
            }
        }
        if !report(post, wake, look) {
            return Ok(());
        }
        for change in changes {
            let body = change.body();
            let (namespace, key, value): (String, String, OwnedValue) = body.deserialize()?;
            if namespace == NAMESPACE {
                apply(&mut look, &key, &value);
                if !report(post, wake, look) {
                    break;
                }
            }
        }
        Ok(())
    }

    fn report(post: &Sender<SystemLook>, wake: &Wake, look: SystemLook) -> bool {
        let heard = post.send(look).is_ok();
        if heard {
            wake();
        }
        heard
    }

    fn apply(look: &mut SystemLook, key: &str, value: &Value<'_>) {
        // `Read` wraps the value once more than the signal does.
        let mut value = value;
        while let Value::Value(inner) = value {
            value = inner;
        }
        let number = match value {
            Value::U32(number) => *number,
            _ => 0,
        };
        match key {
            SCHEME => {
                let dark = number == 1;
                look.theme = Some(if dark { Theme::Dark } else { Theme::Light });
            }
            CONTRAST => look.high_contrast = number == 1,
            _ => {}
        }
    }

    #[cfg(test)]
    mod tests {
        use super::*;

        #[test]
        fn both_wishes_are_understood_wrapped_or_not() {
            let mut look = SystemLook::default();
            apply(&mut look, SCHEME, &Value::U32(1));
            apply(&mut look, CONTRAST, &Value::Value(Box::new(Value::U32(1))));
            apply(&mut look, "accent-color", &Value::U32(7));
            let asked = SystemLook {
                theme: Some(Theme::Dark),
                high_contrast: true,
            };
            assert_eq!(look, asked);
            apply(&mut look, SCHEME, &Value::U32(0));
            apply(&mut look, CONTRAST, &Value::U32(0));
            assert_eq!(look.theme, Some(Theme::Light));
            assert!(!look.high_contrast);
        }
    }
}
