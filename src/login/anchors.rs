//! The roots a service trusts: those of the Finnish state, and those given besides.

use std::path::{Path, PathBuf};

use der::Encode;
use sha2::{Digest, Sha256};

/// The roots at which a chain may end.
#[derive(Clone, Debug)]
pub struct Anchors {
    fingerprints: Vec<[u8; 32]>,
    certificates: Vec<Vec<u8>>,
}

/// The text holds no certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no certificate in it")]
pub struct NoCertificates;

/// A file of roots cannot be read, or holds no certificate.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no roots in {}", file.display())]
pub struct UnusableRoots {
    /// The file.
    pub file: PathBuf,
}

impl Anchors {
    /// The roots of the Digital and Population Data Services Agency.
    pub fn built_in() -> Self {
        Self {
            fingerprints: DVV_ROOTS.to_vec(),
            certificates: Vec::new(),
        }
    }

    /// Trusts this certificate, DER, as well.
    pub fn trust(&mut self, certificate: Vec<u8>) {
        self.fingerprints.push(fingerprint(&certificate));
        self.certificates.push(certificate);
    }

    /// Trusts every certificate of a PEM file (RFC 7468) as well.
    ///
    /// # Errors
    ///
    /// [`NoCertificates`] when there is none, or one of them is damaged.
    pub fn trust_pem(&mut self, text: &[u8]) -> Result<(), NoCertificates> {
        let chain = x509_cert::Certificate::load_pem_chain(text).map_err(|_| NoCertificates)?;
        if chain.is_empty() {
            return Err(NoCertificates);
        }
        for certificate in chain {
            self.trust(certificate.to_der().map_err(|_| NoCertificates)?);
        }
        Ok(())
    }

    /// The built-in roots and those in these PEM files.
    ///
    /// # Errors
    ///
    /// [`UnusableRoots`] names the first file of which nothing can be made.
    pub fn with_files(files: &[PathBuf]) -> Result<Self, UnusableRoots> {
        let mut anchors = Self::built_in();
        for file in files {
            anchors.trust_file(file)?;
        }
        Ok(anchors)
    }

    fn trust_file(&mut self, file: &Path) -> Result<(), UnusableRoots> {
        let unusable = || UnusableRoots {
            file: file.to_path_buf(),
        };
        let text = std::fs::read(file).map_err(|error| {
            log::info!("{}: {error}", file.display());
            unusable()
        })?;
        self.trust_pem(&text).map_err(|_| unusable())
    }

    /// Whether this certificate, DER, is one of the roots.
    pub(crate) fn hold(&self, certificate: &[u8]) -> bool {
        self.fingerprints.contains(&fingerprint(certificate))
    }

    /// The certificates given, which no card need carry.
    pub(crate) fn certificates(&self) -> &[Vec<u8>] {
        &self.certificates
    }
}

/// Whether a root bears a name as the state's own do. That proves nothing: anybody can give a root
/// such a name.
pub(crate) fn bears_a_name_of_the_state(root: &str) -> bool {
    let rest = NAMES_OF_THE_STATE
        .iter()
        .find_map(|name| root.strip_prefix(name));
    rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(" - "))
}

fn fingerprint(certificate: &[u8]) -> [u8; 32] {
    Sha256::digest(certificate).into()
}

/// The roots of the agency, and of the Population Register Centre that it was until 2019. Citizen
/// cards of 2017 to 2021 presumably stand under *VRK Gov. Root CA* or *- G2*, of which no fingerprint
/// is known here.
const NAMES_OF_THE_STATE: [&str; 2] = ["DVV Gov. Root CA", "VRK Gov. Root CA"];

/// SHA-256 of the root certificates *DVV Gov. Root CA - G3 RSA* and *- G3 ECC* (FINEID S2, 2021-05-06
/// to 2042-05-05).
///
/// Taken over from public middleware. They must be compared with those published at dvv.fi before a
/// release: whoever could change one here could have any certificate called trusted.
const DVV_ROOTS: [[u8; 32]; 2] = [
    [
        0xD3, 0xED, 0x3F, 0xC4, 0x0A, 0xD2, 0x6B, 0x52, 0xE0, 0x01, 0xE1, 0xE1, 0x8F, 0x4B, 0x94,
        0x49, 0x52, 0x9D, 0xEB, 0x75, 0xA8, 0x1D, 0x5E, 0xB6, 0x80, 0xD7, 0xB6, 0x2D, 0xB2, 0x3B,
        0xA9, 0x6D,
    ],
    [
        0x55, 0x46, 0xA5, 0x25, 0x04, 0xFB, 0xA7, 0x4F, 0x61, 0xFF, 0xD4, 0x89, 0x00, 0x67, 0x52,
        0x9A, 0xDE, 0x3B, 0x9C, 0x9D, 0x07, 0xE5, 0x02, 0x59, 0x28, 0x31, 0xCC, 0xDA, 0x9B, 0x36,
        0x9F, 0xD3,
    ],
];
