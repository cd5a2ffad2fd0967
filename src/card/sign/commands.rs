//! The commands that make a signature (*FINEID S1 v4.2* §3.8; *S4-2 v4.0* for organisation cards).

use siru_apdu::{CommandApdu, ExpectedLength, Instruction};

use super::algorithm::SignatureAlgorithm;
use crate::profile::KeyReference;

/// MANAGE SECURITY ENVIRONMENT, SET for computation, digital signature template: algorithm and key.
pub fn set_environment(algorithm: SignatureAlgorithm, key: KeyReference) -> CommandApdu {
    CommandApdu::new(Instruction::MANAGE_SECURITY_ENVIRONMENT, 0x41, 0xB6).data([
        0x80,
        0x01,
        algorithm.reference(),
        0x84,
        0x01,
        key.0,
    ])
}

/// PSO: HASH with a digest computed outside the card.
pub fn load_digest(digest: &[u8]) -> CommandApdu {
    let length = u8::try_from(digest.len()).unwrap_or(u8::MAX);
    let mut data = vec![0x90, length];
    data.extend_from_slice(digest);
    CommandApdu::new(Instruction::PERFORM_SECURITY_OPERATION, 0x90, 0xA0).data(data)
}

/// PSO: COMPUTE DIGITAL SIGNATURE over the loaded digest.
///
/// It asks for exactly the length of the signature: after `6Cxx` the loaded digest may be gone. A
/// signature of more than 256 bytes waits behind `61xx`.
pub fn sign_loaded(signature_length: usize) -> CommandApdu {
    let expected = ExpectedLength::new(signature_length).unwrap_or(ExpectedLength::MAX);
    CommandApdu::new(Instruction::PERFORM_SECURITY_OPERATION, 0x9E, 0x9A).expect(expected)
}

/// PSO: COMPUTE DIGITAL SIGNATURE over the digest it carries.
pub fn sign_inline(digest: &[u8]) -> CommandApdu {
    CommandApdu::new(Instruction::PERFORM_SECURITY_OPERATION, 0x9E, 0x9A)
        .data(digest)
        .expect(ExpectedLength::MAX)
}
