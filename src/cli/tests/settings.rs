//! Whether the settings decide what is forbidden, and in which language that is said.

use siru_settings::Settings;

use super::*;
use crate::start::forbids_weak_pins;
use crate::words::Words;

/// The settings of a machine and a person whose files say this.
fn settings(machine: &str, user: &str) -> Settings {
    let folder = tempfile::tempdir().unwrap();
    let (of_machine, of_user) = (folder.path().join("machine"), folder.path().join("user"));
    std::fs::write(&of_machine, machine).unwrap();
    std::fs::write(&of_user, user).unwrap();
    let (settings, problems) = Settings::from_files(&of_machine, &of_user);
    assert_eq!(problems, []);
    settings
}

const FORBID: &str = "[pins]\nweak = \"forbid\"\n";
const WARN: &str = "[pins]\nweak = \"warn\"\n";

#[test]
fn a_new_pin_that_is_easy_to_guess_is_refused_where_the_settings_forbid_it() {
    let locked = format!("locked = [\"pins.weak\"]\n{FORBID}");
    for (machine, user, refused) in [
        ("", "", false),
        (FORBID, "", true),
        ("", FORBID, true),
        (FORBID, WARN, false),
        (&locked, WARN, true),
        ("locked = [\"pins.weak\"]\n", FORBID, false),
    ] {
        for (image, line, input) in [
            ("v4", "change --pin 1", "1234\n1111\n"),
            ("v4", "unlock --pin 2", "12345678\n246802\n"),
            ("v4-fresh", "activate", "1234567\n4711\n111111\n"),
        ] {
            let mut desk = Desk::with(&[image]);
            desk.forbids_weak_pins = forbids_weak_pins(&settings(machine, user));
            let before = desk.counters(1);
            let ended = desk.piped(&format!("{line} --pin-file -"), input);
            let (exit, sentence) = if refused {
                (Exit::Refused, "The rules of this computer")
            } else {
                (Exit::Done, "easy to guess")
            };
            let told = format!("{machine:?} {user:?} {line}: {}", ended.remark);
            assert_eq!(ended.exit, exit, "{told}");
            assert!(ended.remark.contains(sentence), "{told}");
            if refused {
                assert_eq!(desk.counters(1), before, "{told}");
            }
        }
    }
}

#[test]
fn the_language_of_the_settings_is_spoken_unless_the_command_line_names_another() {
    let settings = settings("language = \"fi\"\n", "language = \"sv\"\n");
    for (line, language) in [
        ("list", Language::Swedish),
        ("--lang fi list", Language::Finnish),
        ("--lang=en list", Language::English),
    ] {
        let (words, _) = parse(&arguments(line), settings.spoken());
        let expected = Words::new(language).exit(Exit::Wrong);
        assert_eq!(words.exit(Exit::Wrong), expected, "{line}");
    }
}
