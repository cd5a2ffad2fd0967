//! The one place from which a PIN or PUK goes to a card.
//!
//! Everything that must be true beforehand is established in the transaction that sends it: the
//! card is the one the person saw, the counter was read, and what the person accepted covers the
//! risk as it is now. Afterwards the PIN is forgotten by the card and the counters are read back.

use siru_apdu::{
    CardChannel, ChannelError, CommandApdu, Conversation, Disposition, ExchangeError, StatusWord,
};

use super::activating::check_activation;
use super::beginning::{begin, read_serial};
use super::commands;
use super::counters::read_state;
use super::entry::PinRules;
use super::leaving::leave_unverified;
use super::outcome::{Answer, PinOutcome, PinState, PinStates, Refusal, TryUse};
use super::request::{Consent, Operation, PinRequest, PinRole, Risk, Secrets, at_stake};
use super::resume::{resume, with_state};
use super::verdict::{judge, settle};
use crate::access::{Access, ReadOnlyReason};
use crate::identity::CardIdentity;
use crate::profile::{CardProfile, CounterSource, UnlockProcedure};

/// What holds for the card a request is meant for.
pub(crate) struct Terms<'a> {
    /// Its generation.
    pub profile: &'static CardProfile,
    /// Whether it may be written to.
    pub access: Access,
    /// The lengths of the PIN the request is about.
    pub rules: PinRules,
    /// The lengths of the PUK.
    pub puk_rules: PinRules,
    /// The card the person saw.
    pub seen: &'a CardIdentity,
    /// What the person accepted.
    pub consent: Consent,
    /// What becomes of a PIN that the card accepted.
    pub afterwards: Afterwards,
}

/// What becomes of a PIN that the card accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Afterwards {
    /// The card is made to forget it at once.
    Forget,
    /// It stays verified for signatures, until the log-in it belongs to ends.
    StayVerified,
}

/// Performs a request: at most one presentation of each code in it, whatever happens.
pub(crate) fn perform(
    channel: &mut dyn CardChannel,
    terms: &Terms<'_>,
    request: PinRequest,
) -> PinOutcome {
    let (operation, role) = (request.operation(), request.role());
    let refused = |refusal| not_sent(operation, role, refusal, None);
    if let Err(refusal) = check_request(terms, &request) {
        return refused(refusal);
    }
    let mut outcome = {
        let resumed = match terms.afterwards {
            Afterwards::Forget => None,
            Afterwards::StayVerified => resume(channel, terms, role),
        };
        let prepared = if resumed.is_some() {
            resumed.ok_or(Refusal::AnotherCard)
        } else {
            drop(resumed);
            prepare(channel, terms, operation, role)
        };
        // Nothing was presented yet: after another program's reset the preparation is done again.
        let prepared = if was_reset(&prepared) {
            drop(prepared);
            prepare(channel, terms, operation, role)
        } else {
            prepared
        };
        match prepared {
            Ok((conversation, before)) => exchange(conversation, before, terms, request),
            Err(refusal) => return refused(refusal),
        }
    };
    if matches!(outcome.answer, Answer::AnswerLost(_)) {
        outcome.after = read_back(channel, terms, operation, role);
    }
    let code = at_stake(operation, role);
    let tries = |states: Option<PinStates>| states.and_then(|states| states.of(code).tries_left());
    outcome.try_use = settle(outcome.try_use, tries(outcome.before), tries(outcome.after));
    outcome
}

/// The outcome of a request of which nothing was sent.
pub(super) const fn not_sent(
    operation: Operation,
    role: PinRole,
    refusal: Refusal,
    before: Option<PinStates>,
) -> PinOutcome {
    PinOutcome {
        operation,
        role,
        answer: Answer::NotSent(refusal),
        try_use: TryUse::NotUsed,
        before,
        after: None,
        may_stay_verified: false,
    }
}

