//! Changing the world of virtual readers while others use it.

use std::sync::Arc;
use std::time::Duration;

use siru_apdu::ReaderName;

use super::{Reader, State, World, lock_card};
use crate::card::SimulatedCard;
use crate::fault::{Fault, TroubledCard};
use crate::ledger::Counters;

/// Why the world could not be changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ControlError {
    /// There is no reader of that name.
    #[error("no such reader")]
    UnknownReader,
    /// There is no card in the reader, or none was there to be put back.
    #[error("no card")]
    NoCard,
}

/// A handle on the world of [`super::VirtualReaders`]; clones change the same one.
#[derive(Debug, Clone)]
pub struct Control {
    world: Arc<World>,
}

impl Control {
    pub(super) fn new(world: Arc<World>) -> Self {
        Self { world }
    }

    /// Plugs in an empty reader; one of that name is replaced.
    pub fn add_reader(&self, name: ReaderName) {
        self.world.change(|state| {
            state.readers.retain(|reader| reader.name != name);
            state.readers.push(Reader {
                name,
                events: 0,
                card: None,
                removed: None,
                held: false,
            });
        });
    }

    /// Unplugs a reader, card and all.
    ///
    /// # Errors
    ///
    /// [`ControlError::UnknownReader`].
    pub fn remove_reader(&self, name: &ReaderName) -> Result<(), ControlError> {
        self.reader(name, |_| Ok(()))?;
        self.world
            .change(|state| state.readers.retain(|reader| reader.name != *name));
        Ok(())
    }

    /// Puts a card in; one that is there already is pulled first.
    ///
    /// # Errors
    ///
    /// [`ControlError::UnknownReader`].
    pub fn insert(&self, name: &ReaderName, card: SimulatedCard) -> Result<(), ControlError> {
        self.insert_troubled(name, TroubledCard::new(card))
    }

    /// Puts the card back that was in this reader last, with its counters as they were.
    ///
    /// # Errors
    ///
    /// [`ControlError::NoCard`] when there was none.
    pub fn reinsert(&self, name: &ReaderName) -> Result<(), ControlError> {
        let removed = self.reader(name, |reader| {
            reader.removed.take().ok_or(ControlError::NoCard)
        })?;
        self.insert_troubled(name, removed)
    }

    /// Pulls the card.
    ///
    /// # Errors
    ///
    /// [`ControlError::NoCard`] when there is none.
    pub fn remove(&self, name: &ReaderName) -> Result<(), ControlError> {
        self.reader(name, |reader| {
            if reader.remove() {
                Ok(())
            } else {
                Err(ControlError::NoCard)
            }
        })
    }

    /// Lets another program hold the card for itself (connecting answers Busy), or let go of it.
    ///
    /// # Errors
    ///
    /// [`ControlError::UnknownReader`].
    pub fn hold(&self, name: &ReaderName, held: bool) -> Result<(), ControlError> {
        self.reader(name, |reader| {
            reader.held = held;
            Ok(())
        })
    }

    /// Lets another program reset the card.
    ///
    /// # Errors
    ///
    /// [`ControlError::NoCard`] when there is none.
    pub fn reset_card(&self, name: &ReaderName) -> Result<(), ControlError> {
        let card = self.reader(name, |reader| {
            let inserted = reader.card.as_mut().ok_or(ControlError::NoCard)?;
            inserted.resets += 1;
            Ok(Arc::clone(&inserted.card))
        })?;
        lock_card(&card).card.reset();
        Ok(())
    }

    /// Stops the service: every call fails and every channel is lost.
    pub fn stop_service(&self) {
        self.world.change(|state| state.stopped = true);
    }

    /// Starts the service again; channels from before stay lost, the cards stay in.
    pub fn start_service(&self) {
        self.world.change(|state| {
            state.stopped = false;
            let State {
                readers,
                last_number,
                ..
            } = state;
            for inserted in readers.iter_mut().filter_map(|reader| reader.card.as_mut()) {
                *last_number += 1;
                inserted.number = *last_number;
                inserted.transaction = None;
                // A service that stops takes the power from the cards.
                lock_card(&inserted.card).card.reset();
            }
        });
    }

    /// Plans a fault for the card in a reader.
    ///
    /// # Errors
    ///
    /// [`ControlError::NoCard`] when there is none.
    pub fn plan(&self, name: &ReaderName, fault: Fault) -> Result<(), ControlError> {
        self.card(name, |troubled| troubled.plan(fault))
    }

    /// Makes every exchange with the card in a reader take this long.
    ///
    /// # Errors
    ///
    /// [`ControlError::NoCard`] when there is none.
    pub fn set_latency(&self, name: &ReaderName, latency: Duration) -> Result<(), ControlError> {
        self.card(name, |troubled| troubled.latency = latency)
    }

    /// Tries left on the card in a reader.
    ///
    /// # Errors
    ///
    /// [`ControlError::NoCard`] when there is none.
    pub fn counters(&self, name: &ReaderName) -> Result<Counters, ControlError> {
        self.card(name, |troubled| troubled.card.counters())
    }

    /// Looks at the card in a reader, or changes it, once it is between two commands.
    ///
    /// # Errors
    ///
    /// [`ControlError::NoCard`] when there is none.
    pub fn card<T>(
        &self,
        name: &ReaderName,
        work: impl FnOnce(&mut TroubledCard) -> T,
    ) -> Result<T, ControlError> {
        let card = self.reader(name, |reader| {
            let inserted = reader.card.as_ref().ok_or(ControlError::NoCard)?;
            Ok(Arc::clone(&inserted.card))
        })?;
        Ok(work(&mut lock_card(&card)))
    }

    fn insert_troubled(&self, name: &ReaderName, card: TroubledCard) -> Result<(), ControlError> {
        self.world.change(|state| {
            let number = state.next_number();
            let reader = state.reader(name).ok_or(ControlError::UnknownReader)?;
            reader.insert(number, card);
            Ok(())
        })
    }

    fn reader<T>(
        &self,
        name: &ReaderName,
        work: impl FnOnce(&mut Reader) -> Result<T, ControlError>,
    ) -> Result<T, ControlError> {
        self.world
            .change(|state| work(state.reader(name).ok_or(ControlError::UnknownReader)?))
    }
}
