//! Readers inside the process: virtual cards behind the traits the product uses for PC/SC.
//!
//! A [`Control`] changes the world while others look at it: cards come and go, another program
//! holds a card, the service stops. Whoever waits in a watch is woken; nobody polls.

mod channel;
mod control;
mod watch;

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use siru_apdu::{
    CardChannel, CardPresence, ReaderError, ReaderName, ReaderState, ReaderWatch, Readers,
};

pub use self::control::{Control, ControlError};

use crate::card::Nature;
use crate::fault::TroubledCard;
use crate::image::{Image, Model, Variant};
use crate::personalize::Personalisation;
use crate::software_key::KeyError;

/// Readers with virtual cards in them.
#[derive(Debug, Clone)]
pub struct VirtualReaders {
    world: Arc<World>,
}

impl VirtualReaders {
    /// What the demonstration shows when nobody asks for other cards.
    pub const DEMO: [Image; 4] = [
        Image::new(Model::V4, Variant::Normal),
        Image::new(Model::V3, Variant::Locked),
        Image::new(Model::Organisation, Variant::Normal),
        Image::new(Model::V4, Variant::Fresh),
    ];

    /// No readers yet; [`Self::control`] adds them.
    pub fn new() -> Self {
        Self {
            world: Arc::default(),
        }
    }

    /// One reader per image, named "Demo reader 1" and so on.
    ///
    /// # Errors
    ///
    /// [`KeyError`] when a key that ships with the crate cannot be used.
    pub fn demo(images: &[Image]) -> Result<Self, KeyError> {
        let readers = Self::new();
        let control = readers.control();
        for (number, image) in (1..).zip(images) {
            let name = ReaderName::new(format!("Demo reader {number}"));
            control.add_reader(name.clone());
            // The reader was added just now and the card fits any.
            let _inserted = control.insert(&name, Personalisation::new(*image).build()?);
        }
        Ok(readers)
    }

    /// A handle with which to change what there is.
    pub fn control(&self) -> Control {
        Control::new(Arc::clone(&self.world))
    }
}

impl Default for VirtualReaders {
    fn default() -> Self {
        Self::new()
    }
}

impl Readers for VirtualReaders {
    fn list(&mut self) -> Result<Vec<ReaderState>, ReaderError> {
        self.world.lock().list()
    }

    fn connect(&mut self, reader: &ReaderName) -> Result<Box<dyn CardChannel>, ReaderError> {
        Ok(Box::new(channel::VirtualChannel::open(
            &self.world,
            reader,
        )?))
    }

    fn watch(&self) -> Box<dyn ReaderWatch> {
        Box::new(watch::VirtualWatch::new(Arc::clone(&self.world)))
    }
}

/// Everything there is, and the bell that rings when it changes.
#[derive(Debug, Default)]
struct World {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    /// The service was stopped by [`Control::stop_service`].
    stopped: bool,
    readers: Vec<Reader>,
    /// The last number given to an insertion or a channel.
    last_number: u64,
}

#[derive(Debug)]
struct Reader {
    name: ReaderName,
    events: u32,
    card: Option<Inserted>,
    /// The card that was here last, for putting it back.
    removed: Option<TroubledCard>,
    /// Another program holds the card for itself.
    held: bool,
}

/// A card in a reader. The card has a lock of its own, so that a slow exchange stops nobody else.
#[derive(Debug, Clone)]
struct Inserted {
    number: u64,
    card: Arc<Mutex<TroubledCard>>,
    atr: Vec<u8>,
    mute: bool,
    /// Resets by anybody; a channel that knows fewer has lost its state.
    resets: u64,
    /// The channel whose transaction is going on.
    transaction: Option<u64>,
}

impl World {
    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn wait<'a>(&self, state: MutexGuard<'a, State>) -> MutexGuard<'a, State> {
        self.changed
            .wait(state)
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// Changes something and wakes whoever waits.
    fn change<T>(&self, work: impl FnOnce(&mut State) -> T) -> T {
        let result = work(&mut self.lock());
        self.changed.notify_all();
        result
    }
}

impl State {
    fn list(&self) -> Result<Vec<ReaderState>, ReaderError> {
        if self.stopped {
            return Err(ReaderError::NoService);
        }
        Ok(self.readers.iter().map(Reader::state).collect())
    }

    fn reader(&mut self, name: &ReaderName) -> Option<&mut Reader> {
        self.readers.iter_mut().find(|reader| reader.name == *name)
    }

    fn next_number(&mut self) -> u64 {
        self.last_number += 1;
        self.last_number
    }
}

impl Reader {
    fn state(&self) -> ReaderState {
        let presence = match &self.card {
            None => CardPresence::Empty,
            Some(inserted) if inserted.mute => CardPresence::Mute,
            Some(inserted) => CardPresence::Card {
                atr: inserted.atr.clone(),
            },
        };
        ReaderState {
            name: self.name.clone(),
            presence,
            events: self.events,
        }
    }

    fn insert(&mut self, number: u64, troubled: TroubledCard) {
        self.remove();
        self.events += 1;
        self.card = Some(Inserted {
            number,
            atr: troubled.card.atr().to_vec(),
            mute: troubled.card.nature() == Nature::Mute,
            card: Arc::new(Mutex::new(troubled)),
            resets: 0,
            transaction: None,
        });
    }

    /// Takes the card out; it loses power, and keeps its values and counters.
    fn remove(&mut self) -> bool {
        let Some(inserted) = self.card.take() else {
            return false;
        };
        self.events += 1;
        let mut troubled = lock_card(&inserted.card).clone();
        troubled.card.reset();
        self.removed = Some(troubled);
        true
    }
}

fn lock_card(card: &Mutex<TroubledCard>) -> MutexGuard<'_, TroubledCard> {
    card.lock().unwrap_or_else(PoisonError::into_inner)
}
