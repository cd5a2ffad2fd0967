//! The certificates of a card: whose they are, until when, and of which kind of card.
//!
//! Follows *FINEID S2* (certificate contents) and RFC 5280. Issued certificates carry what strict
//! readers stumble over: explicit NULL parameters beside ecdsa-with-SHA384, a written-out default
//! in basicConstraints. Extensions are therefore kept as bytes; only names, dates, the key, the key
//! usage and a date of birth are understood.

pub(crate) mod birth_date;
mod name;
mod validity;

use std::fmt;
use std::time::SystemTime;

use der::{DateTime, Decode, Encode};
use sha2::{Digest, Sha256};
use siru_apdu::hex::Hex;
use siru_apdu::tlv::{DataObjects, Header};
use x509_cert::ext::Extension;
use x509_cert::ext::pkix::CertificatePolicies;

use self::birth_date::BirthDate;
use self::name::NameParts;
pub use self::validity::Validity;
use crate::text::SafeText;

/// Whom a card was issued to, as the issuer of its certificates tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CardKind {
    /// A citizen: identity card. New codes come from the police.
    Citizen,
    /// An employee: organisation card. New codes come from the registration point.
    Organisation,
    /// A professional, employee or provider in social welfare and healthcare.
    Healthcare,
    /// Not known: no certificate was read, or its issuer has an unfamiliar name.
    Unknown,
}

/// What a certificate is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Purpose {
    /// Log-in; its key opens with PIN1.
    Authentication,
    /// Signatures that commit a person; its key opens with PIN2.
    Signature,
    /// It belongs to an authority and vouches for others.
    CertificateAuthority,
}

/// The key in a certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum KeyType {
    /// RSA with a modulus of so many bits.
    Rsa {
        /// Length of the modulus in bits.
        bits: usize,
    },
    /// On the curve P-256 (secp256r1).
    P256,
    /// On the curve P-384 (secp384r1).
    P384,
    /// Something else.
    Unknown,
}

impl fmt::Display for KeyType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Rsa { bits } => write!(f, "RSA-{bits}"),
            Self::P256 => f.write_str("P-256"),
            Self::P384 => f.write_str("P-384"),
            Self::Unknown => f.write_str("?"),
        }
    }
}

/// A moment, to the second, in universal time. Prints as RFC 3339.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Timestamp(DateTime);

impl Timestamp {
    /// For comparing with the clock.
    pub fn to_system_time(self) -> SystemTime {
        self.0.to_system_time()
    }

    /// The moment the clock shows, to the second. `None` for a clock that is set to before 1970 or
    /// after 9999.
    pub fn of(time: SystemTime) -> Option<Self> {
        DateTime::from_system_time(time).ok().map(Self)
    }

    /// Year, month from 1 and day from 1.
    pub fn date(self) -> (u16, u8, u8) {
        (self.0.year(), self.0.month(), self.0.day())
    }
}

