//! How much is written to the log.

use log::LevelFilter;

/// How much is written. What goes to and from a card is in none of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum LogLevel {
    /// There is no log.
    #[default]
    Off,
    /// What somebody must act on.
    Error,
    /// And what went on all the same.
    Warn,
    /// And what comes and goes.
    Info,
    /// And what was done.
    Debug,
}

impl LogLevel {
    /// All of them, each with all of the one before.
    pub const ALL: [Self; 5] = [Self::Off, Self::Error, Self::Warn, Self::Info, Self::Debug];

    /// The word in the file.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Error => "error",
            Self::Warn => "warn",
            Self::Info => "info",
            Self::Debug => "debug",
        }
    }

    /// The level of a word, or `None` when there is no such.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.word() == word)
    }

    /// As the crate `log` knows it.
    pub const fn filter(self) -> LevelFilter {
        match self {
            Self::Off => LevelFilter::Off,
            Self::Error => LevelFilter::Error,
            Self::Warn => LevelFilter::Warn,
            Self::Info => LevelFilter::Info,
            Self::Debug => LevelFilter::Debug,
        }
    }
}
