//! The way to the window: its program is started, and brings the window forward that is there.

use std::env;
use std::io;
use std::process::Command;

use crate::Asked;

/// Opens the window or raises it.
///
/// # Errors
///
/// Its program is not beside this one, or cannot be started.
pub(crate) fn open(asked: Asked) -> io::Result<()> {
    let view = match asked {
        Asked::ShowDevices => "devices",
        Asked::LogInTest => "log-in-test",
    };
    // From nowhere else: who is asked for a PIN has to come from where this program came from.
    let program = env::current_exe()?.with_file_name("Siru.exe");
    // Without streams, as this program is: what it cannot show, it then says in a window of its own.
    Command::new(program).args(["--show", view]).spawn()?;
    Ok(())
}
