//! What does `siru_minidriver.dll` make of bad calls, and of cards that go, are swapped, reset and used
//! by others, and of a service that ends?
#![allow(clippy::expect_used, reason = "a test stops where it breaks")]

use siru_tests::rig::{Simulator, wait_for_card, with_readers};
use siru_windows_tests::card_module::{acquired, assert_nothing_verified};
use siru_windows_tests::host::Host;
use siru_windows_tests::wine::Wine;

const NO_SERVICE: u32 = 0x8010_001D;
const SERVICE_STOPPED: u32 = 0x8010_001E;
const RESET: u32 = 0x8010_0068;
const REMOVED: u32 = 0x8010_0069;
const SECURITY_VIOLATION: u32 = 0x8010_006A;

/// An order to sign for a key on P-384.
fn sign() -> String {
    format!("sign 1 0 0 0 - 0 {}", "ab".repeat(48))
}

#[test]
fn every_version_of_the_structure_gets_what_it_has_room_for() {
    with_readers(1, || {
        let simulator = Simulator::with(&["v4"]);
        wait_for_card(0, true);
        let wine = Wine::start();
        let mut host = Host::start_card_module(&wine);
        host.succeed("connect 0");
        host.succeed("versions");
        host.succeed("again");
        host.finish();
        assert!(simulator.attempts().is_empty());
    });
}

#[test]
fn bad_calls_are_refused_and_touch_nothing() {
    with_readers(1, || {
        let mut simulator = Simulator::with(&["v4"]);
        wait_for_card(0, true);
        let wine = Wine::start();
        // AT_SIGNATURE of RSA, and the word for P-384.
        for (image, bad) in [("v4", "bad 4"), ("v3", "bad 2"), ("organisation", "bad 4")] {
            simulator.take_out(0);
            simulator.put_in(&format!("insert {image}"), 0);
            for version in 4..=7 {
                let mut host = acquired(&wine, version);
                for table in [bad, "memory"] {
                    assert_eq!(
                        host.order(table).0,
                        0,
                        "{image}, version {version}: {table}"
                    );
                }
                host.succeed("delete");
                host.succeed("late");
                host.finish();
            }
            assert_eq!(simulator.tries(0), [5; 3], "{image}");
        }
        assert!(simulator.attempts().is_empty());
    });
}

#[test]
fn threads_share_a_context_until_it_is_given_up() {
    with_readers(1, || {
        let mut simulator = Simulator::with(&["v4"]);
        wait_for_card(0, true);
        let wine = Wine::start();
        let mut host = acquired(&wine, 7);
        host.succeed("pin 1234");
        host.succeed("threads");
        host.succeed("late");
        host.finish();
        assert_eq!(simulator.attempts().len(), 1);
        assert_nothing_verified(&mut simulator, 0);
    });
}

#[test]
fn callers_do_not_see_each_others_cards() {
    with_readers(1, || {
        let mut simulator = Simulator::with(&["v4", "organisation"]);
        wait_for_card(0, true);
        wait_for_card(1, true);
        let wine = Wine::start();
        let mut host = acquired(&wine, 7);
        let first = host.succeed("file . cardid");
        host.succeed("caller 1");
        host.succeed("connect 1");
        host.succeed("acquire 7");
        let second = host.succeed("file . cardid");
        assert_ne!(first, second);
        // The first card once more, by a connection of its own.
        host.succeed("caller 2");
        host.succeed("connect 0");
        host.succeed("acquire 7");
        assert_eq!(host.succeed("file . cardid"), first);
        host.succeed("caller 0");
        host.succeed("pin 1234");
        assert_eq!(host.succeed(&sign()).len(), 96);
        // Neither another card nor the same one for somebody else.
        for caller in [1, 2] {
            host.succeed(&format!("caller {caller}"));
            assert_eq!(host.order(&sign()).0, SECURITY_VIOLATION);
            assert_eq!(host.succeed("property 0 Authenticated State"), [0; 4]);
        }
        // Who logged in takes the log-in along.
        host.succeed("caller 0");
        host.succeed("delete");
        host.succeed("caller 2");
        assert_eq!(host.order(&sign()).0, SECURITY_VIOLATION);
        host.succeed("pin 1234");
        assert_eq!(host.succeed(&sign()).len(), 96);
        host.succeed("caller 0");
        host.succeed("late");
        for caller in [1, 2] {
            host.succeed(&format!("caller {caller}"));
            host.succeed("delete");
        }
        host.finish();
        assert_eq!(simulator.attempts().len(), 2);
        for reader in [0, 1] {
            assert_nothing_verified(&mut simulator, reader);
        }
    });
}

