//! Is one call of `siru_minidriver.dll` one command to the card, whatever goes wrong, are the last tries
//! kept unless the machine decides otherwise, and does its log tell no code?
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test stops where it breaks"
)]

use std::fs;

use siru_tests::rig::{Simulator, port, wait_for_card, with_readers};
use siru_windows_tests::card_module::{
    acquired, assert_nothing_verified, is_authenticated, on_card, presented,
};
use siru_windows_tests::host::Host;
use siru_windows_tests::policy::{Policy, logs};
use siru_windows_tests::wine::Wine;

const INVALID_NEW_PIN: u32 = 0x8010_002A;
const SECURITY_VIOLATION: u32 = 0x8010_006A;
const WRONG_PIN: u32 = 0x8010_006B;
const BLOCKED: u32 = 0x8010_006C;
/// Instead of a number of tries, where nobody knows it.
const UNKNOWN: u32 = u32::MAX;

#[test]
fn a_wrong_pin_is_one_command_and_the_last_try_is_kept() {
    with_readers(1, || {
        for (image, present) in [("v3", "pin"), ("v4", "pinex"), ("organisation", "pin")] {
            on_card(image, 7, |simulator, host| {
                for left in (1..5).rev() {
                    // What cannot be a PIN costs nothing.
                    assert_eq!(
                        presented(host, "pin 12x4"),
                        (WRONG_PIN, left + 1),
                        "{image}"
                    );
                    assert_eq!(
                        presented(host, &format!("{present} 4321")),
                        (WRONG_PIN, left)
                    );
                    assert_eq!(simulator.tries(0)[0], u64::from(left));
                    assert_eq!(
                        simulator.attempts().len(),
                        5 - usize::try_from(left).expect("few")
                    );
                }
                for digits in ["4321", "1234"] {
                    assert_eq!(
                        presented(host, &format!("{present} {digits}")),
                        (BLOCKED, 1)
                    );
                }
                assert_eq!(simulator.attempts().len(), 4);
                assert_eq!(simulator.tries(0)[0], 1);
            });
        }
    });
}

#[test]
fn a_pin_that_is_locked_or_was_never_set_is_not_presented() {
    with_readers(1, || {
        for (image, refused) in [
            ("v3-locked", (BLOCKED, 0)),
            ("v4-locked", (BLOCKED, 0)),
            ("organisation-locked", (BLOCKED, 0)),
            ("v3-fresh", (SECURITY_VIOLATION, u32::MAX)),
            ("v4-fresh", (SECURITY_VIOLATION, u32::MAX)),
        ] {
            on_card(image, 7, |simulator, host| {
                assert_eq!(presented(host, "pin 1234"), refused, "{image}");
                assert_eq!(presented(host, "pinex 1234"), refused, "{image}");
                assert!(simulator.attempts().is_empty(), "{image}");
            });
        }
    });
}

#[test]
fn a_pin_is_changed_and_set_anew_with_the_puk() {
    with_readers(1, || {
        for image in ["v3", "v4", "organisation"] {
            on_card(image, 7, |simulator, host| {
                assert_eq!(presented(host, "change 1234 1").0, INVALID_NEW_PIN);
                assert_eq!(presented(host, "unblock 12345678 1").0, INVALID_NEW_PIN);
                assert!(simulator.attempts().is_empty());
                assert_eq!(
                    presented(host, "change 4321 5937"),
                    (WRONG_PIN, 4),
                    "{image}"
                );
                assert_eq!(simulator.attempts().len(), 1);
                host.succeed("change 1234 5937");
                host.succeed("pin 5937");
                host.succeed("unblock 12345678 8264");
                assert!(!is_authenticated(host), "{image}");
                host.succeed("pin 8264");
                assert_eq!(
                    presented(host, "unblock 87654321 5937"),
                    (WRONG_PIN, 4),
                    "{image}"
                );
                assert_eq!(simulator.tries(0)[2], 4);
            });
        }
    });
}

/// What a bad reader or a careless hand does to an exchange: those that a card never heard of, and those
/// of which only the answer is lost.
const UNHEARD: [&str; 2] = ["drop-before", "status-before=6F00"];
const UNANSWERED: [&str; 2] = ["drop-after", "status-after=6F00"];

