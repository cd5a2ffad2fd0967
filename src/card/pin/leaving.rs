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

/// Makes the card forget a PIN that was verified for a log-in, and has it confirmed; a card that does
/// not confirm it is reset. Says whether no other program can use the PIN any more.
pub(crate) fn log_out(channel: &mut dyn CardChannel, profile: &CardProfile, role: PinRole) -> bool {
    let protocol = channel.protocol();
    let transaction = match channel.transaction() {
        Ok(transaction) => transaction,
        // A card that is gone or was reset holds nothing any more.
        Err(error) => return error.is_gone() || matches!(error, ChannelError::CardReset),
    };
    let mut conversation = Conversation::new(transaction, protocol);
    let clean = forget(&mut conversation, profile, role, true).unwrap_or(false);
    let disposition = if clean {
        Disposition::Leave
    } else {
        Disposition::Reset
    };
    match conversation.end(disposition) {
        Ok(()) => true,
        Err(error) => clean || error.is_gone() || matches!(error, ChannelError::CardReset),
    }
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
