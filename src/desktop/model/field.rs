//! One field for a PIN, and what can be said about it while it is typed into.

use siru_card::{Caught, EntryProblem, Pin, PinRules, Weakness};

/// A PIN being typed, and the last slip of the keyboard.
#[derive(Debug, Default)]
pub struct Field {
    pin: Pin,
    slip: Option<EntryProblem>,
}

impl Field {
    /// How many digits there are: all that may be shown of them.
    pub const fn len(&self) -> usize {
        self.pin.len()
    }

    /// Whether nothing has been typed.
    pub const fn is_empty(&self) -> bool {
        self.pin.is_empty()
    }

    /// Types `text` before position `at`; what is no digit, or does not fit, is left out and
    /// remembered as a slip. Says how many digits went in.
    pub fn insert(&mut self, text: &str, at: usize) -> usize {
        let mut taken = 0;
        let mut slip = None;
        for character in text.chars() {
            let digit = u8::try_from(character).ok().filter(u8::is_ascii_digit);
            match digit {
                None => slip = Some(EntryProblem::NotDigits),
                Some(digit) if self.pin.insert(at + taken, digit) => taken += 1,
                Some(_) => slip = Some(EntryProblem::TooLong { max: Pin::CAPACITY }),
            }
        }
        // What was left out stays left out, whatever follows it: only taking something back ends it.
        self.slip = self.slip.or(slip);
        taken
    }

    /// Deletes the digits in `range` and forgets the slip.
    pub fn remove(&mut self, range: std::ops::Range<usize>) {
        self.pin.remove(range);
        self.slip = None;
    }

    /// Wipes everything.
    pub fn clear(&mut self) {
        self.pin.clear();
        self.slip = None;
    }

    /// The digits, moved out; the field is empty afterwards.
    pub fn take(&mut self) -> Pin {
        self.slip = None;
        std::mem::take(&mut self.pin)
    }

    /// The digits, for what is known of this card's.
    pub(super) const fn pin(&self) -> &Pin {
        &self.pin
    }

    /// The digits as a code that is on the card already.
    pub(super) fn entered(&self, rules: &PinRules) -> Verdict {
        self.judge(rules.check_entered(&self.pin))
    }

    /// The digits as a new PIN that must differ from `old`.
    pub(super) fn new_pin(&self, rules: &PinRules, old: Option<(&Self, EntryProblem)>) -> Verdict {
        let verdict = self.judge(rules.check_new(&self.pin));
        match old {
            Some((old, problem)) if verdict == Verdict::Good && old.pin.same_as(&self.pin) => {
                Verdict::Problem(problem)
            }
            _ => verdict,
        }
    }

    /// The digits as a repetition of `first`.
    pub(super) fn repetition(&self, first: &Self) -> Verdict {
        if let Some(slip) = self.slip {
            return Verdict::Problem(slip);
        }
        if self.is_empty() {
            Verdict::Empty
        } else if self.len() < first.len() {
            Verdict::Incomplete
        } else if self.pin.same_as(&first.pin) {
            Verdict::Good
        } else {
            Verdict::Problem(EntryProblem::Mismatch)
        }
    }

    fn judge(&self, rule: Result<(), EntryProblem>) -> Verdict {
        match (self.slip, rule) {
            (Some(slip), _) => Verdict::Problem(slip),
            (None, _) if self.is_empty() => Verdict::Empty,
            (None, Ok(())) => Verdict::Good,
            // Whoever is still typing has made no mistake.
            (None, Err(EntryProblem::TooShort { .. })) => Verdict::Incomplete,
            (None, Err(problem)) => Verdict::Problem(problem),
        }
    }
}

/// What can be said about a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Nothing typed yet.
    Empty,
    /// Too few digits so far.
    Incomplete,
    /// It cannot be sent like this.
    Problem(EntryProblem),
    /// This card has shown before what would come of it.
    Caught(Caught),
    /// Somebody might guess it, and that is not allowed here.
    Weak(Weakness),
    /// It can be sent.
    Good,
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULES: PinRules = PinRules {
        min_entered: 4,
        max_entered: 8,
        min_new: 6,
        max_new: 8,
    };

    fn typed(text: &str) -> Field {
        let mut field = Field::default();
        field.insert(text, 0);
        field
    }

    #[test]
    fn what_is_typed_is_judged_while_it_is_typed() {
        let cases = [
            ("", Verdict::Empty),
            ("123", Verdict::Incomplete),
            ("1234", Verdict::Good),
            (
                "123456789",
                Verdict::Problem(EntryProblem::TooLong { max: 8 }),
            ),
            ("12a4", Verdict::Problem(EntryProblem::NotDigits)),
            (
                "1234567890123",
                Verdict::Problem(EntryProblem::TooLong { max: 12 }),
            ),
        ];
        for (text, expected) in cases {
            assert_eq!(typed(text).entered(&RULES), expected, "{text:?}");
        }
    }

    #[test]
    fn a_slip_stays_until_something_is_taken_back() {
        let slip = Verdict::Problem(EntryProblem::NotDigits);
        let mut field = typed("12e45");
        assert_eq!((field.len(), field.entered(&RULES)), (4, slip));
        field.insert("6", 4);
        assert_eq!(field.entered(&RULES), slip);
        field.remove(4..5);
        assert_eq!(field.entered(&RULES), Verdict::Good);
    }

    #[test]
    fn a_new_pin_is_compared_with_the_old_one_and_its_repetition() {
        let old = typed("123456");
        let rule = Some((&old, EntryProblem::SameAsCurrent));
        assert_eq!(typed("12345").new_pin(&RULES, rule), Verdict::Incomplete);
        assert_eq!(
            typed("123456").new_pin(&RULES, rule),
            Verdict::Problem(EntryProblem::SameAsCurrent)
        );
        assert_eq!(typed("654321").new_pin(&RULES, rule), Verdict::Good);
        assert_eq!(
            typed("6543").repetition(&typed("654321")),
            Verdict::Incomplete
        );
        assert_eq!(typed("654321").repetition(&typed("654321")), Verdict::Good);
        assert_eq!(
            typed("654322").repetition(&typed("654321")),
            Verdict::Problem(EntryProblem::Mismatch)
        );
    }
}
