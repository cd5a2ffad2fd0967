//! The form for one identification object: what is typed, what stands in the way, what came of it.

use std::time::Instant;

use siru_apdu::{ReaderName, TriesLeft};
use siru_card::{
    Access, Activation, CardIdentity, CardKind, Consent, EntryProblem, NewPin, Operation, PinPair,
    PinRequest, PinRole, PinState, ReadOnlyReason, Risk, at_stake,
};

use super::card::{Card, Holder};
use super::check::{Check, Knowledge, other};
use super::field::Field;
use super::reader::LookError;
use super::request::{Outcome, Request};
use super::running::PATIENCE;
use super::task::Task;

/// One identification object and what a person is about to do with it.
#[derive(Debug)]
pub struct Form {
    /// The reader its card is in.
    pub reader: ReaderName,
    /// PIN1 or PIN2; of a new card the first that is still to be set.
    pub role: PinRole,
    /// What is to be done.
    pub task: Task,
    /// The letter with the code is shown.
    pub shows_letter: bool,
    /// The PUK, typed once, is to set the other PIN as well.
    pub both: bool,
    /// The PIN to check, the current PIN, the PUK, or the code of the letter.
    pub entered: Field,
    /// The new PIN.
    pub new: Field,
    /// The new PIN once more.
    pub repeated: Field,
    /// The other new PIN, where both are set.
    pub other_new: Field,
    /// The other new PIN once more.
    pub other_repeated: Field,
    /// The person says that what is known of another code is right for this one as well.
    pub insists: bool,
    /// What the person types to accept that something is lost for good.
    pub word: String,
    /// Where it stands.
    pub phase: Phase,
    /// What came of the last request, until the next one or another task.
    pub finished: Option<Finished>,
    /// The keyboard should be in the first field; the view takes this when it has seen to it.
    pub wants_focus: bool,
    /// Whose card it is.
    pub holder: Holder,
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
    /// A request for another PIN is on its way to the same reader, since then.
    Waiting {
        /// When that was sent.
        since: Instant,
    },
    /// The card went away. What was typed is wiped.
    CardGone,
}

/// What came of a request.
#[derive(Debug)]
pub struct Finished {
    /// What the card said, or why it could not be reached; nothing was sent then.
    pub outcome: Result<Box<Outcome>, LookError>,
    /// The kind of the card, which decides who gives a new PUK.
    pub kind: CardKind,
}

/// The code that a wrong entry would harm most, and how.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stake {
    /// PIN1, PIN2 or the PUK.
    pub code: PinRole,
    /// What would come of it.
    pub risk: Risk,
    /// Tries left of it.
    pub tries: Option<TriesLeft>,
}

impl Stake {
    /// Whether the risk is accepted by typing a word rather than by ticking a box.
    pub const fn wants_word(self) -> bool {
        self.risk.wants_word(self.code)
    }
}

/// Why a task cannot be done at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Block {
    /// The card is only looked at.
    ReadOnly(ReadOnlyReason),
    /// The PIN has never been set: the activation code sets it.
    NotActivated,
    /// The PIN is locked: unlock it first.
    PinLocked,
    /// The PUK is locked, for good.
    PukLocked,
}

impl Form {
    /// The form for `role` of the card in `reader`.
    pub(super) fn open(reader: ReaderName, card: &Card, role: PinRole) -> Self {
        let task = match (card.activation(), card.state(role)) {
            (Some(activation), _) if activation.remaining().contains(&role) => {
                Task::Activate(activation.regime)
            }
            (_, PinState::Locked | PinState::NotActivated { .. }) => Task::Unlock,
            (_, PinState::Usable { .. } | PinState::Unknown) => Task::Check,
        };
        Self {
            reader,
            role,
            task,
            shows_letter: false,
            both: false,
            entered: Field::default(),
            new: Field::default(),
            repeated: Field::default(),
            other_new: Field::default(),
            other_repeated: Field::default(),
            insists: false,
            word: String::new(),
            phase: Phase::Editing,
            finished: None,
            wants_focus: false,
            holder: card.holder.clone(),
            identity: card.identity.clone(),
            accepted: None,
        }
    }

