//! The threads that wait for readers and read cards, so that no reader is ever polled and a card that
//! never answers keeps nobody waiting. Only for a service that is away is looked every few seconds.

use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::thread;
use std::time::Duration;

use siru_apdu::{Canceller, ReaderError, ReaderState};

use crate::Asked;
use crate::look::{Facts, LookError, look};
use crate::state::Look;

/// Makes a connection of its own to the readers for a thread.
pub type ConnectReaders = Arc<dyn Fn() -> Box<dyn siru_apdu::Readers> + Send + Sync>;

/// Something happened.
#[derive(Debug)]
pub enum Event {
    /// The watch with this number reported all readers, or that it cannot.
    Watched(u64, Result<Vec<ReaderState>, ReaderError>),
    /// A card was read, or not.
    Found(Look, Result<Facts, LookError>),
    /// Settings or cards may be different now.
    Changed,
    /// The person wants the window; the token lets it come forward.
    Open(Asked, Option<String>),
    /// The person wants the icon gone.
    Quit,
}

/// A watch over the readers, until it is dropped.
pub struct Watch {
    /// Reports of earlier ones carry other numbers.
    pub number: u64,
    canceller: Canceller,
}

impl Watch {
    /// Begins to watch; what is seen becomes events.
    ///
    /// # Errors
    ///
    /// There is no thread to be had.
    pub fn start(
        number: u64,
        connect: &ConnectReaders,
        events: Sender<Event>,
    ) -> std::io::Result<Self> {
        let mut watch = connect().watch();
        let canceller = watch.canceller();
        thread::Builder::new()
            .name("readers".to_owned())
            .spawn(move || {
                loop {
                    let report = watch.next();
                    let ended = matches!(report, Err(ReaderError::Cancelled));
                    if ended || events.send(Event::Watched(number, report)).is_err() {
                        return;
                    }
                }
            })?;
        Ok(Self { number, canceller })
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.canceller.cancel();
    }
}

/// Reads a card on a thread of its own: another program may be inside a transaction on it. What may
/// pass is given a few seconds; reading costs no try.
pub fn read(look_at: Look, connect: &ConnectReaders, events: Sender<Event>) {
    let connect = Arc::clone(connect);
    let work = move || {
        let mut readers = connect();
        let mut found = look(readers.as_mut(), &look_at.reader);
        for pause in PAUSES {
            if !Facts::may_pass(&found) {
                break;
            }
            thread::sleep(pause);
            found = look(readers.as_mut(), &look_at.reader);
        }
        // Nobody waits for it when the program ends.
        let _heard = events.send(Event::Found(look_at, found));
    };
    if let Err(error) = thread::Builder::new().name("card".to_owned()).spawn(work) {
        log::error!("no thread to read a card: {error}");
    }
}

/// How long other programs are given before a card is looked at again.
const PAUSES: [Duration; 3] = [
    Duration::from_millis(300),
    Duration::from_secs(1),
    Duration::from_secs(4),
];
