//! A card that carries the application but answers its reset like no known generation.

use crate::certificate::CardKind;

use super::{CardProfile, FINEID_V4, SigningFacts, Writing};

/// Names the files to look for. The card is only looked at: nothing else about it is known.
pub const UNKNOWN: CardProfile = CardProfile {
    id: "fineid-unknown",
    name: "FINEID (unknown generation)",
    issued_to: CardKind::Unknown,
    historical_bytes: &[],
    writing: Writing::Unproven,
    signing: SigningFacts {
        keys: None,
        ..FINEID_V4.signing
    },
    ..FINEID_V4
};