/// Presents the codes if the risk is covered, makes the card forget them and reads the counters
/// back. Ends the transaction. Whether a try was used is settled by the caller, which may have to
/// read the counters in another one.
fn exchange(
    mut conversation: Conversation<'_>,
    before: PinStates,
    terms: &Terms<'_>,
    request: PinRequest,
) -> PinOutcome {
    let (operation, role) = (request.operation(), request.role());
    let allowed =
        check_activation(&request, &before).and_then(|()| check_risk(terms, &request, &before));
    if let Err(refusal) = allowed {
        return not_sent(operation, role, refusal, Some(before));
    }
    let (answer, judged) = present(&mut conversation, terms.profile, request);
    let stays = terms.afterwards == Afterwards::StayVerified && matches!(answer, Answer::Done);
    let (disposition, after) = if stays {
        (Disposition::Leave, None)
    } else if matches!(answer, Answer::AnswerLost(_)) {
        // The code may be verified now: without an answer only a reset makes sure that it is not.
        (Disposition::Reset, None)
    } else {
        let clean = leave_unverified(&mut conversation, terms.profile, &answer, operation, role);
        let after = read_involved(&mut conversation, terms.profile, operation, role).ok();
        let disposition = if clean {
            Disposition::Leave
        } else {
            Disposition::Reset
        };
        (disposition, after)
    };
    let may_stay_verified = match conversation.end(disposition) {
        Ok(()) => false,
        Err(error) => {
            log::warn!("the card could not be left with {disposition:?}: {error}");
            // A card that is gone or was reset holds nothing any more.
            let forgotten = error.is_gone() || matches!(error, ChannelError::CardReset);
            disposition == Disposition::Reset && !forgotten
        }
    };
    PinOutcome {
        operation,
        role,
        answer,
        try_use: judged,
        before: Some(before),
        after,
        may_stay_verified,
    }
}

/// What can be refused without asking the card.
pub(super) fn check_request(terms: &Terms<'_>, request: &PinRequest) -> Result<(), Refusal> {
    let role = request.role;
    if role == PinRole::Unblocking {
        return Err(Refusal::NotPossible { code: role });
    }
    if let Access::ReadOnly(reason) = terms.access {
        return Err(Refusal::ReadOnly(reason));
    }
    let entry = |code| move |problem| Refusal::Entry { code, problem };
    match &request.secrets {
        Secrets::Check { pin } => terms.rules.check_entered(pin).map_err(entry(role)),
        Secrets::Change { current, new } => {
            terms.rules.check_entered(current).map_err(entry(role))?;
            terms.rules.check_new(new).map_err(entry(role))
        }
        Secrets::Unlock { puk, new } => {
            terms
                .puk_rules
                .check_entered(puk)
                .map_err(entry(PinRole::Unblocking))?;
            terms.rules.check_new(new).map_err(entry(role))
        }
    }
}

/// Begins a transaction, makes sure of the card and reads the counters at stake.
fn prepare<'channel>(
    channel: &'channel mut dyn CardChannel,
    terms: &Terms<'_>,
    operation: Operation,
    role: PinRole,
) -> Result<(Conversation<'channel>, PinStates), Refusal> {
    if channel.atr() != terms.seen.atr() {
        return Err(Refusal::AnotherCard);
    }
    let mut conversation = begin(channel).map_err(Refusal::Unreachable)?;
    let serial = read_serial(&mut conversation, terms.profile).map_err(Refusal::Unreachable)?;
    match (serial, terms.seen.serial()) {
        (Some(present), Some(seen)) if present == *seen => {}
        (_, None) => return Err(Refusal::ReadOnly(ReadOnlyReason::NoSerialNumber)),
        _ => return Err(Refusal::AnotherCard),
    }
    let mut before = read_involved(&mut conversation, terms.profile, operation, role)
        .map_err(Refusal::Unreachable)?;
    let code = at_stake(operation, role);
    let hidden = matches!(before.of(code), PinState::Usable { tries_left: None });
    if hidden && terms.profile.counters == CounterSource::EmptyVerify {
        // Another program has verified this PIN, and while it is verified the card does not tell
        // its counter. The PIN will not stay verified anyway.
        conversation
            .repeatable(&commands::forget(terms.profile.pin(code).reference))
            .map_err(Refusal::Unreachable)?;
        before = read_involved(&mut conversation, terms.profile, operation, role)
            .map_err(Refusal::Unreachable)?;
    }
    Ok((conversation, before))
}

fn was_reset<T>(prepared: &Result<T, Refusal>) -> bool {
    matches!(
        prepared,
        Err(Refusal::Unreachable(ExchangeError::Channel(
            ChannelError::CardReset
        )))
    )
}

