//! Logging in and out, and setting PINs: PKCS #11's words for what the PIN service of the card
//! does, under the laws that hold there.
//!
//! PKCS #11 cannot ask a person whether they know the consequence of a last try, so the last try of
//! a PIN, and the last two of the PUK, are not spent from here. Of all errors only a wrong PIN makes
//! browsers ask again, so a malformed PIN counts as a wrong one, without reaching the card. And every
//! call names the insertion its session belongs to: digits typed for one card reach no other.

use std::time::Instant;

use siru_apdu::TriesLeft;
use siru_card::{
    Answer, Consent, EntryProblem, Pin, PinOutcome, PinRequest, PinState, Purpose, Refusal, Risk,
};

use crate::error::Error;
use crate::module::Module;
use crate::slot::{Entry, Face, HeldPuk, Slot, User};
use crate::visit::Visit;

impl Slot {
    /// `C_Login` as the cardholder: presents the PIN and leaves it verified.
    ///
    /// # Errors
    ///
    /// [`Error::PinIncorrect`] may have cost a try, or none if the PIN was malformed;
    /// [`Error::PinLocked`] if it was the last. Nothing else costs one.
    pub fn log_in(&self, module: &Module, insertion: u32, digits: &[u8]) -> Result<(), Error> {
        let pin = self.present_pin(insertion, digits)?;
        let mut visit = self.visit_for_log_in(module, insertion)?;
        let drops_pin = self
            .face_of(insertion)
            .is_some_and(|face| face.always_authenticate);
        match visit.login()? {
            // A card that has dropped the PIN may be given it again without a log-out.
            Some(User::Holder) if drops_pin && self.purpose != Purpose::Signature => {}
            Some(User::Holder) => return Err(Error::UserAlreadyLoggedIn),
            Some(User::SecurityOfficer) => return Err(Error::UserAnotherAlreadyLoggedIn),
            None => {}
        }
        if self.purpose == Purpose::Signature {
            // PIN2 is checked and forgotten: each signature takes an entry of its own.
            let consent = visit.consent();
            visit.perform(PinRequest::check(self.role(), pin), consent)?;
        } else {
            visit.present(pin)?;
            if drops_pin {
                visit.work.entry = Entry::Next;
            }
        }
        visit.note(|face| face.login = Some(User::Holder));
        Ok(())
    }

    /// `C_Login` for the signature that a session has begun, where the key wants the PIN each time.
    ///
    /// # Errors
    ///
    /// As [`Slot::log_in`]; [`Error::UserNotLoggedIn`] when the cardholder is not logged in.
    pub fn log_in_for_signature(
        &self,
        module: &Module,
        insertion: u32,
        signature: u64,
        digits: &[u8],
    ) -> Result<(), Error> {
        let pin = self.present_pin(insertion, digits)?;
        let mut visit = self.visit_for_log_in(module, insertion)?;
        if visit.login()? != Some(User::Holder) {
            return Err(Error::UserNotLoggedIn);
        }
        visit.present(pin)?;
        visit.work.entry = Entry::Begun(signature);
        Ok(())
    }

    /// `C_Login` as the security officer: takes the PUK for the `C_InitPIN` that follows. Nothing
    /// is sent: presenting the PUK without the new PIN would spend a try for nothing.
    ///
    /// # Errors
    ///
    /// [`Error::PinIncorrect`] for what cannot be a PUK.
    pub fn log_in_as_officer(
        &self,
        module: &Module,
        insertion: u32,
        digits: &[u8],
    ) -> Result<(), Error> {
        let face = self.face_of(insertion).ok_or(Error::DeviceRemoved)?;
        let profile = face.profile()?;
        drop(face);
        let lengths = profile.puk.min_entered..=profile.scheme.max_length();
        let puk = digits_of(digits, &lengths)?;
        let mut visit = self.visit_for_log_in(module, insertion)?;
        match visit.login()? {
            Some(User::SecurityOfficer) => return Err(Error::UserAlreadyLoggedIn),
            Some(User::Holder) => return Err(Error::UserAnotherAlreadyLoggedIn),
            None => {}
        }
        let rules = visit.card()?.puk_rules();
        rules.check_entered(&puk).map_err(|_| Error::PinIncorrect)?;
        visit.note(|face| {
            face.login = Some(User::SecurityOfficer);
            *self.puk() = Some(HeldPuk {
                puk,
                since: Instant::now(),
            });
        });
        Ok(())
    }

