//! Which places there are, and how what stands in them is told.

use super::*;

#[test]
fn nothing_is_made_for_programs_that_are_not_there() {
    let world = World::new();
    assert_eq!(world.state(DATABASE), State::NotInstalled);
    assert_eq!(world.state(POLICY), State::NotInstalled);
    world.register(Scope::User);
    assert_eq!(world.text(DATABASE), None);
    assert!(!world.root().join("home/.pki").exists());
}

#[test]
fn chromium_without_a_database_gets_the_place_that_every_version_reads() {
    let world = World::new();
    world.put("usr/lib/chromium/chromium", "");
    world.put("opt/google/chrome/chrome", "");
    assert_eq!(world.state(DATABASE), State::NotRegistered);
    world.register(Scope::User);
    assert_eq!(world.state(DATABASE), State::Registered);
    assert_eq!(world.at(DATABASE).names, ["Chromium", "Google Chrome"]);
    world.unregister(Scope::User);
    assert_eq!(world.text(DATABASE), None);
}

#[test]
fn the_database_that_chromium_uses_is_the_one_that_is_changed() {
    let new = "home/.local/share/pki/nssdb/pkcs11.txt";
    let world = World::new();
    world.put(new, INTERNAL);
    world.register(Scope::User);
    assert_eq!(world.state(new), State::Registered);
    assert!(!world.root().join("home/.pki").exists());
    // From now on the old place wins; what stands in the other one would be forgotten there.
    world.put(DATABASE, INTERNAL);
    world.register(Scope::User);
    assert_eq!(world.state(DATABASE), State::Registered);
    assert_eq!(world.text(new).as_deref(), Some(INTERNAL));
}

#[test]
fn profiles_of_both_places_are_found() {
    let world = World::full();
    world.put(
        "home/.config/mozilla/firefox/profiles.ini",
        "[Profile0]\nName=new\nPath=c\n",
    );
    world.put("home/.config/mozilla/firefox/c/pkcs11.txt", INTERNAL);
    world.register(Scope::User);
    for place in [
        PROFILE_A,
        PROFILE_B,
        "home/.config/mozilla/firefox/c/pkcs11.txt",
    ] {
        assert_eq!(world.state(place), State::Registered, "{place}");
    }
    assert_eq!(world.at(PROFILE_B).names, ["work"]);
}

#[test]
fn a_firefox_that_was_never_started_is_told_and_left_alone() {
    let world = World::new();
    world.put("usr/lib/firefox-esr/firefox-esr", "");
    let folder = "home/.mozilla/firefox";
    assert_eq!(world.state(folder), State::NoProfile);
    world.register(Scope::User);
    world.unregister(Scope::User);
    assert!(!world.root().join(folder).exists());
    // The policy will reach the profile that is still to be made.
    world.register(Scope::System);
    assert_eq!(world.state(folder), State::ByPolicy);
}

#[test]
fn a_running_browser_is_seen_and_a_lock_left_by_a_crash_is_not() {
    let world = World::full();
    assert!(!world.at(PROFILE_A).running);
    world.lock("home/.mozilla/firefox/a.default-esr");
    assert!(world.at(PROFILE_A).running);
    assert!(!world.at(PROFILE_B).running);
    fs::remove_dir(world.root().join("proc/4711")).unwrap();
    assert!(!world.at(PROFILE_A).running);
}

#[test]
fn sandboxed_browsers_are_named() {
    let world = World::new();
    world.put("snap/firefox/current/meta/snap.yaml", "");
    world.put("var/lib/snapd/snap/firefox/current/meta/snap.yaml", "");
    world.put("var/lib/flatpak/app/com.google.Chrome/x", "");
    world.put("home/.local/share/flatpak/app/org.mozilla.firefox/x", "");
    // What a removed snap leaves in the home folder.
    world.put("home/snap/chromium/common/x", "");
    let found = survey(&world.machine(), &world.module());
    let found: Vec<_> = found
        .iter()
        .filter_map(|one| match one.state {
            State::Unreachable(sandbox) => {
                Some((one.names.join(""), one.program, one.scope, sandbox))
            }
            _ => None,
        })
        .collect();
    let expected = [
        ("Firefox", Program::Firefox, Scope::System, Sandbox::Snap),
        ("Firefox", Program::Firefox, Scope::User, Sandbox::Flatpak),
        (
            "Google Chrome",
            Program::Chromium,
            Scope::System,
            Sandbox::Flatpak,
        ),
    ];
    let expected =
        expected.map(|(name, program, scope, sandbox)| (name.to_owned(), program, scope, sandbox));
    assert_eq!(found, expected);
}

