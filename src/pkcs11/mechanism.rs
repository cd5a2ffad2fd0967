//! Mechanisms: which ones a key has, and what their input means to a card.
//!
//! FINEID cards take a digest and an algorithm, never a padded block (*FINEID S1 v4.2* §3.8). So
//! the input of `CKM_RSA_PKCS` has to be a DigestInfo whose hash function the card knows; it is
//! taken apart here. Mechanisms that hash are left to the host: every client does it faster.

use cryptoki_sys as ck;
use cryptoki_sys::{CK_FLAGS, CK_MECHANISM_TYPE, CK_ULONG};
use siru_card::profile::KeyFamily;
use siru_card::{Hash, KeyType, SignatureRequest};

use crate::error::Error;

/// A mechanism as `C_SignInit` names it, its parameters understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mechanism {
    /// `CKM_RSA_PKCS` over a DigestInfo.
    RsaPkcs,
    /// `CKM_RSA_PKCS_PSS` over a digest of this hash.
    RsaPss(Hash),
    /// `CKM_ECDSA` over 20 to 64 bytes.
    Ecdsa,
}

/// The parameters of `CKM_RSA_PKCS_PSS`, as the application gave them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PssParameters {
    /// The hash function, as a mechanism.
    pub hash: CK_MECHANISM_TYPE,
    /// The mask generation function.
    pub mask: CK_ULONG,
    /// The length of the salt in bytes.
    pub salt_length: CK_ULONG,
}

/// What `C_GetMechanismInfo` tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MechanismInfo {
    /// The shortest key in bits.
    pub min_key: CK_ULONG,
    /// The longest key in bits.
    pub max_key: CK_ULONG,
    /// What can be done with it.
    pub flags: CK_FLAGS,
}

impl Mechanism {
    /// Understands a mechanism.
    ///
    /// # Errors
    ///
    /// [`Error::MechanismInvalid`] for one that is not offered,
    /// [`Error::MechanismParameterInvalid`] for parameters no card takes.
    pub fn new(kind: CK_MECHANISM_TYPE, pss: Option<PssParameters>) -> Result<Self, Error> {
        match (kind, pss) {
            (ck::CKM_RSA_PKCS, None) => Ok(Self::RsaPkcs),
            (ck::CKM_ECDSA, None) => Ok(Self::Ecdsa),
            (ck::CKM_RSA_PKCS_PSS, Some(pss)) => {
                let (hash, mask) = match pss.hash {
                    ck::CKM_SHA256 => (Hash::Sha256, ck::CKG_MGF1_SHA256),
                    ck::CKM_SHA384 => (Hash::Sha384, ck::CKG_MGF1_SHA384),
                    ck::CKM_SHA512 => (Hash::Sha512, ck::CKG_MGF1_SHA512),
                    _ => return Err(Error::MechanismParameterInvalid),
                };
                let salt = usize::try_from(pss.salt_length).ok();
                if pss.mask == mask && salt == Some(hash.length()) {
                    Ok(Self::RsaPss(hash))
                } else {
                    Err(Error::MechanismParameterInvalid)
                }
            }
            (ck::CKM_RSA_PKCS | ck::CKM_ECDSA, Some(_)) | (ck::CKM_RSA_PKCS_PSS, None) => {
                Err(Error::MechanismParameterInvalid)
            }
            _ => Err(Error::MechanismInvalid),
        }
    }

    /// Whether a key of this kind signs this way.
    pub const fn fits(self, key: KeyType) -> bool {
        match self {
            Self::RsaPkcs | Self::RsaPss(_) => matches!(key, KeyType::Rsa { .. }),
            Self::Ecdsa => matches!(key, KeyType::P256 | KeyType::P384),
        }
    }

    /// What `data` asks of a card with such a key.
    ///
    /// # Errors
    ///
    /// [`Error::DataInvalid`] for anything but a DigestInfo with a hash function the card knows,
    /// [`Error::DataLengthRange`] for a digest of the wrong length. Nothing reaches the card.
    pub fn request(self, key: KeyType, data: &[u8]) -> Result<SignatureRequest, Error> {
        match self {
            Self::RsaPkcs => Hash::ALL
                .into_iter()
                .find_map(|hash| {
                    let digest = data.strip_prefix(hash.digest_info_prefix())?;
                    SignatureRequest::rsa_pkcs1(hash, digest)
                })
                .ok_or(Error::DataInvalid),
            Self::RsaPss(hash) => {
                SignatureRequest::rsa_pss(hash, data).ok_or(Error::DataLengthRange)
            }
            Self::Ecdsa => SignatureRequest::ecdsa(key, data).ok_or(Error::DataLengthRange),
        }
    }
}

