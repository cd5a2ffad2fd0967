//! A FINEID card in software: for tests, demonstrations and training.
//!
//! [`SimulatedCard`] is the card, a function from command bytes to answer bytes. [`Personalisation`]
//! builds one from an [`Image`]. [`VirtualReaders`] puts cards into readers inside the process, and
//! [`vpcd`] into real PC/SC readers. [`Ledger`] remembers every command that carried a PIN.
//!
//! The crate knows the language of cards (`siru-apdu`) and nothing of the product's view of FINEID:
//! every card constant is written down here once more, from the specification. If both sides shared
//! them, a wrong one would be wrong on both sides and every test green.
#![forbid(unsafe_code)]

pub mod authorities;
pub mod card;
pub mod certificate;
mod contents;
pub mod directory;
mod encoding;
pub mod fault;
pub mod file_system;
mod frame;
pub mod image;
pub mod ledger;
pub mod personalize;
pub mod readers;
pub mod reference_data;
pub mod security_environment;
pub mod software_key;
pub mod specimen;
pub mod status;
pub mod vpcd;

pub use authorities::{issuing_authorities, trust_anchors};
pub use card::{Nature, SimulatedCard};
pub use fault::{Fault, FaultKind, Outcome, TroubledCard};
pub use image::{Image, Model, Variant};
pub use ledger::{Counters, Entry, Ledger, Totals};
pub use personalize::Personalisation;
pub use readers::{Control, VirtualReaders};

#[cfg(test)]
mod tests;
