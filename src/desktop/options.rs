//! The options of `siru-desktop`.

use std::path::PathBuf;

use clap::Parser;
use siru_sim::{Image, VirtualReaders};
use siru_text::Language;

use crate::instance::Asked;

/// Check, change and unlock the PINs of Finnish certificate cards
#[derive(Debug, Parser)]
#[command(name = "siru-desktop", version)]
pub struct Options {
    /// Use virtual cards instead of real ones; IMAGE is, for instance, v4 or v3-locked
    #[arg(
        long,
        value_name = "IMAGE",
        num_args = 0..=1,
        require_equals = true,
        value_delimiter = ',',
        default_missing_value = "",
        value_parser = image
    )]
    pub demo: Option<Vec<DemoImage>>,

    /// Speak this language instead of the system's
    #[arg(long, value_name = "fi|sv|en", value_parser = language)]
    pub lang: Option<Language>,

    /// What to open, in the window that is there already or in a new one
    #[arg(long, value_name = "VIEW", value_enum, default_value = "devices")]
    pub show: Asked,

    /// In log-in tests, trust the root certificates in this file as well (PEM)
    #[arg(long, value_name = "FILE")]
    pub trust: Vec<PathBuf>,
}

/// A virtual card of the demonstration, or the ones it shows when none is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DemoImage {
    /// Those the demonstration comes with.
    Usual,
    /// This one.
    Named(Image),
}

impl Options {
    /// The virtual cards asked for; `None` when real ones are to be used.
    pub fn images(&self) -> Option<Vec<Image>> {
        let images = self.demo.as_ref()?;
        let each = |image: &DemoImage| match image {
            DemoImage::Usual => VirtualReaders::DEMO.to_vec(),
            DemoImage::Named(image) => vec![*image],
        };
        Some(images.iter().flat_map(each).collect())
    }
}

/// Why the value of an option cannot be used; followed by what can.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
enum ValueError {
    /// There is no such virtual card.
    #[error("no such image; there are {}", image_names())]
    Image,
    /// There are no words in that language.
    #[error("no such language; there are fi, sv and en")]
    Language,
}

fn image_names() -> String {
    let names: Vec<String> = Image::ALL.iter().map(ToString::to_string).collect();
    names.join(", ")
}

fn image(name: &str) -> Result<DemoImage, ValueError> {
    if name.is_empty() {
        return Ok(DemoImage::Usual);
    }
    Image::parse(name)
        .map(DemoImage::Named)
        .map_err(|_unknown| ValueError::Image)
}

fn language(tag: &str) -> Result<Language, ValueError> {
    Language::from_tag(tag).ok_or(ValueError::Language)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn images(arguments: &[&str]) -> Option<Vec<String>> {
        let options = Options::try_parse_from([&["siru-desktop"], arguments].concat()).unwrap();
        options
            .images()
            .map(|images| images.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn a_demonstration_has_its_own_cards_or_the_named_ones() {
        assert_eq!(images(&[]), None);
        assert_eq!(
            images(&["--demo"]).unwrap().len(),
            VirtualReaders::DEMO.len()
        );
        let first = Image::ALL[0].to_string();
        let named = format!("--demo={first},{first}");
        assert_eq!(images(&[&named]), Some(vec![first.clone(), first]));
        assert!(Options::try_parse_from(["siru-desktop", "--demo=nonsense"]).is_err());
    }

    #[test]
    fn roots_are_trusted_only_when_they_are_named() {
        let options = Options::try_parse_from(["siru-desktop"]).unwrap();
        assert!(options.trust.is_empty());
        let named = ["siru-desktop", "--trust", "a.pem", "--trust", "b.pem"];
        let options = Options::try_parse_from(named).unwrap();
        assert_eq!(options.trust, ["a.pem", "b.pem"].map(PathBuf::from));
    }

    #[test]
    fn a_language_is_one_of_three() {
        let options = Options::try_parse_from(["siru-desktop", "--lang", "sv"]).unwrap();
        assert_eq!(options.lang, Some(Language::Swedish));
        assert!(Options::try_parse_from(["siru-desktop", "--lang", "de"]).is_err());
    }
}
