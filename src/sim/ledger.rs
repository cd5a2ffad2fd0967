//! The attempt ledger: what reached a card's secrets, and what it cost.
//!
//! Every VERIFY, CHANGE REFERENCE DATA and RESET RETRY COUNTER with a data field becomes one entry.
//! Tests of the rules that protect a card end by reading it. The digits are never written down.

use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use serde::Serialize;

/// Tries left of the three secrets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Counters {
    /// Tries left of PIN1, the basic PIN.
    pub pin1: u8,
    /// Tries left of PIN2, the signature PIN.
    pub pin2: u8,
    /// Tries left of the PUK.
    pub puk: u8,
}

/// One command that carried a PIN or a PUK.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Entry {
    /// Serial of the card it was meant for.
    pub card: String,
    /// Number of the exchange on that card, from 1 and over all its insertions.
    pub exchange: u64,
    /// INS: 32 (20), 36 (24) or 44 (2C).
    pub instruction: u8,
    /// P1, which tells the two forms of RESET RETRY COUNTER apart.
    pub p1: u8,
    /// P2, the reference of the secret.
    pub reference: u8,
    /// Lc, in bytes.
    pub length: usize,
    /// Whether length, digits and padding are what this card asks for.
    pub well_formed: bool,
    /// Whether the card worked on it; a fault may have kept it away.
    pub executed: bool,
    /// The verdict as the card gave it, even when the answer was lost; `None` when not executed.
    pub status: Option<u16>,
    /// Counters before.
    pub before: Counters,
    /// Counters after.
    pub after: Counters,
}

/// Sums over everything the ledger saw.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Totals {
    /// Commands of any kind that were sent to a card.
    pub exchanges: u64,
    /// Entries, executed or not.
    pub attempts: u64,
    /// Signatures the cards made.
    pub signatures: u64,
    /// Resets and power-downs.
    pub resets: u64,
}

/// Why a ledger file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum LedgerError {
    /// The file could not be opened for appending.
    #[error("the ledger file cannot be opened")]
    Open(#[from] std::io::Error),
}

/// A shared handle; clones write into the same book.
#[derive(Debug, Clone, Default)]
pub struct Ledger {
    book: Arc<Mutex<Book>>,
}

#[derive(Debug, Default)]
struct Book {
    entries: Vec<Entry>,
    totals: Totals,
    file: Option<File>,
}

/// One line of the ledger file.
#[derive(Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
enum Line<'a> {
    Attempt(&'a Entry),
    Signature {
        card: &'a str,
        exchange: u64,
        key: u8,
    },
    Reset {
        card: &'a str,
        exchange: u64,
    },
}

impl Ledger {
    /// A ledger that also appends one JSON object per line to `path`.
    ///
    /// # Errors
    ///
    /// [`LedgerError::Open`] when the file cannot be opened; no card is touched.
    pub fn with_file(path: &Path) -> Result<Self, LedgerError> {
        let file = OpenOptions::new().create(true).append(true).open(path)?;
        let ledger = Self::default();
        ledger.with(|book| book.file = Some(file));
        Ok(ledger)
    }

    /// All entries so far, oldest first.
    pub fn entries(&self) -> Vec<Entry> {
        self.with(|book| book.entries.clone())
    }

    /// The sums so far.
    pub fn totals(&self) -> Totals {
        self.with(|book| book.totals)
    }

    /// Forgets everything; the file is left as it is.
    pub fn clear(&self) {
        self.with(|book| {
            book.entries.clear();
            book.totals = Totals::default();
        });
    }

    pub(crate) fn record(&self, entry: Entry) {
        self.with(|book| {
            book.totals.attempts += 1;
            book.write(&Line::Attempt(&entry));
            book.entries.push(entry);
        });
    }

    pub(crate) fn exchange(&self) {
        self.with(|book| book.totals.exchanges += 1);
    }

    pub(crate) fn signature(&self, card: &str, exchange: u64, key: u8) {
        self.with(|book| {
            book.totals.signatures += 1;
            book.write(&Line::Signature {
                card,
                exchange,
                key,
            });
        });
    }

    pub(crate) fn reset(&self, card: &str, exchange: u64) {
        self.with(|book| {
            book.totals.resets += 1;
            book.write(&Line::Reset { card, exchange });
        });
    }

    fn with<T>(&self, work: impl FnOnce(&mut Book) -> T) -> T {
        work(&mut self.book.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Book {
    fn write(&mut self, line: &Line<'_>) {
        let Some(file) = &mut self.file else { return };
        let Ok(mut text) = serde_json::to_string(line) else {
            return;
        };
        text.push('\n');
        // One write per line, so that a reader never sees half an object. A full disk must not stop
        // the card: the entry is still in memory.
        if file.write_all(text.as_bytes()).is_err() {
            self.file = None;
        }
    }
}
