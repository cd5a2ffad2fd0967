//! Going on with a card on the connection that opened it, for a log-in in few exchanges.

use siru_apdu::{CardChannel, Conversation};

use super::counters::{ask, from_question};
use super::outcome::{PinState, PinStates};
use super::request::PinRole;
use super::service::Terms;

/// Goes on with the card that this connection was opened to. A connection ends with the card's
/// removal and tells of every reset, so no exchange is needed to know that the card is the same; and
/// the question for the counter shows that its application still is the selected one.
///
/// `None` where anything is less than sure, and when few tries are left: then everything is read.
pub(super) fn resume<'channel>(
    channel: &'channel mut dyn CardChannel,
    terms: &Terms<'_>,
    role: PinRole,
) -> Option<(Conversation<'channel>, PinStates)> {
    if !channel.is_bound_to_card()
        || channel.atr() != terms.seen.atr()
        || terms.seen.serial().is_none()
    {
        return None;
    }
    let mut conversation = Conversation::begin(channel).ok()?;
    let reference = terms.profile.pin(role).reference;
    let state = from_question(ask(&mut conversation, reference).ok()?);
    let many = state.tries_left().is_some_and(|tries| tries.0 > 1);
    many.then(|| (conversation, with_state(PinStates::UNKNOWN, role, state)))
}

/// These states, with one of them replaced.
pub(super) const fn with_state(mut states: PinStates, role: PinRole, state: PinState) -> PinStates {
    match role {
        PinRole::Authentication => states.pin1 = state,
        PinRole::Signature => states.pin2 = state,
        PinRole::Unblocking => states.puk = state,
    }
    states
}
