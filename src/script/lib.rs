//! The `.apdu` transcript format: what a terminal and a card say to each other, as readable text
//! without any PIN in it. `apdu-scripts/README.md` describes the format.
//!
//! One file has three uses. [`ReplayCard`] plays the card for the middleware, [`Driver`] plays the
//! middleware for a card, and [`Recorder`] writes down what passes between the two.
#![forbid(unsafe_code)]

mod binding;
mod drive;
mod library;
mod model;
mod name;
mod parse;
mod print;
mod record;
mod replay;
mod secrets;
mod shown;

pub use binding::Difference;
pub use drive::{AnswerMismatch, Atr, Bench, BenchError, DriveError, Driver};
pub use library::{Folder, Library, NoFiles};
pub use model::{
    Action, Event, Exchange, Failure, Header, Item, Outcome, Place, Script, Source, SourceKind,
    Spend, Start, StartState, Step, Target,
};
pub use parse::{ParseError, Problem};
pub use record::{CertificateBody, Labels, Recorder, Recording, RecordingReaders, SaveError, Tape};
pub use replay::{LoadError, Mismatch, ReplayCard, ReplayError};
pub use secrets::{SecretError, Secrets, Specimen};
pub use shown::Shown;

#[cfg(test)]
mod kept;
