//! Readers in the air: a command tried out without anything real.

use siru_sim::{Image, VirtualReaders};

use crate::exit::Exit;

/// The virtual readers asked for; the usual ones when none is named.
pub(crate) fn readers(images: &[Image]) -> Result<VirtualReaders, Exit> {
    let images = if images.is_empty() {
        &VirtualReaders::DEMO[..]
    } else {
        images
    };
    VirtualReaders::demo(images).map_err(|error| {
        log::error!("the demonstration cannot be set up: {error}");
        Exit::Failure
    })
}
