//! Does the window cost nothing while nothing happens? With and without a card, with a form open and
//! the keyboard in it, and minimised: over five seconds neither the program nor the X server, which
//! would have to draw, uses more than the shortest time the system counts.
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops where it breaks"
)]

use std::fs;
use std::thread;
use std::time::Duration;

use serde_json::json;
use siru_tests::rig::{Simulator, wait_until, with_readers};
use siru_tests::window::Window;

const ROW: &str = "list item";

/// How long it is watched.
const WATCHED: Duration = Duration::from_secs(5);

/// Used nothing for so long, it has come to rest.
const REST: Duration = Duration::from_millis(300);

/// The time a process has used so far, in ticks of the system: a hundredth of a second each.
fn ticks(pid: u32) -> u64 {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).expect("a process");
    let (_, fields) = stat.rsplit_once(") ").expect("a name");
    let used = fields.split(' ').skip(11).take(2);
    used.map(|ticks| ticks.parse::<u64>().expect("a number"))
        .sum()
}

/// Fails unless the window comes to rest and then uses nothing worth counting.
fn assert_idle(window: &mut Window) {
    let server = window.ask(&json!({ "do": "server" })).as_u64();
    let server = server.and_then(|pid| pid.try_into().ok()).expect("a pid");
    let watched = [("the program", window.pid()), ("the X server", server)];
    let used = || watched.map(|(_, pid)| ticks(pid));
    let mut before = used();
    wait_until("the window to come to rest", || {
        thread::sleep(REST);
        let now = used();
        std::mem::replace(&mut before, now) == now
    });
    thread::sleep(WATCHED);
    for ((name, pid), before) in watched.into_iter().zip(before) {
        let used = ticks(pid) - before;
        assert!(used <= 1, "{name} used {used} ticks in {WATCHED:?}");
    }
}

#[test]
fn a_window_without_a_card_costs_nothing() {
    with_readers(1, || {
        let _simulator = Simulator::with(&[]);
        let mut window = Window::open(&[]);
        window.find("heading", "Insert a card");
        assert_idle(&mut window);
    });
}

#[test]
fn a_window_with_a_card_costs_nothing() {
    with_readers(1, || {
        let _simulator = Simulator::with(&["v4"]);
        let mut window = Window::open(&[]);
        window.find(ROW, ".*ÅSTRÖM, basic PIN.*");
        assert_idle(&mut window);
    });
}

#[test]
fn a_form_costs_nothing_while_nobody_types() {
    with_readers(1, || {
        let _simulator = Simulator::with(&["v4"]);
        let mut window = Window::open(&[]);
        window.press(ROW, ".*ÅSTRÖM, basic PIN.*");
        window.fill("PIN1", "7391");
        assert_idle(&mut window);
    });
}

#[test]
fn a_minimised_window_costs_nothing() {
    with_readers(1, || {
        let mut simulator = Simulator::with(&["v4"]);
        let mut window = Window::open(&[]);
        window.find(ROW, ".*ÅSTRÖM, basic PIN.*");
        window.ask(&json!({ "do": "minimise" }));
        assert_idle(&mut window);
        simulator.take_out(0);
        assert_idle(&mut window);
    });
}
