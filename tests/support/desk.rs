//! Somebody at a desk with one reader and no mouse, who believes the window only when a screen reader
//! is told the same and the ledger has it too.

use tempfile::TempDir;

use crate::bus::Bus;
use crate::rig::{Simulator, wait_until};
use crate::window::Window;
use crate::words::Words;

/// The one reader.
const READER: u16 = 0;

/// The role of a field for a code.
pub const FIELD: &str = "password text";

/// The desk: a window that is open, and a reader.
pub struct Desk {
    /// The window.
    pub window: Window,
    /// What it should say.
    pub words: Words,
    /// The reader and its cards.
    pub simulator: Simulator,
    bus: Bus,
    /// How many commands with a code the ledger had when it was last looked at.
    known: usize,
    /// How far the record of the bus went when the keyboard was last used.
    heard: u64,
    _folder: TempDir,
}

impl Desk {
    /// The window is open, in one of the languages, and no card is there.
    ///
    /// # Panics
    ///
    /// When it does not open.
    #[must_use]
    pub fn without_card(language: &str) -> Self {
        let simulator = Simulator::with(&[]);
        let words = Words::of(language);
        let mut window = Window::open_in(language, &[], &[]);
        window.find("heading", &words.say("insert-card"));
        let folder = tempfile::tempdir().expect("a folder");
        Self {
            bus: Bus::listen(&mut window, folder.path()),
            window,
            words,
            simulator,
            known: 0,
            heard: 0,
            _folder: folder,
        }
    }

    /// Puts a card in while the window is open.
    pub fn put_in(&mut self, image: &str) {
        self.simulator.put_in(&format!("insert {image}"), READER);
    }

    /// Puts the same card back.
    pub fn put_back(&mut self) {
        self.simulator.put_in("reinsert", READER);
    }

    /// Closes the form and takes the card out.
    pub fn clear(&mut self) {
        self.window.keys(&["Escape"]);
        self.window.absent("page tab", &self.words.say("check-pin"));
        self.simulator.take_out(READER);
        self.window.absent("list item", ".*");
    }

    /// Chooses a row of the list, counted from 0, once its card is read.
    pub fn choose(&mut self, row: usize, code: &str) {
        let name = self
            .words
            .say_with("code", &[("code", code.to_owned().into())]);
        self.window
            .find("list item", &format!(".*{}.*", literally(&name)));
        self.window.tab_to("list item", "", row);
        self.window.keys(&["Return"]);
    }

    /// Types into fields, the first of which has the keyboard, and goes on with Tab, as fast as
    /// somebody who does not look.
    pub fn fill(&mut self, fields: &[(&str, &str)]) {
        let said =
            |(label, digits): &(&str, &str)| (self.words.say(label), "•".repeat(digits.len()));
        let expected: Vec<_> = fields.iter().map(said).collect();
        let digits: Vec<_> = fields.iter().map(|(_, digits)| *digits).collect();
        self.heard = self.bus.now();
        self.window.focused(FIELD, &expected[0].0);
        self.window.type_text(&digits.join("\t"));
        wait_until("the fields to be filled in", || {
            let all = self.window.all();
            let shown = |(label, bullets): &(String, String)| {
                let mut fields = all.iter().filter(|node| node["role"] == FIELD);
                fields.any(|node| node["name"] == **label && node["text"] == **bullets)
            };
            expected.iter().all(shown)
        });
    }

    /// Goes to a field, and types something else into it.
    pub fn retype(&mut self, label: &str, digits: &str) {
        let name = self.words.say(label);
        self.window.tab_to(FIELD, &name, 0);
        self.window.keys(&["ctrl+a", "BackSpace"]);
        self.window.shows(FIELD, &name, "");
        self.fill(&[(label, digits)]);
    }

    /// Confirms with Enter in the field that has the keyboard, once the button of this key may be
    /// pressed.
    pub fn confirm(&mut self, button: &str) {
        let button = self.words.say(button);
        self.window.enabled("push button", &button, true);
        self.heard = self.bus.now();
        self.window.keys(&["Return"]);
    }

