//! Certificates of the specimen cards and of their test authorities (RFC 5280; FINEID S2).
//!
//! Written by hand in DER, because real cards have habits no builder produces: a NULL beside
//! ecdsa-with-SHA384, an explicit cA = FALSE, a policy notice with a long text.

use std::time::{Duration, SystemTime, UNIX_EPOCH};

use der::DateTime;
use sha2::{Digest, Sha256, Sha384};

use crate::encoding::{
    bit_string, boolean, constructed, ia5, integer, named_bits, null, object, octets, oid,
    printable, sequence, set_of_one, utf8,
};
use crate::software_key::{Hash, KeyError, SoftwareKey};
use crate::specimen::Specimen;

/// When a certificate is valid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Validity {
    /// First moment.
    pub not_before: SystemTime,
    /// Last moment.
    pub not_after: SystemTime,
}

/// What a key is for, which decides key usage and extensions.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Usage {
    /// A cardholder's authentication key.
    Authentication,
    /// A cardholder's signature key.
    Signature,
    /// A root or an issuing authority.
    Authority,
}

/// An authority: its distinguished name and its key.
#[derive(Debug, Clone)]
pub struct Authority {
    /// Distinguished name, DER.
    pub name: Vec<u8>,
    /// Its key.
    pub key: SoftwareKey,
}

impl Authority {
    /// A test authority with the given common name.
    pub fn new(common_name: &str, key: SoftwareKey) -> Self {
        let name = sequence(&[
            relative_name(COUNTRY, printable("FI")),
            relative_name(ORGANISATION, utf8("Siru TEST")),
            relative_name(UNIT, utf8("Testivarmenteet")),
            relative_name(COMMON_NAME, utf8(common_name)),
        ]);
        Self { name, key }
    }
}

/// What a certificate is about.
#[derive(Debug, Clone)]
pub struct Subject<'a> {
    /// Distinguished name, DER.
    pub name: Vec<u8>,
    /// Its key, of which the public half goes in.
    pub key: &'a SoftwareKey,
    /// What the key is for.
    pub usage: Usage,
    /// Electronic mail address for the subject's alternative name.
    pub mail: Option<String>,
    /// User principal name, on the authentication certificate of an organisation card.
    pub principal: Option<String>,
}

/// The distinguished name of a cardholder, in the order real cards have.
pub fn holder_name(holder: &Specimen) -> Vec<u8> {
    let number = relative_name(SERIAL_NUMBER, printable(&holder.identification_number()));
    let common = relative_name(COMMON_NAME, utf8(&holder.common_name()));
    let country = relative_name(COUNTRY, printable("FI"));
    match holder.position {
        None => sequence(&[
            country,
            number,
            relative_name(GIVEN_NAME, utf8(&holder.given_name.to_uppercase())),
            relative_name(SURNAME, utf8(&holder.surname.to_uppercase())),
            common,
        ]),
        Some(position) => sequence(&[
            country,
            relative_name(ORGANISATION, utf8(position.organisation)),
            relative_name(UNIT, utf8(position.unit)),
            number,
            relative_name(TITLE, utf8(position.title)),
            relative_name(SURNAME, utf8(holder.surname)),
            relative_name(GIVEN_NAME, utf8(holder.given_name)),
            common,
        ]),
    }
}

/// Issues a certificate.
///
/// # Errors
///
/// [`KeyError`] when one of the keys cannot be used.
pub fn issue(
    issuer: &Authority,
    subject: &Subject<'_>,
    serial: u32,
    validity: Validity,
) -> Result<Vec<u8>, KeyError> {
    let algorithm = signature_algorithm(&issuer.key);
    let body = sequence(&[
        constructed(0xA0, &[integer(2)]),
        integer(serial),
        algorithm.clone(),
        issuer.name.clone(),
        sequence(&[time(validity.not_before), time(validity.not_after)]),
        subject.name.clone(),
        subject.key.public_key_info()?,
        constructed(0xA3, &[sequence(&extensions(issuer, subject)?)]),
    ]);
    let signature = match issuer.key {
        SoftwareKey::Rsa(_) => issuer
            .key
            .sign_certificate(Hash::Sha256, &Sha256::digest(&body))?,
        _ => issuer
            .key
            .sign_certificate(Hash::Sha384, &Sha384::digest(&body))?,
    };
    Ok(sequence(&[body, algorithm, bit_string(&signature)]))
}

