//! Which readers there are and which of them hold a card.

use std::borrow::Cow;
use std::error::Error;
use std::fmt;
use std::sync::Arc;

use crate::channel::CardChannel;

/// The name under which the system knows a reader: raw bytes, for a driver may use any.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ReaderName(Vec<u8>);

impl ReaderName {
    /// Takes the bytes of a name as the system gave them, without an ending zero.
    pub fn new(bytes: impl Into<Vec<u8>>) -> Self {
        Self(bytes.into())
    }

    /// The bytes to connect with.
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The name as text, for comparing with what a person typed. Show it through a filter only:
    /// it may hold control characters.
    pub fn to_text(&self) -> Cow<'_, str> {
        String::from_utf8_lossy(&self.0)
    }
}

impl fmt::Debug for ReaderName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.to_text(), f)
    }
}

/// What a reader holds.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CardPresence {
    /// No card.
    Empty,
    /// A card that answered its reset with these bytes.
    Card {
        /// The answer to reset, at most 33 bytes.
        atr: Vec<u8>,
    },
    /// Something that does not answer: a card upside down, or broken.
    Mute,
    /// The reader cannot be asked at the moment.
    Unreachable,
}

/// One reader at one moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReaderState {
    /// Which reader.
    pub name: ReaderName,
    /// What it holds.
    pub presence: CardPresence,
    /// Counts insertions and removals, so that a quick swap between two looks is noticed.
    pub events: u32,
}

/// Why readers could not be listed, watched or connected to.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReaderError {
    /// No PC/SC service runs, or it stopped.
    #[error("the smart card service is not running")]
    NoService,
    /// The service runs but does not let this user in.
    #[error("the smart card service refused access")]
    AccessDenied,
    /// There is no such reader any more.
    #[error("the reader is gone")]
    ReaderGone,
    /// The reader holds no card.
    #[error("there is no card in the reader")]
    NoCard,
    /// The card does not answer its reset.
    #[error("the card does not answer")]
    Mute,
    /// Another program holds the card for itself.
    #[error("another program is using the card")]
    Busy,
    /// [`Canceller::cancel`] ended the wait.
    #[error("the wait was ended")]
    Cancelled,
    /// The service or the driver reported something else.
    #[error("the smart card service reported an error")]
    Driver(#[source] Box<dyn Error + Send + Sync>),
}

/// The readers of a machine (or of a demonstration).
pub trait Readers: Send {
    /// All readers and what they hold, now.
    ///
    /// # Errors
    ///
    /// [`ReaderError::NoService`] when there is nobody to ask. No reader at all is an empty list.
    fn list(&mut self) -> Result<Vec<ReaderState>, ReaderError>;

    /// Connects to the card in `reader` in shared mode. Sends nothing to the card.
    ///
    /// # Errors
    ///
    /// [`ReaderError::Busy`] when another program holds it, after a short, quiet wait.
    fn connect(&mut self, reader: &ReaderName) -> Result<Box<dyn CardChannel>, ReaderError>;

    /// A watch with a connection of its own to the service, to be used by its own thread.
    fn watch(&self) -> Box<dyn ReaderWatch>;
}

impl<R: Readers + ?Sized> Readers for Box<R> {
    fn list(&mut self) -> Result<Vec<ReaderState>, ReaderError> {
        (**self).list()
    }

    fn connect(&mut self, reader: &ReaderName) -> Result<Box<dyn CardChannel>, ReaderError> {
        (**self).connect(reader)
    }

    fn watch(&self) -> Box<dyn ReaderWatch> {
        (**self).watch()
    }
}

/// Waits for readers and cards to come and go.
pub trait ReaderWatch: Send {
    /// The readers as they are now: at once the first time, later when something differs from
    /// what was returned before. Waits without polling.
    ///
    /// # Errors
    ///
    /// [`ReaderError::NoService`] once when the service goes away; the next call waits until it is
    /// back. [`ReaderError::Cancelled`] after [`Canceller::cancel`].
    fn next(&mut self) -> Result<Vec<ReaderState>, ReaderError>;

    /// A handle with which another thread ends the wait.
    fn canceller(&self) -> Canceller;
}

/// Ends a wait in [`ReaderWatch::next`], from any thread, any number of times.
#[derive(Clone)]
pub struct Canceller(Arc<dyn Fn() + Send + Sync>);

impl Canceller {
    /// A canceller that runs `cancel`.
    pub fn new(cancel: impl Fn() + Send + Sync + 'static) -> Self {
        Self(Arc::new(cancel))
    }

    /// Ends the wait that is going on, or the next one. For good: a cancelled watch stays so.
    pub fn cancel(&self) {
        (self.0)();
    }
}

impl fmt::Debug for Canceller {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Canceller")
    }
}
