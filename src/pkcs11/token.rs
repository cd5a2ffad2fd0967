//! A token: what is read from the card in a slot, once while it is in, and what is told of it.

use std::sync::Arc;

use cryptoki_sys as ck;
use cryptoki_sys::{CK_FLAGS, CK_OBJECT_HANDLE};
use siru_card::profile::KeyFamily;
use siru_card::{FineidCard, KeyType, PinRole, PinState, Purpose, ReadError};

use crate::attribute::{Value, Wanted};
use crate::error::Error;
use crate::mechanism;
use crate::module::Module;
use crate::object::{Authority, Identity, ObjectKind};
use crate::slot::{Face, Slot, User};
use crate::visit::Visit;

impl Slot {
    /// Which PIN opens the key.
    pub const fn role(&self) -> PinRole {
        match self.purpose {
            Purpose::Signature => PinRole::Signature,
            _ => PinRole::Authentication,
        }
    }

    /// Reads the identity of the card, the first time it is asked for.
    ///
    /// # Errors
    ///
    /// As [`Slot::visit`]; a card without a readable certificate has no identity, which is none.
    pub fn identity(
        &self,
        module: &Module,
        insertion: u32,
    ) -> Result<Option<Arc<Identity>>, Error> {
        let face = self.face_of(insertion).ok_or(Error::DeviceRemoved)?;
        if let Some(read) = &face.identity {
            return Ok(read.clone());
        }
        drop(face);
        let mut visit = self.visit(module, insertion)?;
        let found = visit.read(|card| card.identity_certificate(self.purpose))?;
        let identity = found.and_then(|(certificate, public)| {
            Identity::new(certificate, public, self.identity_label()).map(Arc::new)
        });
        visit.note(|face| face.identity = Some(identity.clone()));
        Ok(identity)
    }

    /// Reads the certificates of the authorities, the first time they are asked for.
    ///
    /// # Errors
    ///
    /// As [`Slot::visit`].
    pub fn authorities(
        &self,
        module: &Module,
        insertion: u32,
    ) -> Result<Arc<Vec<Authority>>, Error> {
        let face = self.face_of(insertion).ok_or(Error::DeviceRemoved)?;
        if let Some(authorities) = &face.authorities {
            return Ok(Arc::clone(authorities));
        }
        drop(face);
        let mut visit = self.visit(module, insertion)?;
        let found = visit.read(FineidCard::authority_certificates)?;
        let most = usize::from(ObjectKind::MAX_AUTHORITIES);
        let authorities: Vec<_> = found
            .into_iter()
            .filter_map(Authority::new)
            .take(most)
            .collect();
        let authorities = Arc::new(authorities);
        visit.note(|face| face.authorities = Some(Arc::clone(&authorities)));
        Ok(authorities)
    }

    /// The objects a search finds, reading only what it needs.
    ///
    /// # Errors
    ///
    /// As [`Slot::visit`].
    pub fn find(
        &self,
        module: &Module,
        insertion: u32,
        template: &[Wanted],
    ) -> Result<Vec<CK_OBJECT_HANDLE>, Error> {
        let holder = {
            let face = self.face_of(insertion).ok_or(Error::DeviceRemoved)?;
            face.profile()?;
            face.login == Some(User::Holder)
        };
        let searched = |kind: &ObjectKind| kind.may_match(self.purpose, template);
        let own: Vec<ObjectKind> = ObjectKind::OF_IDENTITY
            .into_iter()
            .filter(|kind| holder || *kind != ObjectKind::PrivateKey)
            .filter(searched)
            .collect();
        let mut found = Vec::new();
        if !own.is_empty()
            && let Some(identity) = self.identity(module, insertion)?
        {
            let (always, closed) = {
                let face = self.face_of(insertion).ok_or(Error::DeviceRemoved)?;
                (face.always_authenticate, face.closed.is_some())
            };
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
        if authorities.clone().any(|object| searched(&object)) {
            let known = self.authorities(module, insertion)?;
            for (object, authority) in authorities.zip(known.iter()) {
                if matches(template, |kind| authority.attribute(object, kind)) {
                    found.push(object.handle(insertion));
                }
            }
        }
        Ok(found)
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
        let identity = face.identity.clone().flatten();
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
    /// As [`Slot::visit`].
    pub fn keys(&self, module: &Module) -> Result<(Option<KeyFamily>, Option<KeyType>), Error> {
        let (known, insertion) = (self.known_keys()?, self.face().insertion);
        if known.0.is_some() {
            return Ok(known);
        }
        let identity = self.identity(module, insertion)?;
        let key = identity.map(|it| it.public.key_type());
        Ok((key.and_then(mechanism::family), key))
    }

    /// The same, as far as is known without asking the card.
    ///
    /// # Errors
    ///
    /// As [`Face::profile`].
    pub fn known_keys(&self) -> Result<(Option<KeyFamily>, Option<KeyType>), Error> {
        let face = self.face();
        let profile = face.profile()?;
        let identity = face.identity.as_ref().and_then(Option::as_ref);
        let known = identity.map(|it| it.public.key_type());
        Ok(match known {
            Some(key) => (mechanism::family(key), Some(key)),
            None => (profile.signing.keys, None),
        })
    }
}

impl Visit<'_> {
    /// Reads from the card, and takes note when it is gone.
    fn read<T>(
        &mut self,
        read: impl FnOnce(&mut FineidCard) -> Result<T, ReadError>,
    ) -> Result<T, Error> {
        match read(self.card()?) {
            Ok(value) => Ok(value),
            Err(ReadError::Unreachable(error)) => Err(self.doubt(&error)),
            Err(ReadError::AnotherCard) => Err(self.lose()),
            Err(error) => {
                log::warn!("the card cannot be read: {error}");
                Err(Error::DeviceError)
            }
        }
    }
}

/// The flags of a token that depend on its card, from what it told when it was last asked.
pub fn card_flags(face: &Face, role: PinRole) -> CK_FLAGS {
    let mut flags = ck::CKF_TOKEN_INITIALIZED;
    if face.may_log_in() {
        flags |= ck::CKF_LOGIN_REQUIRED | ck::CKF_USER_PIN_INITIALIZED;
    }
    let tries = face.pin.tries_left().map(|tries| tries.0);
    // After a right entry a PIN has all of these; fewer means that one was wrong since.
    let all = face.profile().map_or(0, |it| it.pin(role).max_tries.0);
    flags |= match (face.pin, tries) {
        (PinState::Locked, _) => ck::CKF_USER_PIN_LOCKED,
        (_, Some(1)) => ck::CKF_USER_PIN_FINAL_TRY | ck::CKF_USER_PIN_COUNT_LOW,
        (_, Some(tries)) if tries < all => ck::CKF_USER_PIN_COUNT_LOW,
        _ => 0,
    };
    if matches!(face.pin, PinState::NotActivated { .. }) {
        flags |= ck::CKF_USER_PIN_TO_BE_CHANGED;
    }
    flags
}

fn matches(template: &[Wanted], attribute: impl Fn(ck::CK_ATTRIBUTE_TYPE) -> Value) -> bool {
    template
        .iter()
        .all(|wanted| attribute(wanted.kind).is(&wanted.value))
}
