//! Log-in with a card: PIN1 stays verified between the person's entry and the end of the log-in, and
//! the keys sign meanwhile. What a middleware does, in contrast to checking a PIN.
//!
//! A connection ends with the removal of its card and tells of every reset by another program, so
//! work on one connection is work on one card: nothing is read again to know that.

use siru_apdu::select::FilePath;
use siru_apdu::{ChannelError, Conversation};

use crate::access::Access;
use crate::card::{FineidCard, begin_on_same_card};
use crate::certificate::{CardCertificate, Purpose};
use crate::error::ReadError;
use crate::file::{self, Extent};
use crate::pin::{self, Afterwards, Consent, LogOut, Pin, PinOutcome, PinRequest, PinRole};
use crate::profile::KeyReference;
use crate::sign::{self, Key, PublicKey, SignError, SignatureRequest};

impl FineidCard {
    /// Presents PIN1 or PIN2 and leaves it verified on the card, for [`FineidCard::sign`]. Whoever
    /// calls this owes a [`FineidCard::log_out`].
    ///
    /// The laws are those of [`FineidCard::perform`]: at most one presentation, the counter read in
    /// the same transaction, a consent for the last try.
    pub fn log_in(&mut self, role: PinRole, pin: Pin, consent: Consent) -> PinOutcome {
        let seen = self.identity.clone();
        let request = PinRequest::check(role, pin);
        self.present(request, &seen, consent, Afterwards::StayVerified)
    }

    /// Makes the card forget a PIN, and says whether it surely has.
    pub fn log_out(&mut self, role: PinRole) -> LogOut {
        self.environment = None;
        pin::log_out(self.channel.as_mut(), self.profile, role)
    }

    /// Whether a PIN is verified at the moment; `None` when the card does not say. One exchange, and
    /// no try is used.
    pub fn is_verified(&mut self, role: PinRole) -> Option<bool> {
        pin::is_verified(self.channel.as_mut(), self.profile, role)
    }

    /// Signs with the key for `purpose`, whose certificate carries `public`. The PIN must have been
    /// presented by [`FineidCard::log_in`]; a signature that `public` does not confirm is not
    /// returned.
    ///
    /// # Errors
    ///
    /// [`SignError::NotVerified`] and [`SignError::CardReset`] when the card wants the PIN. No error
    /// costs a try.
    pub fn sign(
        &mut self,
        purpose: Purpose,
        public: &PublicKey,
        request: &SignatureRequest,
    ) -> Result<Vec<u8>, SignError> {
        let key = self.key(purpose).ok_or(SignError::NotPossible)?;
        let (channel, environment) = (self.channel.as_mut(), &mut self.environment);
        sign::sign(channel, environment, key, public, request)
    }

    /// Reads the certificate for `purpose` with its key, and sets the card up for the first
    /// signature. `None` when there is no readable one.
    ///
    /// # Errors
    ///
    /// [`ReadError`] when the card could not be talked to or was swapped.
    pub fn identity_certificate(
        &mut self,
        purpose: Purpose,
    ) -> Result<Option<(CardCertificate, PublicKey)>, ReadError> {
        let files = &self.profile.files;
        let path = match purpose {
            Purpose::Authentication => files.authentication_certificate,
            Purpose::Signature => files.signature_certificate,
            Purpose::CertificateAuthority => return Ok(None),
        };
        let found = match self.continue_reading(&FilePath::new(path), purpose)? {
            Some(found) => Some(found),
            None => self.certificate(purpose)?,
        };
        let Some(found) = found else { return Ok(None) };
        self.learn_kind([&found].into_iter());
        let Some(public) = PublicKey::of_certificate(&found.der) else {
            log::warn!("the certificate carries a key of an unknown kind");
            return Ok(None);
        };
        if purpose == Purpose::Authentication {
            self.set_up(&public)?;
        }
        Ok(Some((found, public)))
    }

    /// Reads the certificates of the authorities: from where the generation keeps them, or where
    /// the card's directory says they lie.
    ///
    /// # Errors
    ///
    /// [`ReadError`] when the card could not be talked to or was swapped.
    pub fn authority_certificates(&mut self) -> Result<Vec<CardCertificate>, ReadError> {
        let purpose = Purpose::CertificateAuthority;
        let mut found = Vec::new();
        for path in self.profile.files.authorities {
            found.extend(self.continue_reading(&FilePath::new(path), purpose)?);
        }
        if found.is_empty() {
            found = self.certificates()?;
            found.retain(|found| found.purpose == purpose);
        }
        Ok(found)
    }

    /// Reads a file where this connection left the card, or else from the beginning.
    fn continue_reading(
        &mut self,
        path: &FilePath,
        purpose: Purpose,
    ) -> Result<Option<CardCertificate>, ReadError> {
        let limit = file::MAX_CERTIFICATE;
        if self.channel.is_bound_to_card() {
            match Conversation::begin(self.channel.as_mut()) {
                Ok(mut conversation) => {
                    if let Some(der) = file::read(&mut conversation, path, Extent::Object, limit)? {
                        return Ok(CardCertificate::from_file(der, Some(purpose)));
                    }
                }
                Err(ChannelError::CardReset) => {}
                Err(error) => return Err(error.into()),
            }
        }
        self.environment = None;
        let mut conversation =
            begin_on_same_card(self.channel.as_mut(), self.profile, &self.identity)?;
        let content = file::read(&mut conversation, path, Extent::Object, limit)?;
        Ok(content.and_then(|der| CardCertificate::from_file(der, Some(purpose))))
    }

    /// Sets algorithm and key for the log-in that is likely to follow.
    fn set_up(&mut self, public: &PublicKey) -> Result<(), ReadError> {
        let Some(key) = self.key(Purpose::Authentication) else {
            return Ok(());
        };
        let mut conversation = match Conversation::begin(self.channel.as_mut()) {
            Ok(conversation) => conversation,
            // The next signature will set it up.
            Err(ChannelError::CardReset) => return Ok(()),
            Err(error) => return Err(error.into()),
        };
        self.environment = sign::prepare(&mut conversation, key, public.usual_algorithm())?;
        Ok(())
    }

    /// How commands reach the key for `purpose`; `None` on a card that is only looked at.
    fn key(&self, purpose: Purpose) -> Option<Key> {
        if self.access != Access::Full {
            return None;
        }
        let facts = &self.profile.signing;
        let of = |reference: KeyReference, application| Key {
            reference,
            digest: facts.digest,
            application,
        };
        match purpose {
            Purpose::Authentication => Some(of(facts.authentication_key, None)),
            Purpose::Signature => Some(of(facts.signature_key, facts.signature_application)),
            Purpose::CertificateAuthority => None,
        }
    }
}
