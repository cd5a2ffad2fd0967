//! Whether a browser is running, from the lock it leaves beside its files.

use std::fs;
use std::path::Path;

use crate::machine::Machine;

/// Firefox and Chromium both lock with a link that leads nowhere: `<host>:+<process>` or
/// `<host>-<process>`. After a crash it stays, so the process has to be there as well.
pub(crate) fn holds_lock(machine: &Machine, lock: &Path) -> bool {
    let Ok(target) = fs::read_link(lock) else {
        return false;
    };
    let target = target.to_string_lossy();
    let process = target.rsplit(['+', '-']).next().unwrap_or_default();
    !process.is_empty()
        && process.chars().all(|digit| digit.is_ascii_digit())
        && machine.path("/proc").join(process).is_dir()
}

/// On Windows Firefox keeps a file open that nobody else may open meanwhile. The file itself stays.
pub(crate) fn is_locked(lock: &Path) -> bool {
    const SHARING_VIOLATION: i32 = 32;
    let opened = fs::File::open(lock);
    cfg!(windows) && opened.is_err_and(|error| error.raw_os_error() == Some(SHARING_VIOLATION))
}