    /// Whether `card` is the one it was opened for, and still there.
    pub fn is_about(&self, card: &Card) -> bool {
        self.phase != Phase::CardGone && self.identity == card.identity
    }

    /// The last characters of the serial number of its card.
    pub fn serial_end(&self) -> Option<String> {
        let serial = self.identity.serial()?;
        Some(serial.last_digits(4).to_string())
    }

    /// What the card is asked for.
    pub const fn operation(&self) -> Operation {
        self.task.operation()
    }

    /// The code that is typed first, whose counter a wrong entry brings down.
    pub const fn at_stake(&self) -> PinRole {
        at_stake(self.operation(), self.role)
    }

    /// What there is to activate, as the person has said what the letter holds.
    pub fn activation(&self, card: &Card) -> Option<Activation> {
        let Task::Activate(regime) = self.task else {
            return None;
        };
        Some(card.possible_activation()?.in_regime(regime))
    }

    /// The PINs that are set: one, or PIN1 and PIN2.
    pub fn roles(&self, card: &Card) -> Vec<PinRole> {
        if self.sets_both(card) {
            return vec![PinRole::Authentication, PinRole::Signature];
        }
        vec![self.role]
    }

    /// Whether PIN1 and PIN2 are set, with one code that is typed once.
    pub fn sets_both(&self, card: &Card) -> bool {
        match self.task {
            Task::Check | Task::Change => false,
            Task::Unlock => self.both && self.could_set_both(card),
            Task::Activate(_) => {
                let both = |activation: Activation| activation.remaining().len() == 2;
                self.activation(card).is_some_and(both) && self.is_one_risk(card)
            }
        }
    }

    /// Whether the PUK could set the other PIN as well.
    pub fn could_set_both(&self, card: &Card) -> bool {
        self.task == Task::Unlock && card.rules(other(self.role)).is_some()
    }

    /// Two PINs whose last tries differ are set one after the other, since one consent names one
    /// consequence.
    fn is_one_risk(&self, card: &Card) -> bool {
        if self.operation() == Operation::Unlock {
            return true;
        }
        let [one, two] = [self.role, other(self.role)].map(|code| Risk::of(code, &card.states));
        one == Risk::None || two == Risk::None || one == two
    }

    /// The codes whose counters a wrong entry brings down.
    pub fn codes_at_stake(&self, card: &Card) -> Vec<PinRole> {
        match self.at_stake() {
            PinRole::Unblocking => vec![PinRole::Unblocking],
            PinRole::Authentication | PinRole::Signature => self.roles(card),
        }
    }

    /// Whether a request is on its way.
    pub const fn is_running(&self) -> bool {
        matches!(self.phase, Phase::Running { .. })
    }

    /// Whether nothing is typed or accepted.
    pub(super) fn is_untouched(&self) -> bool {
        let fields = [
            &self.entered,
            &self.new,
            &self.repeated,
            &self.other_new,
            &self.other_repeated,
        ];
        fields.into_iter().all(Field::is_empty) && self.accepted.is_none()
    }

    /// Since when the reader has been working, on this form's request or on another.
    pub const fn busy_since(&self) -> Option<Instant> {
        match self.phase {
            Phase::Running { since, .. } | Phase::Waiting { since } => Some(since),
            Phase::Editing | Phase::CardGone => None,
        }
    }

    /// Whether its own answer may come at any moment, so that it is not to be left yet.
    pub fn is_held(&self, now: Instant) -> bool {
        matches!(self.phase, Phase::Running { since, .. } if now.saturating_duration_since(since) < PATIENCE)
    }

    /// What a wrong entry would bring about.
    pub fn risk(&self, card: &Card) -> Stake {
        let stake = |code| Stake {
            code,
            risk: Risk::of(code, &card.states),
            tries: card.state(code).tries_left(),
        };
        let mut stakes = self.codes_at_stake(card).into_iter().map(stake);
        let found = stakes.find(|stake| stake.risk != Risk::None);
        found.unwrap_or_else(|| stake(self.at_stake()))
    }

