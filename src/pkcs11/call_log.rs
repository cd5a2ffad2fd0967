//! A log of calls, for whoever has to find out what a program does with the module.
//!
//! Written to the file that the environment variable `SIRU_PKCS11_LOG` names: for each call when it
//! came, from which process and thread, its name and what it returned. Arguments are not in it, so
//! no PIN can be.

use std::env;
use std::fs::{File, OpenOptions};
use std::io::Write;
use std::process;
use std::sync::{Mutex, OnceLock, PoisonError};
use std::thread;
use std::time::{SystemTime, UNIX_EPOCH};

use cryptoki_sys::CK_RV;

/// The variable that names the file.
const VARIABLE: &str = "SIRU_PKCS11_LOG";

static FILE: OnceLock<Option<Mutex<File>>> = OnceLock::new();

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
        thread::current().id(),
    );
    let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
    // A full disk must not stop a log-in.
    let _written = file.write_all(line.as_bytes());
}

fn open() -> Option<Mutex<File>> {
    let path = env::var_os(VARIABLE)?;
    let file = OpenOptions::new().create(true).append(true).open(path);
    file.ok().map(Mutex::new)
}
