//! The sentences as they lie in the program, and the language they are spoken in at the moment.

use i18n_embed::LanguageLoader;
use i18n_embed::fluent::FluentLanguageLoader;
use rust_embed::RustEmbed;

use crate::language::Language;

/// The folder also holds the sentences of single programs; those do not belong in here.
#[derive(RustEmbed)]
#[folder = "../../assets/i18n"]
#[include = "*/siru_text.ftl"]
struct Sentences;

/// The sentences of one domain in one language at a time. English stands in for a missing one.
///
/// Programs with sentences of their own (windows, options) build one beside [`Texts`], and switch
/// both together.
pub struct Catalogue {
    loader: FluentLanguageLoader,
    assets: &'static (dyn i18n_embed::I18nAssets + Send + Sync),
    language: Language,
}

impl Catalogue {
    /// The files `<language>/<domain>.ftl` of `assets`.
    pub fn new(
        domain: &'static str,
        assets: &'static (dyn i18n_embed::I18nAssets + Send + Sync),
        language: Language,
    ) -> Self {
        let loader = FluentLanguageLoader::new(domain, Language::English.identifier());
        let mut catalogue = Self {
            loader,
            assets,
            language,
        };
        catalogue.set_language(language);
        catalogue
    }

    /// The language of all sentences from now on.
    pub fn set_language(&mut self, language: Language) {
        let wanted = [language.identifier(), Language::English.identifier()];
        // The files are part of the program and a test reads every one of them.
        if let Err(error) = self.loader.load_languages(self.assets, &wanted) {
            log::error!("no sentences for {language:?}: {error}");
        }
        // Marks around inserted words would end up in files, terminals and screen readers.
        self.loader.set_use_isolating(false);
        self.language = language;
    }

    /// The language in force.
    pub const fn language(&self) -> Language {
        self.language
    }

    /// What `fl!` takes as its first argument.
    pub const fn loader(&self) -> &FluentLanguageLoader {
        &self.loader
    }
}

/// Everything that is said about cards, PINs and readers, in one language at a time.
pub struct Texts {
    catalogue: Catalogue,
}

impl Texts {
    /// The sentences in `language`.
    pub fn new(language: Language) -> Self {
        Self {
            catalogue: Catalogue::new("siru_text", &Sentences, language),
        }
    }

    /// The language in force.
    pub const fn language(&self) -> Language {
        self.catalogue.language()
    }

    /// Switches to another language, at once.
    pub fn set_language(&mut self, language: Language) {
        self.catalogue.set_language(language);
    }

    pub(crate) const fn loader(&self) -> &FluentLanguageLoader {
        self.catalogue.loader()
    }
}
