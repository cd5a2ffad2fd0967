//! New PINs that a thief tries first: patterns, and numbers that stand on the card or beside it in
//! the wallet. Nothing is refused here; whoever asks decides.

use std::fmt;

use super::request::PinRole;
use super::secret::Pin;
use crate::certificate::Certificate;
use crate::certificate::birth_date::BirthDate;
use crate::pkcs15::SerialNumber;

/// Why a new PIN is easy to guess.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Weakness {
    /// One digit, or a block of two or three, again and again: 1111, 1212, 123123.
    Repeated,
    /// Digits in even steps up or down: 1234, 9876, 2468, 7890.
    Run,
    /// The holder's date of birth, in one of the ways to write it.
    BirthDate,
    /// A part of the holder's number in the certificate, or of the card's serial number.
    Serial,
    /// The other PIN of the card. Only whoever knows both can find this: [`Pin::same_as`], or
    /// [`TypoShield::other_pin`](super::TypoShield::other_pin).
    SameAsOther {
        /// The PIN that has these digits already.
        role: PinRole,
    },
}

/// Numbers of a person and a card that make a bad PIN. They are no secret, but are not printed.
#[derive(Clone, Default)]
pub struct PersonalDigits {
    birth_date: Option<BirthDate>,
    serials: Vec<String>,
}

impl PersonalDigits {
    /// What the certificate for authentication and the card's serial number give away.
    pub fn of(certificate: Option<&Certificate>, serial: Option<&SerialNumber>) -> Self {
        let number = certificate.and_then(|certificate| certificate.subject_number.as_deref());
        let serials = number.map(str::to_owned).into_iter();
        Self {
            birth_date: certificate.and_then(|certificate| certificate.birth_date),
            serials: serials.chain(serial.map(ToString::to_string)).collect(),
        }
    }

    /// Why `new` is easy to guess; `None` when nothing speaks against it.
    pub fn weakness(&self, new: &Pin) -> Option<Weakness> {
        let digits = new.digits();
        if digits.len() < SHORTEST {
            return None;
        }
        if is_repeated(digits) {
            Some(Weakness::Repeated)
        } else if is_run(digits) {
            Some(Weakness::Run)
        } else if self.is_birth_date(digits) {
            Some(Weakness::BirthDate)
        } else if self.is_in_serial(digits) {
            Some(Weakness::Serial)
        } else {
            None
        }
    }

    fn is_birth_date(&self, digits: &[u8]) -> bool {
        let shapes = self.birth_date.map(BirthDate::shapes);
        shapes.is_some_and(|shapes| shapes.iter().any(|shape| shape.as_bytes() == digits))
    }

    fn is_in_serial(&self, digits: &[u8]) -> bool {
        let mut serials = self.serials.iter();
        serials.any(|serial| {
            serial
                .as_bytes()
                .windows(digits.len())
                .any(|part| part == digits)
        })
    }
}

impl fmt::Debug for PersonalDigits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("PersonalDigits(…)")
    }
}

/// Shorter ones are no PIN of any card, and say nothing.
const SHORTEST: usize = 4;

/// Whether a block of one to three digits stands at least twice, and nothing else.
fn is_repeated(digits: &[u8]) -> bool {
    (1..=3)
        .filter(|block| digits.len() >= 2 * block)
        .any(|block| {
            let shifted = digits.iter().skip(block);
            digits
                .iter()
                .zip(shifted)
                .all(|(digit, next)| digit == next)
        })
}

/// Whether each digit is one or two more than the one before, or less, with 0 following on 9.
fn is_run(digits: &[u8]) -> bool {
    [1, 2, 8, 9].into_iter().any(|step| {
        let followed = digits.iter().zip(digits.iter().skip(1));
        followed
            .into_iter()
            .all(|(digit, next)| (digit - b'0' + step) % 10 == next - b'0')
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn pin(digits: &str) -> Pin {
        Pin::from_digits(digits.as_bytes()).expect("digits")
    }

    fn person() -> PersonalDigits {
        PersonalDigits {
            birth_date: BirthDate::in_identity_code("131052-308T"),
            serials: vec!["99900335E".to_owned(), "9246102411CD2345670".to_owned()],
        }
    }

    #[test]
    fn each_way_of_being_weak_is_named() {
        let cases = [
            ("1111", Some(Weakness::Repeated)),
            ("1212", Some(Weakness::Repeated)),
            ("12121", Some(Weakness::Repeated)),
            ("123123", Some(Weakness::Repeated)),
            ("12341234", None),
            ("1234", Some(Weakness::Run)),
            ("9876", Some(Weakness::Run)),
            ("7890", Some(Weakness::Run)),
            ("2109", Some(Weakness::Run)),
            ("2468", Some(Weakness::Run)),
            ("97531", Some(Weakness::Run)),
            ("1357", Some(Weakness::Run)),
            ("1310", Some(Weakness::BirthDate)),
            ("131052", Some(Weakness::BirthDate)),
            ("521013", Some(Weakness::BirthDate)),
            ("13101952", Some(Weakness::BirthDate)),
            ("1952", Some(Weakness::BirthDate)),
            ("19521013", Some(Weakness::BirthDate)),
            ("1013", Some(Weakness::BirthDate)),
            ("9900", Some(Weakness::Serial)),
            ("900335", Some(Weakness::Serial)),
            ("345670", Some(Weakness::Serial)),
            ("4611", None),
            ("2580", None),
            ("135792", None),
            ("123", None),
            ("", None),
        ];
        for (digits, expected) in cases {
            assert_eq!(person().weakness(&pin(digits)), expected, "{digits}");
        }
    }

    #[test]
    fn nothing_personal_is_known_of_an_unread_card_and_nothing_is_printed() {
        let nobody = PersonalDigits::of(None, None);
        assert_eq!(nobody.weakness(&pin("131052")), None);
        assert_eq!(nobody.weakness(&pin("1111")), Some(Weakness::Repeated));
        assert!(!format!("{:?}", person()).contains(|letter: char| letter.is_ascii_digit()));
    }

    proptest! {
        #[test]
        fn every_repetition_is_found(block in "[0-9]{1,3}", times in 4usize..12) {
            let mut digits = block.repeat(times);
            digits.truncate(12);
            prop_assert_eq!(PersonalDigits::default().weakness(&pin(&digits)), Some(Weakness::Repeated));
        }

        #[test]
        fn every_run_is_found(start in 0u8..10, length in 4u8..12, step in prop_oneof![Just(1u8), Just(2), Just(8), Just(9)]) {
            let digits: String = (0..length)
                .map(|place| char::from(b'0' + (start + place * step) % 10))
                .collect();
            prop_assert_eq!(PersonalDigits::default().weakness(&pin(&digits)), Some(Weakness::Run));
        }

        #[test]
        fn a_strong_pin_neither_repeats_nor_runs(digits in "[0-9]{4,12}") {
            if PersonalDigits::default().weakness(&pin(&digits)).is_none() {
                let places: Vec<u8> = digits.bytes().collect();
                let steps: Vec<u8> = places.windows(2).map(|two| (10 + two[1] - two[0]) % 10).collect();
                let even = steps.iter().all(|step| *step == steps[0]);
                prop_assert!(!even || matches!(steps[0], 3..=7), "{}", digits);
            }
        }
    }
}
