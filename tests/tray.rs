//! Does the icon in the tray tell how cards are, lead to the one window, and cost nothing? A panel
//! of the test's own shows it, over cards in real PC/SC readers.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test stops where it breaks"
)]

use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};
use serde_json::{Value, json};
use siru_tests::namespace::write_to_etc;
use siru_tests::panel::Panel;
use siru_tests::rig::{Simulator, program, run, wait_for_card, wait_until, with_readers};
use siru_tests::session::Session;
use siru_tests::window::Window;

const READY: &str = "Siru: The card is ready";
const EMPTY: &str = "Siru: No card in the reader";

/// A panel with the icon on it.
fn with_icon(panel: &mut Panel) {
    panel.own(true);
    panel.tray(&[]);
    panel.titled(".*");
}

/// Whether the picture is yellow, and whether it warns.
fn picture(shown: &Value) -> (bool, bool) {
    (
        shown["yellow"] == Value::Bool(true),
        shown["warning"] == Value::Bool(true),
    )
}

#[test]
fn the_icon_follows_cards_and_the_service() {
    with_readers(1, || {
        let mut simulator = Simulator::with(&[]);
        let mut panel = Panel::alone();
        with_icon(&mut panel);
        let shown = panel.titled(EMPTY);
        assert_eq!(picture(&shown), (false, false));
        assert_eq!(shown["sides"], json!([22, 32, 48]));

        simulator.put_in("insert v4", 0);
        let shown = panel.titled(READY);
        assert_eq!(picture(&shown), (true, false));
        let tool_tip = shown["tool_tip"].as_str().expect("text");
        assert_eq!(
            tool_tip.lines().collect::<Vec<_>>(),
            [
                "V0 00 00: The card is ready",
                "V0 00 01: No card in the reader"
            ]
        );

        for (image, title) in [
            ("v4-locked", "Siru: The basic PIN \\(PIN1\\) is locked"),
            (
                "organisation-pin2-locked",
                "Siru: The signature PIN \\(PIN2\\) is locked",
            ),
            (
                "v3-expired",
                "Siru: The certificate of the card expired on [0-9-]{10}",
            ),
            ("mute", "Siru: The card does not answer"),
        ] {
            simulator.put_in(&format!("insert {image}"), 1);
            let shown = panel.titled(title);
            assert_eq!(picture(&shown), (false, true), "{image}");
            simulator.take_out(1);
            panel.titled(READY);
        }
        // A card of another kind does not hide the one that is ready.
        simulator.put_in("insert foreign", 1);
        wait_until("the other card", || {
            panel.titled(READY)["tool_tip"]
                .as_str()
                .expect("text")
                .ends_with("V0 00 01: Not a supported card")
        });
        simulator.take_out(0);
        let shown = panel.titled("Siru: Not a supported card");
        assert_eq!(picture(&shown), (false, true));
        simulator.take_out(1);
        panel.titled(EMPTY);

        let pid = std::env::var("PCSCD_PID").expect("the daemon");
        let pid = Pid::from_raw(pid.parse().expect("a number")).expect("a pid");
        simulator.put_in("insert v4", 0);
        panel.titled(READY);
        kill_process(pid, Signal::TERM).expect("a process");
        let shown = panel.titled("Siru: The smart card service is not running");
        assert_eq!(picture(&shown), (false, false));
        wait_until("the service's end", || {
            !Path::new("/run/pcscd/pcscd.comm").exists()
        });
        let configuration = std::env::var("PCSCD_CONF").expect("its configuration");
        let mut service = Command::new("/usr/sbin/pcscd")
            .args(["--foreground", "-c", &configuration])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("pcscd starts");
        panel.titled(READY);
        assert!(simulator.attempts().is_empty(), "a PIN for an icon");
        assert_eq!(simulator.signatures(), 0);
        drop(panel);
        service.kill().expect("a process");
        service.wait().expect("its end");
    });
}

#[test]
fn a_click_starts_the_window_and_then_raises_it() {
    with_readers(1, || {
        let simulator = Simulator::with(&["v4"]);
        let mut panel = Panel::alone();
        with_icon(&mut panel);
        panel.titled(READY);
        assert_eq!(panel.windows(), 0);
        for _ in 0..3 {
            panel.click();
        }
        panel.ask(&json!({ "do": "owned", "name": "fi.siru.Siru" }));
        wait_until("the window", || panel.windows() == 1);
        panel.choose("Show devices");
        panel.click();
        panel.choose("Quit");
        assert_eq!(panel.ended(), json!(0));
        assert_eq!(panel.windows(), 1, "the window stays, and is the only one");
        panel.ask(&json!({ "do": "key", "key": "alt+F4" }));
        wait_until("its end", || panel.windows() == 0);
        assert!(simulator.attempts().is_empty());
    });
}

