//! `siru-tray`: the chip in the tray. It turns yellow when a card is ready, and leads to the window.
//!
//! | where | what |
//! |---|---|
//! | [`state`] | what is in the readers, and which picture that makes; no threads |
//! | [`look`] | reads one card, without any PIN command |
//! | [`watch`] | the threads that wait for readers and read cards |
//! | [`words`], [`picture`] | what is shown, in words and in colours |
//! | `program` | what stays: events in, what is to be shown out |
//! | `linux`, `windows` | the icon, the one tray program of a session, the way to the window |
//!
//! The window is a program of its own: this one stays resident for a whole session and must cost
//! nothing. It waits for the smart card service, reads a card once when it is put in, and lets it
//! go. It never presents a PIN.
#![cfg_attr(not(windows), forbid(unsafe_code))]

#[cfg(target_os = "linux")]
mod linux;
pub mod look;
pub mod options;
pub mod picture;
mod program;
pub mod state;
#[cfg(test)]
mod tests;
#[cfg(any(windows, test))]
mod tip;
pub mod watch;
#[cfg(windows)]
mod windows;
pub mod words;

#[cfg(target_os = "linux")]
pub use linux::{RunError, run};
#[cfg(windows)]
pub use windows::{RunError, run};

/// What a person can ask of the window from here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// The window, as it is.
    ShowDevices,
    /// The log-in test.
    LogInTest,
}
