//! What starts the tray program with the session: the person's own, made only when they ask for it.
//!
//! The program is started with `--autostart`: it ends at once when the settings, of the machine first,
//! do not want it.

#[cfg(target_os = "linux")]
mod entry;
#[cfg(windows)]
mod run_key;

use std::env;
use std::io;
use std::path::PathBuf;

#[cfg(target_os = "linux")]
use entry as system;
#[cfg(all(test, target_os = "linux"))]
pub(crate) use entry::{remove, write};
#[cfg(windows)]
use run_key as system;

/// Why the entry was not made or taken away.
#[derive(Debug, thiserror::Error)]
pub enum AutostartError {
    /// This person has no folder for such entries.
    #[error("there is no home folder")]
    NoFolder,
    /// The tray program is neither where it belongs beside this one nor where programs are looked for.
    #[error("there is no siru-tray on this computer")]
    NoProgram,
    /// The tray program lies where no entry can name it.
    #[error("the path of siru-tray cannot be written into an entry")]
    Unwritable,
    /// Neither Linux nor Windows.
    #[error("this system starts programs in another way")]
    OtherSystem,
    /// The system does not let the entry be changed.
    #[error("the entry cannot be changed")]
    Io(#[from] io::Error),
}

/// Whether the entry is there.
pub fn is_on() -> bool {
    system::is_on()
}

/// Makes the entry, for the tray program that belongs to this one, or takes it away. Doing it twice
/// changes nothing the second time.
///
/// # Errors
///
/// The entry is as it was.
pub fn set(on: bool) -> Result<(), AutostartError> {
    if on {
        system::turn_on(&tray().ok_or(AutostartError::NoProgram)?)
    } else {
        system::turn_off()
    }
}

/// The tray program that belongs to this one.
fn tray() -> Option<PathBuf> {
    let own = env::current_exe().ok();
    let own = own.as_ref().and_then(|program| program.parent());
    let mut folders: Vec<PathBuf> = own.map(PathBuf::from).into_iter().collect();
    if cfg!(windows) {
        // The command lies one folder below. The path belongs to whoever may write to its folders.
        folders.extend(own.and_then(|folder| folder.parent()).map(PathBuf::from));
    } else {
        let path = env::var_os("PATH").unwrap_or_default();
        folders.extend(env::split_paths(&path));
    }
    let programs = folders.iter().map(|folder| folder.join(system::PROGRAM));
    let mut programs = programs.filter(|program| program.is_absolute());
    programs.find(|program| program.is_file())
}

#[cfg(not(any(target_os = "linux", windows)))]
mod system {
    use std::path::Path;

    use super::AutostartError;

    pub(super) const PROGRAM: &str = "siru-tray";

    pub(super) const fn is_on() -> bool {
        false
    }

    pub(super) const fn turn_on(_program: &Path) -> Result<(), AutostartError> {
        Err(AutostartError::OtherSystem)
    }

    pub(super) const fn turn_off() -> Result<(), AutostartError> {
        Err(AutostartError::OtherSystem)
    }
}
