//! The functions of Windows that no crate offers in safe Rust, for this program alone.
//!
//! The parts of `user32` in here are documented in *Windows API*, "Windows and Messages".
#![expect(unsafe_code, reason = "the C functions of Windows")]

mod window;

pub(crate) use window::{HiddenWindow, Message, Sender, small_icon_side};

/// A text as these functions want it: UTF-16 with an end.
fn wide(text: &str) -> Vec<u16> {
    text.encode_utf16().chain([0]).collect()
}
