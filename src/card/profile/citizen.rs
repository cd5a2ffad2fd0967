//! Citizen cards, v3.0, v3.1 and v4.x: Gemalto and Thales MultiApp.
//!
//! Follows *FINEID S1 v4.2* (Electronic ID application) and *FINEID S4-1 v3.0, v3.1, v4.0-v4.2*
//! (implementation profile 1). Answers to reset: *DVV, Technology note - ATR bytes v1.0*; that of
//! the 2025 revision is from public drivers.

use siru_apdu::TriesLeft;

use crate::certificate::CardKind;

use super::{
    CardProfile, CounterSource, DigestLoading, FINEID_FILES, HistoricalBytes, KeyFamily,
    KeyReference, PinFacts, PinReference, PinScheme, SigningFacts, UnlockProcedure, Writing,
};

/// Issued from 13 March 2023: P-384 keys.
pub const FINEID_V4: CardProfile = CardProfile {
    id: "fineid-v4",
    name: "FINEID v4",
    historical_bytes: &[HistoricalBytes::StartWith(&[
        0x80, 0x31, 0xB8, 0x65, 0xB0, 0x85, 0x05,
    ])],
    signing: SigningFacts {
        keys: Some(KeyFamily::EllipticCurve),
        ..CITIZEN.signing
    },
    ..CITIZEN
};

/// Issued from January 2021 to March 2023: RSA keys.
pub const FINEID_V3_1: CardProfile = CardProfile {
    id: "fineid-v3.1",
    name: "FINEID v3.1",
    historical_bytes: &[HistoricalBytes::StartWith(&[
        0x80, 0x31, 0xB8, 0x65, 0xB0, 0x85, 0x04,
    ])],
    ..CITIZEN
};

/// Issued from 2017 to January 2021: RSA-2048 keys and a second, P-256 signature key.
pub const FINEID_V3_0: CardProfile = CardProfile {
    id: "fineid-v3.0",
    name: "FINEID v3.0",
    historical_bytes: &[HistoricalBytes::StartWith(&[
        0x80, 0x31, 0xB8, 0x65, 0xB0, 0x85, 0x03,
    ])],
    ..CITIZEN
};

/// What the citizen generations have in common. Lengths are those of *FINEID S4-1 v4.2* §8.1.5,
/// narrowed for new values to what the issuer publishes.
const CITIZEN: CardProfile = CardProfile {
    id: "fineid",
    name: "FINEID",
    issued_to: CardKind::Citizen,
    historical_bytes: &[],
    writing: Writing::Proven,
    scheme: PinScheme::Padded {
        stored_length: 12,
        pad: 0x00,
    },
    counters: CounterSource::Container,
    unlocking: UnlockProcedure::PukInCommand,
    pin1: PinFacts {
        reference: PinReference(0x11),
        min_entered: 4,
        min_new: 4,
        max_new: 8,
        max_tries: TriesLeft(5),
    },
    pin2: PinFacts {
        reference: PinReference(0x82),
        min_entered: 6,
        min_new: 6,
        max_new: 8,
        max_tries: TriesLeft(5),
    },
    puk: PinFacts {
        reference: PinReference(0x83),
        // Sources differ on whether a PUK may have seven digits, so seven are let through.
        min_entered: 7,
        min_new: 8,
        max_new: 12,
        max_tries: TriesLeft(5),
    },
    signing: SigningFacts {
        digest: DigestLoading::Loaded,
        authentication_key: KeyReference(0x01),
        signature_key: KeyReference(0x02),
        signature_application: None,
        keys: Some(KeyFamily::Rsa),
    },
    files: FINEID_FILES,
};
