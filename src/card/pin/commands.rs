//! The commands that present a PIN or PUK, in both schemes (*FINEID S4-1 v4.2* and *S4-2 v4.0*,
//! VERIFY, CHANGE REFERENCE DATA, RESET RETRY COUNTER).

use siru_apdu::{CommandApdu, ExpectedLength, Instruction, StatusWord};
use zeroize::Zeroizing;

use super::request::PinRole;
use super::secret::Pin;
use crate::profile::{PinReference, PinScheme};

/// The name of a code in logs and recordings, and of the value that replaces it.
const fn names(role: PinRole) -> (&'static str, &'static str) {
    match role {
        PinRole::Authentication => ("PIN1", "PIN1.new"),
        PinRole::Signature => ("PIN2", "PIN2.new"),
        PinRole::Unblocking => ("PUK", "PUK.new"),
    }
}

/// VERIFY: presents `pin`.
pub fn verify(scheme: PinScheme, reference: PinReference, role: PinRole, pin: &Pin) -> CommandApdu {
    CommandApdu::new(Instruction::VERIFY, 0x00, reference.0)
        .secret(names(role).0, &block(scheme, pin))
}

/// CHANGE REFERENCE DATA: presents `current` and replaces it with `new`.
pub fn change(
    scheme: PinScheme,
    reference: PinReference,
    role: PinRole,
    current: &Pin,
    new: &Pin,
) -> CommandApdu {
    CommandApdu::new(Instruction::CHANGE_REFERENCE_DATA, 0x00, reference.0)
        .secret(names(role).0, &block(scheme, current))
        .secret(names(role).1, &block(scheme, new))
}

/// RESET RETRY COUNTER of the PIN `reference`, presenting the PUK together with the new PIN.
pub fn reset_with_puk(
    scheme: PinScheme,
    reference: PinReference,
    role: PinRole,
    puk: &Pin,
    new: &Pin,
) -> CommandApdu {
    CommandApdu::new(Instruction::RESET_RETRY_COUNTER, 0x00, reference.0)
        .secret(names(PinRole::Unblocking).0, &block(scheme, puk))
        .secret(names(role).1, &block(scheme, new))
}

/// RESET RETRY COUNTER of the PIN `reference` after the PUK was verified: the new PIN alone.
pub fn reset_after_puk(
    scheme: PinScheme,
    reference: PinReference,
    role: PinRole,
    new: &Pin,
) -> CommandApdu {
    CommandApdu::new(Instruction::RESET_RETRY_COUNTER, 0x02, reference.0)
        .secret(names(role).1, &block(scheme, new))
}

/// VERIFY without data: asks for the counter.
///
/// It carries no data field at all: padding bytes would be compared with the PIN and cost a try.
pub const fn ask(reference: PinReference) -> CommandApdu {
    CommandApdu::new(Instruction::VERIFY, 0x00, reference.0)
}

/// The same question with the zero length byte that some cards want under T=0.
pub fn ask_with_length(reference: PinReference) -> CommandApdu {
    ask(reference).expect(ExpectedLength::MAX)
}

/// VERIFY with P1 `FF` and without data: makes the card forget that the PIN was verified.
pub const fn forget(reference: PinReference) -> CommandApdu {
    CommandApdu::new(Instruction::VERIFY, 0xFF, reference.0)
}

/// GET DATA of the container that holds a PIN's counters.
pub fn container(reference: PinReference) -> CommandApdu {
    CommandApdu::new(Instruction::GET_DATA, 0x00, 0xFF)
        .data([0xA0, 0x03, 0x83, 0x01, reference.0])
        .expect(ExpectedLength::MAX)
}

/// Whether an answer to a question says that there is no such PIN on the card.
pub const fn says_no_such_pin(status: StatusWord) -> bool {
    matches!(status, StatusWord::REFERENCE_DATA_NOT_FOUND)
}

/// The digits as the card takes them.
fn block(scheme: PinScheme, pin: &Pin) -> Zeroizing<Vec<u8>> {
    let digits = pin.digits();
    let length = match scheme {
        PinScheme::Padded { stored_length, .. } => stored_length.max(digits.len()),
        PinScheme::Plain { .. } => digits.len(),
    };
    let mut block = Zeroizing::new(Vec::with_capacity(length));
    block.extend_from_slice(digits);
    if let PinScheme::Padded { pad, .. } = scheme {
        block.resize(length, pad);
    }
    block
}

#[cfg(test)]
mod tests {
    use siru_apdu::Protocol;
    use siru_apdu::hex::Hex;

    use super::*;

    const PADDED: PinScheme = PinScheme::Padded {
        stored_length: 12,
        pad: 0x00,
    };
    const PLAIN: PinScheme = PinScheme::Plain { max_length: 8 };

    fn pin(digits: &str) -> Pin {
        Pin::from_digits(digits.as_bytes()).expect("digits")
    }

    fn wire(command: &CommandApdu) -> String {
        Hex(&command.to_wire(Protocol::T0)).to_string()
    }

    #[test]
    fn padded_commands_carry_whole_blocks() {
        let (old, new) = (pin("1234"), pin("567890"));
        assert_eq!(
            wire(&verify(
                PADDED,
                PinReference(0x11),
                PinRole::Authentication,
                &old
            )),
            "00 20 00 11 0C 31 32 33 34 00 00 00 00 00 00 00 00"
        );
        let changed = change(PADDED, PinReference(0x82), PinRole::Signature, &old, &new);
        assert_eq!(
            wire(&changed),
            "00 24 00 82 18 31 32 33 34 00 00 00 00 00 00 00 00 \
             35 36 37 38 39 30 00 00 00 00 00 00"
        );
        assert!(format!("{changed:?}").contains("{PIN2:12}{PIN2.new:12}"));
        let reset = reset_with_puk(
            PADDED,
            PinReference(0x11),
            PinRole::Authentication,
            &old,
            &new,
        );
        assert!(wire(&reset).starts_with("00 2C 00 11 18 31 32"));
    }

    #[test]
    fn plain_commands_carry_the_digits_alone() {
        let (old, new) = (pin("1234"), pin("567890"));
        assert_eq!(
            wire(&change(
                PLAIN,
                PinReference(0x03),
                PinRole::Authentication,
                &old,
                &new
            )),
            "00 24 00 03 0A 31 32 33 34 35 36 37 38 39 30"
        );
        assert_eq!(
            wire(&reset_after_puk(
                PLAIN,
                PinReference(0x04),
                PinRole::Signature,
                &new
            )),
            "00 2C 02 04 06 35 36 37 38 39 30"
        );
    }

    #[test]
    fn questions_carry_no_data() {
        for question in [ask(PinReference(0x11)), forget(PinReference(0x11))] {
            assert!(question.command_data().bytes().is_empty());
            assert!(!question.presents_secret());
        }
        assert_eq!(wire(&ask(PinReference(0x11))), "00 20 00 11");
        assert_eq!(wire(&ask_with_length(PinReference(0x11))), "00 20 00 11 00");
    }
}
