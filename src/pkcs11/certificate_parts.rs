//! The pieces of a certificate that PKCS #11 hands out as they stand: whoever compares them with
//! another copy compares bytes.

use siru_apdu::tlv::Header;

/// Serial number, issuer and subject of a certificate, each as its whole DER object.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CertificateParts {
    /// `CertificateSerialNumber`.
    pub serial: Vec<u8>,
    /// `issuer`.
    pub issuer: Vec<u8>,
    /// `subject`.
    pub subject: Vec<u8>,
}

impl CertificateParts {
    /// Cuts a certificate up (RFC 5280 §4.1). `None` when it is none.
    pub fn of(der: &[u8]) -> Option<Self> {
        let (certificate, _) = split(der)?;
        let (to_be_signed, _) = split(content(certificate)?)?;
        let mut rest = content(to_be_signed)?;
        // The version is left out of certificates of the first version.
        if rest.first() == Some(&0xA0) {
            (_, rest) = split(rest)?;
        }
        let (serial, rest) = split(rest)?;
        let (_algorithm, rest) = split(rest)?;
        let (issuer, rest) = split(rest)?;
        let (_validity, rest) = split(rest)?;
        let (subject, _) = split(rest)?;
        Some(Self {
            serial: serial.to_vec(),
            issuer: issuer.to_vec(),
            subject: subject.to_vec(),
        })
    }
}

/// The first object and what follows it.
fn split(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    bytes.split_at_checked(Header::read(bytes).ok()?.object_length())
}

/// What an object holds.
fn content(object: &[u8]) -> Option<&[u8]> {
    object.get(Header::read(object).ok()?.value_start..)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_certificate_comes_apart_at_its_seams() {
        for root in siru_sim::trust_anchors().expect("sound keys") {
            let parts = CertificateParts::of(&root).expect("a certificate");
            assert_eq!(parts.issuer, parts.subject);
            assert_eq!(parts.serial.first(), Some(&0x02));
            assert!(
                root.windows(parts.subject.len())
                    .any(|part| part == parts.subject)
            );
            for length in 0..root.len().min(64) {
                assert_eq!(CertificateParts::of(&root[..length]), None);
            }
        }
    }
}
