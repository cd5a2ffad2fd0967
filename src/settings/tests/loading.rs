//! Who decides, and what becomes of files that make no sense.

use std::fs;

use siru_text::Language;

use super::{Place, settings};
use crate::{
    Appearance, Contact, Key, LogLevel, Name, Origin, Pattern, Settings, Value, WeakPins, What,
    Zoom,
};

fn value<T>(value: T, origin: Origin, locked: bool) -> Value<T> {
    Value {
        value,
        origin,
        locked,
    }
}

fn texts(patterns: &[Pattern]) -> Vec<&str> {
    patterns.iter().map(Pattern::text).collect()
}

#[test]
fn without_files_the_defaults_hold_and_nothing_is_wrong() {
    let place = Place::new("", "");
    let nowhere = place.folder.path().join("no").join("file");
    let (settings, problems) = Settings::from_files(&nowhere, &nowhere);
    assert_eq!((&settings, problems), (&Settings::default(), vec![]));
    assert_eq!(settings.language, value(None, Origin::Default, false));
    assert_eq!(
        settings.appearance,
        value(Appearance::System, Origin::Default, false)
    );
    assert_eq!(settings.zoom.value.percent(), 100);
    assert_eq!(settings.weak_pins.value, WeakPins::Warn);
    assert!(!settings.autostart.value);
    assert_eq!(texts(&settings.left_out.value), Pattern::BUILT_IN);
    assert_eq!(settings.contact.value, Contact::default());
}

#[test]
fn every_setting_is_read_from_either_file() {
    let file = r#"
        language = "sv"
        window = { appearance = "high-contrast", zoom = 175 }
        [pins]
        weak = "forbid"
        [tray]
        autostart = true
        [readers]
        leave-out = ["*Virtual*"]
    "#;
    for (machine, user, origin) in [(file, "", Origin::Machine), ("", file, Origin::User)] {
        let settings = settings(machine, user);
        assert_eq!(
            settings.language,
            value(Some(Language::Swedish), origin, false)
        );
        assert_eq!(
            settings.appearance,
            value(Appearance::HighContrast, origin, false)
        );
        assert_eq!(settings.zoom, value(Zoom::new(175).unwrap(), origin, false));
        assert_eq!(settings.weak_pins, value(WeakPins::Forbid, origin, false));
        assert_eq!(settings.autostart, value(true, origin, false));
        assert_eq!(settings.left_out.origin, origin);
        assert_eq!(texts(&settings.left_out.value)[3..], ["*Virtual*"]);
    }
}

#[test]
fn what_the_machine_does_not_lock_is_only_a_default() {
    let settings = settings("language = 'fi'\nwindow.zoom = 150", "language = 'en'");
    assert_eq!(
        settings.language,
        value(Some(Language::English), Origin::User, false)
    );
    assert_eq!(
        settings.zoom,
        value(Zoom::new(150).unwrap(), Origin::Machine, false)
    );
}

#[test]
fn what_the_machine_locks_no_person_changes() {
    let locked = r#"locked = ["language", "window.appearance", "window.zoom", "pins.weak",
        "readers.leave-out", "tray.autostart", "contact"]"#;
    let user = r#"
        language = "sv"
        window = { appearance = "dark", zoom = 200 }
        pins.weak = "warn"
        readers.leave-out = ["*"]
        tray.autostart = true
    "#;
    let strict = settings(&format!("{locked}\npins.weak = 'forbid'"), user);
    assert_eq!(
        strict.weak_pins,
        value(WeakPins::Forbid, Origin::Machine, true)
    );
    // A lock without a value keeps the default.
    assert_eq!(strict.language, value(None, Origin::Default, true));
    assert_eq!(
        strict.appearance,
        value(Appearance::System, Origin::Default, true)
    );
    assert_eq!(strict.zoom, value(Zoom::default(), Origin::Default, true));
    assert_eq!(strict.autostart, value(false, Origin::Default, true));
    assert!(strict.left_out.locked);
    assert_eq!(texts(&strict.left_out.value), Pattern::BUILT_IN);
    assert_eq!(strict.left_out_by_user, []);
}

#[test]
fn a_lock_holds_when_the_locked_value_makes_no_sense() {
    let machine = "locked = ['pins.weak']\npins.weak = 'never'";
    let (settings, problems) = Place::new(machine, "pins.weak = 'forbid'").load();
    assert_eq!(
        settings.weak_pins,
        value(WeakPins::Warn, Origin::Default, true)
    );
    let [problem] = &problems[..] else {
        panic!("{problems:?}");
    };
    assert_eq!(
        (problem.key, &problem.what),
        (Some(Key::WeakPins), &What::UnknownValue)
    );
}

