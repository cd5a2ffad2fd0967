//! One look at all readers: their names, and what each holds at this moment.
//!
//! `SCardListReaders`, then `SCardGetStatusChange` with no time to wait and nothing known before.

use std::ffi::CString;
use std::time::Duration;

use pcsc::{Context, Error, ReaderState as RawState, Scope, State};
use siru_apdu::{CardPresence, ReaderName, ReaderState};

use crate::error::in_session;

/// A fresh context of the service (`SCardEstablishContext`).
///
/// Every purpose takes its own: pcsc-lite serves one call per context at a time, and a card that
/// takes its time would hold up everything else done in the same one.
pub(crate) fn establish() -> Result<Context, Error> {
    // On Windows the scope `System` needs rights a person does not have; pcsc-lite ignores it.
    match Context::establish(Scope::User) {
        // Refused, or the daemon died this very moment: asking once more tells which.
        Err(Error::SecurityViolation) => Context::establish(Scope::User),
        result => result,
    }
}

/// What a look at the readers found.
pub(crate) struct Look {
    states: Vec<RawState>,
}

impl Look {
    /// Looks once.
    pub(crate) fn at(context: &Context) -> Result<Self, Error> {
        Self::with_names(context, names).map_err(in_session)
    }

    /// Looks until two lists of names are equal: of readers plugged in at the same moment, the
    /// service names the first before it knows the second.
    pub(crate) fn settled(context: &Context) -> Result<Self, Error> {
        Self::with_names(context, |context| {
            let mut earlier = names(context)?;
            for _ in 0..ATTEMPTS {
                let later = names(context)?;
                if later == earlier {
                    break;
                }
                earlier = later;
            }
            Ok(earlier)
        })
        .map_err(in_session)
    }

    fn with_names(
        context: &Context,
        names: impl Fn(&Context) -> Result<Vec<CString>, Error>,
    ) -> Result<Self, Error> {
        let mut attempts = ATTEMPTS;
        loop {
            let mut states: Vec<RawState> = names(context)?
                .into_iter()
                .map(|name| RawState::new(name, State::UNAWARE))
                .collect();
            attempts -= 1;
            match fill(context, &mut states) {
                // A reader went between the two calls. The list without it is on its way.
                Err(Error::UnknownReader | Error::ReaderUnavailable) if attempts > 0 => {}
                Err(error) => return Err(error),
                Ok(()) => return Ok(Self { states }),
            }
        }
    }

    /// The readers in the service's order.
    pub(crate) fn readers(&self) -> Vec<ReaderState> {
        self.states
            .iter()
            .map(|state| ReaderState {
                name: ReaderName::new(state.name().to_bytes()),
                presence: presence(state.event_state(), state.atr()),
                events: state.event_count(),
            })
            .collect()
    }

    /// Whether a card lies in a reader whose answer to reset is not known yet. Its arrival is not
    /// an event to PC/SC, so a wait would not end for it.
    pub(crate) fn is_unsettled(&self) -> bool {
        self.states.iter().any(|state| {
            state.event_state().contains(State::PRESENT)
                && presence(state.event_state(), state.atr()) == CardPresence::Unreachable
        })
    }

    /// The states to wait from: the service compares them, event counts included, with what it
    /// knows, and nothing that happened since this look is lost.
    pub(crate) fn into_known(mut self) -> Vec<RawState> {
        for state in &mut self.states {
            state.sync_current_state();
        }
        self.states
    }
}

/// The names of all readers. The list may grow between the call that asks for its length and the
/// call that fetches it.
fn names(context: &Context) -> Result<Vec<CString>, Error> {
    let mut attempts = ATTEMPTS;
    loop {
        attempts -= 1;
        match context.list_readers_owned() {
            Err(Error::InsufficientBuffer) if attempts > 0 => {}
            Err(Error::NoReadersAvailable) => return Ok(Vec::new()),
            result => return result,
        }
    }
}

fn fill(context: &Context, states: &mut [RawState]) -> Result<(), Error> {
    for states in states.chunks_mut(READERS_PER_CALL) {
        match context.get_status_change(Duration::ZERO, states) {
            Ok(()) | Err(Error::Timeout) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

fn presence(state: State, atr: &[u8]) -> CardPresence {
    if state.intersects(State::UNKNOWN.union(State::UNAVAILABLE)) {
        CardPresence::Unreachable
    } else if state.contains(State::EMPTY) {
        CardPresence::Empty
    } else if state.contains(State::MUTE) {
        CardPresence::Mute
    } else if state.contains(State::PRESENT) && !atr.is_empty() {
        CardPresence::Card { atr: atr.to_vec() }
    } else {
        CardPresence::Unreachable
    }
}

/// How often a list that changes under our hands is asked for.
const ATTEMPTS: u32 = 10;

/// Windows takes ten readers in one call (`MAXIMUM_SMARTCARD_READERS`), pcsc-lite sixteen.
const READERS_PER_CALL: usize = 10;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reader_shows_what_it_holds() {
        let atr = [0x3B, 0x00];
        let card = CardPresence::Card { atr: atr.to_vec() };
        let cases = [
            (State::EMPTY, CardPresence::Empty),
            (State::EMPTY | State::CHANGED, CardPresence::Empty),
            (State::PRESENT, card.clone()),
            (State::PRESENT | State::INUSE, card.clone()),
            (State::PRESENT | State::EXCLUSIVE, card.clone()),
            (State::PRESENT | State::UNPOWERED, card),
            (State::PRESENT | State::MUTE, CardPresence::Mute),
            (State::UNAVAILABLE, CardPresence::Unreachable),
            (
                State::UNKNOWN | State::UNAVAILABLE,
                CardPresence::Unreachable,
            ),
            (State::empty(), CardPresence::Unreachable),
        ];
        for (state, expected) in cases {
            assert_eq!(presence(state, &atr), expected, "{state:?}");
        }
    }

    #[test]
    fn a_card_without_an_answer_to_reset_is_no_card_yet() {
        assert_eq!(presence(State::PRESENT, &[]), CardPresence::Unreachable);
    }
}
