//! The way to the card over a handle of the caller.
//!
//! The caller (Windows' Base CSP or key storage provider) begins a transaction before it calls a card
//! module and ends it afterwards, so a transaction here is the part of the caller's that one call
//! takes: what is read in a call and what is sent on the strength of it are in one transaction of the
//! service. What the module knows from an earlier call is another matter: in between, the card may
//! have been reset and the caller may have connected anew, without the module being told. So the
//! channel is not bound to its card, and a PIN goes out only after the serial number and the counter
//! were read in the same call.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use siru_apdu::{
    CardChannel, CardTransaction, ChannelError, CommandApdu, Disposition, Protocol, ResponseApdu,
};
use windows_sys::Win32::Foundation::SCARD_E_UNSUPPORTED_FEATURE;

use crate::service::{CardStatus, Fault, Service};

/// The handle of the call that is going on. The caller may bring another one with each call.
pub type SharedHandle = Arc<AtomicUsize>;

/// Whether the card may be reset to make it forget. On Windows that ends the caller's transaction.
pub type SharedResets = Arc<AtomicBool>;

/// A connection that its caller owns.
pub struct HandleChannel {
    service: Arc<dyn Service>,
    handle: SharedHandle,
    resets: SharedResets,
    status: CardStatus,
}

impl HandleChannel {
    /// Takes note of the card behind `handle`. Nothing is sent to it.
    ///
    /// # Errors
    ///
    /// [`Fault`] when the service knows no card behind it.
    pub fn new(
        service: Arc<dyn Service>,
        handle: SharedHandle,
        resets: SharedResets,
    ) -> Result<Self, Fault> {
        let status = service.status(handle.load(Ordering::Relaxed))?;
        Ok(Self {
            service,
            handle,
            resets,
            status,
        })
    }
}

impl CardChannel for HandleChannel {
    fn atr(&self) -> &[u8] {
        &self.status.atr
    }

    fn protocol(&self) -> Protocol {
        self.status.protocol
    }

    fn is_bound_to_card(&self) -> bool {
        false
    }

    fn transaction(&mut self) -> Result<Box<dyn CardTransaction + '_>, ChannelError> {
        let handle = self.handle.load(Ordering::Relaxed);
        let status = self.service.status(handle)?;
        if status.atr != self.status.atr {
            return Err(ChannelError::CardRemoved);
        }
        self.status.protocol = status.protocol;
        Ok(Box::new(BorrowedTransaction {
            service: self.service.as_ref(),
            handle,
            may_reset: self.resets.load(Ordering::Relaxed),
            protocol: status.protocol,
        }))
    }
}

/// A part of the caller's transaction. Dropping it ends nothing.
struct BorrowedTransaction<'channel> {
    service: &'channel dyn Service,
    handle: usize,
    may_reset: bool,
    protocol: Protocol,
}

impl CardTransaction for BorrowedTransaction<'_> {
    fn transmit(&mut self, command: &CommandApdu) -> Result<ResponseApdu, ChannelError> {
        let wire = command.to_wire(self.protocol);
        let mut answer = [0; ANSWER_LENGTH];
        let length = self
            .service
            .transmit(self.handle, self.protocol, &wire, &mut answer)
            .inspect_err(|fault| log::debug!("{:?}: {fault}", command.instruction()))?;
        match answer.get(..length) {
            Some(bytes) => ResponseApdu::from_bytes(bytes),
            None => Err(ChannelError::LongAnswer { length }),
        }
    }

    fn end(self: Box<Self>, disposition: Disposition) -> Result<(), ChannelError> {
        match disposition {
            Disposition::Leave => Ok(()),
            Disposition::Reset if self.may_reset => Ok(self.service.reset(self.handle)?),
            Disposition::Reset => {
                Err(Fault::new(SCARD_E_UNSUPPORTED_FEATURE.cast_unsigned()).into())
            }
        }
    }
}

/// A short response has 258 bytes; what exceeds it is to be noticed, not cut.
const ANSWER_LENGTH: usize = 512;
