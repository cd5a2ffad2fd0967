//! Do the programs that people have for PKCS #11 work with the module, and does the card agree with
//! what they report? And is the file fit to be loaded by any program?
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test stops where it breaks"
)]

use std::process::Command;

use siru_tests::rig::{Simulator, program, run, wait_for_card, with_readers};

const IMAGES: [&str; 3] = ["v3", "v4", "organisation"];

/// Runs a program: whether it succeeded, and all it printed.
fn tool(command: &mut Command) -> (bool, String) {
    let output = run(command, "");
    let text = [output.stdout, output.stderr].concat();
    (
        output.status.success(),
        String::from_utf8_lossy(&text).into_owned(),
    )
}

/// OpenSC's tool, with our module.
fn pkcs11_tool(arguments: &[&str]) -> (bool, String) {
    let mut command = Command::new("pkcs11-tool");
    tool(
        command
            .arg("--module")
            .arg(program("libsiru_pkcs11.so"))
            .args(arguments),
    )
}

/// GnuTLS's tool, with our module, and the PIN where it looks for it.
fn p11tool(arguments: &[&str]) -> (bool, String) {
    let mut command = Command::new("p11tool");
    tool(
        command
            .arg("--provider")
            .arg(program("libsiru_pkcs11.so"))
            .args(arguments)
            .env("GNUTLS_PIN", "1234"),
    )
}

fn card(image: &str) -> Simulator {
    let simulator = Simulator::with(&[image]);
    wait_for_card(0, true);
    simulator
}

/// The status words of all attempts so far.
fn answers(simulator: &Simulator) -> Vec<u64> {
    let attempts = simulator.attempts();
    attempts
        .iter()
        .map(|attempt| attempt["status"].as_u64().expect("a status"))
        .collect()
}

#[test]
fn p11tool_lists_and_signs() {
    with_readers(1, || {
        let mut simulator = card("v3");
        for image in IMAGES {
            simulator.take_out(0);
            simulator.put_in(&format!("insert {image}"), 0);
            let before = simulator.attempts().len();
            let (listed, list) = p11tool(&["--list-all", "pkcs11:token=PIN1%20-%20login"]);
            assert!(listed, "{image}: {list}");
            assert!(list.contains("Type: X.509 Certificate"), "{image}: {list}");
            assert!(list.contains("Type: Public key"), "{image}: {list}");
            assert!(
                list.contains("CKA_CERTIFICATE_CATEGORY=CA"),
                "{image}: {list}"
            );
            assert!(!list.contains("Private key"), "{image}: {list}");
            assert_eq!(simulator.attempts().len(), before, "{image}");
            let url = "pkcs11:token=PIN1%20-%20login;id=%45;type=private";
            let (signed, text) = p11tool(&["--login", "--test-sign", url]);
            assert!(signed, "{image}: {text}");
            assert_eq!(text.matches("ok\n").count(), 3, "{image}: {text}");
            assert_eq!(simulator.attempts().len(), before + 1, "{image}");
        }
        assert_eq!(simulator.tries(0), [5; 3]);
    });
}

#[test]
fn pkcs11_tool_finds_no_errors() {
    with_readers(1, || {
        let mut simulator = card("v3");
        for image in IMAGES {
            simulator.take_out(0);
            simulator.put_in(&format!("insert {image}"), 0);
            let (passed, text) = pkcs11_tool(&["--login", "--pin", "1234", "--test"]);
            assert!(passed && text.contains("No errors"), "{image}: {text}");
            let rsa = image == "v3";
            assert_eq!(text.contains("RSA-PKCS: OK"), rsa, "{image}: {text}");
            let (listed, mechanisms) = pkcs11_tool(&["--list-mechanisms"]);
            assert!(listed, "{image}: {mechanisms}");
            let own = if rsa { "RSA-PKCS-PSS" } else { "ECDSA" };
            assert!(mechanisms.contains(own), "{image}: {mechanisms}");
            let (listed, slots) = pkcs11_tool(&["--list-slots"]);
            assert!(listed && slots.contains("PIN1 - login"), "{slots}");
        }
        assert_eq!(answers(&simulator), [0x9000; 3]);
    });
}

