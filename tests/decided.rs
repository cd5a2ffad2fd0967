//! Does what the machine decides in `/etc/siru/config.toml` hold in the installed programs and the module
//! that others load: the log, the last try of a PIN in a log-in, the registration of each person?
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops where it breaks"
)]

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;
use siru_tests::command_line::siru_at;
use siru_tests::namespace::write_to_etc;
use siru_tests::rig::{Simulator, program, wait_for_card, with_readers};

const MACHINE: &str = "siru/config.toml";

/// What no log may hold, and no card here has: a PIN, and a PUK.
const WRONG: &str = "918273";
const WRONG_PUK: &str = "91827364";

/// A log-in by a program of others with a wrong PIN.
fn log_in(home: &Path) -> Output {
    let module = program("libsiru_pkcs11.so");
    let mut command = Command::new("pkcs11-tool");
    command
        .env("HOME", home)
        .env_remove("XDG_STATE_HOME")
        .arg("--module")
        .arg(module)
        .args(["--login", "--list-objects", "--pin", WRONG]);
    command.output().expect("pkcs11-tool starts")
}

fn log(home: &Path) -> String {
    fs::read_to_string(home.join(".local/state/siru/siru.log")).unwrap_or_default()
}

#[test]
fn the_log_is_written_where_the_machine_wants_it_and_holds_no_pin() {
    with_readers(1, || {
        let _simulator = Simulator::with(&["v4"]);
        wait_for_card(0, true);
        let home = tempfile::tempdir().expect("a folder");
        let home = home.path();
        let work = || {
            let listed = siru_at(home, &["list"], &[]);
            assert_eq!(listed.code, 0, "{}", listed.error);
            let with_codes = |command, codes: &[&str]| {
                let arguments = [command, "--pin", "1", "--pin-file", "-"];
                let sent = siru_at(home, &arguments, codes);
                assert_eq!(sent.code, 6, "{command}: {}", sent.error);
            };
            with_codes("check", &[WRONG]);
            with_codes("unlock", &[WRONG_PUK, "918264"]);
            log_in(home);
        };
        work();
        assert_eq!(log(home), "", "nobody wanted one");
        write_to_etc(MACHINE, "[log]\nlevel = \"debug\"\n[window]\nzoom = 7\n");
        work();
        let log = log(home);
        for part in [
            " siru-pkcs11[",
            "] info: loaded by pkcs11-tool\n",
            " siru[",
            "] warn: /etc/siru/config.toml: window.zoom: ",
        ] {
            assert!(log.contains(part), "{part}: {log}");
        }
        for code in [WRONG, WRONG_PUK, "918264"] {
            assert!(!log.contains(code), "{log}");
        }
    });
}

#[test]
fn the_last_try_is_spent_in_a_log_in_where_the_machine_lets_it_and_only_there() {
    with_readers(1, || {
        let home = tempfile::tempdir().expect("a folder");
        let mut simulator = Simulator::with(&["v4-last-try"]);
        wait_for_card(0, true);
        log_in(home.path());
        assert_eq!(simulator.tries(0)[0], 1, "refused before anything was sent");
        write_to_etc(MACHINE, "[pkcs11]\nlast-try-in-login = true\n");
        log_in(home.path());
        assert_eq!(simulator.tries(0)[0], 0);
    });
}

#[test]
fn a_session_registers_the_module_where_the_machine_wants_it() {
    with_readers(1, || {
        let home = tempfile::tempdir().expect("a folder");
        let home = home.path();
        let profile = home.join(".mozilla/firefox/a");
        fs::create_dir_all(&profile).expect("a folder of our own");
        let profiles = "[Profile0]\nName=a\nIsRelative=1\nPath=a\n";
        fs::write(home.join(".mozilla/firefox/profiles.ini"), profiles).expect("our own");
        let list = profile.join("pkcs11.txt");
        let begin = || {
            let begun = siru_at(home, &["browser", "register", "--if-allowed"], &[]);
            assert_eq!(
                (begun.code, begun.out, begun.error),
                (0, String::new(), String::new())
            );
            fs::read_to_string(&list).ok()
        };
        assert_eq!(begin(), None);
        let text =
            "locked = [\"tray.autostart\"]\n[browser]\nregister = true\n[log]\nlevel = \"info\"\n";
        write_to_etc(MACHINE, text);
        let written = begin().expect("the list of the profile");
        assert!(written.contains("libsiru_pkcs11.so"), "{written}");
        let line = format!("{}: registered (Added)", list.display());
        assert!(log(home).contains(&line), "{}", log(home));
        assert_eq!(begin().as_deref(), Some(written.as_str()));

        let shown = siru_at(home, &["config", "show", "--json"], &[]);
        let report: Value = serde_json::from_str(&shown.out).expect("JSON");
        let of = |name: &str| {
            let all = report["settings"].as_array().expect("settings").iter();
            let found = all.clone().find(|one| one["name"] == name);
            found.expect("the setting").clone()
        };
        assert_eq!(of("browser.register")["place"], "/etc/siru/config.toml");
        assert_eq!(of("tray.autostart")["locked"], true);
        assert_eq!(of("tray.autostart")["origin"], "default");
        let checked = siru_at(home, &["config", "check", "/etc/siru/config.toml"], &[]);
        assert_eq!(checked.code, 0, "{}", checked.out);
    });
}
