//! The manual page says what `--help` says: every command, option and exit code, and no other.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::args::command_line;
use crate::exit::Exit;
use crate::registrations;
use crate::words::Words;
use siru_browser::{ReadError, Sandbox, State};
use siru_settings::{Key, Kind, Origin, Settings, Sources, WeakPins};
use siru_text::Language;

/// A page by its path below `packaging/man`.
fn page_at(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packaging/man");
    std::fs::read_to_string(folder.join(name))
        .unwrap()
        .replace("\\-", "-")
}

fn page() -> String {
    page_at("siru.1")
}

fn options(command: &clap::Command, found: &mut BTreeSet<String>) {
    let long = command.get_arguments().filter_map(clap::Arg::get_long);
    found.extend(long.map(|name| format!("--{name}")));
    for inner in command.get_subcommands() {
        options(inner, found);
    }
}

/// The page of the command in each language.
const PAGES: [(Language, &str); 3] = [
    (Language::English, "siru.1"),
    (Language::Finnish, "fi/siru.1"),
    (Language::Swedish, "sv/siru.1"),
];

#[test]
fn the_manual_has_the_same_options_as_the_help() {
    let mut in_help = BTreeSet::new();
    options(&command_line(&Words::new(Language::English)), &mut in_help);
    for (_, name) in PAGES {
        let page = page_at(name);
        let words = page.split(|letter: char| !(letter.is_ascii_lowercase() || letter == '-'));
        let in_page: BTreeSet<String> = words
            .filter(|word| word.starts_with("--") && word.len() > 2)
            .map(str::to_owned)
            .collect();
        assert_eq!(in_help, in_page, "{name}");
    }
}

#[test]
fn the_manual_has_every_command() {
    for (_, name) in PAGES {
        let page = page_at(name);
        for command in command_line(&Words::new(Language::English)).get_subcommands() {
            let command_name = command.get_name();
            assert!(page.contains(&format!("\n.B {command_name}")), "{name}");
            for inner in command.get_subcommands() {
                let entry = format!("\n.B {command_name} {}\n", inner.get_name());
                assert!(page.contains(&entry), "{name}: {entry}");
            }
        }
    }
}

#[test]
fn the_manual_has_the_exit_codes_word_for_word() {
    for (language, name) in PAGES {
        let (page, words) = (page_at(name), Words::new(language));
        for exit in Exit::ALL {
            let entry = format!(".B {}\n{}\n", exit.code(), words.exit(exit));
            assert!(page.contains(&entry), "{name}: {entry}");
        }
    }
}

/// The page of the settings, and what its section about each of them is called, in each language.
const SETTINGS: [(&str, &str); 3] = [
    ("siru-config.5", "SETTINGS"),
    ("fi/siru-config.5", "ASETUKSET"),
    ("sv/siru-config.5", "INSTÄLLNINGAR"),
];

#[test]
fn the_manual_has_every_setting_in_every_language() {
    for (name, title) in SETTINGS {
        let page = page_at(name);
        let (_, settings) = page.split_once(&format!("\n.SH {title}\n")).unwrap();
        let (settings, _) = settings.split_once("\n.SH ").unwrap();
        let in_page: Vec<&str> = settings
            .split("\n.TP\n.B ")
            .skip(1)
            .map(|entry| entry.lines().next().unwrap())
            .collect();
        assert_eq!(in_page, Key::ALL.map(Key::name), "{name}");
    }
}

#[test]
fn the_manual_has_every_place_of_the_registry_and_what_stands_there() {
    let sources = Sources::in_registry(Default::default(), "config.toml");
    for (name, _) in SETTINGS {
        let page = page_at(name).replace("\\e", "\\");
        for origin in [Origin::MachinePolicy, Origin::UserPolicy, Origin::Machine] {
            let place = sources.place(origin).unwrap();
            let entry = format!("\n.TP\n.I {}\n", place.display());
            assert!(page.contains(&entry), "{name}: {entry}");
        }
        let entry = |kind: &str| {
            let (_, entry) = page.split_once(&format!("\n.TP\n.B {kind}\n")).unwrap();
            let end = entry.find("\n.TP\n").or_else(|| entry.find("\n.PP\n"));
            entry[..end.unwrap()].to_owned()
        };
        let (words, numbers, lists) = (entry("REG_SZ"), entry("REG_DWORD"), entry("REG_MULTI_SZ"));
        for key in Key::ALL {
            let named = [&words, &numbers, &lists].map(|entry| entry.contains(key.name()));
            let expected = match key.kind() {
                Kind::Word => [true, false, false],
                Kind::Switch | Kind::Number => [false, true, false],
                Kind::List => [false, false, true],
                Kind::Lines => [false; 3],
            };
            assert_eq!(named, expected, "{name}: {}", key.name());
        }
    }
}

#[test]
fn the_settings_of_the_manual_can_be_used() {
    for (name, _) in SETTINGS {
        let page = page_at(name);
        let (_, example) = page.split_once("\n.nf\nlocked").unwrap();
        let (example, _) = example.split_once("\n.fi").unwrap();
        let folder = tempfile::tempdir().unwrap();
        let machine = folder.path().join("config.toml");
        std::fs::write(&machine, format!("locked{example}")).unwrap();
        let (settings, problems) = Settings::from_files(&machine, &folder.path().join("none"));
        assert!(problems.is_empty(), "{name}: {problems:?}");
        assert_eq!(settings.weak_pins.value, WeakPins::Forbid);
        assert!(settings.autostart.value && settings.is_locked(Key::Autostart));
        assert!(settings.contact.value.finnish.is_some());
        assert!(settings.browser_register.value);
    }
}

#[test]
fn the_help_has_the_exit_codes_in_every_language() {
    for language in Language::ALL {
        let words = Words::new(language);
        let help = command_line(&words).render_help().to_string();
        for exit in Exit::ALL {
            assert!(help.contains(&words.exit(exit)), "{language:?}: {exit:?}");
        }
    }
}

#[test]
fn the_manual_has_every_state_of_a_registration_and_no_other() {
    let page = page();
    let (_, list) = page.split_once("\"state\": \"registered").unwrap();
    let (list, _) = list.split_once('"').unwrap();
    let in_page: BTreeSet<&str> = list.split('|').map(str::trim).skip(1).collect();
    let path = PathBuf::from("/old/libsiru_pkcs11.so");
    let in_json = [
        State::Outdated { path },
        State::Twice,
        State::ForEveryone,
        State::ByPolicy,
        State::ThroughP11Kit,
        State::ThroughWindows,
        State::NoMinidriver,
        State::Limited,
        State::NotRegistered,
        State::NoProfile,
        State::Ignored,
        State::Unreachable(Sandbox::Snap),
        State::Unreadable(ReadError::NotText),
        State::NotInstalled,
    ];
    assert_eq!(in_page, in_json.iter().map(registrations::state).collect());
}
