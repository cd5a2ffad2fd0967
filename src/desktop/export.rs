//! Files that a person saves: where they go, and writing them so that nothing is lost by it.
//!
//! A file is seen whole or not at all, and none that was there before is ever replaced.

use std::fs::{self, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use directories::UserDirs;
use tempfile::NamedTempFile;

/// A file that was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// Where it is.
    pub path: PathBuf,
    /// Whether it got a number, because a file of its name was there already.
    pub is_renamed: bool,
}

/// Why a file could not be written. What was there before is unchanged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ExportError {
    /// No file can have this name, or not on every system.
    #[error("this is no name for a file")]
    Name,
    /// There is no such folder, or it is not written from its root.
    #[error("there is no such folder")]
    NoFolder,
    /// The person may not write there.
    #[error("writing there is not allowed")]
    NotAllowed,
    /// There is no room.
    #[error("the disk is full")]
    Full,
    /// Files of this name with every number are there already.
    #[error("there are too many files of this name")]
    TooMany,
    /// The system says something else.
    #[error("the file cannot be written: {0}")]
    System(io::ErrorKind),
}

impl From<io::Error> for ExportError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Self::NoFolder,
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => Self::NotAllowed,
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Self::Full,
            io::ErrorKind::InvalidFilename => Self::Name,
            kind => Self::System(kind),
        }
    }
}

/// Where people look for what they have saved: the folder for downloads, or else their own.
pub fn usual_folder() -> Option<PathBuf> {
    let folders = UserDirs::new()?;
    let downloads = folders.download_dir().filter(|folder| folder.is_dir());
    Some(downloads.unwrap_or_else(|| folders.home_dir()).to_owned())
}

/// What of `text` can be part of the name of a file on every system.
pub fn plain_name(text: &str) -> String {
    let mut name = String::new();
    for character in text.chars().take(LONGEST_NAME) {
        if character.is_alphanumeric() {
            name.push(character);
        } else if !name.is_empty() && !name.ends_with('-') {
            name.push('-');
        }
    }
    name.truncate(name.trim_end_matches('-').len());
    if name.is_empty() || is_device(&name) {
        // Every certificate names its subject; this one does it with signs only, or as a device.
        FALLBACK_NAME.to_owned()
    } else {
        name
    }
}

