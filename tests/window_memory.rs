//! What is left of a PIN that was typed into the window? Its memory, its files, what it prints, the
//! clipboard and the accessibility bus are searched, after every way in which a form can end.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test stops where it breaks"
)]

use std::fs;

use serde_json::json;
use siru_tests::command_line::siru;
use siru_tests::login::roots;
use siru_tests::rig::{Simulator, port, wait_until, with_readers};
use siru_tests::searched::{End, Flow, Searched};
use siru_tests::words::Words;

/// PIN1 of the first card, once [`Searched::start`] has set it: long enough not to be met by chance.
const PIN: &str = "91827364";
/// Codes that are found nowhere but where somebody types them. No two have six digits in common.
const WRONG: &str = "58203917";
const NEW: &str = "40718265";
const WRONG_PUK: &str = "26495081";
const UNLOCKED: &str = "73910482";
const CANCELLED: &str = "85920317";
const PULLED: &str = "61938205";
const CLOSED: &str = "37508194";
const SLOW: &str = "28491703";
const COPIED: &str = "94615038";
const PLAIN: &str = "70419285";
const FIRST_OWN: &str = "60394712";
const SECOND_OWN: &str = "49261830";
const WRONG_ACTIVATION: &str = "6172049";
const BOTH_FIRST: &str = "84150372";
const BOTH_SECOND: &str = "17396058";
/// What all virtual cards have. Numbers in a row are met everywhere, so they are not searched for.
const PUK: &str = "12345678";
const ACTIVATION_PIN: &str = "1234567";

const FIRST: &str = ".*ÅSTRÖM, basic PIN.*";
const SECOND: &str = ".*ÅSTRÖM, signature PIN.*";
const LOCKED: &str = ".*MÄKELÄ, basic PIN.*";
const NEW_CARD: &str = ".*HYVÖNEN, basic PIN.*";

/// Forms whose codes go to the card.
const SENT: &[Flow] = &[
    Flow {
        row: FIRST,
        tab: "check-pin",
        fields: &[("pin1", PIN)],
        end: End::Said("check-done"),
    },
    Flow {
        row: FIRST,
        tab: "check-pin",
        fields: &[("pin1", WRONG)],
        end: End::Said("check-failed"),
    },
    Flow {
        row: FIRST,
        tab: "change-pin",
        fields: &[
            ("current-pin", PIN),
            ("new-pin", NEW),
            ("new-pin-again", NEW),
        ],
        end: End::Said("change-done"),
    },
    Flow {
        row: LOCKED,
        tab: "unlock-pin",
        fields: &[
            ("puk", WRONG_PUK),
            ("new-pin", UNLOCKED),
            ("new-pin-again", UNLOCKED),
        ],
        end: End::Said("puk-failed"),
    },
    Flow {
        row: LOCKED,
        tab: "unlock-pin",
        fields: &[
            ("puk", PUK),
            ("new-pin", UNLOCKED),
            ("new-pin-again", UNLOCKED),
        ],
        end: End::Said("unlock-done"),
    },
    Flow {
        row: NEW_CARD,
        tab: "activate",
        fields: &[
            ("activation-pin", WRONG_ACTIVATION),
            ("new-pin1", FIRST_OWN),
            ("new-pin1-again", FIRST_OWN),
            ("new-pin2", SECOND_OWN),
            ("new-pin2-again", SECOND_OWN),
        ],
        end: End::Said("check-failed"),
    },
    Flow {
        row: NEW_CARD,
        tab: "activate",
        fields: &[
            ("activation-pin", ACTIVATION_PIN),
            ("new-pin1", FIRST_OWN),
            ("new-pin1-again", FIRST_OWN),
            ("new-pin2", SECOND_OWN),
            ("new-pin2-again", SECOND_OWN),
        ],
        end: End::Said("pair-done"),
    },
    Flow {
        row: LOCKED,
        tab: "unlock-pin",
        fields: &[
            ("set-pin2-too", ""),
            ("puk", PUK),
            ("new-pin1", BOTH_FIRST),
            ("new-pin1-again", BOTH_FIRST),
            ("new-pin2", BOTH_SECOND),
            ("new-pin2-again", BOTH_SECOND),
        ],
        end: End::Said("pair-done"),
    },
];

/// Forms whose codes go nowhere.
const NOT_SENT: &[Flow] = &[
    Flow {
        row: SECOND,
        tab: "check-pin",
        fields: &[("pin2", CANCELLED)],
        end: End::Escape,
    },
    Flow {
        row: SECOND,
        tab: "check-pin",
        fields: &[("pin2", PULLED)],
        end: End::Pulled(0),
    },
];

/// The first card gets a PIN1 that is met nowhere by chance.
fn with_long_pin(images: &[&str]) -> Simulator {
    let simulator = Simulator::with(images);
    let arguments = ["change", "--reader", "1", "--pin", "1", "--pin-file", "-"];
    wait_until("the card to be read", || {
        siru(&arguments, &["1234", PIN]).code == 0
    });
    simulator
}

