//! Chromium's remote protocol over a pair of pipes: JSON with a zero byte after it.

use std::io::{BufRead, BufReader, Write};
use std::process::{ChildStdin, ChildStdout};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

/// A session with one page of a browser.
pub struct Debugging {
    commands: ChildStdin,
    answers: Receiver<Value>,
    last: u64,
    session: String,
}

impl Debugging {
    /// Waits for the browser's page and attaches to it.
    ///
    /// # Panics
    ///
    /// When the browser does not answer as expected.
    pub fn attach(commands: ChildStdin, output: ChildStdout) -> Self {
        let (sender, answers) = channel();
        // A thread, because a pipe has no time limit and a prompt of the browser stops its answers.
        thread::spawn(move || {
            for message in BufReader::new(output).split(0).map_while(Result::ok) {
                let message = serde_json::from_slice(&message).expect("JSON");
                if sender.send(message).is_err() {
                    break;
                }
            }
        });
        let mut debugging = Self {
            commands,
            answers,
            last: 0,
            session: String::new(),
        };
        let deadline = Instant::now() + START_PATIENCE;
        let page = loop {
            assert!(Instant::now() < deadline, "Chromium shows no page");
            let targets = debugging.ask("Target.getTargets", json!({}), START_PATIENCE);
            let targets = targets.expect("Chromium starts");
            let infos = targets["targetInfos"].as_array().expect("a list");
            if let Some(page) = infos.iter().find(|info| info["type"] == "page") {
                break page["targetId"].clone();
            }
            thread::sleep(Duration::from_millis(20));
        };
        let wanted = json!({ "targetId": page, "flatten": true });
        let attached = debugging.ask("Target.attachToTarget", wanted, START_PATIENCE);
        debugging.session = attached.expect("an answer")["sessionId"]
            .as_str()
            .expect("a session")
            .to_owned();
        debugging
    }

    /// Gives a command without waiting for what becomes of it.
    pub fn tell(&mut self, method: &str, parameters: Value) -> u64 {
        self.last += 1;
        let mut message = json!({ "id": self.last, "method": method, "params": parameters });
        if !self.session.is_empty() {
            message["sessionId"] = Value::from(self.session.as_str());
        }
        write!(self.commands, "{message}\0").expect("the browser reads");
        self.last
    }

    /// Gives a command; its result, when one comes within this time.
    pub fn ask(&mut self, method: &str, parameters: Value, patience: Duration) -> Option<Value> {
        let number = self.tell(method, parameters);
        let deadline = Instant::now() + patience;
        loop {
            let left = deadline.saturating_duration_since(Instant::now());
            match self.answers.recv_timeout(left) {
                Ok(message) if message["id"] == number => return Some(message["result"].clone()),
                Ok(_) => {}
                Err(RecvTimeoutError::Timeout) => return None,
                Err(RecvTimeoutError::Disconnected) => panic!("{method}: the browser has ended"),
            }
        }
    }
}

const START_PATIENCE: Duration = Duration::from_secs(30);
