//! Light or dark as the desktop says it, where the window system does not pass that on.
//!
//! On Linux the wish is kept by the desktop portal (*XDG Desktop Portal*, `Settings`). A thread
//! reads it once and then waits for changes; without a portal the window stays light.

/// Follows the system from now on.
#[cfg(target_os = "linux")]
pub fn follow_system(context: &egui::Context) {
    let context = context.clone();
    let follow = move || {
        if let Err(error) = portal::follow(&context) {
            log::info!("the desktop does not say whether it is light or dark: {error}");
        }
    };
    if let Err(error) = std::thread::Builder::new()
        .name("appearance".to_owned())
        .spawn(follow)
    {
        log::warn!("no thread to follow the appearance of the desktop: {error}");
    }
}

/// Elsewhere the window system passes it on.
#[cfg(not(target_os = "linux"))]
pub fn follow_system(_context: &egui::Context) {}

#[cfg(target_os = "linux")]
mod portal {
    use egui::{Context, Theme};
    use zbus::blocking::{Connection, Proxy};
    use zbus::zvariant::{OwnedValue, Value};

    const NAMESPACE: &str = "org.freedesktop.appearance";
    const KEY: &str = "color-scheme";

    pub(super) fn follow(context: &Context) -> zbus::Result<()> {
        let connection = Connection::session()?;
        let settings = Proxy::new(
            &connection,
            "org.freedesktop.portal.Desktop",
            "/org/freedesktop/portal/desktop",
            "org.freedesktop.portal.Settings",
        )?;
        let changes = settings.receive_signal("SettingChanged")?;
        let now: OwnedValue = settings.call("Read", &(NAMESPACE, KEY))?;
        apply(context, &now);
        for change in changes {
            let body = change.body();
            let (namespace, key, value): (String, String, OwnedValue) = body.deserialize()?;
            if namespace == NAMESPACE && key == KEY {
                apply(context, &value);
            }
        }
        Ok(())
    }

    fn apply(context: &Context, value: &Value<'_>) {
        // `Read` wraps the value once more than the signal does.
        let mut value = value;
        while let Value::Value(inner) = value {
            value = inner;
        }
        let theme = match value {
            Value::U32(1) => Theme::Dark,
            _ => Theme::Light,
        };
        context.set_theme(theme);
        context.request_repaint();
    }
}
