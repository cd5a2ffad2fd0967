//! PINs in the words of card modules: what the PIN service of the card does, under the laws that hold
//! there. One call is one confirmation, and presents a code once at most.
//!
//! A card module cannot ask a person whether they know the consequence of a last try, so the last try
//! of PIN1, and the last two of the PUK, are not spent from here. Windows is told to keep no PIN
//! ([`crate::property`]), and this module keeps none.

use siru_apdu::{ChannelError, TriesLeft};
use siru_card::{
    Answer, Consent, EntryProblem, Pin, PinOutcome, PinRequest, PinRole, PinState, Refusal, Risk,
};

use crate::context::Minidriver;
use crate::error::Error;

/// PIN1, by the number Windows has for the card's user.
pub const ROLE_USER: u32 = 1;
/// The PUK. 2 is an administrator who answers a challenge, which no card of ours knows.
pub const ROLE_PUK: u32 = 3;

const ROLE: PinRole = PinRole::Authentication;

impl Minidriver {
    /// `CardAuthenticatePin`: presents PIN1 and leaves it verified for the caller's signature.
    ///
    /// # Errors
    ///
    /// [`Error::WrongPin`] may have cost a try, or none if `digits` cannot be a PIN.
    pub fn authenticate(&mut self, digits: &[u8]) -> Result<(), Error> {
        let states = self.card.refresh()?;
        // A PIN that was never set by its holder is not for log-ins.
        if matches!(states.pin1, PinState::NotActivated { .. }) {
            return Err(Error::SecurityViolation);
        }
        let pin = Pin::from_digits(digits).map_err(|_| Error::WrongPin {
            tries_left: states.pin1.tries_left(),
        })?;
        let outcome = self.card.log_in(ROLE, pin, self.consent());
        if !matches!(outcome.answer, Answer::NotSent(_)) {
            self.may_sign = matches!(outcome.answer, Answer::Done);
            self.owes_log_out = self.may_sign || outcome.may_stay_verified;
        }
        judge(&outcome, states.pin1.tries_left())
    }

    /// `CardChangeAuthenticator`: changes PIN1.
    ///
    /// # Errors
    ///
    /// As [`Minidriver::authenticate`]; [`Error::InvalidNewPin`] at no cost.
    pub fn change_pin(&mut self, current: &[u8], new: &[u8]) -> Result<(), Error> {
        let tries_left = self.card.refresh()?.pin1.tries_left();
        let (new, again) = self.new_pin(new)?;
        let current = Pin::from_digits(current).map_err(|_| Error::WrongPin { tries_left })?;
        let request = PinRequest::change(ROLE, current, new, &again);
        self.perform(request, tries_left)
    }

    /// `CardUnblockPin`: sets PIN1 anew with the PUK.
    ///
    /// # Errors
    ///
    /// [`Error::WrongPin`] when the PUK was wrong, which cost a try of the PUK; [`Error::Blocked`]
    /// when only two are left.
    pub fn unblock_pin(&mut self, puk: &[u8], new: &[u8]) -> Result<(), Error> {
        let tries_left = self.card.refresh()?.puk.tries_left();
        let (new, again) = self.new_pin(new)?;
        let puk = Pin::from_digits(puk).map_err(|_| Error::WrongPin { tries_left })?;
        let request = PinRequest::unlock(ROLE, puk, new, &again);
        self.perform(request, tries_left)
    }

    /// Whether PIN1 was presented by this caller and is verified at the moment, as the card says.
    pub fn is_authenticated(&mut self) -> bool {
        self.may_sign && self.card.is_verified(ROLE) == Some(true)
    }

    fn perform(
        &mut self,
        request: Result<PinRequest, EntryProblem>,
        tries_left: Option<TriesLeft>,
    ) -> Result<(), Error> {
        let request = request.map_err(|_| Error::InvalidNewPin)?;
        let seen = self.card.identity().clone();
        let outcome = self.card.perform(request, &seen, Consent::Ordinary);
        if !matches!(outcome.answer, Answer::NotSent(_)) {
            self.may_sign = false;
            self.owes_log_out = outcome.may_stay_verified;
        }
        judge(&outcome, tries_left)
    }

    /// The new PIN, twice: Windows has compared its repetition.
    fn new_pin(&self, digits: &[u8]) -> Result<(Pin, Pin), Error> {
        let objects = self.card.objects();
        let own = objects.iter().find(|object| object.role == ROLE);
        let rules = own.ok_or(Error::Internal)?.rules;
        let parse = || {
            Pin::from_digits(digits)
                .and_then(|pin| rules.check_new(&pin).map(|()| pin))
                .map_err(|_| Error::InvalidNewPin)
        };
        Ok((parse()?, parse()?))
    }

    /// What the machine accepts in the place of a person, for a log-in only: that the PIN is locked
    /// and the PUK has to open it. Not that nothing would open it, and not what cannot be known.
    const fn consent(&self) -> Consent {
        if self.settings.last_try_in_login {
            Consent::Accepted(Risk::LocksPin)
        } else {
            Consent::Ordinary
        }
    }
}

/// The code went out, and what the card made of it is not known. Nothing is said that has a caller
/// connect anew and present the same code once more.
fn lost(error: &ChannelError) -> Error {
    match error.into() {
        gone @ (Error::CardRemoved | Error::ReaderGone) => gone,
        _ => Error::Communication,
    }
}

/// What came of it, in the words of card modules. `before` is what was left of the code at stake.
fn judge(outcome: &PinOutcome, before: Option<TriesLeft>) -> Result<(), Error> {
    let none = Some(TriesLeft(0));
    let error = match &outcome.answer {
        Answer::Done => return Ok(()),
        Answer::Wrong { tries_left, .. } => Error::WrongPin {
            tries_left: Some(*tries_left),
        },
        Answer::WrongAndLocked { .. } | Answer::Locked { .. } => {
            Error::Blocked { tries_left: none }
        }
        Answer::NotUsable { .. } => Error::SecurityViolation,
        Answer::AnswerLost(error) => lost(error),
        Answer::NotSent(Refusal::Unreachable(error)) => error.into(),
        Answer::NotSent(Refusal::Entry { .. }) => Error::WrongPin { tries_left: before },
        Answer::NotSent(Refusal::Locked { .. }) => Error::Blocked { tries_left: none },
        Answer::NotSent(Refusal::ConsentNeeded { tries_left, .. }) => Error::Blocked {
            tries_left: *tries_left,
        },
        Answer::NotSent(Refusal::AnotherCard) => Error::CardRemoved,
        Answer::NotSent(_) => Error::SecurityViolation,
        _ => Error::Communication,
    };
    log::info!("the PIN was not accepted: {error}");
    Err(error)
}