/// Whether the person accepted what a wrong entry would bring about with the counters as they are.
pub(super) fn check_risk(
    terms: &Terms<'_>,
    request: &PinRequest,
    before: &PinStates,
) -> Result<(), Refusal> {
    let code = request.at_stake();
    let tries_left = before.of(code).tries_left();
    if tries_left.is_some_and(|tries| tries.0 == 0) {
        return Err(Refusal::Locked { code });
    }
    let risk = Risk::of(code, before);
    if terms.consent.covers(risk) {
        Ok(())
    } else {
        Err(Refusal::ConsentNeeded {
            code,
            risk,
            tries_left,
        })
    }
}

/// Sends the codes of the request. Each is consumed here.
fn present(
    conversation: &mut Conversation<'_>,
    profile: &CardProfile,
    request: PinRequest,
) -> (Answer, TryUse) {
    let role = request.role;
    let (scheme, reference) = (profile.scheme, profile.pin(role).reference);
    match request.secrets {
        Secrets::Check { pin } => send(
            conversation,
            role,
            commands::verify(scheme, reference, role, &pin),
        ),
        Secrets::Change { current, new } => send(
            conversation,
            role,
            commands::change(scheme, reference, role, &current, &new),
        ),
        Secrets::Unlock { puk, new } => match profile.unlocking {
            UnlockProcedure::PukInCommand => {
                let command = commands::reset_with_puk(scheme, reference, role, &puk, &new);
                send(conversation, PinRole::Unblocking, command)
            }
            UnlockProcedure::VerifyPukFirst => {
                let code = PinRole::Unblocking;
                let verify = commands::verify(scheme, profile.puk.reference, code, &puk);
                match send(conversation, code, verify) {
                    (Answer::Done, _) => {
                        let reset = commands::reset_after_puk(scheme, reference, role, &new);
                        send_new_value(conversation, reset)
                    }
                    refused => refused,
                }
            }
        },
    }
}

/// Sends a command that presents `code`, once.
fn send(
    conversation: &mut Conversation<'_>,
    code: PinRole,
    command: CommandApdu,
) -> (Answer, TryUse) {
    match conversation.once(command) {
        Ok(response) => judge(code, response.status),
        Err(error) => unanswered(error),
    }
}

/// Sends a command that sets a new value and presents nothing, once.
fn send_new_value(conversation: &mut Conversation<'_>, command: CommandApdu) -> (Answer, TryUse) {
    match conversation.once(command) {
        Ok(response) if response.status == StatusWord::OK => (Answer::Done, TryUse::NotUsed),
        Ok(response) => (
            Answer::CardRefused {
                status: response.status,
            },
            TryUse::NotUsed,
        ),
        Err(error) => unanswered(error),
    }
}

fn unanswered(error: ExchangeError) -> (Answer, TryUse) {
    match error {
        ExchangeError::Channel(error) => (Answer::AnswerLost(error), TryUse::Unknown),
        ExchangeError::AnswerIncomplete { status } => {
            (Answer::Unexpected { status }, TryUse::Unknown)
        }
        unsent => (
            Answer::NotSent(Refusal::Unreachable(unsent)),
            TryUse::NotUsed,
        ),
    }
}

/// Reads the counters of the codes an operation touches; the others stay unknown.
fn read_involved(
    conversation: &mut Conversation<'_>,
    profile: &CardProfile,
    operation: Operation,
    role: PinRole,
) -> Result<PinStates, ExchangeError> {
    let pin = read_state(conversation, profile, role)?.state;
    let mut states = with_state(PinStates::UNKNOWN, role, pin);
    // At the last try of a PIN, and once it is locked, it matters whether the PUK would help.
    let nearly_locked = pin.tries_left().is_none_or(|tries| tries.0 <= 1);
    if operation == Operation::Unlock || nearly_locked {
        states.puk = read_state(conversation, profile, PinRole::Unblocking)?.state;
    }
    Ok(states)
}

/// Reads the counters after a lost answer, if the same card can still be talked to.
fn read_back(
    channel: &mut dyn CardChannel,
    terms: &Terms<'_>,
    operation: Operation,
    role: PinRole,
) -> Option<PinStates> {
    let mut conversation = begin(channel).ok()?;
    let serial = read_serial(&mut conversation, terms.profile).ok()?;
    if serial.as_ref() != terms.seen.serial() {
        return None;
    }
    read_involved(&mut conversation, terms.profile, operation, role).ok()
}
