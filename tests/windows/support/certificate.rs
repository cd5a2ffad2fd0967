//! What a Windows program was given, in the forms in which signatures are verified.

use der::asn1::UintRef;
use der::{Decode, Encode};
use x509_cert::Certificate;

/// Bytes as the orders to a host have them.
#[must_use]
pub fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The public key of a certificate, as the bits that stand in it.
///
/// # Panics
///
/// When it is no certificate, or more than one.
#[must_use]
pub fn public_key(certificate: &[u8]) -> Vec<u8> {
    let certificate = Certificate::from_der(certificate).expect("a certificate");
    let info = certificate.tbs_certificate().subject_public_key_info();
    info.subject_public_key.raw_bytes().to_vec()
}

/// A signature on a curve in the form of X.509 (RFC 3279, ECDSA-Sig-Value), of r and s side by side.
///
/// # Panics
///
/// When it has another length than such a signature.
#[must_use]
pub fn signature_value(signature: &[u8]) -> Vec<u8> {
    let numbers: Vec<u8> = signature
        .chunks(signature.len() / 2)
        .map(|number| UintRef::new(number).expect("a number").to_der())
        .flat_map(|number| number.expect("DER"))
        .collect();
    let length = u8::try_from(numbers.len()).expect("a short length");
    assert!(length < 0x80);
    [&[0x30, length], numbers.as_slice()].concat()
}
