//! The card and reader traits of `siru-apdu` over PC/SC: pcsc-lite on Linux, the smart card
//! service on Windows.
//!
//! [`PcscReaders`] lists readers and connects, [`PcscWatch`] waits for cards to come and go, and
//! [`PcscChannel`] carries commands to one card. Three habits protect the cardholder here:
//!
//! - a command is handed to the service exactly once, and whatever went wrong is reported, never
//!   repaired by sending again;
//! - a connection is given up without resetting the card, so that closing this program logs
//!   nobody out of a browser;
//! - a connection belongs to the card that was in the reader when it was made. Once that card was
//!   pulled, the connection stays dead, even when another card lies in the reader.
//!
//! The service may come and go as it likes: having none is a state, not a failure, and everything
//! works again as soon as it is back. On Windows it goes with the last reader ([`ServiceHabit`]): there,
//! having none is having no reader.
#![forbid(unsafe_code)]

mod channel;
mod error;
mod habit;
mod look;
mod pacing;
mod readers;
mod wait;
mod watch;

pub use channel::{PcscChannel, PcscTransaction};
pub use habit::ServiceHabit;
pub use readers::PcscReaders;
pub use watch::PcscWatch;
