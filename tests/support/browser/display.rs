//! A private X display, and a hand on its keyboard.

use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use crate::rig::{run, support};

/// A display with a window manager, for as long as this lives.
pub struct Display {
    child: Child,
    name: String,
}

impl Display {
    /// Starts one.
    ///
    /// # Panics
    ///
    /// When it does not start.
    pub fn start() -> Self {
        let mut child = Command::new(support("with-display.sh"))
            .args(["bash", "-c", "echo \"$DISPLAY\"; cat"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("with-display.sh starts");
        let said = BufReader::new(child.stdout.take().expect("a pipe"));
        // The accessibility bus announces itself on the same output.
        let name = said
            .lines()
            .map_while(Result::ok)
            .find(|line| line.starts_with(':'))
            .expect("a display");
        Self { child, name }
    }

    /// Its name, for DISPLAY.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The windows on it whose title contains this.
    pub fn windows(&self, title: &str) -> Vec<String> {
        let found = self.tool("xdotool", &["search", "--onlyvisible", "--name", title]);
        found.split_whitespace().map(str::to_owned).collect()
    }

    /// Types into a window, and presses a key at the end. Whether the window took it.
    pub fn type_into(&self, window: &str, text: &str, key: &str) {
        self.tool("xdotool", &["windowactivate", "--sync", window]);
        if !text.is_empty() {
            self.tool("xdotool", &["type", "--delay", "10", text]);
        }
        self.tool("xdotool", &["key", key]);
    }

    /// Keeps a picture of it.
    pub fn picture(&self, file: &Path) {
        let file = file.to_string_lossy();
        self.tool("xwd", &["-root", "-silent", "-out", &file]);
    }

    fn tool(&self, program: &str, arguments: &[&str]) -> String {
        let mut command = Command::new(program);
        let output = run(command.args(arguments).env("DISPLAY", &self.name), "");
        String::from_utf8_lossy(&output.stdout).into_owned()
    }
}

impl Drop for Display {
    fn drop(&mut self) {
        // It ends with its input.
        drop(self.child.stdin.take());
        let _ = self.child.wait();
    }
}
