//! Questions to the settings, each with files of its own.

#[cfg(target_os = "linux")]
mod autostarting;
mod example;
mod group_policy;
mod loading;
mod modules;
mod patterns;
mod policies;
mod readers;
mod saying;
mod writing;

use std::fs;
use std::path::PathBuf;

use tempfile::TempDir;

use crate::{Problem, Settings, UserFile};

/// A machine and a person on it.
struct Place {
    folder: TempDir,
}

impl Place {
    fn new(machine: &str, user: &str) -> Self {
        let place = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        fs::write(place.machine(), machine).unwrap();
        fs::write(place.user(), user).unwrap();
        place
    }

    fn machine(&self) -> PathBuf {
        self.folder.path().join("machine.toml")
    }

    fn user(&self) -> PathBuf {
        self.folder.path().join("user.toml")
    }

    fn load(&self) -> (Settings, Vec<Problem>) {
        Settings::from_files(&self.machine(), &self.user())
    }

    fn user_file(&self) -> UserFile {
        UserFile::at(self.user(), self.machine())
    }

    fn user_text(&self) -> String {
        fs::read_to_string(self.user()).unwrap()
    }
}

/// The settings of two texts in which nothing is wrong.
fn settings(machine: &str, user: &str) -> Settings {
    let (settings, problems) = Place::new(machine, user).load();
    assert_eq!(problems, [], "{machine:?} {user:?}");
    settings
}
