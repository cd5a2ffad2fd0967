//! The desktop session that a window runs in, and other programs in it.

use std::collections::HashMap;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::os::unix::ffi::OsStringExt;
use std::process::{Child, Command, Stdio};

use serde_json::json;

use crate::rig::wait_until;
use crate::window::Window;

/// A session with a display and a bus of its own.
pub struct Session {
    environment: HashMap<OsString, OsString>,
}

impl Session {
    /// The session of a window.
    ///
    /// # Panics
    ///
    /// When the window has ended.
    #[must_use]
    pub fn of(window: &mut Window) -> Self {
        let pid = window.ask(&json!({ "do": "pid" }));
        let bytes = fs::read(format!("/proc/{pid}/environ")).expect("its environment");
        let variables = bytes.split(|byte| *byte == 0).filter_map(|variable| {
            let equals = variable.iter().position(|byte| *byte == b'=')?;
            let (name, value) = variable.split_at(equals);
            Some((
                OsString::from_vec(name.to_vec()),
                OsString::from_vec(value[1..].to_vec()),
            ))
        });
        Self {
            environment: variables.collect(),
        }
    }

    /// A program of this session.
    #[must_use]
    pub fn command(&self, program: impl AsRef<OsStr>) -> Command {
        let mut command = Command::new(program);
        command
            .env_clear()
            .envs(&self.environment)
            .stdin(Stdio::null())
            .stderr(Stdio::null());
        command
    }

    /// Puts a window away, until none can be seen.
    ///
    /// # Panics
    ///
    /// When it stays.
    pub fn minimize(&self, window: &str) {
        let _said = self.xdotool(&["windowminimize", "--sync", window]);
        wait_until("no window", || self.windows().is_empty());
    }

    /// What `xdotool` prints, nothing when it finds nothing.
    ///
    /// # Panics
    ///
    /// When it cannot be started.
    #[must_use]
    pub fn xdotool(&self, arguments: &[&str]) -> String {
        let mut command = self.command("xdotool");
        let output = command.args(arguments).output().expect("xdotool starts");
        String::from_utf8(output.stdout)
            .expect("text")
            .trim()
            .to_owned()
    }

    /// The windows of our program that can be seen.
    #[must_use]
    pub fn windows(&self) -> Vec<String> {
        let class = "^fi\\.siru\\.Siru$";
        self.xdotool(&["search", "--onlyvisible", "--class", class])
            .lines()
            .map(str::to_owned)
            .collect()
    }
}

/// A program that is ended with the test.
pub struct Running(Child);

impl Running {
    /// Starts it.
    ///
    /// # Panics
    ///
    /// When it cannot be started.
    #[must_use]
    pub fn new(command: &mut Command) -> Self {
        Self(command.spawn().expect("the program starts"))
    }

    /// Its number, as text.
    #[must_use]
    pub fn pid(&self) -> String {
        self.0.id().to_string()
    }

    /// Whether it has ended by itself.
    ///
    /// # Panics
    ///
    /// When the system does not tell.
    pub fn ended(&mut self) -> bool {
        self.0.try_wait().expect("a child").is_some()
    }

    /// Waits for its end; whether it was a good one.
    ///
    /// # Panics
    ///
    /// When the system does not tell.
    pub fn succeeded(&mut self) -> bool {
        self.0.wait().expect("a child").success()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
