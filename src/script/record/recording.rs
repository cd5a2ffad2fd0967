//! A finished recording: a script, the test certificates it refers to, and how far it may go.

use std::io;
use std::path::{Path, PathBuf};

use crate::model::Script;

/// A recording, redacted.
#[derive(Clone, Debug)]
pub struct Recording {
    /// The script; it can be played as it is.
    pub script: Script,
    /// The certificates behind `{@…}`, all of them issued by TEST authorities.
    pub bodies: Vec<CertificateBody>,
    /// Whether a person may stand behind the card. No name or number of theirs is in the script,
    /// but it is not for a repository: its file is called `.private.apdu`.
    pub private: bool,
}

/// A certificate read from a card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CertificateBody {
    /// Its path from the script's folder, as written in the script.
    pub path: String,
    /// The file's bytes as far as they were read.
    pub bytes: Vec<u8>,
}

/// Why a recording could not be written to files.
#[derive(Debug, thiserror::Error)]
#[error("{path} cannot be written")]
pub struct SaveError {
    /// Which file.
    pub path: PathBuf,
    /// Why.
    pub source: io::Error,
}

impl Recording {
    /// Writes the script to `path`, replacing what is there, and the certificates beside it. Gives
    /// the path written to: a private recording gets the ending `.private.apdu`.
    ///
    /// # Errors
    ///
    /// [`SaveError`] names the file that could not be written.
    pub fn save(&self, path: &Path) -> Result<PathBuf, SaveError> {
        let path = if self.private {
            private_path(path)
        } else {
            path.to_path_buf()
        };
        let folder = path.parent().unwrap_or(Path::new(""));
        for body in &self.bodies {
            write(&folder.join(&body.path), &body.bytes)?;
        }
        write(&path, self.script.to_string().as_bytes())?;
        Ok(path)
    }
}

fn write(path: &Path, bytes: &[u8]) -> Result<(), SaveError> {
    let folder = path.parent().filter(|folder| *folder != Path::new(""));
    folder
        .map_or(Ok(()), std::fs::create_dir_all)
        .and_then(|()| std::fs::write(path, bytes))
        .map_err(|source| SaveError {
            path: path.to_path_buf(),
            source,
        })
}

fn private_path(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let stem = name.strip_suffix(".apdu").unwrap_or(&name);
    let stem = stem.strip_suffix(".private").unwrap_or(stem);
    path.with_file_name(format!("{stem}.private.apdu"))
}