fn extensions(issuer: &Authority, subject: &Subject<'_>) -> Result<Vec<Vec<u8>>, KeyError> {
    let authority_key = object(&[0x80], &key_identifier(&issuer.key)?);
    let mut extensions = vec![
        extension(AUTHORITY_KEY_IDENTIFIER, false, sequence(&[authority_key])),
        extension(
            SUBJECT_KEY_IDENTIFIER,
            false,
            octets(&key_identifier(subject.key)?),
        ),
        extension(KEY_USAGE, true, named_bits(key_usage(subject))),
    ];
    if subject.usage == Usage::Authority {
        extensions.push(extension(
            BASIC_CONSTRAINTS,
            true,
            sequence(&[boolean(true)]),
        ));
        return Ok(extensions);
    }
    extensions.push(extension(
        CERTIFICATE_POLICIES,
        false,
        sequence(&[policy(subject.key)]),
    ));
    let names = alternative_names(subject);
    if !names.is_empty() {
        extensions.push(extension(ALTERNATIVE_NAME, false, sequence(&names)));
    }
    // DER would leave the default out; the cards write it.
    extensions.push(extension(
        BASIC_CONSTRAINTS,
        true,
        sequence(&[boolean(false)]),
    ));
    let list = uri(0x86, "http://siru.invalid/crl/test.crl");
    let point = constructed(0xA0, &[constructed(0xA0, &[list])]);
    extensions.push(extension(
        REVOCATION_LISTS,
        false,
        sequence(&[sequence(&[point])]),
    ));
    let access = [
        sequence(&[
            oid(CA_ISSUERS),
            uri(0x86, "http://siru.invalid/ca/test.crt"),
        ]),
        sequence(&[oid(OCSP), uri(0x86, "http://siru.invalid/ocsp")]),
    ];
    extensions.push(extension(AUTHORITY_ACCESS, false, sequence(&access)));
    if subject.usage == Usage::Signature {
        let mut statements = vec![sequence(&[oid(QC_COMPLIANCE)])];
        if matches!(subject.key, SoftwareKey::P384(_)) {
            let kind = sequence(&[oid(QC_TYPE_SIGNATURE)]);
            statements.push(sequence(&[oid(QC_TYPE), kind]));
            statements.push(sequence(&[oid(QC_SECURE_DEVICE)]));
        }
        extensions.push(extension(QC_STATEMENTS, false, sequence(&statements)));
    }
    Ok(extensions)
}

