//! Windows: a value in the person's own `Run` key (*Run and RunOnce Registry Keys*).
//!
//! An installer that has the tray for everybody writes the machine's key, which this leaves alone. What
//! the person turns off in the Task Manager is kept elsewhere, by Windows, and honoured by Windows.

use std::io;
use std::path::Path;

use windows_registry::{CURRENT_USER, Key};

use super::AutostartError;

/// The tray program.
pub(super) const PROGRAM: &str = "siru-tray.exe";

/// Whether the value is there.
pub(super) fn is_on() -> bool {
    CURRENT_USER.open(RUN).is_ok_and(|key| has(&key))
}

/// Writes the value for `program`.
pub(super) fn turn_on(program: &Path) -> Result<(), AutostartError> {
    let key = CURRENT_USER.create(RUN).map_err(io::Error::from)?;
    write(&key, program)
}

/// Takes the value away.
pub(super) fn turn_off() -> Result<(), AutostartError> {
    if !is_on() {
        return Ok(());
    }
    let key = CURRENT_USER.create(RUN).map_err(io::Error::from)?;
    remove(&key)
}

fn has(key: &Key) -> bool {
    key.get_value(NAME).is_ok()
}

fn write(key: &Key, program: &Path) -> Result<(), AutostartError> {
    // No path of Windows has a quotation mark in it.
    let program = program.to_str().ok_or(AutostartError::Unwritable)?;
    let command = format!("\"{program}\" --autostart");
    Ok(key.set_string(NAME, command).map_err(io::Error::from)?)
}

fn remove(key: &Key) -> Result<(), AutostartError> {
    Ok(key.remove_value(NAME).map_err(io::Error::from)?)
}

const RUN: &str = r"Software\Microsoft\Windows\CurrentVersion\Run";

const NAME: &str = "Siru";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_value_names_the_program_and_goes_again() {
        let place = format!(r"Software\Siru autostart {}", std::process::id());
        let key = CURRENT_USER.create(&place).unwrap();
        let program = Path::new(r"C:\Program Files\Siru\siru-tray.exe");
        assert!(!has(&key));
        for _ in 0..2 {
            write(&key, program).unwrap();
            assert!(has(&key));
            assert_eq!(
                key.get_string(NAME).unwrap(),
                r#""C:\Program Files\Siru\siru-tray.exe" --autostart"#
            );
        }
        remove(&key).unwrap();
        assert!(!has(&key));
        assert!(matches!(remove(&key), Err(AutostartError::Io(_))));
        CURRENT_USER.remove_tree(&place).unwrap();
    }

    #[test]
    fn turning_off_what_is_not_on_is_no_failure() {
        turn_off().unwrap();
        assert!(!is_on());
        turn_off().unwrap();
    }
}
