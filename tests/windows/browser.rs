//! Does `siru.exe browser` register the module with Firefox, for a person and for all, and say how
//! Edge and Chrome get at the card?
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test stops where it breaks"
)]

use std::fs;
use std::path::PathBuf;

use serde_json::Value;
use siru_tests::command_line::wait_for_cards;
use siru_tests::login::roots;
use siru_tests::rig::{Simulator, wait_until, with_readers};
use siru_windows_tests::wine::Wine;

/// A Firefox with one profile, for the person of Wine.
struct Firefox {
    folder: PathBuf,
}

impl Firefox {
    fn new(wine: &Wine) -> Self {
        let folder = wine.roaming().join("Mozilla/Firefox");
        let profile = folder.join("Profiles/a.default-release");
        fs::create_dir_all(&profile).expect("a folder");
        let profiles = "[Profile0]\r\nName=default-release\r\nIsRelative=1\r\nPath=Profiles/a.default-release\r\n";
        fs::write(folder.join("profiles.ini"), profiles).expect("a file");
        Self { folder }
    }

    fn modules(&self) -> Option<String> {
        fs::read_to_string(self.folder.join("Profiles/a.default-release/pkcs11.txt")).ok()
    }
}

impl Drop for Firefox {
    fn drop(&mut self) {
        let _removed = fs::remove_dir_all(&self.folder);
    }
}

fn status(wine: &Wine) -> Value {
    let status = wine.siru(&["browser", "status", "--json"], &[]);
    assert_eq!(status.code, 0, "{}{}", status.out, status.error);
    serde_json::from_str(&status.out).expect("JSON")
}

/// The states of the policy, the profile, and the browsers that ask Windows.
fn states(status: &Value) -> Vec<&str> {
    let programs = status["programs"].as_array().expect("programs").iter();
    programs
        .map(|program| program["state"].as_str().expect("a state"))
        .collect()
}

#[test]
fn what_a_person_registers_firefox_finds_and_it_goes_again() {
    with_readers(1, || {
        let wine = Wine::start();
        let firefox = Firefox::new(&wine);
        let before = status(&wine);
        assert_eq!(
            states(&before),
            ["not-installed", "not-registered", "no-minidriver"]
        );
        let module = before["module"].as_str().expect("the module");
        assert!(module.ends_with(r"\dist\siru_pkcs11.dll"), "{module}");

        let registered = wine.siru(&["browser", "register"], &[]);
        assert_eq!(registered.code, 0, "{}", registered.error);
        let written = firefox.modules().expect("a list of modules");
        // Without quotes a backslash stands for itself, to NSS.
        let entry = format!("library={module}\nname=Siru\n");
        assert!(written.contains(&entry), "{written}");
        assert_eq!(states(&status(&wine))[1], "registered");
        let again = wine.siru(&["browser", "register"], &[]);
        assert_eq!(again.code, 0, "{}", again.error);
        assert_eq!(firefox.modules().as_deref(), Some(&*written));

        let back = wine.siru(&["browser", "unregister"], &[]);
        assert_eq!(back.code, 0, "{}", back.error);
        assert_eq!(firefox.modules(), None);
        assert_eq!(status(&wine), before);
    });
}

#[test]
fn the_policy_for_all_serves_every_profile() {
    with_readers(1, || {
        let wine = Wine::start();
        let firefox = Firefox::new(&wine);
        let registered = wine.siru(&["browser", "register", "--system"], &[]);
        assert_eq!(registered.code, 0, "{}{}", registered.out, registered.error);
        assert_eq!(
            states(&status(&wine)),
            ["registered", "by-policy", "no-minidriver"]
        );
        let again = wine.siru(&["browser", "register"], &[]);
        assert_eq!(again.code, 0, "{}", again.error);
        assert_eq!(firefox.modules(), None, "it would be loaded twice");
        let back = wine.siru(&["browser", "unregister", "--system"], &[]);
        assert_eq!(back.code, 0, "{}{}", back.out, back.error);
        assert_eq!(
            states(&status(&wine))[..2],
            ["not-installed", "not-registered"]
        );
    });
}

