//! `siru.module`: files of one name are one module, and what people say in theirs holds.

use super::*;

const ADMINISTRATOR_MODULE: &str = "etc/pkcs11/modules/siru.module";

/// What keeps the module from programs without naming it.
const OPT_OUTS: [&str; 5] = [
    "enable-in: nobody\n",
    "disable-in: wget, curl\n",
    "# not for me\n enable-in : nobody",
    "module:\n",
    "module:  \r\n",
];

#[test]
fn a_person_who_does_not_want_the_module_is_left_in_peace() {
    for text in OPT_OUTS {
        for for_all in [false, true] {
            let world = World::full();
            if for_all {
                world.register(Scope::System);
            }
            world.put(USER_MODULE, text);
            for changed in [world.register(Scope::User), world.unregister(Scope::User)] {
                assert!(matches!(changed[0].change, Ok(Change::None)), "{text}");
                assert_eq!(world.text(USER_MODULE).as_deref(), Some(text));
            }
            let is_limited = for_all || text.starts_with("module:");
            let expected = if is_limited {
                State::Limited
            } else {
                State::NotRegistered
            };
            assert_eq!(world.state(USER_MODULE), expected, "{text}");
        }
    }
}

#[test]
fn an_administrators_limits_are_told_and_kept() {
    for text in OPT_OUTS {
        let world = World::full();
        world.put(ADMINISTRATOR_MODULE, text);
        world.register(Scope::System);
        assert_eq!(world.state(SYSTEM_MODULE), State::Limited, "{text}");
        world.register(Scope::User);
        assert_eq!(world.text(USER_MODULE), None, "{text}");
        assert_eq!(world.state(USER_MODULE), State::Limited, "{text}");
        world.unregister(Scope::System);
        assert_eq!(world.text(ADMINISTRATOR_MODULE).as_deref(), Some(text));
        assert_eq!(world.text(SYSTEM_MODULE), None);
    }
}

#[test]
fn what_a_package_brought_stays_as_it_is() {
    let world = World::full();
    let brought = include_str!("../../../packaging/deb/siru.module");
    world.put(SYSTEM_MODULE, brought);
    let another = world.install("/opt/siru/lib");
    register(&world.machine(), &another, Scope::System);
    world.unregister(Scope::System);
    assert_eq!(world.text(SYSTEM_MODULE).as_deref(), Some(brought));
    // The same by hand comes and goes.
    world.put(SYSTEM_MODULE, &brought.replace('#', "##"));
    world.unregister(Scope::System);
    assert_eq!(world.text(SYSTEM_MODULE), None);
}

#[test]
fn the_proxy_brings_the_module_only_where_it_is_enabled() {
    let (proxied, own) = (State::ThroughP11Kit, State::Registered);
    let cases = [
        ("", &proxied, &proxied),
        ("enable-in: nobody\n", &own, &own),
        ("enable-in: wget,firefox-esr\n", &proxied, &own),
        ("enable-in: chromium firefox\n", &own, &proxied),
        ("enable-in: p11-kit-proxy\n", &proxied, &proxied),
        ("disable-in: chromium, wget\n", &proxied, &own),
        ("disable-in: p11-kit-proxy\n", &own, &own),
    ];
    for (text, firefox, chromium) in cases {
        let world = World::full();
        for list in [PROFILE_A, DATABASE] {
            world.put(list, &format!("{INTERNAL}{PROXY}"));
        }
        world.put(ADMINISTRATOR_MODULE, text);
        let registered = format!("module: {}\n", world.module().path().display());
        world.put(SYSTEM_MODULE, &registered);
        world.register(Scope::User);
        assert_eq!(world.state(PROFILE_A), *firefox, "{text}");
        assert_eq!(world.state(DATABASE), *chromium, "{text}");
    }
}

#[test]
fn what_else_stands_beside_a_library_stays_when_it_moves() {
    let world = World::full();
    let path = world.module().path().display().to_string();
    let old = "/opt/old/libsiru_pkcs11.so";
    for text in [
        "# ours\nmodule: {}\ncritical: yes\nenable-in: wget\n",
        "priority: 3\n  module :  {}  \r\nx-mine: a:b\r\n",
        "module: {}",
        "#module: /a.so\nmodule: /b.so\nmodule:{}\nlog-calls: yes\n",
    ] {
        world.put(USER_MODULE, &text.replace("{}", old));
        let changed = world.register(Scope::User);
        assert!(matches!(changed[0].change, Ok(Change::Moved)), "{text}");
        let moved = text.replace("{}", &path);
        assert_eq!(world.text(USER_MODULE), Some(moved));
        let again = world.register(Scope::User);
        assert!(matches!(again[0].change, Ok(Change::None)), "{text}");
    }
}

#[test]
fn a_file_of_our_name_with_a_module_of_others_is_not_ours() {
    for text in ["module: /usr/lib/other.so\n", "priority: 3\n", ""] {
        let world = World::full();
        for (place, scope) in [(USER_MODULE, Scope::User), (SYSTEM_MODULE, Scope::System)] {
            world.put(place, text);
            assert_eq!(world.state(place), State::NotRegistered, "{text}");
            let changed = world.register(scope);
            assert!(matches!(changed[0].change, Err(ChangeError::NotOurs)));
            world.unregister(scope);
            assert_eq!(world.text(place).as_deref(), Some(text));
        }
    }
}

#[test]
fn a_persons_options_outlive_their_own_copy_of_what_is_for_everyone() {
    let world = World::full();
    let path = world.module().path().display().to_string();
    world.register(Scope::System);
    world.put(USER_MODULE, &format!("module: {path}\nenable-in: wget\n"));
    for _ in 0..2 {
        world.register(Scope::User);
        assert_eq!(
            world.text(USER_MODULE).as_deref(),
            Some("enable-in: wget\n")
        );
        assert_eq!(world.state(USER_MODULE), State::Limited);
    }
}

#[test]
fn an_entry_under_another_name_stands_for_none_of_ours() {
    let world = World::full();
    let path = world.module().path().display().to_string();
    let other = "usr/share/p11-kit/modules/card.module";
    world.put(other, &format!("module: {path}\n"));
    world.put(DATABASE, &format!("{INTERNAL}{PROXY}"));
    assert_eq!(world.state(DATABASE), State::ThroughP11Kit);
    assert_eq!(world.state(USER_MODULE), State::NotRegistered);
    world.register(Scope::User);
    assert_eq!(world.state(USER_MODULE), State::Registered);
}
