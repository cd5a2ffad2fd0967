//! A private pcscd with virtual readers for each test, the simulator in them, and our programs.

use std::any::type_name;
use std::env;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Output, Stdio};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

/// How long a condition may take to come true.
pub const PATIENCE: Duration = Duration::from_secs(20);

/// Runs `test` with a pcscd of its own that has twice `pairs` readers: in a process of its own, or
/// right here if this is that process. No reader of the machine is ever opened.
///
/// # Panics
///
/// When the test fails, or pcscd or its virtual readers are not installed.
pub fn with_readers<Test: FnOnce()>(pairs: u16, test: Test) {
    static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
    if env::var_os("SIRU_PCSCD").is_some() {
        let _alone = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
        return test();
    }
    let (_, name) = type_name::<Test>().split_once("::").expect("a path");
    let name = name.trim_end_matches("::{{closure}}");
    let output = Command::new(support("with-pcscd.sh"))
        .arg(pairs.to_string())
        .arg(env::current_exe().expect("this program"))
        .args([name, "--exact", "--nocapture"])
        .env("PCSCD_LIMIT", "240")
        .output()
        .expect("with-pcscd.sh starts");
    let text = String::from_utf8_lossy(&output.stdout);
    println!("{text}{}", String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{name}: {}", output.status);
    assert!(text.contains("1 passed"), "{name} was not run");
}

/// A file beside this one.
#[must_use]
pub fn support(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("support")
        .join(file)
}

/// One of our programs, as `make build` leaves it beside the tests.
///
/// # Panics
///
/// When it was not built.
#[must_use]
pub fn program(name: &str) -> PathBuf {
    let test = env::current_exe().expect("this program");
    let folder = test
        .parent()
        .and_then(Path::parent)
        .expect("the target folder");
    let program = folder.join(name);
    assert!(
        program.exists(),
        "{} is missing: run `make build`",
        program.display()
    );
    program
}

/// The port through which a card gets into a reader, counted as the service lists them.
#[must_use]
pub const fn port(reader: u16) -> u16 {
    36000 + reader
}

/// Waits for a condition.
///
/// # Panics
///
/// When it does not come true within [`PATIENCE`].
pub fn wait_until(what: &str, mut condition: impl FnMut() -> bool) {
    let start = Instant::now();
    while !condition() {
        assert!(start.elapsed() < PATIENCE, "waited in vain for {what}");
        thread::sleep(Duration::from_millis(5));
    }
}

/// Whether the service sees a card in a reader, waiting so long for one to come.
fn holds_card(reader: u16, patience: Duration) -> bool {
    let context = pcsc::Context::establish(pcsc::Scope::User).expect("a service");
    let names = context.list_readers_owned().expect("readers");
    let name = names
        .into_iter()
        .nth(usize::from(reader))
        .expect("the reader");
    let mut states = [pcsc::ReaderState::new(name, pcsc::State::EMPTY)];
    let deadline = Instant::now() + patience;
    loop {
        let left = deadline.saturating_duration_since(Instant::now());
        // At once when the reader is not empty, and when the time is over.
        let _ = context.get_status_change(left, &mut states);
        let [state] = &mut states;
        if state.event_state().contains(pcsc::State::PRESENT) {
            return true;
        }
        if left.is_zero() {
            return false;
        }
        state.sync_current_state();
    }
}

/// Waits until the service sees a card in a reader, or none: it learns of them some time after they
/// come and go.
///
/// # Panics
///
/// When it never does.
pub fn wait_for_card(reader: u16, present: bool) {
    wait_until("the service to see the reader as it is", || {
        holds_card(reader, Duration::ZERO) == present
    });
}

/// A running `siru-sim`.
pub struct Simulator {
    child: Child,
    commands: ChildStdin,
    answers: BufReader<ChildStdout>,
    ledger: PathBuf,
}

impl Simulator {
    /// Starts it with a card in each reader, `images[0]` in the first.
    ///
    /// # Panics
    ///
    /// When it does not start.
    #[must_use]
    pub fn with(images: &[&str]) -> Self {
        Self::with_options(images, &[])
    }

    /// The same, with further options of `siru-sim` for all cards.
    ///
    /// # Panics
    ///
    /// When it does not start.
    #[must_use]
    pub fn with_options(images: &[&str], options: &[&str]) -> Self {
        let ledger = PathBuf::from(format!("/run/ledger-{}", std::process::id()));
        let _ = fs::remove_file(&ledger);
        let mut command = Command::new(program("siru-sim"));
        for (reader, image) in (0..).zip(images) {
            command
                .arg("--card")
                .arg(format!("{image}@{}", port(reader)));
        }
        let mut child = command
            .arg("--ledger")
            .arg(&ledger)
            .args(options)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("siru-sim starts");
        let commands = child.stdin.take().expect("a pipe");
        let answers = BufReader::new(child.stdout.take().expect("a pipe"));
        let mut simulator = Self {
            child,
            commands,
            answers,
            ledger,
        };
        for (reader, image) in (0..).zip(images) {
            if *image != "mute" {
                wait_until("the card in its reader", || {
                    simulator.counters(reader)["connected"] == Value::Bool(true)
                });
            }
        }
        simulator
    }

    /// Gives a command, which must be answered with `ok`; the rest of the answer.
    ///
    /// # Panics
    ///
    /// When it is refused.
    pub fn tell(&mut self, command: &str) -> String {
        writeln!(self.commands, "{command}").expect("siru-sim listens");
        let mut answer = String::new();
        self.answers
            .read_line(&mut answer)
            .expect("siru-sim answers");
        let rest = answer
            .trim()
            .strip_prefix("ok")
            .unwrap_or_else(|| panic!("{command}: {answer}"));
        rest.trim().to_owned()
    }

    /// Puts a card in, with `insert IMAGE` or `reinsert`, until the service sees it.
    ///
    /// The virtual reader loses a card that comes back while it still mourns one that was pulled in
    /// mid-command: no program sees it then, until it is taken out and put in again.
    ///
    /// # Panics
    ///
    /// When the service never sees it.
    pub fn put_in(&mut self, command: &str, reader: u16) {
        let deadline = Instant::now() + PATIENCE;
        self.tell(&format!("{command} {}", port(reader)));
        while !holds_card(reader, Duration::from_secs(2)) {
            assert!(
                Instant::now() < deadline,
                "{command}: the service sees no card"
            );
            self.take_out(reader);
            self.tell(&format!("reinsert {}", port(reader)));
        }
    }

    /// Takes the card out, until the service sees none.
    ///
    /// # Panics
    ///
    /// When the service goes on seeing one.
    pub fn take_out(&mut self, reader: u16) {
        self.tell(&format!("remove {}", port(reader)));
        wait_for_card(reader, false);
    }

    /// The state of the card in a reader.
    ///
    /// # Panics
    ///
    /// When there is none.
    pub fn counters(&mut self, reader: u16) -> Value {
        let answer = self.tell(&format!("counters {}", port(reader)));
        serde_json::from_str(&answer).expect("JSON")
    }

    /// Tries left of PIN1, PIN2 and PUK of the card in a reader.
    ///
    /// # Panics
    ///
    /// When there is none.
    pub fn tries(&mut self, reader: u16) -> [u64; 3] {
        let counters = self.counters(reader);
        ["pin1", "pin2", "puk"].map(|code| counters[code].as_u64().expect("a counter"))
    }

    /// Every command with a PIN or PUK in it that any card has met so far.
    ///
    /// # Panics
    ///
    /// When the ledger cannot be read.
    #[must_use]
    pub fn attempts(&self) -> Vec<Value> {
        self.ledger_lines("attempt")
    }

    /// How many signatures all cards have made so far.
    ///
    /// # Panics
    ///
    /// When the ledger cannot be read.
    #[must_use]
    pub fn signatures(&self) -> usize {
        self.ledger_lines("signature").len()
    }

    fn ledger_lines(&self, kind: &str) -> Vec<Value> {
        let text = fs::read_to_string(&self.ledger).unwrap_or_default();
        text.lines()
            .map(|line| serde_json::from_str::<Value>(line).expect("JSON"))
            .filter(|line| line["kind"] == kind)
            .collect()
    }
}

impl Drop for Simulator {
    fn drop(&mut self) {
        let _ = writeln!(self.commands, "quit");
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Runs a command within a time limit, with `input` on its standard input.
///
/// # Panics
///
/// When it cannot be started or does not end in time.
pub fn run(command: &mut Command, input: &str) -> Output {
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap_or_else(|error| panic!("{command:?}: {error}"));
    let mut stdin = child.stdin.take().expect("a pipe");
    // A program that refuses early does not read its input.
    let _ = stdin.write_all(input.as_bytes());
    drop(stdin);
    let start = Instant::now();
    while child.try_wait().expect("a child").is_none() {
        if start.elapsed() > 3 * PATIENCE {
            let _ = child.kill();
            panic!("{command:?} does not end");
        }
        thread::sleep(Duration::from_millis(2));
    }
    child.wait_with_output().expect("its output")
}
