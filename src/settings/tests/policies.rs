//! Group policy, the person and the machine's defaults, as Windows has them.

use std::path::PathBuf;

use siru_policy::registry::RegistryPlace;
use siru_text::Language;

use super::Place;
use crate::{
    Appearance, Change, Key, LogLevel, Name, Origin, RegistryKey, RegistryValue, Settings, Sources,
    UserFile, WeakPins, What, WriteError,
};

/// A key of `path\name` and values.
fn tree(entries: &[(&str, RegistryValue)]) -> RegistryKey {
    let mut root = RegistryKey::default();
    for (path, value) in entries {
        let mut key = &mut root;
        let mut parts: Vec<&str> = path.split('\\').collect();
        let name = parts.pop().unwrap();
        for part in parts {
            key = key.keys.entry(part.to_owned()).or_default();
        }
        key.values.insert(name.to_owned(), value.clone());
    }
    root
}

fn text(text: &str) -> RegistryValue {
    RegistryValue::Text(text.to_owned())
}

const ON: RegistryValue = RegistryValue::Number(1);

const USER: &str = "language = 'en'\npins.weak = 'warn'\nreaders.leave-out = ['mine']\n\
    tray.autostart = false\n[window]\nappearance = 'light'\nzoom = 125\n";

fn load(keys: [RegistryKey; 3]) -> (Settings, Vec<crate::Problem>, Sources, Place) {
    let place = Place::new("", USER);
    let sources = Sources::in_registry(keys, place.user());
    let (settings, problems) = sources.load();
    (settings, problems, sources, place)
}

#[test]
fn policy_comes_before_the_person_and_the_person_before_the_machines_defaults() {
    let machine_policy = tree(&[("language", text("fi"))]);
    let user_policy = tree(&[
        ("language", text("sv")),
        ("pins\\weak", text("forbid")),
        ("log\\level", text("info")),
    ]);
    let defaults = tree(&[
        ("language", text("sv")),
        ("window\\appearance", text("dark")),
        ("tray\\autostart", ON),
        ("browser\\register", ON),
    ]);
    let (settings, problems, sources, _place) = load([machine_policy, user_policy, defaults]);
    assert_eq!(problems, []);
    assert_eq!(settings.language.value, Some(Language::Finnish));
    assert_eq!(settings.weak_pins.value, WeakPins::Forbid);
    assert_eq!(settings.appearance.value, Appearance::Light);
    assert_eq!(settings.log_level.value, LogLevel::Info);
    assert!(!settings.autostart.value && settings.browser_register.value);
    for (key, origin, locked) in [
        (Key::Language, Origin::MachinePolicy, true),
        (Key::WeakPins, Origin::UserPolicy, true),
        (Key::LogLevel, Origin::UserPolicy, true),
        (Key::Appearance, Origin::User, false),
        (Key::Zoom, Origin::User, false),
        (Key::Autostart, Origin::User, false),
        (Key::BrowserRegister, Origin::Machine, true),
        (Key::SignatureSlot, Origin::Default, true),
    ] {
        let name = key.name();
        assert_eq!(settings.origin(key), origin, "{name}");
        assert_eq!(settings.is_locked(key), locked, "{name}");
    }
    for (origin, place) in [
        (Origin::MachinePolicy, RegistryPlace::MachinePolicy),
        (Origin::UserPolicy, RegistryPlace::UserPolicy),
        (Origin::Machine, RegistryPlace::Machine),
    ] {
        assert_eq!(sources.place(origin), Some(PathBuf::from(place.name())));
    }
}

#[test]
fn what_policy_decides_is_not_written() {
    let machine_policy = tree(&[
        ("pins\\weak", text("forbid")),
        ("window\\zoom", RegistryValue::Number(150)),
    ]);
    let user_policy = tree(&[("tray\\autostart", ON)]);
    let (settings, problems, sources, place) =
        load([machine_policy, user_policy, RegistryKey::default()]);
    assert_eq!(problems, []);
    assert_eq!(settings.zoom.value.percent(), 150);
    assert!(settings.autostart.value);
    let file = UserFile::of(&sources).unwrap();
    for change in [
        Change::WeakPins(WeakPins::Warn),
        Change::Zoom(crate::Zoom::LARGEST),
        Change::Autostart(false),
    ] {
        for done in [file.set(&change), file.unset(change.key())] {
            assert!(matches!(done, Err(WriteError::Locked(key)) if key == change.key()));
        }
    }
    assert_eq!(place.user_text(), USER);
    file.set(&Change::Language(Language::Swedish)).unwrap();
    assert!(place.user_text().contains("\"sv\""));
}

