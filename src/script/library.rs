//! Where included scripts and the files behind `{@…}` are read from.

use std::io;
use std::path::{Component, Path, PathBuf};

/// The folder that scripts are kept in; paths in a script may start from it.
const SCRIPT_FOLDER: &str = "apdu-scripts";

/// The longest file taken, in bytes: a transcript of a whole card has a tenth of it.
const MAX_FILE: u64 = 1 << 20;

/// A place from which a script's other files are read.
pub trait Library {
    /// The file `wanted` (a path of plain names with `/` between) by the script `from`, and the
    /// path under which failures shall name it.
    ///
    /// # Errors
    ///
    /// [`io::ErrorKind::NotFound`] when there is none.
    fn read(&self, from: &Path, wanted: &str) -> io::Result<(PathBuf, Vec<u8>)>;
}

/// No files at all: for scripts that stand alone, and for text of unknown origin.
pub struct NoFiles;

impl Library for NoFiles {
    fn read(&self, _from: &Path, _wanted: &str) -> io::Result<(PathBuf, Vec<u8>)> {
        Err(io::ErrorKind::NotFound.into())
    }
}

/// The file system: the script's own folder first, then the `apdu-scripts` folder above it.
pub struct Folder;

impl Library for Folder {
    fn read(&self, from: &Path, wanted: &str) -> io::Result<(PathBuf, Vec<u8>)> {
        let own = match from.parent() {
            Some(parent) if parent != Path::new("") => parent.to_path_buf(),
            _ => PathBuf::from("."),
        };
        let beside = own.join(wanted);
        let path = if beside.is_file() {
            beside
        } else {
            let own = own.canonicalize()?;
            own.ancestors()
                .find(|folder| folder.ends_with(SCRIPT_FOLDER))
                .map(|root| root.join(wanted))
                .filter(|path| path.is_file())
                .ok_or(io::ErrorKind::NotFound)?
        };
        let bytes = read_file(&path)?;
        Ok((path, bytes))
    }
}

/// Reads a file that is not too long to be a script or a certificate.
pub(crate) fn read_file(path: &Path) -> io::Result<Vec<u8>> {
    if std::fs::metadata(path)?.len() > MAX_FILE {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    std::fs::read(path)
}

/// Whether a path stays inside the folder it starts from and can be written in a script.
pub(crate) fn is_plain_path(path: &str) -> bool {
    !path.is_empty()
        && path
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '_' | '-' | '/'))
        && Path::new(path)
            .components()
            .all(|component| matches!(component, Component::Normal(_)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_script_reaches_no_file_outside_its_folders() {
        for path in ["certs/auth.der", "open.apdu"] {
            assert!(is_plain_path(path), "{path}");
        }
        for path in [
            "",
            "/etc/passwd",
            "../open.apdu",
            "a/../../b",
            "a b",
            "a\\b",
            "c:x",
        ] {
            assert!(!is_plain_path(path), "{path}");
        }
    }
}
