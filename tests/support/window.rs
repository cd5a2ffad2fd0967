//! A real window on a private display, driven over the accessibility bus and with the keyboard.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::{Value, json};

use crate::rig::{program, support, wait_until};

/// The running program.
pub struct Window {
    child: Child,
    commands: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
}

impl Window {
    /// Starts `siru-desktop` with these options, in English.
    ///
    /// # Panics
    ///
    /// When the display or the accessibility bus cannot be started.
    #[must_use]
    pub fn open(options: &[&str]) -> Self {
        let path = std::env::var("PATH").expect("a path");
        Self::open_on(&path, options)
    }

    /// The same, with the programs it opens things with looked up on this PATH.
    ///
    /// # Panics
    ///
    /// When the display or the accessibility bus cannot be started.
    #[must_use]
    pub fn open_on(path: &str, options: &[&str]) -> Self {
        Self::open_in("en", options, &[("PATH", path)])
    }

    /// The same in one of the three languages, with these variables in its environment.
    ///
    /// # Panics
    ///
    /// When the display or the accessibility bus cannot be started.
    #[must_use]
    pub fn open_in(language: &str, options: &[&str], environment: &[(&str, &str)]) -> Self {
        let language = ["--lang", language];
        Self::start(&[&language, options].concat(), environment)
    }

    /// Starts `siru-desktop` as it comes, for a person whose files are in `home` and whose system
    /// speaks English.
    ///
    /// # Panics
    ///
    /// When the display or the accessibility bus cannot be started.
    #[must_use]
    pub fn open_at(home: &Path, environment: &[(&str, &str)]) -> Self {
        let home = home.to_str().expect("a path that is text");
        let person = [("DISPLAY_HOME", home), ("LANGUAGE", "en")];
        Self::start(&[], &[&person, environment].concat())
    }

    fn start(options: &[&str], environment: &[(&str, &str)]) -> Self {
        let mut child = Command::new(support("with-display.sh"))
            .args(["/usr/bin/python3", "-W", "ignore"])
            .arg(support("window.py"))
            .arg(program("siru-desktop"))
            .args(options)
            .envs(environment.iter().copied())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("with-display.sh starts");
        let commands = child.stdin.take();
        let answers = BufReader::new(child.stdout.take().expect("a pipe"));
        let mut window = Self {
            child,
            commands,
            answers,
        };
        window.find("heading", "Siru");
        window
    }

    /// Gives one command to the driver.
    ///
    /// # Panics
    ///
    /// When what it expects does not come.
    pub fn ask(&mut self, command: &Value) -> Value {
        let commands = self.commands.as_mut().expect("open until the end");
        writeln!(commands, "{command}").expect("the driver listens");
        let mut answer = String::new();
        // The accessibility bus announces itself on the same output.
        while !answer.starts_with('{') {
            answer.clear();
            let read = self
                .answers
                .read_line(&mut answer)
                .expect("the driver answers");
            assert!(read > 0, "{command}: the driver has ended");
        }
        let answer: Value = serde_json::from_str(&answer)
            .unwrap_or_else(|error| panic!("{command}: {error}: {answer:?}"));
        assert!(answer["error"].is_null(), "{command}: {}", answer["error"]);
        answer["ok"].clone()
    }

    /// Waits for a thing with this role and a name that fits the expression.
    pub fn find(&mut self, role: &str, name: &str) -> Value {
        self.ask(&json!({ "do": "find", "role": role, "name": name }))
    }

    /// Waits until nothing of the kind is there.
    pub fn absent(&mut self, role: &str, name: &str) {
        self.ask(&json!({ "do": "absent", "role": role, "name": name }));
    }

    /// Presses a control.
    pub fn press(&mut self, role: &str, name: &str) {
        self.ask(&json!({ "do": "press", "role": role, "name": name }));
    }

    /// Presses a row of the list, until its form is the one that is open.
    ///
    /// # Panics
    ///
    /// When it is not selected then.
    pub fn select(&mut self, row: &str) {
        self.press("list item", row);
        wait_until(&format!("{row} to be selected"), || {
            let row = self.find("list item", row);
            let mut states = row["states"].as_array().into_iter().flatten();
            states.any(|state| state == "selected")
        });
    }

    /// Waits until a control is enabled, or disabled.
    pub fn enabled(&mut self, role: &str, name: &str, enabled: bool) {
        self.ask(&json!({ "do": "enabled", "role": role, "name": name, "enabled": enabled }));
    }

    /// Waits until a control has the keyboard.
    pub fn focused(&mut self, role: &str, name: &str) {
        self.ask(&json!({ "do": "focused", "role": role, "name": name }));
    }

    /// Everything in the window now, in the order in which a screen reader comes to it.
    ///
    /// # Panics
    ///
    /// When the driver does not say.
    pub fn all(&mut self) -> Vec<Value> {
        let all = self.ask(&json!({ "do": "all" }));
        all.as_array().expect("a list").clone()
    }

    /// Presses a key that moves the keyboard; the control that has it then.
    pub fn step(&mut self, key: &str) -> Value {
        self.ask(&json!({ "do": "step", "key": key }))
    }

