//! Logging in and out, and setting PINs: PKCS #11's words for what the PIN service of the card
//! does, under the laws that hold there.
//!
//! PKCS #11 cannot ask a person whether they know the consequence of a last try, so the last try of
//! a PIN, and the last two of the PUK, are not spent from here. And of all errors only a wrong PIN
//! makes browsers ask again, so a malformed PIN counts as a wrong one, without reaching the card.

use std::sync::MutexGuard;
use std::time::{Duration, Instant};

use siru_apdu::TriesLeft;
use siru_card::{
    Answer, Consent, EntryProblem, Pin, PinOutcome, PinRequest, PinRole, PinState, Purpose, Refusal,
};

use crate::error::Error;
use crate::module::Module;
use crate::slot::{Entry, HeldPuk, Slot, User, Work};
use crate::token::lost_or_failed;

/// How long a PUK waits for the `C_InitPIN` it was typed for.
const PUK_PATIENCE: Duration = Duration::from_secs(60);

impl Slot {
    /// `C_Login` as the cardholder: presents the PIN and leaves it verified.
    ///
    /// # Errors
    ///
    /// [`Error::PinIncorrect`] may have cost a try, or none if the PIN was malformed;
    /// [`Error::PinLocked`] if it was the last. Nothing else costs one.
    pub fn log_in(&self, module: &Module, digits: &[u8]) -> Result<(), Error> {
        let pin = self.present_pin(digits)?;
        let mut work = self.for_log_in(module)?;
        let (login, drops_pin) = {
            let face = self.face();
            (face.login, face.always_authenticate)
        };
        match login {
            // A card that has dropped the PIN may be given it again without a log-out.
            Some(User::Holder) if drops_pin && self.purpose != Purpose::Signature => {}
            Some(User::Holder) => return Err(Error::UserAlreadyLoggedIn),
            Some(User::SecurityOfficer) => return Err(Error::UserAnotherAlreadyLoggedIn),
            None => {}
        }
        if self.purpose == Purpose::Signature {
            // PIN2 is checked and forgotten: each signature takes an entry of its own.
            self.perform(module, &mut work, PinRequest::check(self.role(), pin))?;
        } else {
            self.present(module, &mut work, pin)?;
            work.signatures = 0;
            work.entry = match self.face().always_authenticate {
                true => Entry::Next,
                false => Entry::None,
            };
        }
        self.face().login = Some(User::Holder);
        Ok(())
    }

    /// `C_Login` for the signature that a session has begun, where the key wants the PIN each time.
    ///
    /// # Errors
    ///
    /// As [`Slot::log_in`].
    pub fn log_in_for_signature(&self, module: &Module, digits: &[u8]) -> Result<(), Error> {
        let pin = self.present_pin(digits)?;
        let mut work = self.for_log_in(module)?;
        self.present(module, &mut work, pin)?;
        work.signatures = 0;
        work.entry = Entry::Begun;
        Ok(())
    }

    /// `C_Login` as the security officer: takes the PUK for the `C_InitPIN` that follows. Nothing
    /// is sent: presenting the PUK without the new PIN would spend a try for nothing.
    ///
    /// # Errors
    ///
    /// [`Error::PinIncorrect`] for what cannot be a PUK.
    pub fn log_in_as_officer(&self, module: &Module, digits: &[u8]) -> Result<(), Error> {
        let puk = Pin::from_digits(digits).map_err(|_| Error::PinIncorrect)?;
        let mut work = self.for_log_in(module)?;
        match self.face().login {
            Some(User::SecurityOfficer) => return Err(Error::UserAlreadyLoggedIn),
            Some(User::Holder) => return Err(Error::UserAnotherAlreadyLoggedIn),
            None => {}
        }
        let card = work.card.as_ref().ok_or(Error::DeviceError)?;
        card.puk_rules()
            .check_entered(&puk)
            .map_err(|_| Error::PinIncorrect)?;
        work.puk = Some(HeldPuk {
            puk,
            since: Instant::now(),
        });
        self.face().login = Some(User::SecurityOfficer);
        Ok(())
    }

