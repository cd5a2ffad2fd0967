//! Whether the browsers of a machine know the module.

use std::fs;
use std::path::PathBuf;

use siru_browser::{Machine, Module, Program, Scope, register};

use super::{Specimen, anchors, today};
use crate::judgement::judge;
use crate::module::module_path;
use crate::registration::Registration;
use crate::verdict::{BrokenLink, Verdict};

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
    // A database that some other program left there is no browser.
    fs::create_dir_all(here.folder.join("home/.pki/nssdb")).unwrap();
    let known = Registration::of(&here.machine, &module);
    assert_eq!(known, Registration::default());
    assert_eq!(known.is_known(), None);
    assert_eq!(known.applied_to(logged_in()).name(), "logged-in");
}

/// Gives the machine a profile of Firefox.
fn add_firefox(here: &Somewhere) {
    let folder = here.folder.join("home/.mozilla/firefox");
    fs::create_dir_all(folder.join("one.default")).unwrap();
    let profiles = "[Profile0]\nName=default\nIsRelative=1\nPath=one.default\n";
    fs::write(folder.join("profiles.ini"), profiles).unwrap();
    fs::write(folder.join("one.default/cert9.db"), b"").unwrap();
}

/// Puts a file where a program would be installed.
fn install(here: &Somewhere, program: &str) {
    let path = here.folder.join("root").join(program);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, b"").unwrap();
}

fn logged_in() -> Verdict {
    let card = Specimen::of("v4");
    let (pool, anchors) = (&card.authorities, anchors());
    judge(&card.leaf, pool, Vec::new(), &anchors, today()).verdict
}

#[test]
fn a_browser_knows_the_module_from_its_registration_on() {
    let here = Somewhere::new("firefox");
    add_firefox(&here);
    let module = module_path(&here.machine);
    let known = || Registration::of(&here.machine, &module);
    assert_eq!(known().is_known(), Some(false));
    let verdict = known().applied_to(logged_in());
    assert_eq!(verdict.link(), Some(&BrokenLink::NotRegistered));
    assert!(verdict.presented().is_some());
    register(&here.machine, &Module::at(&module).unwrap(), Scope::User);
    assert_eq!(known().is_known(), Some(true));
    assert_eq!(known().applied_to(logged_in()).name(), "logged-in");
}

#[test]
fn one_browser_does_not_answer_for_the_others() {
    let here = Somewhere::new("several");
    add_firefox(&here);
    let module = module_path(&here.machine);
    register(&here.machine, &Module::at(&module).unwrap(), Scope::User);
    install(&here, "usr/lib/chromium/chromium");
    fs::create_dir_all(here.folder.join("root/snap/firefox")).unwrap();
    let known = Registration::of(&here.machine, &module);
    assert_eq!(known.is_known(), Some(true));
    let names = |of: &Registration| {
        let places = of.without.iter();
        places.map(|one| one.names.join(",")).collect::<Vec<_>>()
    };
    assert_eq!(names(&known), ["Chromium", "Firefox"]);
    let chromium = known.of_program(Some(Program::Chromium));
    assert_eq!(
        (names(&chromium), chromium.is_known()),
        (vec!["Chromium".to_owned()], Some(false))
    );
    let firefox = known.of_program(Some(Program::Firefox));
    assert_eq!(
        (names(&firefox), firefox.is_known()),
        (vec!["Firefox".to_owned()], Some(true))
    );
    assert_eq!(known.of_program(None), known);
}

#[test]
fn a_machine_with_nothing_but_a_browser_in_a_sandbox_has_none_that_is_set_up() {
    let here = Somewhere::new("sandbox");
    fs::create_dir_all(here.folder.join("root/snap/firefox")).unwrap();
    let known = Registration::of(&here.machine, &module_path(&here.machine));
    assert_eq!(known.is_known(), Some(false));
    assert_eq!(known.applied_to(logged_in()).name(), "not-registered");
}
