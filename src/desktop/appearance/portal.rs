//! The wishes that the desktop portal keeps (*XDG Desktop Portal*, `Settings`).

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