#[test]
fn a_card_that_was_pulled_is_gone_and_its_pin_reaches_no_other() {
    with_readers(1, || {
        let mut simulator = Simulator::with(&["v4"]);
        wait_for_card(0, true);
        let wine = Wine::start();
        let mut host = acquired(&wine, 7);
        host.succeed("pin 1234");
        assert_eq!(host.succeed(&sign()).len(), 96);
        simulator.take_out(0);
        for order in [
            &sign(),
            "pin 1234",
            "pinex 1234",
            "change 1234 5937",
            "unblock 12345678 5937",
        ] {
            assert_eq!(host.order(order).0, REMOVED, "{order}");
        }
        // The same card once more: the log-in has ended.
        simulator.put_in("reinsert", 0);
        assert_eq!(host.order("pin 1234").0, REMOVED, "by the old connection");
        host.succeed("connect 0");
        assert_eq!(host.order(&sign()).0, SECURITY_VIOLATION);
        assert_eq!(simulator.attempts().len(), 1);
        host.succeed("pin 1234");
        assert_eq!(host.succeed(&sign()).len(), 96);
        // Another one.
        simulator.take_out(0);
        simulator.put_in("insert v4-last-try", 0);
        host.succeed("connect 0");
        for order in [
            &sign(),
            "pin 1234",
            "change 1234 5937",
            "unblock 12345678 5937",
        ] {
            assert_eq!(host.order(order).0, REMOVED, "{order}");
        }
        host.succeed("delete");
        host.succeed("acquire 7");
        host.succeed("file mscp ksc00");
        host.succeed("delete");
        simulator.take_out(0);
        // That of an Estonian is for other modules.
        simulator.put_in("insert foreign", 0);
        host.succeed("connect 0");
        assert_eq!(
            host.order("acquire 7").0,
            0x8010_000D,
            "SCARD_E_UNKNOWN_CARD"
        );
        host.finish();
        assert_eq!(simulator.attempts().len(), 2);
    });
}

#[test]
fn another_program_is_let_finish_and_its_reset_ends_the_log_in() {
    with_readers(1, || {
        let simulator = Simulator::with(&["v4"]);
        wait_for_card(0, true);
        let wine = Wine::start();
        let mut host = acquired(&wine, 7);
        let mut other = acquired(&wine, 7);
        other.succeed("hold");
        host.begin("pin 1234");
        other.succeed("file mscp ksc00");
        other.succeed("file mscp msroots");
        assert!(
            simulator.attempts().is_empty(),
            "in the transaction of another"
        );
        other.succeed("release");
        assert_eq!(host.answer().0, 0, "the PIN");
        assert_eq!(host.succeed(&sign()).len(), 96);
        other.succeed("hold");
        other.succeed("reset");
        assert_eq!(host.order(&sign()).0, RESET);
        assert_eq!(host.order("pin 1234").0, RESET);
        host.succeed("reconnect");
        assert_eq!(host.order(&sign()).0, SECURITY_VIOLATION);
        assert_eq!(simulator.attempts().len(), 1);
        host.succeed("pin 1234");
        assert_eq!(host.succeed(&sign()).len(), 96);
        other.succeed("reconnect");
        host.succeed("delete");
        other.succeed("delete");
        host.finish();
        other.finish();
        assert_eq!(simulator.attempts().len(), 2);
    });
}

#[test]
fn a_service_that_ends_is_told_and_nothing_is_sent() {
    with_readers(1, || {
        let simulator = Simulator::with(&["v4"]);
        wait_for_card(0, true);
        let mut wine = Wine::start();
        let mut host = acquired(&wine, 7);
        host.succeed("pin 1234");
        wine.stop_service();
        for order in [&sign(), "pin 1234", "change 1234 5937"] {
            let (code, _) = host.order(order);
            assert!(
                [NO_SERVICE, SERVICE_STOPPED].contains(&code),
                "{order}: {code:#x}"
            );
        }
        host.succeed("delete");
        wine.start_service();
        host.succeed("caller 1");
        host.succeed("connect 0");
        host.succeed("acquire 7");
        assert_eq!(host.order(&sign()).0, SECURITY_VIOLATION);
        host.succeed("pin 1234");
        assert_eq!(host.succeed(&sign()).len(), 96);
        host.succeed("delete");
        host.finish();
        assert_eq!(simulator.attempts().len(), 2);
    });
}