    /// The connection, for a log-in that somebody still wants. While it waited for the card the last
    /// session may have been closed, or the module finalised: nobody would end what it begins then.
    /// Whoever closes the last session from here on waits for the connection, and ends it.
    fn visit_for_log_in<'a>(
        &'a self,
        module: &'a Module,
        insertion: u32,
    ) -> Result<Visit<'a>, Error> {
        let visit = self.visit(module, insertion)?;
        match module.count_sessions(self) {
            (0, _) => Err(Error::SessionHandleInvalid),
            _ => Ok(visit),
        }
    }

    /// `C_Logout`: the card forgets the PIN.
    ///
    /// # Errors
    ///
    /// [`Error::UserNotLoggedIn`] when nobody was; [`Error::DeviceError`] when the card may go on
    /// taking the PIN as entered.
    pub fn log_out(&self, module: &Module) -> Result<(), Error> {
        let (login, forgotten) = self.end_login(module);
        match (login, forgotten) {
            (None, _) => Err(Error::UserNotLoggedIn),
            (Some(_), true) => Ok(()),
            (Some(_), false) => Err(Error::DeviceError),
        }
    }

    /// Ends what is left of a log-in when its last session closes, or the module is finalised.
    pub fn end(&self, module: &Module) {
        let (_, forgotten) = self.end_login(module);
        if !forgotten {
            log::warn!("the card may go on taking the PIN as entered");
        }
    }

    /// A signature that was begun is given up: a PIN that was entered for it serves no other.
    pub fn abandon(&self, module: &Module, signature: u64) {
        let mut visit = self.connection(module);
        if visit.work.entry == Entry::Begun(signature) {
            let forgotten = visit.forget();
            log::debug!("a signature was given up; PIN forgotten: {forgotten}");
        }
    }

    fn end_login(&self, module: &Module) -> (Option<User>, bool) {
        let mut visit = self.connection(module);
        let login = self.face().login.take();
        *self.puk() = None;
        (login, visit.forget())
    }

    /// `C_SetPIN`: changes the PIN.
    ///
    /// # Errors
    ///
    /// [`Error::PinIncorrect`] for the old PIN, as in [`Slot::log_in`]; [`Error::PinInvalid`] and
    /// [`Error::PinLengthRange`] for the new one, at no cost.
    pub fn change_pin(
        &self,
        module: &Module,
        insertion: u32,
        old: &[u8],
        new: &[u8],
    ) -> Result<(), Error> {
        let old = self.present_pin(insertion, old)?;
        let (new, again) = self.new_pin(insertion, new)?;
        let mut visit = self.visit(module, insertion)?;
        if visit.login()? == Some(User::SecurityOfficer) {
            return Err(Error::FunctionNotSupported);
        }
        visit.check_new(&new)?;
        let request = PinRequest::change(self.role(), old, new, &again);
        let request = request.map_err(|_| Error::PinInvalid)?;
        visit.perform(request, Consent::Ordinary)
    }

    /// `C_InitPIN`: sets the PIN anew with the PUK typed before.
    ///
    /// # Errors
    ///
    /// [`Error::PinIncorrect`] when the PUK was wrong, which cost a try of the PUK;
    /// [`Error::FunctionRejected`] when only two are left.
    pub fn init_pin(&self, module: &Module, insertion: u32, new: &[u8]) -> Result<(), Error> {
        let (new, again) = self.new_pin(insertion, new)?;
        let mut visit = self.visit(module, insertion)?;
        if visit.login()? != Some(User::SecurityOfficer) {
            return Err(Error::UserNotLoggedIn);
        }
        visit.check_new(&new)?;
        // One PUK entry is for one attempt, whatever comes of it.
        let held = self.puk().take().filter(|held| !held.is_over());
        visit.note(|face| face.login = None);
        let held = held.ok_or(Error::UserNotLoggedIn)?;
        let request = PinRequest::unlock(self.role(), held.puk, new, &again);
        let request = request.map_err(|_| Error::PinInvalid)?;
        visit.perform(request, Consent::Ordinary)
    }

    /// Digits that may be the present PIN of such a card. Anything else counts as a wrong PIN, and
    /// the card never hears of it.
    fn present_pin(&self, insertion: u32, digits: &[u8]) -> Result<Pin, Error> {
        let face = self.face_of(insertion).ok_or(Error::DeviceRemoved)?;
        let profile = face.profile()?;
        let lengths = profile.pin(self.role()).min_entered..=profile.scheme.max_length();
        digits_of(digits, &lengths)
    }

    /// The new PIN, twice: PKCS #11 leaves the repetition to the application. What no card of its
    /// kind takes, the card never hears of; what this one takes is checked when it is open.
    fn new_pin(&self, insertion: u32, digits: &[u8]) -> Result<(Pin, Pin), Error> {
        let face = self.face_of(insertion).ok_or(Error::DeviceRemoved)?;
        let profile = face.profile()?;
        let parse = || {
            let pin = Pin::from_digits(digits).map_err(|problem| match problem {
                EntryProblem::NotDigits => Error::PinInvalid,
                _ => Error::PinLengthRange,
            })?;
            let facts = profile.pin(self.role());
            // PIN2 of a healthcare card may be shorter than that of others of its generation.
            let shortest = facts.min_new.min(facts.min_entered);
            match (shortest..=facts.max_new).contains(&pin.len()) {
                true => Ok(pin),
                false => Err(Error::PinLengthRange),
            }
        };
        Ok((parse()?, parse()?))
    }
}

