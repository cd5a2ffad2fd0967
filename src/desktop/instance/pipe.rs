//! The one window at a pipe of the session, which the tray program and later starts find it by.

use std::sync::mpsc::RecvTimeoutError;
use std::time::Duration;

use siru_process::post::{self, Address, CHANGED, LOG_IN_TEST, Listener, SHOW_DEVICES};

use super::{Asked, Door};

/// What became of asking for the place.
pub(super) enum Claim {
    /// It is ours.
    Held(Name),
    /// Whoever has it does what was asked.
    Passed,
}

/// The place, until this is dropped.
pub(super) struct Name(
    #[expect(dead_code, reason = "it is held, and given up by dropping it")] Listener,
);

impl Name {
    pub(super) fn tell_tray(&self) {
        post::mention(Address::Tray, CHANGED);
    }
}

pub(super) fn claim(asked: Asked, door: Door) -> Result<Claim, post::ClaimError> {
    let claim = post::claim(Address::Window, word(asked), move |word| hear(&door, word))?;
    Ok(match claim {
        post::Claim::Held(listener) => Claim::Held(Name(listener)),
        post::Claim::Passed => Claim::Passed,
    })
}

/// A window that closes takes nothing in: whoever asked starts anew. One that is slow to look will.
fn hear(door: &Door, said: &str) -> bool {
    let known = [Asked::ShowDevices, Asked::LogInTest];
    let Some(asked) = known.into_iter().find(|asked| word(*asked) == said) else {
        log::warn!("another program asks for something that this window does not know");
        return false;
    };
    !matches!(
        door.ask(asked).recv_timeout(ATTENTION),
        Err(RecvTimeoutError::Disconnected)
    )
}

const fn word(asked: Asked) -> &'static str {
    match asked {
        Asked::ShowDevices => SHOW_DEVICES,
        Asked::LogInTest => LOG_IN_TEST,
    }
}

/// How long it is waited whether the window takes in what is asked for. It takes a frame.
const ATTENTION: Duration = Duration::from_millis(300);
