//! Does the command line do its work through a real PC/SC service, with the exit codes IT relies
//! on, and does the card agree with what it said?
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test stops where it breaks"
)]

use std::path::Path;
use std::process::Command;

use rustix::process::{Pid, Signal, kill_process};
use serde_json::Value;
use siru_tests::rig::{Simulator, port, program, run, wait_until, with_readers};

/// What a run of `siru` gave.
struct Siru {
    code: i32,
    out: String,
    error: String,
}

/// Runs `siru` in English with codes on its standard input.
fn siru(arguments: &[&str], codes: &[&str]) -> Siru {
    let mut command = Command::new(program("siru"));
    command.args(["--lang", "en"]).args(arguments);
    let input: String = codes.iter().map(|code| format!("{code}\n")).collect();
    let output = run(&mut command, &input);
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    let (out, error) = (text(output.stdout), text(output.stderr));
    for code in codes {
        assert!(
            !out.contains(code) && !error.contains(code),
            "a code was shown: {out}{error}"
        );
    }
    Siru {
        code: output.status.code().expect("an exit code"),
        out,
        error,
    }
}

/// The whole list as programs get it.
fn listed() -> Value {
    let list = siru(&["list", "--json"], &[]);
    assert_eq!(list.code, 0, "{}{}", list.out, list.error);
    serde_json::from_str(&list.out).expect("JSON")
}

/// Waits until so many readers hold a card that was read.
fn wait_for_cards(count: usize) {
    wait_until("the cards to be listed", || {
        let list = listed();
        let readers = list["readers"].as_array().expect("readers");
        readers
            .iter()
            .filter(|reader| reader["state"] == "card")
            .count()
            == count
    });
}

/// Waits until the first reader is in this state.
fn wait_for_state(state: &str) {
    wait_until(state, || listed()["readers"][0]["state"] == state);
}

fn pin_command(command: &str, pin: &str, codes: &[&str]) -> Siru {
    siru(&[command, "--pin", pin, "--pin-file", "-"], codes)
}

#[test]
fn the_list_names_people_cards_counters_and_certificates() {
    with_readers(2, || {
        let simulator = Simulator::with(&["v4", "v3-locked", "organisation"]);
        wait_for_cards(3);
        let list = listed();
        assert_eq!(list["version"], 1);
        let readers = list["readers"].as_array().expect("readers");
        assert_eq!(readers.len(), 4);
        assert_eq!(readers[3]["state"], "empty");
        let card = &readers[0]["card"];
        assert_eq!(
            (&card["profile"], &card["kind"]),
            (&"fineid-v4".into(), &"citizen".into())
        );
        assert!(
            card["holder"]
                .as_str()
                .expect("a holder")
                .contains("SPECIMEN-ÅSTRÖM")
        );
        assert!(
            card["serial"]
                .as_str()
                .expect("a serial")
                .ends_with("CD2345670")
        );
        for (index, pin) in card["objects"]
            .as_array()
            .expect("objects")
            .iter()
            .enumerate()
        {
            assert_eq!(pin["pin"], index + 1);
            assert_eq!(pin["state"], "usable");
            assert_eq!(
                (&pin["tries_left"], &pin["tries_max"]),
                (&5.into(), &5.into())
            );
        }
        assert_eq!(card["puk"]["tries_left"], 5);
        let certificates = card["certificates"].as_array().expect("certificates");
        assert_eq!(certificates[0]["purpose"], "authentication");
        assert_eq!(certificates[0]["key"], "P-384");
        let locked = &readers[1]["card"]["objects"][0];
        assert_eq!(
            (&locked["state"], &locked["tries_left"]),
            (&"locked".into(), &0.into())
        );
        assert_eq!(readers[2]["card"]["kind"], "organisation");
        let text = siru(&["list"], &[]);
        assert!(
            text.out.contains("basic PIN") && text.out.contains("ÅSTRÖM"),
            "{}",
            text.out
        );
        assert!(
            simulator.attempts().is_empty(),
            "looking presented something"
        );
    });
}

