//! What does `siru login-test --browser` tell the browser that comes, and what keeps one back? A
//! program stands in for the browser; the real ones are in `login_test_browser.rs`.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test stops where it breaks"
)]

use std::path::Path;
use std::process::{Child, Command, Stdio};

use serde_json::Value;
use siru_tests::command_line::{siru, wait_for_cards, wait_for_state};
use siru_tests::login::roots;
use siru_tests::rig::{Simulator, program, run, wait_until, with_readers};

/// Takes the card out for another: a service that has not noticed takes the next one for the same.
fn make_room(simulator: &mut Simulator) {
    simulator.take_out(0);
    wait_for_state("empty");
}

/// What opens in the place of a browser: `openssl`, without a certificate.
const BARE_BROWSER: &str = r#"#!/bin/sh
rest=${1#https://}
printf 'GET /%s HTTP/1.1\r\nHost: localhost\r\n\r\n' "${rest#*/}" |
  openssl s_client -quiet -connect "${rest%%/*}" > /run/page.html 2> /run/browser.log
"#;

/// Puts a program where the browser of the system is looked for, and gives the path to find it.
fn open_with(browser: &str) -> String {
    use std::os::unix::fs::PermissionsExt as _;
    std::fs::create_dir_all("/run/browser").expect("a folder");
    let script = Path::new("/run/browser/xdg-open");
    std::fs::write(script, browser).expect("a file");
    let runnable = std::fs::Permissions::from_mode(0o755);
    std::fs::set_permissions(script, runnable).expect("our own file");
    let path = std::env::var("PATH").expect("a path");
    format!("/run/browser:{path}")
}

/// A program that does not outlive its test: nobody would end its wait.
struct Ended(Child);

impl Drop for Ended {
    fn drop(&mut self) {
        let _ended = self.0.kill().and_then(|()| self.0.wait());
    }
}

#[test]
fn a_browser_without_a_certificate_is_told_what_keeps_it_back() {
    with_readers(1, || {
        for (images, headline) in [
            (&["v4-locked"][..], "PIN is locked"),
            (&["v3-last-try"], "One try left"),
            (&["organisation-fresh"], "Not activated"),
            (&["v4-expired"], "The certificate has expired"),
            (&[], "There is no card in the reader"),
            // Nothing keeps this one back.
            (&["v4"], "The browser presented no certificate"),
        ] {
            let mut simulator = Simulator::with(images);
            wait_for_cards(images.len());
            let said = Path::new("/run/said");
            let file = std::fs::File::create(said).expect("a file");
            let test = Command::new(program("siru"))
                .args(["--lang", "en", "login-test", "--browser"])
                .args(["--trust", &roots()])
                .env("PATH", open_with(BARE_BROWSER))
                .stdin(Stdio::null())
                .stdout(Stdio::null())
                .stderr(file)
                .spawn()
                .expect("siru starts");
            let test = Ended(test);
            wait_until(headline, || {
                let said = std::fs::read_to_string(said).unwrap_or_default();
                let page = std::fs::read_to_string("/run/page.html").unwrap_or_default();
                said.contains(headline) && page.contains(headline)
            });
            drop(test);
            assert!(simulator.attempts().is_empty(), "{headline}");
            if !images.is_empty() {
                make_room(&mut simulator);
            }
        }
    });
}

/// What opens in the place of a browser: `openssl`, with the card's key in software.
const BROWSER: &str = r#"#!/bin/sh
rest=${1#https://}
printf 'GET /%s HTTP/1.1\r\nHost: localhost\r\n\r\n' "${rest#*/}" |
  openssl s_client -quiet -connect "${rest%%/*}" \
    -cert /run/leaf.pem -keyform DER -key "$SIRU_KEY" > /run/page.html 2> /run/browser.log
"#;

#[test]
fn a_browser_is_opened_and_shown_who_logged_in() {
    with_readers(1, || {
        let simulator = Simulator::with(&["v4"]);
        wait_for_cards(1);
        let exported = siru(&["certificate", "export", "--out", "/run/leaf.pem"], &[]);
        assert_eq!(exported.code, 0, "{}", exported.error);
        let keys = Path::new(env!("CARGO_MANIFEST_DIR")).join("../src/sim/keys");
        let roots = roots();
        let line = ["login-test", "--browser", "--json", "--trust", &roots];
        let output = run(
            Command::new(program("siru"))
                .args(["--lang", "en"])
                .args(line)
                .env("SIRU_KEY", keys.join("v4-authentication.der"))
                .env("PATH", open_with(BROWSER)),
            "",
        );
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(0), "{said}");
        assert!(said.contains("https://localhost:"), "{said}");
        let report: Value = serde_json::from_slice(&output.stdout).expect("JSON");
        assert_eq!(report["verdict"], "logged-in");
        // `openssl` sent its own certificate only; the others came from the card.
        assert_eq!(report["chain"].as_array().map(Vec::len), Some(2));
        let holder = report["holder"].as_str().expect("a holder");
        wait_until("the page", || {
            std::fs::read_to_string("/run/page.html").is_ok_and(|page| page.contains("</html>"))
        });
        let page = std::fs::read_to_string("/run/page.html").expect("a page");
        assert!(
            page.contains("The log-in works") && page.contains(holder),
            "{page}"
        );
        assert!(simulator.attempts().is_empty(), "no PIN passes by here");
    });
}
