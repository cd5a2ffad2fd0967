//! A certificate with what is needed to prove who signed it.
//!
//! The bytes are judged as they are, never written anew: cards carry encodings that are not minimal.
//! An algorithm is told by its identifier alone, since issued certificates carry NULL parameters
//! beside ecdsa-with-SHA384, which strict readers refuse.

use std::time::SystemTime;

use der::asn1::{AnyRef, ObjectIdentifier};
use der::oid::db::rfc5280::{ANY_EXTENDED_KEY_USAGE, ID_KP_CLIENT_AUTH};
use der::{Decode, Encode, Reader, SliceReader};
use rustls::crypto::ring::default_provider;
use rustls::pki_types::SignatureVerificationAlgorithm;
use siru_card::{Certificate, SafeText};
use x509_cert::ext::pkix::{BasicConstraints, ExtendedKeyUsage, KeyUsage};

/// A certificate, taken apart.
#[derive(Debug)]
pub(crate) struct Certified {
    der: Vec<u8>,
    signed: Vec<u8>,
    parsed: x509_cert::Certificate,
    said: Certificate,
}

impl Certified {
    /// Takes a certificate apart. What stands behind it in a file of a card is left out.
    pub fn parse(bytes: &[u8]) -> Option<Self> {
        let der = SliceReader::new(bytes).ok()?.tlv_bytes().ok()?;
        let parsed = x509_cert::Certificate::from_der(der).ok()?;
        let body = AnyRef::from_der(der).ok()?.value();
        let signed = SliceReader::new(body).ok()?.tlv_bytes().ok()?;
        Some(Self {
            said: Certificate::parse(der)?,
            der: der.to_vec(),
            signed: signed.to_vec(),
            parsed,
        })
    }

    /// The certificate itself.
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    /// What it says to people.
    pub const fn said(&self) -> &Certificate {
        &self.said
    }

    /// The name to show for its subject.
    pub fn subject(&self) -> SafeText {
        let name = self.said.common_name.as_ref();
        name.unwrap_or(&self.said.subject).clone()
    }

    /// The name to show for its issuer.
    pub fn issuer(&self) -> SafeText {
        let name = self.said.issuer_common_name.as_ref();
        name.unwrap_or(&self.said.issuer).clone()
    }

    /// Whether it names itself as its issuer.
    pub fn is_self_issued(&self) -> bool {
        self.names_as_issuer(self)
    }

    /// Whether it names `authority` as its issuer.
    pub fn names_as_issuer(&self, authority: &Self) -> bool {
        let (own, other) = (self.parsed.tbs_certificate(), &authority.parsed);
        own.issuer() == other.tbs_certificate().subject()
    }

    /// Whether `authority` signed it.
    pub fn is_signed_by(&self, authority: &Self) -> bool {
        let Some(signature) = self.parsed.signature().as_bytes() else {
            return false;
        };
        let algorithm = self.parsed.signature_algorithm().oid;
        let algorithms = default_provider().signature_verification_algorithms.all;
        let by_name = algorithms
            .iter()
            .filter(|known| is_called(**known, algorithm));
        authority.key_verifies(by_name.copied(), &self.signed, signature)
    }

    /// Whether the key in it made `signature` over `message`, by one of `algorithms`.
    fn key_verifies(
        &self,
        algorithms: impl Iterator<Item = &'static dyn SignatureVerificationAlgorithm>,
        message: &[u8],
        signature: &[u8],
    ) -> bool {
        let key = self.parsed.tbs_certificate().subject_public_key_info();
        let (Ok(kind), Some(bits)) = (key.algorithm.to_der(), key.subject_public_key.as_bytes())
        else {
            return false;
        };
        let Ok(kind) = AnyRef::from_der(&kind) else {
            return false;
        };
        algorithms
            .filter(|known| known.public_key_alg_id().as_ref() == kind.value())
            .any(|known| known.verify_signature(bits, message, signature).is_ok())
    }

    /// Whether it belongs to an authority that may have `depth` authorities below it.
    pub fn may_issue(&self, depth: usize) -> bool {
        let body = self.parsed.tbs_certificate();
        let Ok(Some((_, constraints))) = body.get_extension::<BasicConstraints>() else {
            return false;
        };
        let signs = match body.get_extension::<KeyUsage>() {
            Ok(usage) => usage.is_none_or(|(_, usage)| usage.key_cert_sign()),
            Err(_) => false,
        };
        let deep_enough = constraints
            .path_len_constraint
            .is_none_or(|most| depth <= usize::from(most));
        constraints.ca && signs && deep_enough
    }

    /// Whether its key may sign a log-in: digitalSignature, or no word on usage at all; and if it
    /// says for what (RFC 5280, 4.2.1.12), for one of the [`FOR_LOG_IN`].
    pub fn may_log_in(&self) -> bool {
        let body = self.parsed.tbs_certificate();
        let signs = match body.get_extension::<KeyUsage>() {
            Ok(usage) => usage.is_none_or(|(_, usage)| usage.digital_signature()),
            Err(_) => !self.said.signs_for_person_only,
        };
        let for_log_in = match body.get_extension::<ExtendedKeyUsage>() {
            Ok(None) => true,
            Ok(Some((_, usages))) => usages.0.iter().any(|usage| FOR_LOG_IN.contains(usage)),
            Err(_) => false,
        };
        signs && for_log_in
    }

    /// Whether it is valid at `now`.
    pub fn is_valid_at(&self, now: SystemTime) -> bool {
        (self.said.not_before.to_system_time()..=self.said.not_after.to_system_time())
            .contains(&now)
    }
}

/// Whether the key of the certificate `der` made `signature` over `message`, by one of `algorithms`.
/// Nothing else of the certificate has to be understood for that.
pub(crate) fn key_verifies(
    der: &[u8],
    algorithms: &[&'static dyn SignatureVerificationAlgorithm],
    message: &[u8],
    signature: &[u8],
) -> bool {
    Certified::parse(der)
        .is_some_and(|one| one.key_verifies(algorithms.iter().copied(), message, signature))
}

/// Whether the identifier of `known` is `algorithm`, whatever its parameters.
fn is_called(known: &dyn SignatureVerificationAlgorithm, algorithm: ObjectIdentifier) -> bool {
    algorithm
        .to_der()
        .is_ok_and(|name| known.signature_alg_id().as_ref().starts_with(&name))
}

/// The uses with which services take a certificate for log-in: clientAuth, anyExtendedKeyUsage, and
/// the log-in by smart card that Windows knows.
const FOR_LOG_IN: [ObjectIdentifier; 3] = [
    ID_KP_CLIENT_AUTH,
    ANY_EXTENDED_KEY_USAGE,
    ObjectIdentifier::new_unwrap("1.3.6.1.4.1.311.20.2.2"),
];
