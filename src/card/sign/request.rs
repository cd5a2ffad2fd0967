//! What is to be signed: a digest in the form a key takes it.

use super::algorithm::{Hash, SignatureAlgorithm};
use crate::certificate::KeyType;

/// A digest and the algorithm to sign it with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignatureRequest {
    pub(super) algorithm: SignatureAlgorithm,
    pub(super) digest: Vec<u8>,
}

impl SignatureRequest {
    /// The shortest and the longest input to an ECDSA signature, in bytes: SHA-1 to SHA-512.
    pub const ECDSA_INPUT: std::ops::RangeInclusive<usize> = 20..=64;

    /// For RSASSA-PKCS1-v1_5. `None` unless the digest has the length of its hash.
    pub fn rsa_pkcs1(hash: Hash, digest: &[u8]) -> Option<Self> {
        Self::exact(SignatureAlgorithm::RsaPkcs1(hash), digest)
    }

    /// For RSASSA-PSS. `None` unless the digest has the length of its hash.
    pub fn rsa_pss(hash: Hash, digest: &[u8]) -> Option<Self> {
        Self::exact(SignatureAlgorithm::RsaPss(hash), digest)
    }

    /// For ECDSA with a key on `curve`. A longer digest loses its end and a shorter one gets zeros
    /// in front, which is what ECDSA itself does with it (FIPS 186-5 §6.4.1), so that the card sees
    /// the one length it is sure to take. `None` for other keys, and outside 20 to 64 bytes.
    pub fn ecdsa(curve: KeyType, digest: &[u8]) -> Option<Self> {
        let hash = match curve {
            KeyType::P256 => Hash::Sha256,
            KeyType::P384 => Hash::Sha384,
            KeyType::Rsa { .. } | KeyType::Unknown => return None,
        };
        if !Self::ECDSA_INPUT.contains(&digest.len()) {
            return None;
        }
        let kept = digest.get(..hash.length()).unwrap_or(digest);
        let mut fitted = vec![0; hash.length() - kept.len()];
        fitted.extend_from_slice(kept);
        Some(Self {
            algorithm: SignatureAlgorithm::Ecdsa(hash),
            digest: fitted,
        })
    }

    /// The algorithm.
    pub const fn algorithm(&self) -> SignatureAlgorithm {
        self.algorithm
    }

    fn exact(algorithm: SignatureAlgorithm, digest: &[u8]) -> Option<Self> {
        (digest.len() == algorithm.hash().length()).then(|| Self {
            algorithm,
            digest: digest.to_vec(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_digest_is_fitted_to_the_curve_as_ecdsa_reads_it() {
        let fitted = |length: usize| {
            SignatureRequest::ecdsa(KeyType::P384, &vec![0xAB; length]).map(|asked| asked.digest)
        };
        assert_eq!(fitted(48), Some(vec![0xAB; 48]));
        assert_eq!(fitted(64), Some(vec![0xAB; 48]));
        assert_eq!(fitted(32), Some([vec![0; 16], vec![0xAB; 32]].concat()));
        assert_eq!(fitted(20), Some([vec![0; 28], vec![0xAB; 20]].concat()));
        for wrong in [0, 19, 65, 4096] {
            assert_eq!(fitted(wrong), None, "{wrong}");
        }
        assert_eq!(
            SignatureRequest::ecdsa(KeyType::Rsa { bits: 2048 }, &[0; 32]),
            None
        );
    }

    #[test]
    fn an_rsa_digest_has_the_length_of_its_hash() {
        assert!(SignatureRequest::rsa_pkcs1(Hash::Sha256, &[0; 32]).is_some());
        assert!(SignatureRequest::rsa_pkcs1(Hash::Sha256, &[0; 31]).is_none());
        assert!(SignatureRequest::rsa_pss(Hash::Sha512, &[0; 32]).is_none());
    }
}
