//! The form for one identification object: what is typed, what stands in the way, what came of it.

use std::time::Instant;

use siru_apdu::{ReaderName, TriesLeft};
use siru_card::{
    Access, CardIdentity, CardKind, Consent, EntryProblem, Operation, PinOutcome, PinRequest,
    PinRole, PinState, ReadOnlyReason, Risk, at_stake,
};

use super::card::Card;
use super::field::{Field, Verdict};
use super::reader::LookError;

/// One identification object and the operation a person is about to do with it.
#[derive(Debug)]
pub struct Form {
    /// The reader its card is in.
    pub reader: ReaderName,
    /// PIN1 or PIN2.
    pub role: PinRole,
    /// What is to be done.
    pub operation: Operation,
    /// The PIN to check, the current PIN, or the PUK.
    pub entered: Field,
    /// The new PIN.
    pub new: Field,
    /// The new PIN once more.
    pub repeated: Field,
    /// What the person types to accept that something is lost for good.
    pub word: String,
    /// Where it stands.
    pub phase: Phase,
    /// What came of the last request, until the next one or another operation.
    pub finished: Option<Finished>,
    /// The keyboard should be in the first field; the view takes this when it has seen to it.
    pub wants_focus: bool,
    /// The card the person saw when the form was opened. A request goes to this one only.
    pub(super) identity: CardIdentity,
    /// The risk that was accepted; it covers no other.
    pub(super) accepted: Option<Risk>,
}

/// Where a form stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Phase {
    /// It can be typed into.
    Editing,
    /// A request is on its way, since then; its answer will carry the number.
    Running {
        /// Number of the request.
        ticket: u64,
        /// When it was sent.
        since: Instant,
    },
    /// The card went away. What was typed is wiped.
    CardGone,
}

/// What came of a request.
#[derive(Debug)]
pub struct Finished {
    /// What the card said, or why it could not be reached; nothing was sent then.
    pub outcome: Result<Box<PinOutcome>, LookError>,
    /// The kind of the card, which decides who gives a new PUK.
    pub kind: CardKind,
}

/// Why an operation cannot be done at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Block {
    /// The card is only looked at.
    ReadOnly(ReadOnlyReason),
    /// The PIN is locked: unlock it first.
    PinLocked,
    /// The PUK is locked, for good.
    PukLocked,
}

    /// The PIN has never been set: the activation code sets it.
    NotActivated,
/// What can be said about the fields of a form.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Check {
    /// About the PIN to check, the current PIN, or the PUK.
    pub entered: Verdict,
    /// About the new PIN; good when none is asked for.
    pub new: Verdict,
    /// About its repetition; good when none is asked for.
    pub repeated: Verdict,
}

impl Form {
    /// The form for `role` of the card in `reader`.
    pub(super) fn open(reader: ReaderName, card: &Card, role: PinRole) -> Self {
        let operation = match card.state(role) {
            PinState::Locked | PinState::NotActivated { tries_left: None } => Operation::Unlock,
            // The activation PIN of the letter is a PIN, and its tries are counted: changing it
            // costs no try of the PUK when it is mistyped.
            PinState::NotActivated {
                tries_left: Some(_),
            } => Operation::Change,
            PinState::Usable { .. } | PinState::Unknown => Operation::Check,
        };
        Self {
            reader,
            role,
            operation,
            entered: Field::default(),
            new: Field::default(),
            repeated: Field::default(),
            word: String::new(),
            phase: Phase::Editing,
            finished: None,
            wants_focus: false,
            identity: card.identity.clone(),
            accepted: None,
        }
    }

    /// The code whose counter a wrong entry brings down.
    pub const fn at_stake(&self) -> PinRole {
        at_stake(self.operation, self.role)
    }

    /// Whether a new PIN is asked for.
    pub const fn sets_pin(&self) -> bool {
        !matches!(self.operation, Operation::Check)
    }

