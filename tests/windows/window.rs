//! Does `Siru.exe` open a window and draw it, with each thing that can draw, and is one confirmation
//! one command?
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test stops where it breaks"
)]

use std::fs;
use std::process::{Child, Command, Stdio};

use siru_tests::command_line::wait_for_cards;
use siru_tests::rig::{Simulator, wait_until, with_readers};
use siru_windows_tests::screen::{Picture, Screen};
use siru_windows_tests::wine::Wine;

/// Where the first PIN stands in the list, in points from the upper left corner of the window.
const FIRST_PIN: (u32, u32) = (190, 225);

/// Where the first of its tries left is drawn.
const FIRST_TRY: (usize, usize) = (346, 224);

/// Starts the program and waits until its window is drawn; the program, and the window's number.
fn open(wine: &Wine, screen: &Screen, environment: &[(&str, &str)]) -> (Child, String) {
    let mut command: Command = wine.command("Siru.exe");
    command
        .args(["--lang", "en"])
        .envs(environment.iter().copied())
        .stdin(Stdio::null());
    let program = screen.lend(&mut command).spawn().expect("Wine starts");
    let window = screen.wait_drawn("Siru");
    (program, window)
}

/// Whether a library of the graphics of this machine is loaded by the program.
fn draws_with(library: &str) -> bool {
    fs::read_dir("/proc")
        .expect("processes")
        .filter_map(|entry| Some(entry.ok()?.path()))
        .filter(|process| {
            let command = fs::read(process.join("cmdline")).unwrap_or_default();
            String::from_utf8_lossy(&command).contains("Siru.exe")
        })
        .any(|process| {
            let maps = fs::read_to_string(process.join("maps")).unwrap_or_default();
            maps.contains(library)
        })
}

fn a_wrong_pin_is_one_command(environment: &[(&str, &str)], library: &str) {
    let mut simulator = Simulator::with(&["v4"]);
    wait_for_cards(1);
    let screen = Screen::start();
    let wine = Wine::start_on(&screen);
    let (mut program, window) = open(&wine, &screen, environment);
    assert!(draws_with(library), "{library} is not what draws");

    let list = settled(&screen, &window);
    screen.click(&window, FIRST_PIN.0, FIRST_PIN.1);
    screen.wait_changed(&window, &list);
    let form = screen.picture(&window);
    screen.type_text("9999");
    screen.wait_changed(&window, &form);
    assert!(
        simulator.attempts().is_empty(),
        "sent before the confirmation"
    );
    let filled = screen.picture(&window);
    screen.key("Return");
    wait_until("the PIN to reach the card", || {
        !simulator.attempts().is_empty()
    });
    screen.wait_changed(&window, &filled);
    // Once more changes nothing: the field is empty.
    screen.key("Return");
    assert_eq!(simulator.tries(0), [4, 5, 5]);
    let attempts = simulator.attempts();
    assert_eq!(attempts.len(), 1, "{attempts:?}");
    assert_eq!(attempts[0]["status"], 0x63C4);

    screen.key("alt+F4");
    let ended = program.wait().expect("its end");
    assert!(ended.success(), "{ended}");
    assert_eq!(simulator.attempts().len(), 1);
}

#[test]
fn without_direct3d_opengl_draws_and_a_wrong_pin_is_one_command() {
    with_readers(1, || a_wrong_pin_is_one_command(&[], "swrast_dri.so"));
}

#[test]
fn what_draws_in_remote_sessions_draws_here_over_vulkan() {
    with_readers(1, || {
        a_wrong_pin_is_one_command(&[("WGPU_BACKEND", "vulkan")], "libvulkan_lvp.so");
    });
}

#[test]
fn cards_services_and_windows_come_and_go() {
    with_readers(1, || {
        let mut simulator = Simulator::with(&["v4"]);
        wait_for_cards(1);
        let screen = Screen::start();
        let mut wine = Wine::start_on(&screen);
        let (_program, window) = open(&wine, &screen, &[]);
        let with_card = settled(&screen, &window);
        simulator.take_out(0);
        screen.wait_changed(&window, &with_card);
        let empty = screen.picture(&window);
        simulator.put_in("reinsert", 0);
        screen.wait_changed(&window, &empty);
        wait_until("the card to be shown as before", || {
            screen.picture(&window) == with_card
        });
        wine.stop_service();
        screen.wait_changed(&window, &with_card);
        wine.start_service();
        wait_until("the card to be shown again", || {
            screen.picture(&window) == with_card
        });
        assert!(simulator.attempts().is_empty());
    });
}

/// The picture of a window that shows its card.
fn settled(screen: &Screen, window: &str) -> Picture {
    screen.wait_dark(window, FIRST_TRY.0, FIRST_TRY.1);
    screen.wait_rest(window)
}
