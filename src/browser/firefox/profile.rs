//! A person's profiles, from `profiles.ini`.

use std::path::{Path, PathBuf};

use crate::file;
use crate::machine::{Home, Machine};
use crate::nss::MODULE_LIST;
use crate::registration::ReadError;
use crate::running::{holds_lock, is_locked};

/// One profile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Profile {
    /// As the person sees it in `about:profiles`.
    pub name: String,
    folder: PathBuf,
}

impl Profile {
    /// Its module list.
    pub fn module_list(&self) -> PathBuf {
        self.folder.join(MODULE_LIST)
    }

    /// Whether a Firefox has it open.
    pub fn is_open(&self, machine: &Machine) -> bool {
        if machine.is_windows() {
            is_locked(&self.folder.join("parent.lock"))
        } else {
            holds_lock(machine, &self.folder.join("lock"))
        }
    }
}

/// Where a Firefox that is started for the first time makes its profile; on Linux up to version 146.
pub(crate) fn first_folder(machine: &Machine, home: &Home) -> PathBuf {
    if machine.is_windows() {
        home.config.join("Mozilla").join("Firefox")
    } else {
        home.folder.join(".mozilla/firefox")
    }
}

/// Where another Firefox keeps its profiles.
fn second_folder(machine: &Machine, home: &Home) -> PathBuf {
    if machine.is_windows() {
        // The Firefox of Microsoft's store: it sees its own copy of the roaming folder.
        home.data.join(STORE_FOLDER).join("Mozilla").join("Firefox")
    } else {
        // Firefox 147 and later keep new profiles by the XDG specification, and go on using old ones.
        home.config.join("mozilla/firefox")
    }
}

const STORE_FOLDER: &str = "Packages/Mozilla.Firefox_n80bbvh6b1yt2/LocalCache/Roaming";

/// The profiles of a person.
#[derive(Clone, Debug, Default)]
pub(crate) struct ProfileList {
    /// Those that are really there.
    pub found: Vec<Profile>,
    /// Lists that are there and cannot be read.
    pub unreadable: Vec<(PathBuf, ReadError)>,
}

impl ProfileList {
    /// Those of `home`.
    pub fn of(machine: &Machine, home: &Home) -> Self {
        let mut all = Self::default();
        let folders = [first_folder(machine, home), second_folder(machine, home)];
        for folder in folders {
            let path = folder.join("profiles.ini");
            match file::bytes(&path) {
                Ok(list) => all.add(listed(&list.unwrap_or_default(), &folder)),
                Err(error) => all.unreadable.push((path, error)),
            }
        }
        all
    }

    /// Whether there is nothing of a profile.
    pub fn is_empty(&self) -> bool {
        self.found.is_empty() && self.unreadable.is_empty()
    }

    fn add(&mut self, found: Vec<Profile>) {
        for profile in found {
            let mut known = self.found.iter();
            if profile.folder.is_dir() && known.all(|other| other.folder != profile.folder) {
                self.found.push(profile);
            }
        }
    }
}

/// Bytes, for that is what names of folders are; one that is no text must not hide the others.
fn listed(list: &[u8], folder: &Path) -> Vec<Profile> {
    let mut profiles = Vec::new();
    let mut section = Section::default();
    let lines = list.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii);
    for line in lines.chain([b"[end]".as_slice()]) {
        if let Some(title) = line.strip_prefix(b"[") {
            profiles.extend(std::mem::take(&mut section).profile(folder));
            section.is_profile = title.starts_with(b"Profile");
        } else if let Some(name) = line.strip_prefix(b"Name=") {
            section.name = name;
        } else if let Some(path) = line.strip_prefix(b"Path=") {
            section.path = Some(path);
        }
        // `IsRelative` says no more than the path itself: joining an absolute one gives it back.
    }
    profiles
}

/// A section of `profiles.ini`; those of installations also have a `Path`-like value, but no name.
#[derive(Default)]
struct Section<'a> {
    is_profile: bool,
    name: &'a [u8],
    path: Option<&'a [u8]>,
}

impl Section<'_> {
    fn profile(self, folder: &Path) -> Option<Profile> {
        let path = self.path.filter(|path| !path.is_empty())?;
        self.is_profile.then(|| Profile {
            name: String::from_utf8_lossy(self.name).into_owned(),
            // A relative one has slashes on every system, which Windows would not show.
            folder: folder.join(path_of(path)).components().collect(),
        })
    }
}

#[cfg(unix)]
fn path_of(bytes: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt;
    PathBuf::from(std::ffi::OsStr::from_bytes(bytes))
}

#[cfg(not(unix))]
fn path_of(bytes: &[u8]) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(bytes).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn profiles_are_read_as_firefox_writes_them() {
        let list = "[Profile1]\nName=work\nIsRelative=0\nPath=/srv/work\n\n\
                    [Install3B6073811A6ABF12]\nDefault=abc.default-esr\nLocked=1\n\n\
                    [Profile0]\nName=default-esr\nIsRelative=1\nPath=abc.default-esr\n\n\
                    [General]\nStartWithLastProfile=1\nVersion=2\n";
        let found = listed(list.as_bytes(), Path::new("/home/a/.mozilla/firefox"));
        let expected = [
            ("work", "/srv/work"),
            ("default-esr", "/home/a/.mozilla/firefox/abc.default-esr"),
        ];
        let expected = expected.map(|(name, folder)| Profile {
            name: name.to_owned(),
            folder: folder.into(),
        });
        assert_eq!(found, expected);
    }
}
