//! The words of the command line, and with them everything that is said about cards.

use i18n_embed::fluent::FluentLanguageLoader;
use i18n_embed_fl::fl;
use rust_embed::RustEmbed;
use siru_card::Timestamp;
use siru_text::{Catalogue, Language, Texts};

use crate::exit::Exit;

#[derive(RustEmbed)]
#[folder = "../../assets/i18n"]
#[include = "*/siru_cli.ftl"]
struct Sentences;

/// All words of the program in one language.
pub struct Words {
    own: Catalogue,
    /// What is said about cards, PINs and readers.
    pub cards: Texts,
    /// What is said about settings that cannot be used.
    pub settings: siru_settings::Words,
}

impl Words {
    /// The words in `language`.
    pub fn new(language: Language) -> Self {
        Self {
            own: Catalogue::new("siru_cli", &Sentences, language),
            cards: Texts::new(language),
            settings: siru_settings::Words::new(language),
        }
    }

    pub(crate) const fn own(&self) -> &FluentLanguageLoader {
        self.own.loader()
    }

    /// A day as the language writes it.
    pub(crate) fn date(&self, time: &Timestamp) -> String {
        let (year, month, day) = time.date();
        // As text: as numbers they would be grouped, and lose their leading zeros.
        fl!(
            self.own(),
            "date",
            year = format!("{year:04}"),
            month = format!("{month:02}"),
            day = format!("{day:02}")
        )
    }

    /// What an exit code means, in a few words.
    pub fn exit(&self, exit: Exit) -> String {
        let own = self.own();
        match exit {
            Exit::Done => fl!(own, "exit-0"),
            Exit::Failure => fl!(own, "exit-1"),
            Exit::Usage => fl!(own, "exit-2"),
            Exit::NoService => fl!(own, "exit-3"),
            Exit::NoReader => fl!(own, "exit-4"),
            Exit::NoCard => fl!(own, "exit-5"),
            Exit::Wrong => fl!(own, "exit-6"),
            Exit::PinLocked => fl!(own, "exit-7"),
            Exit::PukLocked => fl!(own, "exit-8"),
            Exit::Refused => fl!(own, "exit-9"),
            Exit::Unknown => fl!(own, "exit-10"),
        }
    }
}
