//! Can a person do it all in the window? A real one, on cards in real PC/SC readers, found over
//! the accessibility bus and typed into from the keyboard, with the ledger compared after each.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test stops where it breaks"
)]

use std::path::Path;
use std::process::{Command, Stdio};

use rustix::process::{Pid, Signal, kill_process};
use siru_tests::login::roots;
use siru_tests::rig::{Simulator, port, wait_until, with_readers};
use siru_tests::window::Window;

const ROW: &str = "list item";
const TAB: &str = "page tab";
const BUTTON: &str = "push button";

/// Chooses a PIN of a person and what to do with it.
fn choose(window: &mut Window, row: &str, tab: &str) {
    window.select(row);
    window.press(TAB, tab);
}

/// No other program finds a PIN that it could use.
fn assert_left_unverified(simulator: &mut Simulator, reader: u16) {
    let verified = simulator.counters(reader)["verified"].to_string();
    assert!(!verified.contains("true"), "{verified}");
}

#[test]
fn check_fail_lock_unlock_and_change_a_pin() {
    with_readers(1, || {
        let mut simulator = Simulator::with(&["v4", "organisation"]);
        let mut window = Window::open(&[]);
        window.find(ROW, ".*ÅSTRÖM, basic PIN \\(PIN1\\), 5 of 5 tries left");
        window.find(
            ROW,
            ".*Sjögren, signature PIN \\(PIN2\\), 5 of 5 tries left",
        );
        assert!(
            simulator.attempts().is_empty(),
            "looking presented something"
        );

        choose(&mut window, ".*ÅSTRÖM, basic PIN.*", "Check PIN");
        window.enabled(BUTTON, "Check", false);
        window.fill("PIN1", "1234");
        window.press(BUTTON, "Check");
        window.find("heading", "PIN verification successful");
        assert_eq!(
            (simulator.attempts().len(), simulator.tries(0)),
            (1, [5, 5, 5])
        );

        // Other digits each time: those that were refused are not sent again.
        for left in (1..5).rev() {
            window.fill("PIN1", &format!("739{left}"));
            window.keys(&["Return"]);
            window.find("heading", "PIN verification failed");
            window.find(
                ROW,
                &format!(".*ÅSTRÖM, basic PIN.*, {left} of 5 tries left"),
            );
            assert_eq!(simulator.tries(0), [left, 5, 5]);
        }
        assert_eq!(simulator.attempts().len(), 5);

        // The last try wants a tick at the consequence; Enter alone sends nothing.
        window.find("check box", ".*");
        window.fill("PIN1", "7390");
        window.enabled(BUTTON, "Check", false);
        window.keys(&["Return"]);
        assert_eq!(simulator.attempts().len(), 5);
        window.press("check box", ".*");
        window.press(BUTTON, "Check");
        window.find("heading", "PIN is locked!");
        window.find(ROW, ".*ÅSTRÖM, basic PIN.*, Locked");
        assert_eq!(
            (simulator.attempts().len(), simulator.tries(0)),
            (6, [0, 5, 5])
        );

        window.press(TAB, "Unlock PIN");
        window.fill("PUK/Activation code", "12345678");
        window.keys(&["Tab"]);
        window.fill("New PIN", "246810");
        window.keys(&["Tab"]);
        window.fill("New PIN again", "246810");
        window.press(BUTTON, "Unlock");
        window.find(ROW, ".*ÅSTRÖM, basic PIN.*, 5 of 5 tries left");
        assert_eq!(
            (simulator.attempts().len(), simulator.tries(0)),
            (7, [5, 5, 5])
        );

        choose(&mut window, ".*Sjögren, signature PIN.*", "Change PIN");
        window.fill("Current PIN", "123456");
        window.keys(&["Tab"]);
        window.fill("New PIN", "975310");
        window.keys(&["Tab"]);
        window.fill("New PIN again", "975311");
        window.enabled(BUTTON, "Change", false);
        window.keys(&["BackSpace", "0"]);
        window.enabled(BUTTON, "Change", true);
        window.press(BUTTON, "Change");
        window.enabled(BUTTON, "Change", false);
        wait_until("the change", || simulator.attempts().len() == 8);
        let last = simulator.attempts().pop().expect("an attempt");
        assert_eq!(
            (&last["instruction"], &last["status"]),
            (&0x24.into(), &0x9000.into())
        );
        for reader in [0, 1] {
            assert_left_unverified(&mut simulator, reader);
        }
        window.press(BUTTON, "Close");
        window.absent(TAB, "Check PIN");
    });
}

#[test]
fn the_log_in_test_spends_one_presentation_and_names_the_holder() {
    with_readers(1, || {
        let mut simulator = Simulator::with(&["v4"]);
        let mut window = Window::open(&["--trust", &roots()]);
        window.press(BUTTON, "Log-in test: .*ÅSTRÖM");
        window.enabled(BUTTON, "Test", false);
        window.fill("PIN1", "1234");
        window.press(BUTTON, "Test");
        window.find("heading", "Card and module work; no browser is set up");
        window.find("label", "Holder: .*ÅSTRÖM.*");
        window.find("label", "Valid until: .*20[0-9][0-9].*");
        window.find("label", "Chain: .*Siru TEST Root CA - ECC.*");
        assert_eq!(simulator.attempts().len(), 1);
        assert_eq!(simulator.signatures(), 2, "one for each version of TLS");
        assert_eq!(simulator.tries(0), [5, 5, 5]);
        assert_left_unverified(&mut simulator, 0);

        // A wrong PIN is one try, and Enter confirms as the button does.
        window.fill("PIN1", "7391");
        window.keys(&["Return"]);
        window.find("heading", "PIN verification failed");
        window.find("label", ".*4 tries left.*");
        window.find(ROW, ".*ÅSTRÖM, basic PIN.*, 4 of 5 tries left");
        assert_eq!(simulator.attempts().len(), 2);
        assert_eq!(simulator.tries(0), [4, 5, 5]);
        assert_left_unverified(&mut simulator, 0);
        window.press(BUTTON, "Close");
        window.absent(BUTTON, "Test");
    });
}

