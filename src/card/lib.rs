//! FINEID cards: which generation a card is, what its directory says, its certificates, and the
//! PIN service, on top of the traits of [`siru_apdu`]. No input or output of its own.
//!
//! | document | editions | what of it is here |
//! |---|---|---|
//! | *FINEID S1*, Electronic ID application | v3.0, v4.0, v4.2, v5.0 | files, GET DATA, PIN commands |
//! | *FINEID S4-1*, implementation profile 1 | v3.0 to v4.2 | citizen cards: [`profile::FINEID_V4`] … |
//! | *FINEID S4-2*, implementation profile 2 | v4.0 | organisation and healthcare cards: [`profile::COSMO_X`] … |
//! | *FINEID S2*, certificate contents | v4.0, v5.2 | [`Certificate`] |
//! | *ISO/IEC 7816-15* (PKCS #15) | 2016 | [`pkcs15`] |
//!
//! [`FineidCard::open`] reads, and [`FineidCard::perform`] is the one way to present a PIN or PUK.
//! [`Activation`] tells what a new card waits for, and [`FineidCard::perform_both`] takes that way
//! for PIN1 and then for PIN2.
//! Middleware goes another way: [`FineidCard::log_in`] leaves PIN1 verified for
//! [`FineidCard::sign`], until [`FineidCard::log_out`].
//!
//! What protects a cardholder is enforced there, below every window and command line: a code goes
//! out at most once per request, only to the card the person saw, only after its counter was read,
//! and at the last tries only with a consent that names the consequence.
#![forbid(unsafe_code)]

mod access;
mod activation;
mod card;
mod certificate;
mod error;
mod file;
mod identity;
mod opening;
mod pin;
pub mod pkcs15;
pub mod profile;
mod rules;
mod session;
mod sign;
#[cfg(test)]
mod tests;
mod text;

pub use access::{Access, ReadOnlyReason};
pub use activation::{Activation, ActivationRegime};
pub use card::FineidCard;
pub use certificate::{
    CardCertificate, CardKind, Certificate, KeyType, Purpose, Timestamp, Validity,
};
pub use error::{OpenError, ReadError};
pub use identity::{AuthenticationObject, CardIdentity};
pub use pin::{
    Answer, Caught, Consent, EntryProblem, LogOut, Marks, NewPin, Operation,
    PUK_BESIDE_ACTIVATION_PIN, PairMarks, PairOutcome, PersonalDigits, Pin, PinOutcome, PinPair,
    PinRequest, PinRole, PinRules, PinState, PinStates, Refusal, Risk, TryUse, TypoShield,
    Weakness, at_stake, check_activation_pin,
};
pub use pkcs15::{SerialNumber, TokenInfo};
pub use profile::CardProfile;
pub use sign::{Hash, PublicKey, SignError, SignatureAlgorithm, SignatureRequest};
pub use text::SafeText;