    /// The window shows the headline and each of the sentences, and a screen reader has been told
    /// them since the form was confirmed.
    ///
    /// # Panics
    ///
    /// When one of them does not come.
    pub fn is_told(&mut self, headline: &str, sentences: &[String]) {
        self.window.find("heading", &literally(headline));
        wait_until(&format!("{sentences:?} to be shown"), || {
            let all = self.window.all();
            let shown = |sentence: &String| {
                let mut names = all.iter().filter_map(|node| node["name"].as_str());
                names.any(|name| name.contains(sentence))
            };
            sentences.iter().all(shown)
        });
        let sentences = sentences.iter().map(String::as_str);
        let said: Vec<_> = std::iter::once(headline).chain(sentences).collect();
        self.bus.wait_announced_since(self.heard, &said);
    }

    /// The window shows a sentence, perhaps among others.
    ///
    /// # Panics
    ///
    /// When it does not come.
    pub fn reads(&mut self, sentence: &str) {
        self.window
            .find("label", &format!(".*{}.*", literally(sentence)));
    }

    /// A screen reader has been told a sentence since the keyboard was last used.
    pub fn hears(&self, sentence: &str) {
        self.bus.wait_announced_since(self.heard, &[sentence]);
    }

    /// The digits in a field are caught with this sentence, and Enter there sends nothing: it only
    /// goes on to the field `next`, or stays where there is no other.
    ///
    /// # Panics
    ///
    /// When something else happens.
    pub fn is_caught(&mut self, sentence: &str, button: &str, next: Option<&str>) {
        self.reads(sentence);
        let button = self.words.say(button);
        self.window.enabled("push button", &button, false);
        self.window.keys(&["Return"]);
        match next {
            Some(next) => self.window.focused(FIELD, &self.words.say(next)),
            None => {
                // Enter is done with when the key after it is.
                self.window.step("Tab");
            }
        }
        self.reads(sentence);
        self.window.enabled("push button", &button, false);
        assert_eq!(self.sent(), [], "sent although it was caught");
    }

    /// Instruction and status of each command with a code since the last look at the ledger; no
    /// status when it did not reach the card.
    ///
    /// # Panics
    ///
    /// When the ledger is no ledger.
    pub fn sent(&mut self) -> Vec<(u64, Option<u64>)> {
        let attempts = self.simulator.attempts();
        let new = attempts[self.known..].iter().map(|sent| {
            let instruction = sent["instruction"].as_u64().expect("an instruction");
            (instruction, sent["status"].as_u64())
        });
        let new = new.collect();
        self.known = attempts.len();
        new
    }

    /// Tries left of PIN1, PIN2 and PUK; no PIN is left verified.
    ///
    /// # Panics
    ///
    /// When one is.
    pub fn tries(&mut self) -> [u64; 3] {
        let verified = self.simulator.counters(READER)["verified"].clone();
        let none = serde_json::json!({ "pin1": false, "pin2": false, "puk": false });
        assert_eq!(verified, none, "another program could use it");
        self.simulator.tries(READER)
    }

    /// The line of the receipt for a code whose tries went from `before` to `after`.
    #[must_use]
    pub fn receipt(&self, code: &'static str, before: u64, after: u64) -> String {
        let code = self.words.say_with("code", &[("code", code.into())]);
        let variables = [
            ("code", code.into()),
            ("before", before.into()),
            ("after", after.into()),
        ];
        self.words.say_with("tries-change", &variables)
    }

    /// What the receipt says, line by line.
    pub fn receipts(&mut self) -> Vec<String> {
        let start = self.receipt("", 0, 0);
        let (start, _) = start.split_once(", ").expect("a line with a code");
        let all = self.window.all();
        let names = all.iter().filter_map(|node| node["name"].as_str());
        names
            .filter(|name| name.starts_with(start) && name.contains('→'))
            .map(str::to_owned)
            .collect()
    }

    /// Whatever was typed is on the accessibility bus as bullets only.
    ///
    /// # Panics
    ///
    /// When one of `secrets` is there.
    pub fn assert_silent_about(&self, secrets: &[&str]) {
        self.bus.assert_silent_about(secrets);
    }

    /// Whether a tab is the chosen one.
    ///
    /// # Panics
    ///
    /// When the driver does not say.
    pub fn is_on(&mut self, tab: &str) -> bool {
        let tab = self.window.find("page tab", &self.words.say(tab));
        let mut states = tab["states"].as_array().expect("states").iter();
        states.any(|state| state == "selected")
    }
}

/// The expression that fits these words and nothing else.
#[must_use]
pub fn literally(words: &str) -> String {
    let mut expression = String::new();
    for letter in words.chars() {
        if letter.is_ascii_punctuation() {
            expression.push('\\');
        }
        expression.push(letter);
    }
    expression
}