/// The mechanisms of a family of keys.
pub const fn offered(family: KeyFamily) -> &'static [CK_MECHANISM_TYPE] {
    match family {
        KeyFamily::Rsa => &[ck::CKM_RSA_PKCS, ck::CKM_RSA_PKCS_PSS],
        KeyFamily::EllipticCurve => &[ck::CKM_ECDSA],
    }
}

/// What is told of an offered mechanism. `key` is the card's key, where it is known already.
pub fn describe(family: KeyFamily, key: Option<KeyType>) -> MechanismInfo {
    let (min_key, max_key) = match (family, key) {
        (_, Some(KeyType::Rsa { bits })) => {
            let bits = CK_ULONG::try_from(bits).unwrap_or_default();
            (bits, bits)
        }
        (_, Some(KeyType::P256)) => (256, 256),
        (_, Some(KeyType::P384)) => (384, 384),
        (KeyFamily::Rsa, _) => (2048, 4096),
        (KeyFamily::EllipticCurve, _) => (256, 384),
    };
    let curve = match family {
        KeyFamily::Rsa => 0,
        KeyFamily::EllipticCurve => ck::CKF_EC_F_P | ck::CKF_EC_NAMEDCURVE | ck::CKF_EC_UNCOMPRESS,
    };
    MechanismInfo {
        min_key,
        max_key,
        flags: ck::CKF_HW | ck::CKF_SIGN | curve,
    }
}

/// The family a kind of key belongs to.
pub const fn family(key: KeyType) -> Option<KeyFamily> {
    match key {
        KeyType::Rsa { .. } => Some(KeyFamily::Rsa),
        KeyType::P256 | KeyType::P384 => Some(KeyFamily::EllipticCurve),
        KeyType::Unknown => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RSA: KeyType = KeyType::Rsa { bits: 2048 };

    #[test]
    fn only_a_digest_info_the_card_can_rebuild_is_signed() {
        for hash in Hash::ALL {
            let whole = [hash.digest_info_prefix(), &vec![1; hash.length()]].concat();
            assert!(Mechanism::RsaPkcs.request(RSA, &whole).is_ok(), "{hash:?}");
            let (short, long) = (&whole[..whole.len() - 1], [&whole[..], &[0]].concat());
            for wrong in [short, &long, &whole[1..]] {
                let refused = Mechanism::RsaPkcs.request(RSA, wrong);
                assert_eq!(refused, Err(Error::DataInvalid), "{hash:?}");
            }
        }
        // MD5 and SHA-1 joined, as TLS 1.1 signed, and a bare digest.
        for wrong in [&[0_u8; 36][..], &[0; 32], &[]] {
            let refused = Mechanism::RsaPkcs.request(RSA, wrong);
            assert_eq!(refused, Err(Error::DataInvalid));
        }
    }

    #[test]
    fn pss_parameters_must_belong_together() {
        let pss = |hash, mask, salt_length| {
            let parameters = PssParameters {
                hash,
                mask,
                salt_length,
            };
            Mechanism::new(ck::CKM_RSA_PKCS_PSS, Some(parameters))
        };
        assert_eq!(
            pss(ck::CKM_SHA256, ck::CKG_MGF1_SHA256, 32),
            Ok(Mechanism::RsaPss(Hash::Sha256))
        );
        assert_eq!(
            pss(ck::CKM_SHA512, ck::CKG_MGF1_SHA512, 64),
            Ok(Mechanism::RsaPss(Hash::Sha512))
        );
        for wrong in [
            pss(ck::CKM_SHA256, ck::CKG_MGF1_SHA1, 32),
            pss(ck::CKM_SHA256, ck::CKG_MGF1_SHA256, 20),
            pss(ck::CKM_SHA_1, ck::CKG_MGF1_SHA1, 20),
            Mechanism::new(ck::CKM_RSA_PKCS_PSS, None),
        ] {
            assert_eq!(wrong, Err(Error::MechanismParameterInvalid));
        }
        for kind in [
            ck::CKM_RSA_X_509,
            ck::CKM_SHA256_RSA_PKCS,
            ck::CK_UNAVAILABLE_INFORMATION,
        ] {
            assert_eq!(Mechanism::new(kind, None), Err(Error::MechanismInvalid));
        }
    }
}
