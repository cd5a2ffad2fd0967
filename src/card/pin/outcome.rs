//! What came of an operation: what the card did, what is left, and whether a try was used.

use siru_apdu::{ChannelError, ExchangeError, StatusWord, TriesLeft};

use super::entry::EntryProblem;
use super::request::{Operation, PinRole, Risk};
use crate::access::ReadOnlyReason;

/// The state of one code, as far as the card tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PinState {
    /// It can be used.
    Usable {
        /// Tries left, or `None` when the card does not say at the moment.
        tries_left: Option<TriesLeft>,
    },
    /// No tries left. For PIN1 and PIN2 the PUK helps; for the PUK nothing does.
    Locked,
    /// Not activated yet: the activation code, or the activation PIN of the letter, comes first.
    NotActivated {
        /// Tries left, where the card counts them already.
        tries_left: Option<TriesLeft>,
    },
    /// The card did not say, or said something no specification knows.
    Unknown,
}

impl PinState {
    /// Tries left: 0 when locked, `None` when not known.
    pub const fn tries_left(self) -> Option<TriesLeft> {
        match self {
            Self::Usable { tries_left } | Self::NotActivated { tries_left } => tries_left,
            Self::Locked => Some(TriesLeft(0)),
            Self::Unknown => None,
        }
    }

    /// Whether the PIN still is the activation PIN of the letter: never set by its holder, and its
    /// tries are counted. Changing it, not the PUK, replaces it.
    pub const fn is_activation_pin(self) -> bool {
        matches!(
            self,
            Self::NotActivated {
                tries_left: Some(_)
            }
        )
    }
}

/// The states of all codes of a card, read in one go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PinStates {
    /// PIN1.
    pub pin1: PinState,
    /// PIN2.
    pub pin2: PinState,
    /// The PUK or activation code.
    pub puk: PinState,
}

impl PinStates {
    /// Nothing is known.
    pub const UNKNOWN: Self = Self {
        pin1: PinState::Unknown,
        pin2: PinState::Unknown,
        puk: PinState::Unknown,
    };

    /// The state of one code.
    pub const fn of(&self, role: PinRole) -> PinState {
        match role {
            PinRole::Authentication => self.pin1,
            PinRole::Signature => self.pin2,
            PinRole::Unblocking => self.puk,
        }
    }
}

/// Whether the operation cost a try.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TryUse {
    /// No try was used: nothing was sent, or the card accepted it.
    NotUsed,
    /// One try was used.
    Used,
    /// Nobody can know: the answer was lost. The counters tell once they can be read.
    Unknown,
}

/// What happened to one [`PinRequest`](super::PinRequest).
#[derive(Debug)]
pub struct PinOutcome {
    /// What was asked for.
    pub operation: Operation,
    /// For which PIN.
    pub role: PinRole,
    /// What came of it.
    pub answer: Answer,
    /// Whether a try was used.
    pub try_use: TryUse,
    /// The counters just before, when they could be read.
    pub before: Option<PinStates>,
    /// The counters read back afterwards, in the same transaction or by a new connection; `None`
    /// when the card could not be read any more.
    pub after: Option<PinStates>,
    /// The card could neither be made to forget the code nor be reset: another program might use
    /// it. Taking the card out ends that.
    pub may_stay_verified: bool,
}

/// What came of an operation.
#[derive(Debug)]
#[non_exhaustive]
pub enum Answer {
    /// Done: the PIN is right, or the new one is set.
    Done,
    /// The code presented was wrong (status `63Cx`): `code` is the PIN, or the PUK for an unlock.
    /// One try is gone.
    Wrong {
        /// Which code was wrong.
        code: PinRole,
        /// What is left of it, as the card said.
        tries_left: TriesLeft,
    },
    /// The code presented was wrong and that was the last try (`63C0`): it is locked now.
    WrongAndLocked {
        /// Which code is locked now. [`PinRole::Unblocking`]: for good.
        code: PinRole,
    },
    /// The code is locked (status `6983`); what was typed was not looked at.
    Locked {
        /// Which code is locked. [`PinRole::Unblocking`]: for good.
        code: PinRole,
    },
    /// The card says the code cannot be used (`6984`): not activated, or used up.
    NotUsable {
        /// Which code.
        code: PinRole,
    },
    /// The card refused the command for its length, format or conditions. Whether it looked at the
    /// code is told by the counters only.
    CardRefused {
        /// What it said.
        status: StatusWord,
    },
    /// A status word no document explains for this command.
    Unexpected {
        /// What it said.
        status: StatusWord,
    },
    /// The command was sent and its answer lost: removed, reset or failed in mid-command.
    AnswerLost(ChannelError),
    /// Nothing was sent.
    NotSent(Refusal),
}

/// Why nothing was sent. No try was used.
#[derive(Debug)]
#[non_exhaustive]
pub enum Refusal {
    /// The digits break a rule.
    Entry {
        /// The code they were typed for.
        code: PinRole,
        /// What is wrong with them.
        problem: EntryProblem,
    },
    /// The card in the reader is not the one the person saw.
    AnotherCard,
    /// Siru does not write to this card.
    ReadOnly(ReadOnlyReason),
    /// The code is locked already. [`PinRole::Unblocking`]: for good.
    Locked {
        /// Which code.
        code: PinRole,
    },
    /// An activation was asked for, and the PIN does not say any more that it was never set.
    AlreadySet {
        /// Which PIN.
        code: PinRole,
    },
    /// The person has not accepted what a wrong entry would bring about now.
    ConsentNeeded {
        /// The code at stake.
        code: PinRole,
        /// The risk as it is now.
        risk: Risk,
        /// Tries left of it, `None` when the counter could not be read.
        tries_left: Option<TriesLeft>,
    },
    /// The operation does not exist for this code: the PUK can be neither checked nor changed.
    NotPossible {
        /// Which code.
        code: PinRole,
    },
    /// The card could not be talked to before the command.
    Unreachable(ExchangeError),
}
