//! Do the settings of a real window hold: chosen by the keyboard alone, locked by the machine, shared
//! with the command line, and live where the desktop decides?
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test stops where it breaks"
)]

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use siru_tests::command_line::siru_at;
use siru_tests::namespace::write_to_etc;
use siru_tests::rig::{Simulator, program, wait_until, with_readers};
use siru_tests::window::Window;
use siru_tests::words::Words;

const BOX: &str = "check box";
const BUTTON: &str = "push button";
const CHOICE: &str = "radio button";
const HEADING: &str = "heading";
const ROW: &str = "list item";
const TAB: &str = "page tab";

/// The choices of the languages in the settings come after those in the header.
const IN_SETTINGS: usize = 1;

/// What the person's own file of settings says.
fn written(home: &Path) -> String {
    fs::read_to_string(home.join(".config/siru/config.toml")).unwrap_or_default()
}

/// Goes to the settings by the keyboard alone.
fn open_settings(window: &mut Window, words: &Words) {
    window.choose(TAB, &words.say("tab-settings"), 0);
    window.find(HEADING, &words.say("setting-appearance"));
}

/// A folder with a program for the tray, and the PATH that has it first.
fn tray_on_path(folder: &Path) -> (PathBuf, String) {
    fs::create_dir(folder).expect("a folder of our own");
    let tray = folder.join("siru-tray");
    fs::write(&tray, "").expect("a folder of our own");
    let path = env::var("PATH").expect("a path");
    (tray, format!("{}:{path}", folder.display()))
}

#[test]
fn what_is_chosen_by_keyboard_is_in_force_and_holds_in_the_next_window() {
    with_readers(1, || {
        let _simulator = Simulator::with(&["v4"]);
        let folder = tempfile::tempdir().expect("a folder");
        let home = folder.path().join("home");
        fs::create_dir(&home).expect("a folder of our own");
        let (on_path, path) = tray_on_path(&folder.path().join("bin"));
        // The one beside the window belongs to it, and comes first.
        let beside = program("siru-desktop").with_file_name("siru-tray");
        let tray = if beside.is_file() { beside } else { on_path };
        let (english, finnish) = (Words::of("en"), Words::of("fi"));

        let mut window = Window::open_at(&home, &[("PATH", &path)]);
        open_settings(&mut window, &english);
        window.choose(CHOICE, "suomi", IN_SETTINGS);
        window.find(HEADING, &finnish.say("setting-appearance"));
        window.absent(HEADING, &english.say("setting-appearance"));
        assert!(written(&home).contains("language = \"fi\""));

        let tab = finnish.say("tab-settings");
        let small = window.height(TAB, &tab);
        window.choose(CHOICE, "150 %", 0);
        wait_until("larger letters", || {
            window.height(TAB, &tab) * 4 > small * 5
        });
        assert!(written(&home).contains("zoom = 150"));

        let symbol = finnish.say("tray-autostart");
        let entry = home.join(".config/autostart/fi.siru.Siru.Tray.desktop");
        assert!(!window.is_chosen(BOX, &symbol, 0) && !entry.exists());
        window.choose(BOX, &symbol, 0);
        wait_until("the entry", || entry.is_file());
        let text = fs::read_to_string(&entry).expect("the entry");
        let exec = format!("\nExec=\"{}\" --autostart\n", tray.display());
        assert!(text.contains(&exec), "{text}");
        wait_until("the setting", || {
            written(&home).contains("autostart = true")
        });
        window.close();

        let mut window = Window::open_at(&home, &[("PATH", &path)]);
        open_settings(&mut window, &finnish);
        assert!(window.is_chosen(CHOICE, "suomi", IN_SETTINGS));
        assert!(window.is_chosen(CHOICE, "150 %", 0));
        assert!(window.is_chosen(BOX, &symbol, 0));
        assert!(window.height(TAB, &tab) * 4 > small * 5);
        // The keys take the size back everywhere, and the tick the entry.
        window.keys(&["ctrl+0"]);
        wait_until("smaller letters", || window.height(TAB, &tab) == small);
        window.choose(BOX, &symbol, 0);
        wait_until("no entry", || !entry.exists());
        wait_until("the setting", || {
            written(&home).contains("autostart = false")
        });
        window.close();
        assert!(!written(&home).contains("zoom"), "{}", written(&home));
    });
}

