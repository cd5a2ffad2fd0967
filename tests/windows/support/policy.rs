//! What an administrator decides in the registry, and the log that comes of it.

use std::fs;
use std::path::PathBuf;

use crate::wine::{Wine, made, wine};

/// A policy for the computer, as long as this lives.
pub struct Policy<'wine>(#[expect(dead_code, reason = "it ends before Wine does")] &'wine Wine);

/// Where policies for the computer are.
const PLACE: &str = r"HKLM\SOFTWARE\Policies\Siru";

impl<'wine> Policy<'wine> {
    /// Sets a value in a key of Siru's policies, of a type as `reg` calls it.
    ///
    /// # Panics
    ///
    /// When the registry does not take it.
    #[must_use]
    pub fn set(of: &'wine Wine, key: &str, name: &str, kind: &str, value: &str) -> Self {
        let place = format!(r"{PLACE}\{key}");
        let set = ["add", &place, "/v", name, "/t", kind, "/d", value, "/f"];
        assert!(change(&set), "the registry takes {name}");
        Self(of)
    }
}

impl Drop for Policy<'_> {
    fn drop(&mut self) {
        change(&["delete", PLACE, "/f"]);
    }
}

/// Siru's logs of all persons, where there are any.
///
/// # Panics
///
/// When Wine has no persons.
#[must_use]
pub fn logs() -> Vec<PathBuf> {
    let persons = fs::read_dir(made("prefix").join("drive_c/users")).expect("the persons");
    persons
        .map(|person| person.expect("a person").path().join(LOG))
        .filter(|log| log.exists())
        .collect()
}

/// Below a person's folder.
const LOG: &str = "AppData/Local/siru/Siru/data/siru.log";

fn change(arguments: &[&str]) -> bool {
    let changed = wine("reg".into()).args(arguments).output();
    changed.is_ok_and(|changed| changed.status.success())
}
