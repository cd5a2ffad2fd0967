//! The command line as a program runs it: arguments and codes in, exit code and text out.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::rig::{program, run, wait_until};

/// What a run of `siru` gave.
pub struct Siru {
    /// The exit code.
    pub code: i32,
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub error: String,
}

/// Runs `siru` in English with codes on its standard input.
///
/// # Panics
///
/// When it does not come to that.
#[must_use]
pub fn siru(arguments: &[&str], codes: &[&str]) -> Siru {
    finished(Command::new(program("siru")), arguments, codes)
}

/// The same, for a person whose files are in `home`.
///
/// # Panics
///
/// When it does not come to that.
#[must_use]
pub fn siru_at(home: &Path, arguments: &[&str], codes: &[&str]) -> Siru {
    let mut command = Command::new(program("siru"));
    command.env("HOME", home);
    for variable in ["XDG_CONFIG_HOME", "XDG_DATA_HOME"] {
        command.env_remove(variable);
    }
    finished(command, arguments, codes)
}

fn finished(mut command: Command, arguments: &[&str], codes: &[&str]) -> Siru {
    command.args(["--lang", "en"]).args(arguments);
    let input: String = codes.iter().map(|code| format!("{code}\n")).collect();
    let output = run(&mut command, &input);
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    let (out, error) = (text(output.stdout), text(output.stderr));
    for code in codes {
        assert!(
            !out.contains(code) && !error.contains(code),
            "a code was shown: {out}{error}"
        );
    }
    Siru {
        code: output.status.code().expect("an exit code"),
        out,
        error,
    }
}

/// The whole list as programs get it.
///
/// # Panics
///
/// When it does not come to that.
#[must_use]
pub fn listed() -> Value {
    let list = siru(&["list", "--json"], &[]);
    assert_eq!(list.code, 0, "{}{}", list.out, list.error);
    serde_json::from_str(&list.out).expect("JSON")
}

/// Waits until so many readers hold a card that was read.
///
/// # Panics
///
/// When it does not come to that.
pub fn wait_for_cards(count: usize) {
    wait_until("the cards to be listed", || {
        let list = listed();
        let readers = list["readers"].as_array().expect("readers");
        readers
            .iter()
            .filter(|reader| reader["state"] == "card")
            .count()
            == count
    });
}

/// Waits until the first reader is in this state.
///
/// # Panics
///
/// When it does not come to that.
pub fn wait_for_state(state: &str) {
    wait_until(state, || listed()["readers"][0]["state"] == state);
}

/// Runs a PIN command with its codes on standard input.
///
/// # Panics
///
/// When it does not come to an end.
#[must_use]
pub fn pin_command(command: &str, pin: &str, codes: &[&str]) -> Siru {
    siru(&[command, "--pin", pin, "--pin-file", "-"], codes)
}
