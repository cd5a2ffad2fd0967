//! The readers of this machine, as the PC/SC service knows them.

use std::ffi::CString;

use pcsc::Context;
use siru_apdu::{CardChannel, ReaderError, ReaderName, ReaderState, ReaderWatch, Readers};

use crate::channel::PcscChannel;
use crate::error::while_looking;
use crate::look::{Look, establish};
use crate::watch::PcscWatch;

/// The readers of this machine.
#[derive(Default)]
pub struct PcscReaders {
    /// For looking only; every connection and every watch has its own.
    context: Option<Context>,
}

impl PcscReaders {
    /// Asks nobody anything yet, so it succeeds without a service, before the first reader is ever
    /// plugged in.
    pub const fn new() -> Self {
        Self { context: None }
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

impl Readers for PcscReaders {
    fn list(&mut self) -> Result<Vec<ReaderState>, ReaderError> {
        let look = self.look().map_err(while_looking)?;
        Ok(look.readers())
    }

    fn connect(&mut self, reader: &ReaderName) -> Result<Box<dyn CardChannel>, ReaderError> {
        // No reader's name holds a zero byte; PC/SC ends names with one.
        let name = CString::new(reader.as_bytes()).map_err(|_| ReaderError::ReaderGone)?;
        let context = establish().map_err(while_looking)?;
        match PcscChannel::open(&context, &name) {
            Ok(channel) => Ok(Box::new(channel)),
            Err(ReaderError::AccessDenied) => {
                // Refused, or the daemon died this very moment: then there is no service.
                establish().map_err(while_looking)?;
                Err(ReaderError::AccessDenied)
            }
            Err(error) => Err(error),
        }
    }

    fn watch(&self) -> Box<dyn ReaderWatch> {
        Box::new(PcscWatch::new())
    }
}
