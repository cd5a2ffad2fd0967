//! Writing down what passes between a program and a card, without anything that must not be kept.
//!
//! A [`Recorder`] goes between the two and notes every exchange on a [`Tape`]; [`Tape::finish`]
//! makes a [`Recording`] of it. A PIN never reaches the tape: it notes the name, the length and a
//! keyed fingerprint by which equal PINs get equal names.

mod answers;
mod der;
mod files;
mod naming;
mod readers;
mod recording;
mod redact;
mod rules;
mod titles;

use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use siru_apdu::{
    CardChannel, CardTransaction, ChannelError, CommandApdu, CommandData, Disposition, Protocol,
    ResponseApdu,
};

use crate::model::{Event, Source, Start, Target};
pub use readers::RecordingReaders;
pub use recording::{CertificateBody, Recording, SaveError};

/// What a person has to say about a recording; the rest of the header is found out.
#[derive(Clone, Debug, Default)]
pub struct Labels {
    /// The comment at the top, a line each.
    pub about: Vec<String>,
    /// The card's generation or image, as `fineid-v4`.
    pub card: String,
    /// Where the bytes come from: a virtual card or a real one.
    pub source: Source,
    /// How the PINs stood before the first exchange.
    pub start: Vec<Start>,
}

/// What was noted so far. Clones are handles to the same tape.
#[derive(Clone, Default)]
pub struct Tape(Arc<Mutex<Noted>>);

#[derive(Default)]
struct Noted {
    card: Option<(Vec<u8>, Protocol)>,
    entries: Vec<Entry>,
    /// Keyed anew for every tape: a fingerprint says nothing once the tape is gone.
    fingerprints: RandomState,
}

/// One thing on the tape.
enum Entry {
    Title(String),
    Exchange(Noting),
    EndWithReset,
}

/// One exchange on the tape.
struct Noting {
    header: [u8; 4],
    data: Vec<Part>,
    /// Le as it was on the wire.
    le: Option<u8>,
    outcome: Result<ResponseApdu, Event>,
}

impl Noting {
    /// INS.
    const fn instruction(&self) -> u8 {
        self.header[1]
    }

    /// P1 and P2.
    const fn parameters(&self) -> [u8; 2] {
        [self.header[2], self.header[3]]
    }

    /// The data field, if nothing in it is secret.
    fn plain(&self) -> &[u8] {
        match self.data.as_slice() {
            [Part::Plain(bytes)] => bytes,
            _ => &[],
        }
    }
}

/// A part of a data field.
enum Part {
    Plain(Vec<u8>),
    /// A PIN or PUK, of which nothing is kept that could be read.
    Secret {
        name: String,
        length: usize,
        fingerprint: u64,
    },
}

impl Tape {
    /// An empty tape.
    pub fn new() -> Self {
        Self::default()
    }

    /// Begins a step: what follows stands under this title. Without any, every command gets a
    /// title of its own.
    pub fn step(&self, title: &str) {
        self.noted().entries.push(Entry::Title(one_line(title)));
    }

    /// Makes a script of everything noted so far. `None` when no channel was ever recorded.
    pub fn finish(&self, labels: Labels) -> Option<Recording> {
        let noted = self.noted();
        let (atr, protocol) = noted.card.clone()?;
        let target = Target {
            card: word(&labels.card),
            atr,
            protocol,
        };
        Some(redact::recording(&noted.entries, target, labels))
    }

    /// A program that panicked must not take its recording along.
    fn noted(&self) -> MutexGuard<'_, Noted> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn exchange(
        &self,
        command: &CommandApdu,
        protocol: Protocol,
        outcome: &Result<ResponseApdu, ChannelError>,
    ) {
        let mut noted = self.noted();
        let data = parts(command, &noted.fingerprints);
        // Under T=0 a command with data travels without Le.
        let le = match (command.expected(), protocol) {
            (Some(_), Protocol::T0) if !data.is_empty() => None,
            (expected, _) => expected.map(|expected| expected.le()),
        };
        noted.entries.push(Entry::Exchange(Noting {
            header: command.header(),
            data,
            le,
            outcome: match outcome {
                Ok(response) => Ok(response.clone()),
                Err(error) => Err(Event::from_error(error)),
            },
        }));
    }
}

