//! Every sentence about cards, PINs and readers, in Finnish, Swedish and English.
//!
//! The sentences lie in `assets/i18n/<language>/siru_text.ftl` (Project Fluent) and are checked
//! against this crate when it is compiled. This is the one place that turns what happened to a
//! card into words, so that the desktop program and the command line say the same: what happened,
//! whether a try was used, what is left, and the way out.
//!
//! "Wrong PIN" is said only when the card said so, and "no try was used" only when that is known.
#![forbid(unsafe_code)]

mod activation;
mod catalogue;
mod certificate;
mod codes;
mod language;
mod login;
mod message;
mod outcome;
mod registration;
mod risk;
#[cfg(test)]
mod tests;
mod trouble;

pub use catalogue::{Catalogue, Texts};
pub use certificate::CalendarWords;
pub use codes::Presented;
pub use language::Language;
pub use message::{Message, Tone};
