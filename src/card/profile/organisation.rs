//! Organisation cards and social-welfare and healthcare cards.
//!
//! Follows *FINEID S4-2 v4.0* (implementation profile 2) and *S1 v5.0*. Its printed sample of the
//! PIN directory carries other references than its text and the cards; the card is asked.

use siru_apdu::TriesLeft;
use siru_apdu::select::{ApplicationId, FileId};

use crate::certificate::CardKind;

use super::{
    CardProfile, CounterSource, DigestLoading, FINEID_FILES, FileTable, HistoricalBytes,
    KeyReference, PinFacts, PinReference, PinScheme, SigningFacts, UnlockProcedure, Writing,
};

/// Idemia Cosmo X, issued from about 2025.
pub const COSMO_X: CardProfile = CardProfile {
    id: "fineid-org-cosmo-x",
    name: "FINEID organisation (Cosmo X)",
    historical_bytes: &[HistoricalBytes::Exactly(&[
        0x00, 0x31, 0xB8, 0x64, 0x04, 0x29, 0xEC, 0xC1, 0x73, 0x94, 0x01, 0x80, 0x83,
    ])],
    writing: Writing::Proven,
    ..ORGANISATION
};

/// Idemia IDeal Citiz 2.17-i, issued from December 2019. Its PIN references are not proven.
pub const IDEAL_CITIZ: CardProfile = CardProfile {
    id: "fineid-org-ideal-citiz",
    name: "FINEID organisation (IDeal Citiz)",
    historical_bytes: &[HistoricalBytes::Exactly(&[
        0x00, 0x31, 0xB8, 0x64, 0x04, 0x29, 0xEC, 0xC1, 0x73, 0x94, 0x01, 0x80, 0x82,
    ])],
    ..ORGANISATION
};

/// Oberthur Cosmo v7, issued from about 2010 to 2019. Its PIN references are not proven.
pub const COSMO_V7: CardProfile = CardProfile {
    id: "fineid-org-cosmo-v7",
    name: "FINEID organisation (Cosmo v7)",
    historical_bytes: &[HistoricalBytes::Exactly(&[
        0x00, 0x31, 0xB8, 0x64, 0x04, 0x29, 0xEC, 0xC1, 0x73, 0x94, 0x01, 0x80, 0x82, 0x90, 0x00,
    ])],
    ..ORGANISATION
};

const ORGANISATION: CardProfile = CardProfile {
    id: "fineid-org",
    name: "FINEID organisation",
    issued_to: CardKind::Unknown,
    historical_bytes: &[],
    writing: Writing::Unproven,
    scheme: PinScheme::Plain { max_length: 8 },
    counters: CounterSource::EmptyVerify,
    unlocking: UnlockProcedure::VerifyPukFirst,
    pin1: PinFacts {
        reference: PinReference(0x03),
        min_entered: 4,
        min_new: 4,
        max_new: 8,
        max_tries: TriesLeft(5),
    },
    pin2: PinFacts {
        reference: PinReference(0x04),
        min_entered: 4,
        // Healthcare cards take four; which card it is shows in the certificate only.
        min_new: 6,
        max_new: 8,
        max_tries: TriesLeft(5),
    },
    puk: PinFacts {
        reference: PinReference(0x12),
        min_entered: 8,
        min_new: 8,
        max_new: 8,
        max_tries: TriesLeft(5),
    },
    signing: SigningFacts {
        digest: DigestLoading::Inline,
        authentication_key: KeyReference(0x01),
        signature_key: KeyReference(0x82),
        signature_application: Some(ApplicationId(b"E.SIGN")),
        keys: None,
    },
    files: FileTable {
        authorities: &[&[FileId(0x4333)], &[FileId(0x4334)]],
        ..FINEID_FILES
    },
};
