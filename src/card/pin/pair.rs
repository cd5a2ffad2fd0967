//! PIN1 and PIN2 set with one code, typed once and confirmed once: what activates a new card.
//!
//! One confirmation covers two commands, at most one for each PIN. Both are checked before the first
//! is sent, and the second is sent only after the first was done; otherwise its digits are wiped.

use super::activating::check_activation;
use super::entry::{ACTIVATION_PIN_DIGITS, EntryProblem};
use super::outcome::{Answer, PinOutcome, PinState, PinStates, Refusal};
use super::request::{Consent, Operation, PinRequest, PinRole, Risk, Secrets, at_stake};
use super::secret::Pin;
use super::service::{Afterwards, check_request, check_risk, not_sent};
use crate::card::FineidCard;
use crate::identity::CardIdentity;

/// A new PIN that was typed twice.
#[derive(Debug)]
pub struct NewPin(pub(crate) Pin);

impl NewPin {
    /// Takes the new PIN when its repetition is the same.
    ///
    /// # Errors
    ///
    /// [`EntryProblem::Mismatch`] when the two differ. Both are wiped, and nothing was sent.
    pub fn new(new: Pin, repeated: &Pin) -> Result<Self, EntryProblem> {
        if new.same_as(repeated) {
            Ok(Self(new))
        } else {
            Err(EntryProblem::Mismatch)
        }
    }

    /// The PIN, for rules about new PINs.
    pub const fn pin(&self) -> &Pin {
        &self.0
    }
}

/// New values for PIN1 and PIN2, with the one code that sets both. It is consumed by performing it.
#[derive(Debug)]
pub struct PinPair {
    operation: Operation,
    pub(crate) code: Pin,
    pub(crate) pin1: NewPin,
    pub(crate) pin2: NewPin,
    /// Refused for a PIN that was set.
    pub(super) only_unset: bool,
}

impl PinPair {
    /// With the activation code or PUK: RESET RETRY COUNTER of each PIN.
    ///
    /// # Errors
    ///
    /// [`EntryProblem::SameAsPuk`] for the PIN that would become the PUK. Nothing was sent.
    pub fn unlock(puk: Pin, pin1: NewPin, pin2: NewPin) -> Result<Self, (PinRole, EntryProblem)> {
        Self::new(Operation::Unlock, puk, pin1, pin2, EntryProblem::SameAsPuk)
    }

    /// With the activation PIN of seven digits: CHANGE REFERENCE DATA of each PIN.
    ///
    /// # Errors
    ///
    /// [`EntryProblem::SameAsCurrent`] for the PIN that would stay the activation PIN; a limit
    /// missed, under the name of PIN1, when `current` has not seven digits: an activation code typed
    /// here would cost a try. Nothing was sent.
    pub fn change(
        current: Pin,
        pin1: NewPin,
        pin2: NewPin,
    ) -> Result<Self, (PinRole, EntryProblem)> {
        check_activation_pin(&current).map_err(|problem| (PinRole::Authentication, problem))?;
        let same = EntryProblem::SameAsCurrent;
        Self::new(Operation::Change, current, pin1, pin2, same)
    }

    /// What is done to each PIN.
    pub const fn operation(&self) -> Operation {
        self.operation
    }

    fn new(
        operation: Operation,
        code: Pin,
        pin1: NewPin,
        pin2: NewPin,
        same: EntryProblem,
    ) -> Result<Self, (PinRole, EntryProblem)> {
        for (role, new) in [
            (PinRole::Authentication, &pin1),
            (PinRole::Signature, &pin2),
        ] {
            if new.0.same_as(&code) {
                return Err((role, same));
            }
        }
        Ok(Self {
            operation,
            code,
            pin1,
            pin2,
            only_unset: false,
        })
    }