#[test]
fn the_menu_leads_to_the_window_that_is_there() {
    with_readers(1, || {
        let simulator = Simulator::with(&["v4"]);
        let mut window = Window::open(&[]);
        let session = Session::of(&mut window);
        wait_until("the window", || session.windows().len() == 1);
        let shown = session.windows();
        let mut panel = Panel::beside(&session);
        with_icon(&mut panel);
        panel.titled(READY);
        for raise in [Panel::click, |panel: &mut Panel| {
            panel.choose("Show devices")
        }] {
            session.minimize(&shown[0]);
            raise(&mut panel);
            wait_until("the window again", || session.windows() == shown);
        }
        panel.choose("Log-in test");
        window.find("label", ".*ÅSTRÖM");
        window.find("password text", "PIN1");
        assert_eq!(session.windows(), shown);
        assert!(simulator.attempts().is_empty());
    });
}

#[test]
fn a_pin_unlocked_in_the_window_turns_the_chip_yellow() {
    with_readers(1, || {
        let simulator = Simulator::with(&["v4-locked"]);
        let mut window = Window::open(&[]);
        let session = Session::of(&mut window);
        let mut panel = Panel::beside(&session);
        with_icon(&mut panel);
        panel.titled("Siru: The basic PIN \\(PIN1\\) is locked");
        window.press("list item", ".*basic PIN.*");
        window.press("page tab", "Unlock PIN");
        window.fill("PUK/Activation code", "12345678");
        window.keys(&["Tab"]);
        window.fill("New PIN", "246810");
        window.keys(&["Tab"]);
        window.fill("New PIN again", "246810");
        window.press("push button", "Unlock");
        assert_eq!(picture(&panel.titled(READY)), (true, false));
        assert_eq!(simulator.attempts().len(), 1, "the person's");
    });
}

#[test]
fn a_pin_locked_by_another_program_takes_the_yellow_away() {
    with_readers(1, || {
        let simulator = Simulator::with(&["v4-last-try"]);
        let mut panel = Panel::alone();
        with_icon(&mut panel);
        assert_eq!(picture(&panel.titled(READY)), (true, false));
        let mut command = Command::new(program("siru"));
        command.args(["check", "--pin", "1", "--pin-file", "-", "--last-try"]);
        let output = run(&mut command, "4321\n");
        assert_eq!(output.status.code(), Some(7), "{output:?}");
        // Opening the menu is enough.
        panel.ask(&json!({ "do": "menu_with", "label": "Show devices" }));
        let shown = panel.titled("Siru: The basic PIN \\(PIN1\\) is locked");
        assert_eq!(picture(&shown), (false, true));
        assert_eq!(simulator.attempts().len(), 1, "the person's");
    });
}

#[test]
fn a_card_to_be_activated_opens_the_window_when_it_is_put_in() {
    with_readers(1, || {
        let mut simulator = Simulator::with(&["v4-fresh"]);
        let mut panel = Panel::alone();
        with_icon(&mut panel);
        let shown = panel.titled("Siru: The card is not activated yet");
        assert_eq!(picture(&shown), (false, true));
        assert_eq!(panel.windows(), 0, "it was there before");
        for _ in 0..2 {
            simulator.take_out(0);
            panel.titled(EMPTY);
            simulator.put_in("reinsert", 0);
            wait_until("the window", || panel.windows() == 1);
            panel.ask(&json!({ "do": "key", "key": "alt+F4" }));
            wait_until("its end", || panel.windows() == 0);
        }
        assert!(simulator.attempts().is_empty());
    });
}

#[test]
fn a_panel_that_comes_later_is_told_of_the_icon() {
    with_readers(1, || {
        let _simulator = Simulator::with(&["v4"]);
        let mut panel = Panel::alone();
        panel.tray(&[]);
        panel.ask(&json!({ "do": "owned", "name": "fi.siru.Tray" }));
        for _ in 0..2 {
            panel.own(true);
            panel.titled(READY);
            panel.own(false);
        }
        panel.own(true);
        panel.titled(READY);
        panel.choose("Quit");
        assert_eq!(panel.ended(), json!(0));
    });
}

