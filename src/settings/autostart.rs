//! The entry that starts the tray program with the session (*Desktop Application Autostart
//! Specification*): the person's own, made only when they ask for it.
//!
//! An administrator who wants the tray for everybody installs the same file in
//! `/etc/xdg/autostart` and turns `tray.autostart` on; the entry alone starts a program that ends
//! at once.

use std::env;
use std::io;
use std::path::{Path, PathBuf};

use directories::BaseDirs;

/// Why the entry was not made or taken away.
#[derive(Debug, thiserror::Error)]
pub enum AutostartError {
    /// This person has no folder for such entries.
    #[error("there is no home folder")]
    NoFolder,
    /// The tray program is neither beside this one nor where programs are looked for.
    #[error("there is no siru-tray on this computer")]
    NoProgram,
    /// The tray program lies where no entry can name it.
    #[error("the path of siru-tray cannot be written into an entry")]
    Unwritable,
    /// Entries of this kind are Linux's.
    #[error("this system starts programs in another way")]
    OtherSystem,
    /// The system does not let the entry be changed.
    #[error("the entry cannot be changed")]
    Io(#[from] io::Error),
}

/// Whether the entry is there.
pub fn is_on() -> bool {
    entry().is_ok_and(|entry| entry.is_file())
}

/// Makes the entry, for the `siru-tray` beside this program or else on the `PATH`, or takes it
/// away. Doing it twice changes nothing the second time.
///
/// # Errors
///
/// The entry is as it was.
pub fn set(on: bool) -> Result<(), AutostartError> {
    let entry = entry()?;
    if on {
        write(&entry, &tray().ok_or(AutostartError::NoProgram)?)
    } else {
        remove(&entry)
    }
}

/// The entry of this person.
fn entry() -> Result<PathBuf, AutostartError> {
    if !cfg!(target_os = "linux") {
        return Err(AutostartError::OtherSystem);
    }
    let folders = BaseDirs::new().ok_or(AutostartError::NoFolder)?;
    Ok(folders.config_dir().join("autostart").join(NAME))
}

/// The tray program that belongs to this one.
fn tray() -> Option<PathBuf> {
    let beside = env::current_exe()
        .ok()
        .and_then(|program| Some(program.parent()?.join(PROGRAM)));
    let path = env::var_os("PATH").unwrap_or_default();
    let on_path = env::split_paths(&path).map(|folder| folder.join(PROGRAM));
    beside
        .into_iter()
        .chain(on_path)
        .find(|program| program.is_absolute() && program.is_file())
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
const ENTRY: &str = include_str!("../../assets/autostart.desktop.in");

const NAME: &str = "fi.siru.Siru.Tray.desktop";

const PROGRAM: &str = "siru-tray";
