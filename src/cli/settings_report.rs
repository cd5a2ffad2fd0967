//! `siru config show --json`, an interface: version 1. What was not decided and has no default is `null`.

use std::collections::BTreeMap;

use serde::Serialize;
use siru_settings::{Key, Origin, Plain, Problem, What};

use crate::command::Decided;

/// Every setting, and what is wrong with any.
#[derive(Debug, Serialize)]
pub(crate) struct SettingsReport {
    version: u8,
    settings: Vec<Setting>,
    problems: Vec<Wrong>,
}

#[derive(Debug, Serialize)]
struct Setting {
    name: &'static str,
    value: Shape,
    origin: &'static str,
    /// The file or the key of the registry behind the origin.
    place: Option<String>,
    locked: bool,
}

#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Shape {
    Nothing(()),
    Word(&'static str),
    Switch(bool),
    Number(u8),
    List(Vec<String>),
    Lines(BTreeMap<&'static str, String>),
}

#[derive(Debug, Serialize)]
struct Wrong {
    place: String,
    /// The setting, if it is about one.
    name: Option<String>,
    reason: &'static str,
}

impl SettingsReport {
    /// Of what was decided.
    pub fn of(decided: &Decided) -> Self {
        Self {
            version: 1,
            settings: Key::ALL.map(|key| setting(decided, key)).into(),
            problems: decided.problems.iter().map(wrong).collect(),
        }
    }
}

fn setting(decided: &Decided, key: Key) -> Setting {
    let origin = decided.settings.origin(key);
    let place = decided.sources.place(origin);
    Setting {
        name: key.name(),
        value: match decided.settings.plain(key) {
            Plain::Nothing => Shape::Nothing(()),
            Plain::Word(word) => Shape::Word(word),
            Plain::Switch(on) => Shape::Switch(on),
            Plain::Number(number) => Shape::Number(number),
            Plain::List(all) => Shape::List(all),
            Plain::Lines(lines) => Shape::Lines(lines.into_iter().collect()),
        },
        origin: origin_name(origin),
        place: place.map(|place| place.display().to_string()),
        locked: decided.settings.is_locked(key),
    }
}

/// The name of an origin in the interface.
const fn origin_name(origin: Origin) -> &'static str {
    match origin {
        Origin::Default => "default",
        Origin::Machine => "machine",
        Origin::User => "user",
        Origin::UserPolicy => "user-policy",
        Origin::MachinePolicy => "machine-policy",
    }
}

fn wrong(problem: &Problem) -> Wrong {
    let name = match &problem.what {
        What::UnknownSetting(name) => Some(name.to_string()),
        _ => problem.key.map(|key| key.name().to_owned()),
    };
    Wrong {
        place: problem.file.display().to_string(),
        name,
        reason: match problem.what {
            What::Unreadable(_) => "unreadable",
            What::NotAFile => "not-a-file",
            What::TooLong => "too-long",
            What::NotText => "not-text",
            What::Malformed => "malformed",
            What::WrongType => "wrong-type",
            What::UnknownValue => "unknown-value",
            What::UnknownLock => "unknown-lock",
            What::UnknownSetting(_) => "unknown-setting",
            What::MachineOnly => "machine-only",
        },
    }
}
