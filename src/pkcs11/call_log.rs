//! A log of calls, for whoever has to find out what a program does with the module.
//!
//! Written to the file that the environment variable `SIRU_PKCS11_LOG` names: for each call when it
//! came, from which process and thread, its name and what it returned. Arguments are not in it, so
//! no PIN can be.

use std::env;
use std::fs::{File, OpenOptions};
use std::io::Write;
use std::process;
use std::sync::OnceLock;
use std::time::{SystemTime, UNIX_EPOCH};

use cryptoki_sys::CK_RV;

/// The variable that names the file.
const VARIABLE: &str = "SIRU_PKCS11_LOG";

static FILE: OnceLock<Option<File>> = OnceLock::new();

/// Writes one line about a call that ended, if anybody wants it.
pub fn write(name: &str, result: CK_RV) {
    let Some(file) = FILE.get_or_init(open) else {
        return;
    };
    let time = SystemTime::now().duration_since(UNIX_EPOCH);
    let time = time.unwrap_or_default();
    let line = format!(
        "{}.{:06} {} {:?} {name} {result:#x}\n",
        time.as_secs(),
        time.subsec_micros(),
        process::id(),
        this_thread(),
    );
    // One write, appended: no lock, which a forked child might find taken. A full disk must not stop a
    // log-in.
    let mut file = file;
    let _written = file.write_all(line.as_bytes());
}

/// The system's number of this thread. `std::thread::current` would have the thread clean up after
/// itself when it ends, and crash if the host has unloaded this library by then.
#[cfg(target_os = "linux")]
fn this_thread() -> i32 {
    rustix::thread::gettid().as_raw_nonzero().get()
}

/// What tells this thread from others.
#[cfg(not(target_os = "linux"))]
fn this_thread() -> String {
    format!("{:?}", std::thread::current().id())
}

/// Opens the file, unless the host runs with another user's rights than those of whoever set the
/// variable: `su` and the like load modules too. A link is not followed.
fn open() -> Option<File> {
    let path = env::var_os(VARIABLE)?;
    let mut options = OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;

        use rustix::fs::OFlags;
        use rustix::process::{getegid, geteuid, getgid, getuid};

        if geteuid() != getuid() || getegid() != getgid() {
            return None;
        }
        let no_follow = i32::try_from(OFlags::NOFOLLOW.bits()).ok()?;
        options.custom_flags(no_follow);
    }
    options.open(path).ok()
}
