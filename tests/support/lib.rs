//! What the black-box tests share.
#![expect(
    clippy::expect_used,
    clippy::missing_panics_doc,
    reason = "a broken test bench should stop the test where it breaks"
)]

pub mod bench;
