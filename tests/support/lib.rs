//! What the black-box tests share.
#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    reason = "a broken test bench should stop the test where it breaks"
)]

pub mod acts;
pub mod bench;
pub mod cards;
pub mod client;
pub mod command_line;
pub mod recording;
pub mod rig;
pub mod scenarios;
pub mod scripts;
pub mod window;
