//! Chromium in a window on a private display: without one it never asks for a PIN. Its prompt is a
//! window of its own, typed into from the keyboard.

use std::collections::VecDeque;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use serde_json::json;

use super::debugging::Debugging;
use super::display::Display;
use super::{Browser, Habits, LOOK, Page, Product, Reply, database, page, register};
use crate::login::{CALL_LOG, FOLDER, Login};
use crate::namespace::cover;

/// A running Chromium.
pub struct Chromium {
    child: Child,
    debugging: Debugging,
    display: Display,
    replies: VecDeque<Reply>,
    /// Each prompt is a new window.
    prompted: Vec<String>,
}

impl Chromium {
    /// Starts it with everything it keeps in [`FOLDER`].
    ///
    /// # Panics
    ///
    /// When it does not start.
    #[must_use]
    pub fn start(habits: Habits, login: &Login) -> Self {
        let folder = Path::new(FOLDER);
        let home = Product::Chromium.home();
        let _ = fs::remove_dir_all(&home);
        database(&home.join(".pki/nssdb"), login);
        register(&home, login, habits.registered);
        let policies = Path::new(SETTINGS).join("policies/managed");
        if !policies.exists() {
            cover(Path::new(SETTINGS));
            fs::create_dir_all(&policies).expect("a private folder");
        }
        fs::write(policies.join("siru.json"), POLICY).expect("a private folder");
        let display = Display::start();
        let log = File::create(folder.join("chromium.log")).expect("a private folder");
        // The pipes are handles 3 and 4, which only a shell can make of 0 and 1.
        let mut child = Command::new("bash")
            .args(["-c", "exec \"$@\" 3<&0 4>&1 <&- >&2", "chromium"])
            .args(["chromium", "--remote-debugging-pipe", "--no-first-run"])
            .args([
                "--no-default-browser-check",
                "--disable-gpu",
                "--password-store=basic",
            ])
            .args([
                "--disable-background-networking",
                "--disable-component-update",
            ])
            // The namespace's root has no sandbox; a person's browser has one.
            .arg("--no-sandbox")
            .args(habits.goes_on.then_some("--ignore-certificate-errors"))
            .arg(format!(
                "--user-data-dir={}",
                home.join("profile").display()
            ))
            .arg("about:blank")
            .env("HOME", &home)
            .env("DISPLAY", display.name())
            .env(CALL_LOG, login.call_log())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .expect("a shell");
        let commands = child.stdin.take().expect("a pipe");
        let debugging = Debugging::attach(commands, child.stdout.take().expect("a pipe"));
        Self {
            child,
            debugging,
            display,
            replies: VecDeque::new(),
            prompted: Vec::new(),
        }
    }

    fn answer_prompts(&mut self) {
        for window in self.display.windows(PROMPT) {
            if !self.prompted.contains(&window) {
                match self.replies.pop_front() {
                    Some(Reply::Pin(digits)) => self.display.type_into(&window, digits, "Return"),
                    Some(Reply::Cancel) | None => self.display.type_into(&window, "", "Escape"),
                }
                self.prompted.push(window);
            }
        }
    }
}

impl Browser for Chromium {
    fn script(&mut self, script: &str) {
        let call = json!({ "expression": script });
        self.debugging
            .ask("Runtime.evaluate", call, SCRIPT_PATIENCE);
    }

    fn navigate(&mut self, url: &str) {
        // The answer waits for the prompt.
        self.debugging.tell("Page.navigate", json!({ "url": url }));
    }

    fn shown(&mut self) -> Option<Page> {
        self.answer_prompts();
        let call = json!({ "expression": LOOK });
        let found = self
            .debugging
            .ask("Runtime.evaluate", call, SCRIPT_PATIENCE)?;
        page(found["result"]["value"].as_str()?)
    }

    fn reply_with(&mut self, replies: &[Reply]) {
        self.replies = replies.iter().copied().collect();
    }

    fn prompts(&mut self) -> usize {
        self.prompted.len()
    }

    fn picture(&mut self, name: &Path) -> PathBuf {
        let file = name.with_extension("xwd");
        self.display.picture(&file);
        file
    }
}

impl Drop for Chromium {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

const SETTINGS: &str = "/etc/chromium";

/// As everybody sees the chooser, and no test is about it: the first that fits is taken.
const POLICY: &str = r#"{ "AutoSelectCertificateForUrls":
    ["{\"pattern\":\"https://localhost\",\"filter\":{}}"] }"#;

/// The title of the PIN prompt, in English.
const PROMPT: &str = "Unlock Security Device";

/// A page that is busy with a prompt answers no script.
const SCRIPT_PATIENCE: Duration = Duration::from_millis(500);