#[test]
fn the_entry_and_the_setting_say_the_same_when_the_file_cannot_be_used() {
    with_readers(1, || {
        let folder = tempfile::tempdir().expect("a folder");
        let home = folder.path().join("home");
        let own = home.join(".config/siru");
        fs::create_dir_all(&own).expect("a folder of our own");
        fs::write(own.join("config.toml"), "= =").expect("a folder of our own");
        let (_, path) = tray_on_path(&folder.path().join("bin"));
        let words = Words::of("en");
        let mut window = Window::open_at(&home, &[("PATH", &path)]);
        open_settings(&mut window, &words);
        window.find(HEADING, &words.say("settings-problem"));
        let symbol = words.say("tray-autostart");
        window.choose(BOX, &symbol, 0);
        window.find(HEADING, &words.say("unsaved"));
        assert!(!window.is_chosen(BOX, &symbol, 0));
        assert!(
            !home
                .join(".config/autostart/fi.siru.Siru.Tray.desktop")
                .exists()
        );
        window.close();
        assert_eq!(written(&home), "= =");
    });
}

#[test]
fn what_the_machine_locks_is_disabled_and_holds_for_the_command_line_too() {
    with_readers(1, || {
        let mut simulator = Simulator::with(&["v4"]);
        let machine = "locked = [\"language\", \"window.zoom\", \"pins.weak\"]\nlanguage = \"sv\"\n\
            [window]\nzoom = 125\n[pins]\nweak = \"forbid\"\n";
        write_to_etc("siru/config.toml", machine);
        let home = tempfile::tempdir().expect("a folder");
        let own = home.path().join(".config/siru");
        fs::create_dir_all(&own).expect("a folder of our own");
        let user = "language = \"fi\"\n[window]\nzoom = 200\n[pins]\nweak = \"warn\"\n";
        fs::write(own.join("config.toml"), user).expect("a folder of our own");

        let words = Words::of("sv");
        let mut window = Window::open_at(home.path(), &[]);
        open_settings(&mut window, &words);
        let padlock = words.say("setting-locked");
        let locks = |window: &mut Window| {
            let all = window.all();
            all.iter().filter(|node| node["name"] == *padlock).count()
        };
        assert_eq!(locks(&mut window), 3);
        let forbid = words.say("weak-pins-forbid");
        for choice in [
            "100 %",
            "125 %",
            "200 %",
            &words.say("weak-pins-warn"),
            &forbid,
        ] {
            window.enabled(CHOICE, choice, false);
        }
        assert!(window.is_chosen(CHOICE, "125 %", 0) && window.is_chosen(CHOICE, &forbid, 0));
        window.enabled(CHOICE, &words.say("appearance-dark"), true);
        window.keys(&["ctrl+plus", "ctrl+0"]);
        window.choose(CHOICE, &words.say("appearance-dark"), 0);
        wait_until("the choice", || written(home.path()).contains("\"dark\""));
        assert!(written(home.path()).contains("zoom = 200"));
        assert!(window.is_chosen(CHOICE, "125 %", 0));

        // A new PIN of equal digits is not taken, neither here nor there.
        window.choose(TAB, &words.say("tab-identification"), 0);
        window.press(ROW, ".*ÅSTRÖM.*PIN1.*");
        window.press(TAB, &words.say("change-pin"));
        for (field, digits) in [
            ("current-pin", "1234"),
            ("new-pin", "7777"),
            ("new-pin-again", "7777"),
        ] {
            window.fill(&words.say(field), digits);
            window.keys(&["Tab"]);
        }
        window.find("label", &format!(".*{}.*", words.say("weak-forbidden")));
        window.enabled(BUTTON, &words.say("button-change"), false);
        let change = ["change", "--pin", "1", "--pin-file", "-"];
        let refused = siru_at(home.path(), &change, &["1234", "7777"]);
        assert_eq!(refused.code, 9, "{}", refused.error);
        assert!(
            refused.error.contains("The rules of this computer"),
            "{}",
            refused.error
        );
        assert!(simulator.attempts().is_empty());
        assert_eq!(simulator.tries(0), [5, 5, 5]);
    });
}

