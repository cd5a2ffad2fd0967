//! Why a card could not be opened or read. Nothing here ever costs a try.

use siru_apdu::{ChannelError, ExchangeError};

use crate::profile::CardProfile;

/// Why a card could not be opened.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OpenError {
    /// Another card than a FINEID card.
    #[error("this is not a FINEID card")]
    Foreign,
    /// A generation out of use: recognised by its answer to reset, not talked to.
    #[error("{} cards are no longer in use", profile.name)]
    Legacy {
        /// Which generation.
        profile: &'static CardProfile,
    },
    /// The card lies on a contactless reader, where it keeps its application closed.
    #[error("the card has to be inserted into a contact reader")]
    Contactless,
    /// The card could not be talked to.
    #[error(transparent)]
    Unreachable(#[from] ExchangeError),
}

/// Why something on an open card could not be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// The card could not be talked to.
    #[error(transparent)]
    Unreachable(#[from] ExchangeError),
    /// Another card is in the reader now.
    #[error("another card is in the reader")]
    AnotherCard,
    /// The file is not there, or is not what it should be.
    #[error("the card's data cannot be read")]
    Unreadable,
}

impl From<ChannelError> for OpenError {
    fn from(error: ChannelError) -> Self {
        Self::Unreachable(error.into())
    }
}

impl From<ChannelError> for ReadError {
    fn from(error: ChannelError) -> Self {
        Self::Unreachable(error.into())
    }
}
