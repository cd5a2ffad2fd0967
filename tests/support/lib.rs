//! What the black-box tests share.
#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    reason = "a broken test bench should stop the test where it breaks"
)]

pub mod bench;
pub mod rig;
pub mod window;
