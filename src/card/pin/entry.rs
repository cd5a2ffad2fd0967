//! What can be said about typed digits before anything is sent: a slip on the keyboard costs nothing.

use super::secret::Pin;

/// The fewest digits of a PUK on cards that came with a seven-digit activation PIN (*FINEID S4-1
/// v4.2*): the two must not be taken for each other.
pub const PUK_BESIDE_ACTIVATION_PIN: usize = 8;

/// How many digits the activation PIN has that stands in for both PINs of new cards (*FINEID S4-1
/// v4.2*).
pub(crate) const ACTIVATION_PIN_DIGITS: usize = 7;

/// How many digits a PIN or PUK takes.
///
/// The range for an existing PIN is what the card can hold; the range for a new one is what the
/// issuer asks for (*DVV, Managing PIN codes*), narrowed to what the card's own directory allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PinRules {
    /// The fewest digits of a PIN that is already on the card.
    pub min_entered: usize,
    /// The most digits of a PIN that is already on the card.
    pub max_entered: usize,
    /// The fewest digits of a new PIN.
    pub min_new: usize,
    /// The most digits of a new PIN.
    pub max_new: usize,
}

/// What is wrong with typed digits. Nothing has been sent and no try was used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EntryProblem {
    /// Something other than `0` to `9`.
    #[error("only digits are allowed")]
    NotDigits,
    /// Too few digits.
    #[error("fewer than {min} digits")]
    TooShort {
        /// The fewest there may be.
        min: usize,
    },
    /// Too many digits.
    #[error("more than {max} digits")]
    TooLong {
        /// The most there may be.
        max: usize,
    },
    /// The new PIN and its repetition differ.
    #[error("the two new PINs differ")]
    Mismatch,
    /// The new PIN is the current one.
    #[error("the new PIN is the current PIN")]
    SameAsCurrent,
    /// The new PIN is the PUK or activation code, which must stay a secret of its own.
    #[error("the new PIN is the PUK")]
    SameAsPuk,
}

impl PinRules {
    /// Whether `pin` may be presented as an existing PIN or PUK.
    ///
    /// # Errors
    ///
    /// The problem, with the limit that was missed.
    pub fn check_entered(&self, pin: &Pin) -> Result<(), EntryProblem> {
        within(pin, self.min_entered, self.max_entered)
    }

    /// Whether `pin` may become the new PIN.
    ///
    /// # Errors
    ///
    /// The problem, with the limit that was missed.
    pub fn check_new(&self, pin: &Pin) -> Result<(), EntryProblem> {
        within(pin, self.min_new, self.max_new)
    }
}

fn within(pin: &Pin, min: usize, max: usize) -> Result<(), EntryProblem> {
    match pin.len() {
        length if length < min => Err(EntryProblem::TooShort { min }),
        length if length > max => Err(EntryProblem::TooLong { max }),
        _ => Ok(()),
    }
}
