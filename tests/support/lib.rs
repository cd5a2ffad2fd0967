//! What the black-box tests share.
#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    reason = "a broken test bench should stop the test where it breaks"
)]

pub mod activation;
pub mod acts;
pub mod application;
pub mod bench;
pub mod browser;
pub mod bus;
pub mod cards;
pub mod clients;
pub mod command_line;
pub mod debian;
pub mod desk;
pub mod keyboard;
pub mod login;
pub mod memory;
pub mod namespace;
pub mod panel;
pub mod recording;
pub mod rig;
pub mod scenarios;
pub mod scripts;
pub mod searched;
pub mod session;
pub mod signatures;
pub mod site;
pub mod window;
pub mod words;
