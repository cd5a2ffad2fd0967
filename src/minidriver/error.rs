//! What a call could not do, and the one table that says so in the return values of card modules
//! (*Windows Smart Card Minidriver Specification v7*, "Return values"): codes of `winerror.h`.

use siru_apdu::{ChannelError, ExchangeError, TriesLeft};
use siru_card::{OpenError, ReadError};
use windows_sys::Win32::Foundation as win;

use crate::service::Fault;

/// Why a call did nothing. Each is one return value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    /// The PIN must not be presented: it is locked, or the rule for the last try forbids it.
    #[error("the PIN is locked, or only its last try is left")]
    Blocked {
        /// What the card says is left.
        tries_left: Option<TriesLeft>,
    },
    /// The card was removed, or another lies in its place.
    #[error("the card was removed")]
    CardRemoved,
    /// Another program reset the card.
    #[error("another program reset the card")]
    CardReset,
    /// The card or its reader failed, or the card refused.
    #[error("the card or its reader failed")]
    Communication,
    /// There is no such directory on the virtual card.
    #[error("there is no such directory")]
    DirectoryNotFound,
    /// There is no such file on the virtual card.
    #[error("there is no such file")]
    FileNotFound,
    /// The caller's buffer is too small; the size it needs was told.
    #[error("the buffer is too small")]
    InsufficientBuffer,
    /// Something is wrong in the module.
    #[error("something is wrong in the module")]
    Internal,
    /// The structure belongs to no card that was acquired, or has no card handle.
    #[error("the handle belongs to no acquired card")]
    InvalidHandle,
    /// A new PIN breaks the rules of the card. Nothing was sent.
    #[error("the new PIN breaks the card's rules")]
    InvalidNewPin,
    /// An argument is null or makes no sense.
    #[error("an argument is null or makes no sense")]
    InvalidParameter,
    /// The card has no such key.
    #[error("there is no such key container")]
    NoKeyContainer,
    /// The caller's allocator gave nothing.
    #[error("the caller has no memory")]
    NoMemory,
    /// The reader is gone.
    #[error("the reader is gone")]
    ReaderGone,
    /// The caller's structure is of a version this module does not know.
    #[error("the structure's version is not supported")]
    RevisionMismatch,
    /// The card wants the PIN first, or the PIN was never set by its holder.
    #[error("the card wants the PIN first")]
    SecurityViolation,
    /// The smart card service stopped.
    #[error("the smart card service stopped")]
    ServiceStopped,
    /// Siru does not log in with this card.
    #[error("the card is not a supported one")]
    UnknownCard,
    /// This card module does not do that.
    #[error("this is not supported")]
    UnsupportedFeature,
    /// The PIN or PUK was wrong, or cannot be one: then it was not sent.
    #[error("the PIN is wrong")]
    WrongPin {
        /// What the card says is left.
        tries_left: Option<TriesLeft>,
    },
    /// The service answered with a code that is the caller's to explain.
    #[error(transparent)]
    Service(#[from] Fault),
}

impl Error {
    /// What is left of the PIN, where the caller wants to know: `CARD_DATA_VALUE_UNKNOWN` if nobody
    /// does.
    pub fn attempts_remaining(self) -> Option<u32> {
        let (Self::Blocked { tries_left } | Self::WrongPin { tries_left }) = self else {
            return None;
        };
        Some(tries_left.map_or(ATTEMPTS_UNKNOWN, |tries| u32::from(tries.0)))
    }
}

/// What stands for a number of tries that is not known.
pub const ATTEMPTS_UNKNOWN: u32 =
    windows_sys::Win32::Security::Cryptography::CARD_DATA_VALUE_UNKNOWN;

impl From<Error> for u32 {
    fn from(error: Error) -> Self {
        let code = match error {
            Error::InsufficientBuffer => return win::ERROR_INSUFFICIENT_BUFFER,
            Error::RevisionMismatch => return win::ERROR_REVISION_MISMATCH,
            Error::Service(fault) => return fault.code(),
            Error::Blocked { .. } => win::SCARD_W_CHV_BLOCKED,
            Error::CardRemoved => win::SCARD_W_REMOVED_CARD,
            Error::CardReset => win::SCARD_W_RESET_CARD,
            Error::Communication => win::SCARD_F_COMM_ERROR,
            Error::DirectoryNotFound => win::SCARD_E_DIR_NOT_FOUND,
            Error::FileNotFound => win::SCARD_E_FILE_NOT_FOUND,
            Error::Internal => win::SCARD_F_INTERNAL_ERROR,
            Error::InvalidHandle => win::SCARD_E_INVALID_HANDLE,
            Error::InvalidNewPin => win::SCARD_E_INVALID_CHV,
            Error::InvalidParameter => win::SCARD_E_INVALID_PARAMETER,
            Error::NoKeyContainer => win::SCARD_E_NO_KEY_CONTAINER,
            Error::NoMemory => win::SCARD_E_NO_MEMORY,
            Error::ReaderGone => win::SCARD_E_READER_UNAVAILABLE,
            Error::SecurityViolation => win::SCARD_W_SECURITY_VIOLATION,
            Error::ServiceStopped => win::SCARD_E_SERVICE_STOPPED,
            Error::UnknownCard => win::SCARD_E_UNKNOWN_CARD,
            Error::UnsupportedFeature => win::SCARD_E_UNSUPPORTED_FEATURE,
            Error::WrongPin { .. } => win::SCARD_W_WRONG_CHV,
        };
        code.cast_unsigned()
    }
}

impl From<&ChannelError> for Error {
    fn from(error: &ChannelError) -> Self {
        match error {
            ChannelError::CardRemoved | ChannelError::ShortAnswer { .. } => Self::CardRemoved,
            ChannelError::CardReset => Self::CardReset,
            ChannelError::ReaderGone => Self::ReaderGone,
            ChannelError::ServiceStopped => Self::ServiceStopped,
            ChannelError::Driver(source) => source
                .downcast_ref::<Fault>()
                .map_or(Self::Communication, |fault| Self::Service(*fault)),
            _ => Self::Communication,
        }
    }
}

impl From<&ExchangeError> for Error {
    fn from(error: &ExchangeError) -> Self {
        match error {
            ExchangeError::Channel(error) => error.into(),
            _ => Self::Communication,
        }
    }
}

impl From<OpenError> for Error {
    fn from(error: OpenError) -> Self {
        match error {
            OpenError::Unreachable(error) => (&error).into(),
            _ => Self::UnknownCard,
        }
    }
}

impl From<ReadError> for Error {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::AnotherCard => Self::CardRemoved,
            ReadError::Unreachable(error) => (&error).into(),
            _ => Self::Communication,
        }
    }
}