#[test]
fn modules_of_others_for_the_same_cards_are_named_and_kept() {
    let world = World::full();
    let other = format!("{INTERNAL}library=/usr/lib/opensc-pkcs11.so\nname=OpenSC\n\n");
    world.put(PROFILE_A, &other);
    world.put(
        "usr/share/p11-kit/modules/opensc.module",
        "module: onepin-opensc-pkcs11.so\n",
    );
    world.register(Scope::User);
    let opensc = Path::new("/usr/lib/opensc-pkcs11.so");
    assert_eq!(world.at(PROFILE_A).neighbours, [opensc]);
    assert_eq!(
        world.at(SYSTEM_MODULE).neighbours,
        [Path::new("onepin-opensc-pkcs11.so")]
    );
    assert!(world.text(PROFILE_A).unwrap().starts_with(&other));
}

#[test]
fn roots_own_files_are_not_read_by_p11_kit_and_not_written() {
    let world = World::full();
    let machine = world.machine().used_by_root();
    register(&machine, &world.module(), Scope::User);
    assert_eq!(world.text(USER_MODULE), None);
    let found = survey(&machine, &world.module());
    let place = world.root().join(USER_MODULE);
    let here = found.iter().find(|one| one.place == place).unwrap();
    assert_eq!(here.state, State::Ignored);
}

#[test]
fn what_is_no_text_is_left_alone() {
    let world = World::full();
    let path = world.root().join(PROFILE_A);
    fs::write(&path, b"library=\xff\n").unwrap();
    assert_eq!(
        world.state(PROFILE_A),
        State::Unreadable(ReadError::NotText)
    );
    let changed = world.register(Scope::User);
    let failed = changed.iter().filter(|one| one.change.is_err()).count();
    assert_eq!(failed, 1);
    assert_eq!(fs::read(&path).unwrap(), b"library=\xff\n");
    assert_eq!(world.state(PROFILE_B), State::Registered);
}

#[test]
fn the_module_is_an_absolute_path_to_a_file() {
    let world = World::new();
    let refused = |path: &str| Module::at(Path::new(path)).unwrap_err();
    assert_eq!(refused("libsiru_pkcs11.so"), ModuleError::Relative);
    assert_eq!(
        refused("/nonexistent/libsiru_pkcs11.so"),
        ModuleError::Missing
    );
    assert_eq!(refused("/a\nname=x"), ModuleError::Unprintable);
    let built = world.install("/build/debug");
    let machine = world
        .machine()
        .with_program_folder(world.root().join("build/debug"));
    assert_eq!(Module::of(&machine), Ok(built));
    let elsewhere = world.machine().with_program_folder("/usr/bin");
    assert_eq!(Module::of(&elsewhere), Ok(world.module()));
}

#[test]
fn every_deb_of_firefox_is_found() {
    for folder in [
        "firefox",
        "firefox-esr",
        "firefox-beta",
        "firefox-devedition",
        "firefox-nightly",
    ] {
        let world = World::new();
        world.put(&format!("usr/lib/{folder}/firefox"), "");
        assert_eq!(world.state(POLICY), State::NotRegistered, "{folder}");
        let shipped = format!("usr/lib/{folder}/distribution/policies.json");
        world.put(&shipped, "{ \"policies\": {} }");
        assert_eq!(world.state(&shipped), State::NotRegistered, "{folder}");
    }
}

#[test]
fn a_profile_whose_name_is_no_text_hides_no_other() {
    use std::os::unix::ffi::OsStrExt;
    let world = World::full();
    let folder = world.root().join("home/.mozilla/firefox");
    let odd = std::ffi::OsStr::from_bytes(b"\xe4.odd");
    fs::create_dir(folder.join(odd)).unwrap();
    let list = [
        PROFILES.as_bytes(),
        b"[Profile2]\nName=\xe4\nPath=\xe4.odd\n",
    ];
    fs::write(folder.join("profiles.ini"), list.concat()).unwrap();
    world.register(Scope::User);
    assert_eq!(world.state(PROFILE_A), State::Registered);
    let list = folder.join(odd).join("pkcs11.txt");
    let found = survey(&world.machine(), &world.module());
    let found = found.iter().find(|one| one.place == list).expect("it");
    assert_eq!(
        (&found.state, &*found.names[0]),
        (&State::Registered, "\u{fffd}")
    );
}

#[test]
fn a_list_of_profiles_that_cannot_be_read_is_told() {
    let world = World::full();
    let list = "home/.config/mozilla/firefox/profiles.ini";
    fs::create_dir_all(world.root().join(list)).unwrap();
    assert!(matches!(world.state(list), State::Unreadable(_)));
    let changed = world.register(Scope::User);
    let failed = changed.iter().filter(|one| one.change.is_err()).count();
    assert_eq!(failed, 1);
    assert_eq!(world.state(PROFILE_A), State::Registered);
    let found = survey(&world.machine(), &world.module());
    assert!(found.iter().all(|one| one.state != State::NoProfile));
}