    /// The two requests. The code is needed in both; this is the one place where it is there twice.
    fn split(self) -> [PinRequest; 2] {
        let again = self.code.duplicate();
        let request = |role, code, new| PinRequest {
            role,
            secrets: match self.operation {
                Operation::Unlock => Secrets::Unlock { puk: code, new },
                Operation::Check | Operation::Change => Secrets::Change { current: code, new },
            },
            only_unset: self.only_unset,
        };
        [
            request(PinRole::Authentication, self.code, self.pin1.0),
            request(PinRole::Signature, again, self.pin2.0),
        ]
    }
}

/// Whether what was typed can be an activation PIN at all. Digits that cannot would cost a try.
///
/// # Errors
///
/// The problem, with the limit that was missed.
pub fn check_activation_pin(typed: &Pin) -> Result<(), EntryProblem> {
    match typed.len() {
        length if length < ACTIVATION_PIN_DIGITS => Err(EntryProblem::TooShort {
            min: ACTIVATION_PIN_DIGITS,
        }),
        length if length > ACTIVATION_PIN_DIGITS => Err(EntryProblem::TooLong {
            max: ACTIVATION_PIN_DIGITS,
        }),
        _ => Ok(()),
    }
}

/// What came of both PINs.
#[derive(Debug)]
pub struct PairOutcome {
    /// What came of PIN1.
    pub pin1: PinOutcome,
    /// What came of PIN2; `None` when nothing was sent for it, because PIN1 was not done.
    pub pin2: Option<PinOutcome>,
}

impl PairOutcome {
    /// What the work ended with: the outcome of PIN2, or that of PIN1 when it went no further.
    pub fn last(&self) -> &PinOutcome {
        self.pin2.as_ref().unwrap_or(&self.pin1)
    }

    /// Whether both PINs are set.
    pub fn is_done(&self) -> bool {
        let second = self.pin2.as_ref();
        second.is_some_and(|second| matches!(second.answer, Answer::Done))
    }
}

impl Risk {
    /// The greater risk of the two commands that set both PINs with one code, and the code at stake:
    /// what a person is asked to accept.
    pub fn of_both(operation: Operation, states: &PinStates) -> (PinRole, Self) {
        let of = |role| {
            let code = at_stake(operation, role);
            (code, Self::of(code, states))
        };
        let (first, second) = (of(PinRole::Authentication), of(PinRole::Signature));
        if second.1 > first.1 { second } else { first }
    }
}

impl FineidCard {
    /// Sets PIN1 and PIN2 with one code. `seen` is the card the person saw when they confirmed,
    /// `consent` what they accepted, for both commands.
    ///
    /// The laws are those of [`FineidCard::perform`], for each command by itself; and what can be
    /// known to keep the second one back keeps the first one back as well.
    pub fn perform_both(
        &mut self,
        pair: PinPair,
        seen: &CardIdentity,
        consent: Consent,
    ) -> PairOutcome {
        let operation = pair.operation;
        let [first, second] = pair.split();
        if let Err(refusal) = self.check_ahead(&second, seen, consent) {
            let known = (self.states != PinStates::UNKNOWN).then_some(self.states);
            return PairOutcome {
                pin1: not_sent(operation, PinRole::Authentication, refusal, known),
                pin2: None,
            };
        }
        let pin1 = self.perform(first, seen, consent);
        let pin2 = matches!(pin1.answer, Answer::Done).then(|| self.perform(second, seen, consent));
        PairOutcome { pin1, pin2 }
    }

    /// What is known before anything is sent and would keep this request back. Counters that were
    /// not read since the card's last command keep nothing back: they are read when it is performed.
    fn check_ahead(
        &self,
        request: &PinRequest,
        seen: &CardIdentity,
        consent: Consent,
    ) -> Result<(), Refusal> {
        let terms = self.terms(request.role(), seen, consent, Afterwards::Forget);
        check_request(&terms, request)?;
        if self.states.of(request.role()) != PinState::Unknown {
            check_activation(request, &self.states)?;
        }
        if self.states.of(request.at_stake()).tries_left().is_none() {
            return Ok(());
        }
        check_risk(&terms, request, &self.states)
    }
}
