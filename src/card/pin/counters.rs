//! Reading the counters, without spending a try (*FINEID S1 v4.2*, GET DATA; ISO/IEC 7816-4,
//! VERIFY without data).

use siru_apdu::tlv::DataObjects;
use siru_apdu::{Conversation, ExchangeError, StatusWord, TriesLeft};

use super::commands;
use super::outcome::{PinState, PinStates};
use super::request::PinRole;
use crate::profile::{CardProfile, CounterSource, PinReference};

/// Tag of the counters in a PIN's container: tries left, usage, unblocking, method.
const COUNTERS: u32 = 0xDF21;
/// Tag that is `00` until the cardholder has set the value.
const CHANGED: u32 = 0xDF2F;
/// Tag of the reference the container belongs to.
const REFERENCE: u32 = 0x83;
/// The most tries any card is believed to leave; more is a misread.
const PLAUSIBLE: u8 = 15;

/// What a card answered to a question about one code.
pub(crate) struct Reading {
    /// The state it means.
    pub state: PinState,
    /// The status word, for telling apart a card without this code.
    pub status: StatusWord,
}

impl Reading {
    /// The same for a code that a cardholder never sets.
    fn of_unchangeable(self) -> Self {
        let state = match self.state {
            PinState::NotActivated { tries_left } => PinState::Usable { tries_left },
            state => state,
        };
        Self { state, ..self }
    }
}

/// Reads the states of PIN1, PIN2 and PUK.
///
/// # Errors
///
/// [`ExchangeError`] when the card could not be talked to. No try is used in any case.
pub(crate) fn read_states(
    conversation: &mut Conversation<'_>,
    profile: &CardProfile,
) -> Result<PinStates, ExchangeError> {
    Ok(PinStates {
        pin1: read_state(conversation, profile, PinRole::Authentication)?.state,
        pin2: read_state(conversation, profile, PinRole::Signature)?.state,
        puk: read_state(conversation, profile, PinRole::Unblocking)?.state,
    })
}

/// Reads the state of one code.
///
/// # Errors
///
/// As [`read_states`].
pub(crate) fn read_state(
    conversation: &mut Conversation<'_>,
    profile: &CardProfile,
    role: PinRole,
) -> Result<Reading, ExchangeError> {
    let reference = profile.pin(role).reference;
    match profile.counters {
        CounterSource::Container => {
            let reading = from_container(conversation, reference)?;
            match (reading.status, role) {
                // The PUK cannot be changed, so that it never was means nothing. And it takes no
                // VERIFY at all, not even an empty one.
                (_, PinRole::Unblocking) => Ok(reading.of_unchangeable()),
                (StatusWord::OK, _) => Ok(reading),
                _ => from_answer(conversation, reference),
            }
        }
        CounterSource::EmptyVerify => from_answer(conversation, reference),
    }
}

fn from_answer(
    conversation: &mut Conversation<'_>,
    reference: PinReference,
) -> Result<Reading, ExchangeError> {
    let status = ask(conversation, reference)?;
    Ok(Reading {
        state: from_question(status),
        status,
    })
}

/// Asks with an empty VERIFY, in the five-byte form when the card does not take the four bytes.
///
/// # Errors
///
/// As [`read_states`].
pub(crate) fn ask(
    conversation: &mut Conversation<'_>,
    reference: PinReference,
) -> Result<StatusWord, ExchangeError> {
    let status = conversation.repeatable(&commands::ask(reference))?.status;
    if status == StatusWord::WRONG_LENGTH {
        return Ok(conversation
            .repeatable(&commands::ask_with_length(reference))?
            .status);
    }
    Ok(status)
}

fn from_container(
    conversation: &mut Conversation<'_>,
    reference: PinReference,
) -> Result<Reading, ExchangeError> {
    let response = conversation.repeatable(&commands::container(reference))?;
    let state = if response.status == StatusWord::OK {
        read_container(&response.data, reference).unwrap_or(PinState::Unknown)
    } else {
        PinState::Unknown
    };
    Ok(Reading {
        state,
        status: response.status,
    })
}

/// The state in a container. `None` when it belongs to another reference or makes no sense: a
/// counter misread is worse than none.
fn read_container(data: &[u8], reference: PinReference) -> Option<PinState> {
    let objects = DataObjects::parse(data).ok()?;
    let container = objects.find(0xA0)?;
    if container.find_value(REFERENCE)? != [reference.0] {
        return None;
    }
    let tries = *container.find_value(COUNTERS)?.first()?;
    if tries > PLAUSIBLE {
        return None;
    }
    let tries_left = TriesLeft(tries);
    Some(match (container.find_value(CHANGED), tries) {
        (_, 0) => PinState::Locked,
        (Some([0x00]), _) => PinState::NotActivated {
            tries_left: Some(tries_left),
        },
        _ => PinState::Usable {
            tries_left: Some(tries_left),
        },
    })
}

/// The state in the answer to an empty VERIFY. `9000` means verified at the moment: usable, but
/// the card does not tell the counter.
pub(super) fn from_question(status: StatusWord) -> PinState {
    match (status, status.counter()) {
        (StatusWord::OK, _) => PinState::Usable { tries_left: None },
        (StatusWord::AUTHENTICATION_METHOD_BLOCKED, _) | (_, Some(TriesLeft(0))) => {
            PinState::Locked
        }
        (_, Some(tries_left)) => PinState::Usable {
            tries_left: Some(tries_left),
        },
        (StatusWord::REFERENCE_DATA_NOT_USABLE, _) => PinState::NotActivated { tries_left: None },
        _ => PinState::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn container(tries: u8, changed: u8) -> Vec<u8> {
        let mut bytes = vec![
            0xA0, 0x23, 0x83, 0x01, 0x11, 0x8C, 0x04, 0xF0, 0, 0, 0, 0x9C, 0x04,
        ];
        bytes.extend([
            0xF0, 0, 0, 0, 0xDF, 0x21, 0x04, tries, 0xFF, 0xA5, 0x03, 0xDF, 0x27, 0x02,
        ]);
        bytes.extend([
            0xFF, 0xFF, 0xDF, 0x28, 0x01, 0x0C, 0xDF, 0x2F, 0x01, changed,
        ]);
        bytes
    }

    #[test]
    fn the_counter_is_found_by_its_tag() {
        let state = |tries, changed| read_container(&container(tries, changed), PinReference(0x11));
        let tries_left = |tries| Some(TriesLeft(tries));
        assert_eq!(
            state(5, 1),
            Some(PinState::Usable {
                tries_left: tries_left(5)
            })
        );
        assert_eq!(state(0, 1), Some(PinState::Locked));
        assert_eq!(state(0, 0), Some(PinState::Locked));
        assert_eq!(
            state(5, 0),
            Some(PinState::NotActivated {
                tries_left: tries_left(5)
            })
        );
        assert_eq!(state(113, 1), None);
        assert_eq!(read_container(&container(5, 1), PinReference(0x82)), None);
    }

    #[test]
    fn every_answer_to_an_empty_verify_has_one_meaning() {
        for word in 0..=u16::MAX {
            let expected = match word {
                0x9000 => PinState::Usable { tries_left: None },
                0x6983 | 0x63C0 => PinState::Locked,
                0x6984 => PinState::NotActivated { tries_left: None },
                0x63C1..=0x63CF => PinState::Usable {
                    tries_left: u8::try_from(word & 0x0F).ok().map(TriesLeft),
                },
                _ => PinState::Unknown,
            };
            assert_eq!(from_question(StatusWord(word)), expected, "{word:04X}");
        }
    }
}
