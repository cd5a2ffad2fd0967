//! What is wrong with settings, in the words of people: for the window and the command line alike.

use i18n_embed_fl::fl;
use rust_embed::RustEmbed;
use siru_policy::registry::RegistryPlace;
use siru_policy::{Key, Kind, LogLevel};
use siru_text::{Catalogue, Language};

use crate::kinds::{Appearance, WeakPins, Zoom};
use crate::problem::{Problem, What};

#[derive(RustEmbed)]
#[folder = "../../assets/i18n"]
#[include = "*/siru_settings.ftl"]
struct Sentences;

/// The words, in one language at a time.
pub struct Words {
    own: Catalogue,
}

impl Words {
    /// The words in `language`.
    pub fn new(language: Language) -> Self {
        Self {
            own: Catalogue::new("siru_settings", &Sentences, language),
        }
    }

    /// Switches to another language, at once.
    pub fn set_language(&mut self, language: Language) {
        self.own.set_language(language);
    }

    /// What is wrong, in one line with the place and the setting.
    pub fn problem(&self, problem: &Problem) -> String {
        let place = problem.file.display();
        let Some(key) = problem.key else {
            return format!("{place}: {}", self.what(&problem.what));
        };
        let in_registry = RegistryPlace::ALL
            .iter()
            .any(|one| problem.file.as_os_str() == one.name());
        let what = match (&problem.what, values(key, in_registry)) {
            (What::WrongType | What::UnknownValue, Some(values)) => {
                fl!(self.own.loader(), "settings-values", values = values)
            }
            (what, _) => self.what(what),
        };
        format!("{place}: {}: {what}", key.name())
    }

    /// What is wrong with a file or a value.
    pub fn what(&self, what: &What) -> String {
        let own = self.own.loader();
        match what {
            What::Unreadable(_) | What::NotAFile => fl!(own, "settings-unreadable"),
            What::TooLong => fl!(own, "settings-too-long"),
            What::NotText | What::Malformed => fl!(own, "settings-malformed"),
            What::WrongType | What::UnknownValue => fl!(own, "settings-unknown-value"),
            What::UnknownLock => fl!(own, "settings-unknown-lock"),
            What::UnknownSetting(name) => {
                fl!(own, "settings-unknown", name = name.to_string())
            }
            What::MachineOnly => fl!(own, "settings-machine-only"),
        }
    }
}

/// The values of a setting that has few, as they are written where the wrong one stands.
fn values(key: Key, in_registry: bool) -> Option<String> {
    Some(match (key, key.kind()) {
        (Key::Language, _) => Language::ALL.map(Language::tag).join(", "),
        (Key::Appearance, _) => Appearance::ALL.map(Appearance::word).join(", "),
        (Key::WeakPins, _) => WeakPins::ALL.map(WeakPins::word).join(", "),
        (Key::LogLevel, _) => LogLevel::ALL.map(LogLevel::word).join(", "),
        (Key::Zoom, _) => {
            let (from, to) = (Zoom::SMALLEST.percent(), Zoom::LARGEST.percent());
            format!("{from}–{to}")
        }
        (_, Kind::Switch) if in_registry => "0, 1 (REG_DWORD)".to_owned(),
        (_, Kind::Switch) => "true, false".to_owned(),
        _ => return None,
    })
}
