//! The way to a card: a channel, and on it transactions in which no other program is served.

use std::error::Error;

use crate::command::CommandApdu;
use crate::response::ResponseApdu;

/// The transmission protocol of ISO/IEC 7816-3 a reader and a card agreed on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Protocol {
    /// Character protocol: a command carries data one way only, answers wait behind `61xx`.
    T0,
    /// Block protocol: a command may carry data both ways.
    T1,
}

/// What to do with the card when a transaction ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Disposition {
    /// Leave it powered, with its selected file and security state.
    Leave,
    /// Reset it: every verified PIN is forgotten, and other programs notice.
    Reset,
}

/// A connection to the card in one reader.
pub trait CardChannel: Send {
    /// The answer to reset, as the card sent it (ISO/IEC 7816-3), at most 33 bytes.
    fn atr(&self) -> &[u8];

    /// The protocol in force; it decides how a command is encoded.
    fn protocol(&self) -> Protocol;

    /// Whether this connection is one card's from beginning to end: it is over when the card is
    /// removed, and after a reset by another program its next transaction fails once. A handle that
    /// its owner may connect anew does neither, so the card is looked at again before a PIN goes to it.
    fn is_bound_to_card(&self) -> bool {
        true
    }

    /// Begins a time in which no other program reaches the card. Short: a system may end it after
    /// five idle seconds, so no person is waited for inside.
    ///
    /// # Errors
    ///
    /// Whatever the error, no command has been sent.
    fn transaction(&mut self) -> Result<Box<dyn CardTransaction + '_>, ChannelError>;
}

/// Exclusive use of a card. Dropping it ends it and leaves the card as it is.
pub trait CardTransaction {
    /// Sends one command, exactly once, and waits for its response.
    ///
    /// # Errors
    ///
    /// After an error nobody knows whether the card carried the command out: a PIN try may be gone.
    fn transmit(&mut self, command: &CommandApdu) -> Result<ResponseApdu, ChannelError>;

    /// Ends the transaction and does with the card what `disposition` says.
    ///
    /// # Errors
    ///
    /// The card may keep a verified PIN when a reset could not be done.
    fn end(self: Box<Self>, disposition: Disposition) -> Result<(), ChannelError>;
}

/// Why a card could not be talked to.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ChannelError {
    /// The card is no longer in the reader.
    #[error("the card was removed")]
    CardRemoved,
    /// Another program reset the card: verified PINs and the selected file are gone.
    #[error("another program reset the card")]
    CardReset,
    /// The reader is no longer there.
    #[error("the reader is gone")]
    ReaderGone,
    /// The PC/SC service stopped.
    #[error("the smart card service stopped")]
    ServiceStopped,
    /// Fewer than two bytes came back, as when a card is pulled in mid-command.
    #[error("the card's answer has {length} bytes, too few for a status word")]
    ShortAnswer {
        /// How many bytes came, 0 or 1.
        length: usize,
    },
    /// More bytes came back than a short command can ask for.
    #[error("the card's answer has {length} bytes, more than a response may have")]
    LongAnswer {
        /// How many bytes came.
        length: usize,
    },
    /// The reader's driver reported something else.
    #[error("the reader reported an error")]
    Driver(#[source] Box<dyn Error + Send + Sync>),
}

impl ChannelError {
    /// Whether the card, its reader or the service is gone, so that only a new connection helps.
    pub const fn is_gone(&self) -> bool {
        matches!(
            self,
            Self::CardRemoved | Self::ReaderGone | Self::ServiceStopped | Self::ShortAnswer { .. }
        )
    }
}
