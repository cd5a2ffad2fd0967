//! The key of a certificate as the handshake needs it: one signature, made where the key is.

mod adapter;
mod encoding;

use std::fmt::Debug;
use std::sync::Arc;

use rustls::sign::CertifiedKey;
use sha2::{Digest, Sha256, Sha384, Sha512};
use siru_card::KeyType;

use crate::verdict::{BrokenLink, Protocol};

/// A private key that never leaves its place.
pub(crate) trait CardKey: Debug + Send + Sync {
    /// What kind of key it is, as its certificate says.
    fn kind(&self) -> KeyType;

    /// Signs a digest, once: as PKCS #1 puts it for RSA, as r and s without wrapping on a curve.
    fn sign(&self, mechanism: Mechanism, digest: &[u8]) -> Result<Vec<u8>, BrokenLink>;
}

/// How a digest is signed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mechanism {
    /// RSA with PKCS #1 v1.5 padding (RFC 8017, RSASSA-PKCS1-v1_5).
    Pkcs1(Hash),
    /// RSA-PSS with a salt as long as the digest.
    Pss(Hash),
    /// ECDSA.
    Ecdsa,
}

/// A hash function of TLS.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Hash {
    /// SHA-256
    Sha256,
    /// SHA-384
    Sha384,
    /// SHA-512
    Sha512,
}

impl Hash {
    fn digest(self, message: &[u8]) -> Vec<u8> {
        match self {
            Self::Sha256 => Sha256::digest(message).to_vec(),
            Self::Sha384 => Sha384::digest(message).to_vec(),
            Self::Sha512 => Sha512::digest(message).to_vec(),
        }
    }

    /// The digest inside a DigestInfo (RFC 8017, 9.2): what a module pads for PKCS #1 v1.5.
    pub fn digest_info(self, digest: &[u8]) -> Vec<u8> {
        let prefix = match self {
            Self::Sha256 => siru_card::Hash::Sha256,
            Self::Sha384 => siru_card::Hash::Sha384,
            Self::Sha512 => siru_card::Hash::Sha512,
        }
        .digest_info_prefix();
        [prefix, digest].concat()
    }
}

/// The certificates and the key as rustls takes them, for a handshake of one version of the
/// protocol; and where it leaves the reason when the key did not sign.
pub(crate) fn certified(
    certificates: Vec<Vec<u8>>,
    key: &Arc<dyn CardKey>,
    protocol: Protocol,
) -> (CertifiedKey, adapter::Fault) {
    let fault = adapter::Fault::default();
    let adapted = adapter::Adapter::new(Arc::clone(key), protocol, fault.clone());
    let certificates = certificates.into_iter().map(Into::into).collect();
    (CertifiedKey::new(certificates, Arc::new(adapted)), fault)
}
