//! Does `Siru.exe` look as Windows asks all programs to, from the start and when it changes?
#![allow(clippy::expect_used, reason = "a test stops where it breaks")]

use std::process::Stdio;

use siru_tests::rig::with_readers;
use siru_windows_tests::screen::Screen;
use siru_windows_tests::wine::Wine;

/// What a person sets under *Colours*.
fn set_light(wine: &Wine, is_light: bool) {
    let value = if is_light { "1" } else { "0" };
    let theme = r"Software\Microsoft\Windows\CurrentVersion\Themes\Personalize";
    wine.set_in_registry(theme, "AppsUseLightTheme", "REG_DWORD", value);
}

/// What a person sets under *Contrast themes*.
fn set_high_contrast(wine: &Wine, is_high: bool) {
    let value = if is_high { "127" } else { "126" };
    let contrast = r"Control Panel\Accessibility\HighContrast";
    wine.set_in_registry(contrast, "Flags", "REG_SZ", value);
}

#[test]
fn light_dark_and_high_contrast_follow_windows() {
    with_readers(1, || {
        let screen = Screen::start();
        let wine = Wine::start_on(&screen);
        set_light(&wine, true);
        set_high_contrast(&wine, false);
        let mut command = wine.command("Siru.exe");
        command.args(["--lang", "en"]).stdin(Stdio::null());
        let mut program = screen.lend(&mut command).spawn().expect("Wine starts");
        let window = screen.wait_drawn("Siru");
        let light = screen.wait_rest(&window);
        assert!(!light.is_dark(BACKGROUND.0, BACKGROUND.1), "dark at first");

        set_light(&wine, false);
        screen.wait_dark(&window, BACKGROUND.0, BACKGROUND.1);
        let dark = screen.wait_rest(&window);
        set_high_contrast(&wine, true);
        screen.wait_changed(&window, &dark);
        let contrast = screen.wait_rest(&window);

        set_light(&wine, true);
        set_high_contrast(&wine, false);
        screen.wait_changed(&window, &contrast);
        assert!(screen.wait_rest(&window) == light, "as at first");
        screen.key("alt+F4");
        assert!(program.wait().expect("its end").success());
    });
}

/// A place in the window where nothing stands.
const BACKGROUND: (usize, usize) = (985, 600);
