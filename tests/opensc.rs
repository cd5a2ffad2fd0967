//! Does a program that none of us wrote see the same card? OpenSC's tools work on the simulator
//! through a real pcscd, and the simulator's ledger agrees with what they report.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test stops where it breaks"
)]

use std::process::Command;

use siru_tests::rig::{Simulator, run, support, wait_until, with_readers};

/// Runs pkcs15-tool on the card in the first reader: whether it succeeded, and all it printed.
fn pkcs15_tool(arguments: &[&str]) -> (bool, String) {
    let mut command = Command::new("pkcs15-tool");
    command
        .args(["--reader", "0"])
        .args(arguments)
        .env("OPENSC_CONF", support("opensc.conf"));
    let output = run(&mut command, "");
    let text = [output.stdout, output.stderr].concat();
    (
        output.status.success(),
        String::from_utf8_lossy(&text).into_owned(),
    )
}

fn wait_for_card() {
    wait_until("OpenSC to see the card", || {
        let output = run(Command::new("opensc-tool").arg("--list-readers"), "");
        String::from_utf8_lossy(&output.stdout).contains("Yes")
    });
}

#[test]
fn opensc_reads_the_v3_card() {
    with_readers(1, || reads("v3", "17 (0x11)"));
}

#[test]
fn opensc_reads_the_v4_card() {
    with_readers(1, || reads("v4", "17 (0x11)"));
}

#[test]
fn opensc_reads_the_organisation_card() {
    with_readers(1, || reads("organisation", "3 (0x03)"));
}

#[test]
fn opensc_and_the_v3_card_count_the_same_tries() {
    with_readers(1, || works("v3"));
}

#[test]
fn opensc_and_the_v4_card_count_the_same_tries() {
    with_readers(1, || works("v4"));
}

/// Lists PINs, keys and certificates.
fn reads(image: &str, reference: &str) {
    let simulator = Simulator::with(&[image]);
    wait_for_card();
    let (listed, pins) = pkcs15_tool(&["--list-pins"]);
    assert!(listed, "{pins}");
    assert!(pins.contains("PIN [perustunnusluku]"), "{pins}");
    assert!(pins.contains("PIN [allekirjoitustunnusluku]"), "{pins}");
    assert!(
        pins.contains(&format!("Reference      : {reference}")),
        "{pins}"
    );
    let (dumped, dump) = pkcs15_tool(&["--dump"]);
    assert!(dumped, "{dump}");
    let key = if image == "v3" {
        "Private RSA Key ["
    } else {
        "Private EC Key ["
    };
    assert!(dump.contains(key), "{dump}");
    let (read, certificate) = pkcs15_tool(&["--read-certificate", "45"]);
    assert!(
        read && certificate.contains("BEGIN CERTIFICATE"),
        "{certificate}"
    );
    assert!(simulator.attempts().is_empty());
}

/// Verifies, changes, blocks and unblocks.
fn works(image: &str) {
    let mut simulator = Simulator::with(&[image]);
    wait_for_card();
    let verify = |pin| pkcs15_tool(&["--verify-pin", "--auth-id", "01", "--pin", pin]);
    let (right, text) = verify("1234");
    assert!(right, "{text}");
    let change = [
        "--change-pin",
        "--auth-id",
        "01",
        "--pin",
        "1234",
        "--new-pin",
        "4321",
    ];
    let (changed, text) = pkcs15_tool(&change);
    assert!(changed, "{text}");
    assert_eq!(simulator.tries(0), [5, 5, 5]);
    for left in (0..5).rev() {
        let (right, text) = verify("1234");
        assert!(!right, "the old PIN still works: {text}");
        assert_eq!(simulator.tries(0), [left, 5, 5]);
    }
    let (opened, text) = verify("4321");
    assert!(!opened && text.contains("blocked"), "{text}");
    let unblock = [
        "--unblock-pin",
        "--auth-id",
        "01",
        "--puk",
        "12345678",
        "--new-pin",
        "5555",
    ];
    let (unblocked, text) = pkcs15_tool(&unblock);
    assert!(unblocked, "{text}");
    assert_eq!(simulator.tries(0), [5, 5, 5]);
    let (right, text) = verify("5555");
    assert!(right, "{text}");
    let (right, text) = pkcs15_tool(&["--verify-pin", "--auth-id", "02", "--pin", "123456"]);
    assert!(right, "{text}");
    // Every command OpenSC sent was of a form the card takes.
    for attempt in simulator.attempts() {
        assert_eq!(attempt["well_formed"], true, "{attempt}");
    }
}
