//! Group policy in the window: the same padlocks as for the machine's file.

use egui::accesskit::Role;
use siru_settings::{Change, Key, RegistryKey, RegistryValue, Sources, WeakPins};

use super::settings::{Place, RADIO, is_chosen, is_disabled, locks, press, words};
use crate::store::{Edit, Store};

/// A registry key with `section`, `name` and value.
fn tree(entries: &[(&str, &str, RegistryValue)]) -> RegistryKey {
    let mut root = RegistryKey::default();
    for (section, name, value) in entries {
        let below = root.keys.entry((*section).to_owned()).or_default();
        below.values.insert((*name).to_owned(), value.clone());
    }
    root
}

fn text(text: &str) -> RegistryValue {
    RegistryValue::Text(text.to_owned())
}

const ON: RegistryValue = RegistryValue::Number(1);

#[test]
fn what_group_policy_decides_has_a_padlock_and_cannot_be_chosen() {
    let user = "language = \"en\"\n[window]\nappearance = \"light\"\n[pins]\nweak = \"warn\"\n";
    let place = Place::new("", user, &["v4"]);
    let machine_policy = tree(&[("pins", "weak", text("forbid"))]);
    let user_policy = tree(&[
        ("window", "appearance", text("dark")),
        ("tray", "autostart", ON),
    ]);
    let defaults = tree(&[("window", "zoom", RegistryValue::Number(125))]);
    let keys = [machine_policy, user_policy, defaults];
    let sources = || Sources::in_registry(keys.clone(), place.user());
    let mut window = place.window_of(Store::Of(sources()), None);
    assert_eq!(locks(&window), 3);
    for (role, name, chosen) in [
        (RADIO, "Do not allow them", true),
        (RADIO, "Point them out", false),
        (RADIO, "Dark", true),
        (RADIO, "Light", false),
        (Role::CheckBox, "Show the icon when I sign in", true),
    ] {
        assert!(is_disabled(&window, role, name), "{name}");
        press(&mut window, role, name);
        assert_eq!(is_chosen(&window, role, name), chosen, "{name}");
    }
    assert_eq!(place.written(), user);
    let store = Store::Of(sources());
    let edit = Edit::Set(Change::WeakPins(WeakPins::Warn));
    assert!(store.save(&edit).is_err());
    assert!(store.save(&Edit::Unset(Key::Appearance)).is_err());
    assert_eq!(place.written(), user);
    // A default of the machine is one: the person chooses another.
    assert!(is_chosen(&window, RADIO, "125 %"));
    press(&mut window, RADIO, "150 %");
    assert!(place.written().contains("zoom = 150"));
}

#[test]
fn what_is_the_machines_alone_is_shown_where_it_decided_and_cannot_be_changed() {
    let place = Place::new("", "language = \"en\"\n", &["v4"]);
    let without = words(&place.window());
    let policy = tree(&[
        ("pkcs11", "signature-slot", ON),
        ("pkcs11", "last-try-in-login", RegistryValue::Number(0)),
        ("browser", "register", ON),
        ("log", "level", text("off")),
    ]);
    let keys = [policy, RegistryKey::default(), RegistryKey::default()];
    let sources = Sources::in_registry(keys, place.user());
    let mut window = place.window_of(Store::Of(sources), None);
    assert_eq!(locks(&window), 1);
    for (name, on) in [
        ("Register the card module with browsers", true),
        ("Signature identity (PIN2) in the card module", true),
        ("A log-in may spend the last try of a PIN", false),
    ] {
        assert!(!without.iter().any(|word| word == name), "{name}");
        assert!(is_disabled(&window, Role::CheckBox, name), "{name}");
        press(&mut window, Role::CheckBox, name);
        assert_eq!(is_chosen(&window, Role::CheckBox, name), on, "{name}");
    }
    assert!(words(&window).iter().any(|word| word == "Log: off"));
}
