//! How many digits a code takes on one card: the generation, the kind of card and the card's own
//! directory together.

use crate::certificate::CardKind;
use crate::pin::{PinRole, PinRules};
use crate::pkcs15::PinAttributes;
use crate::profile::{CardProfile, PinReference};

/// What the directory says of a code, by its reference.
pub(crate) fn attributes_of<'a>(
    pins: &'a [PinAttributes],
    profile: &CardProfile,
    role: PinRole,
) -> Option<&'a PinAttributes> {
    pins.iter()
        .find(|pin| PinReference(pin.reference) == profile.pin(role).reference)
}

/// For a new value the issuer's range, narrowed to the card's; for a value that is on the card
/// already, all that the card may hold.
pub(crate) fn rules_for(
    profile: &CardProfile,
    kind: CardKind,
    pins: &[PinAttributes],
    role: PinRole,
) -> PinRules {
    let facts = profile.pin(role);
    let stored = profile.scheme.max_length();
    let attributes = attributes_of(pins, profile, role);
    let card_min = attributes.map_or(0, |attributes| attributes.min_length);
    let card_max = attributes
        .and_then(|attributes| attributes.max_length)
        .unwrap_or(stored);
    let issuer_min = match (kind, role) {
        (CardKind::Healthcare, PinRole::Signature) => 4,
        _ => facts.min_new,
    };
    PinRules {
        min_entered: facts.min_entered,
        max_entered: stored,
        min_new: issuer_min.max(card_min),
        max_new: facts.max_new.min(card_max).min(stored),
    }
}
