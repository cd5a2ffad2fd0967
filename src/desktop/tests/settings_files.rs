//! Files of settings that cannot be used or written: told in words, and nothing else is lost.

use std::fs;
use std::io;

use egui::accesskit::Role;
use siru_settings::autostart::AutostartError;
use siru_settings::{Settings, WriteError};
use siru_text::Language;

use super::settings::{
    Place, control, has_card, is_chosen, is_disabled, open, press, says, wait_for,
};
use crate::model::{Message, Tab};
use crate::store::SaveError;

const RADIO: Role = Role::RadioButton;

/// A way to spoil a file, and the words for it.
type Case = (&'static [u8], &'static str);

const UNUSABLE: &[Case] = &[
    (b"= =", "the file is not TOML"),
    (b"language = \"\xFF\"", "the file is not TOML"),
];

const VALUES: &[Case] = &[
    (b"language = 1", "language: there is no such value"),
    (b"language = \"de\"", "language: there is no such value"),
    (
        b"[window]\nzoom = 99",
        "window.zoom: there is no such value",
    ),
    (
        b"[window]\nappearance = \"pink\"",
        "window.appearance: there is no such value",
    ),
    (b"window = 7", "window.zoom: there is no such value"),
    (b"[pins]\nweak = true", "pins.weak: there is no such value"),
    (
        b"[readers]\nleave-out = [\"\"]",
        "readers.leave-out: there is no such value",
    ),
    (
        b"[tray]\nautostart = \"yes\"",
        "tray.autostart: there is no such value",
    ),
];

/// The window tells what is wrong, and works as if nothing had been decided.
fn assert_told(place: &Place, words: &str) {
    let (settings, problems) = place.store().read();
    assert!(!problems.is_empty(), "{words}");
    let mut window = place.window_in(Some(Language::English));
    control(&window, Role::Heading, "Some settings cannot be used");
    assert!(says(&window, words), "{words}: {problems:?}");
    let mut expected = Settings::defaults();
    expected.language = settings.language.clone();
    expected.contact = settings.contact.clone();
    assert_eq!(settings, expected, "{words}");
    wait_for(&mut window, has_card);
    open(&mut window, Tab::Identification);
    assert!(says(&window, "ÅSTRÖM"), "{words}");
    // Nowhere else is a person kept from their work by it.
    assert!(!says(&window, words), "{words}");
}

#[test]
fn whatever_is_wrong_in_a_file_is_told_and_counts_as_not_set() {
    for (text, words) in UNUSABLE.iter().chain(VALUES) {
        for by_machine in [true, false] {
            let place = Place::new("", "", &["v4"]);
            let file = if by_machine {
                place.machine()
            } else {
                place.user()
            };
            fs::write(&file, text).unwrap();
            let name = file.file_name().unwrap().to_str().unwrap();
            assert_told(&place, &format!("{name}: {words}"));
        }
    }
    for (machine, user, words) in [
        (
            "locked = [\"colour\"]\n",
            "",
            "machine.toml: there is no such setting",
        ),
        (
            "",
            "locked = [\"language\"]\n",
            "user.toml: only the settings of the computer",
        ),
        (
            "",
            "[contact]\nen = \"me\"\n",
            "user.toml: contact: only the settings of the computer",
        ),
        (
            "[contact]\nen = 7\n",
            "",
            "machine.toml: contact: there is no such value",
        ),
    ] {
        assert_told(&Place::new(machine, user, &["v4"]), words);
    }
}

#[test]
fn what_is_no_file_is_told_too() {
    for name in ["machine", "user"] {
        let place = Place::new("", "", &["v4"]);
        let file = if name == "machine" {
            place.machine()
        } else {
            place.user()
        };
        fs::write(&file, "#".repeat(64 * 1024 + 1)).unwrap();
        assert_told(&place, &format!("{name}.toml: the file is too long"));
        fs::remove_file(&file).unwrap();
        fs::create_dir(&file).unwrap();
        assert_told(&place, &format!("{name}.toml: the file cannot be read"));
        fs::remove_dir(&file).unwrap();
        std::os::unix::fs::symlink(&file, &file).unwrap();
        assert_told(&place, &format!("{name}.toml: the file cannot be read"));
    }
}

