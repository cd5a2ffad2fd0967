//! A [`CardKey`] behind the traits of rustls.

use std::sync::{Arc, Mutex, PoisonError};

use rustls::sign::{Signer, SigningKey};
use rustls::{Error, SignatureAlgorithm, SignatureScheme};
use siru_card::KeyType;

use super::encoding::wrapped;
use super::{CardKey, Hash, Mechanism};
use crate::verdict::{BrokenLink, Protocol};

/// Why the key did not sign; rustls could only carry it as text.
#[derive(Clone, Debug, Default)]
pub(crate) struct Fault(Arc<Mutex<Option<BrokenLink>>>);

impl Fault {
    /// The reason, if there is one.
    pub fn take(&self) -> Option<BrokenLink> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    fn set(&self, link: BrokenLink) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(link);
    }
}

/// The key, for one version of the protocol.
#[derive(Debug)]
pub(super) struct Adapter {
    key: Arc<dyn CardKey>,
    protocol: Protocol,
    fault: Fault,
}

impl Adapter {
    pub fn new(key: Arc<dyn CardKey>, protocol: Protocol, fault: Fault) -> Self {
        Self {
            key,
            protocol,
            fault,
        }
    }

    /// What the key can sign, what browsers prefer first. Both paddings of RSA are met that way:
    /// TLS 1.3 knows only PSS, and Chromium signs TLS 1.2 with PKCS #1 v1.5 whatever else there is.
    fn schemes(&self) -> &'static [SignatureScheme] {
        match (self.key.kind(), self.protocol) {
            (KeyType::P384, _) => &[SignatureScheme::ECDSA_NISTP384_SHA384],
            (KeyType::P256, _) => &[SignatureScheme::ECDSA_NISTP256_SHA256],
            (KeyType::Rsa { .. }, Protocol::Tls13) => &[
                SignatureScheme::RSA_PSS_SHA256,
                SignatureScheme::RSA_PSS_SHA384,
                SignatureScheme::RSA_PSS_SHA512,
            ],
            (KeyType::Rsa { .. }, Protocol::Tls12) => &[
                SignatureScheme::RSA_PKCS1_SHA256,
                SignatureScheme::RSA_PKCS1_SHA384,
                SignatureScheme::RSA_PKCS1_SHA512,
            ],
            (KeyType::Unknown, _) => &[],
        }
    }
}

impl SigningKey for Adapter {
    fn choose_scheme(&self, offered: &[SignatureScheme]) -> Option<Box<dyn Signer>> {
        let scheme = *self
            .schemes()
            .iter()
            .find(|scheme| offered.contains(scheme))?;
        Some(Box::new(OneSignature {
            key: Arc::clone(&self.key),
            scheme,
            fault: self.fault.clone(),
        }))
    }

    fn algorithm(&self) -> SignatureAlgorithm {
        match self.key.kind() {
            KeyType::Rsa { .. } => SignatureAlgorithm::RSA,
            _ => SignatureAlgorithm::ECDSA,
        }
    }
}

#[derive(Debug)]
struct OneSignature {
    key: Arc<dyn CardKey>,
    scheme: SignatureScheme,
    fault: Fault,
}

impl Signer for OneSignature {
    fn sign(&self, message: &[u8]) -> Result<Vec<u8>, Error> {
        let failed = || Error::General("the key did not sign".to_owned());
        let (mechanism, hash) = mechanism(self.scheme).ok_or_else(failed)?;
        let signature = self
            .key
            .sign(mechanism, &hash.digest(message))
            .map_err(|link| {
                self.fault.set(link);
                failed()
            })?;
        match mechanism {
            Mechanism::Ecdsa => wrapped(&signature).ok_or_else(failed),
            Mechanism::Pkcs1(_) | Mechanism::Pss(_) => Ok(signature),
        }
    }

    fn scheme(&self) -> SignatureScheme {
        self.scheme
    }
}

const fn mechanism(scheme: SignatureScheme) -> Option<(Mechanism, Hash)> {
    Some(match scheme {
        SignatureScheme::ECDSA_NISTP256_SHA256 => (Mechanism::Ecdsa, Hash::Sha256),
        SignatureScheme::ECDSA_NISTP384_SHA384 => (Mechanism::Ecdsa, Hash::Sha384),
        SignatureScheme::RSA_PKCS1_SHA256 => (Mechanism::Pkcs1(Hash::Sha256), Hash::Sha256),
        SignatureScheme::RSA_PKCS1_SHA384 => (Mechanism::Pkcs1(Hash::Sha384), Hash::Sha384),
        SignatureScheme::RSA_PKCS1_SHA512 => (Mechanism::Pkcs1(Hash::Sha512), Hash::Sha512),
        SignatureScheme::RSA_PSS_SHA256 => (Mechanism::Pss(Hash::Sha256), Hash::Sha256),
        SignatureScheme::RSA_PSS_SHA384 => (Mechanism::Pss(Hash::Sha384), Hash::Sha384),
        SignatureScheme::RSA_PSS_SHA512 => (Mechanism::Pss(Hash::Sha512), Hash::Sha512),
        _ => return None,
    })
}