#[test]
fn pins_are_changed_and_unlocked() {
    with_readers(1, || {
        let mut simulator = card("v3");
        for image in IMAGES {
            simulator.take_out(0);
            simulator.put_in(&format!("insert {image}"), 0);
            let log_in = |pin| pkcs11_tool(&["--login", "--pin", pin, "--list-objects"]);
            let (right, text) = log_in("9999");
            assert!(!right && text.contains("CKR_PIN_INCORRECT"), "{text}");
            assert_eq!(simulator.tries(0), [4, 5, 5], "{image}");
            let change = [
                "--login",
                "--pin",
                "1234",
                "--change-pin",
                "--new-pin",
                "4321",
            ];
            let (changed, text) = pkcs11_tool(&change);
            assert!(changed, "{image}: {text}");
            assert_eq!(simulator.tries(0), [5; 3], "{image}");
            let (right, text) = log_in("4321");
            assert!(
                right && text.contains("Private Key Object"),
                "{image}: {text}"
            );
            // The last try is not the tool's to spend.
            for left in [4, 3, 2, 1, 1] {
                let (right, text) = log_in("1234");
                assert!(!right, "the old PIN still works: {text}");
                assert_eq!(simulator.tries(0), [left, 5, 5], "{image}");
            }
            let (set, text) = unlock("12345678", "1234");
            assert!(set, "{image}: {text}");
            assert_eq!(simulator.tries(0), [5; 3], "{image}");
            let (right, text) = log_in("1234");
            assert!(right, "{image}: {text}");
        }
    });
}

fn unlock(puk: &str, new: &str) -> (bool, String) {
    let officer = ["--login", "--login-type", "so", "--so-pin", puk];
    pkcs11_tool(&[&officer[..], &["--init-pin", "--new-pin", new]].concat())
}

#[test]
fn a_locked_pin_is_said_to_be_locked_until_the_puk_opens_it() {
    with_readers(1, || {
        let mut simulator = card("v4-locked");
        let log_in = || pkcs11_tool(&["--login", "--pin", "1234", "--list-objects"]);
        let (right, text) = log_in();
        assert!(!right && text.contains("CKR_PIN_LOCKED"), "{text}");
        assert!(answers(&simulator).is_empty());
        let (set, text) = unlock("87654321", "1234");
        assert!(!set && text.contains("CKR_PIN_INCORRECT"), "{text}");
        assert_eq!(simulator.tries(0), [0, 5, 4]);
        let (set, text) = unlock("12345678", "1234");
        assert!(set, "{text}");
        assert_eq!(simulator.tries(0), [5; 3]);
        let (right, text) = log_in();
        assert!(right, "{text}");
    });
}

#[test]
fn the_module_shows_three_names_and_needs_only_the_system() {
    let module = program("libsiru_pkcs11.so");
    let (read, symbols) = tool(
        Command::new("nm")
            .args(["--dynamic", "--defined-only"])
            .arg(&module),
    );
    assert!(read, "{symbols}");
    let names: Vec<&str> = symbols
        .lines()
        .filter_map(|line| line.split(' ').next_back())
        .collect();
    assert_eq!(
        names,
        ["C_GetFunctionList", "C_GetInterface", "C_GetInterfaceList"]
    );
    let (read, dynamic) = tool(
        Command::new("readelf")
            .args(["--dynamic", "--wide"])
            .arg(&module),
    );
    assert!(read, "{dynamic}");
    // A path inside would make it load the libraries of whoever can write there.
    assert!(
        !dynamic.contains("RPATH") && !dynamic.contains("RUNPATH"),
        "{dynamic}"
    );
    assert!(!dynamic.contains("TEXTREL"), "{dynamic}");
    for line in dynamic.lines().filter(|line| line.contains("(NEEDED)")) {
        let of_the_system = [
            "libpcsclite.so.1",
            "libc.so.6",
            "libgcc_s.so.1",
            "libm.so.6",
            "ld-linux",
        ];
        assert!(
            of_the_system.iter().any(|name| line.contains(name)),
            "{line}"
        );
    }
}
