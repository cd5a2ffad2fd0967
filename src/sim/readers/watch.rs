//! Waiting for readers and cards to come and go.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use siru_apdu::{Canceller, ReaderError, ReaderState, ReaderWatch};

use super::World;

/// Remembers what it told last, and waits for something else.
#[derive(Debug)]
pub(super) struct VirtualWatch {
    world: Arc<World>,
    told: Option<Told>,
    cancelled: Arc<AtomicBool>,
}

#[derive(Debug, PartialEq, Eq)]
enum Told {
    Readers(Vec<ReaderState>),
    NoService,
}

impl VirtualWatch {
    pub(super) fn new(world: Arc<World>) -> Self {
        Self {
            world,
            told: None,
            cancelled: Arc::default(),
        }
    }
}

impl ReaderWatch for VirtualWatch {
    fn next(&mut self) -> Result<Vec<ReaderState>, ReaderError> {
        let mut state = self.world.lock();
        loop {
            if self.cancelled.load(Ordering::Relaxed) {
                return Err(ReaderError::Cancelled);
            }
            let now = match state.list() {
                Ok(readers) => Told::Readers(readers),
                Err(_) => Told::NoService,
            };
            if self.told.as_ref() == Some(&now) {
                state = self.world.wait(state);
                continue;
            }
            let answer = match &now {
                Told::Readers(readers) => Ok(readers.clone()),
                Told::NoService => Err(ReaderError::NoService),
            };
            self.told = Some(now);
            return answer;
        }
    }

    fn canceller(&self) -> Canceller {
        let world = Arc::clone(&self.world);
        let cancelled = Arc::clone(&self.cancelled);
        // Setting the flag under the world's lock keeps the wake-up from being missed.
        Canceller::new(move || world.change(|_| cancelled.store(true, Ordering::Relaxed)))
    }
}
