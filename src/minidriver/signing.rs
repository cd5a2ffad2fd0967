//! Signatures: from what `CardSignData` is given to what a card is asked, and the bytes in the order
//! in which Windows takes them.

use siru_card::{Hash, KeyType, PublicKey, Purpose, SignError, SignatureRequest};
use windows_sys::Win32::Security::Cryptography as crypto;

use crate::container::{CONTAINER, key_spec_fits};
use crate::context::Minidriver;
use crate::error::Error;

/// How the caller wants the digest padded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Padding {
    /// As `aiHashAlg` says; 0 for data that says itself what it is.
    ByAlgorithm(u32),
    /// Not at all, for keys on a curve.
    Nothing,
    /// RSASSA-PKCS1-v1_5 with this hash function; `None` for data that says itself what it is.
    Pkcs1(Option<String>),
    /// RSASSA-PSS with this hash function and a salt of so many bytes.
    Pss(String, u32),
}

/// What is to be signed (`CARD_SIGNING_INFO`).
#[derive(Clone, Debug)]
pub struct SigningOrder<'a> {
    /// Which container.
    pub container: u8,
    /// Which of its keys.
    pub key_spec: u32,
    /// `dwSigningFlags`.
    pub flags: u32,
    /// The padding.
    pub padding: Padding,
    /// The digest.
    pub data: &'a [u8],
}

impl Minidriver {
    /// How many bytes the signature will have, without asking the card for it.
    ///
    /// # Errors
    ///
    /// What is wrong with the order.
    pub fn signature_length(&mut self, order: &SigningOrder<'_>) -> Result<usize, Error> {
        Ok(self.key_of(order)?.signature_length())
    }

    /// `CardSignData`: one signature, confirmed by the certificate's key. RSA: little-endian; on a
    /// curve: r and s, each big-endian.
    ///
    /// # Errors
    ///
    /// [`Error::SecurityViolation`] when the PIN has to be presented first, by this caller: what another
    /// program left verified, or a service that ended, signs nothing for it. (A reset that the caller
    /// has accepted without a word to this module cannot be known.) No error costs a try.
    pub fn sign(&mut self, order: &SigningOrder<'_>) -> Result<Vec<u8>, Error> {
        let public = self.key_of(order)?;
        let key = public.key_type();
        let request = request(order, key)?;
        if !self.may_sign {
            return Err(Error::SecurityViolation);
        }
        let signed = self.card.sign(Purpose::Authentication, &public, &request);
        if let Err(SignError::NotVerified | SignError::CardReset) = signed {
            self.may_sign = false;
        }
        let mut signature = signed.map_err(refused)?;
        if matches!(key, KeyType::Rsa { .. }) {
            signature.reverse();
        }
        Ok(signature)
    }

    fn key_of(&mut self, order: &SigningOrder<'_>) -> Result<PublicKey, Error> {
        if order.container != CONTAINER {
            return Err(Error::NoKeyContainer);
        }
        let unsupported = crypto::CRYPT_TYPE2_FORMAT | crypto::CRYPT_X931_FORMAT;
        if order.flags & unsupported != 0 {
            return Err(Error::UnsupportedFeature);
        }
        if order.flags & !KNOWN_FLAGS != 0 {
            return Err(Error::InvalidParameter);
        }
        let public = self.identity()?.public;
        if key_spec_fits(public.key_type(), order.key_spec) {
            Ok(public)
        } else {
            Err(Error::InvalidParameter)
        }
    }
}

fn request(order: &SigningOrder<'_>, key: KeyType) -> Result<SignatureRequest, Error> {
    let data = order.data;
    if !matches!(key, KeyType::Rsa { .. }) {
        return match order.padding {
            Padding::ByAlgorithm(_) | Padding::Nothing => {
                SignatureRequest::ecdsa(key, data).ok_or(Error::InvalidParameter)
            }
            Padding::Pkcs1(_) | Padding::Pss(..) => Err(Error::InvalidParameter),
        };
    }
    let hash = match &order.padding {
        Padding::Pss(name, salt) => {
            let hash = hash_named(name).ok_or(Error::UnsupportedFeature)?;
            // The card has one form of PSS only, in which the salt is as long as the digest.
            let usual = usize::try_from(*salt).is_ok_and(|salt| salt == hash.length());
            let possible = matches!(hash, Hash::Sha256 | Hash::Sha384 | Hash::Sha512);
            if !usual || !possible {
                return Err(Error::UnsupportedFeature);
            }
            return SignatureRequest::rsa_pss(hash, data).ok_or(Error::InvalidParameter);
        }
        Padding::Nothing => return Err(Error::UnsupportedFeature),
        Padding::Pkcs1(name) => name.as_deref().map(hash_named),
        Padding::ByAlgorithm(0) => None,
        Padding::ByAlgorithm(algorithm) => Some(hash_numbered(*algorithm)),
    };
    match hash {
        Some(Some(hash)) if order.flags & crypto::CRYPT_NOHASHOID == 0 => {
            SignatureRequest::rsa_pkcs1(hash, data).ok_or(Error::InvalidParameter)
        }
        Some(None) => Err(Error::UnsupportedFeature),
        _ => digest_info(data).ok_or(Error::UnsupportedFeature),
    }
}

/// Data that says itself which hash function it is from (RFC 8017 §9.2, DigestInfo). The card pads
/// nothing else: the bare digests of TLS before 1.2 cannot be signed with it.
fn digest_info(data: &[u8]) -> Option<SignatureRequest> {
    Hash::ALL.into_iter().find_map(|hash| {
        let digest = data.strip_prefix(hash.digest_info_prefix())?;
        SignatureRequest::rsa_pkcs1(hash, digest)
    })
}

/// A hash function by its name in *Cryptography API: Next Generation*.
fn hash_named(name: &str) -> Option<Hash> {
    match name {
        "SHA1" => Some(Hash::Sha1),
        "SHA256" => Some(Hash::Sha256),
        "SHA384" => Some(Hash::Sha384),
        "SHA512" => Some(Hash::Sha512),
        _ => None,
    }
}

/// A hash function by its number in *CryptoAPI*.
const fn hash_numbered(algorithm: u32) -> Option<Hash> {
    match algorithm {
        crypto::CALG_SHA1 => Some(Hash::Sha1),
        crypto::CALG_SHA_256 => Some(Hash::Sha256),
        crypto::CALG_SHA_384 => Some(Hash::Sha384),
        crypto::CALG_SHA_512 => Some(Hash::Sha512),
        _ => None,
    }
}

fn refused(error: SignError) -> Error {
    match error {
        SignError::NotVerified => Error::SecurityViolation,
        // Not the same: the caller has to accept the reset before anything else, a PIN included.
        SignError::CardReset => Error::CardReset,
        SignError::NotPossible => Error::UnsupportedFeature,
        SignError::Unreachable(error) => (&error).into(),
        error => {
            log::warn!("the card has not signed: {error}");
            Error::Communication
        }
    }
}

/// The flags that mean something here.
const KNOWN_FLAGS: u32 =
    crypto::CARD_PADDING_INFO_PRESENT | crypto::CARD_BUFFER_SIZE_ONLY | crypto::CRYPT_NOHASHOID;
