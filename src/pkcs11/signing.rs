//! Signing: from a session's operation to the card and back.

use std::sync::Arc;

use cryptoki_sys::CK_OBJECT_HANDLE;
use siru_card::{Purpose, SignError, SignatureRequest};

use crate::error::Error;
use crate::mechanism::Mechanism;
use crate::module::Module;
use crate::object::{Identity, ObjectKind};
use crate::slot::{Entry, Slot, User};
use crate::token::lost_or_failed;

/// A signature that was begun in a session.
#[derive(Clone)]
pub struct Signing {
    /// The mechanism.
    pub mechanism: Mechanism,
    /// The identity whose key signs.
    pub identity: Arc<Identity>,
    /// The PIN was presented for this signature.
    pub authenticated: bool,
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
        key: CK_OBJECT_HANDLE,
        mechanism: Mechanism,
    ) -> Result<Signing, Error> {
        let face = self.face();
        let object = ObjectKind::of_handle(key, face.insertion);
        let identity = face.identity.clone().ok_or(Error::KeyHandleInvalid)?;
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
            authenticated: false,
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
        signing: &Signing,
        request: &SignatureRequest,
    ) -> Result<Vec<u8>, Error> {
        let mut work = self.with_card(module)?;
        if self.face().login != Some(User::Holder) {
            return Err(Error::UserNotLoggedIn);
        }
        // PIN2 is for one signature, whether or not the card itself insists on it.
        let each_time = self.face().always_authenticate;
        let entered = match work.entry {
            Entry::None => false,
            Entry::Next => true,
            Entry::Begun => signing.authenticated,
        };
        if each_time && !entered {
            return Err(Error::UserNotLoggedIn);
        }
        let public = &signing.identity.public;
        let card = work.card.as_mut().ok_or(Error::DeviceError)?;
        let signed = card.sign(self.purpose, public, request);
        work.entry = Entry::None;
        if self.purpose == Purpose::Signature {
            let role = self.role();
            let forgotten = work.card.as_mut().is_some_and(|card| card.log_out(role));
            if !forgotten {
                log::warn!("the card may still take the PIN as entered");
            }
        }
        match signed {
            Ok(signature) => {
                work.signatures = work.signatures.saturating_add(1);
                work.keeps_pin |= work.signatures > 1;
                Ok(signature)
            }
            Err(SignError::NotVerified) => {
                // It signed once and now wants the PIN, though nobody reset it.
                let wants_it_each_time = work.signatures == 1 && !work.keeps_pin;
                let mut face = self.face();
                if wants_it_each_time || each_time {
                    face.always_authenticate = true;
                } else {
                    face.login = None;
                    work.end_login();
                }
                Err(Error::UserNotLoggedIn)
            }
            Err(SignError::Unreachable(error)) => {
                let error = lost_or_failed(&error);
                if error == Error::DeviceRemoved {
                    work.end_login();
                    self.lose(|| module.next_insertion());
                }
                Err(error)
            }
            Err(SignError::NotPossible) => Err(Error::KeyFunctionNotPermitted),
            Err(SignError::Refused { status }) => {
                log::warn!("the card refused to sign: {status}");
                Err(Error::FunctionFailed)
            }
            Err(error) => {
                log::error!("{error}");
                Err(Error::DeviceError)
            }
        }
    }
}
