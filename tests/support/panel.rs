//! A panel that shows icons, and the tray program beside it.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::rig::{PATIENCE, program, support, wait_until};
use crate::session::Session;

/// The panel of a session.
pub struct Panel {
    child: Child,
    commands: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
}

impl Panel {
    /// One on a display and a bus of its own.
    ///
    /// # Panics
    ///
    /// When the display cannot be started.
    #[must_use]
    pub fn alone() -> Self {
        let mut command = Command::new(support("with-display.sh"));
        command.args(["/usr/bin/python3", "-W", "ignore"]);
        Self::start(command)
    }

    /// One in the session of a window.
    ///
    /// # Panics
    ///
    /// When it cannot be started.
    #[must_use]
    pub fn beside(session: &Session) -> Self {
        let mut command = session.command("/usr/bin/python3");
        command.args(["-W", "ignore"]);
        Self::start(command)
    }

    fn start(mut command: Command) -> Self {
        let mut child = command
            .arg(support("panel.py"))
            .arg(program("siru-tray"))
            .env_remove("XDG_CONFIG_HOME")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the panel starts");
        let commands = child.stdin.take();
        let answers = BufReader::new(child.stdout.take().expect("a pipe"));
        let mut panel = Self {
            child,
            commands,
            answers,
        };
        panel.settings("language = \"en\"\n");
        panel
    }

    /// Gives one command to the panel.
    ///
    /// # Panics
    ///
    /// When what it expects does not come.
    pub fn ask(&mut self, command: &Value) -> Value {
        let commands = self.commands.as_mut().expect("open until the end");
        writeln!(commands, "{command}").expect("the panel listens");
        let mut answer = String::new();
        // The accessibility bus announces itself on the same output.
        while !answer.starts_with('{') {
            answer.clear();
            let read = self.answers.read_line(&mut answer);
            assert!(
                read.expect("the panel answers") > 0,
                "{command}: the panel has ended"
            );
        }
        let answer: Value = serde_json::from_str(&answer)
            .unwrap_or_else(|error| panic!("{command}: {error}: {answer:?}"));
        assert!(answer["error"].is_null(), "{command}: {}", answer["error"]);
        answer["ok"].clone()
    }

    /// Is there from now on, or is gone.
    pub fn own(&mut self, on: bool) {
        self.ask(&json!({ "do": "own", "on": on }));
    }

    /// Writes the person's settings.
    pub fn settings(&mut self, text: &str) {
        self.ask(&json!({ "do": "settings", "text": text }));
    }

    /// Starts the tray program with these options, in the place of the one before.
    ///
    /// # Panics
    ///
    /// When it cannot be started.
    pub fn tray(&mut self, options: &[&str]) -> Tray {
        let pid = self.ask(&json!({ "do": "start", "options": options }));
        Tray {
            pid: pid.as_u64().expect("a number"),
        }
    }

    /// Waits for the end of the tray program that was started last; its exit code.
    pub fn ended(&mut self) -> Value {
        self.ask(&json!({ "do": "ended" }))
    }

    /// Waits for an icon whose whole title fits the expression; what it shows.
    pub fn titled(&mut self, title: &str) -> Value {
        self.ask(&json!({ "do": "titled", "title": title }))
    }

    /// Clicks the icon.
    pub fn click(&mut self) {
        self.ask(&json!({ "do": "click" }));
    }

    /// The labels of the icon's menu.
    pub fn menu(&mut self) -> Value {
        self.ask(&json!({ "do": "menu" }))
    }

    /// Chooses from the icon's menu.
    pub fn choose(&mut self, label: &str) {
        self.ask(&json!({ "do": "choose", "label": label }));
    }

    /// How many windows of our program can be seen.
    ///
    /// # Panics
    ///
    /// When the panel has ended.
    pub fn windows(&mut self) -> usize {
        let windows = self.ask(&json!({ "do": "windows" }));
        windows.as_array().expect("a list").len()
    }
}

impl Drop for Panel {
    fn drop(&mut self) {
        // The panel ends, and with it everything, when it hears nothing more.
        self.commands = None;
        let _ = self.child.wait();
    }
}

/// A running tray program, as the system sees it.
pub struct Tray {
    pid: u64,
}

impl Tray {
    /// How much memory it has in use, in KiB.
    ///
    /// # Panics
    ///
    /// When it has ended.
    #[must_use]
    pub fn resident(&self) -> u64 {
        number(&format!("/proc/{}/status", self.pid), "VmRSS:")
    }

    /// Waits until it has slept for so long without being woken once.
    ///
    /// # Panics
    ///
    /// When it never does.
    pub fn wait_for_sleep(&self, length: Duration) {
        let begin = Instant::now();
        let (mut before, mut since) = (self.wakings(), Instant::now());
        wait_until("the program to sleep", || {
            let now = self.wakings();
            if now != before {
                (before, since) = (now, Instant::now());
            }
            since.elapsed() > length
        });
        assert!(begin.elapsed() < PATIENCE);
    }

    /// How often its threads were woken or interrupted, and how much time they used.
    fn wakings(&self) -> Vec<(u64, u64, String)> {
        let folder = format!("/proc/{}/task", self.pid);
        let threads = fs::read_dir(folder).expect("it runs");
        let mut all: Vec<_> = threads
            .map(|thread| {
                let thread = thread.expect("a thread").path().display().to_string();
                let status = format!("{thread}/status");
                let stat = fs::read_to_string(format!("{thread}/stat")).expect("it runs");
                let times: Vec<&str> = stat.split(' ').skip(13).take(2).collect();
                let switches = number(&status, "voluntary_ctxt_switches:");
                let others = number(&status, "nonvoluntary_ctxt_switches:");
                (switches, others, times.join(" "))
            })
            .collect();
        all.sort();
        all
    }
}

/// A number in a file of the system.
fn number(file: &str, name: &str) -> u64 {
    let text = fs::read_to_string(file).expect("it runs");
    let value = text.lines().find_map(|line| line.strip_prefix(name));
    let value = value.expect("the line").trim().trim_end_matches(" kB");
    value.parse().expect("a number")
}