#[test]
fn it_speaks_the_language_of_the_settings() {
    with_readers(1, || {
        let _simulator = Simulator::with(&["v4"]);
        let mut panel = Panel::alone();
        with_icon(&mut panel);
        panel.titled(READY);
        let labels = ["Show devices", "Log-in test", "", "Quit"];
        assert_eq!(panel.menu(), json!(labels));
        // Opening the menu is enough.
        panel.settings("language = \"fi\"\n");
        panel.ask(&json!({ "do": "menu_with", "label": "Näytä laitteet" }));
        panel.titled("Siru: Kortti on käyttövalmis");
        panel.settings("language = \"sv\"\n");
        panel.ask(&json!({ "do": "changed" }));
        panel.titled("Siru: Kortet är klart att användas");
        panel.choose("Avsluta");
        assert_eq!(panel.ended(), json!(0));
    });
}

#[test]
fn there_is_one_icon_and_only_where_it_is_wanted() {
    with_readers(1, || {
        let mut panel = Panel::alone();
        panel.own(true);
        panel.tray(&["--autostart"]);
        assert_eq!(panel.ended(), json!(0), "nobody asked for it");
        panel.settings("language = 'en'\ntray.autostart = true\n");
        panel.tray(&["--autostart"]);
        panel.titled(EMPTY);
        panel.tray(&[]);
        assert_eq!(panel.ended(), json!(0), "there is one already");
        panel.choose("Quit");
        panel.own(false);

        write_to_etc(
            "siru/config.toml",
            "locked = ['tray.autostart']\ntray.autostart = false\n",
        );
        panel.tray(&["--autostart"]);
        assert_eq!(panel.ended(), json!(0), "the machine locks it");
    });
}

#[test]
fn without_a_session_it_says_so_and_ends() {
    let mut command = Command::new(program("siru-tray"));
    command
        .env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")
        .env("LANG", "en_US.UTF-8")
        .env_remove("LANGUAGE")
        .env_remove("LC_ALL")
        .env_remove("LC_MESSAGES");
    let output = run(&mut command, "");
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8(output.stderr).expect("text");
    assert!(said.contains("session bus"), "{said}");
}

#[test]
fn waiting_costs_nothing() {
    with_readers(1, || {
        let simulator = Simulator::with(&["v4", "organisation"]);
        let mut panel = Panel::alone();
        panel.own(true);
        let tray = panel.tray(&[]);
        panel.titled(READY);
        let resident = tray.resident();
        assert!(resident <= 15 * 1024, "{resident} KiB");
        // Not one wake-up, by a library either: a thread pool with a short breath is enough to fail.
        tray.wait_for_sleep(Duration::from_secs(3));
        assert!(simulator.attempts().is_empty());
    });
}

#[test]
fn readers_that_are_left_out_are_not_there() {
    with_readers(1, || {
        write_to_etc("siru/config.toml", "readers.leave-out = ['v0 00 0?']\n");
        let _simulator = Simulator::with(&["v4", "v4-locked"]);
        wait_for_card(1, true);
        let list = |arguments: &[&str]| {
            let mut command = Command::new(program("siru"));
            let output = run(command.args(arguments), "");
            let text = String::from_utf8(output.stdout).expect("text");
            (output.status.code(), text)
        };
        let (code, text) = list(&["list", "--json"]);
        let found: Value = serde_json::from_str(&text).expect("JSON");
        assert_eq!((code, &found["readers"]), (Some(4), &json!([])), "{text}");

        let mut panel = Panel::alone();
        with_icon(&mut panel);
        panel.titled("Siru: No card reader");
        // In the same private folder.
        let machine = Path::new("/etc/siru/config.toml");
        std::fs::write(machine, "readers.leave-out = ['*1']\n").expect("a private /etc");
        panel.ask(&json!({ "do": "changed" }));
        let shown = panel.titled(READY);
        assert_eq!(shown["tool_tip"], "V0 00 00: The card is ready");
        let (code, text) = list(&["list", "--json"]);
        let found: Value = serde_json::from_str(&text).expect("JSON");
        let names: Vec<&Value> = found["readers"]
            .as_array()
            .expect("a list")
            .iter()
            .map(|reader| &reader["name"])
            .collect();
        assert_eq!((code, names), (Some(0), vec![&json!("V0 00 00")]));
    });
}