    /// Whether a request is on its way.
    pub const fn is_running(&self) -> bool {
        matches!(self.phase, Phase::Running { .. })
    }

    /// Tries left of the code at stake, and what a wrong entry would bring about.
    pub fn risk(&self, card: &Card) -> (Risk, Option<TriesLeft>) {
        let tries = card.state(self.at_stake()).tries_left();
        (Risk::of(self.at_stake(), &card.states), tries)
    }

    /// Whether that risk is accepted by typing a word rather than by ticking a box.
    pub fn wants_word(&self, risk: Risk) -> bool {
        risk.wants_word(self.at_stake())
    }

    /// Whether the person has accepted `risk`.
    pub fn has_accepted(&self, risk: Risk) -> bool {
        risk == Risk::None || self.accepted == Some(risk)
    }

    /// What stands in the way of the operation, whatever is typed.
    pub fn block(&self, card: &Card) -> Option<Block> {
        if let Access::ReadOnly(reason) = card.access {
            return Some(Block::ReadOnly(reason));
        }
        match (self.at_stake(), card.state(self.at_stake())) {
            (PinRole::Unblocking, PinState::Locked) => Some(Block::PukLocked),
            (_, PinState::Locked) => Some(Block::PinLocked),
            _ => None,
        }
    }

    /// What can be said about the fields. `None` when the card has no such code.
    pub fn check(&self, card: &Card) -> Option<Check> {
        let entered = self.entered.entered(&card.rules(self.at_stake())?);
        if !self.sets_pin() {
            return Some(Check {
                entered,
                new: Verdict::Good,
                repeated: Verdict::Good,
            });
        }
        let same = match self.operation {
            Operation::Unlock => EntryProblem::SameAsPuk,
            Operation::Check | Operation::Change => EntryProblem::SameAsCurrent,
        };
        Some(Check {
            (
                PinRole::Authentication | PinRole::Signature,
                PinState::NotActivated { tries_left: None },
            ) => Some(Block::NotActivated),
            entered,
            new: self
                .new
                .new_pin(&card.rules(self.role)?, Some((&self.entered, same))),
            repeated: self.repeated.repetition(&self.new),
        })
    }

    /// Whether everything is there that a request needs.
    pub fn can_submit(&self, card: &Card) -> bool {
        self.phase == Phase::Editing
            && self.block(card).is_none()
            && self.has_accepted(self.risk(card).0)
            && self.check(card).is_some_and(Check::is_good)
    }

    /// Begins another operation with empty fields.
    pub(super) fn operate(&mut self, operation: Operation) {
        self.wipe();
        self.operation = operation;
        self.finished = None;
        self.wants_focus = true;
    }

    /// Wipes what was typed and what was accepted.
    pub(super) fn wipe(&mut self) {
        self.entered.clear();
        self.new.clear();
        self.repeated.clear();
        self.word.clear();
        self.accepted = None;
    }

    /// Moves the digits into a request. The fields are empty afterwards, so that whatever comes
    /// next, a second click or a held Enter key, finds nothing to send.
    pub(super) fn take_request(&mut self) -> Result<PinRequest, EntryProblem> {
        let entered = self.entered.take();
        let (new, repeated) = (self.new.take(), self.repeated.take());
        match self.operation {
            Operation::Check => Ok(PinRequest::check(self.role, entered)),
            Operation::Change => PinRequest::change(self.role, entered, new, &repeated),
            Operation::Unlock => PinRequest::unlock(self.role, entered, new, &repeated),
        }
    }

    /// The consent that goes with a request at `risk`.
    pub(super) fn consent(&self, risk: Risk) -> Consent {
        match self.accepted {
            Some(accepted) if accepted == risk => Consent::Accepted(risk),
            _ => Consent::Ordinary,
        }
    }
}

impl Check {
    /// Whether all fields can be sent as they are.
    pub fn is_good(self) -> bool {
        [self.entered, self.new, self.repeated]
            .into_iter()
            .all(|verdict| verdict == Verdict::Good)
    }
}
