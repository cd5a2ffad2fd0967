//! What the tests of the Windows programs share.
#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a broken test bench should stop the test where it breaks"
)]

pub mod card_module;
pub mod certificate;
pub mod host;
pub mod policy;
pub mod screen;
pub mod wine;
