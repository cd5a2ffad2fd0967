//! A person's profiles, from `profiles.ini`.

use std::path::{Path, PathBuf};

use crate::file;
use crate::machine::{Home, Machine};
use crate::nss::MODULE_LIST;
use crate::running::holds_lock;

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
        holds_lock(machine, &self.folder.join("lock"))
    }
}

/// Where a Firefox that is started for the first time makes its profile, up to version 146.
pub(crate) fn first_folder(home: &Home) -> PathBuf {
    home.folder.join(".mozilla/firefox")
}

/// The profiles that are really there.
pub(crate) fn profiles(home: &Home) -> Vec<Profile> {
    let mut all: Vec<Profile> = Vec::new();
    // Firefox 147 and later keep new profiles by the XDG specification, and go on using old ones.
    let folders = [first_folder(home), home.config.join("mozilla/firefox")];
    for folder in folders {
        let list = match file::read(&folder.join("profiles.ini")) {
            Ok(list) => list.unwrap_or_default(),
            Err(error) => {
                log::warn!("{}: {error}", folder.display());
                continue;
            }
        };
        for profile in listed(&list, &folder) {
            let known = all.iter().any(|other| other.folder == profile.folder);
            if profile.folder.is_dir() && !known {
                all.push(profile);
            }
        }
    }
    all
}

fn listed(list: &str, folder: &Path) -> Vec<Profile> {
    let mut profiles = Vec::new();
    let mut section = Section::default();
    for line in list.lines().map(str::trim).chain(["[end]"]) {
        if let Some(title) = line.strip_prefix('[') {
            profiles.extend(std::mem::take(&mut section).profile(folder));
            section.is_profile = title.starts_with("Profile");
        } else if let Some((key, value)) = line.split_once('=') {
            section.take(key, value);
        }
    }
    profiles
}

/// A section of `profiles.ini`; those of installations also have a `Path`-like value, but no name.
#[derive(Default)]
struct Section<'a> {
    is_profile: bool,
    name: &'a str,
    path: Option<&'a str>,
}

impl<'a> Section<'a> {
    fn take(&mut self, key: &str, value: &'a str) {
        match key {
            "Name" => self.name = value,
            "Path" => self.path = Some(value),
            // `IsRelative` says no more than the path itself: joining an absolute one gives it back.
            _ => {}
        }
    }

    fn profile(self, folder: &Path) -> Option<Profile> {
        let path = self.path.filter(|path| !path.is_empty())?;
        self.is_profile.then(|| Profile {
            name: self.name.to_owned(),
            folder: folder.join(path),
        })
    }
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
        let found = listed(list, Path::new("/home/a/.mozilla/firefox"));
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
