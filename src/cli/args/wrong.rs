//! What is wrong with a command line, said so that it can be put right.

use clap::error::{ContextKind, ContextValue, ErrorKind};
use i18n_embed_fl::fl;
use siru_text::{Message, Tone};

use super::definition::{image_states, images};
use crate::words::Words;

/// What clap lets pass and we do not.
#[derive(Clone, Copy, Debug)]
pub(super) enum Slip {
    /// An option has a value it does not take.
    Value(&'static str),
    /// Too little of a serial number.
    ShortSerial,
    /// There is no virtual card of that name.
    Image,
    /// A chain can only be written as PEM.
    DerChain,
    /// `record record`.
    NestedRecord,
    /// `record` of a command that has nothing to do with a card.
    NothingToRecord,
    /// Nothing to do.
    MissingCommand,
}

pub(super) fn slip(slip: Slip, words: &Words) -> Message {
    let own = words.own();
    wrong(
        words,
        match slip {
            Slip::Value(option) => fl!(own, "usage-value", option = option),
            Slip::ShortSerial => fl!(own, "usage-serial-short"),
            Slip::Image => fl!(
                own,
                "usage-unknown-image",
                images = images(),
                states = image_states()
            ),
            Slip::DerChain => fl!(own, "usage-der-chain"),
            Slip::NestedRecord => fl!(own, "usage-no-nested-record"),
            Slip::NothingToRecord => fl!(own, "usage-nothing-to-record"),
            Slip::MissingCommand => fl!(own, "usage-missing-command"),
        },
    )
}

/// Values are never repeated: what stands in the wrong place may be a PIN.
pub(super) fn message(error: &clap::Error, words: &Words) -> Message {
    let own = words.own();
    let option = context(error, ContextKind::InvalidArg).unwrap_or_default();
    let sentence = match error.kind() {
        ErrorKind::UnknownArgument if names_an_option(&option) => {
            let unknown = fl!(own, "usage-unknown-option", option = option);
            match context(error, ContextKind::SuggestedArg) {
                Some(other) => {
                    format!(
                        "{unknown} {}",
                        fl!(own, "usage-did-you-mean", option = other)
                    )
                }
                None => unknown,
            }
        }
        ErrorKind::UnknownArgument | ErrorKind::TooManyValues => {
            fl!(own, "usage-unknown-argument")
        }
        ErrorKind::InvalidSubcommand => {
            let unknown = fl!(own, "usage-unknown-command");
            match context(error, ContextKind::SuggestedSubcommand) {
                Some(other) => {
                    format!(
                        "{unknown} {}",
                        fl!(own, "usage-did-you-mean", option = other)
                    )
                }
                None => unknown,
            }
        }
        ErrorKind::MissingSubcommand => fl!(own, "usage-missing-command"),
        ErrorKind::MissingRequiredArgument => fl!(own, "usage-missing", options = option),
        ErrorKind::ArgumentConflict => fl!(own, "usage-conflict", option = option),
        _ => fl!(own, "usage-value", option = option),
    };
    wrong(words, sentence)
}

fn wrong(words: &Words, sentence: String) -> Message {
    Message {
        headline: fl!(words.own(), "usage-wrong"),
        detail: vec![sentence],
        next_step: Some(fl!(words.own(), "usage-see-help")),
        tone: Tone::Warning,
    }
}

/// A name that starts like an option and cannot hold digits of a PIN.
fn names_an_option(text: &str) -> bool {
    text.starts_with('-') && !text.contains(|character: char| character.is_ascii_digit())
}

fn context(error: &clap::Error, kind: ContextKind) -> Option<String> {
    match error.get(kind)? {
        ContextValue::String(text) => Some(text.clone()),
        ContextValue::Strings(texts) => Some(texts.join(", ")),
        ContextValue::StyledStr(text) => Some(text.to_string()),
        ContextValue::StyledStrs(texts) => Some(
            texts
                .iter()
                .map(ToString::to_string)
                .collect::<Vec<_>>()
                .join(", "),
        ),
        _ => None,
    }
}
