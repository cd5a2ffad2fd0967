//! What the desktop around the window asks all programs for: light or dark, and high contrast.
//!
//! On Linux both wishes are kept by the desktop portal (*XDG Desktop Portal*, `Settings`), on Windows by
//! the person's registry. A thread reads them once and then waits for changes; without a portal the
//! window stays light. Elsewhere the window system passes on whether it is light or dark.

#[cfg(target_os = "linux")]
mod portal;
#[cfg(any(windows, test))]
mod registry;

use std::sync::mpsc::{self, Receiver};

use crate::model::SystemLook;
use crate::worker::Wake;

/// Reports what the desktop asks for from now on, and wakes the window for each change.
#[cfg(target_os = "linux")]
pub fn watch(wake: Wake) -> Receiver<SystemLook> {
    let (post, reports) = mpsc::channel();
    let follow = move || {
        if let Err(error) = portal::follow(&post, &wake) {
            log::info!("the desktop does not say how programs are to look: {error}");
        }
    };
    if let Err(error) = std::thread::Builder::new()
        .name("appearance".to_owned())
        .spawn(follow)
    {
        log::warn!("no thread to follow the appearance of the desktop: {error}");
    }
    reports
}

/// Reports what Windows asks for from now on, and wakes the window for each change.
#[cfg(windows)]
pub fn watch(wake: Wake) -> Receiver<SystemLook> {
    let (post, reports) = mpsc::channel();
    registry::watch(&post, &wake);
    reports
}

/// Nothing is reported: the window system passes it on.
#[cfg(not(any(target_os = "linux", windows)))]
pub fn watch(_wake: Wake) -> Receiver<SystemLook> {
    mpsc::channel().1
}