#[test]
fn a_person_leaves_out_more_readers_and_never_fewer() {
    let machine = "readers.leave-out = ['Fujitsu*']";
    let settings = settings(machine, "readers.leave-out = ['*[CCID]*', 'x']");
    let all = texts(&settings.left_out.value);
    assert_eq!(all[..3], Pattern::BUILT_IN);
    assert_eq!(all[3..], ["Fujitsu*", "*[CCID]*", "x"]);
    assert_eq!(settings.left_out.origin, Origin::User);
    assert_eq!(texts(&settings.left_out_by_user), ["*[CCID]*", "x"]);
}

#[test]
fn what_is_the_machines_alone_no_person_decides() {
    let text = "browser.register = true\nlog.level = 'debug'\n\
        [pkcs11]\nsignature-slot = true\nlast-try-in-login = true\n";
    let of_machine = settings(text, "");
    assert_eq!(
        of_machine.log_level,
        value(LogLevel::Debug, Origin::Machine, true)
    );
    for switch in [
        &of_machine.browser_register,
        &of_machine.signature_slot,
        &of_machine.last_try_in_login,
    ] {
        assert_eq!(*switch, value(true, Origin::Machine, true));
    }
    let (of_person, problems) = Place::new("", text).load();
    assert_eq!(of_person, Settings::default());
    let told: Vec<_> = problems
        .iter()
        .map(|problem| (problem.key.unwrap(), problem.what.clone()))
        .collect();
    let expected = [
        Key::BrowserRegister,
        Key::SignatureSlot,
        Key::LastTryInLogin,
        Key::LogLevel,
    ];
    assert_eq!(told, expected.map(|key| (key, What::MachineOnly)));
}

#[test]
fn a_name_that_is_no_setting_is_told_and_everything_else_holds() {
    let text = "langauge = 'fi'\nlanguage = 'sv'\n[window]\ncolour = 1\nzoom = 150\n\
        [contact]\nde = 'x'\n[windows]\nzoom = 200\n[pins]\n";
    let (settings, problems) = Place::new(text, "").load();
    assert_eq!(settings.language.value, Some(Language::Swedish));
    assert_eq!(settings.zoom.value.percent(), 150);
    let told: Vec<_> = problems
        .iter()
        .map(|problem| problem.what.clone())
        .collect();
    let names = ["langauge", "window.colour", "contact.de", "windows"];
    assert_eq!(
        told,
        names.map(|name| What::UnknownSetting(Name::new(name)))
    );
}

#[test]
fn a_name_is_shown_without_tricks() {
    assert_eq!(Name::new("a\u{1b}[31mb").to_string(), "a[31mb");
    assert_eq!(Name::new(&"x".repeat(1000)).to_string().len(), 50);
}

#[test]
fn the_contact_is_the_machines_alone() {
    let contact = "[contact]\nfi = ' Soita 123 '\nen = ''\n";
    let settings = settings(contact, "");
    let of_machine = &settings.contact;
    assert_eq!(
        (of_machine.origin, of_machine.locked),
        (Origin::Machine, true)
    );
    assert_eq!(of_machine.value.finnish.as_deref(), Some("Soita 123"));
    // Another language's line is better than none.
    for language in Language::ALL {
        assert_eq!(of_machine.value.line(language), Some("Soita 123"));
    }

    let (settings, problems) = Place::new("", contact).load();
    assert_eq!(settings.contact.value, Contact::default());
    let whats: Vec<_> = problems.iter().map(|problem| &problem.what).collect();
    assert_eq!(whats, [&What::MachineOnly]);
    let (_, problems) = Place::new("", "locked = ['language']").load();
    assert_eq!(problems[0].what, What::MachineOnly);
}

