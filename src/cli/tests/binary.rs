//! The binary from outside: exit codes, streams and JSON over the built-in virtual cards.
#![cfg(test)]

use std::io::Write;
use std::process::{Command, Output, Stdio};

fn siru(line: &str, input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_siru"))
        .args(line.split_whitespace())
        .env("LANGUAGE", "en")
        .env("PCSCLITE_CSOCK_NAME", "/nonexistent/pcscd.comm")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A command that refuses before reading closes its end; that is no failure.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn the_exit_code_tells_what_happened() {
    let cases = [
        ("--demo list", "", 0),
        ("--demo=v4 list --json", "", 0),
        ("--help", "", 0),
        ("--version", "", 0),
        ("--demo=v4 check --pin 1 --pin-file -", "1234\n", 0),
        (
            "--demo=v4-locked unlock --pin 1 --pin-file -",
            "12345678\n2468\n",
            0,
        ),
        ("--demo=v4 certificate export", "", 0),
        (
            "--demo=v4 certificate export --out /nonexistent/file",
            "",
            1,
        ),
        ("", "", 2),
        ("--demo check --pin 1 --pin-file -", "1234\n", 2),
        ("--demo=v4 check", "", 2),
        ("list", "", 3),
        (
            "--demo=v4 check --pin 1 --reader nowhere --pin-file -",
            "1234\n",
            4,
        ),
        ("--demo=foreign check --pin 1 --pin-file -", "1234\n", 5),
        ("--demo=setcos check --pin 1 --pin-file -", "1234\n", 5),
        ("--demo=v4 check --pin 1 --pin-file -", "4321\n", 6),
        (
            "--demo=v4 unlock --pin 1 --pin-file -",
            "87654321\n2468\n",
            6,
        ),
        ("--demo=v4-locked check --pin 1 --pin-file -", "1234\n", 7),
        (
            "--demo=v4-last-try check --pin 1 --pin-file - --last-try",
            "4321\n",
            7,
        ),
        (
            "--demo=v4-puk-spent unlock --pin 1 --pin-file -",
            "12345678\n2468\n",
            8,
        ),
        (
            "--demo=v4-puk-low unlock --pin 1 --pin-file - --last-try",
            "87654321\n2468\n",
            8,
        ),
        ("--demo=v4-last-try check --pin 1 --pin-file -", "1234\n", 9),
        ("--demo=v4 check --pin 1 --pin-file -", "12\n", 9),
        (
            "--demo=v4 check --pin 1 --serial 99999 --pin-file -",
            "1234\n",
            9,
        ),
        ("--demo=v4 check --pin 1 --pin-file -", "", 9),
    ];
    for (line, input, code) in cases {
        let output = siru(line, input);
        let told = text(&output.stderr);
        assert_eq!(output.status.code(), Some(code), "siru {line}\n{told}");
    }
}

#[test]
fn json_alone_goes_to_standard_output_and_the_demo_says_that_it_is_one() {
    let output = siru("--demo list --json", "");
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(report["version"], 1);
    assert_eq!(report["readers"].as_array().expect("an array").len(), 4);
    assert!(text(&output.stderr).contains("virtual cards"));
}

#[test]
fn no_code_appears_anywhere_however_much_is_told() {
    for (line, input) in [
        ("--demo=v4 -vv check --pin 1 --pin-file -", "918273\n"),
        (
            "--demo=v4 -vv change --pin 1 --pin-file -",
            "1234\n918273\n",
        ),
        (
            "--demo=v4 -vv unlock --pin 1 --pin-file -",
            "91827364\n918273\n",
        ),
        (
            "--demo=organisation -vv unlock --pin 1 --pin-file -",
            "12345678\n918273\n",
        ),
    ] {
        let output = siru(line, input);
        let all = text(&output.stdout) + &text(&output.stderr);
        assert!(
            all.contains("> CommandApdu") || all.contains("trace: "),
            "{line}: {all}"
        );
        for code in ["918273", "39 31 38 32", "39313832"] {
            assert!(!all.contains(code), "{line}: {all}");
        }
    }
}

#[test]
fn each_language_speaks() {
    for (language, words) in [
        ("en", "PIN verification failed"),
        ("fi", "Tunnusluvun tarkistus epäonnistui"),
        ("sv", "Verifieringen av PIN-koden misslyckades"),
    ] {
        let line = format!("--demo=v4 --lang {language} check --pin 1 --pin-file -");
        assert!(
            text(&siru(&line, "4321\n").stderr).contains(words),
            "{language}"
        );
    }
}
