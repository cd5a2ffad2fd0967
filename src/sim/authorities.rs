//! The test authorities that issue the specimens' certificates.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use crate::certificate::{self, Authority, Subject, Usage, Validity};
use crate::software_key::{KeyError, SoftwareKey};

/// A root, an authority it certified, and both certificates.
#[derive(Debug, Clone)]
pub struct Chain {
    /// The authority that issues to cardholders.
    pub issuing: Authority,
    /// The root's certificate of itself.
    pub root_certificate: Vec<u8>,
    /// The root's certificate of the issuing authority.
    pub issuing_certificate: Vec<u8>,
}

/// Who issues.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    /// To citizens, with RSA.
    CitizenRsa,
    /// To citizens, with P-384.
    CitizenEc,
    /// To organisations, with P-384.
    OrganisationEc,
}

impl Chain {
    /// Builds a chain. The certificates are the same bytes on every card of the same line.
    ///
    /// # Errors
    ///
    /// [`KeyError`] when a key that ships with the crate cannot be used.
    pub fn new(line: Line) -> Result<Self, KeyError> {
        let (root, issuing, first_serial) = match line {
            Line::CitizenRsa => (
                Authority::new(
                    "Siru TEST Root CA - RSA",
                    SoftwareKey::rsa(include_bytes!("keys/root-rsa.der"))?,
                ),
                Authority::new(
                    "Siru TEST Citizen Certificates - G3R",
                    SoftwareKey::rsa(include_bytes!("keys/citizen-rsa.der"))?,
                ),
                1,
            ),
            Line::CitizenEc => (
                ec_root()?,
                Authority::new(
                    "Siru TEST Citizen Certificates - G4E",
                    SoftwareKey::p384(include_bytes!("keys/citizen-ec.der"))?,
                ),
                11,
            ),
            Line::OrganisationEc => (
                ec_root()?,
                Authority::new(
                    "Siru TEST Organisational Certificates - G4E",
                    SoftwareKey::p384(include_bytes!("keys/organisation-ec.der"))?,
                ),
                21,
            ),
        };
        // Both organisation and citizen cards carry the one root of their key type.
        let root_serial = if line == Line::OrganisationEc {
            11
        } else {
            first_serial
        };
        let root_certificate = certify(&root, &root, root_serial)?;
        let issuing_certificate = certify(&root, &issuing, first_serial + 1)?;
        Ok(Self {
            issuing,
            root_certificate,
            issuing_certificate,
        })
    }
}

/// The root certificates, for a test server that is to trust the specimens.
///
/// # Errors
///
/// [`KeyError`] when a key that ships with the crate cannot be used.
pub fn trust_anchors() -> Result<Vec<Vec<u8>>, KeyError> {
    Ok(vec![
        Chain::new(Line::CitizenRsa)?.root_certificate,
        Chain::new(Line::CitizenEc)?.root_certificate,
    ])
}

/// The certificates of the authorities that issue to cardholders, for a test server whose clients
/// send their own certificate alone. They lie on the cards, too.
///
/// # Errors
///
/// [`KeyError`] when a key that ships with the crate cannot be used.
pub fn issuing_authorities() -> Result<Vec<Vec<u8>>, KeyError> {
    [Line::CitizenRsa, Line::CitizenEc, Line::OrganisationEc]
        .into_iter()
        .map(|line| Chain::new(line).map(|chain| chain.issuing_certificate))
        .collect()
}

fn ec_root() -> Result<Authority, KeyError> {
    let key = SoftwareKey::p384(include_bytes!("keys/root-ec.der"))?;
    Ok(Authority::new("Siru TEST Root CA - ECC", key))
}

fn certify(issuer: &Authority, subject: &Authority, serial: u32) -> Result<Vec<u8>, KeyError> {
    let about = Subject {
        name: subject.name.clone(),
        key: &subject.key,
        usage: Usage::Authority,
        mail: None,
        principal: None,
    };
    certificate::issue(issuer, &about, serial, lifetime())
}

/// From the first moment of 2020 to the last of 2049: longer than any card, and always the same.
fn lifetime() -> Validity {
    let at = |seconds| {
        UNIX_EPOCH
            .checked_add(Duration::from_secs(seconds))
            .unwrap_or(SystemTime::now())
    };
    Validity {
        not_before: at(1_577_836_800),
        not_after: at(2_524_607_999),
    }
}
