//! `C_WaitForSlotEvent`: waiting without polling, and being woken by `C_Finalize`.

use std::collections::HashMap;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use cryptoki_sys::CK_SLOT_ID;
use siru_apdu::{Canceller, ReaderError};

use crate::error::Error;
use crate::module::Module;

/// How long `C_Finalize` waits for those it woke to be out of the module.
const GOODBYE: Duration = Duration::from_secs(2);

/// Who waits, and what was told already.
pub struct Waiting {
    state: Mutex<State>,
    left: Condvar,
}

#[derive(Default)]
struct State {
    finished: bool,
    /// What ends the wait of each who waits, by a number of theirs.
    waiters: HashMap<u64, Canceller>,
    last: u64,
    /// What each slot held when its last event was told.
    told: Option<HashMap<CK_SLOT_ID, u32>>,
}

impl Waiting {
    /// Nobody waits.
    pub fn new() -> Self {
        Self {
            state: Mutex::default(),
            left: Condvar::new(),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Wakes everybody for good, and waits until they have gone.
    pub fn finish(&self) {
        let mut state = self.state();
        state.finished = true;
        for canceller in state.waiters.values() {
            canceller.cancel();
        }
        let gone = self
            .left
            .wait_timeout_while(state, GOODBYE, |state| !state.waiters.is_empty());
        drop(gone);
    }

    /// A slot whose card changed since it was last told, if there is one.
    fn news(&self, now: HashMap<CK_SLOT_ID, u32>) -> Option<CK_SLOT_ID> {
        let mut state = self.state();
        let Some(told) = &mut state.told else {
            state.told = Some(now);
            return None;
        };
        let mut changed: Vec<_> = now
            .iter()
            .filter(|(slot, insertion)| told.get(slot).unwrap_or(&0) != *insertion)
            .collect();
        changed.sort_unstable();
        let (slot, insertion) = changed.first()?;
        told.insert(**slot, **insertion);
        Some(**slot)
    }
}

impl Default for Waiting {
    fn default() -> Self {
        Self::new()
    }
}

impl Module {
    /// The next slot whose card came or went. What slots hold at the first call counts as known.
    ///
    /// # Errors
    ///
    /// [`Error::NoEvent`] when nothing happened and `block` is false; [`Error::NotInitialized`]
    /// when `C_Finalize` ended the wait.
    pub fn wait_for_event(&self, block: bool) -> Result<CK_SLOT_ID, Error> {
        self.look();
        if let Some(slot) = self.waiting().news(self.insertions()) {
            return Ok(slot);
        }
        if !block {
            return Err(Error::NoEvent);
        }
        let mut watch = self.source().readers().watch();
        let waiter = Waiter::new(self.waiting(), watch.canceller())?;
        loop {
            if let Err(ReaderError::Cancelled) = watch.next() {
                break;
            }
            // What the watch saw may be older than what another call has seen since.
            self.look();
            if waiter.waiting.state().finished {
                break;
            }
            if let Some(slot) = waiter.waiting.news(self.insertions()) {
                return Ok(slot);
            }
        }
        Err(Error::NotInitialized)
    }
}

/// Takes itself off the list, whichever way it leaves.
struct Waiter<'a> {
    waiting: &'a Waiting,
    number: u64,
}

impl<'a> Waiter<'a> {
    fn new(waiting: &'a Waiting, canceller: Canceller) -> Result<Self, Error> {
        let mut state = waiting.state();
        if state.finished {
            return Err(Error::NotInitialized);
        }
        state.last += 1;
        let number = state.last;
        state.waiters.insert(number, canceller);
        drop(state);
        Ok(Self { waiting, number })
    }
}

impl Drop for Waiter<'_> {
    fn drop(&mut self) {
        self.waiting.state().waiters.remove(&self.number);
        self.waiting.left.notify_all();
    }
}
