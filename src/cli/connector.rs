//! Connections to cards, each made and used on a thread of its own, and waited for only so long.
//!
//! While another program is inside a transaction on a card, PC/SC lets nobody in and knows no time
//! limit. What waits there stays behind on its thread and dies with the process; the other readers
//! are not kept waiting. Only what costs nothing is done so: once a PIN is handed over, its result
//! is waited for without limit.

use std::sync::Arc;
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use siru_apdu::Readers;

/// Where connections come from.
#[derive(Clone)]
pub struct Connector {
    readers: Arc<dyn Fn() -> Box<dyn Readers> + Send + Sync>,
    patience: Duration,
}

impl Connector {
    /// How long cards that another program works with are waited for.
    pub const PATIENCE: Duration = Duration::from_secs(10);

    /// `readers` makes readers that do not wait for each other, all of the same machine.
    pub fn new(readers: impl Fn() -> Box<dyn Readers> + Send + Sync + 'static) -> Self {
        Self {
            readers: Arc::new(readers),
            patience: Self::PATIENCE,
        }
    }

    /// The same, waiting for `patience`.
    #[must_use]
    pub fn with_patience(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }

    /// The same, with its readers inside others.
    pub(crate) fn wrapped(
        &self,
        wrap: impl Fn(Box<dyn Readers>) -> Box<dyn Readers> + Send + Sync + 'static,
    ) -> Self {
        let readers = Arc::clone(&self.readers);
        Self {
            readers: Arc::new(move || wrap(readers())),
            patience: self.patience,
        }
    }

    /// Readers with connections of their own.
    pub(crate) fn readers(&self) -> Box<dyn Readers> {
        (self.readers)()
    }

    /// Does every work on a thread of its own, at the same time. `None`: it was not done in time.
    pub(crate) fn in_time<T: Send + 'static>(
        &self,
        works: Vec<impl FnOnce(Box<dyn Readers>) -> T + Send + 'static>,
    ) -> Vec<Option<T>> {
        let deadline = Instant::now() + self.patience;
        let (done, results) = channel();
        let mut all: Vec<Option<T>> = works.iter().map(|_| None).collect();
        for (index, work) in works.into_iter().enumerate() {
            let (readers, done) = (self.readers(), done.clone());
            thread::spawn(move || {
                // Whoever waited may have given up.
                let _ = done.send((index, work(readers)));
            });
        }
        drop(done);
        while all.iter().any(Option::is_none) {
            let left = deadline.saturating_duration_since(Instant::now());
            match results.recv_timeout(left) {
                Ok((index, result)) => {
                    if let Some(place) = all.get_mut(index) {
                        *place = Some(result);
                    }
                }
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => break,
            }
        }
        all
    }
}
