//! Recording a program that finds its own way to the card.

use siru_apdu::{CardChannel, ReaderError, ReaderName, ReaderState, ReaderWatch, Readers};

use super::{Recorder, Tape};

/// Readers of which one is recorded: every connection to its card goes onto the same tape.
pub struct RecordingReaders {
    readers: Box<dyn Readers>,
    reader: ReaderName,
    tape: Tape,
}

impl RecordingReaders {
    /// Records what is said to the card in `reader`. Other readers are left alone.
    pub fn new(readers: Box<dyn Readers>, reader: ReaderName, tape: Tape) -> Self {
        Self {
            readers,
            reader,
            tape,
        }
    }
}

impl Readers for RecordingReaders {
    fn list(&mut self) -> Result<Vec<ReaderState>, ReaderError> {
        self.readers.list()
    }

    fn connect(&mut self, reader: &ReaderName) -> Result<Box<dyn CardChannel>, ReaderError> {
        let channel = self.readers.connect(reader)?;
        if *reader == self.reader {
            Ok(Box::new(Recorder::on(channel, self.tape.clone())))
        } else {
            Ok(channel)
        }
    }

    fn watch(&self) -> Box<dyn ReaderWatch> {
        self.readers.watch()
    }
}
