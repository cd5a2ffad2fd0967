//! Registering, doing it again, upgrading, and going back.

use std::os::unix::fs::PermissionsExt;

use super::*;

#[test]
fn the_second_time_changes_nothing_and_going_back_leaves_nothing() {
    for scope in [Scope::System, Scope::User] {
        let world = World::full();
        let before = world.everything();
        let first = changes(&world.register(scope));
        assert!(
            first.iter().all(|change| *change == Change::Added),
            "{first:?}"
        );
        let once = world.everything();
        assert!(
            changes(&world.register(scope))
                .iter()
                .all(|change| *change == Change::None)
        );
        assert_eq!(world.everything(), once);
        let back = changes(&world.unregister(scope));
        assert!(
            back.iter().all(|change| *change == Change::Removed),
            "{back:?}"
        );
        assert_eq!(world.everything(), before);
        assert!(
            changes(&world.unregister(scope))
                .iter()
                .all(|change| *change == Change::None)
        );
    }
}

#[test]
fn an_upgrade_moves_every_registration() {
    let world = World::full();
    let old = world.install("/opt/old");
    register(&world.machine(), &old, Scope::User);
    register(&world.machine(), &old, Scope::System);
    let places = [SYSTEM_MODULE, POLICY, PROFILE_A, PROFILE_B, DATABASE];
    for place in places {
        let path = old.path().to_owned();
        assert_eq!(world.state(place), State::Outdated { path }, "{place}");
    }
    world.register(Scope::System);
    world.register(Scope::User);
    for place in [SYSTEM_MODULE, POLICY, DATABASE] {
        assert_eq!(world.state(place), State::Registered, "{place}");
    }
    for place in [PROFILE_A, PROFILE_B] {
        assert_eq!(world.state(place), State::ByPolicy, "{place}");
    }
    let old = old.path().to_str().unwrap().to_owned();
    for (path, text) in world.everything() {
        assert!(
            !text.is_some_and(|text| text.contains(&old)),
            "{}",
            path.display()
        );
    }
}

#[test]
fn what_is_registered_for_all_is_not_registered_again_for_one() {
    let world = World::full();
    world.register(Scope::User);
    world.register(Scope::System);
    assert_eq!(world.state(USER_MODULE), State::Registered);
    world.register(Scope::User);
    assert_eq!(world.text(USER_MODULE), None);
    assert_eq!(world.state(USER_MODULE), State::ForEveryone);
    // The other way round nothing but Chromium's database is left to do.
    let world = World::full();
    world.register(Scope::System);
    world.register(Scope::User);
    assert_eq!(world.text(USER_MODULE), None);
    assert_eq!(world.text(PROFILE_A).as_deref(), Some(INTERNAL));
    assert_eq!(world.state(PROFILE_A), State::ByPolicy);
    assert_eq!(world.state(DATABASE), State::Registered);
}

#[test]
fn what_firefox_wrote_for_its_policy_stays() {
    let world = World::full();
    world.register(Scope::User);
    let written = world.text(PROFILE_A);
    world.register(Scope::System);
    let changed = world.unregister(Scope::User);
    assert_eq!(world.text(PROFILE_A), written);
    let profile = changed
        .iter()
        .find(|one| one.registration.state == State::ByPolicy);
    assert!(matches!(profile.unwrap().change, Ok(Change::None)));
}

#[test]
fn a_program_that_loads_p11_kits_proxy_gets_the_module_once() {
    let world = World::full();
    let with_proxy = format!("{INTERNAL}{PROXY}");
    world.put(PROFILE_A, &with_proxy);
    world.put(
        DATABASE,
        &format!("{with_proxy}library=/old/libsiru_pkcs11.so\nname=Siru\n\n"),
    );
    let changed = world.register(Scope::User);
    assert_eq!(world.text(PROFILE_A).as_deref(), Some(&*with_proxy));
    assert_eq!(world.text(DATABASE).as_deref(), Some(&*with_proxy));
    for place in [PROFILE_A, DATABASE] {
        assert_eq!(world.state(place), State::ThroughP11Kit, "{place}");
    }
    assert_eq!(world.state(PROFILE_B), State::Registered);
    assert_eq!(changed.len(), 4);
    // Without p11-kit's file the proxy does not bring it, so the entry is needed.
    let machine = world.machine().used_by_root();
    fs::remove_file(world.root().join(USER_MODULE)).unwrap();
    register(&machine, &world.module(), Scope::User);
    assert_eq!(world.state(PROFILE_A), State::Registered);
}

#[test]
fn a_registration_for_all_that_leads_nowhere_serves_nobody() {
    let world = World::full();
    let old = world.install("/opt/old");
    register(&world.machine(), &old, Scope::System);
    fs::remove_file(old.path()).unwrap();
    world.put(DATABASE, &format!("{INTERNAL}{PROXY}"));
    // p11-kit reads a person's file of the same name instead of that for all.
    world.register(Scope::User);
    assert_eq!(world.state(USER_MODULE), State::Registered);
    assert_eq!(world.state(DATABASE), State::ThroughP11Kit);
    world.register(Scope::System);
    world.register(Scope::User);
    assert_eq!(world.text(USER_MODULE), None);
}