#[test]
fn check_fail_lock_unlock_and_change_with_the_ledger_compared_after_each() {
    with_readers(1, || {
        for (pin, right, slot) in [("1", "1234", 0), ("2", "123456", 1)] {
            let mut simulator = Simulator::with(&["v4"]);
            wait_for_cards(1);
            let right_pin = pin_command("check", pin, &[right]);
            assert_eq!(right_pin.code, 0, "{}", right_pin.error);
            assert!(
                right_pin.out.contains("PIN verification successful"),
                "{}",
                right_pin.out
            );
            assert_eq!(simulator.attempts().len(), 1);
            for left in (1..5).rev() {
                let wrong = pin_command("check", pin, &["999999"]);
                let said = format!("{}{}", wrong.out, wrong.error);
                assert_eq!(wrong.code, 6, "{said}");
                assert!(said.contains("PIN verification failed"), "{said}");
                assert_eq!(simulator.tries(0)[slot], left);
            }
            // The last try is not spent without a word.
            let refused = pin_command("check", pin, &["999999"]);
            assert_eq!(refused.code, 9, "{}", refused.error);
            assert_eq!(simulator.attempts().len(), 5);
            let locking = siru(
                &["check", "--pin", pin, "--pin-file", "-", "--last-try"],
                &["999999"],
            );
            let said = format!("{}{}", locking.out, locking.error);
            assert_eq!(locking.code, 7, "{said}");
            assert!(said.contains("PIN is locked!"), "{said}");
            assert_eq!(simulator.tries(0)[slot], 0);
            assert_eq!(pin_command("check", pin, &[right]).code, 7);
            assert_eq!(simulator.attempts().len(), 6, "a locked PIN was presented");
            let wrong_puk = pin_command("unlock", pin, &["87654321", "135792"]);
            assert_eq!(wrong_puk.code, 6, "{}", wrong_puk.error);
            assert_eq!(simulator.tries(0)[2], 4);
            let unlocked = pin_command("unlock", pin, &["12345678", "135792"]);
            assert_eq!(unlocked.code, 0, "{}", unlocked.error);
            assert_eq!(simulator.tries(0), [5, 5, 5]);
            let changed = pin_command("change", pin, &["135792", "246802"]);
            assert_eq!(changed.code, 0, "{}", changed.error);
            assert_eq!(pin_command("check", pin, &["246802"]).code, 0);
            assert_eq!(simulator.attempts().len(), 10);
            let verified = &simulator.counters(0)["verified"];
            assert!(!verified.to_string().contains("true"), "{verified}");
            simulator.take_out(0);
        }
    });
}

#[test]
fn a_slip_on_the_keyboard_is_refused_and_nothing_is_sent() {
    with_readers(1, || {
        let simulator = Simulator::with(&["v4"]);
        wait_for_cards(1);
        for (command, codes) in [
            ("check", &["123"][..]),
            ("check", &["12a4"]),
            ("check", &["1234567890123"]),
            ("change", &["1234", "123"]),
            ("change", &["1234", "1234"]),
            ("change", &["1234", "123456789"]),
            ("unlock", &["1234567", "12"]),
            ("unlock", &["12345678", "12345678"]),
        ] {
            let refused = pin_command(command, "1", codes);
            assert_eq!(
                refused.code, 9,
                "{command} {codes:?}: {}{}",
                refused.out, refused.error
            );
        }
        assert_eq!(pin_command("check", "1", &[]).code, 9);
        assert_eq!(siru(&["check", "--pin", "3"], &[]).code, 2);
        assert!(simulator.attempts().is_empty());
    });
}

#[test]
fn between_two_cards_siru_does_not_choose() {
    with_readers(1, || {
        let simulator = Simulator::with(&["v4", "v3"]);
        wait_for_cards(2);
        let unclear = pin_command("check", "1", &["1234"]);
        assert_eq!(unclear.code, 2, "{}{}", unclear.out, unclear.error);
        assert!(simulator.attempts().is_empty());
        let check = ["check", "--pin", "1", "--pin-file", "-"];
        let by_reader = siru(&[&check[..], &["--reader", "2"]].concat(), &["1234"]);
        assert_eq!(by_reader.code, 0, "{}", by_reader.error);
        let by_serial = siru(
            &[&check[..], &["--serial", "CD2345670"]].concat(),
            &["1234"],
        );
        assert_eq!(by_serial.code, 0, "{}", by_serial.error);
        let cards: Vec<_> = simulator
            .attempts()
            .iter()
            .map(|attempt| attempt["card"].clone())
            .collect();
        assert!(
            cards[0].as_str().expect("a serial").starts_with("AB"),
            "{cards:?}"
        );
        assert!(
            cards[1].as_str().expect("a serial").ends_with("CD2345670"),
            "{cards:?}"
        );
        let absent = siru(
            &[&check[..], &["--serial", "ZZ0000000"]].concat(),
            &["1234"],
        );
        assert_eq!(absent.code, 9, "{}", absent.error);
        assert_eq!(simulator.attempts().len(), 2);
    });
}

#[test]
fn a_card_pulled_in_mid_command_is_an_unknown_result_and_one_try_at_most() {
    with_readers(1, || {
        let mut simulator = Simulator::with(&["v4"]);
        wait_for_cards(1);
        for (fault, command, codes) in [
            ("drop-after@20", "check", &["9999"][..]),
            ("drop-before@20", "check", &["9999"]),
            ("drop-after@24", "change", &["1234", "5678"]),
            ("drop-after@2C", "unlock", &["12345678", "1357"]),
        ] {
            let before = simulator.attempts().len();
            simulator.tell(&format!("fault {} {fault}", port(0)));
            let lost = pin_command(command, "1", codes);
            assert_eq!(lost.code, 10, "{fault}: {}{}", lost.out, lost.error);
            assert_eq!(simulator.attempts().len(), before + 1, "{fault}");
            simulator.put_in("reinsert", 0);
            wait_for_cards(1);
        }
        // One wrong try was executed; the unlock set everything back.
        assert_eq!(simulator.tries(0), [5, 5, 5]);
    });
}

