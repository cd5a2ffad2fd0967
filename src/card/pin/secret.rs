//! The one type for a PIN, a PUK or an activation code: digits that are wiped, moved and never shown.

use std::fmt;
use std::ops::Range;

use zeroize::Zeroize;

use super::entry::EntryProblem;

/// Up to twelve decimal digits as a person typed them.
///
/// The digits lie in one heap block that neither grows nor moves and is overwritten on drop. The
/// type is not `Clone`, and printing it shows nothing, not even how many digits there are. A value
/// is moved into the request that presents it to the card; presenting it again needs it typed again,
/// unless one confirmation covers both PINs ([`PinPair`](super::PinPair)).
pub struct Pin {
    digits: Box<[u8; Pin::CAPACITY]>,
    length: usize,
}

impl Pin {
    /// The most digits any supported card stores.
    pub const CAPACITY: usize = 12;

    /// No digits yet.
    pub fn new() -> Self {
        Self {
            digits: Box::new([0; Self::CAPACITY]),
            length: 0,
        }
    }

    /// Takes digits over. The caller wipes its own copy.
    ///
    /// # Errors
    ///
    /// [`EntryProblem::NotDigits`] for any character but `0` to `9`, [`EntryProblem::TooLong`]
    /// above twelve of them. Nothing has been sent to a card.
    pub fn from_digits(digits: &[u8]) -> Result<Self, EntryProblem> {
        if !digits.iter().all(u8::is_ascii_digit) {
            return Err(EntryProblem::NotDigits);
        }
        let mut pin = Self::new();
        for digit in digits {
            if !pin.insert(pin.length, *digit) {
                return Err(EntryProblem::TooLong {
                    max: Self::CAPACITY,
                });
            }
        }
        Ok(pin)
    }

    /// Inserts one digit before position `at`. Says `false`, and changes nothing, when `digit` is
    /// not an ASCII digit, the position lies behind the end, or there is no room.
    pub fn insert(&mut self, at: usize, digit: u8) -> bool {
        if !digit.is_ascii_digit() || at > self.length || self.length == Self::CAPACITY {
            return false;
        }
        self.digits.copy_within(at..self.length, at + 1);
        if let Some(place) = self.digits.get_mut(at) {
            *place = digit;
        }
        self.length += 1;
        true
    }

    /// Removes the digits in `range`, as far as there are any, and wipes where they were.
    pub fn remove(&mut self, range: Range<usize>) {
        let end = range.end.min(self.length);
        let start = range.start.min(end);
        self.digits.copy_within(end..self.length, start);
        let left = self.length - (end - start);
        if let Some(freed) = self.digits.get_mut(left..) {
            freed.zeroize();
        }
        self.length = left;
    }

    /// Wipes all digits.
    pub fn clear(&mut self) {
        self.remove(0..self.length);
    }

    /// How many digits there are.
    pub const fn len(&self) -> usize {
        self.length
    }

    /// Whether nothing has been typed.
    pub const fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// Whether both hold the same digits.
    pub fn same_as(&self, other: &Self) -> bool {
        self.digits() == other.digits()
    }

    /// Lends the digits to `presents`, for the one way to a card that does not lead through a command
    /// of this crate: C_Login of a PKCS #11 module, in the log-in test. Whoever copies them wipes the
    /// copy; nobody keeps, compares or prints them.
    pub fn lend<R>(&self, presents: impl FnOnce(&[u8]) -> R) -> R {
        presents(self.digits())
    }

    /// The same digits once more, for the second of the two commands that set both PINs with one code.
    pub(crate) fn duplicate(&self) -> Self {
        let mut again = Self::new();
        again.digits.copy_from_slice(self.digits.as_slice());
        again.length = self.length;
        again
    }

    /// The digits, for the command that presents them and for rules about new PINs.
    pub(crate) fn digits(&self) -> &[u8] {
        self.digits.get(..self.length).unwrap_or_default()
    }
}

impl Default for Pin {
    fn default() -> Self {
        Self::new()
    }
}

impl Drop for Pin {
    fn drop(&mut self) {
        self.digits.zeroize();
    }
}

impl fmt::Debug for Pin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pin(••••)")
    }
}
