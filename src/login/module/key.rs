//! The card's key, open while it is logged in.

use std::sync::{Mutex, PoisonError};

use cryptoki::context::Pkcs11;
use cryptoki::error::Error;
use cryptoki::mechanism::rsa::{PkcsMgfType, PkcsPssParams};
use cryptoki::mechanism::{Mechanism as Token11, MechanismType};
use cryptoki::object::{Attribute, ObjectClass, ObjectHandle};
use cryptoki::session::{Session, UserType};
use cryptoki::types::RawAuthPin;
use siru_card::{KeyType, Pin};

use super::answer::{Doing, accepted, broken};
use super::token::Token;
use crate::key::{CardKey, Hash, Mechanism};
use crate::verdict::BrokenLink;

/// The private key of a token between C_Login and C_Logout.
#[derive(Debug)]
pub(crate) struct TokenKey {
    // A session is for one thread at a time.
    session: Mutex<Session>,
    object: ObjectHandle,
    kind: KeyType,
}

impl TokenKey {
    /// Presents PIN1 to the module, once. It is wiped whatever comes of it.
    pub(super) fn log_in(context: &Pkcs11, token: &Token, pin: Pin) -> Result<Self, BrokenLink> {
        let session = context
            .open_ro_session(token.slot)
            .map_err(|error| broken(Doing::Looking, &error))?;
        let logged_in = pin.lend(|digits| {
            // Made for its digits once and for all; it wipes itself.
            let secret = RawAuthPin::new(Box::new(digits.to_vec()));
            session.login_with_raw(UserType::User, &secret)
        });
        drop(pin);
        accepted(logged_in).map_err(|link| after_a_wrong_pin(context, token, link))?;
        let session = LoggedIn(Some(session));
        let template = [
            Attribute::Class(ObjectClass::PRIVATE_KEY),
            Attribute::Id(token.id.clone()),
        ];
        let object = session
            .find(&template)
            .map_err(|error| broken(Doing::Signing, &error))?
            .ok_or(BrokenLink::NoCertificate)?;
        Ok(Self {
            session: Mutex::new(session.keep()?),
            object,
            kind: token.key,
        })
    }
}

/// A wrong PIN may have been the last one, and the module says how few tries are left.
fn after_a_wrong_pin(context: &Pkcs11, token: &Token, link: BrokenLink) -> BrokenLink {
    if !matches!(link, BrokenLink::WrongPin { .. }) {
        return link;
    }
    match context.get_token_info(token.slot) {
        Ok(info) if info.user_pin_locked() => BrokenLink::PinLocked,
        Ok(info) if info.user_pin_final_try() => BrokenLink::WrongPin {
            tries_left: Some(1),
        },
        _ => link,
    }
}

/// A session that logs out when it is dropped on the way.
struct LoggedIn(Option<Session>);

impl LoggedIn {
    fn find(&self, template: &[Attribute]) -> Result<Option<ObjectHandle>, Error> {
        match &self.0 {
            Some(session) => Ok(session.find_objects(template)?.first().copied()),
            None => Ok(None),
        }
    }

    fn keep(mut self) -> Result<Session, BrokenLink> {
        self.0.take().ok_or(BrokenLink::NoCertificate)
    }
}

impl Drop for LoggedIn {
    fn drop(&mut self) {
        if let Some(session) = &self.0 {
            log_out(session);
        }
    }
}

impl Drop for TokenKey {
    fn drop(&mut self) {
        log_out(
            self.session
                .get_mut()
                .unwrap_or_else(PoisonError::into_inner),
        );
    }
}

fn log_out(session: &Session) {
    if let Err(error) = session.logout() {
        log::info!("the module does not log out: {error}");
    }
}

impl CardKey for TokenKey {
    fn kind(&self) -> KeyType {
        self.kind
    }

    fn sign(&self, mechanism: Mechanism, digest: &[u8]) -> Result<Vec<u8>, BrokenLink> {
        let (mechanism, input) = match mechanism {
            Mechanism::Pkcs1(hash) => (Token11::RsaPkcs, hash.digest_info(digest)),
            Mechanism::Pss(hash) => (Token11::RsaPkcsPss(salted(hash)), digest.to_vec()),
            Mechanism::Ecdsa => (Token11::Ecdsa, digest.to_vec()),
        };
        let session = self.session.lock().unwrap_or_else(PoisonError::into_inner);
        session
            .sign(&mechanism, self.object, &input)
            .map_err(|error| broken(Doing::Signing, &error))
    }
}

/// PSS as TLS 1.3 wants it: the salt is as long as the digest (RFC 8446, 4.2.3).
const fn salted(hash: Hash) -> PkcsPssParams {
    let (hash_alg, mgf, length) = match hash {
        Hash::Sha256 => (MechanismType::SHA256, PkcsMgfType::MGF1_SHA256, 32),
        Hash::Sha384 => (MechanismType::SHA384, PkcsMgfType::MGF1_SHA384, 48),
        Hash::Sha512 => (MechanismType::SHA512, PkcsMgfType::MGF1_SHA512, 64),
    };
    PkcsPssParams {
        hash_alg,
        mgf,
        s_len: cryptoki::types::Ulong::new(length),
    }
}
