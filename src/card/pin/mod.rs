//! The PIN service: what may be sent to a card, what came of it, and the laws in between.

mod activating;
mod beginning;
mod commands;
mod counters;
mod entry;
mod leaving;
mod outcome;
mod pair;
mod request;
mod resume;
mod secret;
mod service;
mod shield;
mod verdict;
mod weak;

pub use entry::{EntryProblem, PUK_BESIDE_ACTIVATION_PIN, PinRules};
pub use leaving::LogOut;
pub use outcome::{Answer, PinOutcome, PinState, PinStates, Refusal, TryUse};
pub use pair::{NewPin, PairOutcome, PinPair, check_activation_pin};
pub use request::{Consent, Operation, PinRequest, PinRole, Risk, at_stake};
pub use secret::Pin;
pub use shield::{Caught, Marks, PairMarks, TypoShield};
pub use weak::{PersonalDigits, Weakness};

pub(crate) use beginning::{begin, read_serial};
pub(crate) use commands::says_no_such_pin;
pub(crate) use counters::{ask, read_state, read_states};
pub(crate) use entry::ACTIVATION_PIN_DIGITS;
pub(crate) use leaving::{is_verified, log_out};
pub(crate) use service::{Afterwards, Terms, perform};
