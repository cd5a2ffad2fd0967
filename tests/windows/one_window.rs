//! Does a second start of `Siru.exe` bring the one window forward, with what was asked for, and is what it
//! has to say without a window heard?
#![allow(clippy::expect_used, reason = "a test stops where it breaks")]

use std::process::{Child, Command, Output, Stdio};

use siru_tests::rig::{wait_until, with_readers};
use siru_windows_tests::screen::Screen;
use siru_windows_tests::wine::Wine;

fn siru(wine: &Wine, screen: &Screen, arguments: &[&str]) -> Command {
    let mut command = wine.command("Siru.exe");
    command
        .args(["--lang", "en"])
        .args(arguments)
        .stdin(Stdio::null());
    screen.lend(&mut command);
    command
}

fn open(wine: &Wine, screen: &Screen) -> (Child, String) {
    let program = siru(wine, screen, &[]).spawn().expect("Wine starts");
    (program, screen.wait_drawn("Siru"))
}

/// A start while there is a window.
fn start_again(wine: &Wine, screen: &Screen, arguments: &[&str]) {
    let ended = siru(wine, screen, arguments).status().expect("Wine starts");
    assert!(ended.success(), "{ended}");
    assert_eq!(screen.count("Siru"), 1, "one window");
}

#[test]
fn a_second_start_brings_the_one_window_forward_and_opens_there_what_it_asks_for() {
    with_readers(1, || {
        let screen = Screen::start();
        let wine = Wine::start_on(&screen);
        let (mut first, window) = open(&wine, &screen);
        let list = screen.wait_rest(&window);

        screen.minimise(&window);
        wait_until("the window to be gone", || screen.count("Siru") == 0);
        start_again(&wine, &screen, &[]);
        wait_until("the window to be in front", || screen.is_in_front(&window));

        start_again(&wine, &screen, &["--show", "log-in-test"]);
        screen.wait_changed(&window, &list);

        assert!(first.try_wait().expect("the first").is_none());
        screen.key("alt+F4");
        assert!(first.wait().expect("its end").success());
        // The next one is the first again.
        let (mut next, _window) = open(&wine, &screen);
        screen.key("alt+F4");
        assert!(next.wait().expect("its end").success());
    });
}

#[test]
fn without_a_window_the_streams_it_was_given_say_it() {
    with_readers(1, || {
        let screen = Screen::start();
        let wine = Wine::start_on(&screen);
        let said = |arguments: &[&str]| -> Output {
            siru(&wine, &screen, arguments)
                .output()
                .expect("Wine starts")
        };
        let version = said(&["--version"]);
        assert!(version.status.success());
        let text = String::from_utf8_lossy(&version.stdout);
        assert!(text.contains(env!("CARGO_PKG_VERSION")), "{text}");
        let nonsense = said(&["--nonsense"]);
        assert_eq!(nonsense.status.code(), Some(2));
        let text = String::from_utf8_lossy(&nonsense.stderr);
        assert!(text.contains("--nonsense"), "{text}");
    });
}

#[test]
fn without_a_window_and_without_streams_a_small_window_says_it_until_it_is_closed() {
    with_readers(1, || {
        let screen = Screen::start();
        let wine = Wine::start_on(&screen);
        let mut start = wine.opened("Siru.exe");
        let begun = screen.lend(start.arg("--nonsense")).status();
        assert!(begun.expect("Wine starts").success());
        wait_until("the small window", || screen.count("Siru") == 1);
        screen.key("Return");
        wait_until("its end", || screen.count("Siru") == 0);
    });
}
