//! The words of the window, beside the sentences that every program shares.

use i18n_embed::fluent::FluentLanguageLoader;
use rust_embed::RustEmbed;
use siru_text::{Catalogue, Language, Texts};

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
