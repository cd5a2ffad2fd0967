//! The crate against a real pcscd with virtual readers.
//!
//! Each test runs itself again under `tests/support/with-pcscd.sh`, with a daemon, readers and ports
//! of its own: plain `cargo test` is all it takes, and no reader of this machine is ever opened.
#![cfg(target_os = "linux")]
#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test fails by panicking, and says what it measured"
)]

mod card;
mod listing;
mod rig;
mod service;
mod talking;
mod watching;
