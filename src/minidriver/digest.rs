//! Stable names made of what a card is: its identifier and the name of its key container.

use sha2::{Digest, Sha256};

/// Sixteen bytes that are always the same for the same `subject`, and for no other one or purpose.
pub fn identifier(purpose: Purpose, subject: &[u8]) -> [u8; 16] {
    let mut hash = Sha256::new();
    hash.update(match purpose {
        Purpose::Card => b"Siru card identifier\0".as_slice(),
        Purpose::Container => b"Siru key container\0".as_slice(),
    });
    hash.update(subject);
    let digest: [u8; 32] = hash.finalize().into();
    let mut identifier = [0; 16];
    for (place, byte) in identifier.iter_mut().zip(digest) {
        *place = byte;
    }
    identifier
}

/// What an identifier is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// The file `cardid`, by which Windows tells cards apart; made of the serial number.
    Card,
    /// The name of the container in `cmapfile`; made of the public key, so that a key that is renewed
    /// has another.
    Container,
}

/// An identifier as text, in the form of a GUID.
pub fn as_text(identifier: [u8; 16]) -> String {
    let mut text = String::with_capacity(36);
    for (place, byte) in identifier.into_iter().enumerate() {
        if matches!(place, 4 | 6 | 8 | 10) {
            text.push('-');
        }
        text.push_str(&format!("{byte:02x}"));
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_identifier_is_stable_and_nobody_elses() {
        let card = |subject: &[u8]| identifier(Purpose::Card, subject);
        assert_eq!(card(b"AB1234560"), card(b"AB1234560"));
        assert_ne!(card(b"AB1234560"), card(b"AB1234561"));
        assert_ne!(
            card(b"AB1234560"),
            identifier(Purpose::Container, b"AB1234560")
        );
    }

    #[test]
    fn its_text_has_the_form_of_a_guid() {
        let bytes = std::array::from_fn(|place| u8::try_from(place).unwrap_or(0));
        assert_eq!(as_text(bytes), "00010203-0405-0607-0809-0a0b0c0d0e0f");
    }
}
