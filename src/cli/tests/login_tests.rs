//! The log-in test as far as it goes without a module: what is told before anybody types a PIN.

use siru_sim::TroubledCard;
use siru_text::Language;

use super::{Desk, Ended, Person, arguments};
use crate::args::{Action, Parsed, parse};
use crate::exit::Exit;

/// A file that is no module: whoever gets so far as to load it is told so.
const NO_MODULE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml");

fn tested(images: &[&str], options: &str) -> Ended {
    let line = format!("login-test --module {NO_MODULE} {options}");
    let mut desk = Desk::with(images);
    let ended = desk.at_terminal(&line, &mut Person::types(&[]));
    for number in 1..=images.len() {
        let entries = |card: &mut TroubledCard| card.card.ledger().entries().len();
        let presented = desk.control.card(&Desk::reader(number), entries);
        assert!(presented.is_ok_and(|count| count == 0), "{line}");
    }
    ended
}

fn verdict(ended: &Ended) -> serde_json::Value {
    let report: serde_json::Value = serde_json::from_str(&ended.result).unwrap();
    assert_eq!(report["version"], 1);
    report
}

#[test]
fn a_missing_module_is_the_first_broken_link() {
    let mut desk = Desk::with(&["v4"]);
    let ended = desk.piped(
        "login-test --module /nowhere/module.so --pin-file -",
        "1234\n",
    );
    assert_eq!(ended.exit, Exit::Failure);
    assert!(ended.remark.contains("The module is missing"), "{ended:?}");
    let ended = desk.piped("login-test --json --module /nowhere/module.so", "");
    let report = verdict(&ended);
    assert_eq!(report["verdict"], "no-module");
    assert_eq!(report["registered"], serde_json::Value::Null);
    assert_eq!(report["certificate"], serde_json::Value::Null);
    assert_eq!(report["chain"], serde_json::json!([]));
}

#[test]
fn what_the_card_would_refuse_is_told_before_anybody_types() {
    let cases = [
        (&["v4-locked"][..], "pin-locked", Exit::PinLocked),
        (&["v3-locked"], "pin-locked", Exit::PinLocked),
        (&["organisation-last-try"], "last-try", Exit::Refused),
        (&["v4-fresh"], "not-activated", Exit::Refused),
        (&["v3-fresh"], "not-activated", Exit::Refused),
        (&["foreign"], "unknown-card", Exit::NoCard),
        (&["setcos"], "unknown-card", Exit::NoCard),
        (&["mute"], "no-card", Exit::NoCard),
        (&["v4", "v3"], "several-cards", Exit::Usage),
        (&[], "no-reader", Exit::NoReader),
    ];
    for (images, name, exit) in cases {
        let ended = tested(images, "--json");
        assert_eq!(verdict(&ended)["verdict"], name, "{images:?}");
        assert_eq!(ended.exit, exit, "{images:?}");
        let ended = tested(images, "");
        assert_eq!(ended.exit, exit, "{images:?}");
        assert!(ended.result.is_empty() && !ended.remark.is_empty());
    }
}

#[test]
fn the_card_is_named_as_for_every_command() {
    let ended = tested(&["v4", "v3-locked"], "--json --reader 2");
    assert_eq!(verdict(&ended)["verdict"], "pin-locked");
    let ended = tested(&["v4", "v3-locked"], "--reader nowhere");
    assert_eq!(ended.exit, Exit::NoReader);
}

#[test]
fn a_virtual_card_is_out_of_the_modules_sight() {
    let ended = tested(&["v4"], "");
    assert_eq!(ended.exit, Exit::Refused);
    assert!(
        ended.remark.contains("The module sees no virtual cards"),
        "{ended:?}"
    );
    assert!(ended.remark.contains("no try was used"), "{ended:?}");
}

#[test]
fn the_browser_is_warned_about_and_its_address_told() {
    let ended = tested(&["v4"], "--browser");
    assert_eq!(ended.exit, Exit::Failure);
    assert!(ended.remark.contains("https://localhost:"), "{ended:?}");
    assert!(ended.remark.contains("The browser will warn"), "{ended:?}");
    assert!(ended.remark.contains("No browser came"), "{ended:?}");
    let ended = tested(&[], "--browser --json");
    assert_eq!(verdict(&ended)["verdict"], "nobody-came");
}

#[test]
fn no_browser_is_opened_where_there_is_no_module() {
    let line = "login-test --browser --json --module /nowhere/module.so";
    let ended = Desk::with(&["v4"]).piped(line, "");
    assert_eq!(ended.exit, Exit::Failure);
    assert_eq!(verdict(&ended)["verdict"], "no-module");
    assert!(!ended.remark.contains("https://"), "{ended:?}");
}

#[test]
fn whatever_ends_it_a_program_gets_an_object() {
    let cases = [
        ("--reader nowhere", "not-chosen", Exit::NoReader),
        ("--serial 99999", "not-chosen", Exit::Refused),
        ("", "refused", Exit::Refused),
        ("--pin-file /nowhere/pin", "refused", Exit::Refused),
        ("--trust /nowhere/root.pem", "roots-unusable", Exit::Failure),
        (
            "--browser --trust /nowhere/root.pem",
            "roots-unusable",
            Exit::Failure,
        ),
    ];
    for (options, name, exit) in cases {
        let ended = tested(&["v4"], &format!("--json {options}"));
        assert_eq!(verdict(&ended)["verdict"], name, "{options}");
        assert_eq!(ended.exit, exit, "{options}");
        assert!(!ended.remark.is_empty());
    }
}

#[test]
fn roots_that_cannot_be_read_end_it_before_anything_else() {
    for file in ["/nowhere/root.pem", NO_MODULE] {
        let ended = tested(&["v4"], &format!("--trust {file}"));
        assert_eq!(ended.exit, Exit::Failure);
        assert!(ended.remark.contains(file), "{ended:?}");
    }
}

#[test]
fn a_browser_takes_no_pin_and_no_card_from_the_command_line() {
    for line in [
        "login-test --browser --pin-file -",
        "login-test --browser --reader 1",
        "login-test --browser --serial 4562",
        "login-test --pin 1",
    ] {
        let (_, parsed) = parse(&arguments(line), Language::English);
        assert!(matches!(parsed, Parsed::Wrong(_)), "{line}");
    }
    let line = "login-test --trust a.pem --trust b.pem --module m.so";
    let (_, parsed) = parse(&arguments(line), Language::English);
    let Parsed::Run(invocation) = parsed else {
        panic!("{parsed:?}")
    };
    let Action::LoginTest(action) = invocation.action else {
        panic!("{:?}", invocation.action)
    };
    assert_eq!(action.trust.len(), 2);
    assert!(!action.browser && !action.json);
}