#[test]
fn a_policy_with_p11_kits_proxy_serves_all_profiles() {
    let world = World::full();
    let policy = "{\"policies\":{\"SecurityDevices\":{\"Add\":{\"p11-kit\":\"/usr/lib/p11-kit-proxy.so\"}}}}";
    world.put(POLICY, policy);
    world.register(Scope::User);
    world.register(Scope::System);
    assert_eq!(world.text(POLICY).as_deref(), Some(policy));
    assert_eq!(world.state(POLICY), State::ThroughP11Kit);
    assert_eq!(world.text(PROFILE_A).as_deref(), Some(INTERNAL));
    assert_eq!(world.state(PROFILE_A), State::ThroughP11Kit);
}

#[test]
fn files_keep_their_mode_and_links_stay_links() {
    let world = World::full();
    let profile = world.root().join(PROFILE_A);
    let kept = world.root().join("home/dotfiles/pkcs11.txt");
    world.put("home/dotfiles/pkcs11.txt", INTERNAL);
    fs::set_permissions(&kept, fs::Permissions::from_mode(0o640)).unwrap();
    fs::remove_file(&profile).unwrap();
    symlink(&kept, &profile).unwrap();
    world.register(Scope::User);
    world.register(Scope::System);
    assert!(profile.is_symlink());
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&kept), 0o640);
    assert_eq!(mode(&world.root().join(SYSTEM_MODULE)), 0o644);
    assert_eq!(mode(&world.root().join(POLICY)), 0o644);
    assert_eq!(mode(&world.root().join(PROFILE_B)), 0o600);
    assert!(
        world
            .text("home/dotfiles/pkcs11.txt")
            .unwrap()
            .contains("Siru")
    );
}

#[test]
fn a_place_that_cannot_be_written_is_told_and_the_others_are_done() {
    let world = World::full();
    // A folder where the file would be: not even root can write it.
    fs::create_dir_all(world.root().join(USER_MODULE)).unwrap();
    let changed = world.register(Scope::User);
    let failed: Vec<_> = changed.iter().filter(|one| one.change.is_err()).collect();
    assert_eq!(failed.len(), 1);
    assert_eq!(failed[0].registration.program, Program::P11Kit);
    assert_eq!(world.state(PROFILE_A), State::Registered);
}

#[test]
fn a_policy_that_leads_nowhere_serves_nobody() {
    let world = World::full();
    let old = world.install("/opt/old");
    register(&world.machine(), &old, Scope::System);
    fs::remove_file(old.path()).unwrap();
    let path = old.path().to_owned();
    assert_eq!(world.state(POLICY), State::Outdated { path });
    assert_eq!(world.state(PROFILE_A), State::NotRegistered);
    world.register(Scope::User);
    assert_eq!(world.state(PROFILE_A), State::Registered);
    world.register(Scope::System);
    assert_eq!(world.state(PROFILE_A), State::ByPolicy);
}

#[test]
fn a_link_that_leads_nowhere_yet_stays_a_link_and_so_does_one_whose_file_goes() {
    let world = World::full();
    for (link, kept) in [
        (PROFILE_B, "home/dotfiles/pkcs11.txt"),
        (USER_MODULE, "home/dotfiles/p11/siru.module"),
    ] {
        let (link, kept) = (world.root().join(link), world.root().join(kept));
        fs::create_dir_all(link.parent().unwrap()).unwrap();
        // By way of another one, which is relative.
        symlink("by.way", &link).unwrap();
        symlink(&kept, link.with_file_name("by.way")).unwrap();
        world.register(Scope::User);
        assert!(link.is_symlink());
        let text = fs::read_to_string(&kept).unwrap();
        assert!(text.contains("libsiru_pkcs11.so"), "{text}");
        world.unregister(Scope::User);
        assert!(link.is_symlink() && !kept.exists());
    }
}

#[test]
fn what_root_makes_in_a_persons_home_is_the_persons() {
    use std::os::unix::fs::{MetadataExt, chown};
    let world = World::new();
    world.put("usr/lib/chromium/chromium", "");
    let home = world.root().join("home");
    fs::create_dir(&home).unwrap();
    if chown(&home, Some(1234), Some(1235)).is_err() {
        eprintln!("skipped: only root can give a folder away");
        return;
    }
    world.register(Scope::User);
    for path in [USER_MODULE, DATABASE] {
        let file = world.root().join(path);
        assert!(file.is_file());
        for made in file.ancestors().take_while(|made| *made != home) {
            let owner = fs::metadata(made).unwrap();
            assert_eq!(
                (owner.uid(), owner.gid()),
                (1234, 1235),
                "{}",
                made.display()
            );
        }
    }
}