/// A data field without its secrets. What an instruction presents is secret whatever its sender
/// says: the command may come from another program.
fn parts(command: &CommandApdu, fingerprints: &RandomState) -> Vec<Part> {
    match command.command_data() {
        CommandData::None => Vec::new(),
        CommandData::Plain(bytes) if command.instruction().presents_secret() => {
            vec![Part::Secret {
                name: "secret".to_owned(),
                length: bytes.len(),
                fingerprint: fingerprints.hash_one(bytes.as_slice()),
            }]
        }
        CommandData::Plain(bytes) => vec![Part::Plain(bytes.clone())],
        CommandData::Secret { parts, bytes } => {
            let mut rest = bytes.as_slice();
            let mut noted = Vec::with_capacity(parts.len());
            for (name, length) in parts {
                let (part, after) = rest.split_at_checked(*length).unwrap_or((rest, &[]));
                rest = after;
                noted.push(Part::Secret {
                    name: (*name).to_owned(),
                    length: part.len(),
                    fingerprint: fingerprints.hash_one(part),
                });
            }
            noted
        }
    }
}

/// A channel that notes on a tape what passes through it.
pub struct Recorder {
    channel: Box<dyn CardChannel>,
    tape: Tape,
}

impl Recorder {
    /// Records `channel` on a tape of its own.
    pub fn new(channel: Box<dyn CardChannel>) -> Self {
        Self::on(channel, Tape::new())
    }

    /// Records `channel` on `tape`: a further connection to the same card.
    pub fn on(channel: Box<dyn CardChannel>, tape: Tape) -> Self {
        let card = (channel.atr().to_vec(), channel.protocol());
        tape.noted().card.get_or_insert(card);
        Self { channel, tape }
    }

    /// The tape. Keep it: the recorder itself goes to whoever talks to the card.
    pub fn tape(&self) -> Tape {
        self.tape.clone()
    }

    /// Begins a step, as [`Tape::step`] does.
    pub fn step(&self, title: &str) {
        self.tape.step(title);
    }
}

impl CardChannel for Recorder {
    fn atr(&self) -> &[u8] {
        self.channel.atr()
    }

    fn protocol(&self) -> Protocol {
        self.channel.protocol()
    }

    /// A transaction that could not be begun leaves no trace: no command was sent.
    fn transaction(&mut self) -> Result<Box<dyn CardTransaction + '_>, ChannelError> {
        let protocol = self.channel.protocol();
        Ok(Box::new(RecordedTransaction {
            transaction: self.channel.transaction()?,
            protocol,
            tape: &self.tape,
        }))
    }
}

struct RecordedTransaction<'a> {
    transaction: Box<dyn CardTransaction + 'a>,
    protocol: Protocol,
    tape: &'a Tape,
}

impl CardTransaction for RecordedTransaction<'_> {
    fn transmit(&mut self, command: &CommandApdu) -> Result<ResponseApdu, ChannelError> {
        let outcome = self.transaction.transmit(command);
        self.tape.exchange(command, self.protocol, &outcome);
        outcome
    }

    fn end(self: Box<Self>, disposition: Disposition) -> Result<(), ChannelError> {
        self.transaction.end(disposition)?;
        if disposition == Disposition::Reset {
            self.tape.noted().entries.push(Entry::EndWithReset);
        }
        Ok(())
    }
}

/// Text as a script can hold it on one line: no line ends, and no sign that begins a comment.
fn one_line(text: &str) -> String {
    let words: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || c.is_control())
        .map(|word| word.trim_start_matches('#'))
        .filter(|word| !word.is_empty())
        .collect();
    if words.is_empty() {
        "untitled".to_owned()
    } else {
        words.join(" ")
    }
}

/// Text as the header `card:` can hold it.
fn word(text: &str) -> String {
    let word: String = text
        .chars()
        .filter(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-'))
        .take(40)
        .collect();
    if crate::name::is_name(&word) {
        word
    } else {
        "unknown".to_owned()
    }
}

#[cfg(test)]
mod privacy;
#[cfg(test)]
mod tests;
