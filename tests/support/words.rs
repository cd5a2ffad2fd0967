//! The sentences of the product by their keys, as they stand in `assets/i18n`.

use std::fs;
use std::path::Path;

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};

/// The tags of the languages there are.
pub const LANGUAGES: [&str; 3] = ["fi", "sv", "en"];

/// Every sentence in one language.
pub struct Words(FluentBundle<FluentResource>);

impl Words {
    /// Reads the files of a language: those of the window and of what is said about cards.
    ///
    /// # Panics
    ///
    /// When a file is missing or has a mistake in it.
    #[must_use]
    pub fn of(language: &str) -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../assets/i18n");
        let mut bundle = FluentBundle::new(vec![language.parse().expect("a language tag")]);
        bundle.set_use_isolating(false);
        for file in ["siru_text.ftl", "siru_desktop.ftl"] {
            let text = fs::read_to_string(folder.join(language).join(file)).expect("the sentences");
            let resource = FluentResource::try_new(text).expect("no mistake in the sentences");
            // Two files may use the same key, each for its own part of the product.
            bundle.add_resource_overriding(resource);
        }
        Self(bundle)
    }

    /// The sentence without variables.
    ///
    /// # Panics
    ///
    /// When there is none with that key.
    #[must_use]
    pub fn say(&self, key: &str) -> String {
        self.say_with(key, &[])
    }

    /// The sentence with these variables.
    ///
    /// # Panics
    ///
    /// When there is none with that key, or it wants another variable.
    #[must_use]
    pub fn say_with(&self, key: &str, variables: &[(&str, FluentValue<'_>)]) -> String {
        let message = self.0.get_message(key);
        let pattern = message
            .and_then(|message| message.value())
            .unwrap_or_else(|| panic!("no sentence {key}"));
        let mut arguments = FluentArgs::new();
        for (name, value) in variables {
            arguments.set(*name, value.clone());
        }
        let mut errors = Vec::new();
        let said = self
            .0
            .format_pattern(pattern, Some(&arguments), &mut errors);
        assert!(errors.is_empty(), "{key}: {errors:?}");
        said.into_owned()
    }

    /// How many tries of a code are left, as a result says it. `code` is `pin1`, `pin2` or `puk`.
    #[must_use]
    pub fn left_now(&self, code: &str, tries: u64) -> String {
        self.say_with(
            "left-now",
            &[("code", code.into()), ("tries", tries.into())],
        )
    }
}
