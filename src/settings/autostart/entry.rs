//! Linux: an entry of the person's own (*Desktop Application Autostart Specification*).
//!
//! An administrator who wants the tray for everybody installs the same file in
//! `/etc/xdg/autostart` and turns `tray.autostart` on; the entry alone starts a program that ends
//! at once.

use std::io;
use std::path::{Path, PathBuf};

use directories::BaseDirs;

use super::AutostartError;

/// The tray program.
pub(super) const PROGRAM: &str = "siru-tray";

/// Whether the entry is there.
pub(super) fn is_on() -> bool {
    entry().is_ok_and(|entry| entry.is_file())
}

/// Makes the entry for `program`.
pub(super) fn turn_on(program: &Path) -> Result<(), AutostartError> {
    write(&entry()?, program)
}

/// Takes the entry away.
pub(super) fn turn_off() -> Result<(), AutostartError> {
    remove(&entry()?)
}

/// The entry of this person.
fn entry() -> Result<PathBuf, AutostartError> {
    let folders = BaseDirs::new().ok_or(AutostartError::NoFolder)?;
    Ok(folders.config_dir().join("autostart").join(NAME))
}

pub(crate) fn write(entry: &Path, program: &Path) -> Result<(), AutostartError> {
    let exec = exec(program).ok_or(AutostartError::Unwritable)?;
    let text = ENTRY.replace("@exec@", &exec);
    crate::user_file::replace(entry, &text)?;
    Ok(())
}

pub(crate) fn remove(entry: &Path) -> Result<(), AutostartError> {
    match std::fs::remove_file(entry) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error.into()),
        _ => Ok(()),
    }
}

/// The path as the key `Exec` has it (*Desktop Entry Specification*, "The Exec key"): in double
/// quotes, with `"`, `` ` ``, `$` and `\` behind a backslash and `%` doubled; and then once more
/// as any text in such a file, where a backslash is doubled.
fn exec(program: &Path) -> Option<String> {
    let path = program.to_str()?;
    let mut quoted = String::from('"');
    for character in path.chars() {
        match character {
            '"' | '`' | '$' => quoted.extend(["\\\\", character.encode_utf8(&mut [0; 4])]),
            '\\' => quoted.push_str("\\\\\\\\"),
            '%' => quoted.push_str("%%"),
            control if control.is_control() => return None,
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    Some(quoted)
}

/// The same file is there for packages, which fill in the program themselves.
const ENTRY: &str = include_str!("../../../assets/autostart.desktop.in");

const NAME: &str = "fi.siru.Siru.Tray.desktop";
