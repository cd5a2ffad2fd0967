//! Setec SetCOS cards, issued until 2016. Their certificates have expired; they are recognised so
//! that a person learns why nothing works, and never written to.

use siru_apdu::TriesLeft;

use crate::certificate::CardKind;

use super::{
    CardProfile, CounterSource, DigestLoading, FileTable, HistoricalBytes, KeyReference, PinFacts,
    PinReference, PinScheme, SigningFacts, UnlockProcedure, Writing,
};

/// SetCOS 4.3 and 5.1 with the FINEID application v1 and v2.x, citizen and organisation.
pub const SETCOS: CardProfile = CardProfile {
    id: "fineid-setcos",
    name: "FINEID v1-v2, SetCOS",
    issued_to: CardKind::Unknown,
    historical_bytes: &[
        HistoricalBytes::EndWith(b"VFinEID"),
        HistoricalBytes::Like(&[Some(0x80), Some(0x62), None, Some(0xA2)]),
        HistoricalBytes::Like(&[Some(0x80), Some(0x62), None, Some(0x51)]),
        // SetCOS 4.3.1, with "CFISE" behind a byte of the batch.
        HistoricalBytes::Like(&[
            Some(0x00),
            Some(0x67),
            None,
            Some(b'C'),
            Some(b'F'),
            Some(b'I'),
            Some(b'S'),
            Some(b'E'),
            Some(0x10),
            Some(0x52),
            Some(0x66),
            Some(0xFF),
            Some(0x81),
            Some(0x90),
            Some(0x00),
        ]),
        // The payment-card variant, with "WAVANT".
        HistoricalBytes::Exactly(b"\x00\x62\x00\x00WAVANT\x10\x81\x90\x00"),
    ],
    writing: Writing::Retired,
    scheme: PinScheme::Padded {
        stored_length: 8,
        pad: 0x00,
    },
    counters: CounterSource::EmptyVerify,
    unlocking: UnlockProcedure::PukInCommand,
    pin1: UNUSED,
    pin2: UNUSED,
    puk: UNUSED,
    signing: SigningFacts {
        digest: DigestLoading::Loaded,
        authentication_key: KeyReference(0x00),
        signature_key: KeyReference(0x00),
        signature_application: None,
        keys: None,
    },
    files: FileTable {
        token_info: &[],
        object_directory: &[],
        authentication_objects: &[],
        private_keys: &[],
        certificates: &[],
        authentication_certificate: &[],
        signature_certificate: &[],
        authorities: &[],
    },
};

const UNUSED: PinFacts = PinFacts {
    reference: PinReference(0x00),
    min_entered: 4,
    min_new: 4,
    max_new: 8,
    max_tries: TriesLeft(3),
};