    /// The connection, for a log-in that somebody still wants. While it waited for the card the last
    /// session may have been closed, or the module finalised: nobody would end what it begins then.
    /// Whoever closes the last session from here on waits for the connection, and ends it.
    fn for_log_in(&self, module: &Module) -> Result<MutexGuard<'_, Work>, Error> {
        let work = self.with_card(module)?;
        match module.count_sessions(self) {
            (0, _) => Err(Error::SessionHandleInvalid),
            _ => Ok(work),
        }
    }

    /// `C_Logout`: the card forgets the PIN.
    ///
    /// # Errors
    ///
    /// [`Error::UserNotLoggedIn`] when nobody was.
    pub fn log_out(&self) -> Result<(), Error> {
        let mut work = self.work();
        let login = self.face().login.take();
        self.forget(&mut work, login);
        login.map(|_| ()).ok_or(Error::UserNotLoggedIn)
    }

    /// Ends what is left of a log-in when its last session closes, or the module is finalised.
    pub fn end(&self) {
        let mut work = self.work();
        let login = self.face().login.take();
        self.forget(&mut work, login);
    }

    fn forget(&self, work: &mut Work, login: Option<User>) {
        let presented = login == Some(User::Holder) || work.entry != Entry::None;
        work.end_login();
        if presented
            && work.insertion == self.face().insertion
            && let Some(card) = work.card.as_mut()
            && !card.log_out(self.role())
        {
            log::warn!("the card may still take the PIN as entered");
        }
    }

    /// `C_SetPIN`: changes the PIN.
    ///
    /// # Errors
    ///
    /// [`Error::PinIncorrect`] for the old PIN, as in [`Slot::log_in`]; [`Error::PinInvalid`] and
    /// [`Error::PinLengthRange`] for the new one, at no cost.
    pub fn change_pin(&self, module: &Module, old: &[u8], new: &[u8]) -> Result<(), Error> {
        if self.face().login == Some(User::SecurityOfficer) {
            return Err(Error::FunctionNotSupported);
        }
        let old = self.present_pin(old)?;
        let (new, again) = new_pin(new)?;
        let mut work = self.with_card(module)?;
        self.check_new(&work, &new)?;
        let request = PinRequest::change(self.role(), old, new, &again);
        let request = request.map_err(|_| Error::PinInvalid)?;
        self.perform(module, &mut work, request)
    }

    /// `C_InitPIN`: sets the PIN anew with the PUK typed before.
    ///
    /// # Errors
    ///
    /// [`Error::PinIncorrect`] when the PUK was wrong, which cost a try of the PUK;
    /// [`Error::FunctionRejected`] when only two are left.
    pub fn init_pin(&self, module: &Module, new: &[u8]) -> Result<(), Error> {
        if self.face().login != Some(User::SecurityOfficer) {
            return Err(Error::UserNotLoggedIn);
        }
        let (new, again) = new_pin(new)?;
        let mut work = self.with_card(module)?;
        self.check_new(&work, &new)?;
        let held = work.puk.take();
        // One PUK entry is for one attempt, whatever comes of it.
        self.face().login = None;
        let held = held.filter(|held| held.since.elapsed() < PUK_PATIENCE);
        let held = held.ok_or(Error::UserNotLoggedIn)?;
        let request = PinRequest::unlock(self.role(), held.puk, new, &again);
        let request = request.map_err(|_| Error::PinInvalid)?;
        self.perform(module, &mut work, request)
    }

    /// Whether a new PIN keeps the card's rules, before anything is sent.
    fn check_new(&self, work: &Work, new: &Pin) -> Result<(), Error> {
        let objects = work.card.as_ref().ok_or(Error::DeviceError)?.objects();
        let own = objects.iter().find(|object| object.role == self.role());
        let rules = own.ok_or(Error::DeviceError)?.rules;
        rules.check_new(new).map_err(|_| Error::PinLengthRange)
    }

    /// Digits that may be the present PIN of such a card. Anything else counts as a wrong PIN, and
    /// the card never hears of it.
    fn present_pin(&self, digits: &[u8]) -> Result<Pin, Error> {
        let profile = self.face().profile()?;
        let lengths = profile.pin(self.role()).min_entered..=profile.scheme.max_length();
        let pin = Pin::from_digits(digits).map_err(|_| Error::PinIncorrect)?;
        if lengths.contains(&pin.len()) {
            Ok(pin)
        } else {
            Err(Error::PinIncorrect)
        }
    }

    /// Presents the PIN for a log-in.
    fn present(&self, module: &Module, work: &mut Work, pin: Pin) -> Result<(), Error> {
        // Between the prompt and now another program may have set it; the card is not asked twice.
        if matches!(self.face().pin, PinState::NotActivated { .. }) {
            return Err(Error::PinExpired);
        }
        let consent = self.consent(module);
        let role = self.role();
        let card = work.card.as_mut().ok_or(Error::DeviceError)?;
        let outcome = card.log_in(role, pin, consent);
        self.judge(module, work, &outcome)
    }

    /// Changes or sets a PIN. The card forgets the PIN afterwards, so a log-in ends with it.
    fn perform(&self, module: &Module, work: &mut Work, request: PinRequest) -> Result<(), Error> {
        let consent = match request.at_stake() {
            PinRole::Unblocking => Consent::Ordinary,
            _ => self.consent(module),
        };
        let card = work.card.as_mut().ok_or(Error::DeviceError)?;
        let seen = card.identity().clone();
        let outcome = card.perform(request, &seen, consent);
        if !matches!(outcome.answer, Answer::NotSent(_)) {
            work.end_login();
            self.face().login = None;
        }
        self.judge(module, work, &outcome)
    }

    const fn consent(&self, module: &Module) -> Consent {
        if module.settings().last_try_in_login {
            Consent::All
        } else {
            Consent::Ordinary
        }
    }

    /// Takes note of what the card said of the PIN, and says it in PKCS #11's words.
    fn judge(&self, module: &Module, work: &mut Work, outcome: &PinOutcome) -> Result<(), Error> {
        self.take_note(outcome);
        let error = match &outcome.answer {
            Answer::Done => return Ok(()),
            Answer::Wrong { .. } => Error::PinIncorrect,
            Answer::WrongAndLocked { .. } | Answer::Locked { .. } => Error::PinLocked,
            Answer::NotUsable { .. } => Error::PinExpired,
            Answer::AnswerLost(error) if error.is_gone() => Error::DeviceRemoved,
            Answer::NotSent(refusal) => refused(refusal),
            _ => Error::DeviceError,
        };
        log::info!("the PIN was not accepted: {error}");
        if error == Error::DeviceRemoved {
            work.end_login();
            self.lose(|| module.next_insertion());
        }
        Err(error)
    }

    fn take_note(&self, outcome: &PinOutcome) {
        let read = outcome.after.or(outcome.before);
        let mut face = self.face();
        face.pin = match &outcome.answer {
            // A right PIN has all its tries again.
            Answer::Done => PinState::Usable { tries_left: None },
            Answer::Wrong { code, tries_left } if *code == outcome.role => PinState::Usable {
                tries_left: Some(*tries_left),
            },
            Answer::WrongAndLocked { code } | Answer::Locked { code } if *code == outcome.role => {
                PinState::Locked
            }
            Answer::NotSent(Refusal::ConsentNeeded { code, .. }) if *code == outcome.role => {
                PinState::Usable {
                    tries_left: Some(TriesLeft(1)),
                }
            }
            Answer::NotSent(Refusal::Entry { .. }) => return,
            _ => read.map_or(PinState::Unknown, |states| states.of(outcome.role)),
        };
    }
}

/// The new PIN, twice: PKCS #11 leaves the repetition to the application.
fn new_pin(digits: &[u8]) -> Result<(Pin, Pin), Error> {
    let parse = || {
        Pin::from_digits(digits).map_err(|problem| match problem {
            EntryProblem::NotDigits => Error::PinInvalid,
            _ => Error::PinLengthRange,
        })
    };
    Ok((parse()?, parse()?))
}

fn refused(refusal: &Refusal) -> Error {
    match refusal {
        // New PINs were checked before, so this is one that cannot be the present one.
        Refusal::Entry { .. } => Error::PinIncorrect,
        Refusal::AnotherCard => Error::DeviceRemoved,
        Refusal::Locked { .. } => Error::PinLocked,
        Refusal::Unreachable(error) => lost_or_failed(error),
        _ => Error::FunctionRejected,
    }
}
