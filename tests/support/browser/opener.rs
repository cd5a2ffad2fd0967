//! What programs open an address with, in the place of the person's browser: it writes the address
//! down, and the test leads a browser there that runs already.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt as _;
use std::path::Path;

use crate::rig::wait_until;

/// An `xdg-open` of the test's own.
pub struct Opener {
    /// The search path on which it comes first, for PATH.
    pub path: String,
}

impl Opener {
    /// Puts it in its place; nothing was opened yet.
    ///
    /// # Panics
    ///
    /// Outside [`with_readers`](crate::rig::with_readers).
    #[must_use]
    pub fn new() -> Self {
        let _ = fs::remove_file(OPENED);
        fs::create_dir_all(FOLDER).expect("a private /run");
        let script = Path::new(FOLDER).join("xdg-open");
        fs::write(&script, SCRIPT).expect("a file");
        fs::set_permissions(script, Permissions::from_mode(0o755)).expect("our own file");
        let path = std::env::var("PATH").expect("a path");
        Self {
            path: format!("{FOLDER}:{path}"),
        }
    }

    /// Waits for an address to be opened.
    ///
    /// # Panics
    ///
    /// When none is.
    #[must_use]
    pub fn address(&self) -> String {
        wait_until("the address", || Path::new(OPENED).exists());
        fs::read_to_string(OPENED).expect("an address")
    }
}

impl Default for Opener {
    fn default() -> Self {
        Self::new()
    }
}

const FOLDER: &str = "/run/opener";
const OPENED: &str = "/run/opened";
/// The file is there when it is whole.
const SCRIPT: &str = "#!/bin/sh\nprintf %s \"$1\" > /run/opening && mv /run/opening /run/opened\n";
