//! What a session begins with besides the icon: the registration of the card module with the browsers
//! of the person, where the machine wants it.
//!
//! Windows starts this program with every session anyway; the command alone would show a console.

use std::env;
use std::io;
use std::os::windows::process::CommandExt as _;
use std::process::{Command, Stdio};

use siru_settings::Settings;

/// Starts `siru browser register --if-allowed` if the settings allow it. Nobody waits for it.
pub fn register(settings: &Settings) {
    if !settings.browser_register.value {
        return;
    }
    if let Err(error) = start() {
        log::error!("the card module cannot be registered with browsers: {error}");
    }
}

fn start() -> io::Result<()> {
    let command = env::current_exe()?.with_file_name("bin").join("siru.exe");
    Command::new(command)
        .args(["browser", "register", "--if-allowed"])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .creation_flags(CREATE_NO_WINDOW)
        .spawn()?;
    Ok(())
}

/// *Process Creation Flags* of Windows: a console program without a console.
const CREATE_NO_WINDOW: u32 = 0x0800_0000;
