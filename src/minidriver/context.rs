//! One acquired card: what Windows calls a card context.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use siru_card::{Access, CardCertificate, FineidCard, LogOut, PinRole, PublicKey, Purpose};

use crate::channel::{HandleChannel, SharedHandle};
use crate::error::Error;
use crate::service::Service;
use crate::settings::Settings;

/// A card that `CardAcquireContext` recognised, until `CardDeleteContext`.
pub struct Minidriver {
    pub(crate) card: FineidCard,
    pub(crate) settings: Settings,
    handle: SharedHandle,
    identity: Option<Identity>,
    authorities: Option<Vec<CardCertificate>>,
    /// PIN1 was presented by this caller, and the card has not been made to forget it.
    pub(crate) verified: bool,
}

/// The certificate for log-in and its key.
#[derive(Clone)]
pub struct Identity {
    /// The certificate, DER.
    pub certificate: Arc<[u8]>,
    /// The key in it.
    pub public: PublicKey,
}

impl Minidriver {
    /// Opens the card behind the caller's handle. No code is presented and no try is used.
    ///
    /// # Errors
    ///
    /// [`Error::UnknownCard`] for every card whose key cannot be used for log-ins.
    pub fn acquire(
        service: Arc<dyn Service>,
        handle: usize,
        settings: Settings,
    ) -> Result<Self, Error> {
        let handle = Arc::new(AtomicUsize::new(handle));
        let channel = HandleChannel::new(service, Arc::clone(&handle))?;
        let card = FineidCard::open(Box::new(channel))?;
        if let Access::ReadOnly(reason) = card.access() {
            log::info!("the card is only looked at ({reason:?}), so nobody logs in with it");
            return Err(Error::UnknownCard);
        }
        Ok(Self {
            card,
            settings,
            handle,
            identity: None,
            authorities: None,
            verified: false,
        })
    }

    /// Takes the handle of a call. Behind another one than before there must be the same card.
    ///
    /// # Errors
    ///
    /// [`Error::CardRemoved`] for another card.
    pub fn use_handle(&mut self, handle: usize) -> Result<(), Error> {
        let before = self.handle.swap(handle, Ordering::Relaxed);
        if before == handle {
            return Ok(());
        }
        match self.card.refresh() {
            Ok(_) => Ok(()),
            Err(error) => {
                // Asked again with the same handle, the answer must be the same.
                self.handle.store(before, Ordering::Relaxed);
                Err(error.into())
            }
        }
    }

    /// The certificate for log-in and its key, read from the card once.
    ///
    /// # Errors
    ///
    /// [`Error::NoKeyContainer`] when the card has none that can be read.
    pub fn identity(&mut self) -> Result<Identity, Error> {
        if let Some(identity) = &self.identity {
            return Ok(identity.clone());
        }
        let found = self.card.identity_certificate(Purpose::Authentication)?;
        let (certificate, public) = found.ok_or(Error::NoKeyContainer)?;
        let identity = Identity {
            certificate: certificate.der.into(),
            public,
        };
        self.identity = Some(identity.clone());
        Ok(identity)
    }

    /// The certificates of the authorities on the card, read once.
    ///
    /// # Errors
    ///
    /// [`Error`] when the card could not be read.
    pub fn authorities(&mut self) -> Result<&[CardCertificate], Error> {
        if self.authorities.is_none() {
            self.authorities = Some(self.card.authority_certificates()?);
        }
        Ok(self.authorities.as_deref().unwrap_or_default())
    }

    /// The card's serial number, as its bytes are read.
    pub fn serial(&self) -> Vec<u8> {
        let serial = self.card.identity().serial();
        serial.map_or_else(Vec::new, |serial| serial.to_string().into_bytes())
    }

    /// `CardDeauthenticate`: the card forgets PIN1, and says so itself or is reset.
    ///
    /// # Errors
    ///
    /// [`Error::UnsupportedFeature`] when the card may keep it: the caller resets the card then.
    pub fn deauthenticate(&mut self) -> Result<(), Error> {
        match self.card.log_out(PinRole::Authentication) {
            LogOut::Forgotten | LogOut::Gone => {
                self.verified = false;
                Ok(())
            }
            LogOut::Unconfirmed => {
                log::warn!("the card may go on taking the PIN as entered");
                Err(Error::UnsupportedFeature)
            }
        }
    }
}

impl Drop for Minidriver {
    /// A caller that has its context deleted without deauthenticating leaves no verified PIN behind.
    fn drop(&mut self) {
        if self.verified {
            let _told_in_the_log = self.deauthenticate();
        }
    }
}
