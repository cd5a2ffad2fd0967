//! A slot: one reader, seen as one identity. What is known of the card in it without asking it, and
//! the connection to it, under two locks: whoever asks what is known never waits for the card.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use cryptoki_sys::CK_SLOT_ID;
use siru_apdu::{CardPresence, ReaderName, ReaderState};
use siru_card::profile::{self, CardProfile, Recognition, Writing};
use siru_card::{FineidCard, Pin, PinState, Purpose};

use crate::error::Error;
use crate::object::{Authority, Identity};
use crate::source::ReaderSource;

/// Who is logged in to a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum User {
    /// The cardholder, by PIN1 (or PIN2 in the slot for signatures).
    Holder,
    /// Whoever knows the PUK, to set the PIN anew.
    SecurityOfficer,
}

/// One slot. It stays for the life of the process, also when its reader is unplugged.
pub struct Slot {
    /// Its number in PKCS #11.
    pub id: CK_SLOT_ID,
    /// The reader.
    pub reader: ReaderName,
    /// Which reader it is, counted from 1 in the order in which they were first seen.
    pub number: usize,
    /// Which identity it shows.
    pub purpose: Purpose,
    /// Where connections come from.
    pub source: Arc<dyn ReaderSource>,
    face: Mutex<Face>,
    work: Mutex<Work>,
    puk: Mutex<Option<HeldPuk>>,
}

/// What is known without asking the card.
#[derive(Clone, Debug)]
pub struct Face {
    /// Counts the cards that came, over all slots: sessions and objects belong to one of them.
    pub insertion: u32,
    /// What the service last said of the reader.
    pub seen: Option<Seen>,
    /// Who is logged in.
    pub login: Option<User>,
    /// The state of the PIN as the card last told it.
    pub pin: PinState,
    /// Whether the card wants the PIN for each signature.
    pub always_authenticate: bool,
    /// Whether the card turned out to be none that Siru knows or writes to.
    pub closed: Option<Closed>,
    /// The identity, once it was read; a card may turn out to have none.
    pub identity: Option<Option<Arc<Identity>>>,
    /// The authorities, once they were read.
    pub authorities: Option<Arc<Vec<Authority>>>,
}

/// A card as the service sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Seen {
    /// Its answer to reset; empty when it does not answer.
    pub atr: Vec<u8>,
    /// The service's count of insertions and removals.
    pub events: u32,
}

/// What a card turned out not to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closed {
    /// A FINEID card in use.
    Unknown,
    /// One that Siru logs in with.
    LookOnly,
}

/// The connection to the card, and what depends on it.
pub struct Work {
    /// The insertion it belongs to.
    pub insertion: u32,
    /// The open card.
    pub card: Option<FineidCard>,
    /// Signatures since the PIN was presented.
    pub signatures: u32,
    /// This card was seen to make two signatures on one PIN entry.
    pub keeps_pin: bool,
    /// For which signature the PIN was presented, where the card wants it for each.
    pub entry: Entry,
    /// A PIN may be verified on the card: presented over this connection or an earlier one of the same
    /// insertion, and not known to be forgotten.
    pub verified: bool,
}

/// For which signature a PIN was presented to a card that wants it for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entry {
    /// For none, or it was used.
    None,
    /// For the next one, whoever asks.
    Next,
    /// For the one that a session had begun, by its number.
    Begun(u64),
}

/// A PUK that was typed and not presented yet. Wiped when it is used, with everything else that ends a
/// log-in, and at the first look at the readers after its time is over.
pub struct HeldPuk {
    /// The digits.
    pub puk: Pin,
    /// When they were typed.
    pub since: Instant,
}

impl HeldPuk {
    /// How long it waits for the `C_InitPIN` it was typed for.
    const PATIENCE: Duration = Duration::from_secs(60);

    /// Whether its time is over.
    pub fn is_over(&self) -> bool {
        self.since.elapsed() > Self::PATIENCE
    }
}

impl Slot {
    /// A slot with nothing in it.
    pub fn new(
        id: CK_SLOT_ID,
        reader: ReaderName,
        number: usize,
        purpose: Purpose,
        source: Arc<dyn ReaderSource>,
    ) -> Self {
        Self {
            id,
            reader,
            number,
            purpose,
            source,
            face: Mutex::new(Face::empty(0)),
            work: Mutex::new(Work::empty(0)),
            puk: Mutex::new(None),
        }
    }

