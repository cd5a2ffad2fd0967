//! The log-in test: which link between a card and a web page is broken?
//!
//! A TLS server on this computer asks for a client certificate, as the services do that people log
//! in to. Two ways lead to it:
//!
//! | way | who presents the certificate |
//! |---|---|
//! | [`look`] and [`attempt`] | this process, through the PKCS #11 module, as a browser loads it |
//! | [`BrowserTest`] | the person's own browser |
//!
//! Both end with a [`Verdict`]: who logged in, with which certificate and chain, or which link is
//! broken. The server listens on 127.0.0.1 only, for as long as the test lasts, on a port and under
//! a path that nobody can know beforehand. It completes the handshake with any certificate whose
//! key signs, and judges afterwards: a service drops the connection of an expired certificate
//! without a word, and words are what the test is for.
//!
//! The handshake follows RFC 8446 (TLS 1.3) and RFC 5246 (TLS 1.2); chains follow RFC 5280 as far
//! as FINEID has need of it. Revocation is not looked at: the test needs no network.
#![forbid(unsafe_code)]

mod anchors;
mod attempt;
mod browser;
mod chain;
mod client;
mod judgement;
mod key;
mod module;
mod page;
mod registration;
mod server;
#[cfg(test)]
mod tests;
mod verdict;

pub use anchors::{Anchors, NoCertificates, UnusableRoots};
pub use attempt::{Plan, Ready, attempt, authorities, look};
pub use browser::BrowserTest;
pub use module::{ModuleAnswer, module_path};
pub use page::Page;
pub use registration::Registration;
pub use server::Ender;
pub use verdict::{BrokenLink, Presented, Protocol, Untrusted, Verdict};
