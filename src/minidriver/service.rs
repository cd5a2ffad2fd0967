//! The smart card service as a card module meets it: by handles that belong to its caller.

use siru_apdu::{ChannelError, Protocol};
use windows_sys::Win32::Foundation as win;

/// An error of the service, by its code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the smart card service answered {0:#010x}")]
pub struct Fault(u32);

impl Fault {
    /// The error with this code.
    pub const fn new(code: u32) -> Self {
        Self(code)
    }

    /// The code, of `winerror.h`.
    pub const fn code(self) -> u32 {
        self.0
    }
}

impl From<Fault> for ChannelError {
    fn from(fault: Fault) -> Self {
        match fault.0.cast_signed() {
            win::SCARD_W_REMOVED_CARD | win::SCARD_E_NO_SMARTCARD => Self::CardRemoved,
            win::SCARD_W_RESET_CARD | win::SCARD_W_UNPOWERED_CARD => Self::CardReset,
            win::SCARD_E_READER_UNAVAILABLE | win::SCARD_E_UNKNOWN_READER => Self::ReaderGone,
            win::SCARD_E_SERVICE_STOPPED | win::SCARD_E_NO_SERVICE => Self::ServiceStopped,
            _ => Self::Driver(Box::new(fault)),
        }
    }
}

/// What the service says of the card behind a handle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardStatus {
    /// The answer to reset.
    pub atr: Vec<u8>,
    /// The protocol in force.
    pub protocol: Protocol,
}

/// The calls of PC/SC that a card module makes. It begins and ends no transaction: its caller holds
/// one around every call (*Windows Smart Card Minidriver Specification v7*, "Transaction
/// management").
pub trait Service: Send + Sync {
    /// Which card is there (`SCardStatus`). Nothing is sent to it.
    ///
    /// # Errors
    ///
    /// [`Fault`] with the service's code.
    fn status(&self, handle: usize) -> Result<CardStatus, Fault>;

    /// Sends one command, once (`SCardTransmit`), and says how long the answer is.
    ///
    /// # Errors
    ///
    /// [`Fault`] with the service's code. Whether the card got the command nobody knows then.
    fn transmit(
        &self,
        handle: usize,
        protocol: Protocol,
        command: &[u8],
        answer: &mut [u8],
    ) -> Result<usize, Fault>;

    /// Resets the card (`SCardReconnect`) so that it forgets every PIN. On Windows this may end the
    /// caller's transaction: it is for a code whose fate nobody knows, and for the end.
    ///
    /// # Errors
    ///
    /// [`Fault`] with the service's code: the card may keep a verified PIN.
    fn reset(&self, handle: usize) -> Result<(), Fault>;
}
