//! Signatures: which algorithm, over which digest, by which commands, and whether the certificate's
//! key confirms what the card gave.

mod algorithm;
mod commands;
mod public_key;
mod request;
mod service;

pub use algorithm::{Hash, SignatureAlgorithm};
pub use public_key::PublicKey;
pub use request::SignatureRequest;
pub use service::SignError;

pub(crate) use service::{Environment, Key, prepare, sign};
