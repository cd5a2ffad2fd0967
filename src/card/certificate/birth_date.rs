//! When a person was born, as certificates tell it: people like to make a PIN of it, and whoever
//! finds the card in a wallet finds the date there as well.

use std::fmt;

use siru_apdu::tlv::DataObjects;

/// A date of birth. It is not printed.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) struct BirthDate {
    year: u16,
    month: u8,
    day: u8,
}

impl BirthDate {
    /// The date in a subjectDirectoryAttributes extension (RFC 3739, dateOfBirth).
    pub fn in_directory_attributes(extension: &[u8]) -> Option<Self> {
        let objects = DataObjects::parse(extension).ok()?;
        let time = objects
            .find(SEQUENCE)?
            .children()
            .filter(|attribute| attribute.find_value(OBJECT_IDENTIFIER) == Some(DATE_OF_BIRTH))
            .find_map(|attribute| attribute.find(SET)?.find_value(GENERALIZED_TIME))?;
        Self::new(
            number(time, 0..4)?,
            number(time, 4..6)?,
            number(time, 6..8)?,
        )
    }

    /// The date in a Finnish personal identity code, as in 131052-308T, wherever it stands in
    /// `text`.
    pub fn in_identity_code(text: &str) -> Option<Self> {
        text.as_bytes().windows(11).find_map(|code| {
            let century = match code.get(6)? {
                b'+' => 1800,
                b'-' | b'U'..=b'Y' => 1900,
                b'A'..=b'F' => 2000,
                _ => return None,
            };
            number(code, 7..10)?;
            code.get(10).filter(|check| check.is_ascii_alphanumeric())?;
            let year = century + number(code, 4..6)?;
            Self::new(year, number(code, 2..4)?, number(code, 0..2)?)
        })
    }

    /// The ways in which people write it with digits alone.
    pub fn shapes(self) -> [String; 7] {
        let Self { year, month, day } = self;
        let short = year % 100;
        [
            format!("{day:02}{month:02}"),
            format!("{day:02}{month:02}{short:02}"),
            format!("{short:02}{month:02}{day:02}"),
            format!("{day:02}{month:02}{year:04}"),
            format!("{year:04}"),
            format!("{year:04}{month:02}{day:02}"),
            format!("{month:02}{day:02}"),
        ]
    }

    fn new(year: u16, month: u16, day: u16) -> Option<Self> {
        let (month, day) = (u8::try_from(month).ok()?, u8::try_from(day).ok()?);
        let is_date = (1..=12).contains(&month) && (1..=31).contains(&day);
        is_date.then_some(Self { year, month, day })
    }
}

impl fmt::Debug for BirthDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("BirthDate(…)")
    }
}

/// The digits in a part of `text`, as a number.
fn number(text: &[u8], part: std::ops::Range<usize>) -> Option<u16> {
    text.get(part)?.iter().try_fold(0u16, |number, digit| {
        let digit = digit.is_ascii_digit().then(|| u16::from(digit - b'0'))?;
        number.checked_mul(10)?.checked_add(digit)
    })
}

const SEQUENCE: u32 = 0x30;
const SET: u32 = 0x31;
const OBJECT_IDENTIFIER: u32 = 0x06;
const GENERALIZED_TIME: u32 = 0x18;
/// 1.3.6.1.5.5.7.9.1 (RFC 3739, id-pda-dateOfBirth).
const DATE_OF_BIRTH: &[u8] = &[0x2B, 0x06, 0x01, 0x05, 0x05, 0x07, 0x09, 0x01];

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The attributes with one of the type `last` in place of dateOfBirth.
    fn attributes(last: u8, date: &[u8; 15]) -> Vec<u8> {
        let mut bytes = vec![0x30, 0x1F, 0x30, 0x1D, 0x06, 0x08];
        bytes.extend([0x2B, 0x06, 0x01, 0x05, 0x05, 0x07, 0x09, last]);
        bytes.extend([0x31, 0x11, 0x18, 0x0F]);
        bytes.extend(date);
        bytes
    }

    #[test]
    fn the_date_is_found_among_the_attributes_of_the_subject() {
        let born = BirthDate::in_directory_attributes(&attributes(1, b"19521013120000Z"));
        assert_eq!(born, BirthDate::new(1952, 10, 13));
        assert!(born.is_some());
        assert_eq!(
            BirthDate::in_directory_attributes(&attributes(3, b"19521013120000Z")),
            None
        );
        for nonsense in [b"19521313120000Z", b"195210XX120000Z"] {
            let found = BirthDate::in_directory_attributes(&attributes(1, nonsense));
            assert_eq!(found, None);
        }
    }

    #[test]
    fn the_date_is_found_in_a_personal_identity_code() {
        let cases = [
            ("131052-308T", BirthDate::new(1952, 10, 13)),
            ("PNOFI-010594Y9032", BirthDate::new(1994, 5, 1)),
            ("010203A123B", BirthDate::new(2003, 2, 1)),
            ("311299+123B", BirthDate::new(1899, 12, 31)),
            ("99900335E", None),
            ("139952-308T", None),
            ("131052-30", None),
            ("", None),
        ];
        for (text, expected) in cases {
            assert_eq!(BirthDate::in_identity_code(text), expected, "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_bytes_make_the_readers_fail(bytes in any::<Vec<u8>>(), text in any::<String>()) {
            let _ = BirthDate::in_directory_attributes(&bytes);
            if let Some(born) = BirthDate::in_identity_code(&text) {
                prop_assert!(born.shapes().iter().all(|shape| shape.len() >= 4));
            }
        }
    }
}
