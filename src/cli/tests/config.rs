//! What was decided, shown and checked; and what `browser.register` lets a session do.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};
use siru_settings::{Key, RegistryKey, RegistryValue};

use super::browsers::Office;
use super::*;

/// A machine and a person whose files say this.
pub(super) struct Files {
    folder: tempfile::TempDir,
}

impl Files {
    pub(super) fn new(machine: &str, user: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("machine.toml"), machine).unwrap();
        fs::write(folder.path().join("user.toml"), user).unwrap();
        Self { folder }
    }

    pub(super) fn path(&self, name: &str) -> String {
        self.folder.path().join(name).display().to_string()
    }

    pub(super) fn sources(&self) -> Sources {
        Sources::at(self.path("machine.toml"), self.path("user.toml"))
    }
}

pub(super) fn run_under(sources: Sources, line: &str) -> Ended {
    let nowhere = Machine::at("/nonexistent", "/nonexistent/home");
    run_at(sources, &nowhere, line)
}

fn run_at(sources: Sources, machine: &Machine, line: &str) -> Ended {
    let connector = Desk::with(&[]).connector();
    let decided = Decided::load(sources);
    Desk::run_decided(
        &decided,
        false,
        machine,
        &connector,
        line,
        (&mut Nobody, ""),
    )
}

const MACHINE: &str = "locked = ['pins.weak', 'tray.autostart']\nlanguage = 'sv'\n\
    readers.leave-out = ['*Contactless*']\n[pins]\nweak = 'forbid'\n[contact]\nfi = 'Soita 1'\n\
    [log]\nlevel = 'loud'\n";
const USER: &str = "language = 'en'\n[window]\nzoom = 150\ncolour = 1\n[pins]\nweak = 'warn'\n";

#[test]
fn each_setting_is_shown_with_its_value_and_who_decided_it() {
    let files = Files::new(MACHINE, USER);
    let shown = run_under(files.sources(), "config show");
    assert_eq!((shown.exit, shown.remark.as_str()), (Exit::Done, ""));
    let (machine, user) = (files.path("machine.toml"), files.path("user.toml"));
    let line = |name: &str| {
        let mut lines = shown.result.lines();
        let line = lines.find(|line| line.split(' ').next() == Some(name));
        let words: Vec<_> = line.unwrap().split_whitespace().collect();
        words.join(" ")
    };
    for (name, rest) in [
        ("language", format!("\"en\" your settings ({user})")),
        ("window.appearance", "\"system\" default".to_owned()),
        ("window.zoom", format!("150 your settings ({user})")),
        (
            "pins.weak",
            format!("\"forbid\" the computer's settings ({machine}), locked"),
        ),
        (
            "contact",
            format!("{{ fi = \"Soita 1\" }} the computer's settings ({machine}), locked"),
        ),
        ("tray.autostart", "false default, locked".to_owned()),
        ("log.level", "\"off\" default, locked".to_owned()),
    ] {
        assert_eq!(line(name), format!("{name} {rest}"));
    }
    let (all, problems) = shown.result.split_once("\n\n").unwrap();
    let names: Vec<_> = all
        .lines()
        .map(|line| line.split(' ').next().unwrap())
        .collect();
    assert_eq!(names, Key::ALL.map(Key::name));
    let problems: Vec<_> = problems.lines().skip(1).collect();
    let expected = [
        format!("{user}: there is no setting window.colour"),
        format!(
            "{machine}: log.level: there is no such value; it can be: off, error, warn, info, debug"
        ),
    ];
    assert_eq!(problems, expected);
}

#[test]
fn as_json_with_every_member_of_the_interface() {
    let files = Files::new(MACHINE, USER);
    let shown = run_under(files.sources(), "config show --json");
    assert_eq!(shown.exit, Exit::Done);
    let report: Value = serde_json::from_str(&shown.result).unwrap();
    let (machine, user) = (files.path("machine.toml"), files.path("user.toml"));
    assert_eq!(report["version"], 1);
    let setting = |name: &str| {
        let all = report["settings"].as_array().unwrap();
        let found = all.iter().find(|one| one["name"] == name);
        found.unwrap().clone()
    };
    assert_eq!(
        setting("pins.weak"),
        json!({ "name": "pins.weak", "value": "forbid", "origin": "machine", "place": machine,
                "locked": true })
    );
    assert_eq!(
        setting("window.zoom"),
        json!({ "name": "window.zoom", "value": 150, "origin": "user", "place": user,
                "locked": false })
    );
    assert_eq!(
        setting("tray.autostart"),
        json!({ "name": "tray.autostart", "value": false, "origin": "default", "place": null,
                "locked": true })
    );
    assert_eq!(setting("contact")["value"], json!({ "fi": "Soita 1" }));
    let patterns = setting("readers.leave-out")["value"].clone();
    let patterns = patterns.as_array().unwrap();
    assert_eq!(patterns.last(), Some(&json!("*Contactless*")));
    assert_eq!(
        report["problems"],
        json!([ { "place": user, "name": "window.colour", "reason": "unknown-setting" },
                { "place": machine, "name": "log.level", "reason": "unknown-value" } ])
    );
    let bare = Files::new("", "");
    let bare: Value =
        serde_json::from_str(&run_under(bare.sources(), "config show --json").result).unwrap();
    assert_eq!(bare["settings"][0]["value"], Value::Null);
    assert_eq!(bare["problems"], json!([]));
}

