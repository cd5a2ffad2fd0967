//! A machine with Windows, as far as it is files.

use super::*;

/// One with our programs, and a Firefox with a profile.
fn windows() -> (World, Machine) {
    let world = World {
        folder: tempfile::tempdir().unwrap(),
    };
    world.put("Program Files/Siru/siru_pkcs11.dll", "");
    world.put("Program Files/Siru/bin/siru.exe", "");
    world.put("Program Files/Mozilla Firefox/firefox.exe", "");
    world.put(&format!("{FIREFOX}/profiles.ini"), PROFILES);
    world.put(PROFILE, INTERNAL);
    let machine = Machine::with_windows_at(world.root(), world.root().join("Users/a"));
    (world, machine)
}

#[test]
fn the_module_lies_above_the_command_or_beside_the_window() {
    let (world, machine) = windows();
    let installed = world.root().join("Program Files/Siru");
    for folder in ["bin", ""] {
        let machine = machine.clone().with_program_folder(installed.join(folder));
        let module = Module::of(&machine).unwrap();
        assert_eq!(module.path(), installed.join("siru_pkcs11.dll"));
    }
    // Where somebody chose another folder for all of it, that is the one.
    world.put("Other/siru_pkcs11.dll", "");
    let other = machine.with_program_folder(world.root().join("Other/bin"));
    let module = Module::of(&other).unwrap();
    assert_eq!(module.path(), world.root().join("Other/siru_pkcs11.dll"));
    fs::remove_file(module.path()).unwrap();
    assert_eq!(Module::of(&other), Err(ModuleError::Missing));
    assert_eq!(Module::expected(&other), Ok(module));
}

#[test]
fn a_profile_is_registered_once_and_back() {
    let (world, machine) = windows();
    let module = Module::of(&machine).unwrap();
    let before = world.everything();
    let first = register(&machine, &module, Scope::User);
    assert_eq!(changes(&first), [Change::Added]);
    assert_eq!(first[0].registration.place, world.root().join(PROFILE));
    let text = world.text(PROFILE).unwrap();
    let library = format!("library={}\nname=Siru\n", module.path().display());
    assert!(text.contains(&library), "{text}");
    let again = register(&machine, &module, Scope::User);
    assert_eq!(changes(&again), [Change::None]);
    let back = unregister(&machine, &module, Scope::User);
    assert_eq!(changes(&back), [Change::Removed]);
    assert_eq!(world.everything(), before);
}

#[test]
fn nothing_of_linux_is_looked_for() {
    let (_world, machine) = windows();
    let module = Module::of(&machine).unwrap();
    let found = survey(&machine, &module);
    let seen: Vec<_> = found
        .iter()
        .map(|one| (one.program, one.scope, &one.state))
        .collect();
    assert_eq!(
        seen,
        [
            (Program::Firefox, Scope::System, &State::NotRegistered),
            (Program::Firefox, Scope::User, &State::NotRegistered),
            (Program::Chromium, Scope::System, &State::NoMinidriver),
        ]
    );
    // Without a registry there is no policy that could be changed.
    let changed = register(&machine, &module, Scope::System);
    assert!(matches!(changed[0].change, Err(ChangeError::Write(_))));
}

#[test]
fn browsers_that_ask_windows_are_named() {
    let (world, machine) = windows();
    world.put(
        "Program Files (x86)/Microsoft/Edge/Application/msedge.exe",
        "",
    );
    world.put("Program Files/Google/Chrome/Application/chrome.exe", "");
    let found = survey(&machine, &Module::of(&machine).unwrap());
    let names = &found.last().unwrap().names;
    assert_eq!(*names, ["Microsoft Edge", "Google Chrome"]);
}

#[test]
fn a_firefox_of_the_store_and_one_that_was_never_started_are_found() {
    let (world, machine) = windows();
    let module = Module::of(&machine).unwrap();
    let store = "Users/a/AppData/Local/Packages/Mozilla.Firefox_n80bbvh6b1yt2/LocalCache/Roaming/\
                 Mozilla/Firefox";
    fs::rename(world.root().join(FIREFOX), world.root().join("Users/away")).unwrap();
    let found = survey(&machine, &module);
    assert_eq!(found[1].state, State::NoProfile);
    assert_eq!(found[1].place, world.root().join(FIREFOX));
    world.put(&format!("{store}/profiles.ini"), PROFILES);
    world.put(&format!("{store}/b.work/prefs.js"), "");
    let found = survey(&machine, &module);
    assert_eq!(found[1].names, ["work"]);
    let list = format!("{store}/b.work/pkcs11.txt");
    assert_eq!(found[1].place, world.root().join(list));
}

/// Firefox has its lock open for itself alone, and leaves it behind.
#[cfg(windows)]
#[test]
fn a_firefox_that_is_running_is_told() {
    use std::os::windows::fs::OpenOptionsExt;

    let (world, machine) = windows();
    let module = Module::of(&machine).unwrap();
    let runs = || survey(&machine, &module)[1].running;
    assert!(!runs());
    let lock = world.root().join(FIREFOX).join("a.default-esr/parent.lock");
    let mut alone = fs::File::options();
    let held = alone.write(true).create(true).share_mode(0).open(&lock);
    let held = held.unwrap();
    assert!(runs());
    drop(held);
    assert!(lock.is_file() && !runs());
}

const FIREFOX: &str = "Users/a/AppData/Roaming/Mozilla/Firefox";
const PROFILE: &str = "Users/a/AppData/Roaming/Mozilla/Firefox/a.default-esr/pkcs11.txt";
