//! What every call begins with: finding the card that a CARD_DATA belongs to.
//!
//! `pvVendorSpecific` holds a number, not a pointer: a structure that was deleted, copied or never
//! acquired leads to no card, instead of to memory that is somebody else's.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use windows_sys::Win32::Security::Cryptography::CARD_DATA;

use super::memory::{Allocator, read};
use crate::context::Minidriver;
use crate::error::Error;

/// The acquired cards, by number.
static CONTEXTS: Mutex<Contexts> = Mutex::new(Contexts {
    last: 0,
    known: BTreeMap::new(),
});

struct Contexts {
    last: usize,
    known: BTreeMap<usize, Arc<Mutex<Minidriver>>>,
}

fn contexts() -> MutexGuard<'static, Contexts> {
    CONTEXTS.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Keeps a card and gives it a number, which no other had before.
pub(super) fn keep(minidriver: Minidriver) -> usize {
    let mut contexts = contexts();
    contexts.last += 1;
    let number = contexts.last;
    contexts
        .known
        .insert(number, Arc::new(Mutex::new(minidriver)));
    number
}

/// Gives a card up.
pub(super) fn give_up(number: usize) -> Result<(), Error> {
    let removed = contexts().known.remove(&number);
    removed.map(drop).ok_or(Error::InvalidHandle)
}

/// A call that is going on.
pub(super) struct Call {
    minidriver: Arc<Mutex<Minidriver>>,
    handle: usize,
    /// The caller's allocator.
    pub memory: Allocator,
}

impl Call {
    /// Finds the card, and takes the handle the caller has for it now.
    ///
    /// # Safety
    ///
    /// `data` is null or leads to a CARD_DATA that the caller owns, of version 4 at least.
    pub unsafe fn begin(data: *const CARD_DATA) -> Result<Self, Error> {
        if data.is_null() {
            return Err(Error::InvalidParameter);
        }
        // SAFETY: fields that every version has, by the caller's promise.
        let (number, handle, memory) = unsafe {
            (
                read(&raw const (*data).pvVendorSpecific)?.addr(),
                read(&raw const (*data).hScard)?,
                Allocator::new(
                    read(&raw const (*data).pfnCspAlloc)?,
                    read(&raw const (*data).pfnCspFree)?,
                ),
            )
        };
        let minidriver = contexts().known.get(&number).cloned();
        let call = Self {
            minidriver: minidriver.ok_or(Error::InvalidHandle)?,
            handle,
            memory,
        };
        if handle == 0 {
            return Err(Error::InvalidHandle);
        }
        Ok(call)
    }

    /// The card, for this call alone and by its handle: another call of the same caller may bring
    /// another one, whose transaction is not this call's.
    ///
    /// # Errors
    ///
    /// No card is behind the handle, or another one.
    pub fn card(&self) -> Result<MutexGuard<'_, Minidriver>, Error> {
        let mut card = self
            .minidriver
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        card.use_handle(self.handle)?;
        Ok(card)
    }
}
