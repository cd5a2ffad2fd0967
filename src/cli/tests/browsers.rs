//! The registration of the card module, on machines made of temporary folders.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::*;
use crate::args::{Action, BrowserAction};

/// A machine with the module, Firefox with a profile, and Chromium.
pub(super) struct Office {
    folder: tempfile::TempDir,
}

impl Office {
    pub(super) fn new() -> Self {
        let office = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        office.put("usr/lib/siru/libsiru_pkcs11.so", "");
        office.put("usr/lib/firefox-esr/firefox-esr", "");
        office.put("usr/lib/chromium/chromium", "");
        let profiles = "[Profile0]\nName=default-esr\nIsRelative=1\nPath=a\n";
        office.put("home/.mozilla/firefox/profiles.ini", profiles);
        office.put("home/.mozilla/firefox/a/prefs.js", "");
        office
    }

    pub(super) fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    fn put(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub(super) fn machine(&self) -> Machine {
        Machine::at(self.folder.path(), self.path("home"))
    }

    pub(super) fn run(&self, line: &str) -> Ended {
        let machine = self.machine();
        let connector = Desk::with(&[]).connector();
        Desk::run_on(&machine, &connector, line, &mut Nobody, "")
    }

    fn status(&self) -> Value {
        let ended = self.run("browser status --json");
        assert_eq!(ended.exit, Exit::Done, "{}", ended.remark);
        serde_json::from_str(&ended.result).expect("JSON")
    }

    /// `(program, scope, state)` of every place.
    fn states(&self) -> Vec<(String, String, String)> {
        let status = self.status();
        let programs = status["programs"].as_array().expect("an array").iter();
        let text = |value: &Value| value.as_str().expect("a text").to_owned();
        programs
            .map(|one| {
                (
                    text(&one["program"]),
                    text(&one["scope"]),
                    text(&one["state"]),
                )
            })
            .collect()
    }
}

fn states(expected: &[(&str, &str, &str)]) -> Vec<(String, String, String)> {
    let owned = expected.iter().map(|(program, scope, state)| {
        (
            (*program).to_owned(),
            (*scope).to_owned(),
            (*state).to_owned(),
        )
    });
    owned.collect()
}

#[test]
fn what_is_registered_is_reported_with_every_member_of_the_interface() {
    let office = Office::new();
    let status = office.status();
    assert_eq!(status["version"], 1);
    let module = office.path("usr/lib/siru/libsiru_pkcs11.so");
    assert_eq!(
        Path::new(status["module"].as_str().expect("a path")),
        module
    );
    let list = office.path("home/.mozilla/firefox/a/pkcs11.txt");
    let place = status["programs"][3]["place"].as_str().expect("a path");
    // Windows knows two ways of writing it.
    assert_eq!(Path::new(place), list);
    assert_eq!(
        status["programs"][3],
        json!({ "program": "firefox", "scope": "user", "place": place,
                "names": ["default-esr"], "state": "not-registered", "registered": null,
                "sandbox": null, "neighbours": [], "running": false })
    );
}

#[test]
fn a_person_registers_and_takes_it_back() {
    let office = Office::new();
    let before = [
        ("p11-kit", "system", "not-registered"),
        ("firefox", "system", "not-registered"),
        ("p11-kit", "user", "not-registered"),
        ("firefox", "user", "not-registered"),
        ("chromium", "user", "not-registered"),
    ];
    assert_eq!(office.states(), states(&before));
    let registered = office.run("browser register");
    assert_eq!(registered.exit, Exit::Done);
    for part in [
        "p11-kit, for you: Registered (now)",
        "Firefox, profile default-esr: Registered (now)",
        "Chromium: Registered (now)",
    ] {
        assert!(registered.result.contains(part), "{}", registered.result);
    }
    let after = before.map(|(program, scope, state)| match scope {
        "user" => (program, scope, "registered"),
        _ => (program, scope, state),
    });
    assert_eq!(office.states(), states(&after));
    let again = office.run("browser register");
    assert!(!again.result.contains("(now)"), "{}", again.result);
    let back = office.run("browser unregister");
    assert!(back.result.contains("(removed now)"), "{}", back.result);
    assert_eq!(office.states(), states(&before));
}

#[test]
fn an_administrator_registers_for_everyone() {
    let office = Office::new();
    let registered = office.run("browser register --system");
    assert_eq!(registered.exit, Exit::Done, "{}", registered.result);
    office.run("browser register");
    let expected = [
        ("p11-kit", "system", "registered"),
        ("firefox", "system", "registered"),
        ("p11-kit", "user", "for-everyone"),
        ("firefox", "user", "by-policy"),
        ("chromium", "user", "registered"),
    ];
    assert_eq!(office.states(), states(&expected));
    assert!(
        office
            .path("usr/share/p11-kit/modules/siru.module")
            .is_file()
    );
}

#[test]
fn a_named_module_is_registered_by_its_absolute_path_and_a_missing_one_is_not() {
    let office = Office::new();
    office.put("build/libsiru_pkcs11.so", "");
    let built = office.path("build/libsiru_pkcs11.so");
    let line = format!("browser register --module {}", built.display());
    assert_eq!(office.run(&line).exit, Exit::Done);
    let status = office.status();
    assert_eq!(status["programs"][3]["state"], "outdated");
    let registered = status["programs"][3]["registered"].as_str();
    assert_eq!(Path::new(registered.expect("a path")), built);
    let told = office.run("browser status").result;
    assert!(told.contains("Registering again"), "{told}");
    let missing = office.run("browser register --module /nonexistent/libsiru_pkcs11.so");
    assert_eq!(missing.exit, Exit::Failure);
    assert!(missing.remark.contains("--module"), "{}", missing.remark);
}

#[test]
fn without_a_module_there_is_still_a_status_and_a_way_back() {
    let office = Office::new();
    office.run("browser register");
    fs::remove_file(office.path("usr/lib/siru/libsiru_pkcs11.so")).unwrap();
    assert_eq!(office.status()["module"], Value::Null);
    let told = office.run("browser status");
    assert_eq!(told.exit, Exit::Done);
    assert!(told.result.contains("not installed"), "{}", told.result);
    assert_eq!(office.run("browser register").exit, Exit::Failure);
    assert_eq!(office.run("browser unregister").exit, Exit::Done);
    let left = office.states();
    assert!(
        left.iter().all(|(_, _, state)| state == "not-registered"),
        "{left:?}"
    );
}

#[test]
fn what_could_not_be_changed_ends_with_1_and_the_reason() {
    let office = Office::new();
    office.put("etc/firefox/policies/policies.json", "{ not JSON");
    let ended = office.run("browser register --system");
    assert_eq!(ended.exit, Exit::Failure);
    for part in [
        "Not readable (not changed)",
        "a mistake in its JSON",
        "p11-kit, for everyone: Registered (now)",
    ] {
        assert!(ended.result.contains(part), "{}", ended.result);
    }
}

#[test]
fn what_came_with_firefox_is_left_alone_for_the_reason_that_fits() {
    let office = Office::new();
    let shipped = "usr/lib/firefox-esr/distribution/policies.json";
    office.put(shipped, "{ \"policies\": {} }");
    let ended = office.run("browser register --system");
    assert_eq!(ended.exit, Exit::Failure);
    let would_hide = "would put it out of force";
    assert!(ended.result.contains(would_hide), "{}", ended.result);
    let entry = "{ \"policies\": { \"SecurityDevices\": { \"Siru\": \"/a.so\" } } }";
    office.put(shipped, entry);
    let ended = office.run("browser unregister --system");
    assert_eq!(ended.exit, Exit::Failure);
    assert!(!ended.result.contains(would_hide), "{}", ended.result);
    assert!(ended.result.contains("next update"), "{}", ended.result);
}

#[test]
fn what_somebody_set_in_p11_kits_file_is_left_alone_and_told() {
    let office = Office::new();
    office.run("browser register --system");
    let own = "home/.config/pkcs11/modules/siru.module";
    office.put(own, "enable-in: nobody\n");
    let ended = office.run("browser register");
    assert_eq!(ended.exit, Exit::Done);
    for part in ["p11-kit, for you: Limited", "enable-in"] {
        assert!(ended.result.contains(part), "{}", ended.result);
    }
    assert_eq!(office.status()["programs"][2]["state"], "limited");
    office.put("usr/share/p11-kit/modules/siru.module", "priority: 1\n");
    let ended = office.run("browser register --system");
    assert_eq!(ended.exit, Exit::Failure);
    assert!(ended.result.contains("left alone"), "{}", ended.result);
}

#[test]
fn every_place_says_whose_it_is() {
    let office = Office::new();
    office.put("home/.pki/nssdb/pkcs11.txt", "");
    office.put("home/.local/share/pki/nssdb/pkcs11.txt", "");
    office.put("snap/chromium/current/x", "");
    let told = office.run("browser status").result;
    let places: Vec<_> = told
        .split("\n\n")
        .skip(1)
        .map(|block| block.split(':').next().expect("a title"))
        .collect();
    let expected = [
        "p11-kit, for everyone",
        "Firefox, for everyone",
        "p11-kit, for you",
        "Firefox, profile default-esr",
        "Chromium",
        "Chromium",
        "Chromium",
    ];
    assert_eq!(places, expected, "{told}");
}

#[test]
fn a_browser_in_a_sandbox_is_named_with_what_to_do() {
    let office = Office::new();
    office.put("snap/firefox/current/x", "");
    let told = office.run("browser status").result;
    for part in ["Firefox: Comes from Snap", "packages.mozilla.org"] {
        assert!(told.contains(part), "{told}");
    }
    let status = office.status();
    let last = &status["programs"][5];
    assert_eq!(
        (&last["state"], &last["sandbox"]),
        (&json!("unreachable"), &json!("snap"))
    );
}

#[cfg(unix)]
#[test]
fn a_running_browser_has_to_be_started_again() {
    let office = Office::new();
    fs::create_dir_all(office.path("proc/4711")).unwrap();
    let lock = office.path("home/.mozilla/firefox/a/lock");
    std::os::unix::fs::symlink("127.0.0.1:+4711", lock).unwrap();
    let restart = "when the browser has been closed and started again";
    let told = office.run("browser register").result;
    assert_eq!(told.matches(restart).count(), 1, "{told}");
    let told = office.run("browser register").result;
    assert!(!told.contains(restart), "{told}");
}

#[test]
fn a_command_without_a_card_is_not_recorded() {
    let line = arguments("record --out x browser status");
    assert!(matches!(
        parse(&line, Language::English).1,
        Parsed::Wrong(_)
    ));
    let Parsed::Run(invocation) = parse(&arguments("browser status --json"), Language::English).1
    else {
        panic!()
    };
    assert!(matches!(
        invocation.action,
        Action::Browser(BrowserAction::Status { json: true, .. })
    ));
}
