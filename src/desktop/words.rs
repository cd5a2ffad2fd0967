//! The words of the window, beside the sentences that every program shares.

use i18n_embed::fluent::FluentLanguageLoader;
use rust_embed::RustEmbed;
use siru_settings::autostart::AutostartError;
use siru_settings::{Key, Problem, WriteError};
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
    settings: siru_settings::Words,
}

impl Speech {
    /// Everything in `language`.
    pub fn new(language: Language) -> Self {
        Self {
            texts: Texts::new(language),
            words: Catalogue::new("siru_desktop", &Words, language),
            settings: siru_settings::Words::new(language),
        }
    }

    /// Switches to `language`, at once; says nothing when it is spoken already.
    pub fn speak(&mut self, language: Language) {
        if self.words.language() != language {
            self.texts.set_language(language);
            self.words.set_language(language);
            self.settings.set_language(language);
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
            Key::BrowserRegister => say!(self, "setting-browser-register"),
            Key::SignatureSlot => say!(self, "setting-signature-slot"),
            Key::LastTryInLogin => say!(self, "setting-last-try-in-login"),
            Key::LogLevel => say!(self, "setting-log-level"),
        }
    }

    /// What is wrong in a file of settings, in one line with the file and the setting.
    pub fn settings_problem(&self, problem: &Problem) -> String {
        self.settings.problem(problem)
    }

    /// Why a setting is as it was.
    pub fn unsaved(&self, error: &SaveError) -> Message {
        let reason = match error {
            SaveError::Write(WriteError::Locked(_)) => say!(self, "setting-locked"),
            SaveError::Write(WriteError::NoFolder)
            | SaveError::Autostart(AutostartError::NoFolder) => say!(self, "unsaved-no-folder"),
            SaveError::Write(WriteError::Unusable(what)) => {
                say!(self, "unsaved-unusable", what = self.settings.what(what))
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
