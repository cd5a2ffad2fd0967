//! What is in the readers, and what is to be said about it.

use std::time::{Duration, SystemTime};

use siru_apdu::{CardPresence, ReaderError, ReaderName, ReaderState};
use siru_card::{
    Access, OpenError, PinRole, PinState, ReadError, ReadOnlyReason, SafeText, Timestamp,
};

use crate::look::{Facts, LookError};
use crate::picture::Picture;

/// All readers, as far as they are known.
#[derive(Debug, Default)]
pub struct Readers {
    readers: Vec<Reader>,
    /// Why they cannot be asked.
    outage: Option<ReaderError>,
    /// Whether the readers were seen without an outage since: what comes now is put in just now.
    watched: bool,
    looks: u64,
}

#[derive(Debug)]
struct Reader {
    state: ReaderState,
    content: Content,
    /// The look whose answer counts; an answer about an earlier card carries another number.
    look: u64,
    /// Whether the answer is still to come.
    asked: bool,
    /// Whether something changed while the card was being read.
    overtaken: bool,
    /// The card was put in while this program watched, and has not opened the window yet.
    just_put_in: bool,
}

#[derive(Debug)]
enum Content {
    Empty,
    Mute,
    Unreachable,
    Looking,
    Known(Result<Facts, LookError>),
}

/// A card to be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    /// Where it is.
    pub reader: ReaderName,
    /// To be given back with the answer.
    pub number: u64,
}

/// What there is to say about one reader.
#[derive(Debug)]
pub enum Remark<'a> {
    /// No card.
    Empty,
    /// The reader cannot be asked.
    Unreachable,
    /// The card is being read.
    Looking,
    /// The card can be used.
    Ready,
    /// Something that does not answer.
    Mute,
    /// Another program holds the card, or the reader failed.
    NotReached(&'a ReaderError),
    /// The card is not one of ours, or does not let itself be read.
    NotOpened(&'a OpenError),
    /// Siru only looks at the card.
    ReadOnly(ReadOnlyReason),
    /// No PIN was set yet.
    NotActivated,
    /// A PIN is locked.
    Locked(PinRole),
    /// There is nothing to log in with.
    NoCertificate,
    /// The certificate could not be read.
    NotRead(&'a ReadError),
    /// The certificate is valid for so many whole days more.
    Expires(u64, Timestamp),
    /// The certificate is not valid any more.
    Expired(Timestamp),
}

impl Readers {
    /// How early a person is told that a certificate expires: a new card takes weeks.
    pub const FORESIGHT: Duration = Duration::from_secs(90 * DAY);

    /// Takes in what the watch reported; the cards to be read now.
    pub fn watched(&mut self, report: Result<Vec<ReaderState>, ReaderError>) -> Vec<Look> {
        let states = match report {
            Ok(states) => states,
            Err(error) => {
                // Whatever lies in the readers when the service is back was not put in then.
                *self = Self {
                    outage: Some(error),
                    looks: self.looks,
                    ..Self::default()
                };
                return Vec::new();
            }
        };
        self.outage = None;
        let mut before = std::mem::take(&mut self.readers);
        let mut looks = Vec::new();
        for state in states {
            let known = before.iter().position(|one| one.state.name == state.name);
            let reader = match known.map(|index| before.swap_remove(index)) {
                Some(reader) if reader.state == state => reader,
                _ => self.begin(state, &mut looks),
            };
            self.readers.push(reader);
        }
        self.watched = true;
        looks
    }

    /// Something may have changed: every card is to be read anew, also one that was ready, because a
    /// PIN may have been locked since. Reading costs no try.
    pub fn again(&mut self) -> Vec<Look> {
        let mut looks = Vec::new();
        for reader in &mut self.readers {
            if reader.asked {
                // It may hang, and its answer may be older than the change: one question at a time.
                reader.overtaken = true;
            } else if matches!(reader.content, Content::Known(_)) {
                looks.push(reader.ask(&mut self.looks));
            }
        }
        looks
    }

    /// The cards that answered, but were being read when something changed: they are to be read once
    /// more.
    pub fn overtaken(&mut self) -> Vec<Look> {
        let mut looks = Vec::new();
        for reader in &mut self.readers {
            if !reader.asked && std::mem::take(&mut reader.overtaken) {
                looks.push(reader.ask(&mut self.looks));
            }
        }
        looks
    }

    /// Takes in what a card said. Whether the window is to be opened: once for a card that was put
    /// in just now and has to be activated.
    pub fn found(&mut self, look: &Look, found: Result<Facts, LookError>) -> bool {
        let asked = |one: &&mut Reader| one.state.name == look.reader && one.look == look.number;
        let Some(reader) = self.readers.iter_mut().find(asked) else {
            return false;
        };
        let opens = matches!(&found, Ok(facts) if facts.is_not_activated());
        reader.content = Content::Known(found);
        reader.asked = false;
        std::mem::take(&mut reader.just_put_in) && opens
    }

    /// The picture for all readers together.
    pub fn picture(&self, now: SystemTime) -> Picture {
        let of_readers = self.readers.iter().map(|one| one.content.picture(now));
        of_readers.max().unwrap_or(Picture::NoReader)
    }

    /// Why readers cannot be asked.
    pub const fn outage(&self) -> Option<&ReaderError> {
        self.outage.as_ref()
    }

    /// What there is to say about each reader, the most important first.
    pub fn remarks(&self, now: SystemTime) -> Vec<(String, Vec<Remark<'_>>)> {
        let mut readers: Vec<_> = self.readers.iter().collect();
        // A stable order: readers of the same weight stay as the system lists them.
        readers.sort_by_key(|one| std::cmp::Reverse(one.content.picture(now)));
        readers
            .into_iter()
            .map(|one| {
                let name = SafeText::new(&one.state.name.to_text());
                let name = name.map_or_else(String::new, |name| name.to_string());
                (name, one.content.remarks(now))
            })
            .collect()
    }

    /// How long from `now` what is to be said stays the same if no card comes or goes. `None` while
    /// no certificate has an end to wait for.
    pub fn unchanging(&self, now: SystemTime) -> Option<Duration> {
        let ends = self.readers.iter().filter_map(|one| match &one.content {
            Content::Known(Ok(facts)) => facts.valid_until.as_ref().ok().copied().flatten(),
            _ => None,
        });
        let lasting = ends.filter_map(|until| {
            let left = until.to_system_time().duration_since(now).ok()?;
            let beyond = left.checked_sub(Self::FORESIGHT);
            // Days are counted down once the end is foreseen.
            Some(beyond.unwrap_or(left - Duration::from_secs(left.as_secs() / DAY * DAY)))
        });
        // The moment itself still belongs to what was said before it.
        lasting.min().map(|lasting| lasting + TICK)
    }

    fn begin(&mut self, state: ReaderState, looks: &mut Vec<Look>) -> Reader {
        let content = match &state.presence {
            CardPresence::Empty => Content::Empty,
            CardPresence::Card { .. } => Content::Looking,
            CardPresence::Mute => Content::Mute,
            _ => Content::Unreachable,
        };
        self.looks += 1;
        if matches!(content, Content::Looking) {
            looks.push(Look {
                reader: state.name.clone(),
                number: self.looks,
            });
        }
        Reader {
            state,
            asked: matches!(content, Content::Looking),
            content,
            look: self.looks,
            overtaken: false,
            just_put_in: self.watched,
        }
    }
}

impl Reader {
    /// What was read stays to be shown until the answer is there.
    fn ask(&mut self, looks: &mut u64) -> Look {
        *looks += 1;
        self.look = *looks;
        self.asked = true;
        Look {
            reader: self.state.name.clone(),
            number: self.look,
        }
    }
}

impl Content {
    fn remarks(&self, now: SystemTime) -> Vec<Remark<'_>> {
        match self {
            Self::Empty => vec![Remark::Empty],
            Self::Mute => vec![Remark::Mute],
            Self::Unreachable => vec![Remark::Unreachable],
            Self::Looking => vec![Remark::Looking],
            Self::Known(Err(LookError::Reader(ReaderError::Mute))) => vec![Remark::Mute],
            Self::Known(Err(LookError::Reader(error))) => vec![Remark::NotReached(error)],
            Self::Known(Err(LookError::Open(error))) => vec![Remark::NotOpened(error)],
            Self::Known(Ok(facts)) => facts.remarks(now),
        }
    }

    fn picture(&self, now: SystemTime) -> Picture {
        let of_remarks = self.remarks(now).into_iter().map(|one| one.picture());
        of_remarks.max().unwrap_or(Picture::Empty)
    }
}

impl Remark<'_> {
    /// What this alone makes of the picture.
    const fn picture(&self) -> Picture {
        match self {
            // Nothing a person has to do anything about.
            Self::Empty | Self::Unreachable | Self::Looking | Self::NotReached(_) => Picture::Empty,
            // Keys for other purposes stay plugged in; they do not hide a card that is ready.
            Self::NotOpened(OpenError::Foreign) => Picture::Foreign,
            Self::Ready => Picture::Ready,
            Self::Expires(..) => Picture::Notice,
            _ => Picture::Trouble,
        }
    }
}

