//! Work on one card: the connection to it, for as long as one call needs it, and nobody else's.
//!
//! A visit is to the card of one insertion. If that card is no longer the one in the reader, nothing
//! is done and nothing is written down: what a person typed for one card never reaches another.

use std::sync::MutexGuard;

use siru_apdu::{ExchangeError, ReaderError};
use siru_card::{Access, FineidCard, LogOut, OpenError};

use crate::error::Error;
use crate::module::Module;
use crate::slot::{Closed, Face, Slot, User, Work};

/// The connection to the card of one insertion.
pub struct Visit<'a> {
    /// The module, for looking at the readers.
    pub module: &'a Module,
    /// The slot.
    pub slot: &'a Slot,
    /// The connection; nobody else has it meanwhile.
    pub work: MutexGuard<'a, Work>,
}

impl Slot {
    /// Takes the connection to the card of an insertion, and opens the card at first need.
    ///
    /// # Errors
    ///
    /// [`Error::DeviceRemoved`] when that card is no longer there; [`Error::TokenNotRecognized`] or
    /// what else is wrong with it.
    pub fn visit<'a>(&'a self, module: &'a Module, insertion: u32) -> Result<Visit<'a>, Error> {
        let mut visit = self.connection(module);
        self.face_of(insertion)
            .ok_or(Error::DeviceRemoved)?
            .profile()?;
        if visit.work.insertion != insertion {
            visit.leave_earlier_card();
            *visit.work = Work::empty(insertion);
        }
        if visit.work.card.is_none() {
            visit.open()?;
        }
        Ok(visit)
    }

    /// Takes the connection as it is, to whatever card it leads or led: for ending what was begun.
    pub fn connection<'a>(&'a self, module: &'a Module) -> Visit<'a> {
        Visit {
            module,
            slot: self,
            work: self.work(),
        }
    }
}

impl Visit<'_> {
    /// The open card.
    ///
    /// # Errors
    ///
    /// [`Error::DeviceError`] when it was given up in the meantime.
    pub fn card(&mut self) -> Result<&mut FineidCard, Error> {
        self.work.card.as_mut().ok_or(Error::DeviceError)
    }

    /// Writes something down about the card, if it still is the one in the reader.
    pub fn note(&self, change: impl FnOnce(&mut Face)) {
        if let Some(mut face) = self.slot.face_of(self.work.insertion) {
            change(&mut face);
        }
    }

    /// Who is logged in.
    ///
    /// # Errors
    ///
    /// [`Error::DeviceRemoved`] when the card is no longer there.
    pub fn login(&self) -> Result<Option<User>, Error> {
        let face = self.slot.face_of(self.work.insertion);
        face.map(|face| face.login).ok_or(Error::DeviceRemoved)
    }

    /// Makes the card forget a PIN that may be verified. Says whether it surely has.
    pub fn forget(&mut self) -> bool {
        self.work.end_login();
        if !self.work.verified {
            return true;
        }
        let role = self.slot.role();
        let told = self.work.card.as_mut().map(|card| card.log_out(role));
        match told {
            Some(LogOut::Forgotten) => {
                self.work.verified = false;
                true
            }
            Some(LogOut::Unconfirmed) => false,
            Some(LogOut::Gone) | None => self.give_up(),
        }
    }

    /// Takes note of an error that leaves the connection in doubt. A card that is still there must
    /// not keep a PIN, so it is told over a new connection; one that is gone takes its sessions along.
    pub fn doubt(&mut self, error: &dyn std::error::Error) -> Error {
        log::warn!("the card could not be talked to: {error}");
        self.end_login();
        self.give_up();
        let there = self.slot.face_of(self.work.insertion).is_some();
        if self.work.card.is_some() && there {
            return Error::DeviceError;
        }
        self.lose()
    }

    /// Nobody is logged in to this card any more.
    pub fn end_login(&mut self) {
        self.work.end_login();
        self.note(|face| face.login = None);
    }

    /// The card is gone, and its sessions with it.
    pub fn lose(&self) -> Error {
        let insertion = self.work.insertion;
        self.slot.lose(insertion, || self.module.next_insertion());
        Error::DeviceRemoved
    }

    /// Drops the connection, and with a new one makes a card that is still there forget the PIN. Says
    /// whether none is left verified.
    fn give_up(&mut self) -> bool {
        self.work.card = None;
        self.module.look();
        if self.slot.face_of(self.work.insertion).is_none() {
            // Taken out, it has lost its power, and with it the PIN.
            self.work.verified = false;
            return true;
        }
        if self.open().is_err() {
            return !self.work.verified;
        }
        let role = self.slot.role();
        if self.work.verified
            && let Some(card) = self.work.card.as_mut()
        {
            self.work.verified = card.log_out(role) != LogOut::Forgotten;
        }
        !self.work.verified
    }

    /// What an earlier card may still hold, told over the connection that is left to it.
    fn leave_earlier_card(&mut self) {
        let role = self.slot.role();
        let verified = self.work.verified;
        if let Some(card) = self.work.card.as_mut().filter(|_| verified) {
            // Mostly it is gone, which this finds out without asking it anything.
            let left = card.log_out(role);
            log::debug!("the card before this one: {left:?}");
        }
    }

    fn open(&mut self) -> Result<(), Error> {
        let opened = connect(self.slot);
        if opened.is_ok() {
            // Between the look at the reader and the connection the card may have been swapped.
            self.module.look();
        }
        let face = self.slot.face_of(self.work.insertion);
        let mut face = face.ok_or(Error::DeviceRemoved)?;
        match opened {
            Ok(card) => {
                face.pin = card.states().of(self.slot.role());
                if card.access() != Access::Full {
                    face.closed = Some(Closed::LookOnly);
                }
                drop(face);
                self.work.card = Some(card);
                Ok(())
            }
            Err(Error::TokenNotRecognized) => {
                face.closed = Some(Closed::Unknown);
                Err(Error::TokenNotRecognized)
            }
            Err(Error::DeviceRemoved) => {
                drop(face);
                Err(self.lose())
            }
            Err(error) => Err(error),
        }
    }
}

fn connect(slot: &Slot) -> Result<FineidCard, Error> {
    let channel = slot.source.readers().connect(&slot.reader);
    let channel = channel.map_err(|error| match error {
        ReaderError::ReaderGone | ReaderError::NoCard | ReaderError::NoService => {
            Error::DeviceRemoved
        }
        error => {
            log::warn!("the card cannot be reached: {error}");
            Error::DeviceError
        }
    })?;
    FineidCard::open(channel).map_err(|error| match error {
        OpenError::Unreachable(ExchangeError::Channel(error)) if error.is_gone() => {
            Error::DeviceRemoved
        }
        OpenError::Unreachable(error) => {
            log::warn!("the card cannot be opened: {error}");
            Error::DeviceError
        }
        error => {
            log::info!("not a card for this module: {error}");
            Error::TokenNotRecognized
        }
    })
}
