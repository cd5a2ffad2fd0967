//! What the window knows of one card: whose it is, and the state of its codes.

use std::time::Instant;

use siru_apdu::TriesLeft;
use siru_card::{
    Access, Activation, CardIdentity, CardKind, FineidCard, PersonalDigits, PinRole, PinRules,
    PinState, PinStates, SafeText, Timestamp,
};

/// A card as it was read.
#[derive(Clone, Debug)]
pub struct Card {
    /// Which card was seen; an operation is performed on this one only.
    pub identity: CardIdentity,
    /// The generation, "FINEID v4".
    pub profile: &'static str,
    /// What may be done with it.
    pub access: Access,
    /// What kind it is; not known before its certificate was read.
    pub kind: CardKind,
    /// Whose it is.
    pub holder: Holder,
    /// The certificate for log-in, DER; not known before it was read.
    pub leaf: Option<Vec<u8>>,
    /// From when and until when the certificate for log-in is valid; not known before it was read.
    pub validity: Option<(Timestamp, Timestamp)>,
    /// Numbers that make a bad PIN for its holder.
    pub personal: PersonalDigits,
    /// Tries left, as read last.
    pub states: PinStates,
    /// PIN1 and PIN2.
    pub objects: Vec<Object>,
    /// The lengths of the PUK.
    pub puk_rules: PinRules,
    /// The tries of a PUK nobody has mistyped.
    pub puk_max_tries: Option<TriesLeft>,
}

/// An identification object: PIN1 or PIN2.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Object {
    /// Which one.
    pub role: PinRole,
    /// Its lengths.
    pub rules: PinRules,
    /// The tries of one nobody has mistyped.
    pub max_tries: Option<TriesLeft>,
}

/// Whose card it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Holder {
    /// The certificate is being read, since then.
    Reading(Instant),
    /// The name in the certificate.
    Known(SafeText),
    /// The certificate names nobody, or could not be read.
    NotKnown,
}

impl Card {
    /// What `card` says, with a holder found out elsewhere.
    pub fn of(card: &FineidCard, holder: Holder) -> Self {
        Self {
            identity: card.identity().clone(),
            profile: card.profile().name,
            access: card.access(),
            kind: card.kind(),
            holder,
            leaf: None,
            validity: None,
            personal: PersonalDigits::of(None, card.identity().serial()),
            states: *card.states(),
            objects: card
                .objects()
                .iter()
                .map(|object| Object {
                    role: object.role,
                    rules: object.rules,
                    max_tries: object.max_tries,
                })
                .collect(),
            puk_rules: card.puk_rules(),
            puk_max_tries: card.puk_max_tries(),
        }
    }

    /// This card as it is shown after `earlier`: while its certificate is being read once more, what
    /// the certificate said before holds.
    pub(super) fn after(self, earlier: Option<&Self>) -> Self {
        match (self.holder, earlier) {
            (Holder::Reading(_), Some(earlier))
                if earlier.identity == self.identity && earlier.kind != CardKind::Unknown =>
            {
                Self {
                    access: self.access,
                    states: self.states,
                    ..earlier.clone()
                }
            }
            (holder, _) => Self { holder, ..self },
        }
    }

    /// What there is to activate; `None` when no PIN says that it was never set. While the
    /// certificate is being read, its date may still tell more.
    pub fn activation(&self) -> Option<Activation> {
        let issued = self.validity.map(|(not_before, _)| not_before);
        Activation::of(&self.states, self.kind, issued)
    }

    /// What a person may choose who knows that the card is new, also when the card does not tell.
    pub fn possible_activation(&self) -> Option<Activation> {
        self.activation()
            .or_else(|| Activation::of_locked(&self.states))
    }

    /// The state of one code.
    pub const fn state(&self, role: PinRole) -> PinState {
        self.states.of(role)
    }

    /// The tries a code has when nobody has mistyped it.
    pub fn max_tries(&self, role: PinRole) -> Option<TriesLeft> {
        match role {
            PinRole::Unblocking => self.puk_max_tries,
            PinRole::Authentication | PinRole::Signature => {
                self.object(role).and_then(|object| object.max_tries)
            }
        }
    }

    /// The lengths of one code; `None` when the card has none of that role.
    pub fn rules(&self, role: PinRole) -> Option<PinRules> {
        match role {
            PinRole::Unblocking => Some(self.puk_rules),
            PinRole::Authentication | PinRole::Signature => {
                self.object(role).map(|object| object.rules)
            }
        }
    }

    fn object(&self, role: PinRole) -> Option<&Object> {
        self.objects.iter().find(|object| object.role == role)
    }
}
