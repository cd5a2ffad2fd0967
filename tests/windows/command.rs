//! Does `siru.exe` do on Windows what `siru` does on Linux, on the same cards, with the same exit
//! codes, and does the card agree?
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test stops where it breaks"
)]

use siru_tests::command_line::{listed, wait_for_cards};
use siru_tests::rig::{Simulator, with_readers};
use siru_windows_tests::wine::Wine;

#[test]
fn the_list_is_the_one_that_linux_gives() {
    with_readers(2, || {
        let simulator = Simulator::with(&["v4", "v3-locked", "organisation"]);
        wait_for_cards(3);
        let wine = Wine::start();
        let list = wine.listed();
        assert_eq!(list, listed());
        assert_eq!(list["readers"].as_array().expect("readers").len(), 4);
        assert!(simulator.attempts().is_empty());
    });
}

#[test]
fn every_language_is_written_in_utf_8() {
    with_readers(1, || {
        let _simulator = Simulator::with(&["v4"]);
        wait_for_cards(1);
        let wine = Wine::start();
        for (language, word) in [
            ("en", "basic PIN"),
            ("fi", "perustunnusluku"),
            ("sv", "baskod"),
        ] {
            let list = wine.siru_in(language, &["list"], &[]);
            assert_eq!(list.code, 0, "{}", list.error);
            for expected in [word, "BJÖRN SPECIMEN-ÅSTRÖM"] {
                assert!(list.out.contains(expected), "{language}: {}", list.out);
            }
        }
    });
}

#[test]
fn check_fail_lock_unlock_and_change_with_the_ledger_compared_after_each() {
    with_readers(1, || {
        for (pin, right, slot) in [("1", "1234", 0), ("2", "123456", 1)] {
            let mut simulator = Simulator::with(&["v4"]);
            wait_for_cards(1);
            let wine = Wine::start();
            let checked = wine.pin_command("check", pin, &[right]);
            assert_eq!(checked.code, 0, "{}", checked.error);
            assert!(checked.out.contains("PIN verification successful"));
            assert_eq!(simulator.attempts().len(), 1);
            for left in (1..5).rev() {
                let wrong = wine.pin_command("check", pin, &["999999"]);
                let said = format!("{}{}", wrong.out, wrong.error);
                assert_eq!(wrong.code, 6, "{said}");
                assert!(said.contains("PIN verification failed"), "{said}");
                assert_eq!(simulator.tries(0)[slot], left);
            }
            assert_eq!(wine.pin_command("check", pin, &["999999"]).code, 9);
            assert_eq!(simulator.attempts().len(), 5, "the last try was spent");
            let last = ["check", "--pin", pin, "--pin-file", "-", "--last-try"];
            assert_eq!(wine.siru(&last, &["999999"]).code, 7);
            assert_eq!(simulator.tries(0)[slot], 0);
            assert_eq!(wine.pin_command("check", pin, &[right]).code, 7);
            assert_eq!(simulator.attempts().len(), 6, "a locked PIN was presented");
            let wrong_puk = wine.pin_command("unlock", pin, &["87654321", "135792"]);
            assert_eq!(wrong_puk.code, 6, "{}", wrong_puk.error);
            assert_eq!(simulator.tries(0)[2], 4);
            let unlocked = wine.pin_command("unlock", pin, &["12345678", "135792"]);
            assert_eq!(unlocked.code, 0, "{}", unlocked.error);
            assert_eq!(simulator.tries(0), [5; 3]);
            let changed = wine.pin_command("change", pin, &["135792", "246802"]);
            assert_eq!(changed.code, 0, "{}", changed.error);
            assert_eq!(wine.pin_command("check", pin, &["246802"]).code, 0);
            assert_eq!(simulator.attempts().len(), 10);
            let verified = &simulator.counters(0)["verified"];
            assert!(!verified.to_string().contains("true"), "{verified}");
            simulator.take_out(0);
        }
    });
}

#[test]
fn what_cannot_be_done_ends_with_the_promised_code_and_nothing_is_sent() {
    with_readers(1, || {
        let mut simulator = Simulator::with(&["v4"]);
        wait_for_cards(1);
        let wine = Wine::start();
        assert_eq!(wine.siru(&["check", "--pin", "3"], &[]).code, 2);
        for codes in [&["123"][..], &["12a4"], &[]] {
            assert_eq!(wine.pin_command("check", "1", codes).code, 9, "{codes:?}");
        }
        let other = [
            "check",
            "--pin",
            "1",
            "--serial",
            "ZZ0000000",
            "--pin-file",
            "-",
        ];
        assert_eq!(wine.siru(&other, &["1234"]).code, 9);
        simulator.take_out(0);
        assert_eq!(wine.pin_command("check", "1", &["1234"]).code, 5);
        assert!(simulator.attempts().is_empty());
    });
}

#[test]
fn certificates_and_recordings_are_those_of_linux() {
    with_readers(1, || {
        let simulator = Simulator::with(&["v4"]);
        wait_for_cards(1);
        let wine = Wine::start();
        let export = ["certificate", "export", "--chain"];
        let exported = wine.siru(&export, &[]);
        assert_eq!(exported.code, 0, "{}", exported.error);
        assert_eq!(
            exported.out,
            siru_tests::command_line::siru(&export, &[]).out
        );
        let file = format!("/run/recorded-{}.apdu", std::process::id());
        let on_windows = format!("Z:{}", file.replace('/', "\\"));
        let check = ["check", "--pin", "1", "--pin-file", "-"];
        let recorded = wine.siru(
            &[&["record", "--out", &on_windows], &check[..]].concat(),
            &["1234"],
        );
        assert_eq!(recorded.code, 0, "{}{}", recorded.out, recorded.error);
        let text = std::fs::read_to_string(&file).expect("the transcript");
        assert!(text.contains("> 00 20 00 11 0C {PIN1:12}"), "{text}");
        assert!(!text.contains("31 32 33 34"), "{text}");
        assert_eq!(simulator.attempts().len(), 1);
    });
}