/// The name of the first button that begins so.
fn first_button(window: &mut Window, beginning: &str) -> String {
    let button = window.find(BUTTON, &format!("{beginning}.*"));
    button["name"].as_str().expect("a name").to_owned()
}

#[test]
fn a_reader_that_is_left_out_is_gone_from_the_window_and_the_command_line() {
    with_readers(1, || {
        let simulator = Simulator::with(&["v4"]);
        let home = tempfile::tempdir().expect("a folder");
        let words = Words::of("en");
        let readers = || {
            let list = siru_at(home.path(), &["list", "--json"], &[]);
            let list: Value = serde_json::from_str(&list.out).expect("JSON");
            list["readers"].as_array().expect("readers").len()
        };
        assert_eq!(readers(), 2);
        let mut window = Window::open_at(home.path(), &[]);
        window.find(ROW, ".*ÅSTRÖM, basic PIN.*");
        open_settings(&mut window, &words);
        let name = first_button(&mut window, "Leave out ");
        window.choose(BUTTON, &name, 0);
        window.find(BUTTON, "Show .* again");
        window.absent(BUTTON, "Leave out .*");
        window.choose(TAB, &words.say("tab-identification"), 0);
        window.absent(ROW, ".*");
        assert_eq!(readers(), 0);
        window.close();

        let mut window = Window::open_at(home.path(), &[]);
        open_settings(&mut window, &words);
        let name = first_button(&mut window, "Show ");
        window.choose(BUTTON, &name, 0);
        window.choose(TAB, &words.say("tab-identification"), 0);
        window.find(ROW, ".*ÅSTRÖM, basic PIN.*");
        assert_eq!(readers(), 2);
        assert!(simulator.attempts().is_empty());
    });
}

/// Has the desktop wish for something.
fn wish(window: &mut Window, key: &str, value: u32) {
    window.ask(&json!({ "do": "portal", "key": key, "value": value }));
}

/// Waits until the window has another ground than before, and says which.
fn other_ground(window: &mut Window, before: &[u64]) -> Vec<u64> {
    wait_until("another ground", || window.ground() != before);
    window.ground()
}

#[test]
fn the_window_follows_the_desktop_while_it_is_open() {
    with_readers(1, || {
        let _simulator = Simulator::with(&["v4"]);
        let home = tempfile::tempdir().expect("a folder");
        let words = Words::of("en");
        let mut window = Window::open_at(home.path(), &[("WINDOW_PORTAL", "1")]);
        window.find(ROW, ".*ÅSTRÖM, basic PIN.*");
        open_settings(&mut window, &words);
        let bright = |ground: &[u64]| ground.iter().all(|part| *part > 200);
        let light = window.ground();
        assert!(bright(&light), "{light:?}");
        wish(&mut window, "color-scheme", 1);
        let dark = other_ground(&mut window, &light);
        assert!(dark.iter().all(|part| *part < 60), "{dark:?}");
        wish(&mut window, "contrast", 1);
        let black = other_ground(&mut window, &dark);
        assert!(black.iter().zip(&dark).all(|(black, dark)| black < dark));
        wish(&mut window, "color-scheme", 2);
        let white = other_ground(&mut window, &black);
        assert!(bright(&white) && white != light, "{white:?}");
        // Whoever has chosen is not asked any more, until they leave it to the system again.
        window.choose(CHOICE, &words.say("appearance-dark"), 0);
        assert_eq!(other_ground(&mut window, &white), dark);
        window.choose(CHOICE, &words.say("appearance-system"), 0);
        assert_eq!(other_ground(&mut window, &dark), white);
    });
}
