//! The card module for Windows: the card's log-in certificate and key for Edge, Chrome and Windows
//! itself, below Microsoft's smart card key storage provider.
//!
//! *Windows Smart Card Minidriver Specification v7*. One container with the key for log-in, read-only;
//! PIN2 and its key are not shown at all.
//!
//! | part | what it is |
//! |---|---|
//! | [`abi`] | the functions that Windows calls: pointers in and out, panics caught. The only `unsafe` code |
//! | [`context`], [`channel`], [`service`] | an acquired card, and the way to it over a handle of the caller |
//! | [`pin`], [`signing`] | PINs and signatures in the words of card modules |
//! | [`files`], [`container`], [`property`], [`digest`] | the virtual files and what Windows asks about the card |

pub mod abi;
pub mod channel;
pub mod container;
pub mod context;
pub mod digest;
pub mod error;
pub mod files;
pub mod pin;
pub mod property;
pub mod service;
pub mod settings;
pub mod signing;
#[cfg(test)]
mod tests;
