//! The key in a certificate: what a signature of the card is checked against before anyone gets it.

use der::{Decode, Encode};
use p256::ecdsa::signature::hazmat::PrehashVerifier;
use rsa::pkcs8::DecodePublicKey;
use rsa::traits::PublicKeyParts;
use rsa::{Pkcs1v15Sign, Pss};
use sha2::{Sha256, Sha384, Sha512};

use super::algorithm::{Hash, SignatureAlgorithm};
use super::request::SignatureRequest;
use crate::certificate::KeyType;

/// The public half of a key on a card.
#[derive(Clone, Debug)]
pub struct PublicKey {
    /// SubjectPublicKeyInfo, DER.
    info: Vec<u8>,
    numbers: Numbers,
}

#[derive(Clone, Debug)]
enum Numbers {
    Rsa(Box<rsa::RsaPublicKey>),
    P256(Box<p256::ecdsa::VerifyingKey>),
    P384(Box<p384::ecdsa::VerifyingKey>),
}

impl PublicKey {
    /// The key in a certificate (DER). `None` for a kind no supported card has.
    pub fn of_certificate(der: &[u8]) -> Option<Self> {
        let certificate = x509_cert::Certificate::from_der(der).ok()?;
        let info = certificate
            .tbs_certificate()
            .subject_public_key_info()
            .to_der()
            .ok()?;
        let numbers = if let Ok(key) = rsa::RsaPublicKey::from_public_key_der(&info) {
            Numbers::Rsa(Box::new(key))
        } else if let Ok(key) = p384::ecdsa::VerifyingKey::from_public_key_der(&info) {
            Numbers::P384(Box::new(key))
        } else {
            let key = p256::ecdsa::VerifyingKey::from_public_key_der(&info).ok()?;
            Numbers::P256(Box::new(key))
        };
        Some(Self { info, numbers })
    }

    /// Which kind it is.
    pub fn key_type(&self) -> KeyType {
        match &self.numbers {
            Numbers::Rsa(key) => KeyType::Rsa {
                bits: usize::try_from(key.n().bits()).unwrap_or_default(),
            },
            Numbers::P256(_) => KeyType::P256,
            Numbers::P384(_) => KeyType::P384,
        }
    }

    /// SubjectPublicKeyInfo, DER.
    pub fn info(&self) -> &[u8] {
        &self.info
    }

    /// How many bytes its signatures have: the modulus, or r and s.
    pub fn signature_length(&self) -> usize {
        match &self.numbers {
            Numbers::Rsa(key) => key.size(),
            Numbers::P256(_) => 64,
            Numbers::P384(_) => 96,
        }
    }

    /// Modulus and public exponent of an RSA key, big-endian, without leading zeros.
    pub fn rsa_numbers(&self) -> Option<(Vec<u8>, Vec<u8>)> {
        match &self.numbers {
            Numbers::Rsa(key) => Some((key.n_bytes().to_vec(), key.e_bytes().to_vec())),
            Numbers::P256(_) | Numbers::P384(_) => None,
        }
    }

    /// The point of a key on a curve, uncompressed (SEC 1 §2.3.3).
    pub fn point(&self) -> Option<Vec<u8>> {
        match &self.numbers {
            Numbers::Rsa(_) => None,
            Numbers::P256(key) => Some(key.to_sec1_point(false).as_bytes().to_vec()),
            Numbers::P384(key) => Some(key.to_sec1_point(false).as_bytes().to_vec()),
        }
    }

    /// Whether `signature` is one of what `request` asked for, by this key.
    pub fn confirms(&self, request: &SignatureRequest, signature: &[u8]) -> bool {
        let digest = &request.digest;
        match (&self.numbers, request.algorithm) {
            (Numbers::Rsa(key), SignatureAlgorithm::RsaPkcs1(hash)) => {
                let scheme = Pkcs1v15Sign {
                    hash_len: Some(hash.length()),
                    prefix: hash.digest_info_prefix().into(),
                };
                key.verify(scheme, digest, signature).is_ok()
            }
            (Numbers::Rsa(key), SignatureAlgorithm::RsaPss(hash)) => match hash {
                Hash::Sha256 => key.verify(Pss::<Sha256>::new(), digest, signature).is_ok(),
                Hash::Sha384 => key.verify(Pss::<Sha384>::new(), digest, signature).is_ok(),
                Hash::Sha512 => key.verify(Pss::<Sha512>::new(), digest, signature).is_ok(),
                Hash::Sha1 | Hash::Sha224 => false,
            },
            (Numbers::P256(key), SignatureAlgorithm::Ecdsa(_)) => {
                p256::ecdsa::Signature::from_slice(signature)
                    .is_ok_and(|signature| key.verify_prehash(digest, &signature).is_ok())
            }
            (Numbers::P384(key), SignatureAlgorithm::Ecdsa(_)) => {
                p384::ecdsa::Signature::from_slice(signature)
                    .is_ok_and(|signature| key.verify_prehash(digest, &signature).is_ok())
            }
            _ => false,
        }
    }

    /// Whether the card's signature scheme and this key belong together.
    pub(super) fn fits(&self, algorithm: SignatureAlgorithm) -> bool {
        matches!(
            (&self.numbers, algorithm),
            (
                Numbers::Rsa(_),
                SignatureAlgorithm::RsaPkcs1(_) | SignatureAlgorithm::RsaPss(_)
            ) | (Numbers::P256(_), SignatureAlgorithm::Ecdsa(Hash::Sha256))
                | (Numbers::P384(_), SignatureAlgorithm::Ecdsa(Hash::Sha384))
        )
    }

    /// The algorithm most log-ins ask of such a key.
    pub(crate) const fn usual_algorithm(&self) -> SignatureAlgorithm {
        match self.numbers {
            Numbers::Rsa(_) => SignatureAlgorithm::RsaPss(Hash::Sha256),
            Numbers::P256(_) => SignatureAlgorithm::Ecdsa(Hash::Sha256),
            Numbers::P384(_) => SignatureAlgorithm::Ecdsa(Hash::Sha384),
        }
    }
}