/// Has each exchange of an order meet each fault; `judge` is given which, what came of it and how often a
/// code reached the card. Whatever came of it, no code is left verified.
fn meet_faults(
    (image, faults): (&str, &[&str]),
    before: &[&str],
    order: &str,
    judge: impl Fn(&str, u32, usize),
) {
    let mut simulator = Simulator::with(&[image]);
    wait_for_card(0, true);
    let wine = Wine::start();
    let mut host = Host::start_card_module(&wine);
    let mut round = |fault: Option<(&str, u64)>| {
        simulator.take_out(0);
        simulator.put_in(&format!("insert {image}"), 0);
        host.succeed("connect 0");
        host.succeed("acquire 7");
        for order in before {
            host.succeed(order);
        }
        let attempts = simulator.attempts().len();
        let begin = exchanges(&mut simulator);
        let what = fault.map_or_else(String::new, |(kind, exchange)| {
            simulator.tell(&format!("fault {} {kind}@#{exchange}", port(0)));
            format!("{image}: {order}, {kind} in exchange {exchange}")
        });
        let (code, given) = host.order(order);
        if fault.is_some_and(|(kind, _)| kind.starts_with("drop")) {
            simulator.put_in("reinsert", 0);
        }
        let taken = exchanges(&mut simulator) - begin;
        simulator.tell(&format!("clear {}", port(0)));
        judge(&what, code, simulator.attempts().len() - attempts);
        if order.starts_with("pin") && code != 0 {
            assert_ne!(code, WRONG_PIN, "{what}: it is the right one");
            let left = u32::from_le_bytes(given.try_into().expect("a number"));
            assert_eq!(left, UNKNOWN, "{what}");
        }
        host.succeed("delete");
        assert_nothing_verified(&mut simulator, 0);
        taken
    };
    let exchanges = round(None);
    assert!(exchanges > 1, "{order} is nothing to the card");
    for fault in faults {
        for exchange in 1..=exchanges {
            round(Some((fault, exchange)));
        }
    }
    host.finish();
}

/// How many commands all cards have met.
fn exchanges(simulator: &mut Simulator) -> u64 {
    let totals = &simulator.counters(0)["totals"];
    totals["exchanges"].as_u64().expect("a number")
}

fn log_in_meets_faults(image: &str, faults: &[&str]) {
    meet_faults((image, faults), &[], "pin 1234", |what, code, attempts| {
        assert!(attempts <= 1, "{what}: {attempts} commands");
        assert!(code != 0 || attempts == 1, "{what}: nothing was presented");
    });
}

#[test]
fn whatever_happens_in_a_log_in_the_code_goes_out_once_and_is_not_left_verified() {
    with_readers(1, || log_in_meets_faults("v4", &UNANSWERED));
}

#[test]
fn a_log_in_of_which_the_card_heard_nothing_presents_no_code_again() {
    with_readers(1, || log_in_meets_faults("v4", &UNHEARD));
}

#[test]
fn whatever_happens_in_a_log_in_with_other_cards_the_code_goes_out_once() {
    with_readers(1, || {
        for image in ["v3", "organisation"] {
            log_in_meets_faults(image, &["status-after=6F00"]);
        }
    });
}

#[test]
fn whatever_happens_in_a_signature_no_code_goes_out() {
    with_readers(1, || {
        let sign = format!("sign 1 0 0 0 - 0 {}", "ab".repeat(48));
        let before = ["file mscp ksc00", "pin 1234"];
        meet_faults(
            ("v4", &UNANSWERED),
            &before,
            &sign,
            |what, code, attempts| {
                assert_eq!(attempts, 0, "{what}");
                assert_ne!(code, WRONG_PIN, "{what}");
            },
        );
    });
}

#[test]
fn the_last_try_is_spent_where_the_machine_lets_it() {
    with_readers(1, || {
        let mut simulator = Simulator::with(&["v4-last-try"]);
        wait_for_card(0, true);
        let wine = Wine::start();
        let policy = Policy::set(&wine, "pkcs11", "last-try-in-login", "REG_DWORD", "1");
        let mut host = acquired(&wine, 7);
        host.succeed("pin 1234");
        host.succeed("delete");
        simulator.take_out(0);
        simulator.put_in("insert v4-last-try", 0);
        host.succeed("connect 0");
        host.succeed("acquire 7");
        assert_eq!(presented(&mut host, "pin 4321"), (BLOCKED, 0));
        assert_eq!(simulator.tries(0)[0], 0);
        assert_eq!(presented(&mut host, "pin 1234"), (BLOCKED, 0));
        assert_eq!(simulator.attempts().len(), 2);
        host.succeed("delete");
        drop(policy);
        simulator.take_out(0);
        simulator.put_in("insert v4-last-try", 0);
        host.succeed("connect 0");
        host.succeed("acquire 7");
        assert_eq!(presented(&mut host, "pin 1234"), (BLOCKED, 1));
        assert_eq!(simulator.attempts().len(), 2);
        host.succeed("delete");
        host.finish();
    });
}

#[test]
fn the_log_is_written_where_the_machine_wants_it_and_holds_no_code() {
    // What no log may hold, and no card here has.
    const WRONG: &str = "91827364";
    with_readers(1, || {
        let _simulator = Simulator::with(&["v4"]);
        wait_for_card(0, true);
        let wine = Wine::start();
        let work = || {
            let mut host = acquired(&wine, 7);
            assert_eq!(
                presented(&mut host, &format!("pin {WRONG}")),
                (WRONG_PIN, 4)
            );
            host.succeed("pin 1234");
            host.succeed("delete");
            host.finish();
        };
        for log in logs() {
            fs::remove_file(log).expect("a log of an earlier test");
        }
        work();
        assert_eq!(logs().len(), 0, "nobody wanted one");
        let _policy = Policy::set(&wine, "log", "level", "REG_SZ", "debug");
        work();
        let log = logs().pop().expect("a log");
        let log = fs::read_to_string(log).expect("the log");
        assert!(log.contains(" siru-minidriver["), "{log}");
        assert!(log.contains("the PIN was not accepted"), "{log}");
        assert!(!log.contains(WRONG), "{log}");
    });
}
