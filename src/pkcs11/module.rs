//! The module between `C_Initialize` and `C_Finalize`: slots, sessions, and who waits for events.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU32, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use cryptoki_sys::{CK_SESSION_HANDLE, CK_SLOT_ID};
use siru_apdu::{ReaderError, ReaderState, Readers};
use siru_card::Purpose;

use crate::error::Error;
use crate::session::{Session, Sessions};
use crate::settings::Settings;
use crate::slot::{Slot, User};
use crate::source::ReaderSource;
use crate::wait::Waiting;

/// All there is. Made without asking anybody anything.
pub struct Module {
    settings: Settings,
    source: Arc<dyn ReaderSource>,
    looking: Mutex<Box<dyn Readers>>,
    slots: Mutex<Vec<Arc<Slot>>>,
    sessions: Sessions,
    insertions: AtomicU32,
    signatures: AtomicU64,
    waiting: Waiting,
}

impl Module {
    /// A module over these readers.
    pub fn new(source: Arc<dyn ReaderSource>, settings: Settings) -> Self {
        Self {
            settings,
            looking: Mutex::new(source.readers()),
            source,
            slots: Mutex::default(),
            sessions: Sessions::new(),
            insertions: AtomicU32::new(0),
            signatures: AtomicU64::new(0),
            waiting: Waiting::new(),
        }
    }

    /// What the administrator decided.
    pub const fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Where connections come from.
    pub(crate) fn source(&self) -> &Arc<dyn ReaderSource> {
        &self.source
    }

    /// Who waits for events.
    pub(crate) const fn waiting(&self) -> &Waiting {
        &self.waiting
    }

    /// A number for the next card that comes or goes.
    pub(crate) fn next_insertion(&self) -> u32 {
        self.insertions.fetch_add(1, Ordering::Relaxed) + 1
    }

    /// A number for the next signature that is begun.
    pub(crate) fn next_signature(&self) -> u64 {
        self.signatures.fetch_add(1, Ordering::Relaxed) + 1
    }

    /// Looks which readers there are and what they hold. Asks the service, never a card.
    pub fn look(&self) {
        // Held until the slots know: of two threads that look, the one that saw less would otherwise
        // undo what the other has seen, and end a log-in with a card that never went away.
        let mut readers = self.looking.lock().unwrap_or_else(PoisonError::into_inner);
        match readers.list() {
            Ok(states) => self.take_note(&states),
            // Without the service there is no card. Any other trouble says nothing about them.
            Err(ReaderError::NoService | ReaderError::AccessDenied) => self.take_note(&[]),
            Err(error) => log::warn!("the readers cannot be listed: {error}"),
        }
    }

    /// Takes note of what the service says. A reader keeps its slot for ever.
    fn take_note(&self, states: &[ReaderState]) {
        let mut slots = self.slots();
        for state in states {
            if !slots.iter().any(|slot| slot.reader == state.name) {
                self.add_slots(&mut slots, state);
            }
        }
        for slot in slots.iter() {
            let state = states.iter().find(|state| state.name == slot.reader);
            slot.see(state, || self.next_insertion());
        }
    }

    fn add_slots(&self, slots: &mut Vec<Arc<Slot>>, state: &ReaderState) {
        let number = slots
            .iter()
            .filter(|slot| slot.purpose == Purpose::Authentication)
            .count();
        let mut add = |purpose, offset| {
            let id = CK_SLOT_ID::try_from(2 * number + offset).unwrap_or(CK_SLOT_ID::MAX);
            let source = Arc::clone(&self.source);
            let slot = Slot::new(id, state.name.clone(), number + 1, purpose, source);
            slots.push(Arc::new(slot));
        };
        add(Purpose::Authentication, 0);
        if self.settings.signature_slot {
            add(Purpose::Signature, 1);
        }
    }

