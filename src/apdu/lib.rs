//! The language all chip cards speak: ISO/IEC 7816-4 commands, responses, status words and TLV,
//! and the traits through which a card and its reader are reached.
//!
//! Nothing in this crate does input or output. Whoever can carry bytes to a card implements
//! [`CardChannel`]; whoever knows readers implements [`Readers`]. Above them, [`Conversation`]
//! holds the one rule that protects a cardholder at this level: a command that presents a PIN is
//! sent at most once.
#![forbid(unsafe_code)]

pub mod channel;
pub mod command;
pub mod conversation;
pub mod hex;
pub mod instruction;
pub mod readers;
pub mod response;
pub mod select;
pub mod status;
pub mod tlv;
#[cfg(test)]
mod tlv_properties;

pub use channel::{CardChannel, CardTransaction, ChannelError, Disposition, Protocol};
pub use command::{CommandApdu, CommandData, ExpectedLength, ParseCommandError};
pub use conversation::{Budget, Conversation, ExchangeError};
pub use instruction::Instruction;
pub use readers::{
    Canceller, CardPresence, ReaderError, ReaderName, ReaderState, ReaderWatch, Readers,
};
pub use response::ResponseApdu;
pub use status::{StatusWord, TriesLeft};