fn key_usage(subject: &Subject<'_>) -> &'static [u8] {
    match (subject.usage, subject.key) {
        // digitalSignature, keyEncipherment, dataEncipherment
        (Usage::Authentication, SoftwareKey::Rsa(_)) => &[0, 2, 3],
        // digitalSignature, keyAgreement
        (Usage::Authentication, _) => &[0, 4],
        // nonRepudiation
        (Usage::Signature, _) => &[1],
        // keyCertSign, cRLSign
        (Usage::Authority, _) => &[5, 6],
    }
}

fn policy(key: &SoftwareKey) -> Vec<u8> {
    let identifier = match key {
        SoftwareKey::P384(_) => POLICY_V4,
        _ => POLICY_V3,
    };
    let notice = object(&[0x1A], POLICY_NOTICE.as_bytes());
    sequence(&[
        oid(identifier),
        sequence(&[
            sequence(&[oid(CPS_QUALIFIER), ia5("http://siru.invalid/cps99/")]),
            sequence(&[oid(NOTICE_QUALIFIER), sequence(&[notice])]),
        ]),
    ])
}

fn alternative_names(subject: &Subject<'_>) -> Vec<Vec<u8>> {
    let mut names = Vec::new();
    if let Some(principal) = &subject.principal {
        let value = constructed(0xA0, &[utf8(principal)]);
        names.push(constructed(0xA0, &[oid(PRINCIPAL_NAME), value]));
    }
    if let Some(mail) = &subject.mail {
        names.push(object(&[0x81], mail.as_bytes()));
    }
    names
}

fn extension(identifier: &[u8], critical: bool, value: Vec<u8>) -> Vec<u8> {
    let mut parts = vec![oid(identifier)];
    if critical {
        parts.push(boolean(true));
    }
    parts.push(octets(&value));
    sequence(&parts)
}

fn uri(tag: u8, text: &str) -> Vec<u8> {
    object(&[tag], text.as_bytes())
}

fn relative_name(attribute: &[u8], value: Vec<u8>) -> Vec<u8> {
    set_of_one(sequence(&[oid(attribute), value]))
}

fn signature_algorithm(key: &SoftwareKey) -> Vec<u8> {
    let identifier = match key {
        SoftwareKey::Rsa(_) => SHA256_WITH_RSA,
        _ => ECDSA_WITH_SHA384,
    };
    sequence(&[oid(identifier), null()])
}

/// The first 20 bytes of the key's SHA-256 (RFC 7093, method 1, on the whole key information).
fn key_identifier(key: &SoftwareKey) -> Result<Vec<u8>, KeyError> {
    Ok(Sha256::digest(key.public_key_info()?)
        .iter()
        .copied()
        .take(20)
        .collect())
}

/// UTCTime until 2049, GeneralizedTime after (RFC 5280, 4.1.2.5).
fn time(moment: SystemTime) -> Vec<u8> {
    let since = moment.duration_since(UNIX_EPOCH).unwrap_or_default();
    let whole = Duration::from_secs(since.as_secs());
    let Ok(at) = DateTime::from_unix_duration(whole) else {
        return null();
    };
    let rest = format!(
        "{:02}{:02}{:02}{:02}{:02}Z",
        at.month(),
        at.day(),
        at.hour(),
        at.minutes(),
        at.seconds()
    );
    if (1950..2050).contains(&at.year()) {
        object(&[0x17], format!("{:02}{rest}", at.year() % 100).as_bytes())
    } else {
        object(&[0x18], format!("{:04}{rest}", at.year()).as_bytes())
    }
}

const POLICY_NOTICE: &str = "Varmennepolitiikka on saatavilla - Certifikatpolicy finns - Certificate \
    policy is available http://siru.invalid/cps99 - TEST, specimen persons only";

// Object identifiers, content bytes.
const COUNTRY: &[u8] = &[0x55, 0x04, 0x06];
const ORGANISATION: &[u8] = &[0x55, 0x04, 0x0A];
const UNIT: &[u8] = &[0x55, 0x04, 0x0B];
const TITLE: &[u8] = &[0x55, 0x04, 0x0C];
const COMMON_NAME: &[u8] = &[0x55, 0x04, 0x03];
const SERIAL_NUMBER: &[u8] = &[0x55, 0x04, 0x05];
const SURNAME: &[u8] = &[0x55, 0x04, 0x04];
const GIVEN_NAME: &[u8] = &[0x55, 0x04, 0x2A];
const AUTHORITY_KEY_IDENTIFIER: &[u8] = &[0x55, 0x1D, 0x23];
const SUBJECT_KEY_IDENTIFIER: &[u8] = &[0x55, 0x1D, 0x0E];
const KEY_USAGE: &[u8] = &[0x55, 0x1D, 0x0F];
const BASIC_CONSTRAINTS: &[u8] = &[0x55, 0x1D, 0x13];
const CERTIFICATE_POLICIES: &[u8] = &[0x55, 0x1D, 0x20];
const ALTERNATIVE_NAME: &[u8] = &[0x55, 0x1D, 0x11];
const REVOCATION_LISTS: &[u8] = &[0x55, 0x1D, 0x1F];
const AUTHORITY_ACCESS: &[u8] = &[0x2B, 0x06, 0x01, 0x05, 0x05, 0x07, 0x01, 0x01];
const QC_STATEMENTS: &[u8] = &[0x2B, 0x06, 0x01, 0x05, 0x05, 0x07, 0x01, 0x03];
const CA_ISSUERS: &[u8] = &[0x2B, 0x06, 0x01, 0x05, 0x05, 0x07, 0x30, 0x02];
const OCSP: &[u8] = &[0x2B, 0x06, 0x01, 0x05, 0x05, 0x07, 0x30, 0x01];
const CPS_QUALIFIER: &[u8] = &[0x2B, 0x06, 0x01, 0x05, 0x05, 0x07, 0x02, 0x01];
const NOTICE_QUALIFIER: &[u8] = &[0x2B, 0x06, 0x01, 0x05, 0x05, 0x07, 0x02, 0x02];
const PRINCIPAL_NAME: &[u8] = &[0x2B, 0x06, 0x01, 0x04, 0x01, 0x82, 0x37, 0x14, 0x02, 0x03];
const QC_COMPLIANCE: &[u8] = &[0x04, 0x00, 0x8E, 0x46, 0x01, 0x01];
const QC_SECURE_DEVICE: &[u8] = &[0x04, 0x00, 0x8E, 0x46, 0x01, 0x04];
const QC_TYPE: &[u8] = &[0x04, 0x00, 0x8E, 0x46, 0x01, 0x06];
const QC_TYPE_SIGNATURE: &[u8] = &[0x04, 0x00, 0x8E, 0x46, 0x01, 0x06, 0x01];
const SHA256_WITH_RSA: &[u8] = &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x0B];
const ECDSA_WITH_SHA384: &[u8] = &[0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x04, 0x03, 0x03];
/// 1.2.246.517.99.10.32.1, the policy of v3 test certificates.
const POLICY_V3: &[u8] = &[0x2A, 0x81, 0x76, 0x84, 0x05, 0x63, 0x0A, 0x20, 0x01];
/// 1.2.246.517.99.10.352.1, the policy of v4 test certificates.
const POLICY_V4: &[u8] = &[0x2A, 0x81, 0x76, 0x84, 0x05, 0x63, 0x0A, 0x82, 0x60, 0x01];
