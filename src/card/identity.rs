//! Which card it is, and which PINs it has: what a person sees before typing anything.

use siru_apdu::TriesLeft;

use crate::pin::{PinRole, PinRules};
use crate::pkcs15::SerialNumber;
use crate::text::SafeText;

/// Which card it is: what a person saw when they decided to type a PIN for it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct CardIdentity {
    pub(crate) serial: Option<SerialNumber>,
    pub(crate) atr: Vec<u8>,
}

impl CardIdentity {
    /// The card's serial number. A card without one is never written to.
    pub const fn serial(&self) -> Option<&SerialNumber> {
        self.serial.as_ref()
    }

    /// Its answer to reset.
    pub fn atr(&self) -> &[u8] {
        &self.atr
    }
}

/// PIN1 or PIN2 of a card, as its directory and its generation describe it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuthenticationObject {
    /// Which of the two.
    pub role: PinRole,
    /// The card's own label, where its directory could be read.
    pub label: Option<SafeText>,
    /// How many digits it takes.
    pub rules: PinRules,
    /// How many wrong entries lock it, as published; `None` for an unknown generation.
    pub max_tries: Option<TriesLeft>,
}
