//! Why a driven script came to an early end.

use std::fmt;
use std::sync::Arc;

use siru_apdu::hex::Hex;
use siru_apdu::{ChannelError, ParseCommandError, Protocol};

use super::BenchError;
use crate::binding::Difference;
use crate::model::{Event, Place};
use crate::secrets::SecretError;
use crate::shown::Shown;

/// Why a run ended before the script did.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum DriveError {
    /// The script names no card: it is there to be included. Nothing was sent.
    #[error("the script names no card, atr and protocol")]
    Fragment,
    /// The card in the reader is not the one of the script. Nothing was sent.
    #[error("the card answers its reset with {found:?}, the script is for {expected:?}")]
    OtherCard {
        /// The script's answer to reset.
        expected: Atr,
        /// The card's.
        found: Atr,
    },
    /// The commands are written for another protocol. Nothing was sent.
    #[error("the card speaks {found:?}, the script is written for {expected:?}")]
    OtherProtocol {
        /// The script's.
        expected: Protocol,
        /// The one in force.
        found: Protocol,
    },
    /// Too few tries would be left, or nobody said how many there are. Nothing was sent.
    #[error("the script spends {spends} tries of {secret}, and too few would be left")]
    TooFewTries {
        /// `PIN1`, `PIN2` or `PUK`.
        secret: String,
        /// How many the script spends.
        spends: usize,
    },
    /// A PIN could not be had. The command was not sent.
    #[error("{place}, step \"{step}\": {{{name}}}")]
    Secret {
        /// Where the command is written.
        place: Place,
        /// The title of its step.
        step: Arc<str>,
        /// The secret's name.
        name: String,
        /// Why.
        source: SecretError,
    },
    /// Two names were given the same PIN, so a wrong one might be right. The command was not sent.
    #[error("{place}, step \"{step}\": {difference}")]
    SameSecret {
        /// Where the command is written.
        place: Place,
        /// The title of its step.
        step: Arc<str>,
        /// Which two.
        difference: Difference,
    },
    /// A script made by hand, not by the parser, has bytes that are no command.
    #[error("{place}: not a short command")]
    NotACommand {
        /// Where the command is written.
        place: Place,
        /// What is wrong with it.
        source: ParseCommandError,
    },
    /// The card answered something else.
    #[error(transparent)]
    Answer(#[from] Box<AnswerMismatch>),
    /// The card could not be talked to, or not in the way the script has it.
    #[error("{place}, step \"{step}\"")]
    Channel {
        /// Where the command is written.
        place: Place,
        /// The title of its step.
        step: Arc<str>,
        /// What happened.
        source: ChannelError,
    },
    /// The card answered a command that should have failed.
    #[error("{place}, step \"{step}\": the card answered in spite of `! {event}`")]
    Answered {
        /// Where the command is written.
        place: Place,
        /// The title of its step.
        step: Arc<str>,
        /// What should have happened.
        event: Event,
    },
    /// An event without a bench that could make it happen. The command was not sent.
    #[error("{place}: `! {event}` needs a test bench")]
    NoBench {
        /// Where the command is written.
        place: Place,
        /// What should happen.
        event: Event,
    },
    /// The bench could not do what an event asks for.
    #[error("{place}: the test bench failed")]
    Bench {
        /// Where the command is written.
        place: Place,
        /// Why.
        source: BenchError,
    },
}

/// An answer to reset, printed in hexadecimal.
#[derive(Clone, PartialEq, Eq)]
pub struct Atr(pub Vec<u8>);

impl fmt::Debug for Atr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", Hex(&self.0))
    }
}

/// An answer that is not the one the script has. Prints both sides.
#[derive(Clone, Debug, thiserror::Error)]
pub struct AnswerMismatch {
    /// Where the command is written.
    pub place: Place,
    /// The title of its step.
    pub step: Arc<str>,
    /// What was sent.
    pub command: Shown,
    /// What the script has.
    pub expected: Shown,
    /// What came, a long answer cut short.
    pub found: Shown,
    /// Where they part.
    pub difference: Difference,
}

impl fmt::Display for AnswerMismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{}, step \"{}\": {}",
            self.place, self.step, self.difference
        )?;
        writeln!(f, "  sent     > {}", self.command)?;
        writeln!(f, "  expected < {}", self.expected)?;
        write!(f, "  but got  < {}", self.found)
    }
}
