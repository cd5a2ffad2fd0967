//! How people are told what is wrong.

use std::collections::{BTreeMap, BTreeSet};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use siru_policy::registry::RegistryPlace;
use siru_text::Language;

use crate::{Key, Name, Problem, What, Words};

fn problem(file: &str, key: Option<Key>, what: What) -> Problem {
    Problem {
        file: PathBuf::from(file),
        key,
        what,
    }
}

#[test]
fn a_wrong_value_is_told_with_those_there_are() {
    let mut words = Words::new(Language::English);
    let file = "/etc/siru/config.toml";
    let told = |key, what| words.problem(&problem(file, Some(key), what));
    assert_eq!(
        told(Key::LogLevel, What::UnknownValue),
        "/etc/siru/config.toml: log.level: there is no such value; it can be: \
         off, error, warn, info, debug"
    );
    assert!(told(Key::Zoom, What::WrongType).ends_with("it can be: 100–200"));
    assert!(told(Key::Autostart, What::WrongType).ends_with("it can be: true, false"));
    assert!(told(Key::LeftOut, What::WrongType).ends_with("there is no such value"));
    let place = RegistryPlace::MachinePolicy.name();
    let in_registry = problem(place, Some(Key::Autostart), What::UnknownValue);
    let said = words.problem(&in_registry);
    assert!(said.ends_with("0, 1 (REG_DWORD)"), "{said}");
    words.set_language(Language::Finnish);
    let unknown = problem(file, None, What::UnknownSetting(Name::new("x")));
    assert_eq!(
        words.problem(&unknown),
        "/etc/siru/config.toml: asetusta x ei ole"
    );
}

#[test]
fn everything_that_can_be_wrong_is_said_in_every_language() {
    let all = [
        What::Unreadable(ErrorKind::PermissionDenied),
        What::TooLong,
        What::Malformed,
        What::UnknownValue,
        What::UnknownLock,
        What::UnknownSetting(Name::new("x")),
        What::MachineOnly,
    ];
    let mut said = BTreeSet::new();
    for language in Language::ALL {
        let words = Words::new(language);
        said.extend(all.iter().map(|what| words.what(what)));
    }
    assert_eq!(said.len(), 3 * all.len());
}

#[test]
fn the_three_files_hold_the_same_messages_with_the_same_variables() {
    let messages = |language: &str| -> BTreeMap<String, Vec<String>> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets/i18n");
        let path = folder.join(language).join("siru_settings.ftl");
        let text = std::fs::read_to_string(path).unwrap();
        let lines = text.lines().filter_map(|line| line.split_once(" = "));
        lines
            .map(|(name, value)| {
                let variables = value.split("{ $").skip(1);
                let variables = variables.map(|rest| rest.split(' ').next().unwrap().to_owned());
                (name.to_owned(), variables.collect())
            })
            .collect()
    };
    let english = messages("en");
    assert_eq!(english.len(), 8);
    for language in ["fi", "sv"] {
        assert_eq!(english, messages(language), "{language}");
    }
}
