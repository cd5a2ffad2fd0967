//! Can a person do everything in each language and without a mouse? Every flow by keyboard alone,
//! its words compared with the sentences of the language, its result with what a screen reader is
//! told and with the ledger.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test stops where it breaks"
)]

use serde_json::Value;
use siru_tests::bus::Bus;
use siru_tests::keyboard::{Flow, Person, Step, Told, assert_all_named, assert_tab_goes_round};
use siru_tests::rig::{Simulator, wait_until, with_readers};
use siru_tests::window::Window;
use siru_tests::words::Words;

/// The cards, one for each reader.
const CARDS: [&str; 5] = [
    "v4",
    "v3-locked",
    "organisation-last-try",
    "v4-puk-low",
    "v4-fresh",
];

const VERIFY: u64 = 0x20;
const CHANGE: u64 = 0x24;
const RESET: u64 = 0x2C;

const FLOWS: &[Flow] = &[
    Flow {
        what: "a right PIN",
        reader: 0,
        pin: 0,
        tab: "check-pin",
        steps: &[Step::Type("pin1", "1234"), Step::Enter],
        headline: "check-done",
        told: Told::Left("pin1", 5),
        sent: &[(VERIFY, 0x9000)],
        tries: [5, 5, 5],
    },
    Flow {
        what: "a wrong PIN",
        reader: 0,
        pin: 1,
        tab: "check-pin",
        steps: &[Step::Type("pin2", "864208"), Step::Button("button-check")],
        headline: "check-failed",
        told: Told::Left("pin2", 4),
        sent: &[(VERIFY, 0x63C4)],
        tries: [5, 4, 5],
    },
    Flow {
        what: "a forgotten PIN that is not locked",
        reader: 0,
        pin: 1,
        tab: "unlock-pin",
        steps: &[
            Step::Type("puk", "12345678"),
            Step::Type("new-pin", "864209"),
            Step::Type("new-pin-again", "864209"),
            Step::Button("button-unlock"),
        ],
        headline: "unlock-done",
        told: Told::Left("pin2", 5),
        sent: &[(RESET, 0x9000)],
        tries: [5, 5, 5],
    },
    Flow {
        what: "another PIN",
        reader: 0,
        pin: 0,
        tab: "change-pin",
        steps: &[
            Step::Type("current-pin", "1234"),
            Step::Type("new-pin", "975310"),
            Step::Type("new-pin-again", "975310"),
            Step::Button("button-change"),
        ],
        headline: "change-done",
        told: Told::Left("pin1", 5),
        sent: &[(CHANGE, 0x9000)],
        tries: [5, 5, 5],
    },
    Flow {
        what: "a locked PIN",
        reader: 1,
        pin: 0,
        tab: "unlock-pin",
        steps: &[
            Step::Type("puk", "12345678"),
            Step::Type("new-pin", "246809"),
            Step::Type("new-pin-again", "246809"),
            Step::Enter,
        ],
        headline: "unlock-done",
        told: Told::Left("pin1", 5),
        sent: &[(RESET, 0x9000)],
        tries: [5, 5, 5],
    },
    Flow {
        what: "the last try of a PIN",
        reader: 2,
        pin: 0,
        tab: "check-pin",
        steps: &[
            Step::Type("pin1", "739146"),
            Step::EnterInVain,
            Step::Tick,
            Step::Button("button-check"),
        ],
        headline: "pin-locked",
        told: Told::Sentence("was-last-try"),
        sent: &[(VERIFY, 0x63C0)],
        tries: [0, 5, 5],
    },
    Flow {
        what: "the last try of the PUK",
        reader: 3,
        pin: 0,
        tab: "unlock-pin",
        steps: &[
            Step::Type("puk", "87654320"),
            Step::Type("new-pin", "246809"),
            Step::Type("new-pin-again", "246809"),
            Step::EnterInVain,
            Step::Word,
            Step::Button("button-unlock"),
        ],
        headline: "puk-locked",
        told: Told::Sentence("was-last-try"),
        sent: &[(RESET, 0x63C0)],
        tries: [0, 5, 0],
    },
    Flow {
        what: "a new card",
        reader: 4,
        pin: 0,
        tab: "activate",
        steps: &[
            Step::Type("activation-pin", "1234567"),
            Step::Type("new-pin1", "246809"),
            Step::Type("new-pin1-again", "246809"),
            Step::Type("new-pin2", "975318"),
            Step::Type("new-pin2-again", "975318"),
            Step::Button("button-activate"),
        ],
        headline: "pair-done",
        told: Told::Sentence("pair-done-detail"),
        sent: &[(CHANGE, 0x9000), (CHANGE, 0x9000)],
        tries: [5, 5, 5],
    },
];

fn everything_in(language: &str) {
    let simulator = Simulator::with(&CARDS);
    let words = Words::of(language);
    let mut window = Window::open_in(language, &[], &[]);
    let reading = words.say("holder-reading");
    wait_until("all cards", || {
        let all = window.all();
        let rows = all.iter().filter(|node| node["role"] == "list item");
        let read = |node: &Value| {
            node["name"]
                .as_str()
                .is_some_and(|name| !name.contains(&reading))
        };
        rows.filter(|node| read(node)).count() == 2 * CARDS.len()
    });
    assert_all_named(&window.all());
    assert_tab_goes_round(&mut window);
    window.tab_to("list item", "", 0);
    assert!(
        window.step("Down")["name"]
            .as_str()
            .is_some_and(|name| name.contains("PIN2"))
    );
    window.keys(&["Escape"]);
    let folder = tempfile::tempdir().expect("a folder");
    let mut person = Person {
        words,
        bus: Bus::listen(&mut window, folder.path()),
        window,
        simulator,
    };
    for flow in FLOWS {
        person.go_through(flow);
    }
    let typed = FLOWS
        .iter()
        .flat_map(|flow| flow.steps)
        .filter_map(|step| match step {
            Step::Type(_, digits) => Some(*digits),
            _ => None,
        });
    person.bus.assert_silent_about(&typed.collect::<Vec<_>>());
}

#[test]
fn everything_in_finnish_without_a_mouse() {
    with_readers(3, || everything_in("fi"));
}

#[test]
fn everything_in_swedish_without_a_mouse() {
    with_readers(3, || everything_in("sv"));
}

#[test]
fn everything_in_english_without_a_mouse() {
    with_readers(3, || everything_in("en"));
}
