//! The log of handshakes: what the server saw of each.

use std::fmt;
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Instant;

use super::certificate::{Presented, Verdict};
use crate::rig::PATIENCE;

/// What came of asking for a certificate; printed as nginx does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verify {
    /// A certificate came, its key was proved, and its chain is trusted.
    Success,
    /// None came.
    None,
    /// It came, and its chain is not trusted.
    Failed(String),
    /// The handshake broke: the signature does not fit, or the other side gave up.
    Broken(String),
}

impl Verify {
    /// Of a handshake that came to its end.
    pub fn of(presented: Option<&Presented>) -> Self {
        match presented.map(|presented| &presented.verdict) {
            None => Self::None,
            Some(Verdict::Trusted) => Self::Success,
            Some(Verdict::Expired) => Self::Failed("certificate expired".to_owned()),
            Some(Verdict::Refused(reason)) => Self::Failed(reason.clone()),
        }
    }
}

impl fmt::Display for Verify {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Success => f.write_str("SUCCESS"),
            Self::None => f.write_str("NONE"),
            Self::Failed(reason) => write!(f, "FAILED {reason}"),
            Self::Broken(reason) => write!(f, "BROKEN {reason}"),
        }
    }
}

/// One handshake.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Handshake {
    /// The port it came to.
    pub port: u16,
    /// The agreed version, as `TLSv1.3`; empty when it did not come so far.
    pub version: &'static str,
    /// What came of asking for a certificate.
    pub verify: Verify,
    /// The certificate's subject; empty when there was none.
    pub subject: String,
    /// The certificate's serial number, in decimal; empty when there was none.
    pub serial: String,
    /// How the client signed, as TLS names it; empty when it did not.
    pub scheme: String,
}

/// A log that clones write into together.
#[derive(Clone, Debug, Default)]
pub struct Log {
    shared: Arc<(Mutex<Vec<Handshake>>, Condvar)>,
}

impl Log {
    /// Notes a handshake.
    pub fn note(&self, handshake: Handshake) {
        let (entries, news) = &*self.shared;
        let mut entries = entries.lock().unwrap_or_else(PoisonError::into_inner);
        entries.push(handshake);
        news.notify_all();
    }

    /// All so far, oldest first.
    pub fn all(&self) -> Vec<Handshake> {
        let (entries, _) = &*self.shared;
        let entries = entries.lock().unwrap_or_else(PoisonError::into_inner);
        entries.clone()
    }

    /// Forgets them.
    pub fn clear(&self) {
        let (entries, _) = &*self.shared;
        entries
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clear();
    }

    /// Waits for a handshake, of those already there or to come.
    ///
    /// # Panics
    ///
    /// When none comes within [`PATIENCE`].
    pub fn wait_for(&self, what: &str, fits: impl Fn(&Handshake) -> bool) -> Handshake {
        let deadline = Instant::now() + PATIENCE;
        let (entries, news) = &*self.shared;
        let mut entries = entries.lock().unwrap_or_else(PoisonError::into_inner);
        loop {
            if let Some(found) = entries.iter().find(|entry| fits(entry)) {
                return found.clone();
            }
            let left = deadline.saturating_duration_since(Instant::now());
            assert!(!left.is_zero(), "waited in vain for {what}: {entries:?}");
            let woken = news.wait_timeout(entries, left);
            entries = woken.unwrap_or_else(PoisonError::into_inner).0;
        }
    }
}