#[test]
fn a_file_that_cannot_be_written_is_told_and_the_setting_stays() {
    let machine = "language = \"en\"\n[window]\nappearance = \"light\"\n";
    let place = Place::new(machine, "", &["v4"]);
    for (spoil, words) in [
        (
            Spoil::Malformed,
            "The file with your settings cannot be used: the file is not TOML",
        ),
        (Spoil::Loop, "the file cannot be read"),
        (
            Spoil::Unwritable,
            "The file with your settings cannot be written.",
        ),
    ] {
        let mut window = place.window();
        spoil.carry_out(&place);
        for (name, before) in [("Dark", "Light"), ("150 %", "100 %")] {
            let drawn = window.state().palette;
            press(&mut window, RADIO, name);
            control(&window, Role::Heading, "The setting was not changed");
            assert!(says(&window, words), "{words}");
            assert!(!is_chosen(&window, RADIO, name), "{name}");
            assert!(is_chosen(&window, RADIO, before), "{name}");
            assert_eq!(window.state().palette, drawn, "{name}");
            assert_eq!(window.ctx.zoom_factor(), 1.0, "{name}");
        }
        // As soon as it can be written nothing more is said.
        spoil.take_back(&place);
        press(&mut window, RADIO, "Dark");
        assert!(!says(&window, "The setting was not changed"));
        assert!(is_chosen(&window, RADIO, "Dark"));
        fs::write(place.user(), "").unwrap();
    }
}

#[test]
fn a_lock_that_comes_while_the_window_is_open_holds_from_the_next_choice_on() {
    let place = Place::new("language = \"en\"\n", "", &["v4"]);
    let mut window = place.window();
    assert!(!is_disabled(&window, RADIO, "Dark"));
    let locked = "locked = [\"window.appearance\"]\nlanguage = \"en\"\n";
    fs::write(place.machine(), locked).unwrap();
    press(&mut window, RADIO, "Dark");
    control(&window, Role::Heading, "The setting was not changed");
    assert!(says(&window, "Set by your organisation"));
    for (name, chosen) in [("Dark", false), ("Follow the system", true)] {
        assert!(is_disabled(&window, RADIO, name), "{name}");
        assert_eq!(is_chosen(&window, RADIO, name), chosen, "{name}");
    }
    assert_eq!(place.written(), "");
}

/// How the file of a person is kept from being written.
#[derive(Clone, Copy)]
enum Spoil {
    Malformed,
    Loop,
    Unwritable,
}

impl Spoil {
    fn carry_out(self, place: &Place) {
        fs::remove_file(place.user()).unwrap();
        let folder = place.user().parent().unwrap().to_owned();
        match self {
            Self::Malformed => fs::write(place.user(), "= =").unwrap(),
            Self::Loop => std::os::unix::fs::symlink(place.user(), place.user()).unwrap(),
            // The administrator, who may do anything, cannot make a folder there either.
            Self::Unwritable => {
                fs::remove_dir(&folder).unwrap();
                fs::write(&folder, "").unwrap();
            }
        }
    }

    fn take_back(self, place: &Place) {
        let _file = fs::remove_file(place.user());
        let _folder = fs::remove_file(place.user().parent().unwrap());
    }
}

#[test]
fn every_reason_why_a_setting_was_not_changed_has_words_in_every_language() {
    let errors: [fn() -> SaveError; 7] = [
        || WriteError::Locked(siru_settings::Key::Zoom).into(),
        || WriteError::NoFolder.into(),
        || WriteError::Io(io::ErrorKind::StorageFull.into()).into(),
        || AutostartError::NoProgram.into(),
        || AutostartError::Unwritable.into(),
        || AutostartError::OtherSystem.into(),
        || AutostartError::Io(io::ErrorKind::PermissionDenied.into()).into(),
    ];
    for language in Language::ALL {
        let user = format!("language = \"{}\"\n", language.tag());
        let place = Place::new("", &user, &["v4"]);
        let mut window = place.window();
        for error in errors {
            let (settings, problems) = place.store().read();
            let told = window.state().speech().unsaved(&error());
            window.state_mut().app.apply(Message::Settings {
                settings: Box::new(settings),
                problems,
                unsaved: Some(error()),
            });
            window.run();
            control(&window, Role::Heading, &told.headline);
            for words in &told.detail {
                assert!(says(&window, words), "{language:?}: {words}");
            }
        }
    }
}
