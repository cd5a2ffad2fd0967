//! The PKCS #11 module: the card's log-in certificate and key for browsers and other programs.
//!
//! *PKCS #11 v2.40*, with `C_GetInterface` of v3.0. One slot a reader, one token a card: the
//! identity for log-in, its certificate, its keys, and the certificates of the authorities on the
//! card. The identity for signatures (PIN2) is a second slot where the machine's settings ask for
//! it: browsers log in to every slot they see.
//!
//! | part | what it is |
//! |---|---|
//! | [`abi`] | the functions that C calls: pointers in and out, panics caught. The only `unsafe` code |
//! | [`module`], [`session`], [`wait`] | slots, sessions, events |
//! | [`slot`], [`visit`], [`token`] | what is known of a card without asking it; the connection; reading |
//! | [`login`], [`signing`], [`mechanism`] | PINs and signatures in PKCS #11's words |
//! | [`object`], [`attribute`] | what a client finds |
//!
//! No card is asked anything by `C_Initialize` and by what tells about slots, tokens and sessions.
//! No thread is started. No PIN is kept: only a PUK waits between the `C_Login` of a security officer
//! and `C_InitPIN`, because the card takes it together with the new PIN. It serves once, for a minute.

pub mod abi;
pub mod attribute;
mod call_log;
mod certificate_parts;
pub mod error;
pub mod login;
pub mod mechanism;
pub mod module;
pub mod object;
pub mod session;
pub mod settings;
pub mod signing;
pub mod slot;
pub mod source;
#[cfg(test)]
mod tests;
pub mod token;
pub mod visit;
pub mod wait;
