//! Private keys in software: what stands in for the chip's crypto processor.

use getrandom::SysRng;
use p256::ecdsa::signature::hazmat::PrehashSigner;
use rsa::pkcs8::{DecodePrivateKey, EncodePublicKey};
use rsa::rand_core::UnwrapErr;
use rsa::traits::PublicKeyParts;
use rsa::{Pkcs1v15Sign, Pss, RsaPrivateKey};
use sha2::{Sha224, Sha256, Sha384, Sha512};

/// A hash function, as the high nibble of FINEID's algorithm reference names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hash {
    /// Nibble 1.
    Sha1,
    /// Nibble 3.
    Sha224,
    /// Nibble 4.
    Sha256,
    /// Nibble 5.
    Sha384,
    /// Nibble 6.
    Sha512,
}

impl Hash {
    /// Bytes of a digest.
    pub fn length(self) -> usize {
        match self {
            Self::Sha1 => 20,
            Self::Sha224 => 28,
            Self::Sha256 => 32,
            Self::Sha384 => 48,
            Self::Sha512 => 64,
        }
    }

    /// Takes a DigestInfo apart. `None` for one of another hash, or a length that does not fit.
    pub fn unwrap(digest_info: &[u8]) -> Option<(Self, Vec<u8>)> {
        let all = [
            Self::Sha1,
            Self::Sha224,
            Self::Sha256,
            Self::Sha384,
            Self::Sha512,
        ];
        all.into_iter().find_map(|hash| {
            let digest = digest_info.strip_prefix(hash.digest_info_prefix().as_slice())?;
            (digest.len() == hash.length()).then(|| (hash, digest.to_vec()))
        })
    }

    /// What PKCS #1 puts before the digest (RFC 8017, 9.2, note 1).
    fn digest_info_prefix(self) -> Vec<u8> {
        let (total, algorithm): (u8, &[u8]) = match self {
            Self::Sha1 => (0x21, &[0x2B, 0x0E, 0x03, 0x02, 0x1A]),
            Self::Sha224 => (
                0x2D,
                &[0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x04],
            ),
            Self::Sha256 => (
                0x31,
                &[0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01],
            ),
            Self::Sha384 => (
                0x41,
                &[0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x02],
            ),
            Self::Sha512 => (
                0x51,
                &[0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x03],
            ),
        };
        let identifier =
            crate::encoding::sequence(&[crate::encoding::oid(algorithm), crate::encoding::null()]);
        let mut prefix = vec![0x30, total];
        prefix.extend_from_slice(&identifier);
        prefix.push(0x04);
        prefix.extend(u8::try_from(self.length()));
        prefix
    }
}

/// A signature scheme, as the low nibble of the algorithm reference names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheme {
    /// Nibble 2: RSA with PKCS #1 v1.5 padding.
    Pkcs1,
    /// Nibble 4: ECDSA, answered as r and s without wrapping.
    Ecdsa,
    /// Nibble 5: RSA-PSS with a salt as long as the digest.
    Pss,
}

/// Why a key cannot do what was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum KeyError {
    /// The bytes are no PKCS #8 key of a kind the cards use.
    #[error("not a private key")]
    Malformed,
    /// The key type and the scheme do not go together.
    #[error("the key cannot sign this way")]
    WrongScheme,
    /// The computation failed.
    #[error("the signature could not be made")]
    Failed,
}

/// A private key.
#[derive(Debug, Clone)]
pub enum SoftwareKey {
    /// RSA of any length.
    Rsa(Box<RsaPrivateKey>),
    /// Elliptic curve P-256.
    P256(p256::ecdsa::SigningKey),
    /// Elliptic curve P-384.
    P384(p384::ecdsa::SigningKey),
}

impl SoftwareKey {
    /// Reads an RSA key from PKCS #8 DER.
    ///
    /// # Errors
    ///
    /// [`KeyError::Malformed`] for anything else.
    pub fn rsa(pkcs8: &[u8]) -> Result<Self, KeyError> {
        let key = RsaPrivateKey::from_pkcs8_der(pkcs8).map_err(|_| KeyError::Malformed)?;
        Ok(Self::Rsa(Box::new(key)))
    }

    /// Reads a P-256 key from PKCS #8 DER.
    ///
    /// # Errors
    ///
    /// [`KeyError::Malformed`] for anything else.
    pub fn p256(pkcs8: &[u8]) -> Result<Self, KeyError> {
        let key = p256::SecretKey::from_pkcs8_der(pkcs8).map_err(|_| KeyError::Malformed)?;
        Ok(Self::P256(key.into()))
    }

