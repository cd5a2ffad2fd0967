//! A real window on a private display, driven over the accessibility bus and with the keyboard.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::{Value, json};

use crate::rig::{program, support};

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
        let mut child = Command::new(support("with-display.sh"))
            .args(["/usr/bin/python3", "-W", "ignore"])
            .arg(support("window.py"))
            .arg(program("siru-desktop"))
            .args(["--lang", "en"])
            .args(options)
            .env("PATH", path)
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

    /// Waits until a control is enabled, or disabled.
    pub fn enabled(&mut self, role: &str, name: &str, enabled: bool) {
        self.ask(&json!({ "do": "enabled", "role": role, "name": name, "enabled": enabled }));
    }

    /// Waits until a control has the keyboard.
    pub fn focused(&mut self, role: &str, name: &str) {
        self.ask(&json!({ "do": "focused", "role": role, "name": name }));
    }

    /// Types into a field once it has the keyboard; no digit may be on the bus afterwards.
    ///
    /// # Panics
    ///
    /// When the field shows anything but one bullet for each digit, or a digit is on the bus.
    pub fn fill(&mut self, field: &str, digits: &str) {
        self.focused("password text", field);
        self.ask(&json!({ "do": "type", "text": digits }));
        let bullets = "•".repeat(digits.len());
        for _ in 0..200 {
            let shown = self.find("password text", field);
            if shown["text"] == bullets.as_str() {
                let all = self.ask(&json!({ "do": "all" })).to_string();
                assert!(!all.contains(digits), "{digits} is on the bus: {all}");
                return;
            }
        }
        panic!("{field} does not show {bullets}");
    }

    /// Presses keys, named as X names them.
    pub fn keys(&mut self, keys: &[&str]) {
        self.ask(&json!({ "do": "key", "keys": keys }));
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        // The driver ends, and with it everything, when it hears nothing more.
        self.commands = None;
        let _ = self.child.wait();
    }
}