    /// What is known, now.
    pub fn face(&self) -> MutexGuard<'_, Face> {
        self.face.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The connection. Waits for whoever is using the card. Taken before [`Slot::face`], never after.
    pub fn work(&self) -> MutexGuard<'_, Work> {
        self.work.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What is known of the card of one insertion; `None` when another has come, or it is gone: what
    /// was found out about one card is not written down for the next.
    pub fn face_of(&self, insertion: u32) -> Option<MutexGuard<'_, Face>> {
        let face = self.face();
        (face.insertion == insertion).then_some(face)
    }

    /// The PUK on its way from `C_Login` to `C_InitPIN`. Taken last of all locks.
    pub fn puk(&self) -> MutexGuard<'_, Option<HeldPuk>> {
        self.puk.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Takes note of what the service says of the reader. A card that came, went or was swapped is
    /// a new insertion, numbered by `next`; nothing of the last one holds any more.
    pub fn see(&self, state: Option<&ReaderState>, next: impl FnOnce() -> u32) {
        self.puk().take_if(|held| held.is_over());
        let unreachable = CardPresence::Unreachable;
        if state.is_some_and(|state| state.presence == unreachable) && self.face().seen.is_some() {
            // The service cannot tell at the moment. Whoever works with the card finds out.
            return;
        }
        let seen = state.and_then(|state| {
            let atr = match &state.presence {
                CardPresence::Card { atr } => atr.clone(),
                CardPresence::Mute => Vec::new(),
                _ => return None,
            };
            Some(Seen {
                atr,
                events: state.events,
            })
        });
        let mut face = self.face();
        if face.seen != seen {
            *face = Face {
                seen,
                // PIN2 is for one signature, whether or not the card itself insists on it.
                always_authenticate: self.purpose == Purpose::Signature,
                ..Face::empty(next())
            };
            *self.puk() = None;
        }
    }

    /// The card of an insertion is gone, as the connection to it found out.
    pub fn lose(&self, insertion: u32, next: impl FnOnce() -> u32) {
        if let Some(mut face) = self.face_of(insertion) {
            *face = Face::empty(next());
            *self.puk() = None;
        }
    }

    /// The name of the token. It never changes while the card is in: clients find tokens by it.
    pub fn label(&self) -> String {
        let name = self.identity_label();
        match self.number {
            1 => name.to_owned(),
            number => format!("{name} (reader {number})"),
        }
    }

    /// How its identity is called.
    pub const fn identity_label(&self) -> &'static str {
        match self.purpose {
            Purpose::Signature => "PIN2 - signature",
            _ => "PIN1 - login",
        }
    }
}

impl Face {
    const fn empty(insertion: u32) -> Self {
        Self {
            insertion,
            seen: None,
            login: None,
            pin: PinState::Unknown,
            always_authenticate: false,
            closed: None,
            identity: None,
            authorities: None,
        }
    }

    /// The generation of the card, told by its answer to reset alone.
    ///
    /// # Errors
    ///
    /// [`Error::TokenNotPresent`] without a card, [`Error::TokenNotRecognized`] for one that is not
    /// a FINEID card in use.
    pub fn profile(&self) -> Result<&'static CardProfile, Error> {
        let seen = self.seen.as_ref().ok_or(Error::TokenNotPresent)?;
        if self.closed == Some(Closed::Unknown) {
            return Err(Error::TokenNotRecognized);
        }
        match profile::recognise(&seen.atr) {
            Recognition::Known(profile) if profile.writing != Writing::Retired => Ok(profile),
            _ => Err(Error::TokenNotRecognized),
        }
    }

    /// Whether a log-in with this card is possible at all, as far as is known.
    pub fn may_log_in(&self) -> bool {
        let proven = |profile: &CardProfile| profile.writing == Writing::Proven;
        self.closed.is_none() && self.profile().is_ok_and(proven)
    }
}

impl Work {
    /// No connection yet.
    pub const fn empty(insertion: u32) -> Self {
        Self {
            insertion,
            card: None,
            signatures: 0,
            keeps_pin: false,
            entry: Entry::None,
            verified: false,
        }
    }

    /// Nobody is logged in any more.
    pub fn end_login(&mut self) {
        self.signatures = 0;
        self.entry = Entry::None;
    }
}