/// Writes a new file for its owner alone: certificates carry names and personal identifiers. When
/// one of that name is there, the new one gets a number.
///
/// # Errors
///
/// [`ExportError`]; nothing is left behind then.
pub fn write(folder: &str, name: &str, bytes: &[u8]) -> Result<Written, ExportError> {
    let (folder, name) = (Path::new(folder.trim()), name.trim());
    if !is_name(name) {
        return Err(ExportError::Name);
    }
    // A folder that hangs on where the program was started is none the person could mean.
    if !folder.is_absolute() {
        return Err(ExportError::NoFolder);
    }
    let mut staged = tempfile::Builder::new()
        .prefix(".siru-")
        .tempfile_in(folder)?;
    staged.write_all(bytes)?;
    staged.as_file().sync_all()?;
    for number in 1..=LAST_NUMBER {
        let path = folder.join(numbered(name, number));
        // Taking the name first works on every file system; some cannot refuse to replace.
        match OpenOptions::new().write(true).create_new(true).open(&path) {
            Ok(taken) => {
                // Windows replaces no file that is open.
                drop(taken);
                return put(staged, path, number > 1);
            }
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(ExportError::TooMany)
}

fn put(staged: NamedTempFile, path: PathBuf, is_renamed: bool) -> Result<Written, ExportError> {
    match staged.persist(&path) {
        Ok(_file) => Ok(Written { path, is_renamed }),
        Err(error) => {
            // The name was taken a moment ago, by this.
            if let Err(left) = fs::remove_file(&path) {
                log::warn!("an empty file was left behind: {left}");
            }
            Err(error.error.into())
        }
    }
}

/// Whether `name` is one, and stays in its folder, on every system: files go to others by mail and
/// on sticks.
fn is_name(name: &str) -> bool {
    let forbidden = |character: char| {
        character.is_control()
            || matches!(
                character,
                '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|'
            )
    };
    !name.is_empty()
        && !name.starts_with('.')
        && !name.ends_with('.')
        && !name.contains(forbidden)
        && !is_device(name)
}

/// Whether Windows takes it for a device, in whatever folder and with whatever ending (*Naming Files,
/// Paths, and Namespaces*).
fn is_device(name: &str) -> bool {
    let stem = name.split('.').next().unwrap_or_default().trim_end();
    let stem = stem.to_uppercase();
    if ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"].contains(&stem.as_str()) {
        return true;
    }
    let number = stem
        .strip_prefix("COM")
        .or_else(|| stem.strip_prefix("LPT"));
    number.is_some_and(|number| number.chars().count() == 1 && number.contains(NUMBERS))
}

/// How ports are numbered, to Windows.
const NUMBERS: [char; 13] = [
    '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', '¹', '²', '³',
];

/// `name`, `name (2)` and so on, before the ending.
fn numbered(name: &str, number: u32) -> String {
    if number == 1 {
        return name.to_owned();
    }
    match name.rsplit_once('.') {
        Some((stem, ending)) => format!("{stem} ({number}).{ending}"),
        None => format!("{name} ({number})"),
    }
}

const LAST_NUMBER: u32 = 99;
const LONGEST_NAME: usize = 80;
const FALLBACK_NAME: &str = "certificate";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_written_as_it_is_and_none_is_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().to_str().unwrap();
        let first = write(place, "a.pem", b"one").unwrap();
        let second = write(place, " a.pem ", b"two").unwrap();
        let third = write(place, "a.pem", b"three").unwrap();
        assert_eq!(first.path, folder.path().join("a.pem"));
        assert!(!first.is_renamed && second.is_renamed);
        assert_eq!(second.path, folder.path().join("a (2).pem"));
        assert_eq!(third.path, folder.path().join("a (3).pem"));
        for (written, bytes) in [(first, "one"), (second, "two"), (third, "three")] {
            assert_eq!(fs::read(written.path).unwrap(), bytes.as_bytes());
        }
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 3);
    }

    #[cfg(unix)]
    #[test]
    fn a_file_is_for_its_owner_and_no_link_is_followed() {
        use std::os::unix::fs::{PermissionsExt as _, symlink};
        let folder = tempfile::tempdir().unwrap();
        symlink(folder.path().join("elsewhere"), folder.path().join("a.pem")).unwrap();
        let written = write(folder.path().to_str().unwrap(), "a.pem", b"one").unwrap();
        assert_eq!(written.path, folder.path().join("a (2).pem"));
        let mode = fs::metadata(&written.path).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
        assert!(!folder.path().join("elsewhere").exists());
    }

    #[test]
    fn what_cannot_be_written_is_named_and_leaves_nothing_behind() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().to_str().unwrap();
        let none = folder.path().join("none");
        let file = write(place, "file", b"").unwrap().path;
        let cases = [
            (place, "", ExportError::Name),
            (place, "../a.pem", ExportError::Name),
            (place, "a/b", ExportError::Name),
            (place, "a\\b", ExportError::Name),
            (place, "..", ExportError::Name),
            (place, "a\u{0}b", ExportError::Name),
            (place, "NUL", ExportError::Name),
            (place, "con.pem", ExportError::Name),
            (place, "Aux .pem", ExportError::Name),
            (place, "com1.tar.gz", ExportError::Name),
            (place, "lpt².pem", ExportError::Name),
            ("", "a.pem", ExportError::NoFolder),
            ("Downloads", "a.pem", ExportError::NoFolder),
            (none.to_str().unwrap(), "a.pem", ExportError::NoFolder),
            (file.to_str().unwrap(), "a.pem", ExportError::NoFolder),
        ];
        for (folder, name, expected) in cases {
            assert_eq!(
                write(folder, name, b"one"),
                Err(expected),
                "{folder} {name}"
            );
        }
        let long = "a".repeat(300);
        assert!(write(place, &long, b"one").is_err());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn what_only_resembles_a_device_is_a_name() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().to_str().unwrap();
        for name in ["Connie.pem", "com.pem", "com10.pem", "a.nul", "auxiliary"] {
            let written = write(place, name, b"one").unwrap();
            assert_eq!(written.path, folder.path().join(name));
        }
    }

    #[test]
    fn a_plain_name_is_one_on_every_system() {
        let cases = [
            ("DVV TEST Certificates - G5E", "DVV-TEST-Certificates-G5E"),
            ("../../etc/passwd", "etc-passwd"),
            ("Åström", "Åström"),
            ("…", FALLBACK_NAME),
            ("Nul", FALLBACK_NAME),
        ];
        for (text, expected) in cases {
            assert_eq!(plain_name(text), expected);
            assert!(is_name(&plain_name(text)));
        }
    }
}