    /// Whether the person has accepted `risk`.
    pub fn has_accepted(&self, risk: Risk) -> bool {
        risk == Risk::None || self.accepted == Some(risk)
    }

    /// What stands in the way of the task, whatever is typed.
    pub fn block(&self, card: &Card) -> Option<Block> {
        if let Access::ReadOnly(reason) = card.access {
            return Some(Block::ReadOnly(reason));
        }
        match (self.at_stake(), card.state(self.at_stake())) {
            (PinRole::Unblocking, PinState::Locked) => Some(Block::PukLocked),
            (_, PinState::Locked) => Some(Block::PinLocked),
            (
                PinRole::Authentication | PinRole::Signature,
                PinState::NotActivated { tries_left: None },
            ) => Some(Block::NotActivated),
            _ => None,
        }
    }

    /// Whether everything is there that a request needs.
    pub fn can_submit(&self, card: &Card, knows: Knowledge<'_>) -> bool {
        self.phase == Phase::Editing
            && !self.task.is_unclear()
            && self.block(card).is_none()
            && self.has_accepted(self.risk(card).risk)
            && self.check(card, knows).is_some_and(Check::is_good)
    }

    /// Begins another task with empty fields.
    pub(super) fn begin(&mut self, task: Task) {
        self.wipe();
        self.task = task;
        self.both = false;
        self.finished = None;
        self.wants_focus = true;
    }

    /// Sets the other PIN as well, or only this one.
    pub(super) fn set_both(&mut self, both: bool) {
        self.both = both;
        self.other_new.clear();
        self.other_repeated.clear();
        self.accepted = None;
        self.word.clear();
    }

    /// Wipes what was typed and what was accepted.
    pub(super) fn wipe(&mut self) {
        self.entered.clear();
        self.new.clear();
        self.repeated.clear();
        self.other_new.clear();
        self.other_repeated.clear();
        self.insists = false;
        self.word.clear();
        self.accepted = None;
    }

    /// Moves the digits into a request. The fields are empty afterwards, so that whatever comes
    /// next, a second click or a held Enter key, finds nothing to send.
    pub(super) fn take_request(&mut self, both: bool) -> Result<Request, EntryProblem> {
        self.insists = false;
        let entered = self.entered.take();
        let (new, repeated) = (self.new.take(), self.repeated.take());
        let (other_new, other_repeated) = (self.other_new.take(), self.other_repeated.take());
        if both {
            let here = NewPin::new(new, &repeated)?;
            let there = NewPin::new(other_new, &other_repeated)?;
            let (pin1, pin2) = match self.role {
                PinRole::Signature => (there, here),
                PinRole::Authentication | PinRole::Unblocking => (here, there),
            };
            let pair = match self.operation() {
                Operation::Change => PinPair::change(entered, pin1, pin2),
                Operation::Check | Operation::Unlock => PinPair::unlock(entered, pin1, pin2),
            };
            let pair = pair.map_err(|(_, problem)| problem)?;
            // Only what nobody has set yet is activated, also when it was set a moment ago.
            let activates = self.task.is_activation();
            return Ok(Request::Both(if activates {
                pair.activating()
            } else {
                pair
            }));
        }
        let request = match self.operation() {
            Operation::Check => PinRequest::check(self.role, entered),
            Operation::Change => PinRequest::change(self.role, entered, new, &repeated)?,
            Operation::Unlock => PinRequest::unlock(self.role, entered, new, &repeated)?,
        };
        let activates = self.task.is_activation();
        Ok(Request::One(if activates {
            request.activating()
        } else {
            request
        }))
    }

    /// The consent that goes with a request at `risk`.
    pub(super) fn consent(&self, risk: Risk) -> Consent {
        match self.accepted {
            Some(accepted) if accepted == risk => Consent::Accepted(risk),
            _ => Consent::Ordinary,
        }
    }
}