impl From<DateTime> for Timestamp {
    fn from(time: DateTime) -> Self {
        Self(time)
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let time = &self.0;
        write!(
            f,
            "{:04}-{:02}-{:02}T",
            time.year(),
            time.month(),
            time.day()
        )?;
        write!(
            f,
            "{:02}:{:02}:{:02}Z",
            time.hour(),
            time.minutes(),
            time.seconds()
        )
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A certificate of a card: its bytes, what it is for and what it says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CardCertificate {
    /// What it is for.
    pub purpose: Purpose,
    /// The certificate itself, DER.
    pub der: Vec<u8>,
    /// What it says.
    pub certificate: Certificate,
}

impl CardCertificate {
    /// Takes what a file holds. `None` when that is no readable certificate. Where no directory
    /// tells the purpose, the certificate does.
    pub(crate) fn from_file(der: Vec<u8>, purpose: Option<Purpose>) -> Option<Self> {
        let Some(certificate) = Certificate::parse(&der) else {
            log::warn!("a certificate file holds no readable certificate");
            return None;
        };
        let purpose = purpose.unwrap_or(if certificate.signs_for_person_only {
            Purpose::Signature
        } else {
            Purpose::Authentication
        });
        Some(Self {
            purpose,
            der,
            certificate,
        })
    }

    /// The certificate as text (RFC 7468).
    pub fn to_pem(&self) -> String {
        der::pem::encode_string("CERTIFICATE", der::pem::LineEnding::LF, &self.der)
            .unwrap_or_default()
    }

    /// The SHA-256 fingerprint: the digest of the DER.
    pub fn fingerprint(&self) -> [u8; 32] {
        fingerprint(&self.der)
    }
}

fn fingerprint(der: &[u8]) -> [u8; 32] {
    Sha256::digest(der).into()
}

/// What a certificate says, as far as people want to know it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    /// The subject's whole name.
    pub subject: SafeText,
    /// The subject's common name: for a citizen "SURNAME GIVEN 99900335E".
    pub common_name: Option<SafeText>,
    /// The person: given name and surname.
    pub holder: Option<SafeText>,
    /// The issuer's whole name.
    pub issuer: SafeText,
    /// The issuer's common name.
    pub issuer_common_name: Option<SafeText>,
    /// The certificate's serial number in hexadecimal.
    pub serial: SafeText,
    /// From when it is valid.
    pub not_before: Timestamp,
    /// Until when it is valid.
    pub not_after: Timestamp,
    /// Its key.
    pub key: KeyType,
    /// Whose cards the issuer vouches for.
    pub kind: CardKind,
    /// Whether the issuer is one for tests.
    pub is_test: bool,
    /// The policies it was issued under, as object identifiers: "1.2.246.517.1.10.…".
    pub policies: Vec<SafeText>,
    /// Whether its key may only make signatures that commit a person.
    pub signs_for_person_only: bool,
    /// The number by which the issuer knows the subject: for a citizen 99900335E.
    pub(crate) subject_number: Option<SafeText>,
    /// When the subject was born, where the certificate says so.
    pub(crate) birth_date: Option<BirthDate>,
}

impl Certificate {
    /// Reads a certificate. `None` when it is no certificate or does not name what it must.
    pub fn parse(bytes: &[u8]) -> Option<Self> {
        let length = Header::read(bytes).ok()?.object_length();
        let parsed = x509_cert::Certificate::from_der(bytes.get(..length)?).ok()?;
        let tbs = parsed.tbs_certificate();
        let subject = NameParts::read(tbs.subject());
        let issuer = NameParts::read(tbs.issuer());
        let issuer_text = SafeText::new(&issuer.whole)?;
        let given = subject.first("GN").or_else(|| subject.first("G"));
        let holder = match (given, subject.first("SN")) {
            (Some(given), Some(surname)) => SafeText::new(&format!("{given} {surname}")),
            _ => subject.first("CN").and_then(SafeText::new),
        };
        let subject_number = subject.first("serialNumber").and_then(SafeText::new);
        let extension = |identifier| extension(tbs.extensions(), identifier);
        Some(Self {
            subject: SafeText::new(&subject.whole)?,
            common_name: subject.first("CN").and_then(SafeText::new),
            holder,
            kind: kind_by_issuer(&issuer_text),
            is_test: issuer_text.to_lowercase().contains("test"),
            issuer_common_name: issuer.first("CN").and_then(SafeText::new),
            issuer: issuer_text,
            serial: SafeText::new(&Hex(tbs.serial_number().as_bytes()).to_string())?,
            not_before: Timestamp(tbs.validity().not_before.to_date_time()),
            not_after: Timestamp(tbs.validity().not_after.to_date_time()),
            key: key_type(&tbs.subject_public_key_info().to_der().ok()?),
            policies: extension("2.5.29.32").map_or_else(Vec::new, policies),
            signs_for_person_only: extension("2.5.29.15").is_some_and(is_non_repudiation_only),
            birth_date: extension("2.5.29.9")
                .and_then(BirthDate::in_directory_attributes)
                .or_else(|| {
                    subject_number
                        .as_deref()
                        .and_then(BirthDate::in_identity_code)
                }),
            subject_number,
        })
    }
}

/// What an extension holds.
fn extension<'a>(extensions: Option<&'a Vec<Extension>>, identifier: &str) -> Option<&'a [u8]> {
    extensions?
        .iter()
        .find(|extension| extension.extn_id.to_string() == identifier)
        .map(|extension| extension.extn_value.as_bytes())
}

/// The identifiers in certificatePolicies (RFC 5280). None when it cannot be read: they are told,
/// nothing hangs on them.
fn policies(extension: &[u8]) -> Vec<SafeText> {
    let policies =
        CertificatePolicies::from_der(extension).map_or_else(|_| Vec::new(), |all| all.0);
    let identifiers = policies.iter().map(|policy| policy.policy_identifier);
    identifiers
        .filter_map(|identifier| SafeText::new(&identifier.to_string()))
        .collect()
}

/// keyUsage with `nonRepudiation` and nothing else: BIT STRING, one unused-bits byte, bit 1.
fn is_non_repudiation_only(key_usage: &[u8]) -> bool {
    matches!(key_usage, [0x03, _, _, 0x40] | [0x03, _, _, 0x40, 0x00])
}

