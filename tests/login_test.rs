//! Does `siru login-test` log in with the card through the real module and a real PC/SC service,
//! and does it name the link that is broken?
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test stops where it breaks"
)]

use std::path::{Path, PathBuf};

use serde_json::Value;
use siru_tests::command_line::{Siru, listed, siru, siru_at, wait_for_cards, wait_for_state};
use siru_tests::login::roots;
use siru_tests::rig::{Simulator, port, program, with_readers};

/// A log-in test with the module beside the program.
fn tested(options: &[&str], pin: &str) -> (i32, Value) {
    let roots = roots();
    let trusted = [&["--trust", &roots][..], options].concat();
    report(&ran(&trusted, pin))
}

/// What browsers the machine has must not matter: one of the person's knows the module.
fn ran(options: &[&str], pin: &str) -> Siru {
    let home = home_with_firefox("registered");
    let registered = siru_at(&home, &["browser", "register"], &[]);
    assert!(!registered.out.is_empty(), "{}", registered.error);
    let line = [&["login-test", "--json", "--pin-file", "-"][..], options].concat();
    siru_at(&home, &line, &[pin])
}

/// A person with one profile of Firefox.
fn home_with_firefox(name: &str) -> PathBuf {
    let home = PathBuf::from(format!("/run/{name}-{}", std::process::id()));
    let firefox = home.join(".mozilla/firefox");
    std::fs::create_dir_all(firefox.join("one.default")).expect("a folder");
    let profiles = "[Profile0]\nName=work\nIsRelative=1\nPath=one.default\n";
    std::fs::write(firefox.join("profiles.ini"), profiles).expect("a file");
    std::fs::write(firefox.join("one.default/cert9.db"), "").expect("a file");
    home
}

fn report(ran: &Siru) -> (i32, Value) {
    let report: Value = serde_json::from_str(&ran.out).expect(&ran.error);
    assert_eq!(report["version"], 1);
    (ran.code, report)
}

/// Nothing may be left for another program: the card says that no PIN is verified.
fn assert_left_unverified(simulator: &mut Simulator, reader: u16) {
    let verified = simulator.counters(reader)["verified"].to_string();
    assert!(!verified.contains("true"), "{verified}");
}

/// Takes the card out for another: a service that has not noticed takes the next one for the same.
fn make_room(simulator: &mut Simulator) {
    simulator.take_out(0);
    wait_for_state("empty");
}

#[test]
fn every_generation_logs_in_with_one_pin_and_one_signature_a_handshake() {
    with_readers(1, || {
        for (image, key, root) in [
            ("v3", "RSA-2048", "Siru TEST Root CA - RSA"),
            ("v4", "P-384", "Siru TEST Root CA - ECC"),
            ("organisation", "P-384", "Siru TEST Root CA - ECC"),
        ] {
            let mut simulator = Simulator::with(&[image]);
            wait_for_cards(1);
            let (code, report) = tested(&[], "1234");
            assert_eq!(
                (code, &report["verdict"]),
                (0, &"logged-in".into()),
                "{image}"
            );
            let holder = &listed()["readers"][0]["card"]["holder"];
            assert_eq!(&report["holder"], holder);
            assert_eq!(report["certificate"]["key"], key);
            assert_eq!(
                report["protocols"],
                serde_json::json!(["TLS 1.3", "TLS 1.2"])
            );
            assert_eq!(report["pin_each_time"], false);
            let chain = report["chain"].as_array().expect("a chain");
            assert_eq!(chain.len(), 2);
            let top = chain[1]["subject"].as_str().expect("a subject");
            assert!(top.ends_with(root), "{top}");
            assert_eq!(simulator.attempts().len(), 1, "{image}");
            assert_eq!(simulator.signatures(), 2, "{image}");
            assert_eq!(simulator.tries(0), [5, 5, 5]);
            assert_left_unverified(&mut simulator, 0);
            make_room(&mut simulator);
        }
    });
}

