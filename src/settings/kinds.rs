//! The kinds of values, each with the words that stand for it in the files.

use siru_text::Language;

/// How the window looks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Appearance {
    /// Light or dark, as the desktop says.
    #[default]
    System,
    /// Dark letters on light ground.
    Light,
    /// Light letters on dark ground.
    Dark,
    /// The strongest contrast there is, for people who see little.
    HighContrast,
}

impl Appearance {
    /// All of them, in the order of a choice shown to a person.
    pub const ALL: [Self; 4] = [Self::System, Self::Light, Self::Dark, Self::HighContrast];

    /// The word in the file.
    pub const fn word(self) -> &'static str {
        match self {
            Self::System => "system",
            Self::Light => "light",
            Self::Dark => "dark",
            Self::HighContrast => "high-contrast",
        }
    }

    /// The appearance of a word, or `None` when there is no such.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.word() == word)
    }
}

/// How large everything in the window is, in percent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Zoom(u8);

impl Zoom {
    /// As large as the desktop wants it.
    pub const SMALLEST: Self = Self(100);
    /// Twice that.
    pub const LARGEST: Self = Self(200);

    /// A size within the limits, or `None`.
    pub const fn new(percent: u8) -> Option<Self> {
        if Self::SMALLEST.0 <= percent && percent <= Self::LARGEST.0 {
            Some(Self(percent))
        } else {
            None
        }
    }

    /// The size in percent.
    pub const fn percent(self) -> u8 {
        self.0
    }

    /// The size as a factor, 1.0 to 2.0.
    pub fn factor(self) -> f32 {
        f32::from(self.0) / 100.0
    }
}

impl Default for Zoom {
    fn default() -> Self {
        Self::SMALLEST
    }
}

/// What is done about a new PIN that others would guess first, such as 1234.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum WeakPins {
    /// The person is told, and may take it.
    #[default]
    Warn,
    /// It is refused before anything is sent.
    Forbid,
}

impl WeakPins {
    /// Both, in the order of a choice shown to a person.
    pub const ALL: [Self; 2] = [Self::Warn, Self::Forbid];

    /// The word in the file.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Warn => "warn",
            Self::Forbid => "forbid",
        }
    }

    /// The meaning of a word, or `None` when there is no such.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.word() == word)
    }
}

/// Whom to ask when a card is locked for good, in the machine's words: a line for each language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Contact {
    /// suomeksi
    pub finnish: Option<String>,
    /// på svenska
    pub swedish: Option<String>,
    /// in English
    pub english: Option<String>,
}

impl Contact {
    /// The line for people who read `language`; another language's is better than none.
    pub fn line(&self, language: Language) -> Option<&str> {
        let exact = match language {
            Language::Finnish => &self.finnish,
            Language::Swedish => &self.swedish,
            Language::English => &self.english,
        };
        [exact, &self.english, &self.finnish, &self.swedish]
            .into_iter()
            .find_map(Option::as_deref)
    }
    /// The lines there are, each with the tag of its language.
    pub(crate) fn lines(&self) -> Vec<(&'static str, String)> {
        let lines = [&self.finnish, &self.swedish, &self.english];
        let tags = Language::ALL.map(Language::tag);
        let all = tags.into_iter().zip(lines);
        all.filter_map(|(tag, line)| Some((tag, line.clone()?)))
            .collect()
    }
}
