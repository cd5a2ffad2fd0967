//! The shell around every function: no panic and no Rust error crosses into C.

use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe, PanicHookInfo};
use std::sync::OnceLock;

use crate::error::Error;

thread_local! {
    /// Whether this thread is inside the module.
    static INSIDE: Cell<bool> = const { Cell::new(false) };
    /// For tests: the next call panics.
    #[cfg(test)]
    pub(super) static PANIC: Cell<bool> = const { Cell::new(false) };
}

/// Runs one function, turns what it could not do into a return value, and catches panics: one that
/// unwound into C would take the browser down.
pub(super) fn entry(name: &'static str, body: impl FnOnce() -> Result<(), Error>) -> u32 {
    quiet_panics();
    INSIDE.set(true);
    let done = panic::catch_unwind(AssertUnwindSafe(|| {
        #[cfg(test)]
        assert!(!PANIC.take(), "a test asked for it");
        body()
    }));
    INSIDE.set(false);
    match done {
        Ok(Ok(())) => 0,
        Ok(Err(error)) => {
            log::debug!("{name}: {error}");
            error.into()
        }
        Err(_) => {
            log::error!("{name}: a mistake in the module");
            Error::Internal.into()
        }
    }
}

/// A panic inside the module says nothing on the host's standard error: its message may hold data of
/// the card. Panics elsewhere are reported as before.
fn quiet_panics() {
    static EARLIER: OnceLock<Hook> = OnceLock::new();
    EARLIER.get_or_init(|| {
        let earlier = panic::take_hook();
        panic::set_hook(Box::new(|panic| {
            if !INSIDE.get()
                && let Some(earlier) = EARLIER.get()
            {
                earlier(panic);
            }
        }));
        earlier
    });
}

type Hook = Box<dyn Fn(&PanicHookInfo<'_>) + Send + Sync>;
