//! A person who has a keyboard, perhaps a screen reader, and no mouse: flows through the forms as
//! tables, and what must be true of every control.

use serde_json::Value;

use crate::bus::Bus;
use crate::rig::Simulator;
use crate::window::{Window, is_stop};
use crate::words::Words;

/// One thing that a person does with a card, from the list to the result.
pub struct Flow {
    /// What it is, for whoever reads that it failed.
    pub what: &'static str,
    /// The reader of the card.
    pub reader: u16,
    /// 0 for PIN1, 1 for PIN2.
    pub pin: usize,
    /// The key of the word on the tab.
    pub tab: &'static str,
    /// What is done in its form, in this order.
    pub steps: &'static [Step],
    /// The key of the headline of the result.
    pub headline: &'static str,
    /// What a screen reader is told beside the headline.
    pub told: Told,
    /// The instructions with a code that go to the card, and its answers.
    pub sent: &'static [(u64, u64)],
    /// Tries left of PIN1, PIN2 and PUK afterwards.
    pub tries: [u64; 3],
}

/// What is done in a form.
pub enum Step {
    /// Type digits into the field with the label of this key.
    Type(&'static str, &'static str),
    /// Enter sends nothing as long as the consequence has not been accepted.
    EnterInVain,
    /// Accept the consequence by a tick.
    Tick,
    /// Accept it by typing the word.
    Word,
    /// Confirm with Enter, where the keyboard is.
    Enter,
    /// Confirm with the button of this key.
    Button(&'static str),
}

/// What a screen reader says of the result, beside the headline.
pub enum Told {
    /// How many tries the code has left.
    Left(&'static str, u64),
    /// The sentence of this key.
    Sentence(&'static str),
}

/// A person without a mouse who speaks one of the languages.
pub struct Person {
    /// The window.
    pub window: Window,
    /// What it should say.
    pub words: Words,
    /// What is said on the accessibility bus.
    pub bus: Bus,
    /// The cards.
    pub simulator: Simulator,
}

impl Person {
    /// Does it by keyboard alone, from the list to the result and back.
    ///
    /// # Panics
    ///
    /// When it cannot be done, or window, card and screen reader do not agree about it.
    pub fn go_through(&mut self, flow: &Flow) {
        let sent_before = self.simulator.attempts().len();
        let row = usize::from(flow.reader) * 2 + flow.pin;
        self.window.tab_to("list item", "", row);
        self.window.keys(&["Return"]);
        let tab = self.words.say(flow.tab);
        if !is_chosen(&self.window.find("page tab", &tab)) {
            self.window.tab_to("page tab", &tab, 0);
            self.window.keys(&["space"]);
        }
        let mut fields = 0;
        for step in flow.steps {
            self.take(step, &mut fields, sent_before);
        }
        let headline = self.words.say(flow.headline);
        self.window.find("heading", &headline);
        self.bus.wait_announced(&headline);
        self.bus.wait_announced(&match flow.told {
            Told::Left(code, tries) => self.words.left_now(code, tries),
            Told::Sentence(key) => self.words.say(key),
        });
        assert_all_named(&self.window.all());

        let attempts = self.simulator.attempts();
        let sent: Vec<_> = attempts[sent_before..]
            .iter()
            .map(|sent| [&sent["instruction"], &sent["status"]].map(Value::as_u64))
            .collect();
        let expected: Vec<_> = flow
            .sent
            .iter()
            .map(|sent| [Some(sent.0), Some(sent.1)])
            .collect();
        assert_eq!(sent, expected, "{}", flow.what);
        assert_eq!(
            self.simulator.tries(flow.reader),
            flow.tries,
            "{}",
            flow.what
        );

        self.window.keys(&["Escape"]);
        self.window.absent("page tab", &tab);
    }

    fn take(&mut self, step: &Step, fields: &mut usize, sent_before: usize) {
        match step {
            Step::Type(label, digits) => {
                if *fields > 0 {
                    self.window.keys(&["Tab"]);
                }
                *fields += 1;
                self.window.fill(&self.words.say(label), digits);
            }
            Step::EnterInVain => {
                self.window.keys(&["Return"]);
                assert_all_named(&self.window.all());
                assert_eq!(
                    self.simulator.attempts().len(),
                    sent_before,
                    "sent without consent"
                );
            }
            Step::Tick => {
                self.window
                    .tab_to("check box", &self.words.say("accept"), 0);
                self.window.keys(&["space"]);
            }
            Step::Word => {
                let word = self.words.say("typed-word");
                let label = self
                    .words
                    .say_with("accept-word", &[("word", word.as_str().into())]);
                self.window.tab_to("entry", &label, 0);
                self.window.type_text(&word);
            }
            Step::Enter => self.window.keys(&["Return"]),
            Step::Button(key) => {
                let button = self.words.say(key);
                self.window.enabled("push button", &button, true);
                self.window.tab_to("push button", &button, 0);
                self.window.keys(&["space"]);
            }
        }
    }
}

fn is_chosen(tab: &Value) -> bool {
    tab["states"]
        .as_array()
        .expect("states")
        .iter()
        .any(|state| state == "selected")
}

/// Every control has a name, a role and states that a screen reader can say.
///
/// # Panics
///
/// When one has not.
pub fn assert_all_named(nodes: &[Value]) {
    let of_controls = [
        "heading",
        "label",
        "list box",
        "check box",
        "radio button",
        "page tab",
    ];
    for node in nodes {
        let role = node["role"].as_str().expect("a role");
        let states = node["states"].as_array().expect("states");
        if is_stop(node) || of_controls.contains(&role) || role.ends_with("button") {
            assert_ne!(node["name"], "", "{node}");
            for state in ["showing", "visible"] {
                assert!(
                    states.iter().any(|known| known == state),
                    "not {state}: {node}"
                );
            }
        }
        assert!(
            !["", "unknown", "invalid", "redundant object"].contains(&role),
            "{node}"
        );
    }
}

/// Tab goes through all controls in the order in which they are read, and round again; so it does
/// backwards.
///
/// # Panics
///
/// When it does not.
pub fn assert_tab_goes_round(window: &mut Window) {
    let mut stops = window.all();
    stops.retain(is_stop);
    let names = |stops: &[Value]| -> Vec<String> {
        let said = stops
            .iter()
            .map(|stop| format!("{}: {}", stop["role"], stop["name"]));
        said.collect()
    };
    window.tab_to(stops[0]["role"].as_str().expect("a role"), "", 0);
    let mut visited: Vec<Value> = stops.iter().skip(1).map(|_| window.step("Tab")).collect();
    visited.insert(0, window.step("Tab"));
    assert_eq!(names(&visited), names(&stops));
    let back = window.step("shift+Tab");
    assert_eq!(back["name"], stops[stops.len() - 1]["name"], "backwards");
}
