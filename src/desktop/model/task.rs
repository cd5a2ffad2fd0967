//! What a person may do with a selected identification object.

use siru_card::{ActivationRegime, Operation};

/// One of the things that can be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Task {
    /// Check the PIN.
    Check,
    /// Change it to another.
    Change,
    /// Set it anew with the PUK or activation code, whether it is locked or only forgotten.
    Unlock,
    /// Set the PINs of a new card that nobody has set yet, with the code of the letter.
    Activate(ActivationRegime),
}

impl Task {
    /// What the card is asked for. While nobody knows what the letter holds, it is the command that
    /// costs no try of a PIN.
    pub const fn operation(self) -> Operation {
        match self {
            Self::Check => Operation::Check,
            Self::Change | Self::Activate(ActivationRegime::ActivationPin) => Operation::Change,
            Self::Unlock | Self::Activate(_) => Operation::Unlock,
        }
    }

    /// Whether a new PIN is asked for.
    pub const fn sets_pin(self) -> bool {
        !matches!(self, Self::Check)
    }

    /// Whether it sets the PINs of a new card.
    pub const fn is_activation(self) -> bool {
        matches!(self, Self::Activate(_))
    }

    /// Whether nobody has said yet what the letter holds.
    pub const fn is_unclear(self) -> bool {
        matches!(self, Self::Activate(ActivationRegime::Unclear))
    }
}
