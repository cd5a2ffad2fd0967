//! Does `siru-tray.exe` show in the notification area how cards are, once in a session, and does it
//! end when an installer, the session or a person asks it to?
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test stops where it breaks"
)]

use std::process::{Child, Stdio};

use siru_tests::command_line::wait_for_cards;
use siru_tests::rig::{Simulator, wait_until, with_readers};
use siru_windows_tests::screen::Screen;
use siru_windows_tests::wine::Wine;

/// Where Wine shows icons when no panel does. It is there as long as there is an icon.
const AREA: &str = "Wine System Tray";

fn start(wine: &Wine, screen: &Screen, arguments: &[&str]) -> Child {
    let mut command = wine.command("siru-tray.exe");
    command.args(arguments).stdin(Stdio::null());
    screen.lend(&mut command).spawn().expect("Wine starts")
}

/// Waits until the icon is yellow, or is there and is not.
fn wait_yellow(screen: &Screen, yellow: bool) {
    wait_until(&format!("an icon whose yellow is {yellow}"), || {
        let area = screen.window(AREA);
        area.is_some_and(|area| {
            let picture = screen.picture(&area);
            picture.colours() > 1 && picture.is_yellow() == yellow
        })
    });
}

/// Runs a program of Windows itself.
fn windows(wine: &Wine, screen: &Screen, program: &str, arguments: &[&str]) {
    let mut command = wine.own(program);
    let ended = screen.lend(&mut command).args(arguments).status();
    let ended = ended.expect("Wine starts");
    assert!(ended.success(), "{program}: {ended}");
}

#[test]
fn the_icon_follows_cards_and_the_service() {
    with_readers(1, || {
        let mut simulator = Simulator::with(&["v4"]);
        wait_for_cards(1);
        let screen = Screen::start();
        let mut wine = Wine::start_on(&screen);
        // Wine draws a picture over the one before, so that yellow is seen to come and not to go.
        simulator.take_out(0);
        wine.stop_service();
        let mut tray = start(&wine, &screen, &[]);
        wait_yellow(&screen, false);
        wine.start_service();
        simulator.put_in("insert v4", 0);
        wait_yellow(&screen, true);

        // A second one finds the first, and leaves it alone.
        let second = start(&wine, &screen, &[]).wait().expect("its end");
        assert!(second.success(), "{second}");
        assert!(tray.try_wait().expect("a process").is_none());

        // As an administrator or an installer closes programs.
        windows(&wine, &screen, "taskkill", &["/im", "siru-tray.exe"]);
        let ended = tray.wait().expect("its end");
        assert!(ended.success(), "{ended}");
        wait_until("the icon to go", || screen.window(AREA).is_none());
        assert!(simulator.attempts().is_empty(), "a PIN for an icon");
    });
}

#[test]
fn it_ends_with_the_session() {
    with_readers(1, || {
        let _simulator = Simulator::with(&["v4"]);
        wait_for_cards(1);
        let screen = Screen::start();
        let wine = Wine::start_on(&screen);
        let mut tray = start(&wine, &screen, &[]);
        wait_yellow(&screen, true);
        windows(&wine, &screen, "wineboot", &["--end-session"]);
        let ended = tray.wait().expect("its end");
        assert!(ended.success(), "{ended}");
    });
}

#[test]
fn a_new_card_opens_the_window() {
    with_readers(1, || {
        let mut simulator = Simulator::with(&["v4"]);
        wait_for_cards(1);
        simulator.take_out(0);
        let screen = Screen::start();
        let wine = Wine::start_on(&screen);
        let mut tray = start(&wine, &screen, &[]);
        wait_yellow(&screen, false);
        assert_eq!(screen.window("Siru"), None);
        simulator.put_in("insert v4-fresh", 0);
        let _window = screen.wait_drawn("Siru");
        assert!(tray.try_wait().expect("a process").is_none());
        assert!(simulator.attempts().is_empty());
    });
}

#[test]
fn started_with_the_session_it_stays_only_where_it_is_wanted() {
    with_readers(1, || {
        let _simulator = Simulator::with(&["v4"]);
        wait_for_cards(1);
        let screen = Screen::start();
        let wine = Wine::start_on(&screen);
        let unwanted = start(&wine, &screen, &["--autostart"]).wait();
        assert!(unwanted.expect("its end").success());
        assert!(screen.window(AREA).is_none());

        const POLICY: &str = r"HKLM\SOFTWARE\Policies\Siru\tray";
        let wanted = [
            "add",
            POLICY,
            "/v",
            "autostart",
            "/t",
            "REG_DWORD",
            "/d",
            "1",
            "/f",
        ];
        windows(&wine, &screen, "reg", &wanted);
        let mut tray = start(&wine, &screen, &["--autostart"]);
        wait_yellow(&screen, true);
        windows(&wine, &screen, "reg", &["delete", POLICY, "/f"]);
        windows(&wine, &screen, "taskkill", &["/im", "siru-tray.exe"]);
        assert!(tray.wait().expect("its end").success());
    });
}