#[test]
fn an_odd_status_is_no_wrong_pin() {
    with_readers(1, || {
        let mut simulator = Simulator::with(&["v4"]);
        wait_for_cards(1);
        simulator.tell(&format!("fault {} status-before=6F00@20", port(0)));
        let odd = pin_command("check", "1", &["1234"]);
        let said = format!("{}{}", odd.out, odd.error);
        assert_eq!(odd.code, 1, "{said}");
        assert!(
            !said.contains("verification failed") && !said.contains("locked!"),
            "{said}"
        );
        assert!(said.contains("6F00"), "{said}");
        assert_eq!(simulator.tries(0), [5, 5, 5]);
    });
}

#[test]
fn other_states_have_their_own_exit_codes() {
    with_readers(1, || {
        let mut simulator = Simulator::with(&["v4-puk-spent"]);
        wait_for_cards(1);
        assert_eq!(pin_command("check", "1", &["1234"]).code, 7);
        assert_eq!(pin_command("unlock", "1", &["12345678", "5678"]).code, 8);
        assert!(simulator.attempts().is_empty());
        for (image, said) in [("foreign", "not a Finnish"), ("setcos", "SetCOS")] {
            simulator.take_out(0);
            simulator.put_in(&format!("insert {image}"), 0);
            wait_for_state("unknown-card");
            let text = siru(&["list"], &[]).out;
            assert!(text.contains(said), "{text}");
            assert_eq!(pin_command("check", "1", &["1234"]).code, 5);
        }
        simulator.take_out(0);
        wait_for_state("empty");
        assert_eq!(pin_command("check", "1", &["1234"]).code, 5);
        let pid = std::env::var("PCSCD_PID")
            .expect("the daemon")
            .parse()
            .expect("a number");
        kill_process(Pid::from_raw(pid).expect("a pid"), Signal::TERM).expect("a process");
        wait_until("the service's end", || {
            !Path::new("/run/pcscd/pcscd.comm").exists()
        });
        assert_eq!(siru(&["list"], &[]).code, 3);
        assert_eq!(pin_command("check", "1", &["1234"]).code, 3);
    });
}

#[test]
fn a_card_another_program_holds_is_busy_and_the_others_are_not() {
    with_readers(1, || {
        let _simulator = Simulator::with(&["v4", "v3"]);
        wait_for_cards(2);
        let context = pcsc::Context::establish(pcsc::Scope::User).expect("a context");
        let mut names = Vec::new();
        wait_until("the readers", || {
            names = context.list_readers_owned().expect("readers");
            names.len() == 2
        });
        let held = context
            .connect(&names[0], pcsc::ShareMode::Exclusive, pcsc::Protocols::ANY)
            .expect("nobody else holds it");
        let list = listed();
        assert_eq!(list["readers"][0]["state"], "busy");
        assert_eq!(list["readers"][1]["state"], "card");
        let (_card, _) = (held.disconnect(pcsc::Disposition::LeaveCard), ());
        wait_for_cards(2);
    });
}

#[test]
fn certificates_are_exported_as_openssl_reads_them() {
    with_readers(1, || {
        let _simulator = Simulator::with(&["v4"]);
        wait_for_cards(1);
        let pem = siru(&["certificate", "export"], &[]);
        assert_eq!(pem.code, 0, "{}", pem.error);
        let mut openssl = Command::new("openssl");
        openssl.args([
            "x509",
            "-noout",
            "-subject",
            "-nameopt",
            "utf8,sep_comma_plus",
        ]);
        let read = run(&mut openssl, &pem.out);
        let subject = String::from_utf8(read.stdout).expect("UTF-8");
        assert!(subject.contains("SPECIMEN-ÅSTRÖM BJÖRN"), "{subject}");
        let chain = siru(&["certificate", "export", "--chain"], &[]);
        assert_eq!(
            chain.out.matches("BEGIN CERTIFICATE").count(),
            3,
            "{}",
            chain.out
        );
    });
}

#[test]
fn a_recording_holds_the_commands_and_no_pin() {
    with_readers(1, || {
        let simulator = Simulator::with(&["v4"]);
        wait_for_cards(1);
        let file = format!("/run/recorded-{}.apdu", std::process::id());
        let recorded = siru(
            &[
                "record",
                "--out",
                &file,
                "check",
                "--pin",
                "1",
                "--pin-file",
                "-",
            ],
            &["1234"],
        );
        assert_eq!(recorded.code, 0, "{}{}", recorded.out, recorded.error);
        let text = std::fs::read_to_string(&file).expect("the transcript");
        assert!(text.contains("> 00 20 00 11 0C {PIN1:12}"), "{text}");
        assert!(!text.contains("31 32 33 34"), "{text}");
        assert_eq!(simulator.attempts().len(), 1);
    });
}