#[test]
fn a_policy_that_makes_no_sense_locks_and_is_told() {
    let cases = [
        ("language", text("de"), Key::Language, What::UnknownValue),
        ("language", ON, Key::Language, What::WrongType),
        ("window\\zoom", text("150"), Key::Zoom, What::WrongType),
        (
            "window\\zoom",
            RegistryValue::Number(u64::MAX),
            Key::Zoom,
            What::UnknownValue,
        ),
        (
            "tray\\autostart",
            RegistryValue::Number(2),
            Key::Autostart,
            What::UnknownValue,
        ),
        (
            "tray\\autostart",
            RegistryValue::Unusable,
            Key::Autostart,
            What::WrongType,
        ),
        ("readers\\leave-out\\1", ON, Key::LeftOut, What::WrongType),
        ("contact\\fi", ON, Key::Contact, What::WrongType),
        ("pins", text("forbid"), Key::WeakPins, What::WrongType),
    ];
    for (path, value, key, what) in cases {
        let told = format!("{path}: {value:?}");
        let policy = tree(&[(path, value)]);
        let nothing = RegistryKey::default;
        let (settings, problems, ..) = load([policy, nothing(), nothing()]);
        let [problem] = &problems[..] else {
            panic!("{told}: {problems:?}");
        };
        assert_eq!((problem.key, &problem.what), (Some(key), &what), "{told}");
        let place = RegistryPlace::MachinePolicy.name();
        assert_eq!(problem.file, PathBuf::from(place));
        assert!(settings.is_locked(key), "{told}");
        assert_eq!(
            settings.plain(key),
            Settings::default().plain(key),
            "{told}"
        );
    }
}

#[test]
fn lists_add_up_and_a_policy_keeps_the_persons_out() {
    let list = |name: &str| tree(&[("readers\\leave-out\\1", text(name))]);
    let own = |settings: &Settings| {
        let all = settings
            .left_out
            .value
            .iter()
            .skip(crate::Pattern::BUILT_IN.len());
        all.map(|pattern| pattern.text().to_owned())
            .collect::<Vec<_>>()
    };
    let (settings, ..) = load([list("a"), list("b"), list("c")]);
    assert_eq!(own(&settings), ["a", "b", "c"]);
    assert!(settings.left_out.locked && settings.left_out_by_user.is_empty());
    assert_eq!(settings.left_out.origin, Origin::MachinePolicy);
    let nothing = RegistryKey::default;
    let (settings, ..) = load([nothing(), nothing(), list("c")]);
    assert_eq!(own(&settings), ["c", "mine"]);
    assert_eq!(settings.left_out.origin, Origin::User);
}

#[test]
fn the_contact_comes_whole_from_one_place() {
    let policy = tree(&[("contact\\fi", text("Soita"))]);
    let defaults = tree(&[("contact\\sv", text("Ring"))]);
    let (settings, problems, ..) = load([policy, RegistryKey::default(), defaults]);
    assert_eq!(problems, []);
    let contact = settings.contact;
    assert_eq!(contact.origin, Origin::MachinePolicy);
    assert_eq!(contact.value.line(Language::Swedish), Some("Soita"));
}

#[test]
fn a_value_that_is_no_setting_is_told_with_its_place() {
    let (_, problems, ..) = load([
        RegistryKey::default(),
        tree(&[("window\\colour", ON)]),
        RegistryKey::default(),
    ]);
    let [problem] = &problems[..] else {
        panic!("{problems:?}");
    };
    let unknown = What::UnknownSetting(Name::new("window.colour"));
    assert_eq!((problem.key, &problem.what), (None, &unknown));
    assert_eq!(
        problem.file,
        PathBuf::from(RegistryPlace::UserPolicy.name())
    );
}