fn digits_of(digits: &[u8], lengths: &std::ops::RangeInclusive<usize>) -> Result<Pin, Error> {
    Pin::from_digits(digits)
        .ok()
        .filter(|pin| lengths.contains(&pin.len()))
        .ok_or(Error::PinIncorrect)
}

impl Visit<'_> {
    /// Whether a new PIN keeps the card's rules, before anything is sent.
    fn check_new(&mut self, new: &Pin) -> Result<(), Error> {
        let role = self.slot.role();
        let objects = self.card()?.objects();
        let own = objects.iter().find(|object| object.role == role);
        let rules = own.ok_or(Error::DeviceError)?.rules;
        rules.check_new(new).map_err(|_| Error::PinLengthRange)
    }

    /// Presents the PIN for a log-in.
    fn present(&mut self, pin: Pin) -> Result<(), Error> {
        self.refuse_unset_pin()?;
        let (role, consent) = (self.slot.role(), self.consent());
        let outcome = self.card()?.log_in(role, pin, consent);
        self.work.end_login();
        if matches!(outcome.answer, Answer::Done | Answer::AnswerLost(_)) {
            self.work.verified = true;
        }
        self.judge(&outcome)
    }

    /// A PIN that was never set is not for log-ins. Whether it has been set since, in the window
    /// perhaps, is asked of the card.
    fn refuse_unset_pin(&mut self) -> Result<(), Error> {
        let is_unset = |face: &Face| matches!(face.pin, PinState::NotActivated { .. });
        if !self
            .slot
            .face_of(self.work.insertion)
            .is_some_and(|face| is_unset(&face))
        {
            return Ok(());
        }
        let role = self.slot.role();
        if let Ok(states) = self.card()?.refresh() {
            self.note(|face| face.pin = states.of(role));
        }
        match self.slot.face_of(self.work.insertion) {
            Some(face) if is_unset(&face) => Err(Error::PinExpired),
            Some(_) => Ok(()),
            None => Err(Error::DeviceRemoved),
        }
    }

    /// Checks, changes or sets a PIN. The card forgets the PIN afterwards, so a log-in ends with it.
    fn perform(&mut self, request: PinRequest, consent: Consent) -> Result<(), Error> {
        let card = self.card()?;
        let seen = card.identity().clone();
        let outcome = card.perform(request, &seen, consent);
        if !matches!(outcome.answer, Answer::NotSent(_)) {
            self.end_login();
            self.work.verified = outcome.may_stay_verified;
        }
        self.judge(&outcome)
    }

    /// What the machine accepts in the place of a person, for a log-in only: that the PIN is locked
    /// and the PUK has to open it. Not that nothing would open it, and not what cannot be known.
    fn consent(&self) -> Consent {
        if self.module.settings().last_try_in_login {
            Consent::Accepted(Risk::LocksPin)
        } else {
            Consent::Ordinary
        }
    }

    /// Takes note of what the card said of the PIN, and says it in PKCS #11's words.
    fn judge(&mut self, outcome: &PinOutcome) -> Result<(), Error> {
        self.note(|face| take_note(face, outcome));
        let error = match &outcome.answer {
            Answer::Done => return Ok(()),
            Answer::Wrong { .. } => Error::PinIncorrect,
            Answer::WrongAndLocked { .. } | Answer::Locked { .. } => Error::PinLocked,
            Answer::NotUsable { .. } => Error::PinExpired,
            Answer::NotSent(Refusal::Unreachable(error)) => self.doubt(error),
            Answer::NotSent(refusal) => refused(refusal),
            Answer::AnswerLost(error) => self.doubt(error),
            _ => Error::DeviceError,
        };
        log::info!("the PIN was not accepted: {error}");
        Err(error)
    }
}

fn take_note(face: &mut Face, outcome: &PinOutcome) {
    let read = outcome.after.or(outcome.before);
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

const fn refused(refusal: &Refusal) -> Error {
    match refusal {
        // New PINs were checked before, so this is one that cannot be the present one.
        Refusal::Entry { .. } => Error::PinIncorrect,
        Refusal::AnotherCard => Error::DeviceRemoved,
        Refusal::Locked { .. } => Error::PinLocked,
        _ => Error::FunctionRejected,
    }
}