#[test]
fn a_card_that_drops_pin1_after_each_signature_logs_in_all_the_same() {
    with_readers(1, || {
        for image in ["v3", "v4", "organisation"] {
            let mut simulator = Simulator::with_options(&[image], &["--pin1-once"]);
            wait_for_cards(1);
            let (code, report) = tested(&[], "1234");
            assert_eq!(
                (code, &report["verdict"]),
                (0, &"logged-in".into()),
                "{image}"
            );
            assert_eq!(report["protocols"], serde_json::json!(["TLS 1.3"]));
            assert_eq!(report["pin_each_time"], true);
            assert_eq!(simulator.attempts().len(), 1, "{image}");
            assert_eq!(simulator.signatures(), 1, "{image}");
            assert_eq!(simulator.tries(0), [5, 5, 5]);
            make_room(&mut simulator);
        }
    });
}

#[test]
fn without_a_browser_that_knows_the_module_the_log_in_does_not_just_work() {
    with_readers(1, || {
        let mut simulator = Simulator::with(&["v4"]);
        wait_for_cards(1);
        let (home, roots) = (home_with_firefox("unregistered"), roots());
        let line = ["login-test", "--trust", &roots, "--pin-file", "-"];
        let told = siru_at(&home, &line, &["1234"]);
        assert_eq!(told.code, 1, "{}", told.error);
        let error = &told.error;
        assert!(
            error.contains("Card and module work; no browser is set up"),
            "{error}"
        );
        assert!(error.contains("Firefox, profile work"), "{error}");
        assert!(error.contains("siru browser register"), "{error}");
        assert!(!error.contains("The log-in works"), "{error}");
        let (code, report) = report(&siru_at(
            &home,
            &[&line[..], &["--json"]].concat(),
            &["1234"],
        ));
        assert_eq!((code, &report["verdict"]), (1, &"not-registered".into()));
        assert_eq!(report["registered"], false);
        assert_eq!(report["protocols"].as_array().map(Vec::len), Some(2));
        assert_eq!(simulator.tries(0), [5, 5, 5]);
    });
}

#[test]
fn a_wrong_pin_costs_one_try_and_the_last_one_is_kept() {
    with_readers(1, || {
        for image in ["v4", "v3", "organisation"] {
            let mut simulator = Simulator::with(&[image]);
            wait_for_cards(1);
            for left in (1..5).rev() {
                let (code, report) = tested(&[], "9999");
                assert_eq!((code, &report["verdict"]), (6, &"wrong-pin".into()));
                assert_eq!(report["tries_left"], left);
                assert_eq!(simulator.tries(0)[0], left);
                assert_left_unverified(&mut simulator, 0);
            }
            assert_eq!(simulator.attempts().len(), 4);
            // Whoever is told that a wrong PIN would be locked has not lost the try already.
            let (code, report) = tested(&[], "1234");
            assert_eq!((code, &report["verdict"]), (9, &"last-try".into()));
            assert_eq!(simulator.attempts().len(), 4);
            assert_eq!(simulator.signatures(), 0);
            make_room(&mut simulator);
        }
    });
}

#[test]
fn what_breaks_a_log_in_is_named_and_no_pin_is_sent() {
    with_readers(1, || {
        let cases = [
            ("v4-locked", "pin-locked", 7),
            ("v3-locked", "pin-locked", 7),
            ("organisation-locked", "pin-locked", 7),
            ("organisation-last-try", "last-try", 9),
            ("v4-fresh", "not-activated", 9),
            ("v3-fresh", "not-activated", 9),
            ("organisation-fresh", "not-activated", 9),
            ("v4-expired", "expired", 1),
            ("v3-expired", "expired", 1),
            ("organisation-expired", "expired", 1),
        ];
        for (image, verdict, code) in cases {
            let mut simulator = Simulator::with(&[image]);
            wait_for_cards(1);
            let ended = tested(&[], "1234");
            assert_eq!(
                (ended.0, &ended.1["verdict"]),
                (code, &verdict.into()),
                "{image}"
            );
            assert!(simulator.attempts().is_empty(), "{image}: a PIN was sent");
            make_room(&mut simulator);
        }
        for image in ["foreign", "lookalike", "setcos"] {
            let mut simulator = Simulator::with(&[image]);
            wait_for_state("unknown-card");
            let (code, report) = tested(&[], "1234");
            assert_eq!(
                (code, &report["verdict"]),
                (5, &"unknown-card".into()),
                "{image}"
            );
            make_room(&mut simulator);
        }
    });
}

