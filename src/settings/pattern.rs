//! Patterns for names of readers.

use std::fmt;

use siru_apdu::ReaderName;
use wildmatch::WildMatch;

/// A pattern that a whole name fits or does not: `*` stands for any characters, `?` for one, and
/// capital letters are as good as small ones.
#[derive(Clone, PartialEq)]
pub struct Pattern {
    text: String,
    rule: WildMatch,
}

impl Pattern {
    /// Readers that never hold a card of a person: Windows makes them up for keys of its own, or
    /// drivers for the chip of a mobile phone subscription.
    pub const BUILT_IN: [&str; 3] = [
        "*Windows Hello*",
        "*Microsoft Virtual Smart Card*",
        "*Microsoft UICC*",
    ];

    /// The pattern of a text; `None` for one that is empty or longer than any name.
    pub fn new(text: &str) -> Option<Self> {
        let fits = (1..=LONGEST).contains(&text.len()) && !text.chars().any(char::is_control);
        fits.then(|| Self::unchecked(text))
    }

    /// The patterns that always hold.
    pub fn built_in() -> impl Iterator<Item = Self> {
        Self::BUILT_IN.into_iter().map(Self::unchecked)
    }

    /// As it was written.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether the whole name fits.
    pub fn fits(&self, reader: &ReaderName) -> bool {
        self.rule.matches(&reader.to_text())
    }

    fn unchecked(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            rule: WildMatch::new_case_insensitive(text),
        }
    }
}

impl Eq for Pattern {}

impl fmt::Debug for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.text, f)
    }
}

/// Twice the longest name PC/SC lite knows, in bytes.
const LONGEST: usize = 256;
