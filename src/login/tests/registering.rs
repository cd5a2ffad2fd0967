//! Whether the browsers of a machine know the module.

use std::fs;
use std::path::PathBuf;

use siru_browser::{Machine, Module, Scope, register};

use crate::module::module_path;
use crate::registration::Registration;

/// A machine in a temporary folder, with the module of an installation.
struct Somewhere {
    folder: PathBuf,
    machine: Machine,
}

impl Somewhere {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("siru-login-{name}-{}", std::process::id()));
        let programs = folder.join("programs");
        fs::create_dir_all(folder.join("home")).unwrap();
        fs::create_dir_all(&programs).unwrap();
        fs::write(programs.join(siru_browser::FILE_NAME), b"a module").unwrap();
        let machine = Machine::at(folder.join("root"), folder.join("home"));
        let machine = machine.with_program_folder(programs);
        Self { folder, machine }
    }
}

impl Drop for Somewhere {
    fn drop(&mut self) {
        let _removed = fs::remove_dir_all(&self.folder);
    }
}

#[test]
fn where_no_browser_is_nothing_can_be_said() {
    let here = Somewhere::new("none");
    let module = module_path(&here.machine);
    assert!(module.starts_with(&here.folder));
    assert_eq!(
        Registration::of(&here.machine, &module),
        Registration::Unknown
    );
}

#[test]
fn a_browser_knows_the_module_from_its_registration_on() {
    let here = Somewhere::new("firefox");
    let profile = here.folder.join("home/.mozilla/firefox/one.default");
    fs::create_dir_all(&profile).unwrap();
    let profiles = "[Profile0]\nName=default\nIsRelative=1\nPath=one.default\n";
    fs::write(
        here.folder.join("home/.mozilla/firefox/profiles.ini"),
        profiles,
    )
    .unwrap();
    fs::write(profile.join("cert9.db"), b"").unwrap();
    let module = module_path(&here.machine);
    let known = || Registration::of(&here.machine, &module);
    assert_eq!(known(), Registration::NotRegistered);
    register(&here.machine, &Module::at(&module).unwrap(), Scope::User);
    assert_eq!(known(), Registration::Registered);
}
