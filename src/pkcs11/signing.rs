//! Signing: from a session's operation to the card and back.

use std::sync::Arc;

use cryptoki_sys::CK_OBJECT_HANDLE;
use siru_card::{Purpose, SignError, SignatureRequest};

use crate::error::Error;
use crate::mechanism::Mechanism;
use crate::module::Module;
use crate::object::{Identity, ObjectKind};
use crate::slot::{Entry, Slot, User};
use crate::visit::Visit;

/// A signature that was begun in a session.
#[derive(Clone)]
pub struct Signing {
    /// The mechanism.
    pub mechanism: Mechanism,
    /// The identity whose key signs.
    pub identity: Arc<Identity>,
    /// What tells it from every other signature, so that a PIN can be entered for it alone.
    pub number: u64,
}

impl Signing {
    /// How many bytes the signature will have, without asking the card.
    pub fn length(&self) -> usize {
        self.identity.public.signature_length()
    }

    /// What `data` asks of the card.
    ///
    /// # Errors
    ///
    /// As [`Mechanism::request`].
    pub fn request(&self, data: &[u8]) -> Result<SignatureRequest, Error> {
        self.mechanism
            .request(self.identity.public.key_type(), data)
    }
}

impl Slot {
    /// `C_SignInit`: nothing reaches the card.
    ///
    /// # Errors
    ///
    /// What is wrong with key or mechanism; [`Error::UserNotLoggedIn`] when nobody is logged in.
    pub fn begin_signing(
        &self,
        module: &Module,
        insertion: u32,
        key: CK_OBJECT_HANDLE,
        mechanism: Mechanism,
    ) -> Result<Signing, Error> {
        let face = self.face_of(insertion).ok_or(Error::DeviceRemoved)?;
        let object = ObjectKind::of_handle(key, insertion);
        let identity = face.identity.clone().flatten();
        let identity = identity.ok_or(Error::KeyHandleInvalid)?;
        match object {
            Some(ObjectKind::PrivateKey) => {}
            Some(_) => return Err(Error::KeyFunctionNotPermitted),
            None => return Err(Error::KeyHandleInvalid),
        }
        if face.login != Some(User::Holder) {
            return Err(Error::UserNotLoggedIn);
        }
        if !mechanism.fits(identity.public.key_type()) {
            return Err(Error::KeyTypeInconsistent);
        }
        Ok(Signing {
            mechanism,
            identity,
            number: module.next_signature(),
        })
    }

    /// `C_Sign`: one signature, confirmed by the certificate's key.
    ///
    /// # Errors
    ///
    /// [`Error::UserNotLoggedIn`] when the card wants the PIN. Where the card turns out to want it
    /// for each signature, the key says so from then on and the log-in goes on; otherwise the
    /// log-in is over.
    pub fn sign(
        &self,
        module: &Module,
        insertion: u32,
        signing: &Signing,
        request: &SignatureRequest,
    ) -> Result<Vec<u8>, Error> {
        let mut visit = self.visit(module, insertion)?;
        if visit.login()? != Some(User::Holder) {
            return Err(Error::UserNotLoggedIn);
        }
        let face = self.face_of(insertion).ok_or(Error::DeviceRemoved)?;
        let each_time = face.always_authenticate;
        drop(face);
        let entered = match visit.work.entry {
            Entry::None => false,
            Entry::Next => true,
            Entry::Begun(number) => number == signing.number,
        };
        if each_time && !entered {
            return Err(Error::UserNotLoggedIn);
        }
        visit.work.entry = Entry::None;
        let public = &signing.identity.public;
        let signed = visit.card()?.sign(self.purpose, public, request);
        if self.purpose == Purpose::Signature && !visit.forget() {
            log::warn!("the card may go on taking PIN2 as entered");
        }
        match signed {
            Ok(signature) => {
                visit.has_signed(each_time);
                Ok(signature)
            }
            Err(error) => Err(visit.has_not_signed(error, each_time)),
        }
    }
}

impl Visit<'_> {
    fn has_signed(&mut self, each_time: bool) {
        self.work.signatures = self.work.signatures.saturating_add(1);
        self.work.keeps_pin |= self.work.signatures > 1;
        // It seemed to drop the PIN, but that may have been another program's doing.
        if each_time && self.slot.purpose == Purpose::Authentication {
            let role = self.slot.role();
            let kept = self.card().ok().and_then(|card| card.is_verified(role));
            if kept == Some(true) {
                self.work.keeps_pin = true;
                self.note(|face| face.always_authenticate = false);
            }
        }
    }

    fn has_not_signed(&mut self, error: SignError, each_time: bool) -> Error {
        match error {
            SignError::NotVerified => {
                // It signed once and now wants the PIN, though nobody reset it.
                let wants_it_each_time = self.work.signatures == 1 && !self.work.keeps_pin;
                if wants_it_each_time || each_time {
                    self.note(|face| face.always_authenticate = true);
                } else {
                    self.end_login();
                }
                self.work.verified = false;
                Error::UserNotLoggedIn
            }
            SignError::CardReset => {
                self.end_login();
                self.work.verified = false;
                Error::UserNotLoggedIn
            }
            SignError::Unreachable(error) => self.doubt(&error),
            SignError::NotPossible => Error::KeyFunctionNotPermitted,
            SignError::Refused { status } => {
                log::warn!("the card refused to sign: {status}");
                Error::FunctionFailed
            }
            error => {
                log::error!("{error}");
                Error::DeviceError
            }
        }
    }
}
