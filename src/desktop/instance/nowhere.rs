//! A system on which starts do not find each other.

use super::{Asked, Door};

/// What became of asking for a place to be found at.
#[expect(dead_code, reason = "the same shape as where there is one")]
pub(super) enum Claim {
    /// Not here.
    Held(Name),
    /// Not here.
    Passed,
}

/// Nothing that could be had here.
pub(super) enum Name {}

impl Name {
    pub(super) fn tell_tray(&self) {
        match *self {}
    }
}

/// Why there is no place to find this window at.
#[derive(Debug, thiserror::Error)]
#[error("programs of a session do not find each other on this system")]
pub(super) struct Nowhere;

pub(super) fn claim(_asked: Asked, _door: Door) -> Result<Claim, Nowhere> {
    Err(Nowhere)
}