#[test]
fn the_log_in_test_trusts_only_what_it_was_told_to() {
    with_readers(1, || {
        let mut simulator = Simulator::with(&["v4"]);
        let mut window = Window::open(&[]);
        window.press(BUTTON, "Log-in test: .*ÅSTRÖM");
        window.fill("PIN1", "1234");
        window.press(BUTTON, "Test");
        window.find("heading", "The chain is not trusted");
        window.find("label", "Holder: .*ÅSTRÖM.*");
        assert!(simulator.attempts().is_empty(), "a PIN for nothing");
        assert_eq!(simulator.tries(0), [5, 5, 5]);
    });
}

#[test]
fn the_log_in_test_is_there_without_a_card_and_takes_the_one_that_comes() {
    with_readers(1, || {
        let mut simulator = Simulator::with(&[]);
        let mut window = Window::open(&["--trust", &roots()]);
        window.find("heading", "Insert a card");
        window.press(BUTTON, "Log-in test");
        window.find("heading", "There is no card in the reader");
        window.focused(BUTTON, "Test in the browser");
        window.absent("password text", ".*");
        window.keys(&["Escape"]);
        window.find("heading", "Insert a card");
        window.focused(BUTTON, "Log-in test");
        window.keys(&["Return"]);
        window.find("heading", "There is no card in the reader");

        simulator.put_in("insert v4", 0);
        window.find("label", ".*ÅSTRÖM");
        window.fill("PIN1", "1234");
        window.press(BUTTON, "Test");
        window.find("heading", "Card and module work; no browser is set up");
        assert_eq!(simulator.attempts().len(), 1);
        assert_left_unverified(&mut simulator, 0);
    });
}

#[test]
fn a_subject_of_the_help_tells_assistive_technology_whether_it_is_open() {
    with_readers(1, || {
        let _simulator = Simulator::with(&[]);
        let mut window = Window::open(&[]);
        window.choose(TAB, "Help", 0);
        let (role, name) = ("toggle button", "A forgotten PIN");
        let is_pressed = |window: &mut Window| {
            let opener = window.find(role, name);
            let states = opener["states"].as_array().expect("its states");
            states.iter().any(|state| state == "pressed")
        };
        assert!(!is_pressed(&mut window));
        for open in [true, false] {
            window.press(role, name);
            wait_until("the other state", || is_pressed(&mut window) == open);
        }
    });
}

#[test]
fn ten_clicks_and_enter_send_one_command() {
    with_readers(1, || {
        let mut simulator = Simulator::with(&["v4"]);
        simulator.tell(&format!("latency {} 150", port(0)));
        let mut window = Window::open(&[]);
        choose(&mut window, ".*ÅSTRÖM, signature PIN.*", "Check PIN");
        window.fill("PIN2", "864208");
        window.keys(&["Return"; 10]);
        window.find("heading", "PIN verification failed");
        window.find(ROW, ".*ÅSTRÖM, signature PIN.*, 4 of 5 tries left");
        assert_eq!(
            (simulator.attempts().len(), simulator.tries(0)),
            (1, [5, 4, 5])
        );
    });
}

#[test]
fn cards_come_and_go_and_so_does_the_service() {
    with_readers(1, || {
        let mut simulator = Simulator::with(&["v4"]);
        let mut window = Window::open(&[]);
        window.find(ROW, ".*ÅSTRÖM, basic PIN.*");
        simulator.put_in("insert v3-locked", 1);
        window.find(ROW, ".*MÄKELÄ, basic PIN.*, Locked");

        // A card that goes takes the form and what was typed with it.
        choose(&mut window, ".*ÅSTRÖM, basic PIN.*", "Check PIN");
        window.fill("PIN1", "739");
        simulator.take_out(0);
        window.absent(ROW, ".*ÅSTRÖM.*");
        window.absent("password text", ".*");
        assert!(simulator.attempts().is_empty());

        simulator.put_in("insert foreign", 0);
        window.find(
            "label|heading",
            ".*not a Finnish.*|.*another card.*|.*not a FINEID.*",
        );

        let pid = std::env::var("PCSCD_PID")
            .expect("the daemon")
            .parse()
            .expect("a number");
        kill_process(Pid::from_raw(pid).expect("a pid"), Signal::TERM).expect("a process");
        window.absent(ROW, ".*");
        wait_until("the service's end", || {
            !Path::new("/run/pcscd/pcscd.comm").exists()
        });
        let configuration = std::env::var("PCSCD_CONF").expect("its configuration");
        let mut service = Command::new("/usr/sbin/pcscd")
            .args(["--foreground", "-c", &configuration])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("pcscd starts");
        window.find(ROW, ".*MÄKELÄ, basic PIN.*, Locked");
        drop(window);
        service.kill().expect("a process");
        service.wait().expect("its end");
    });
}