impl Facts {
    fn is_not_activated(&self) -> bool {
        let states = [self.states.pin1, self.states.pin2];
        states
            .iter()
            .any(|state| matches!(state, PinState::NotActivated { .. }))
    }

    fn remarks(&self, now: SystemTime) -> Vec<Remark<'_>> {
        let mut remarks = Vec::new();
        if let Access::ReadOnly(reason) = self.access {
            remarks.push(Remark::ReadOnly(reason));
        }
        if self.is_not_activated() {
            remarks.push(Remark::NotActivated);
        }
        for role in [PinRole::Authentication, PinRole::Signature] {
            if self.states.of(role) == PinState::Locked {
                remarks.push(Remark::Locked(role));
            }
        }
        match &self.valid_until {
            Ok(Some(until)) => remarks.extend(validity(*until, now)),
            Ok(None) => remarks.push(Remark::NoCertificate),
            Err(error) => remarks.push(Remark::NotRead(error)),
        }
        if remarks.is_empty() {
            remarks.push(Remark::Ready);
        }
        remarks
    }
}

/// What there is to say about a certificate that is valid until then.
fn validity(until: Timestamp, now: SystemTime) -> Option<Remark<'static>> {
    match until.to_system_time().duration_since(now) {
        Ok(left) if left > Readers::FORESIGHT => None,
        Ok(left) => Some(Remark::Expires(left.as_secs() / DAY, until)),
        Err(_) => Some(Remark::Expired(until)),
    }
}

const TICK: Duration = Duration::from_secs(1);
/// In seconds.
const DAY: u64 = 24 * 60 * 60;
