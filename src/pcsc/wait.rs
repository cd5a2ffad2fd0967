//! A wait that another thread can end, at whatever moment it asks.
//!
//! `SCardCancel` ends only a wait that has begun; one that is about to begin goes on for ever. So
//! the wish is kept in a flag that is looked at before each wait, and repeated until the wait is
//! over: between the two no moment is left in which a wish could be lost.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use pcsc::{Context, Error, ReaderState};

use crate::error::in_session;

/// Where a watch waits.
#[derive(Default)]
pub(crate) struct Gate {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    cancelled: bool,
    /// The context a wait goes on in: only the waiting one can be cancelled.
    waiting: Option<Context>,
}

impl Gate {
    /// Whether the watch was ended. It stays so.
    pub(crate) fn is_cancelled(&self) -> bool {
        self.lock().cancelled
    }

    /// Waits for a change of `readers` (`SCardGetStatusChange`), or for `limit`.
    pub(crate) fn wait(
        &self,
        context: &Context,
        limit: Duration,
        readers: &mut [ReaderState],
    ) -> Result<(), Error> {
        {
            let mut state = self.lock();
            if state.cancelled {
                return Err(Error::Cancelled);
            }
            state.waiting = Some(context.clone());
        }
        let result = context.get_status_change(limit, readers);
        self.lock().waiting = None;
        self.changed.notify_all();
        result.map_err(in_session)
    }

    /// Waits for `time`, or until cancelled.
    pub(crate) fn pause(&self, time: Duration) {
        if time.is_zero() {
            return;
        }
        let state = self.lock();
        drop(
            self.changed
                .wait_timeout_while(state, time, |state| !state.cancelled)
                .unwrap_or_else(PoisonError::into_inner),
        );
    }

    /// Ends the wait that is going on and all that would follow.
    pub(crate) fn cancel(&self) {
        let mut state = self.lock();
        state.cancelled = true;
        self.changed.notify_all();
        for _ in 0..CANCEL_ATTEMPTS {
            let Some(context) = state.waiting.clone() else {
                return;
            };
            drop(state);
            // An invalid handle, or no service: then the wait ends by itself.
            if let Err(error) = context.cancel() {
                log::debug!("SCardCancel: {error}");
            }
            state = self
                .changed
                .wait_timeout_while(self.lock(), CANCEL_INTERVAL, |state| {
                    state.waiting.is_some()
                })
                .unwrap_or_else(PoisonError::into_inner)
                .0;
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // The state is whole after every statement, so a panic elsewhere does not spoil it.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A wait that has begun ends within a millisecond; one about to begin needs a second wish.
const CANCEL_INTERVAL: Duration = Duration::from_millis(2);

/// A service that does not react for two seconds keeps nobody waiting longer: the flag stands, and
/// the watch ends when the service lets go of it.
const CANCEL_ATTEMPTS: u32 = 1000;

#[cfg(test)]
mod tests {
    use std::sync::Arc;
    use std::thread;

    use super::*;

    #[test]
    fn a_pause_ends_when_cancelled_before_or_during_it() {
        let gate = Arc::new(Gate::default());
        let waiting = Arc::clone(&gate);
        let thread = thread::spawn(move || waiting.pause(Duration::from_secs(3600)));
        gate.cancel();
        thread.join().expect("the pause ends");
        gate.pause(Duration::from_secs(3600));
        assert!(gate.is_cancelled());
    }
}
