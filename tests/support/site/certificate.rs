//! What the service knows of the certificate a browser presented.

use std::error::Error;

use der::Decode;
use der::oid::AssociatedOid;
use sha2::{Digest, Sha256};
use x509_cert::Certificate;
use x509_cert::ext::pkix::KeyUsage;

/// SHA-256 of a certificate: what an account is linked to.
pub type Fingerprint = [u8; 32];

/// What the verification of the chain came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It ends at a trusted root, and every certificate in it is valid.
    Trusted,
    /// The certificate's time is over.
    Expired,
    /// Anything else, in the words of the verifier.
    Refused(String),
}

/// A certificate whose key the browser proved to have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Presented {
    /// What tells it from every other.
    pub fingerprint: Fingerprint,
    /// Its subject, as RFC 4514 writes it.
    pub subject: String,
    /// Its serial number, in decimal.
    pub serial: String,
    /// Whether its key may authenticate: a signature certificate has nonRepudiation alone.
    pub for_authentication: bool,
    /// Whether it is to be trusted.
    pub verdict: Verdict,
}

impl Presented {
    /// Reads a certificate.
    ///
    /// # Errors
    ///
    /// When it is none.
    pub fn read(der: &[u8], verdict: Verdict) -> Result<Self, Box<dyn Error>> {
        let certificate = Certificate::from_der(der)?;
        let body = certificate.tbs_certificate();
        let for_authentication = body
            .extensions()
            .into_iter()
            .flatten()
            .find(|extension| extension.extn_id == KeyUsage::OID)
            .map(|extension| KeyUsage::from_der(extension.extn_value.as_bytes()))
            .transpose()?
            // Without the extension a key is good for anything (RFC 5280, 4.2.1.3).
            .is_none_or(|usage| usage.digital_signature());
        let number = body
            .serial_number()
            .as_bytes()
            .iter()
            .fold(0_u128, |number, byte| number << 8 | u128::from(*byte));
        Ok(Self {
            fingerprint: Sha256::digest(der).into(),
            subject: body.subject().to_string(),
            serial: number.to_string(),
            for_authentication,
            verdict,
        })
    }
}
