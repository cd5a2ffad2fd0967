//! What a person or a file types, one character at a time, becomes a code.

use siru_card::{EntryProblem, Pin};

/// A code being typed. Characters it cannot take are counted, so that a typing error is an error
/// and Backspace takes back what was typed last.
#[derive(Default)]
pub(super) struct Typing {
    pin: Pin,
    /// Characters since the first one that did not fit.
    surplus: usize,
    /// Whether that was something other than a digit.
    odd: bool,
}

impl Typing {
    /// One more character.
    pub fn push(&mut self, character: u8) {
        if self.surplus == 0 && self.pin.insert(self.pin.len(), character) {
            return;
        }
        self.surplus = self.surplus.saturating_add(1);
        self.odd |= !character.is_ascii_digit();
    }

    /// Takes the last character back.
    pub fn backspace(&mut self) {
        if self.surplus > 0 {
            self.surplus -= 1;
            self.odd &= self.surplus > 0;
        } else {
            let length = self.pin.len();
            self.pin.remove(length.saturating_sub(1)..length);
        }
    }

    /// Takes everything back.
    pub fn clear(&mut self) {
        *self = Self::default();
    }

    /// Whether nothing stands there.
    #[cfg(any(unix, test))]
    pub const fn is_empty(&self) -> bool {
        self.pin.is_empty() && self.surplus == 0
    }

    /// The code, if it can be one.
    pub fn finish(self) -> Result<Pin, EntryProblem> {
        match (self.surplus, self.odd) {
            (0, _) => Ok(self.pin),
            (_, true) => Err(EntryProblem::NotDigits),
            (_, false) => Err(EntryProblem::TooLong { max: Pin::CAPACITY }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `<` is Backspace.
    fn typed(keys: &str) -> Result<Pin, EntryProblem> {
        let mut typing = Typing::default();
        for key in keys.bytes() {
            match key {
                b'<' => typing.backspace(),
                other => typing.push(other),
            }
        }
        typing.finish()
    }

    fn is(keys: &str, digits: &str) -> bool {
        typed(keys).is_ok_and(|pin| pin.same_as(&Pin::from_digits(digits.as_bytes()).unwrap()))
    }

    #[test]
    fn backspace_takes_back_what_was_typed_last() {
        assert!(is("1234", "1234"));
        assert!(is("12345<", "1234"));
        assert!(is("<<1<12", "12"));
        assert!(is("12a<34", "1234"));
        assert!(is("1234567890123<", "123456789012"));
    }

    #[test]
    fn what_cannot_be_a_code_is_refused_with_the_reason() {
        assert_eq!(typed("12a4").unwrap_err(), EntryProblem::NotDigits);
        assert_eq!(typed("12a<b").unwrap_err(), EntryProblem::NotDigits);
        assert_eq!(typed("12 34").unwrap_err(), EntryProblem::NotDigits);
        assert_eq!(
            typed("1234567890123").unwrap_err(),
            EntryProblem::TooLong { max: 12 }
        );
    }

    #[test]
    fn clearing_leaves_nothing() {
        let mut typing = Typing::default();
        typing.push(b'1');
        typing.push(b'x');
        typing.clear();
        assert!(typing.is_empty());
        assert!(typing.finish().is_ok_and(|pin| pin.is_empty()));
    }
}