/// Citizen, organisation or healthcare, by words in the issuer's name. The names of the healthcare
/// authorities changed over the years; the words did not.
fn kind_by_issuer(issuer: &str) -> CardKind {
    let issuer = issuer.to_lowercase();
    let names = |words: &[&str]| words.iter().any(|word| issuer.contains(word));
    if names(&["healthcare", "health care", "social welfare"]) {
        CardKind::Healthcare
    } else if names(&["organisational", "organizational"]) {
        CardKind::Organisation
    } else if names(&["citizen"]) {
        CardKind::Citizen
    } else {
        CardKind::Unknown
    }
}

/// The kind of key in a SubjectPublicKeyInfo (RFC 5480, RFC 8017).
fn key_type(info: &[u8]) -> KeyType {
    const RSA: &[u8] = &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x01, 0x01];
    const CURVE: &[u8] = &[0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01];
    const SECP256R1: &[u8] = &[0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x03, 0x01, 0x07];
    const SECP384R1: &[u8] = &[0x2B, 0x81, 0x04, 0x00, 0x22];
    let Ok(objects) = DataObjects::parse(info) else {
        return KeyType::Unknown;
    };
    let Some(info) = objects.find(0x30) else {
        return KeyType::Unknown;
    };
    let mut identifiers = info
        .children()
        .take(1)
        .flat_map(siru_apdu::tlv::DataObject::children)
        .filter(|object| object.tag() == 0x06)
        .filter_map(siru_apdu::tlv::DataObject::value);
    match (identifiers.next(), identifiers.next()) {
        (Some(RSA), _) => info
            .find_value(0x03)
            .and_then(rsa_bits)
            .map_or(KeyType::Unknown, |bits| KeyType::Rsa { bits }),
        (Some(CURVE), Some(SECP256R1)) => KeyType::P256,
        (Some(CURVE), Some(SECP384R1)) => KeyType::P384,
        _ => KeyType::Unknown,
    }
}

/// The length of the modulus in an RSAPublicKey, in bits.
fn rsa_bits(bit_string: &[u8]) -> Option<usize> {
    let objects = DataObjects::parse(bit_string.get(1..)?).ok()?;
    let modulus = objects.find(0x30)?.find_value(0x02)?;
    let first = modulus.iter().position(|byte| *byte != 0)?;
    let significant = modulus.get(first..)?;
    let unused = usize::try_from(significant.first()?.leading_zeros()).ok()?;
    Some(significant.len() * 8 - unused)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kind_of_card_is_told_by_words_in_the_issuers_name() {
        let cases = [
            ("C=FI, CN=DVV Citizen Certificates - G4E", CardKind::Citizen),
            (
                "CN=VRK Gov. CA for Citizen Certificates - G3",
                CardKind::Citizen,
            ),
            (
                "CN=DVV Organisational Certificates - G4R",
                CardKind::Organisation,
            ),
            (
                "CN=VRK CA for Healthcare Professionals Qualified Certificates",
                CardKind::Healthcare,
            ),
            (
                "CN=DVV Social Welfare and Healthcare Prof. Certificates - G2E",
                CardKind::Healthcare,
            ),
            ("CN=Someone else", CardKind::Unknown),
        ];
        for (issuer, expected) in cases {
            assert_eq!(kind_by_issuer(issuer), expected, "{issuer}");
        }
    }

    #[test]
    fn nonsense_is_no_certificate() {
        for bytes in [
            &[][..],
            &[0x30],
            &[0x30, 0x82, 0x04, 0x3B],
            &[0x30, 0x02, 0x30, 0x00],
        ] {
            assert_eq!(Certificate::parse(bytes), None);
        }
    }

    #[test]
    fn policies_are_told_by_their_identifiers_and_nonsense_has_none() {
        let one = [0x30, 0x08, 0x30, 0x06, 0x06, 0x04, 0x2A, 0x81, 0x76, 0x01];
        let told: Vec<_> = policies(&one).iter().map(ToString::to_string).collect();
        assert_eq!(told, ["1.2.246.1"]);
        assert!(policies(&[0x30, 0x03, 0x02]).is_empty());
    }

    #[test]
    fn the_fingerprint_is_the_digest_of_the_bytes_as_they_are() {
        // The digest of "abc" is the first example of FIPS 180-4.
        let digest = Hex(&fingerprint(b"abc")).to_string();
        assert!(digest.starts_with("BA 78 16 BF 8F 01 CF EA"), "{digest}");
    }

    #[test]
    fn a_moment_is_told_as_the_calendar_has_it() {
        let moment = SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(1_709_164_799);
        let timestamp = Timestamp::of(moment).unwrap();
        assert_eq!(timestamp.to_string(), "2024-02-28T23:59:59Z");
        assert_eq!(timestamp.to_system_time(), moment);
    }
}
