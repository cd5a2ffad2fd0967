//! A token: the card in a slot. Opened on first need, read once, and let go when it is gone.

use std::sync::{Arc, MutexGuard};

use cryptoki_sys as ck;
use cryptoki_sys::{CK_FLAGS, CK_OBJECT_HANDLE};
use siru_apdu::{ExchangeError, ReaderError};
use siru_card::profile::KeyFamily;
use siru_card::{Access, FineidCard, KeyType, OpenError, PinRole, PinState, Purpose, ReadError};

use crate::attribute::{Value, Wanted};
use crate::error::Error;
use crate::mechanism;
use crate::module::Module;
use crate::object::{Authority, Identity, ObjectKind, wanted_class};
use crate::slot::{Closed, Face, Slot, User, Work};

impl Slot {
    /// Which PIN opens the key.
    pub const fn role(&self) -> PinRole {
        match self.purpose {
            Purpose::Signature => PinRole::Signature,
            _ => PinRole::Authentication,
        }
    }

    /// The connection, for work on the card that is in the reader now.
    ///
    /// # Errors
    ///
    /// [`Error::TokenNotPresent`], [`Error::TokenNotRecognized`] or what is wrong with the card.
    pub fn with_card(&self, module: &Module) -> Result<MutexGuard<'_, Work>, Error> {
        let mut work = self.work();
        let insertion = {
            let face = self.face();
            face.profile()?;
            face.insertion
        };
        work.renew(insertion);
        if work.card.is_some() {
            return Ok(work);
        }
        match self.open(module) {
            Ok(card) => {
                let mut face = self.face();
                // Between the look at the reader and the connection the card may have been swapped.
                if face.insertion != insertion {
                    return Err(Error::DeviceRemoved);
                }
                face.pin = card.states().of(self.role());
                if card.access() != Access::Full {
                    face.closed = Some(Closed::LookOnly);
                }
                drop(face);
                work.card = Some(card);
                Ok(work)
            }
            Err(error) => {
                if error == Error::TokenNotRecognized {
                    self.face().closed = Some(Closed::Unknown);
                }
                if error == Error::DeviceRemoved {
                    self.lose(|| module.next_insertion());
                }
                Err(error)
            }
        }
    }

    fn open(&self, module: &Module) -> Result<FineidCard, Error> {
        let channel = self
            .source
            .readers()
            .connect(&self.reader)
            .map_err(|error| match error {
                ReaderError::ReaderGone | ReaderError::NoCard | ReaderError::NoService => {
                    Error::DeviceRemoved
                }
                error => {
                    log::warn!("the card cannot be reached: {error}");
                    Error::DeviceError
                }
            })?;
        let card = FineidCard::open(channel).map_err(|error| match error {
            OpenError::Unreachable(error) => lost_or_failed(&error),
            error => {
                log::info!("not a card for this module: {error}");
                Error::TokenNotRecognized
            }
        })?;
        module.look();
        Ok(card)
    }

    /// Reads the identity of the card, the first time it is asked for.
    ///
    /// # Errors
    ///
    /// As [`Slot::with_card`]; a card without a readable certificate has no identity, which is none.
    pub fn identity(&self, module: &Module) -> Result<Option<Arc<Identity>>, Error> {
        if let Some(identity) = &self.face().identity {
            return Ok(Some(Arc::clone(identity)));
        }
        let mut work = self.with_card(module)?;
        let found = self.read(module, &mut work, |card| {
            card.identity_certificate(self.purpose)
        })?;
        let identity = found.and_then(|(certificate, public)| {
            Identity::new(certificate, public, self.identity_label()).map(Arc::new)
        });
        self.face().identity.clone_from(&identity);
        Ok(identity)
    }

    /// Reads the certificates of the authorities, the first time they are asked for.
    ///
    /// # Errors
    ///
    /// As [`Slot::with_card`].
    pub fn authorities(&self, module: &Module) -> Result<Arc<Vec<Authority>>, Error> {
        if let Some(authorities) = &self.face().authorities {
            return Ok(Arc::clone(authorities));
        }
        let mut work = self.with_card(module)?;
        let found = self.read(module, &mut work, FineidCard::authority_certificates)?;
        let most = usize::from(ObjectKind::MAX_AUTHORITIES);
        let authorities = Arc::new(
            found
                .into_iter()
                .filter_map(Authority::new)
                .take(most)
                .collect::<Vec<_>>(),
        );
        self.face().authorities = Some(Arc::clone(&authorities));
        Ok(authorities)
    }

    /// Reads from the card and takes note when it is gone.
    fn read<T>(
        &self,
        module: &Module,
        work: &mut Work,
        read: impl FnOnce(&mut FineidCard) -> Result<T, ReadError>,
    ) -> Result<T, Error> {
        let card = work.card.as_mut().ok_or(Error::DeviceError)?;
        read(card).map_err(|error| {
            let error = match error {
                ReadError::Unreachable(error) => lost_or_failed(&error),
                ReadError::AnotherCard => Error::DeviceRemoved,
                error => {
                    log::warn!("the card cannot be read: {error}");
                    Error::DeviceError
                }
            };
            if error == Error::DeviceRemoved {
                self.lose(|| module.next_insertion());
            }
            error
        })
    }

    /// The objects a search finds, reading only what it needs.
    ///
    /// # Errors
    ///
    /// As [`Slot::with_card`].
    pub fn find(
        &self,
        module: &Module,
        template: &[Wanted],
    ) -> Result<Vec<CK_OBJECT_HANDLE>, Error> {
        let (insertion, holder) = {
            let face = self.face();
            face.profile()?;
            (face.insertion, face.login == Some(User::Holder))
        };
        let searched = |kind: &ObjectKind| kind.may_match(self.purpose, template);
        let own: Vec<ObjectKind> = ObjectKind::OF_IDENTITY
            .into_iter()
            .filter(|kind| holder || *kind != ObjectKind::PrivateKey)
            .filter(searched)
            .collect();
        let mut found = Vec::new();
        if !own.is_empty()
            && let Some(identity) = self.identity(module)?
        {
            let always = self.face().always_authenticate;
            let closed = self.face().closed.is_some();
            for object in own {
                // A key that cannot be used is not shown.
                if closed && object == ObjectKind::PrivateKey {
                    continue;
                }
                if matches(template, |kind| identity.attribute(object, kind, always)) {
                    found.push(object.handle(insertion));
                }
            }
        }
        let authorities = (0..ObjectKind::MAX_AUTHORITIES).map(ObjectKind::Authority);
        if authorities.clone().any(|object| searched(&object)) && self.wants_authorities(template) {
            let known = self.authorities(module)?;
            for (object, authority) in authorities.zip(known.iter()) {
                if matches(template, |kind| authority.attribute(object, kind)) {
                    found.push(object.handle(insertion));
                }
            }
        }
        Ok(found)
    }

    /// Authorities' certificates are read for whoever may mean them: not for a search by CKA_ID,
    /// with which clients look for a key or its certificate.
    fn wants_authorities(&self, template: &[Wanted]) -> bool {
        matches!(wanted_class(template), None | Some(ck::CKO_CERTIFICATE))
    }

    /// An attribute of an object that was found before.
    ///
    /// # Errors
    ///
    /// [`Error::ObjectHandleInvalid`] for an object that does not exist, or not for this user.
    pub fn attributes(
        &self,
        handle: CK_OBJECT_HANDLE,
    ) -> Result<impl Fn(ck::CK_ATTRIBUTE_TYPE) -> Value + use<>, Error> {
        let face = self.face();
        let object = ObjectKind::of_handle(handle, face.insertion);
        let object = object.ok_or(Error::ObjectHandleInvalid)?;
        if object == ObjectKind::PrivateKey && face.login != Some(User::Holder) {
            return Err(Error::ObjectHandleInvalid);
        }
        let always = face.always_authenticate;
        let identity = face.identity.clone();
        let authorities = face.authorities.clone();
        drop(face);
        let there = match object {
            ObjectKind::Authority(place) => authorities
                .as_ref()
                .is_some_and(|known| known.len() > usize::from(place)),
            _ => identity.is_some(),
        };
        if !there {
            return Err(Error::ObjectHandleInvalid);
        }
        Ok(move |kind| match object {
            ObjectKind::Authority(place) => authorities
                .as_ref()
                .and_then(|known| known.get(usize::from(place)))
                .map_or(Value::Absent, |authority| authority.attribute(object, kind)),
            _ => identity.as_ref().map_or(Value::Absent, |identity| {
                identity.attribute(object, kind, always)
            }),
        })
    }

    /// The kind of key on the card. Where the generation does not tell, the certificate is read.
    ///
    /// # Errors
    ///
    /// As [`Slot::with_card`].
    pub fn keys(&self, module: &Module) -> Result<(Option<KeyFamily>, Option<KeyType>), Error> {
        let (profile, known) = {
            let face = self.face();
            let known = face.identity.as_ref();
            (face.profile()?, known.map(|it| it.public.key_type()))
        };
        if let Some(key) = known {
            return Ok((mechanism::family(key), Some(key)));
        }
        if profile.signing.keys.is_some() {
            return Ok((profile.signing.keys, None));
        }
        let key = self.identity(module)?.map(|it| it.public.key_type());
        Ok((key.and_then(mechanism::family), key))
    }
}