    /// Reads a P-384 key from PKCS #8 DER.
    ///
    /// # Errors
    ///
    /// [`KeyError::Malformed`] for anything else.
    pub fn p384(pkcs8: &[u8]) -> Result<Self, KeyError> {
        let key = p384::SecretKey::from_pkcs8_der(pkcs8).map_err(|_| KeyError::Malformed)?;
        Ok(Self::P384(key.into()))
    }

    /// The public half as SubjectPublicKeyInfo DER.
    ///
    /// # Errors
    ///
    /// [`KeyError::Failed`] when the key cannot be encoded.
    pub fn public_key_info(&self) -> Result<Vec<u8>, KeyError> {
        let document = match self {
            Self::Rsa(key) => key.to_public_key().to_public_key_der(),
            Self::P256(key) => key.verifying_key().to_public_key_der(),
            Self::P384(key) => key.verifying_key().to_public_key_der(),
        };
        Ok(document.map_err(|_| KeyError::Failed)?.into_vec())
    }

    /// Bytes of a signature: the Le of PSO:CDS.
    pub fn signature_length(&self) -> usize {
        match self {
            Self::Rsa(key) => key.size(),
            Self::P256(_) => 64,
            Self::P384(_) => 96,
        }
    }

    /// Whether the key can sign by `scheme`.
    pub fn supports(&self, scheme: Scheme, hash: Hash) -> bool {
        match (self, scheme) {
            (Self::Rsa(_), Scheme::Pkcs1) => true,
            (Self::Rsa(_), Scheme::Pss) => hash != Hash::Sha1,
            (Self::Rsa(_), Scheme::Ecdsa) => false,
            (_, scheme) => scheme == Scheme::Ecdsa,
        }
    }

    /// Signs a digest.
    ///
    /// # Errors
    ///
    /// [`KeyError::WrongScheme`] when [`Self::supports`] is false, [`KeyError::Failed`] otherwise.
    pub fn sign(&self, scheme: Scheme, hash: Hash, digest: &[u8]) -> Result<Vec<u8>, KeyError> {
        if !self.supports(scheme, hash) {
            return Err(KeyError::WrongScheme);
        }
        match self {
            Self::Rsa(key) => sign_rsa(key, scheme, hash, digest).map_err(|_| KeyError::Failed),
            Self::P256(key) => {
                let signature: p256::ecdsa::Signature = key
                    .sign_prehash(&widened(digest, 32))
                    .map_err(|_| KeyError::Failed)?;
                Ok(signature.to_bytes().to_vec())
            }
            Self::P384(key) => {
                let signature: p384::ecdsa::Signature = key
                    .sign_prehash(&widened(digest, 48))
                    .map_err(|_| KeyError::Failed)?;
                Ok(signature.to_bytes().to_vec())
            }
        }
    }

    /// Signs a digest in the form certificates carry: ECDSA as a DER SEQUENCE.
    pub(crate) fn sign_certificate(&self, hash: Hash, digest: &[u8]) -> Result<Vec<u8>, KeyError> {
        match self {
            Self::Rsa(_) => self.sign(Scheme::Pkcs1, hash, digest),
            Self::P256(key) => {
                let signature: p256::ecdsa::Signature =
                    key.sign_prehash(digest).map_err(|_| KeyError::Failed)?;
                Ok(signature.to_der().as_bytes().to_vec())
            }
            Self::P384(key) => {
                let signature: p384::ecdsa::Signature =
                    key.sign_prehash(digest).map_err(|_| KeyError::Failed)?;
                Ok(signature.to_der().as_bytes().to_vec())
            }
        }
    }
}

fn sign_rsa(
    key: &RsaPrivateKey,
    scheme: Scheme,
    hash: Hash,
    digest: &[u8],
) -> Result<Vec<u8>, rsa::Error> {
    if scheme == Scheme::Pkcs1 {
        let block = [hash.digest_info_prefix().as_slice(), digest].concat();
        return key.sign(Pkcs1v15Sign::new_unprefixed(), &block);
    }
    match hash {
        Hash::Sha224 => key.sign_with_rng(&mut UnwrapErr(SysRng), Pss::<Sha224>::new(), digest),
        Hash::Sha384 => key.sign_with_rng(&mut UnwrapErr(SysRng), Pss::<Sha384>::new(), digest),
        Hash::Sha512 => key.sign_with_rng(&mut UnwrapErr(SysRng), Pss::<Sha512>::new(), digest),
        Hash::Sha1 | Hash::Sha256 => {
            key.sign_with_rng(&mut UnwrapErr(SysRng), Pss::<Sha256>::new(), digest)
        }
    }
}

/// A digest shorter than the curve's field counts as a small number: zeros to its left change nothing.
fn widened(digest: &[u8], length: usize) -> Vec<u8> {
    let mut bytes = vec![0; length.saturating_sub(digest.len())];
    bytes.extend_from_slice(digest);
    bytes
}
