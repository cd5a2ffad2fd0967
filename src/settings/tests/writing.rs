//! What is written, and what is left alone.

use std::fs;

use siru_text::Language;

use super::Place;
use crate::{Appearance, Change, Key, Origin, Pattern, WeakPins, What, WriteError, Zoom};

const TEXT: &str = r#"# mine
language = "fi"   # suomeksi

[pkcs11]
signature-slot = true

[window]
# for the evening
zoom = 150 # large
theme = "old key"
"#;

fn every_change() -> [Change; 6] {
    [
        Change::Language(Language::Swedish),
        Change::Appearance(Appearance::HighContrast),
        Change::Zoom(Zoom::LARGEST),
        Change::LeftOut(vec![Pattern::new("\"quoted\" \\ name*").unwrap()]),
        Change::WeakPins(WeakPins::Forbid),
        Change::Autostart(true),
    ]
}

#[test]
fn comments_order_and_keys_of_others_stay() {
    let place = Place::new("", TEXT);
    let file = place.user_file();
    file.set(&Change::Language(Language::English)).unwrap();
    file.set(&Change::Zoom(Zoom::new(125).unwrap())).unwrap();
    file.set(&Change::Appearance(Appearance::Dark)).unwrap();
    file.set(&Change::Autostart(true)).unwrap();
    let expected = TEXT
        .replace("\"fi\"", "\"en\"")
        .replace("150", "125")
        .replace("\"old key\"\n", "\"old key\"\nappearance = \"dark\"\n")
        + "\n[tray]\nautostart = true\n";
    assert_eq!(place.user_text(), expected);
}

#[test]
fn every_value_comes_back_as_it_was_written() {
    for before in [
        "",
        TEXT,
        "window = 'dark'\npins = {}\nreaders.leave-out = []",
    ] {
        let place = Place::new("", before);
        for change in every_change() {
            place.user_file().set(&change).unwrap();
        }
        let (settings, problems) = place.load();
        // What was wrong before stays as it was.
        let (mut left, expected) = (problems.iter(), before == TEXT);
        let is_old = |what: &What| matches!(what, What::UnknownSetting(_) | What::MachineOnly);
        assert!(left.all(|problem| is_old(&problem.what)), "{problems:?}");
        assert_eq!(!problems.is_empty(), expected, "{}", place.user_text());
        assert_eq!(settings.language.value, Some(Language::Swedish));
        assert_eq!(settings.appearance.value, Appearance::HighContrast);
        assert_eq!(settings.zoom.value, Zoom::LARGEST);
        assert_eq!(
            settings.left_out_by_user,
            [Pattern::new("\"quoted\" \\ name*").unwrap()]
        );
        assert_eq!(settings.weak_pins.value, WeakPins::Forbid);
        assert!(settings.autostart.value);

        for change in every_change() {
            place.user_file().unset(change.key()).unwrap();
        }
        let (settings, _) = place.load();
        assert_eq!(settings.appearance.origin, Origin::Default);
        assert_eq!(settings.language.origin, Origin::Default);
        assert_eq!(settings.left_out_by_user, []);
        assert_eq!(
            place.user_text().contains("signature-slot = true"),
            before == TEXT
        );
    }
}

#[test]
fn a_locked_value_is_not_written() {
    for change in every_change() {
        let locked = format!("locked = ['{}']", change.key().name());
        let place = Place::new(&locked, TEXT);
        for done in [
            place.user_file().set(&change),
            place.user_file().unset(change.key()),
        ] {
            assert!(matches!(done, Err(WriteError::Locked(key)) if key == change.key()));
        }
        assert_eq!(place.user_text(), TEXT);
    }
    let place = Place::new("", TEXT);
    let done = place.user_file().unset(Key::Contact);
    assert!(matches!(done, Err(WriteError::Locked(Key::Contact))));
}

#[test]
fn a_file_that_cannot_be_used_is_not_written_over() {
    for (text, why) in [
        ("language = 'fi", What::Malformed),
        (&format!("#{}", "x".repeat(64 * 1024)), What::TooLong),
    ] {
        let place = Place::new("", text);
        let done = place.user_file().set(&Change::Autostart(true));
        assert!(matches!(done, Err(WriteError::Unusable(what)) if what == why));
        assert_eq!(place.user_text(), text);
    }
    // Nor is it made longer than what would be read again.
    let full = format!("#{}", "x".repeat(64 * 1024 - 2));
    let place = Place::new("", &full);
    let done = place.user_file().set(&Change::Autostart(true));
    assert!(matches!(done, Err(WriteError::Unusable(What::TooLong))));
    assert_eq!(place.user_text(), full);
}

#[test]
fn a_file_that_is_not_there_is_made_with_its_folders() {
    let place = Place::new("", "");
    let path = place.folder.path().join("a").join("b").join("config.toml");
    let file = crate::UserFile::at(&path, place.machine());
    file.unset(Key::Zoom).unwrap();
    assert!(!path.exists(), "nothing was decided");
    file.set(&Change::Zoom(Zoom::LARGEST)).unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap(), "[window]\nzoom = 200\n");
    let names: Vec<_> = fs::read_dir(path.parent().unwrap()).unwrap().collect();
    assert_eq!(names.len(), 1, "{names:?}");
}

#[cfg(unix)]
#[test]
fn the_file_is_its_owners_and_a_link_stays_one() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let place = Place::new("", "");
    let real = place.folder.path().join("real.toml");
    fs::rename(place.user(), &real).unwrap();
    symlink(&real, place.user()).unwrap();
    place.user_file().set(&Change::Autostart(true)).unwrap();
    assert!(place.user().is_symlink());
    assert!(fs::read_to_string(&real).unwrap().contains("autostart"));
    let mode = fs::metadata(&real).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}
