//! The scripts of `apdu-scripts`, as they lie there.

use std::fs;
use std::path::{Path, PathBuf};

use siru_script::Script;
use siru_sim::Image;

use crate::cards::{self, FOLDERS};

/// A script as it lies in the folder.
pub struct KeptScript {
    /// Its folder.
    pub folder: String,
    /// Its name, without the ending.
    pub name: String,
    /// What it says.
    pub script: Script,
}

impl KeptScript {
    /// Folder and name, as `fineid-v4/open`.
    pub fn path(&self) -> String {
        format!("{}/{}", self.folder, self.name)
    }

    /// Whether it names no card and is only there to be included.
    pub const fn is_fragment(&self) -> bool {
        self.script.header.target.is_none()
    }

    /// The virtual card that is as the script wants it at the start.
    ///
    /// # Panics
    ///
    /// When there is none.
    pub fn image(&self) -> Image {
        let target = self.script.header.target.as_ref().expect("a card");
        cards::image(&target.card, &self.script.header.start)
            .unwrap_or_else(|| panic!("{}: no virtual card starts like that", self.path()))
    }
}

/// Where the scripts are.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../apdu-scripts")
}

/// The path of a script's file.
pub fn file(folder_name: &str, script: &str) -> PathBuf {
    folder().join(folder_name).join(format!("{script}.apdu"))
}

/// Every script, in the order of their names. Private recordings are their owner's affair.
///
/// # Panics
///
/// When one cannot be read.
pub fn all() -> Vec<KeptScript> {
    let mut found = Vec::new();
    for folder_path in listed(&folder()) {
        if !folder_path.is_dir() {
            continue;
        }
        for path in listed(&folder_path) {
            let name = last_name(&path);
            let is_script = path.extension().is_some_and(|ending| ending == "apdu");
            if is_script && !name.ends_with(".private") {
                found.push(KeptScript {
                    folder: last_name(&folder_path),
                    name,
                    script: Script::load(&path).unwrap_or_else(|error| panic!("{error}")),
                });
            }
        }
    }
    found
}

/// Every certificate that scripts refer to: the folder, and the path from there.
pub fn certificates() -> Vec<(String, String)> {
    let mut found = Vec::new();
    for place in FOLDERS {
        for path in listed(&folder().join(place.name).join("certs")) {
            let file = path.file_name().expect("a name").to_string_lossy();
            found.push((place.name.to_owned(), format!("certs/{file}")));
        }
    }
    found
}

fn listed(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("a folder of scripts");
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| entry.expect("an entry").path())
        .collect();
    paths.sort();
    paths
}

fn last_name(path: &Path) -> String {
    let name = path.file_stem().expect("a name");
    name.to_string_lossy().into_owned()
}