#[test]
fn the_states_own_roots_do_not_trust_a_test_card() {
    with_readers(1, || {
        let simulator = Simulator::with(&["v4"]);
        wait_for_cards(1);
        let (code, report) = report(&ran(&[], "1234"));
        assert_eq!((code, &report["verdict"]), (1, &"chain-not-trusted".into()));
        // Whose certificate it is, and what stands above it, is told all the same.
        assert!(report["holder"].is_string());
        assert_eq!(report["chain"].as_array().map(Vec::len), Some(2));
        let said = siru(&["login-test", "--pin-file", "-"], &["1234"]);
        assert!(
            said.error.contains("Siru TEST Root CA - ECC"),
            "{}",
            said.error
        );
        assert!(simulator.attempts().is_empty());
    });
}

#[test]
fn without_a_module_or_a_card_the_test_says_so() {
    with_readers(1, || {
        let (code, report) = tested(&[], "1234");
        assert_eq!((code, &report["verdict"]), (5, &"no-card".into()));
        let simulator = Simulator::with(&["v4"]);
        wait_for_cards(1);
        // What breaks the rules of the card goes nowhere, and a program is told.
        let (code, report) = tested(&[], "12345678901234");
        assert_eq!((code, &report["verdict"]), (9, &"refused".into()));
        let other = program("siru").to_string_lossy().into_owned();
        for (module, verdict) in [
            ("/nowhere/module.so", "no-module"),
            (other.as_str(), "module-unusable"),
        ] {
            let (code, report) = tested(&["--module", module], "1234");
            assert_eq!((code, &report["verdict"]), (1, &verdict.into()), "{module}");
        }
        assert!(simulator.attempts().is_empty());
    });
}

#[test]
fn the_pin_goes_to_the_card_that_was_named_and_to_no_other() {
    with_readers(1, || {
        let mut simulator = Simulator::with(&["v4", "organisation"]);
        wait_for_cards(2);
        let (code, report) = tested(&[], "1234");
        assert_eq!((code, &report["verdict"]), (2, &"several-cards".into()));
        assert!(simulator.attempts().is_empty());
        let serial = |reader: usize| {
            let list = listed();
            let card = &list["readers"][reader]["card"];
            card["serial"].as_str().expect("a serial").to_owned()
        };
        for (option, value) in [("--reader", "2".to_owned()), ("--serial", serial(1))] {
            let before = simulator.attempts().len();
            let (code, report) = tested(&[option, &value], "9999");
            assert_eq!((code, &report["verdict"]), (6, &"wrong-pin".into()));
            assert_eq!(simulator.attempts().len(), before + 1);
        }
        assert_eq!(simulator.tries(0)[0], 5);
        assert_eq!(simulator.tries(1)[0], 3);
    });
}

#[test]
fn a_card_pulled_in_mid_test_is_no_wrong_pin() {
    with_readers(1, || {
        let mut simulator = Simulator::with(&["v4"]);
        wait_for_cards(1);
        for (fault, expected) in [
            ("drop-before@2A", (5, "card-removed")),
            ("drop-after@2A", (5, "card-removed")),
            // Nobody can know whether the card compared it.
            ("drop-before@20", (10, "pin-unknown")),
            ("drop-after@20", (10, "pin-unknown")),
        ] {
            simulator.tell(&format!("fault {} {fault}", port(0)));
            let before = simulator.attempts().len();
            let (code, report) = tested(&[], "1234");
            let verdict = report["verdict"].as_str().expect("a verdict");
            assert_eq!((code, verdict), expected, "{fault}");
            assert!(simulator.attempts().len() <= before + 1, "{fault}");
            simulator.put_in("reinsert", 0);
            wait_for_cards(1);
        }
        assert_eq!(simulator.tries(0)[0], 5);
    });
}

#[test]
fn roots_come_from_files_that_hold_some() {
    assert!(Path::new(&program("siru")).is_file());
    let refused = siru(&["login-test", "--trust", "/nowhere/root.pem"], &[]);
    assert_eq!(refused.code, 1, "{}", refused.error);
    assert!(refused.error.contains("/nowhere/root.pem"));
}
