//! The certificates of the cards: read when somebody looks for them, kept for as long as the card
//! is there, saved as files.

mod chain;
mod expiry;
mod save;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::time::Instant;

use siru_apdu::ReaderName;
use siru_card::{CardCertificate, CardIdentity, ReadError};

use super::{Card, Command, Holder, LookError, Model, Reader, Tab};
use crate::export::{ExportError, Written};
pub use chain::{Chain, chains, missing};
pub use expiry::{ExpiryNotice, Grade, expiry_notice};
pub use save::{Format, Save, SaveButton, SaveOrder, SavePhase};

/// What is known of the certificates, and the file that is being saved.
#[derive(Debug)]
pub struct Certificates {
    held: Vec<Held>,
    /// The open panel in which a file is named.
    pub save: Option<Save>,
    /// The folder that is offered for files.
    pub folder: Option<PathBuf>,
    /// Where the keyboard goes back to from the panel; the view takes this when it has seen to it.
    pub back_to: Option<SaveButton>,
}

/// The certificates of one card, for one insertion of it.
#[derive(Debug)]
pub struct Held {
    reader: ReaderName,
    generation: u64,
    identity: CardIdentity,
    /// How far they are read.
    pub reading: Reading,
    /// Which of them are shown with all their details.
    open: BTreeSet<usize>,
}

/// How far the certificates of a card are read.
#[derive(Debug)]
pub enum Reading {
    /// They are being read, since then.
    Waiting(Instant),
    /// They could not be read.
    Failed(CertificateError),
    /// All the card holds, in its order: those of the person first.
    Read(Vec<CardCertificate>),
}

/// Why the certificates of a card could not be read.
#[derive(Debug)]
pub enum CertificateError {
    /// The card could not be reached or opened.
    Look(LookError),
    /// They could not be read, or not from the card that was seen.
    Read(ReadError),
}

/// Something happened to certificates.
#[derive(Debug)]
pub enum CertificateMessage {
    /// They were read, or not.
    Found {
        /// In which reader.
        reader: ReaderName,
        /// The generation they were asked for.
        generation: u64,
        /// What the card holds.
        found: Result<Vec<CardCertificate>, CertificateError>,
    },
    /// The person wants them read once more.
    ReadAgain(ReaderName),
    /// The person wants all details of one, or none any more.
    Details(ReaderName, usize),
    /// The person wants to save one as a file.
    Offer(SaveButton),
    /// The person confirmed folder and name.
    Save,
    /// The file was written, or not.
    Saved {
        /// The number of the order.
        ticket: u64,
        /// Where it is now.
        written: Result<Written, ExportError>,
    },
}

impl Certificates {
    /// Nobody has asked for any.
    pub(super) const fn new() -> Self {
        Self {
            held: Vec::new(),
            save: None,
            folder: None,
            back_to: None,
        }
    }

    /// The certificates of the card in `reader`, when somebody has asked for them since it was
    /// inserted.
    pub fn of(&self, reader: &Reader) -> Option<&Held> {
        self.held.iter().find(|held| held.is_of(reader))
    }

    fn held_mut(&mut self, reader: &ReaderName) -> Option<&mut Held> {
        self.held.iter_mut().find(|held| held.reader == *reader)
    }
}

impl Held {
    /// The certificates, once they are read.
    pub fn all(&self) -> Option<&[CardCertificate]> {
        match &self.reading {
            Reading::Read(all) => Some(all),
            Reading::Waiting(_) | Reading::Failed(_) => None,
        }
    }

    /// Whether the details of the certificate with this number are shown.
    pub fn is_open(&self, index: usize) -> bool {
        self.open.contains(&index)
    }

    /// Whether they were read from the card that is in `reader` now.
    fn is_of(&self, reader: &Reader) -> bool {
        let same = |card: &Card| card.identity == self.identity;
        self.reader == reader.name
            && self.generation == reader.generation
            && reader.card().is_some_and(same)
    }
}

/// What a message about certificates brings about.
pub(super) fn apply(model: &mut Model, message: CertificateMessage, now: Instant) -> Vec<Command> {
    match message {
        CertificateMessage::Found {
            reader,
            generation,
            found,
        } => {
            let held = model.certificates.held_mut(&reader);
            if let Some(held) = held.filter(|held| held.generation == generation) {
                held.reading = match found {
                    Ok(all) => Reading::Read(all),
                    Err(error) => Reading::Failed(error),
                };
            }
        }
        CertificateMessage::ReadAgain(reader) => {
            let failed = |held: &Held| matches!(held.reading, Reading::Failed(_));
            let held = &mut model.certificates.held;
            held.retain(|held| held.reader != reader || !failed(held));
        }
        CertificateMessage::Details(reader, index) => {
            if let Some(held) = model.certificates.held_mut(&reader)
                && !held.open.remove(&index)
            {
                held.open.insert(index);
            }
        }
        CertificateMessage::Offer(button) => save::offer(model, button),
        CertificateMessage::Save => return save::submit(model, now).into_iter().collect(),
        CertificateMessage::Saved { ticket, written } => save::saved(model, ticket, written),
    }
    Vec::new()
}

/// Forgets what belongs to cards that are gone, and asks for what the person wants to see now.
pub(super) fn follow(model: &mut Model, now: Instant) -> Vec<Command> {
    let readers = &model.readers;
    let certificates = &mut model.certificates;
    certificates
        .held
        .retain(|held| readers.iter().any(|reader| held.is_of(reader)));
    save::follow(certificates);
    if model.tab != Tab::Certificates {
        return Vec::new();
    }
    let mut commands = Vec::new();
    for reader in readers {
        let Some(card) = reader.card() else { continue };
        // Its counters and its holder come first.
        if matches!(card.holder, Holder::Reading(_)) || certificates.of(reader).is_some() {
            continue;
        }
        let (name, generation) = (reader.name.clone(), reader.generation);
        certificates.held.push(Held {
            reader: name.clone(),
            generation,
            identity: card.identity.clone(),
            reading: Reading::Waiting(now),
            open: BTreeSet::new(),
        });
        commands.push(Command::ReadCertificates {
            reader: name,
            generation,
            seen: card.identity.clone(),
        });
    }
    commands
}

/// Whether the person closed something of this tab; nothing else is closed then.
pub(super) fn close(model: &mut Model) -> bool {
    model.tab == Tab::Certificates && save::close(&mut model.certificates)
}

/// All that could not be read is read once more.
pub(super) fn read_again(model: &mut Model) {
    let failed = |held: &Held| matches!(held.reading, Reading::Failed(_));
    model.certificates.held.retain(|held| !failed(held));
}