/// The flags of a token that depend on its card, from what is known of it.
pub fn card_flags(face: &Face) -> CK_FLAGS {
    let mut flags = ck::CKF_TOKEN_INITIALIZED;
    if face.may_log_in() {
        flags |= ck::CKF_LOGIN_REQUIRED | ck::CKF_USER_PIN_INITIALIZED;
    }
    let tries = face.pin.tries_left().map(|tries| tries.0);
    flags |= match (face.pin, tries) {
        (PinState::Locked, _) => ck::CKF_USER_PIN_LOCKED,
        (_, Some(1)) => ck::CKF_USER_PIN_FINAL_TRY | ck::CKF_USER_PIN_COUNT_LOW,
        (_, Some(tries)) if tries < FULL_TRIES => ck::CKF_USER_PIN_COUNT_LOW,
        _ => 0,
    };
    if matches!(face.pin, PinState::NotActivated { .. }) {
        flags |= ck::CKF_USER_PIN_TO_BE_CHANGED;
    }
    flags
}

/// What a PIN has after it was entered right, as published; fewer means that one was wrong since.
const FULL_TRIES: u8 = 5;

/// What an error in talking to the card means to a client.
pub fn lost_or_failed(error: &ExchangeError) -> Error {
    match error {
        ExchangeError::Channel(error) if error.is_gone() => Error::DeviceRemoved,
        error => {
            log::warn!("the card could not be talked to: {error}");
            Error::DeviceError
        }
    }
}

fn matches(template: &[Wanted], attribute: impl Fn(ck::CK_ATTRIBUTE_TYPE) -> Value) -> bool {
    template
        .iter()
        .all(|wanted| attribute(wanted.kind) == Value::Bytes(wanted.value.clone()))
}
