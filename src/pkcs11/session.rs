//! Sessions: who talks to which slot, and what each has begun.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use cryptoki_sys::{CK_OBJECT_HANDLE, CK_SESSION_HANDLE};

use crate::error::Error;
use crate::module::Module;
use crate::signing::Signing;
use crate::slot::Slot;

/// One session.
pub struct Session {
    /// The slot it belongs to.
    pub slot: Arc<Slot>,
    /// The insertion of the card it belongs to.
    pub insertion: u32,
    /// Whether it may set PINs.
    pub read_write: bool,
    begun: Mutex<Begun>,
}

/// What was begun in a session.
#[derive(Default)]
pub struct Begun {
    /// What a search still has to give out, last first.
    pub found: Option<Vec<CK_OBJECT_HANDLE>>,
    /// The signature under way.
    pub signing: Option<Signing>,
}

impl Session {
    /// Whether its card is still in its reader.
    pub fn is_alive(&self) -> bool {
        self.slot.face_of(self.insertion).is_some()
    }

    /// Gives a signature up that was begun, and with it a PIN entered for it. Says whether there was
    /// one.
    pub fn give_up(&self, module: &Module) -> bool {
        let begun = self.begun().signing.take();
        if let Some(signing) = &begun {
            self.slot.abandon(module, signing.number);
        }
        begun.is_some()
    }

    /// What was begun.
    pub fn begun(&self) -> MutexGuard<'_, Begun> {
        self.begun.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// All sessions. A handle is given out once.
pub struct Sessions {
    table: Mutex<Table>,
}

struct Table {
    last: u32,
    open: HashMap<u32, Arc<Session>>,
}

impl Sessions {
    /// The most sessions at one time.
    const MOST: usize = 4096;

    /// None yet.
    pub fn new() -> Self {
        Self {
            table: Mutex::new(Table {
                last: 0,
                open: HashMap::new(),
            }),
        }
    }

    fn table(&self) -> MutexGuard<'_, Table> {
        self.table.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Opens a session with the card that is in the slot now.
    ///
    /// # Errors
    ///
    /// [`Error::SessionCount`] when there are too many.
    pub fn open(
        &self,
        slot: &Arc<Slot>,
        insertion: u32,
        read_write: bool,
    ) -> Result<CK_SESSION_HANDLE, Error> {
        let mut table = self.table();
        if table.open.len() >= Self::MOST {
            table.open.retain(|_, session| session.is_alive());
        }
        if table.open.len() >= Self::MOST {
            return Err(Error::SessionCount);
        }
        let handle = table.last.checked_add(1).ok_or(Error::SessionCount)?;
        table.last = handle;
        let session = Session {
            slot: Arc::clone(slot),
            insertion,
            read_write,
            begun: Mutex::default(),
        };
        table.open.insert(handle, Arc::new(session));
        Ok(CK_SESSION_HANDLE::from(handle))
    }

    /// A session whose card is still in its reader.
    ///
    /// # Errors
    ///
    /// [`Error::SessionHandleInvalid`] for one that was closed, or lost its card.
    pub fn get(&self, handle: CK_SESSION_HANDLE) -> Result<Arc<Session>, Error> {
        match self.find(handle)? {
            session if session.is_alive() => Ok(session),
            _ => Err(Error::SessionHandleInvalid),
        }
    }

    /// A session to which a PIN was typed.
    ///
    /// # Errors
    ///
    /// [`Error::DeviceRemoved`] when it lost its card. Browsers take an invalid session for one that
    /// was reset while the person typed: they open another, and present the same digits once more, to
    /// whatever card is in the reader then.
    pub fn get_for_pin(&self, handle: CK_SESSION_HANDLE) -> Result<Arc<Session>, Error> {
        match self.find(handle)? {
            session if session.is_alive() => Ok(session),
            _ => Err(Error::DeviceRemoved),
        }
    }

    fn find(&self, handle: CK_SESSION_HANDLE) -> Result<Arc<Session>, Error> {
        let key = u32::try_from(handle).map_err(|_| Error::SessionHandleInvalid)?;
        let session = self.table().open.get(&key).cloned();
        session.ok_or(Error::SessionHandleInvalid)
    }

    /// Closes a session.
    ///
    /// # Errors
    ///
    /// As [`Sessions::get`]; one that lost its card is closed nevertheless.
    pub fn close(&self, handle: CK_SESSION_HANDLE) -> Result<Arc<Session>, Error> {
        let session = self.find(handle)?;
        let key = u32::try_from(handle).map_err(|_| Error::SessionHandleInvalid)?;
        self.table().open.remove(&key);
        match session.is_alive() {
            true => Ok(session),
            false => Err(Error::SessionHandleInvalid),
        }
    }

    /// Closes all sessions with a slot.
    pub fn close_all(&self, slot: &Slot) {
        self.table()
            .open
            .retain(|_, session| session.slot.id != slot.id);
    }

    /// How many sessions a slot has with the card that is in it, and how many of them are
    /// read-write.
    pub fn count(&self, slot: &Slot) -> (usize, usize) {
        let insertion = slot.face().insertion;
        let table = self.table();
        let of_slot =
            |session: &&Arc<Session>| session.slot.id == slot.id && session.insertion == insertion;
        let all = table.open.values().filter(of_slot);
        let read_write = all.clone().filter(|session| session.read_write);
        (all.count(), read_write.count())
    }
}

impl Default for Sessions {
    fn default() -> Self {
        Self::new()
    }
}
