//! The words of the window, beside the sentences that every program shares.

use i18n_embed::fluent::FluentLanguageLoader;
use rust_embed::RustEmbed;
use siru_settings::autostart::AutostartError;
use siru_settings::{Key, Problem, What, WriteError};
use siru_text::{Catalogue, Language, Message, Texts, Tone};

use crate::say;
use crate::store::SaveError;

/// The words of the window. The sentences about cards lie in the same folders and belong to
/// `siru-text`.
#[derive(RustEmbed)]
#[folder = "../../assets/i18n"]
#[include = "*/siru_desktop.ftl"]
struct Words;

/// Everything the window says, in one language at a time.
pub struct Speech {
    /// Sentences about cards, PINs and readers.
    pub texts: Texts,
    words: Catalogue,
}

impl Speech {
    /// Everything in `language`.
    pub fn new(language: Language) -> Self {
        Self {
            texts: Texts::new(language),
            words: Catalogue::new("siru_desktop", &Words, language),
        }
    }

    /// Switches to `language`, at once; says nothing when it is spoken already.
    pub fn speak(&mut self, language: Language) {
        if self.words.language() != language {
            self.texts.set_language(language);
            self.words.set_language(language);
        }
    }

    /// What a setting is called.
    pub fn setting(&self, key: Key) -> String {
        match key {
            Key::Language => say!(self, "language"),
            Key::Appearance => say!(self, "setting-appearance"),
            Key::Zoom => say!(self, "setting-size"),
            Key::LeftOut => say!(self, "setting-left-out"),
            Key::WeakPins => say!(self, "setting-weak-pins"),
            Key::Contact => say!(self, "setting-contact"),
            Key::Autostart => say!(self, "setting-tray"),
        }
    }

    /// What is wrong in a file of settings, in one line with the file and the setting.
    pub fn settings_problem(&self, problem: &Problem) -> String {
        let what = self.wrong(&problem.what);
        let file = problem.file.display().to_string();
        match problem.key {
            Some(key) => format!("{file}: {}: {what}", key.name()),
            None => format!("{file}: {what}"),
        }
    }

    /// Why a setting is as it was.
    pub fn unsaved(&self, error: &SaveError) -> Message {
        let reason = match error {
            SaveError::Write(WriteError::Locked(_)) => say!(self, "setting-locked"),
            SaveError::Write(WriteError::NoFolder)
            | SaveError::Autostart(AutostartError::NoFolder) => say!(self, "unsaved-no-folder"),
            SaveError::Write(WriteError::Unusable(what)) => {
                say!(self, "unsaved-unusable", what = self.wrong(what))
            }
            SaveError::Write(WriteError::Io(_)) | SaveError::Autostart(AutostartError::Io(_)) => {
                say!(self, "unsaved-io")
            }
            SaveError::Autostart(AutostartError::NoProgram | AutostartError::Unwritable) => {
                say!(self, "unsaved-no-tray")
            }
            SaveError::Autostart(AutostartError::OtherSystem) => say!(self, "unsaved-other-system"),
        };
        Message {
            headline: say!(self, "unsaved"),
            detail: vec![reason],
            next_step: None,
            tone: Tone::Warning,
        }
    }

    fn wrong(&self, what: &What) -> String {
        match what {
            What::Unreadable(_) | What::NotAFile => say!(self, "settings-unreadable"),
            What::TooLong => say!(self, "settings-too-long"),
            What::NotText | What::Malformed => say!(self, "settings-malformed"),
            What::WrongType | What::UnknownValue => say!(self, "settings-unknown-value"),
            What::UnknownLock => say!(self, "settings-unknown-lock"),
            What::MachineOnly => say!(self, "settings-machine-only"),
        }
    }

    /// What [`say!`](crate::say) looks words up in.
    pub const fn loader(&self) -> &FluentLanguageLoader {
        self.words.loader()
    }
}

/// A word of the window by its name in `siru_desktop.ftl`, checked when this is compiled.
#[macro_export]
macro_rules! say {
    ($speech:expr, $($message:tt)+) => {
        i18n_embed_fl::fl!($speech.loader(), $($message)+)
    };
}
