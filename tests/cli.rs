//! Does the command line do its work through a real PC/SC service, with the exit codes IT relies
//! on, and does the card agree with what it said?
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test stops where it breaks"
)]

use std::process::Command;

use siru_tests::command_line::{listed, pin_command, siru, wait_for_cards};
use siru_tests::rig::{Simulator, run, with_readers};

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