#[test]
fn group_policy_is_named_with_its_key_of_the_registry() {
    let mut policy = RegistryKey::default();
    let sv = RegistryValue::Text("sv".to_owned());
    policy.values.insert("language".to_owned(), sv);
    let keys = [policy, RegistryKey::default(), RegistryKey::default()];
    let files = Files::new("", "language = 'fi'");
    let sources = Sources::in_registry(keys, files.path("user.toml"));
    let shown = run_under(sources, "config show");
    let expected = "group policy for this computer (HKLM\\SOFTWARE\\Policies\\Siru), locked";
    let first = shown.result.lines().next().unwrap();
    assert!(first.ends_with(expected), "{first}");
    assert!(first.contains("\"sv\""), "{first}");
}

#[test]
fn it_is_said_in_every_language() {
    let files = Files::new(MACHINE, USER);
    for (language, part) in [
        ("fi", "tietokoneen asetukset"),
        ("sv", "datorns inställningar"),
        ("en", "the computer's settings"),
    ] {
        let shown = run_under(files.sources(), &format!("--lang {language} config show"));
        assert!(shown.result.contains(part), "{}", shown.result);
    }
}

#[test]
fn a_file_is_checked_before_it_is_rolled_out() {
    let files = Files::new(MACHINE, "");
    let good = files.path("good.toml");
    fs::write(&good, "pins.weak = 'forbid'\nlocked = ['pins.weak']\n").unwrap();
    let checked = run_under(files.sources(), &format!("config check {good}"));
    assert_eq!(checked.exit, Exit::Done);
    assert_eq!(checked.result, format!("Nothing is wrong in {good}.\n"));
    for (text, part) in [
        ("pins.weak = 'never'", "pins.weak: there is no such value"),
        ("langauge = 'fi'", "there is no setting langauge"),
        ("locked = ['x']", "there is no such setting"),
        ("= =", "not TOML"),
    ] {
        fs::write(&good, text).unwrap();
        let checked = run_under(files.sources(), &format!("config check {good}"));
        assert_eq!(checked.exit, Exit::Failure, "{text}");
        assert!(checked.result.contains(part), "{}", checked.result);
    }
    let missing = run_under(files.sources(), "config check /nonexistent/config.toml");
    assert_eq!(missing.exit, Exit::Failure);
    assert!(missing.result.contains("cannot be read"));
}

#[test]
fn a_session_registers_the_module_where_the_machine_wants_it_and_only_there() {
    let (on, locked) = ("browser.register = true", "locked = ['browser.register']");
    for (machine, user, registers) in [
        ("", "", false),
        ("browser.register = false", "", false),
        (locked, "", false),
        // No person turns it on in the place of the machine.
        ("", on, false),
        (on, "", true),
    ] {
        let (files, office) = (Files::new(machine, user), Office::new());
        let list = office.path("home/.mozilla/firefox/a/pkcs11.txt");
        let line = "browser register --if-allowed";
        let told = format!("{machine:?} {user:?}");
        let mut before = None;
        for _ in 0..2 {
            let ended = run_at(files.sources(), &office.machine(), line);
            assert_eq!(ended.exit, Exit::Done, "{told}");
            assert_eq!((ended.result, ended.remark), Default::default(), "{told}");
            let written = fs::read_to_string(&list).ok();
            assert_eq!(written.is_some(), registers, "{told}");
            // The second time nothing changes.
            assert!(before.is_none_or(|before| before == written), "{told}");
            before = Some(written);
        }
        let everything = fs::read_dir(office.path("home")).unwrap().count();
        assert_eq!(everything > 1, registers, "{told}");
    }
}

#[test]
fn a_session_without_the_module_ends_with_1_and_writes_nothing() {
    let (files, office) = (Files::new("browser.register = true", ""), Office::new());
    fs::remove_file(office.path("usr/lib/siru/libsiru_pkcs11.so")).unwrap();
    let line = "browser register --if-allowed";
    let ended = run_at(files.sources(), &office.machine(), line);
    assert_eq!(ended.exit, Exit::Failure);
    assert_eq!((ended.result, ended.remark), Default::default());
    assert!(!Path::new(&office.path("home/.mozilla/firefox/a/pkcs11.txt")).exists());
    let everyone = run_at(
        files.sources(),
        &office.machine(),
        &format!("{line} --system"),
    );
    assert_eq!(everyone.exit, Exit::Usage);
}
