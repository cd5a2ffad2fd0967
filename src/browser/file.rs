//! Files of other programs: read whole, and written so that they are never seen half-written.

use std::fs::{self, File, Permissions};
use std::io::{self, Write};
use std::path::Path;

use crate::registration::ReadError;

/// Who may read a file that did not exist before.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Readers {
    /// Its owner, as NSS keeps its own files.
    Owner,
    /// Everyone.
    Everyone,
}

/// The text of a file, or nothing if there is no such file.
pub(crate) fn read(path: &Path) -> Result<Option<String>, ReadError> {
    match fs::read(path) {
        Ok(bytes) => String::from_utf8(bytes)
            .map(Some)
            .map_err(|_| ReadError::NotText),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(ReadError::Io(error.kind())),
    }
}

/// Replaces the text of a file at once: whoever reads it sees the old or the new one. Mode and
/// owner stay; a new file is for `readers`.
pub(crate) fn write(path: &Path, text: &str, readers: Readers) -> io::Result<()> {
    // A link stays one: people keep such files in repositories of their own.
    let target = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
    let folder = target.parent().ok_or(io::ErrorKind::InvalidInput)?;
    create_folder(folder, readers)?;
    let mut file = tempfile::Builder::new()
        .prefix(".siru-")
        .tempfile_in(folder)?;
    file.write_all(text.as_bytes())?;
    match fs::metadata(&target) {
        Ok(before) => {
            file.as_file().set_permissions(before.permissions())?;
            keep_owner(file.path(), &before)?;
        }
        Err(_) => file
            .as_file()
            .set_permissions(mode(file.as_file(), readers)?)?,
    }
    file.as_file().sync_all()?;
    file.persist(&target)?;
    // Best effort: the new name is there either way, at the latest when the system writes it back.
    if let Ok(folder) = File::open(folder) {
        let _ = folder.sync_all();
    }
    Ok(())
}

/// Takes a file away; none is none.
pub(crate) fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}

#[cfg(unix)]
fn create_folder(folder: &Path, readers: Readers) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    let mode = match readers {
        Readers::Owner => 0o700,
        Readers::Everyone => 0o755,
    };
    fs::DirBuilder::new()
        .recursive(true)
        .mode(mode)
        .create(folder)
}

#[cfg(unix)]
fn mode(_file: &File, readers: Readers) -> io::Result<Permissions> {
    use std::os::unix::fs::PermissionsExt;
    Ok(Permissions::from_mode(match readers {
        Readers::Owner => 0o600,
        Readers::Everyone => 0o644,
    }))
}

/// Root may repair a person's file; it must stay the person's.
#[cfg(unix)]
fn keep_owner(path: &Path, before: &fs::Metadata) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, chown};
    let now = fs::metadata(path)?;
    if (now.uid(), now.gid()) == (before.uid(), before.gid()) {
        return Ok(());
    }
    chown(path, Some(before.uid()), Some(before.gid()))
}

#[cfg(not(unix))]
fn create_folder(folder: &Path, _readers: Readers) -> io::Result<()> {
    fs::create_dir_all(folder)
}

#[cfg(not(unix))]
fn mode(file: &File, _readers: Readers) -> io::Result<Permissions> {
    Ok(file.metadata()?.permissions())
}

#[cfg(not(unix))]
fn keep_owner(_path: &Path, _before: &fs::Metadata) -> io::Result<()> {
    Ok(())
}
