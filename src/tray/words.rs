//! What is shown in words: the title, a line for each reader, the menu.

use std::time::SystemTime;

use i18n_embed_fl::fl;
use rust_embed::RustEmbed;
use siru_card::{PinRole, Timestamp};
use siru_text::{Catalogue, Language, Texts};

use crate::state::{Readers, Remark};

/// The words of the tray. The sentences about cards lie in the same folders and belong to
/// `siru-text`.
#[derive(RustEmbed)]
#[folder = "../../assets/i18n"]
#[include = "*/siru_tray.ftl"]
struct Sentences;

/// All words in one language.
pub struct Words {
    own: Catalogue,
    cards: Texts,
}

/// The labels of the menu.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Labels {
    /// Opens the window.
    pub show_devices: String,
    /// Opens the log-in test.
    pub log_in_test: String,
    /// Ends the program.
    pub quit: String,
}

impl Words {
    /// The words in `language`.
    pub fn new(language: Language) -> Self {
        Self {
            own: Catalogue::new("siru_tray", &Sentences, language),
            cards: Texts::new(language),
        }
    }

    /// Switches to `language`.
    pub fn speak(&mut self, language: Language) {
        if self.own.language() != language {
            self.own.set_language(language);
            self.cards.set_language(language);
        }
    }

    /// The most important thing there is to say, for the title of the icon.
    pub fn title(&self, readers: &Readers, now: SystemTime) -> String {
        let remarks = readers.remarks(now);
        let first = remarks.first().and_then(|(_, remarks)| remarks.first());
        let state = match (first, readers.outage()) {
            (Some(remark), _) => self.remark(remark),
            (None, Some(outage)) => self.cards.reader_error(outage).headline,
            (None, None) => fl!(self.own.loader(), "no-reader"),
        };
        fl!(self.own.loader(), "title", state = state)
    }

    /// A line for each thing to say about each reader.
    pub fn lines(&self, readers: &Readers, now: SystemTime) -> Vec<String> {
        let remarks = readers.remarks(now);
        let lines = remarks.iter().flat_map(|(reader, remarks)| {
            remarks.iter().map(move |remark| {
                let (reader, state) = (reader.clone(), self.remark(remark));
                fl!(
                    self.own.loader(),
                    "in-reader",
                    reader = reader,
                    state = state
                )
            })
        });
        lines.collect()
    }

    /// The labels of the menu.
    pub fn labels(&self) -> Labels {
        let own = self.own.loader();
        Labels {
            show_devices: fl!(own, "show-devices"),
            log_in_test: fl!(own, "log-in-test"),
            quit: fl!(own, "quit"),
        }
    }

    /// There is no desktop session.
    pub fn no_bus(&self) -> String {
        fl!(self.own.loader(), "no-bus")
    }

    /// The icon was refused.
    pub fn no_tray(&self) -> String {
        fl!(self.own.loader(), "no-tray")
    }

    fn remark(&self, remark: &Remark<'_>) -> String {
        let own = self.own.loader();
        match remark {
            Remark::Empty => fl!(own, "reader-empty"),
            Remark::Unreachable => fl!(own, "reader-unreachable"),
            Remark::Looking => fl!(own, "looking"),
            Remark::Ready => fl!(own, "ready"),
            Remark::Mute => {
                let mute = self.cards.reader_error(&siru_apdu::ReaderError::Mute);
                mute.headline
            }
            Remark::NotReached(error) => self.cards.reader_error(error).headline,
            Remark::NotOpened(error) => self.cards.open_error(error).headline,
            Remark::ReadOnly(reason) => self.cards.read_only(*reason),
            Remark::NotActivated => fl!(own, "not-activated"),
            Remark::Locked(role) => {
                let code = match role {
                    PinRole::Authentication => "pin1",
                    _ => "pin2",
                };
                fl!(own, "locked", code = code)
            }
            Remark::NoCertificate => fl!(own, "no-certificate"),
            Remark::NotRead(error) => self.cards.read_error(error).headline,
            Remark::Expires(days, until) => {
                let (days, date) = (*days, self.date(*until));
                fl!(own, "expires", days = days, date = date)
            }
            Remark::Expired(until) => fl!(own, "expired", date = self.date(*until)),
        }
    }

    /// A day as the language writes it.
    fn date(&self, time: Timestamp) -> String {
        let (year, month, day) = time.date();
        // As text: as numbers they would be grouped, and lose their leading zeros.
        fl!(
            self.own.loader(),
            "date",
            year = format!("{year:04}"),
            month = format!("{month:02}"),
            day = format!("{day:02}")
        )
    }
}