    /// Goes with Tab to the `number`th control, counted from 0, with this role and this name, as a
    /// person without a mouse does. An empty name fits all.
    ///
    /// # Panics
    ///
    /// When there is no such control, or Tab does not come there.
    pub fn tab_to(&mut self, role: &str, name: &str, number: usize) {
        let fits = |node: &Value| node["role"] == role && (name.is_empty() || node["name"] == name);
        for _ in 0..MOST_ROUNDS {
            let mut stops = self.all();
            stops.retain(is_stop);
            let wanted = (0..stops.len()).filter(|at| fits(&stops[*at])).nth(number);
            let wanted = wanted.unwrap_or_else(|| panic!("no {role} {name:?}: {stops:?}"));
            let here = stops.iter().position(|node| node["focused"] == true);
            // From nowhere, the first Tab goes to the first control.
            let steps = here.map_or(wanted + 1, |here| {
                (wanted + stops.len() - here) % stops.len()
            });
            if steps == 0 {
                return;
            }
            let path = &stops[wanted]["path"];
            self.ask(&json!({ "do": "tab", "times": steps, "path": path }));
        }
        panic!("Tab does not come to {role} {name:?}");
    }

    /// Types a text on the keyboard, wherever it goes.
    pub fn type_text(&mut self, text: &str) {
        self.ask(&json!({ "do": "type", "text": text }));
    }

    /// Chooses the `number`th control with this role and name by the keyboard alone.
    ///
    /// # Panics
    ///
    /// When Tab does not come there.
    pub fn choose(&mut self, role: &str, name: &str, number: usize) {
        self.tab_to(role, name, number);
        self.keys(&["space"]);
    }

    /// Whether a box is ticked, or a choice taken, counted as [`tab_to`](Self::tab_to) counts.
    ///
    /// # Panics
    ///
    /// When there is no such control.
    pub fn is_chosen(&mut self, role: &str, name: &str, number: usize) -> bool {
        let all = self.all();
        let mut found = all
            .iter()
            .filter(|node| node["role"] == role && node["name"] == name);
        let node = found.nth(number).expect("the control");
        let states = node["states"].as_array().expect("its states");
        states.iter().any(|state| state == "checked")
    }

    /// How high a thing is on the screen, in pixels.
    ///
    /// # Panics
    ///
    /// When the driver does not say.
    pub fn height(&mut self, role: &str, name: &str) -> i64 {
        let place = self.ask(&json!({ "do": "place", "role": role, "name": name }));
        place[3].as_i64().expect("a number")
    }

    /// The colour of the window beside all it shows: red, green and blue.
    ///
    /// # Panics
    ///
    /// When the driver does not say.
    pub fn ground(&mut self) -> Vec<u64> {
        let colour = self.ask(&json!({ "do": "ground" }));
        let colour = colour.as_array().expect("a colour").iter();
        colour.filter_map(Value::as_u64).collect()
    }

    /// Closes the window as a person does; it has ended well.
    ///
    /// # Panics
    ///
    /// When it does not end, or says that something went wrong.
    pub fn close(mut self) {
        self.keys(&["alt+F4"]);
        assert_eq!(self.ask(&json!({ "do": "ended" })), 0);
    }

    /// The number by which the system knows the program.
    ///
    /// # Panics
    ///
    /// When the driver does not say.
    pub fn pid(&mut self) -> u32 {
        let pid = self.ask(&json!({ "do": "pid" }));
        pid.as_u64()
            .and_then(|pid| pid.try_into().ok())
            .expect("a pid")
    }

    /// Types into a field once it has the keyboard; no digit may be on the bus afterwards.
    ///
    /// # Panics
    ///
    /// When the field shows anything but one bullet for each digit, or a digit is on the bus.
    pub fn fill(&mut self, field: &str, digits: &str) {
        self.focused("password text", field);
        self.type_text(digits);
        self.shows("password text", field, &"•".repeat(digits.len()));
        for node in self.all() {
            let said = format!("{} {}", node["name"], node["text"]);
            assert!(!said.contains(digits), "{digits} is on the bus: {node}");
        }
    }

    /// Waits until a field shows exactly this.
    ///
    /// # Panics
    ///
    /// When it does not.
    pub fn shows(&mut self, role: &str, name: &str, text: &str) {
        wait_until(&format!("{name} to show {text:?}"), || {
            self.find(role, name)["text"] == text
        });
    }

    /// Presses keys, named as X names them.
    pub fn keys(&mut self, keys: &[&str]) {
        self.ask(&json!({ "do": "key", "keys": keys }));
    }
}

/// Whether Tab stops at a control. The frame around all says the same of itself.
#[must_use]
pub fn is_stop(node: &Value) -> bool {
    let states = node["states"].as_array().into_iter().flatten();
    let focusable = states.into_iter().any(|state| state == "focusable");
    focusable && node["enabled"] == true && node["role"] != "frame"
}

/// How often the way is looked up anew: under load a key may be late or lost on the way.
const MOST_ROUNDS: usize = 20;

impl Drop for Window {
    fn drop(&mut self) {
        // The driver ends, and with it everything, when it hears nothing more.
        self.commands = None;
        let _ = self.child.wait();
    }
}