#[test]
fn values_that_make_no_sense_are_reported_and_the_rest_holds() {
    let too_long = format!("contact.sv = '{}'", "a".repeat(201));
    let cases = [
        ("language = 'de'", Some(Key::Language), What::UnknownValue),
        ("language = 1", Some(Key::Language), What::WrongType),
        ("window = 3", Some(Key::Appearance), What::WrongType),
        (
            "window.appearance = 'Dark'",
            Some(Key::Appearance),
            What::UnknownValue,
        ),
        ("window.zoom = 99", Some(Key::Zoom), What::UnknownValue),
        ("window.zoom = 201", Some(Key::Zoom), What::UnknownValue),
        ("window.zoom = -150", Some(Key::Zoom), What::UnknownValue),
        (
            "window.zoom = 9223372036854775807",
            Some(Key::Zoom),
            What::UnknownValue,
        ),
        ("window.zoom = '150'", Some(Key::Zoom), What::WrongType),
        (
            "readers.leave-out = 'a'",
            Some(Key::LeftOut),
            What::WrongType,
        ),
        (
            "readers.leave-out = [1]",
            Some(Key::LeftOut),
            What::WrongType,
        ),
        (
            "readers.leave-out = ['']",
            Some(Key::LeftOut),
            What::UnknownValue,
        ),
        ("pins.weak = true", Some(Key::WeakPins), What::WrongType),
        (
            "tray.autostart = 'yes'",
            Some(Key::Autostart),
            What::WrongType,
        ),
        ("contact = 'me'", Some(Key::Contact), What::WrongType),
        ("contact.fi = 3", Some(Key::Contact), What::WrongType),
        (
            "contact.fi = \"two\\nlines\"",
            Some(Key::Contact),
            What::UnknownValue,
        ),
        (&too_long, Some(Key::Contact), What::UnknownValue),
        (
            "browser.register = 1",
            Some(Key::BrowserRegister),
            What::WrongType,
        ),
        (
            "log.level = 'trace'",
            Some(Key::LogLevel),
            What::UnknownValue,
        ),
        ("log = 'debug'", Some(Key::LogLevel), What::WrongType),
        (
            "pkcs11.signature-slot = 'true'",
            Some(Key::SignatureSlot),
            What::WrongType,
        ),
        ("locked = 'language'", None, What::WrongType),
        ("locked = [1]", None, What::WrongType),
        ("locked = ['langauge']", None, What::UnknownLock),
        ("language = 'fi", None, What::Malformed),
    ];
    for (text, key, what) in cases {
        let place = Place::new(text, "pins.weak = 'forbid'");
        let (settings, problems) = place.load();
        assert_eq!(settings.weak_pins.value, WeakPins::Forbid, "{text}");
        let found = problems
            .iter()
            .find(|problem| problem.key == key && problem.what == what);
        let found = found.unwrap_or_else(|| panic!("{text}: {problems:?}"));
        assert_eq!(found.file, place.machine());
        assert_eq!(settings.language.value, None, "{text}");
        assert_eq!(settings.zoom.value.percent(), 100, "{text}");
    }
}

#[test]
fn files_that_are_none_are_reported() {
    let place = Place::new("", "");
    let problem = |place: &Place| {
        let (settings, problems) = place.load();
        assert_eq!(settings, Settings::default());
        let [problem] = &problems[..] else {
            panic!("{problems:?}");
        };
        assert_eq!((problem.key, &problem.file), (None, &place.user()));
        problem.what.clone()
    };
    fs::write(place.user(), b"language = 'f\xff'").unwrap();
    assert_eq!(problem(&place), What::NotText);
    let comment = format!("#{}\n", "x".repeat(64 * 1024));
    fs::write(place.user(), comment).unwrap();
    assert_eq!(problem(&place), What::TooLong);
    fs::remove_file(place.user()).unwrap();
    fs::create_dir(place.user()).unwrap();
    assert_eq!(problem(&place), What::NotAFile);
}

#[cfg(unix)]
#[test]
fn a_link_to_itself_is_reported_and_not_followed_for_ever() {
    use std::io::ErrorKind;

    let place = Place::new("", "");
    fs::remove_file(place.user()).unwrap();
    std::os::unix::fs::symlink(place.user(), place.user()).unwrap();
    let (_, problems) = place.load();
    assert!(
        matches!(problems[0].what, What::Unreadable(kind) if kind != ErrorKind::NotFound),
        "{problems:?}"
    );
}

#[test]
fn a_file_of_the_longest_length_is_read() {
    let mut text = String::from("language = 'fi'\n#");
    text.push_str(&"x".repeat(64 * 1024 - text.len()));
    assert_eq!(settings("", &text).language.value, Some(Language::Finnish));
}

#[test]
fn every_name_of_a_setting_is_its_own() {
    for key in Key::ALL {
        assert_eq!(Key::from_name(key.name()), Some(key));
    }
    assert_eq!(Key::from_name("window"), None);
}
