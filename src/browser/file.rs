//! Files of other programs: read whole, and written so that they are never seen half-written.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use crate::registration::{ChangeError, ReadError};

/// Who may read a file that did not exist before.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Readers {
    /// Its owner, as NSS keeps its own files.
    Owner,
    /// Everyone.
    Everyone,
}

/// What is to become of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Edit {
    /// Nothing.
    Keep,
    /// It gets this text.
    Write(String),
    /// It goes.
    Remove,
}

/// The text of a file, or nothing if there is no such file.
pub(crate) fn read(path: &Path) -> Result<Option<String>, ReadError> {
    text(bytes(path)?)
}

/// The bytes of a file, or nothing if there is no such file.
pub(crate) fn bytes(path: &Path) -> Result<Option<Vec<u8>>, ReadError> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(ReadError::Io(error.kind())),
    }
}

/// Changes a file at once, as `decide` says of its text: whoever reads it sees the old or the new
/// one. Mode and owner stay; a new file is for `readers`.
///
/// A program may write its file meanwhile; `decide` is then asked again about what it wrote.
pub(crate) fn edit<T>(
    path: &Path,
    readers: Readers,
    mut decide: impl FnMut(Option<&str>) -> Result<(Edit, T), ChangeError>,
) -> Result<T, ChangeError> {
    // A link stays one: people keep such files in repositories of their own.
    let target = resolved(path)?;
    for _ in 0..TRIES {
        let before = bytes(&target)?;
        let (edit, outcome) = decide(text(before.clone())?.as_deref())?;
        let staged = match edit {
            Edit::Keep => return Ok(outcome),
            Edit::Write(text) => Some(stage(&target, &text, readers)?),
            Edit::Remove => None,
        };
        if bytes(&target)? != before {
            continue;
        }
        match staged {
            Some(file) => persist(file, &target)?,
            None => fs::remove_file(&target)?,
        }
        return Ok(outcome);
    }
    Err(io::Error::from(io::ErrorKind::ResourceBusy).into())
}

fn text(bytes: Option<Vec<u8>>) -> Result<Option<String>, ReadError> {
    let text = bytes.map(String::from_utf8).transpose();
    text.map_err(|_| ReadError::NotText)
}

/// Where a path leads, also when nothing is there yet.
fn resolved(path: &Path) -> io::Result<PathBuf> {
    let mut target = path.to_owned();
    for _ in 0..LINKS {
        let Ok(next) = fs::read_link(&target) else {
            return Ok(target);
        };
        // An absolute one replaces the folder.
        target = target.parent().unwrap_or(Path::new("")).join(next);
    }
    // What the system says of such links comes from whatever is done with the path.
    Ok(path.to_owned())
}

/// The file beside the target that is to take its place.
fn stage(target: &Path, text: &str, readers: Readers) -> io::Result<NamedTempFile> {
    let folder = target.parent().ok_or(io::ErrorKind::InvalidInput)?;
    create_folder(folder, readers)?;
    let mut file = tempfile::Builder::new()
        .prefix(".siru-")
        .tempfile_in(folder)?;
    file.write_all(text.as_bytes())?;
    match fs::metadata(target) {
        Ok(before) => {
            file.as_file().set_permissions(before.permissions())?;
            keep_owner(file.as_file(), &before)?;
        }
        Err(_) => {
            set_mode(file.as_file(), readers)?;
            belong_to(file.path(), &fs::metadata(folder)?);
        }
    }
    file.as_file().sync_all()?;
    Ok(file)
}

fn persist(file: NamedTempFile, target: &Path) -> io::Result<()> {
    file.persist(target)?;
    // Best effort: the new name is there either way, at the latest when the system writes it back.
    if let Some(Ok(folder)) = target.parent().map(File::open) {
        let _ = folder.sync_all();
    }
    Ok(())
}

/// Makes a folder and those above it that are missing, for the owner of the one that is there.
fn create_folder(folder: &Path, readers: Readers) -> io::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    let above = folder.parent().ok_or(io::ErrorKind::NotFound)?;
    create_folder(above, readers)?;
    make(folder, readers)?;
    belong_to(folder, &fs::metadata(above)?);
    Ok(())
}

#[cfg(unix)]
fn make(folder: &Path, readers: Readers) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    let mode = match readers {
        Readers::Owner => 0o700,
        Readers::Everyone => 0o755,
    };
    fs::DirBuilder::new().mode(mode).create(folder)
}

#[cfg(unix)]
fn set_mode(file: &File, readers: Readers) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(fs::Permissions::from_mode(match readers {
        Readers::Owner => 0o600,
        Readers::Everyone => 0o644,
    }))
}

/// Root may repair a person's file; it must stay the person's.
#[cfg(unix)]
fn keep_owner(file: &File, before: &fs::Metadata) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, fchown};
    let now = file.metadata()?;
    if (now.uid(), now.gid()) == (before.uid(), before.gid()) {
        return Ok(());
    }
    fchown(file, Some(before.uid()), Some(before.gid()))
}

/// What root makes in a person's home is the person's, who could not use it otherwise. For anybody
/// else it is theirs, whosever the folder around it is.
#[cfg(unix)]
fn belong_to(path: &Path, around: &fs::Metadata) {
    use std::os::unix::fs::{MetadataExt, lchown};
    if !rustix::process::geteuid().is_root() {
        return;
    }
    if let Err(error) = lchown(path, Some(around.uid()), Some(around.gid())) {
        log::warn!("{} stays root's: {error}", path.display());
    }
}

#[cfg(not(unix))]
fn make(folder: &Path, _readers: Readers) -> io::Result<()> {
    fs::create_dir(folder)
}

#[cfg(not(unix))]
fn set_mode(_file: &File, _readers: Readers) -> io::Result<()> {
    Ok(())
}

#[cfg(not(unix))]
fn keep_owner(_file: &File, _before: &fs::Metadata) -> io::Result<()> {
    Ok(())
}

#[cfg(not(unix))]
fn belong_to(_path: &Path, _around: &fs::Metadata) {}

/// How often a file may change under our hands.
const TRIES: usize = 5;

/// How many links Linux follows.
const LINKS: usize = 40;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_program_writes_meanwhile_is_not_lost() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("pkcs11.txt");
        fs::write(&path, "first\n").unwrap();
        let mut seen = Vec::new();
        let done = edit(&path, Readers::Owner, |before| {
            let before = before.unwrap_or_default().to_owned();
            if seen.is_empty() {
                fs::write(&path, "second\n").unwrap();
            }
            seen.push(before.clone());
            Ok((Edit::Write(before + "ours\n"), ()))
        });
        assert!(done.is_ok());
        assert_eq!(seen, ["first\n", "second\n"]);
        assert_eq!(fs::read_to_string(&path).unwrap(), "second\nours\n");
    }

    #[test]
    fn a_file_that_never_rests_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("pkcs11.txt");
        for edit_to in [Edit::Write("ours".to_owned()), Edit::Remove] {
            let mut round = 0;
            let done = edit(&path, Readers::Owner, |_| {
                round += 1;
                fs::write(&path, format!("{round}")).unwrap();
                Ok((edit_to.clone(), ()))
            });
            assert!(matches!(done, Err(ChangeError::Write(_))));
            assert_eq!(fs::read_to_string(&path).unwrap(), "5");
            assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        }
    }
}
