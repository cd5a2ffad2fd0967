//! After the work: a card must not be left with a verified code that another program could use.
//!
//! Whether a card honours the request to forget is asked of the card itself. When it does not say
//! so plainly, the transaction ends with a reset.

use siru_apdu::{CardChannel, ChannelError, Conversation, Disposition, ExchangeError, StatusWord};

use super::commands;
use super::counters::ask;
use super::outcome::Answer;
use super::request::{Operation, PinRole};
use crate::profile::{CardProfile, UnlockProcedure};

/// Makes the card forget a code that may be verified now. Says whether it surely has.
pub(super) fn leave_unverified(
    conversation: &mut Conversation<'_>,
    profile: &CardProfile,
    answer: &Answer,
    operation: Operation,
    role: PinRole,
) -> bool {
    let puk_was_verified =
        operation == Operation::Unlock && profile.unlocking == UnlockProcedure::VerifyPukFirst;
    let puk_clean = !puk_was_verified
        || match answer {
            Answer::Wrong { .. } | Answer::WrongAndLocked { .. } | Answer::Locked { .. } => true,
            _ => forget(conversation, profile, PinRole::Unblocking, true).unwrap_or(false),
        };
    let pin_clean = match (answer, operation) {
        (Answer::NotSent(_), _) => true,
        // A wrong entry of the PIN ends whatever was verified before; one of the PUK does not.
        (
            Answer::Wrong { code, .. }
            | Answer::WrongAndLocked { code }
            | Answer::Locked { code }
            | Answer::NotUsable { code },
            _,
        ) if *code == role => true,
        (Answer::Done, Operation::Check) => {
            forget(conversation, profile, role, true).unwrap_or(false)
        }
        _ => forget(conversation, profile, role, false).unwrap_or(false),
    };
    puk_clean && pin_clean
}

/// What is known of a PIN after a log-in was ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogOut {
    /// The card has forgotten it, by its own word or by a reset.
    Forgotten,
    /// This connection does not reach the card any more. A card that was taken out has forgotten the
    /// PIN; one that is still in its reader has to be told over a new connection.
    Gone,
    /// The card may go on taking the PIN as entered, also from other programs.
    Unconfirmed,
}

/// Makes the card forget a PIN that was verified for a log-in, and has it confirmed; a card that does
/// not confirm it is reset.
pub(crate) fn log_out(
    channel: &mut dyn CardChannel,
    profile: &CardProfile,
    role: PinRole,
) -> LogOut {
    let mut conversation = match Conversation::begin(channel) {
        Ok(conversation) => conversation,
        Err(error) => return after(&error, LogOut::Unconfirmed),
    };
    let clean = forget(&mut conversation, profile, role, true).unwrap_or(false);
    if clean {
        // However the transaction ends, the card has said that it forgot.
        return match conversation.end(Disposition::Leave) {
            Ok(()) => LogOut::Forgotten,
            Err(error) => after(&error, LogOut::Forgotten),
        };
    }
    match conversation.end(Disposition::Reset) {
        Ok(()) => LogOut::Forgotten,
        Err(error) => after(&error, LogOut::Unconfirmed),
    }
}

/// What an error says of a card that was to forget; `otherwise` if it says nothing.
const fn after(error: &ChannelError, otherwise: LogOut) -> LogOut {
    match error {
        ChannelError::CardReset => LogOut::Forgotten,
        error if error.is_gone() => LogOut::Gone,
        _ => otherwise,
    }
}

/// Whether a PIN is verified at the moment, as the card answers a question that costs nothing; `None`
/// when it does not say.
pub(crate) fn is_verified(
    channel: &mut dyn CardChannel,
    profile: &CardProfile,
    role: PinRole,
) -> Option<bool> {
    let mut conversation = Conversation::begin(channel).ok()?;
    let status = ask(&mut conversation, profile.pin(role).reference).ok()?;
    if status == StatusWord::OK {
        return Some(true);
    }
    says_unverified(status).then_some(false)
}

/// Ends the verified state of one code, and asks the card whether it did.
fn forget(
    conversation: &mut Conversation<'_>,
    profile: &CardProfile,
    role: PinRole,
    surely_verified: bool,
) -> Result<bool, ExchangeError> {
    let reference = profile.pin(role).reference;
    if !surely_verified && says_unverified(ask(conversation, reference)?) {
        return Ok(true);
    }
    conversation.repeatable(&commands::forget(reference))?;
    Ok(says_unverified(ask(conversation, reference)?))
}

/// Whether an answer to an empty VERIFY shows that the code is not verified.
fn says_unverified(status: StatusWord) -> bool {
    status.counter().is_some()
        || matches!(
            status,
            StatusWord::AUTHENTICATION_METHOD_BLOCKED | StatusWord::REFERENCE_DATA_NOT_USABLE
        )
}
