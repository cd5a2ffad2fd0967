//! Is there one window in a session, however often the program is started, and one at least,
//! whatever the session bus does?
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test stops where it breaks"
)]

use std::os::unix::net::UnixListener;
use std::time::{Duration, Instant};

use serde_json::json;
use siru_tests::rig::{Simulator, program, wait_until, with_readers};
use siru_tests::session::{Running, Session};
use siru_tests::window::Window;

const BUTTON: &str = "push button";
const ROW: &str = "list item";

/// Starts the program once more, which ends by itself.
fn start_again(session: &Session, options: &[&str]) {
    let mut again = Running::new(session.command(program("siru-desktop")).args(options));
    let start = Instant::now();
    wait_until("the end of the second start", || again.ended());
    let took = start.elapsed();
    assert!(took < Duration::from_secs(5), "{took:?}");
    assert!(again.succeeded());
}

#[test]
fn a_second_start_raises_the_window_and_ends() {
    with_readers(1, || {
        let simulator = Simulator::with(&["v4"]);
        let mut window = Window::open(&[]);
        let session = Session::of(&mut window);
        wait_until("the window", || session.windows().len() == 1);
        let shown = session.windows();

        session.minimize(&shown[0]);
        start_again(&session, &[]);
        wait_until("the window again", || session.windows() == shown);
        wait_until("its turn", || {
            session.xdotool(&["getactivewindow"]) == shown[0]
        });

        // It does what it is asked for, with the only card there is.
        start_again(&session, &["--show", "log-in-test"]);
        window.find("label", ".*ÅSTRÖM");
        window.fill("PIN1", "7391");
        // The test that is open stays, with what was typed into it.
        start_again(&session, &["--show", "log-in-test"]);
        window.ask(&json!({ "do": "type", "text": "8" }));
        wait_until("what was typed", || {
            window.find("password text", "PIN1")["text"] == "•••••"
        });
        start_again(&session, &["--show", "devices"]);
        window.find("password text", "PIN1");
        assert_eq!(session.windows(), shown);
        assert!(simulator.attempts().is_empty());
    });
}

#[test]
fn the_first_start_opens_what_it_is_asked_for() {
    with_readers(1, || {
        let _simulator = Simulator::with(&["v4"]);
        let mut window = Window::open(&["--show", "log-in-test"]);
        window.find(BUTTON, "Test");
        window.find("label", ".*ÅSTRÖM");
    });
}

#[test]
fn whoever_comes_after_the_window_was_closed_is_the_first() {
    with_readers(1, || {
        let mut window = Window::open(&[]);
        let session = Session::of(&mut window);
        wait_until("the window", || session.windows().len() == 1);
        // Keys go to whatever is in front.
        wait_until("the window in front", || {
            let shown = session.windows();
            shown.len() == 1 && session.xdotool(&["getactivewindow"]) == shown[0]
        });
        window.keys(&["alt+F4"]);
        wait_until("no window", || session.windows().is_empty());
        // The program of the one before is still ending, as likely as not.
        let mut next = Running::new(&mut session.command(program("siru-desktop")));
        wait_until("the next window", || {
            let shown = session.windows();
            shown.len() == 1 && session.xdotool(&["getwindowpid", &shown[0]]) == next.pid()
        });
        assert!(!next.ended());
        start_again(&session, &[]);
        assert_eq!(session.windows().len(), 1);
    });
}

#[test]
fn a_demonstration_is_a_window_of_its_own() {
    with_readers(1, || {
        let mut window = Window::open(&["--demo"]);
        let session = Session::of(&mut window);
        let mut real = Running::new(&mut session.command(program("siru-desktop")));
        wait_until("both windows", || session.windows().len() == 2);
        let mut command = session.command(program("siru-desktop"));
        let mut demonstration = Running::new(command.arg("--demo"));
        wait_until("the third window", || session.windows().len() == 3);
        assert!(!real.ended() && !demonstration.ended());
        start_again(&session, &[]);
        assert_eq!(session.windows().len(), 3);
    });
}

#[test]
fn without_a_session_bus_every_start_has_its_window() {
    with_readers(1, || {
        let _simulator = Simulator::with(&["v4"]);
        let mut window = Window::open(&[]);
        window.find(ROW, ".*ÅSTRÖM, basic PIN.*");
        let session = Session::of(&mut window);
        wait_until("the window", || session.windows().len() == 1);

        let folder = tempfile::tempdir().expect("a folder");
        let silent = folder.path().join("silent");
        let _listener = UnixListener::bind(&silent).expect("a socket");
        let nowhere = folder.path().join("nowhere");
        let mut running = Vec::new();
        for (count, socket) in [(2, nowhere), (3, silent)] {
            let address = format!("unix:path={}", socket.display());
            let mut command = session.command(program("siru-desktop"));
            command.env("DBUS_SESSION_BUS_ADDRESS", address);
            running.push(Running::new(&mut command));
            wait_until("another window", || session.windows().len() == count);
        }
        assert!(!running.iter_mut().any(Running::ended));
    });
}
