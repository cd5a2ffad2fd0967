//! Hash functions and signature schemes, and the byte by which MSE SET names a pair of them
//! (*FINEID S1 v4.2*, MANAGE SECURITY ENVIRONMENT: hash in the high nibble, scheme in the low one).

/// The hash function a digest came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Hash {
    /// SHA-1, for servers of old.
    Sha1,
    /// SHA-224.
    Sha224,
    /// SHA-256.
    Sha256,
    /// SHA-384.
    Sha384,
    /// SHA-512.
    Sha512,
}

impl Hash {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::Sha1,
        Self::Sha224,
        Self::Sha256,
        Self::Sha384,
        Self::Sha512,
    ];

    /// How many bytes a digest has.
    pub const fn length(self) -> usize {
        match self {
            Self::Sha1 => 20,
            Self::Sha224 => 28,
            Self::Sha256 => 32,
            Self::Sha384 => 48,
            Self::Sha512 => 64,
        }
    }

    /// What stands before the digest in a DigestInfo (RFC 8017 §9.2, note 1).
    pub const fn digest_info_prefix(self) -> &'static [u8] {
        match self {
            Self::Sha1 => b"\x30\x21\x30\x09\x06\x05\x2B\x0E\x03\x02\x1A\x05\x00\x04\x14",
            Self::Sha224 => {
                b"\x30\x2D\x30\x0D\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x04\x05\x00\x04\x1C"
            }
            Self::Sha256 => {
                b"\x30\x31\x30\x0D\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x01\x05\x00\x04\x20"
            }
            Self::Sha384 => {
                b"\x30\x41\x30\x0D\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x02\x05\x00\x04\x30"
            }
            Self::Sha512 => {
                b"\x30\x51\x30\x0D\x06\x09\x60\x86\x48\x01\x65\x03\x04\x02\x03\x05\x00\x04\x40"
            }
        }
    }

    const fn nibble(self) -> u8 {
        match self {
            Self::Sha1 => 0x10,
            Self::Sha224 => 0x30,
            Self::Sha256 => 0x40,
            Self::Sha384 => 0x50,
            Self::Sha512 => 0x60,
        }
    }
}

/// A signature scheme with its hash function.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SignatureAlgorithm {
    /// RSASSA-PKCS1-v1_5.
    RsaPkcs1(Hash),
    /// RSASSA-PSS with MGF1 of the same hash and a salt as long as the digest.
    RsaPss(Hash),
    /// ECDSA; the hash only says how long the digest is that the card takes.
    Ecdsa(Hash),
}

impl SignatureAlgorithm {
    /// The hash function.
    pub const fn hash(self) -> Hash {
        match self {
            Self::RsaPkcs1(hash) | Self::RsaPss(hash) | Self::Ecdsa(hash) => hash,
        }
    }

    /// How MSE SET names it.
    pub(super) const fn reference(self) -> u8 {
        match self {
            Self::RsaPkcs1(hash) => hash.nibble() | 0x02,
            Self::Ecdsa(hash) => hash.nibble() | 0x04,
            Self::RsaPss(hash) => hash.nibble() | 0x05,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn algorithms_have_the_bytes_of_the_specification() {
        for (algorithm, byte) in [
            (SignatureAlgorithm::RsaPkcs1(Hash::Sha1), 0x12),
            (SignatureAlgorithm::RsaPkcs1(Hash::Sha256), 0x42),
            (SignatureAlgorithm::RsaPkcs1(Hash::Sha384), 0x52),
            (SignatureAlgorithm::RsaPkcs1(Hash::Sha512), 0x62),
            (SignatureAlgorithm::RsaPss(Hash::Sha256), 0x45),
            (SignatureAlgorithm::Ecdsa(Hash::Sha256), 0x44),
            (SignatureAlgorithm::Ecdsa(Hash::Sha384), 0x54),
        ] {
            assert_eq!(algorithm.reference(), byte, "{algorithm:?}");
        }
    }

    #[test]
    fn a_prefix_announces_the_digest_that_follows() {
        for hash in Hash::ALL {
            let prefix = hash.digest_info_prefix();
            let length = u8::try_from(hash.length()).expect("short");
            assert_eq!(prefix.last(), Some(&length), "{hash:?}");
            assert_eq!(usize::from(prefix[1]) + 2, prefix.len() + hash.length());
        }
    }
}
