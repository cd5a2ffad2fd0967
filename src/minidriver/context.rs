//! One acquired card: what Windows calls a card context.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use siru_card::{Access, CardCertificate, FineidCard, LogOut, PinRole, PublicKey, Purpose};

use crate::channel::{HandleChannel, SharedHandle, SharedResets};
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
    /// The last that this caller did with PIN1 was to present it, and the card took it.
    pub(crate) may_sign: bool,
    /// PIN1 may be verified because of this caller, and the card has not been made to forget it.
    pub(crate) owes_log_out: bool,
    resets: SharedResets,
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
        let resets = Arc::new(AtomicBool::new(true));
        let channel = HandleChannel::new(service, Arc::clone(&handle), Arc::clone(&resets))?;
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
            may_sign: false,
            owes_log_out: false,
            resets,
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

    /// `CardDeauthenticate`: the card forgets PIN1, and says so itself.
    ///
    /// # Errors
    ///
    /// [`Error::UnsupportedFeature`] when the card may keep it: the caller resets the card then
    /// (*CardDeauthenticateEx*), in its transaction, which a reset by this module would end.
    pub fn deauthenticate(&mut self) -> Result<(), Error> {
        self.resets.store(false, Ordering::Relaxed);
        let done = self.log_out();
        self.resets.store(true, Ordering::Relaxed);
        done
    }

    fn log_out(&mut self) -> Result<(), Error> {
        self.may_sign = false;
        match self.card.log_out(PinRole::Authentication) {
            LogOut::Forgotten | LogOut::Gone => {
                self.owes_log_out = false;
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
        if self.owes_log_out {
            // There is no transaction left that a reset could end.
            let _told_in_the_log = self.log_out();
        }
    }
}