#[test]
fn a_session_registers_where_the_machine_wants_it() {
    with_readers(1, || {
        let wine = Wine::start();
        let firefox = Firefox::new(&wine);
        let begin = || wine.siru(&["browser", "register", "--if-allowed"], &[]);
        assert_eq!(begin().code, 0);
        assert_eq!(firefox.modules(), None);

        const POLICY: &str = r"HKLM\SOFTWARE\Policies\Siru\browser";
        let wanted = [
            "add",
            POLICY,
            "/v",
            "register",
            "/t",
            "REG_DWORD",
            "/d",
            "1",
            "/f",
        ];
        let set = wine.own("reg").args(wanted).status().expect("Wine starts");
        assert!(set.success(), "{set}");
        let registered = begin();
        assert!(firefox.modules().expect("a list").contains("name=Siru\n"));
        // What Windows starts with each session does the same, and without an icon ends.
        assert_eq!(wine.siru(&["browser", "unregister"], &[]).code, 0);
        assert_eq!(firefox.modules(), None);
        let mut session = wine.command("siru-tray.exe");
        let ended = session.arg("--autostart").status().expect("Wine starts");
        assert!(ended.success(), "{ended}");
        wait_until("the module to be registered", || {
            firefox
                .modules()
                .is_some_and(|list| list.contains("name=Siru\n"))
        });
        let unset = wine.own("reg").args(["delete", POLICY, "/f"]).status();
        assert!(unset.expect("Wine starts").success());
        assert_eq!((registered.code, &*registered.out), (0, ""));
    });
}

#[test]
fn the_log_in_test_works_once_a_browser_knows_the_module() {
    with_readers(1, || {
        let mut simulator = Simulator::with(&["v4"]);
        wait_for_cards(1);
        let wine = Wine::start();
        let _firefox = Firefox::new(&wine);
        // Where Wine has the files of this machine.
        let roots = format!("Z:{}", roots());
        let line = ["login-test", "--json", "--trust", &roots, "--pin-file", "-"];
        let test = || {
            let told = wine.siru(&line, &["1234"]);
            let report: Value = serde_json::from_str(&told.out).expect("JSON");
            (told.code, report["verdict"].as_str().map(str::to_owned))
        };
        assert_eq!(test(), (1, Some("not-registered".to_owned())));
        assert_eq!(wine.siru(&["browser", "register"], &[]).code, 0);
        assert_eq!(test(), (0, Some("logged-in".to_owned())));
        assert_eq!(simulator.tries(0), [5, 5, 5]);
        assert_eq!(simulator.attempts().len(), 2, "PIN1 once for each test");
    });
}

#[test]
fn browsers_that_ask_windows_have_the_minidriver_or_not() {
    with_readers(1, || {
        let wine = Wine::start();
        const CARD: &str = r"HKLM\SOFTWARE\Microsoft\Cryptography\Calais\SmartCards\Siru test";
        let reg = |arguments: &[&str]| {
            let ended = wine.own("reg").args(arguments).status();
            assert!(ended.expect("Wine starts").success());
        };
        let last = || {
            let status = status(&wine);
            states(&status)
                .last()
                .copied()
                .unwrap_or_default()
                .to_owned()
        };
        reg(&[
            "add",
            CARD,
            "/v",
            "80000001",
            "/d",
            r"C:\nowhere\siru_minidriver.dll",
            "/f",
        ]);
        let gone = last();
        let module = wine.drive_c().join("siru_minidriver.dll");
        fs::write(&module, "").expect("a file");
        reg(&[
            "add",
            CARD,
            "/v",
            "80000001",
            "/d",
            r"C:\siru_minidriver.dll",
            "/f",
        ]);
        let there = last();
        let told = wine.siru(&["browser", "status"], &[]).out;
        fs::remove_file(module).expect("the file");
        reg(&["delete", CARD, "/f"]);
        assert_eq!([&*gone, &*there], ["no-minidriver", "through-windows"]);
        assert!(told.contains("There is nothing to register."), "{told}");
    });
}
