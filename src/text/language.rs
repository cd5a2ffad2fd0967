//! The three languages of the certificate cards, and which of them the system asks for.

use i18n_embed::DesktopLanguageRequester;
use i18n_embed::unic_langid::LanguageIdentifier;

/// A language in which Siru speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Language {
    /// suomi
    Finnish,
    /// svenska
    Swedish,
    /// English, also for systems in any other language
    English,
}

impl Language {
    /// All of them, in the order of a choice shown to a person.
    pub const ALL: [Self; 3] = [Self::Finnish, Self::Swedish, Self::English];

    /// The language of a tag such as `fi`, `sv-FI` or `en_GB`, or `None` when Siru does not speak it.
    pub fn from_tag(tag: &str) -> Option<Self> {
        let primary = tag.split(['-', '_', '.']).next().unwrap_or_default();
        Self::ALL
            .into_iter()
            .find(|language| primary.eq_ignore_ascii_case(language.tag()))
    }

    /// The tag under which settings and options know it: `fi`, `sv` or `en`.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::Finnish => "fi",
            Self::Swedish => "sv",
            Self::English => "en",
        }
    }

    /// Its name in itself, for a list of languages to choose from.
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::Finnish => "suomi",
            Self::Swedish => "svenska",
            Self::English => "English",
        }
    }

    /// The first language of the system's list that Siru speaks; English when there is none.
    pub fn system() -> Self {
        DesktopLanguageRequester::requested_languages()
            .iter()
            .find_map(|identifier| Self::from_tag(identifier.language.as_str()))
            .unwrap_or(Self::English)
    }

    /// As the catalogue knows it. All three tags are well-formed.
    pub(crate) fn identifier(self) -> LanguageIdentifier {
        self.tag().parse().unwrap_or_default()
    }
}