    /// The slots known so far.
    pub fn slots(&self) -> MutexGuard<'_, Vec<Arc<Slot>>> {
        self.slots.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A slot.
    ///
    /// # Errors
    ///
    /// [`Error::SlotIdInvalid`].
    pub fn slot(&self, id: CK_SLOT_ID) -> Result<Arc<Slot>, Error> {
        let find = || self.slots().iter().find(|slot| slot.id == id).cloned();
        // Whoever remembers a number from an earlier time may ask for it before listing.
        find()
            .or_else(|| {
                self.look();
                find()
            })
            .ok_or(Error::SlotIdInvalid)
    }

    /// The numbers of the slots, after a look at the readers.
    pub fn list_slots(&self, with_card: bool) -> Vec<CK_SLOT_ID> {
        self.look();
        self.slots()
            .iter()
            .filter(|slot| !with_card || slot.face().seen.is_some())
            .map(|slot| slot.id)
            .collect()
    }

    /// A session, after a look whether its card is still there.
    ///
    /// # Errors
    ///
    /// [`Error::SessionHandleInvalid`].
    pub fn fresh_session(&self, handle: CK_SESSION_HANDLE) -> Result<Arc<Session>, Error> {
        self.look();
        self.session(handle)
    }

    /// A session to which a PIN was typed, after a look whether its card is still there.
    ///
    /// # Errors
    ///
    /// As [`Sessions::get_for_pin`].
    pub fn session_for_pin(&self, handle: CK_SESSION_HANDLE) -> Result<Arc<Session>, Error> {
        self.look();
        self.sessions.get_for_pin(handle)
    }

    /// A session, as far as is known.
    ///
    /// # Errors
    ///
    /// [`Error::SessionHandleInvalid`].
    pub fn session(&self, handle: CK_SESSION_HANDLE) -> Result<Arc<Session>, Error> {
        self.sessions.get(handle)
    }

    /// `C_OpenSession`.
    ///
    /// # Errors
    ///
    /// [`Error::TokenNotPresent`], [`Error::TokenNotRecognized`], [`Error::SessionCount`], or that the
    /// security officer is logged in.
    pub fn open_session(
        &self,
        slot: CK_SLOT_ID,
        read_write: bool,
    ) -> Result<CK_SESSION_HANDLE, Error> {
        self.look();
        let slot = self.slot(slot)?;
        let insertion = {
            let face = slot.face();
            face.profile()?;
            if !read_write && face.login == Some(User::SecurityOfficer) {
                return Err(Error::SessionReadWriteSoExists);
            }
            face.insertion
        };
        self.sessions.open(&slot, insertion, read_write)
    }

    /// `C_CloseSession`: the last one takes the log-in with it.
    ///
    /// # Errors
    ///
    /// [`Error::SessionHandleInvalid`].
    pub fn close_session(&self, handle: CK_SESSION_HANDLE) -> Result<(), Error> {
        let session = self.sessions.close(handle)?;
        session.give_up(self);
        if self.count_sessions(&session.slot).0 == 0 {
            session.slot.end(self);
        }
        Ok(())
    }

    /// `C_CloseAllSessions`.
    ///
    /// # Errors
    ///
    /// [`Error::SlotIdInvalid`].
    pub fn close_all_sessions(&self, slot: CK_SLOT_ID) -> Result<(), Error> {
        let slot = self.slot(slot)?;
        self.sessions.close_all(&slot);
        slot.end(self);
        Ok(())
    }

    /// How many sessions a slot has, and how many of them are read-write.
    pub fn count_sessions(&self, slot: &Slot) -> (usize, usize) {
        self.sessions.count(slot)
    }

    /// `C_Finalize`: wakes whoever waits, and leaves no card with a verified PIN.
    pub fn finish(&self) {
        self.waiting.finish();
        // Whoever works with a card may look at the slots meanwhile: they must not stay locked.
        let slots = self.slots().clone();
        for slot in slots {
            self.sessions.close_all(&slot);
            slot.end(self);
        }
    }

    /// What each slot holds, for telling what changed.
    pub(crate) fn insertions(&self) -> HashMap<CK_SLOT_ID, u32> {
        let slots = self.slots();
        slots
            .iter()
            .map(|slot| (slot.id, slot.face().insertion))
            .collect()
    }
}
