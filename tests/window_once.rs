//! Is one confirmation one command, however it is given, and only to the card the person saw? Bursts
//! of clicks and keys, with a quick and with a slow reader, and cards swapped at the worst moment.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test stops where it breaks"
)]

use serde_json::json;
use siru_tests::application::exchanges;
use siru_tests::rig::{Simulator, port, wait_until, with_readers};
use siru_tests::window::Window;

const ROW: &str = "list item";
const TAB: &str = "page tab";
const BUTTON: &str = "push button";
const PIN2: &str = ".*ÅSTRÖM, signature PIN.*";

/// A form filled in with what leaves the card as it was when it is sent once, and says so.
struct Form {
    tab: &'static str,
    fields: &'static [(&'static str, &'static str)],
    button: &'static str,
    headline: &'static str,
}

const CHECK: Form = Form {
    tab: "Check PIN",
    fields: &[("PIN2", "864208")],
    button: "Check",
    headline: "PIN verification failed",
};
const CHANGE: Form = Form {
    tab: "Change PIN",
    fields: &[
        ("Current PIN", "123456"),
        ("New PIN", "975310"),
        ("New PIN again", "975310"),
    ],
    button: "Change",
    headline: "PIN changed",
};
const UNLOCK: Form = Form {
    tab: "Unlock PIN",
    fields: &[
        ("PUK/Activation code", "12345678"),
        ("New PIN", "123456"),
        ("New PIN again", "123456"),
    ],
    button: "Unlock",
    headline: "PIN unlocked",
};
const FORMS: [&Form; 3] = [&CHECK, &CHANGE, &UNLOCK];

impl Form {
    fn fill(&self, window: &mut Window) {
        window.select(PIN2);
        window.press(TAB, self.tab);
        for (number, (label, digits)) in self.fields.iter().enumerate() {
            if number > 0 {
                window.keys(&["Tab"]);
            }
            window.fill(label, digits);
        }
        window.enabled(BUTTON, self.button, true);
    }
}

#[test]
fn a_burst_of_clicks_and_enter_sends_one_command() {
    with_readers(1, || {
        let mut simulator = Simulator::with(&["v4"]);
        let mut window = Window::open(&[]);
        let mut sent = 0;
        for latency in [0, 40] {
            simulator.tell(&format!("latency {} {latency}", port(0)));
            for form in FORMS {
                form.fill(&mut window);
                let click =
                    json!({ "do": "click", "role": BUTTON, "name": form.button, "times": 10 });
                window.ask(&click);
                window.find("heading", form.headline);
                sent += 1;
                assert_eq!(
                    simulator.attempts().len(),
                    sent,
                    "{} at {latency} ms",
                    form.button
                );
            }
            assert_eq!(simulator.tries(0), [5, 5, 5]);
        }
    });
}

#[test]
fn enter_and_space_on_the_button_send_one_command() {
    with_readers(1, || {
        let mut simulator = Simulator::with(&["v4"]);
        let mut window = Window::open(&[]);
        simulator.tell(&format!("latency {} 40", port(0)));
        for (sent, form) in FORMS.into_iter().enumerate() {
            form.fill(&mut window);
            window.tab_to(BUTTON, form.button, 0);
            let keys = ["Return", "space", "Return", "space", "Return", "Return"];
            window.ask(&json!({ "do": "burst", "keys": keys }));
            window.find("heading", form.headline);
            assert_eq!(simulator.attempts().len(), sent + 1, "{}", form.button);
        }
        assert_eq!(simulator.tries(0), [5, 5, 5]);
    });
}

#[test]
fn a_card_swapped_before_the_confirmation_gets_nothing() {
    with_readers(1, || {
        let mut simulator = Simulator::with(&["v4"]);
        let mut window = Window::open(&[]);
        for form in FORMS {
            form.fill(&mut window);
            simulator.tell(&format!("swap {} v4-last-try", port(0)));
            window.keys(&["Return"]);
            // Whichever comes first: the watch sees the swap, or the request does.
            window.find("heading|label", UNSENT);
            exchange(&mut simulator, &mut window, "v4-last-try", 1);
            assert!(simulator.attempts().is_empty(), "{}", form.button);
            assert_eq!(simulator.tries(0), [1, 5, 5], "{}", form.button);
            exchange(&mut simulator, &mut window, "v4", 5);
        }
        assert_eq!(simulator.tries(0), [5, 5, 5]);
    });
}

#[test]
fn a_card_swapped_while_the_reader_works_gets_nothing() {
    with_readers(1, || {
        let mut simulator = Simulator::with(&["v4"]);
        let seen = simulator.counters(0)["serial"].clone();
        let mut window = Window::open(&[]);
        CHECK.fill(&mut window);
        simulator.tell(&format!("latency {} 60", port(0)));
        let before = exchanges(&mut simulator);
        window.keys(&["Return"]);
        wait_until("the request to begin", || {
            exchanges(&mut simulator) > before
        });
        simulator.tell(&format!("swap {} v4-last-try", port(0)));
        window.find(
            "heading|label",
            &format!("The result is not known|{UNSENT}"),
        );
        exchange(&mut simulator, &mut window, "v4-last-try", 1);
        let attempts = simulator.attempts();
        assert!(attempts.len() <= 1, "{attempts:?}");
        assert!(
            attempts.iter().all(|attempt| attempt["card"] == seen),
            "{attempts:?}"
        );
        assert_eq!(simulator.tries(0), [1, 5, 5]);
    });
}

/// How the window says that no command with a code went out, whatever the reason.
const UNSENT: &str = ".*[Nn]othing was sent to the card.*";

/// Another card in the reader, until the window shows the tries left of its PIN1. It is taken out
/// first: the virtual reader may have lost the one that came too soon.
fn exchange(simulator: &mut Simulator, window: &mut Window, image: &str, tries: u64) {
    simulator.take_out(0);
    simulator.put_in(&format!("insert {image}"), 0);
    let row = format!(".*ÅSTRÖM, basic PIN.*, {tries} of 5 tries left");
    window.find(ROW, &row);
    window.keys(&["Escape"]);
    window.absent(TAB, "Check PIN");
}
