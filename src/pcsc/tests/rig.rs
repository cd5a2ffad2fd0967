//! A private pcscd for each test, and the means to wait for what a test expects.

use std::any::type_name;
use std::env;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};
use siru_apdu::{Canceller, CardPresence, ReaderError, ReaderState, ReaderWatch, Readers};
use siru_pcsc::{PcscReaders, PcscWatch};

/// Runs `test` with a pcscd of its own that has twice `pairs` readers: in a process of its own, or
/// right here if this is that process.
pub fn with_readers<Test: FnOnce()>(pairs: u16, test: Test) {
    static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());
    if env::var_os("SIRU_PCSCD").is_some() {
        let _alone = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
        wait_until("all readers to be there", || {
            let listed = PcscReaders::new().list();
            listed.is_ok_and(|readers| readers.len() == usize::from(2 * pairs))
        });
        return test();
    }
    let (_, name) = type_name::<Test>().split_once("::").expect("a path");
    let name = name.trim_end_matches("::{{closure}}");
    let output = Command::new(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../tests/support/with-pcscd.sh"
    ))
    .arg(pairs.to_string())
    .arg(env::current_exe().expect("this program"))
    .args([name, "--exact", "--nocapture"])
    .env("PCSCD_LIMIT", "120")
    .output()
    .expect("with-pcscd.sh starts");
    let text = String::from_utf8_lossy(&output.stdout);
    println!("{text}{}", String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{name}: {}", output.status);
    assert!(text.contains("1 passed"), "{name} was not run");
}

/// The port of a reader, counted as the service lists them.
pub const fn port(reader: u16) -> u16 {
    36000 + reader
}

/// Waits for a condition, for 20 s at most.
pub fn wait_until(what: &str, mut condition: impl FnMut() -> bool) {
    let start = Instant::now();
    while !condition() {
        assert!(start.elapsed() < LIMIT, "waited in vain for {what}");
        thread::sleep(Duration::from_millis(2));
    }
}

/// The daemon, which a test may kill and start again.
pub struct Daemon {
    started: Option<Child>,
}

impl Daemon {
    pub const fn of_the_script() -> Self {
        Self { started: None }
    }

    pub fn kill(&mut self) {
        let mut pid = env::var("PCSCD_PID").expect("PCSCD_PID");
        if let Some(mut child) = self.started.take() {
            pid = child.id().to_string();
            child.kill().expect("kill");
            child.wait().expect("wait");
        } else {
            let number = pid.parse().expect("a number");
            kill_process(Pid::from_raw(number).expect("a pid"), Signal::KILL).expect("kill");
        }
        wait_until("the daemon's end", || {
            !std::path::Path::new("/proc").join(&pid).exists()
        });
    }

    pub fn start(&mut self) {
        let child = Command::new("/usr/sbin/pcscd")
            .args(["--foreground", "-c", &env::var("PCSCD_CONF").expect("CONF")])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("pcscd starts");
        self.started = Some(child);
    }
}

impl Drop for Daemon {
    fn drop(&mut self) {
        if let Some(mut child) = self.started.take() {
            child.kill().expect("kill");
            child.wait().expect("wait");
        }
    }
}

type News = Result<Vec<ReaderState>, ReaderError>;

/// A watch in a thread of its own, the way a program uses it.
pub struct Watching {
    news: Receiver<(Instant, News)>,
    canceller: Canceller,
    thread: Option<thread::JoinHandle<()>>,
}

impl Watching {
    pub const THREAD: &str = "watch";

    pub fn start() -> Self {
        Self::by(PcscWatch::new())
    }

    pub fn by(mut watch: PcscWatch) -> Self {
        let canceller = watch.canceller();
        let (sender, news) = mpsc::channel();
        let thread = thread::Builder::new()
            .name(Self::THREAD.into())
            .spawn(move || {
                loop {
                    let next = watch.next();
                    let ended = matches!(next, Err(ReaderError::Cancelled));
                    if sender.send((Instant::now(), next)).is_err() || ended {
                        return;
                    }
                }
            })
            .expect("a thread");
        Self {
            news,
            canceller,
            thread: Some(thread),
        }
    }

    /// The next news, and when they came.
    pub fn next(&self) -> (Instant, News) {
        self.news.recv_timeout(LIMIT).expect("news")
    }

    /// The next states; an error is a failure.
    pub fn states(&self) -> Vec<ReaderState> {
        self.next().1.expect("states")
    }

    /// Waits for states that satisfy `condition`; returns when they came.
    pub fn until(&self, condition: impl Fn(&[ReaderState]) -> bool) -> Instant {
        loop {
            let (when, news) = self.next();
            if condition(&news.expect("states")) {
                return when;
            }
        }
    }

    /// Waits for an error, past whatever was still seen before it.
    pub fn until_error(&self) -> (Instant, ReaderError) {
        loop {
            if let (when, Err(error)) = self.next() {
                return (when, error);
            }
        }
    }

    /// Whether nothing new comes for `time`.
    pub fn is_quiet_for(&self, time: Duration) -> bool {
        self.news.recv_timeout(time).is_err()
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        self.canceller.cancel();
        if let Some(thread) = self.thread.take() {
            thread.join().expect("the watch's thread");
        }
    }
}

/// How many of the readers hold a card.
pub fn cards(readers: &[ReaderState]) -> usize {
    readers
        .iter()
        .filter(|reader| matches!(reader.presence, CardPresence::Card { .. }))
        .count()
}

/// Waits until the reader holds a card, as a look sees it.
pub fn wait_for_card(reader: usize) {
    let mut readers = PcscReaders::new();
    wait_until("a card", || {
        let listed = readers.list().expect("readers");
        matches!(listed[reader].presence, CardPresence::Card { .. })
    });
}

const LIMIT: Duration = Duration::from_secs(20);