#[test]
fn nothing_is_left_of_a_code_that_was_sent() {
    with_readers(2, || {
        let mut simulator = with_long_pin(&["v4", "v3-locked", "v4-fresh"]);
        let before = simulator.attempts().len();
        let mut searched = Searched::start(
            &[],
            &[
                PIN,
                WRONG,
                NEW,
                WRONG_PUK,
                UNLOCKED,
                BOTH_FIRST,
                BOTH_SECOND,
                WRONG_ACTIVATION,
                FIRST_OWN,
                SECOND_OWN,
            ],
        );
        for flow in SENT {
            searched.go_through(flow, &mut simulator);
        }
        assert_eq!(
            simulator.attempts().len(),
            before + SENT.len() + 2,
            "two of them set two PINs each"
        );
        searched.assert_nothing_left();
        searched.assert_nothing_outside();
    });
}

#[test]
fn nothing_is_left_of_a_code_that_was_not_sent() {
    with_readers(1, || {
        let mut simulator = Simulator::with(&["v4"]);
        let mut searched = Searched::start(&[], &[CANCELLED, PULLED]);
        for flow in NOT_SENT {
            searched.go_through(flow, &mut simulator);
        }
        assert!(simulator.attempts().is_empty());
        searched.assert_nothing_left();
        searched.assert_nothing_outside();
        let limits = fs::read_to_string(format!("/proc/{}/limits", searched.pid)).expect("limits");
        let mut limits = limits.lines();
        let core = limits.find(|line| line.starts_with("Max core file size"));
        let core: Vec<&str> = core.expect("a limit").split_whitespace().collect();
        assert_eq!(core[4..6], ["0", "0"], "memory may be dumped");
    });
}

#[test]
fn nothing_is_left_of_a_code_for_the_log_in_test_nor_on_the_clipboard() {
    with_readers(1, || {
        let simulator = with_long_pin(&["v4"]);
        let mut searched = Searched::start(&["--trust", &roots()], &[PIN, WRONG, COPIED]);
        let words = Words::of("en");
        searched
            .window
            .press("push button", "Log-in test: .*ÅSTRÖM");

        // What another program has copied stays where it is, and what is marked here goes nowhere.
        let before = json!(["before", "before"]);
        searched
            .window
            .ask(&json!({ "do": "copy", "text": "before" }));
        assert_eq!(searched.window.ask(&json!({ "do": "copied" })), before);
        for keys in [["ctrl+a", "ctrl+c"], ["ctrl+a", "ctrl+x"]] {
            searched.window.fill("PIN1", COPIED);
            searched.window.keys(&keys);
            searched.window.keys(&["ctrl+a", "BackSpace"]);
            searched.window.shows("password text", "PIN1", "");
            assert_eq!(searched.window.ask(&json!({ "do": "copied" })), before);
            searched.assert_gone(COPIED, keys[1]);
        }

        for (pin, headline) in [(PIN, "login-unregistered"), (WRONG, "check-failed")] {
            searched.window.fill("PIN1", pin);
            searched.assert_only_in_fields(pin, 1);
            searched.window.keys(&["Return"]);
            searched.window.find("heading", &words.say(headline));
            searched.assert_gone(pin, headline);
        }
        assert_eq!(
            simulator.attempts().len(),
            3,
            "one was the change of the PIN"
        );
        searched.assert_nothing_left();
        searched.assert_nothing_outside();
    });
}

#[test]
fn nothing_is_left_when_the_window_is_closed_while_the_card_works() {
    with_readers(1, || {
        let mut simulator = Simulator::with(&["v4"]);
        let mut searched = Searched::start(&[], &[SLOW, CLOSED]);
        let words = Words::of("en");
        simulator.tell(&format!("latency {} 300", port(0)));
        searched.window.press("list item", SECOND);
        searched.window.fill("PIN2", SLOW);
        searched.window.keys(&["Return", "alt+F4"]);
        searched.window.find("heading", &words.say("leaving"));
        searched.window.find("heading", &words.say("check-failed"));
        searched.assert_gone(SLOW, "the answer");
        assert_eq!(simulator.attempts().len(), 1);

        searched.window.fill("PIN2", CLOSED);
        searched.assert_only_in_fields(CLOSED, 1);
        searched.window.keys(&["alt+F4"]);
        assert_eq!(searched.window.ask(&json!({ "do": "ended" })), 0);
        searched.assert_nothing_outside();
        assert_eq!(simulator.attempts().len(), 1);
    });
}

/// A search that finds nothing must be shown to be able to find: an ordinary field of the same
/// program keeps what was typed into it, in its history.
#[test]
fn the_same_search_finds_what_an_ordinary_field_leaves_behind() {
    with_readers(1, || {
        let _simulator = Simulator::with(&["v4-puk-low"]);
        let mut searched = Searched::start(&[], &[PLAIN]);
        let word = searched.words.say("typed-word");
        let label = searched
            .words
            .say_with("accept-word", &[("word", word.as_str().into())]);
        searched.window.press("list item", FIRST);
        searched.window.find(PLAIN_FIELD, &label);
        searched.window.tab_to(PLAIN_FIELD, &label, 0);
        searched.window.type_text(PLAIN);
        searched.window.shows(PLAIN_FIELD, &label, PLAIN);
        searched.window.keys(&["ctrl+a", "BackSpace"]);
        searched.window.shows(PLAIN_FIELD, &label, "");
        let left = searched.found(PLAIN);
        assert!(
            left.get("ASCII text").is_some_and(|times| *times > 0),
            "{left:?}"
        );
        let events = searched.bus.events("TextChanged");
        assert!(
            events.iter().any(|event| event.body.contains('7')),
            "{events:?}"
        );
    });
}

const PLAIN_FIELD: &str = "entry";
