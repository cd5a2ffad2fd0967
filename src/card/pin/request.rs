//! What a person confirmed: the operation, the digits, the card they saw and the risk they accepted.

use siru_apdu::TriesLeft;

use super::entry::EntryProblem;
use super::outcome::PinStates;
use super::secret::Pin;

/// Which code of the card.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum PinRole {
    /// PIN1, the basic PIN: log-in.
    Authentication,
    /// PIN2, the signature PIN.
    Signature,
    /// The PUK or activation code, which sets PIN1 and PIN2 anew.
    Unblocking,
}

impl PinRole {
    /// All codes of a card, in the order in which they are shown.
    pub const ALL: [Self; 3] = [Self::Authentication, Self::Signature, Self::Unblocking];
}

/// Which of the three things was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Operation {
    /// Check a PIN.
    Check,
    /// Change a PIN to another.
    Change,
    /// Set a PIN anew with the PUK or activation code, whether it is locked or only forgotten.
    Unlock,
}

/// One confirmed operation. It is consumed by performing it, so that it cannot be sent twice.
#[derive(Debug)]
pub struct PinRequest {
    pub(crate) role: PinRole,
    pub(crate) secrets: Secrets,
    /// Refused once the PIN was set.
    pub(crate) only_unset: bool,
}

#[derive(Debug)]
pub(crate) enum Secrets {
    Check { pin: Pin },
    Change { current: Pin, new: Pin },
    Unlock { puk: Pin, new: Pin },
}

impl PinRequest {
    /// To check PIN1 or PIN2.
    pub const fn check(role: PinRole, pin: Pin) -> Self {
        Self {
            role,
            secrets: Secrets::Check { pin },
            only_unset: false,
        }
    }

    /// To change PIN1 or PIN2, the new one typed twice.
    ///
    /// # Errors
    ///
    /// [`EntryProblem::Mismatch`] when the two differ, [`EntryProblem::SameAsCurrent`] when
    /// nothing would change.
    pub fn change(
        role: PinRole,
        current: Pin,
        new: Pin,
        repeated: &Pin,
    ) -> Result<Self, EntryProblem> {
        if !new.same_as(repeated) {
            return Err(EntryProblem::Mismatch);
        }
        if new.same_as(&current) {
            return Err(EntryProblem::SameAsCurrent);
        }
        Ok(Self {
            role,
            secrets: Secrets::Change { current, new },
            only_unset: false,
        })
    }

    /// To set PIN1 or PIN2 anew with the PUK or activation code, the new PIN typed twice.
    ///
    /// # Errors
    ///
    /// [`EntryProblem::Mismatch`] when the two differ, [`EntryProblem::SameAsPuk`] when the PUK
    /// itself would become the PIN.
    pub fn unlock(role: PinRole, puk: Pin, new: Pin, repeated: &Pin) -> Result<Self, EntryProblem> {
        if !new.same_as(repeated) {
            return Err(EntryProblem::Mismatch);
        }
        if new.same_as(&puk) {
            return Err(EntryProblem::SameAsPuk);
        }
        Ok(Self {
            role,
            secrets: Secrets::Unlock { puk, new },
            only_unset: false,
        })
    }

    /// Which PIN it is about.
    pub const fn role(&self) -> PinRole {
        self.role
    }

    /// What is to be done.
    pub const fn operation(&self) -> Operation {
        match self.secrets {
            Secrets::Check { .. } => Operation::Check,
            Secrets::Change { .. } => Operation::Change,
            Secrets::Unlock { .. } => Operation::Unlock,
        }
    }

    /// The code whose counter goes down if it is wrong: the PIN itself, or the PUK for an unlock.
    pub const fn at_stake(&self) -> PinRole {
        at_stake(self.operation(), self.role)
    }
}

/// The code whose counter goes down when `operation` on `role` meets a wrong entry.
pub const fn at_stake(operation: Operation, role: PinRole) -> PinRole {
    match operation {
        Operation::Unlock => PinRole::Unblocking,
        Operation::Check | Operation::Change => role,
    }
}

/// What a wrong entry would bring about, seen from the counters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Risk {
    /// More tries would be left.
    None,
    /// The PIN would be locked; the PUK would still help.
    LocksPin,
    /// The PIN would be locked for good: the PUK is locked already, so nothing would help.
    LocksPinForGood,
    /// One try of the PUK would be left.
    PukNearlySpent,
    /// The PUK would be locked for good: a locked PIN could never be used again.
    DestroysPuk,
    /// The counter could not be read: any of the above is possible.
    Unknown,
}

impl Risk {
    /// The risk of presenting `code` while the counters are as in `states`.
    pub fn of(code: PinRole, states: &PinStates) -> Self {
        let tries = states.of(code).tries_left();
        let puk_is_locked = states.puk.tries_left() == Some(TriesLeft(0));
        match (code, tries) {
            (_, None) => Self::Unknown,
            (PinRole::Unblocking, Some(TriesLeft(0 | 1))) => Self::DestroysPuk,
            (PinRole::Unblocking, Some(TriesLeft(2))) => Self::PukNearlySpent,
            (PinRole::Authentication | PinRole::Signature, Some(TriesLeft(0 | 1))) => {
                if puk_is_locked {
                    Self::LocksPinForGood
                } else {
                    Self::LocksPin
                }
            }
            _ => Self::None,
        }
    }

    /// Whether something would be lost for good, so that accepting it takes typing a word.
    pub const fn wants_word(self, code: PinRole) -> bool {
        match self {
            Self::LocksPinForGood | Self::DestroysPuk => true,
            Self::Unknown => matches!(code, PinRole::Unblocking),
            Self::None | Self::LocksPin | Self::PukNearlySpent => false,
        }
    }
}

/// What the person was told and accepted before confirming.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Consent {
    /// Nothing beyond the ordinary.
    Ordinary,
    /// The consequence that this risk names, read and accepted; where [`Risk::wants_word`], by
    /// typing a word.
    Accepted(Risk),
    /// Every risk, by an option given on a command line that has no one to ask (`--last-try`).
    All,
}

impl Consent {
    /// Whether `risk` was accepted. Accepting one risk accepts no other.
    pub fn covers(self, risk: Risk) -> bool {
        match self {
            Self::Ordinary => risk == Risk::None,
            Self::Accepted(accepted) => risk == Risk::None || risk == accepted,
            Self::All => true,
        }
    }
}
