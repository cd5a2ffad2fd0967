//! Where the driver gets the PINs from that a script only names.

use zeroize::Zeroizing;

use crate::name::{Variant, split};

/// Somebody who knows PINs: the specimen set of virtual cards, or a person asked at a terminal.
pub trait Secrets {
    /// The bytes of `{name:length}`, padding included. Asked once for each name in a run.
    ///
    /// # Errors
    ///
    /// [`SecretError`]; the driver then sends nothing more.
    fn secret(&mut self, name: &str, length: usize) -> Result<Zeroizing<Vec<u8>>, SecretError>;
}

/// Why there is no secret of that name and length.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SecretError {
    /// Nobody knows a secret of this name.
    #[error("nobody knows this secret")]
    Unknown,
    /// The secret has more digits than there is room for, or too few for bare digits.
    #[error("the secret does not have the length the script has")]
    Length,
    /// The person did not want to say it.
    #[error("the secret was not given")]
    Refused,
}

/// From this length on, digits are padded with 00 to fill a block (FINEID S4-1).
const BLOCK: usize = 12;

/// The PINs of virtual specimen cards, and values made from them for `.new` and `.wrong`.
///
/// No two names have the same digits. Where a script leaves room for more digits than a PIN has,
/// the rest is filled with 00; `.new` and `.wrong` values have as many digits as a script with
/// unpadded PINs leaves room for.
#[derive(Clone, Copy, Debug, Default)]
pub struct Specimen;

impl Specimen {
    /// The digits every virtual card starts with, by name.
    pub const DIGITS: [(&'static str, &'static str); 4] = [
        ("PIN1", "1234"),
        ("PIN2", "123456"),
        ("PUK", "12345678"),
        ("ACTIVATION", "1234567"),
    ];

    /// The digits of a name, without padding; `None` for a name that no specimen card has.
    /// `length` is the room a script leaves.
    pub fn digits(name: &str, length: usize) -> Option<String> {
        let (base, variant, number) = split(name);
        let (_, digits) = Self::DIGITS.into_iter().find(|(known, _)| *known == base)?;
        let shift = match variant {
            Variant::Current if number == 1 => return Some(digits.to_owned()),
            Variant::Current => return None,
            Variant::New => 2,
            Variant::Wrong => 4,
        };
        let count = if length < BLOCK { length } else { digits.len() };
        let number = u32::from(number);
        let derived = digits
            .chars()
            .cycle()
            .take(count)
            .enumerate()
            .map(|(index, digit)| {
                let moved = match index {
                    0 => shift,
                    1 => number / 10,
                    2 => number,
                    _ => 0,
                };
                let value = digit.to_digit(10).unwrap_or(0) + moved;
                char::from_digit(value % 10, 10).unwrap_or('0')
            })
            .collect();
        Some(derived)
    }
}

impl Secrets for Specimen {
    fn secret(&mut self, name: &str, length: usize) -> Result<Zeroizing<Vec<u8>>, SecretError> {
        let digits = Self::digits(name, length).ok_or(SecretError::Unknown)?;
        let mut bytes = Zeroizing::new(digits.into_bytes());
        if bytes.len() > length {
            return Err(SecretError::Length);
        }
        bytes.resize(length, 0x00);
        Ok(bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_fill_the_block_and_no_two_names_share_them() {
        let names = [
            "PIN1",
            "PIN1.wrong",
            "PIN1.wrong.2",
            "PIN1.wrong.5",
            "PIN1.new",
            "PIN1.new.2",
            "PIN2",
            "PIN2.wrong",
            "PIN2.new",
            "PUK",
            "PUK.wrong",
            "PUK.wrong.2",
            "ACTIVATION",
        ];
        let mut seen = Vec::new();
        for name in names {
            let bytes = Specimen.secret(name, 12).expect("a block");
            assert_eq!(bytes.len(), 12);
            assert!(!seen.contains(&bytes), "{name}");
            seen.push(bytes);
        }
        assert_eq!(**seen.first().expect("PIN1"), *b"1234\0\0\0\0\0\0\0\0");
    }

    #[test]
    fn bare_digits_take_the_room_the_script_leaves() {
        assert_eq!(**Specimen.secret("PIN1", 4).expect("PIN1"), *b"1234");
        assert_eq!(Specimen.secret("PIN1.new", 6).expect("new").len(), 6);
        assert!(
            Specimen
                .secret("PIN1.new", 6)
                .expect("new")
                .iter()
                .all(u8::is_ascii_digit)
        );
        assert_eq!(Specimen.secret("PUK", 4), Err(SecretError::Length));
        assert_eq!(Specimen.secret("CAN", 6), Err(SecretError::Unknown));
    }
}
