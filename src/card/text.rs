//! Text that came from a card, made safe to show.

use std::fmt;
use std::ops::Deref;

use unicode_general_category::{GeneralCategory, get_general_category};

/// Text from a card or certificate without anything that could deceive or break what shows it:
/// no control, format, bidirectional or private-use characters, spaces folded, at most
/// [`SafeText::MAX_CHARS`] characters. Never used as a path.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SafeText(String);

impl SafeText {
    /// The most characters kept.
    pub const MAX_CHARS: usize = 256;

    /// What of `text` may be shown; `None` when nothing is left.
    pub fn new(text: &str) -> Option<Self> {
        let mut safe = String::new();
        let mut count = 0;
        for character in text.chars() {
            let kept = match get_general_category(character) {
                GeneralCategory::Control
                | GeneralCategory::LineSeparator
                | GeneralCategory::ParagraphSeparator
                | GeneralCategory::SpaceSeparator => ' ',
                GeneralCategory::Format
                | GeneralCategory::PrivateUse
                | GeneralCategory::Surrogate
                | GeneralCategory::Unassigned => continue,
                _ => character,
            };
            if kept == ' ' && (safe.is_empty() || safe.ends_with(' ')) {
                continue;
            }
            if count == Self::MAX_CHARS {
                break;
            }
            safe.push(kept);
            count += 1;
        }
        safe.truncate(safe.trim_end().len());
        (!safe.is_empty()).then_some(Self(safe))
    }

    /// As [`SafeText::new`], from bytes that should be UTF-8.
    pub fn from_utf8(bytes: &[u8]) -> Option<Self> {
        Self::new(&String::from_utf8_lossy(bytes))
    }
}

impl Deref for SafeText {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SafeText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for SafeText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn names_stay_and_tricks_go() {
        let cases = [
            ("Åsa Östman-Mäkelä", Some("Åsa Östman-Mäkelä")),
            ("a\u{1B}[31mb", Some("a [31mb")),
            ("a\u{202E}b\u{200B}c\u{FEFF}", Some("abc")),
            ("  two \n lines ", Some("two lines")),
            ("\u{0}\u{7F}", None),
            ("", None),
        ];
        for (text, expected) in cases {
            assert_eq!(SafeText::new(text).as_deref(), expected, "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn nothing_unsafe_and_nothing_endless_comes_through(text in any::<String>()) {
            if let Some(safe) = SafeText::new(&text) {
                prop_assert!(safe.chars().count() <= SafeText::MAX_CHARS);
                prop_assert!(!safe.chars().any(char::is_control));
                prop_assert_eq!(SafeText::new(&safe), Some(safe.clone()));
            }
        }
    }
}
