//! The names, states and rules of PIN1, PIN2 and the PUK, in the terms of the card issuer.

use i18n_embed_fl::fl;
use siru_apdu::TriesLeft;
use siru_card::{CardKind, EntryProblem, PinRole, PinRules, PinState};

use crate::catalogue::Texts;

/// What is asked for in a field, or was presented to a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presented {
    /// PIN1, PIN2 or the PUK.
    Code(PinRole),
    /// The activation PIN of the letter, which stands in for a PIN that was never set.
    ActivationPin,
}

impl From<PinRole> for Presented {
    fn from(role: PinRole) -> Self {
        Self::Code(role)
    }
}

impl Presented {
    /// The value of `$code` in the sentences.
    pub(crate) const fn selector(self) -> &'static str {
        match self {
            Self::Code(role) => selector(role),
            Self::ActivationPin => "activation-pin",
        }
    }
}

impl Texts {
    /// What a code is called: "basic PIN (PIN1)", "signature PIN (PIN2)", "PUK/Activation code".
    pub fn role(&self, role: PinRole) -> String {
        fl!(self.loader(), "code", code = selector(role))
    }

    /// What a kind of card is called.
    pub fn kind(&self, kind: CardKind) -> String {
        match kind {
            CardKind::Citizen => fl!(self.loader(), "kind-citizen"),
            CardKind::Organisation => fl!(self.loader(), "kind-organisation"),
            CardKind::Healthcare => fl!(self.loader(), "kind-healthcare"),
            CardKind::Unknown => fl!(self.loader(), "kind-unknown"),
        }
    }

    /// The state of a code in a few words: "5 of 5 tries left", "Locked", "Locked permanently". Of a
    /// PIN that is not activated the tries are told once one of them is gone.
    pub fn state(&self, role: PinRole, state: PinState, max: Option<TriesLeft>) -> String {
        let loader = self.loader();
        match state {
            PinState::Usable {
                tries_left: Some(tries),
            } => match max {
                Some(max) => fl!(loader, "state-tries-of", tries = tries.0, max = max.0),
                None => fl!(loader, "state-tries", tries = tries.0),
            },
            PinState::Usable { tries_left: None } => fl!(loader, "state-tries-unknown"),
            PinState::Locked if role == PinRole::Unblocking => fl!(loader, "state-locked-for-good"),
            PinState::Locked => fl!(loader, "state-locked"),
            PinState::NotActivated { tries_left } => match tries_left.zip(max) {
                Some((tries, max)) if tries < max => {
                    let (tries, max) = (tries.0, max.0);
                    fl!(
                        loader,
                        "state-not-activated-tries",
                        tries = tries,
                        max = max
                    )
                }
                _ => fl!(loader, "state-not-activated"),
            },
            PinState::Unknown => fl!(loader, "state-unknown"),
        }
    }

    /// How many digits are asked for, "4–8 digits": of a `new` code, or of one that is on the
    /// card. The numbers are those of the card and its issuer, so the code needs no naming.
    pub fn rules(&self, _code: PinRole, rules: &PinRules, new: bool) -> String {
        let (min, max) = if new {
            (rules.min_new, rules.max_new)
        } else {
            (rules.min_entered, rules.max_entered)
        };
        if min == max {
            fl!(self.loader(), "rules-exact", min = min)
        } else {
            fl!(self.loader(), "rules-range", min = min, max = max)
        }
    }

    /// Who gives a new PUK or activation code when it is lost.
    pub fn new_code(&self, kind: CardKind) -> String {
        fl!(self.loader(), "new-puk", kind = issuer_selector(kind))
    }

    /// What is wrong with digits typed for `asked`. Nothing was sent.
    pub fn entry_problem(&self, asked: impl Into<Presented>, problem: EntryProblem) -> String {
        let loader = self.loader();
        let code = asked.into().selector();
        match problem {
            EntryProblem::NotDigits => fl!(loader, "entry-not-digits", code = code),
            EntryProblem::TooShort { min } => {
                fl!(loader, "entry-too-short", code = code, min = min)
            }
            EntryProblem::TooLong { max } => fl!(loader, "entry-too-long", code = code, max = max),
            EntryProblem::Mismatch => fl!(loader, "entry-mismatch"),
            EntryProblem::SameAsCurrent => fl!(loader, "entry-same-as-current"),
            EntryProblem::SameAsPuk => fl!(loader, "entry-same-as-puk"),
        }
    }
}

/// The value of `$code` in the sentences.
pub(crate) const fn selector(role: PinRole) -> &'static str {
    match role {
        PinRole::Authentication => "pin1",
        PinRole::Signature => "pin2",
        PinRole::Unblocking => "puk",
    }
}

/// The value of `$kind` in the sentences: who gives a new code.
pub(crate) const fn issuer_selector(kind: CardKind) -> &'static str {
    match kind {
        CardKind::Citizen => "citizen",
        CardKind::Organisation | CardKind::Healthcare => "organisation",
        CardKind::Unknown => "unknown",
    }
}
