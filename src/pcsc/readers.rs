//! The readers of this machine, as the PC/SC service knows them.

use std::ffi::CString;

use pcsc::Context;
use siru_apdu::{CardChannel, ReaderError, ReaderName, ReaderState, ReaderWatch, Readers};

use crate::channel::PcscChannel;
use crate::error::while_looking;
use crate::habit::ServiceHabit;
use crate::look::{Look, establish};
use crate::watch::PcscWatch;

/// The readers of this machine.
pub struct PcscReaders {
    habit: ServiceHabit,
    /// For looking only; every connection and every watch has its own.
    context: Option<Context>,
}

impl PcscReaders {
    /// Asks nobody anything yet, so it succeeds without a service, before the first reader is ever
    /// plugged in.
    pub const fn new() -> Self {
        Self::with_habit(ServiceHabit::OF_THIS_SYSTEM)
    }

    /// The same of a service that has another habit than that of this system.
    pub const fn with_habit(habit: ServiceHabit) -> Self {
        Self {
            habit,
            context: None,
        }
    }

    /// Looks, in the context at hand or else a fresh one, and keeps it if it worked.
    fn look(&mut self) -> Result<Look, pcsc::Error> {
        // A context does not outlive the service that made it, and `SCardIsValidContext` says it
        // does. An error in an old one therefore says nothing about the service of now.
        if let Some(context) = self.context.take()
            && let Ok(look) = Look::at(&context)
        {
            self.context = Some(context);
            return Ok(look);
        }
        let context = establish()?;
        let look = Look::at(&context)?;
        self.context = Some(context);
        Ok(look)
    }
}

impl Default for PcscReaders {
    fn default() -> Self {
        Self::new()
    }
}

impl Readers for PcscReaders {
    fn list(&mut self) -> Result<Vec<ReaderState>, ReaderError> {
        match self.look() {
            Ok(look) => Ok(look.readers()),
            Err(error) if self.habit.is_no_reader(error) => Ok(Vec::new()),
            Err(error) => Err(while_looking(error)),
        }
    }

    fn connect(&mut self, reader: &ReaderName) -> Result<Box<dyn CardChannel>, ReaderError> {
        // No reader's name holds a zero byte; PC/SC ends names with one.
        let name = CString::new(reader.as_bytes()).map_err(|_| ReaderError::ReaderGone)?;
        let context = match establish() {
            Ok(context) => context,
            Err(error) if self.habit.is_no_reader(error) => return Err(ReaderError::ReaderGone),
            Err(error) => return Err(while_looking(error)),
        };
        match PcscChannel::open(&context, &name) {
            Ok(channel) => Ok(Box::new(channel)),
            Err(ReaderError::AccessDenied) => {
                // Refused, or the daemon died this very moment: then there is no service.
                establish().map_err(while_looking)?;
                Err(ReaderError::AccessDenied)
            }
            // It went with its reader before anything was sent.
            Err(ReaderError::NoService) if self.habit == ServiceHabit::GoesWithLastReader => {
                Err(ReaderError::ReaderGone)
            }
            Err(error) => Err(error),
        }
    }

    fn watch(&self) -> Box<dyn ReaderWatch> {
        Box::new(PcscWatch::with_habit(self.habit))
    }
}
