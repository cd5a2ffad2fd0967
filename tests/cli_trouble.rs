//! What does the command line say when cards, readers or the service are not as they should be, and
//! with which exit code?
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test stops where it breaks"
)]

use std::path::Path;
use std::time::Instant;

use rustix::process::{Pid, Signal, kill_process};
use siru_tests::command_line::{listed, pin_command, siru, wait_for_cards, wait_for_state};
use siru_tests::rig::{PATIENCE, Simulator, port, wait_until, with_readers};

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
fn a_transaction_of_another_program_makes_nobody_wait_for_ever() {
    with_readers(1, || {
        let simulator = Simulator::with(&["v4", "v3"]);
        wait_for_cards(2);
        let context = pcsc::Context::establish(pcsc::Scope::User).expect("a context");
        let names = context.list_readers_owned().expect("readers");
        let mut card = context
            .connect(&names[0], pcsc::ShareMode::Shared, pcsc::Protocols::ANY)
            .expect("a connection");
        let transaction = card.transaction().expect("a transaction");
        let begun = Instant::now();
        let list = listed();
        assert!(begun.elapsed() < PATIENCE, "{:?}", begun.elapsed());
        assert_eq!(list["readers"][0]["state"], "busy");
        assert_eq!(list["readers"][1]["state"], "card");
        let check = ["check", "--pin", "1", "--pin-file", "-", "--reader"];
        let held = siru(&[&check[..], &["1"]].concat(), &["1234"]);
        assert_eq!(held.code, 1, "{}{}", held.out, held.error);
        assert!(held.error.contains("Nothing was sent"), "{}", held.error);
        assert!(simulator.attempts().is_empty());
        let free = siru(&[&check[..], &["2"]].concat(), &["1234"]);
        assert_eq!(free.code, 0, "{}{}", free.out, free.error);
        drop(transaction);
        let freed = siru(&[&check[..], &["1"]].concat(), &["1234"]);
        assert_eq!(freed.code, 0, "{}{}", freed.out, freed.error);
        assert_eq!(simulator.attempts().len(), 2);
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
