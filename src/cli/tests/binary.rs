//! The binary from outside: exit codes, streams and JSON over the built-in virtual cards.
#![cfg(test)]

use std::io::{Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Output, Stdio};

fn siru(line: &str, input: &str) -> Output {
    siru_at(Path::new(NO_HOME), line, input)
}

/// A person who has decided nothing.
const NO_HOME: &str = "/nonexistent/home";

/// The same, by a person whose settings are in `home`.
fn siru_at(home: &Path, line: &str, input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_siru"))
        .args(line.split_whitespace())
        .env("HOME", home)
        .env_remove("XDG_CONFIG_HOME")
        .env("LANGUAGE", "en")
        .env("PCSCLITE_CSOCK_NAME", "/nonexistent/pcscd.comm")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A command that refuses before reading closes its end; that is no failure.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn the_exit_code_tells_what_happened() {
    let cases = [
        ("--demo list", "", 0),
        ("--demo=v4 list --json", "", 0),
        ("--help", "", 0),
        ("--version", "", 0),
        ("--demo=v4 check --pin 1 --pin-file -", "1234\n", 0),
        (
            "--demo=v4-locked unlock --pin 1 --pin-file -",
            "12345678\n2468\n",
            0,
        ),
        ("--demo=v4 certificate export", "", 0),
        (
            "--demo=v4 certificate export --out /nonexistent/file",
            "",
            1,
        ),
        ("", "", 2),
        ("--demo check --pin 1 --pin-file -", "1234\n", 2),
        ("--demo=v4 check", "", 2),
        ("list", "", 3),
        (
            "--demo=v4 check --pin 1 --reader nowhere --pin-file -",
            "1234\n",
            4,
        ),
        ("--demo=foreign check --pin 1 --pin-file -", "1234\n", 5),
        ("--demo=setcos check --pin 1 --pin-file -", "1234\n", 5),
        ("--demo=v4 check --pin 1 --pin-file -", "4321\n", 6),
        (
            "--demo=v4 unlock --pin 1 --pin-file -",
            "87654321\n2468\n",
            6,
        ),
        ("--demo=v4-locked check --pin 1 --pin-file -", "1234\n", 7),
        (
            "--demo=v4-last-try check --pin 1 --pin-file - --last-try",
            "4321\n",
            7,
        ),
        (
            "--demo=v4-puk-spent unlock --pin 1 --pin-file -",
            "12345678\n2468\n",
            8,
        ),
        (
            "--demo=v4-puk-low unlock --pin 1 --pin-file - --last-try",
            "87654321\n2468\n",
            8,
        ),
        ("--demo=v4-last-try check --pin 1 --pin-file -", "1234\n", 9),
        ("--demo=v4 check --pin 1 --pin-file -", "12\n", 9),
        (
            "--demo=v4 check --pin 1 --serial 99999 --pin-file -",
            "1234\n",
            9,
        ),
        ("--demo=v4 check --pin 1 --pin-file -", "", 9),
    ];
    for (line, input, code) in cases {
        let output = siru(line, input);
        let told = text(&output.stderr);
        assert_eq!(output.status.code(), Some(code), "siru {line}\n{told}");
    }
}

#[test]
fn json_alone_goes_to_standard_output_and_the_demo_says_that_it_is_one() {
    let output = siru("--demo list --json", "");
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(report["version"], 1);
    assert_eq!(report["readers"].as_array().expect("an array").len(), 4);
    assert!(text(&output.stderr).contains("virtual cards"));
}

#[test]
fn no_code_appears_anywhere_however_much_is_told() {
    for (line, input) in [
        ("--demo=v4 -vv check --pin 1 --pin-file -", "918273\n"),
        (
            "--demo=v4 -vv change --pin 1 --pin-file -",
            "1234\n918273\n",
        ),
        (
            "--demo=v4 -vv unlock --pin 1 --pin-file -",
            "91827364\n918273\n",
        ),
        (
            "--demo=organisation -vv unlock --pin 1 --pin-file -",
            "12345678\n918273\n",
        ),
    ] {
        let output = siru(line, input);
        let all = text(&output.stdout) + &text(&output.stderr);
        assert!(
            all.contains("> CommandApdu") || all.contains("trace: "),
            "{line}: {all}"
        );
        for code in ["918273", "39 31 38 32", "39313832"] {
            assert!(!all.contains(code), "{line}: {all}");
        }
    }
}

#[test]
fn each_language_speaks() {
    for (language, words) in [
        ("en", "PIN verification failed"),
        ("fi", "Tunnusluvun tarkistus epäonnistui"),
        ("sv", "Verifieringen av PIN-koden misslyckades"),
    ] {
        let line = format!("--demo=v4 --lang {language} check --pin 1 --pin-file -");
        assert!(
            text(&siru(&line, "4321\n").stderr).contains(words),
            "{language}"
        );
    }
}

/// The settings of a person lie elsewhere on other systems.
#[cfg(target_os = "linux")]
#[test]
fn the_settings_decide_what_is_forbidden_and_in_which_language_that_is_said() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join(".config/siru");
    std::fs::create_dir_all(&folder).unwrap();
    let settings = "language = \"fi\"\n[pins]\nweak = \"forbid\"\nother = 1\n";
    std::fs::write(folder.join("config.toml"), settings).unwrap();
    let line = "--demo=v4 change --pin 1 --pin-file -";
    for (line, words) in [
        (line.to_owned(), "vaikeammin arvattavan"),
        (format!("--lang sv {line}"), "svårare att gissa"),
    ] {
        let refused = siru_at(home.path(), &line, "1234\n1111\n");
        let told = text(&refused.stderr);
        assert_eq!(refused.status.code(), Some(9), "{line}: {told}");
        assert!(told.contains(words), "{line}: {told}");
    }
    let set = siru_at(home.path(), line, "1234\n4711\n");
    assert_eq!(set.status.code(), Some(0), "{}", text(&set.stderr));
    let help = text(&siru_at(home.path(), "--help", "").stdout);
    assert!(help.contains("asetusten kieli"), "{help}");
    let pointed_out = siru(line, "1234\n1111\n");
    assert_eq!(pointed_out.status.code(), Some(0));
    // What cannot be used counts as not set, and is told to whoever wants to know.
    std::fs::write(folder.join("config.toml"), "[pins]\nweak = \"never\"\n").unwrap();
    let unusable = siru_at(home.path(), &format!("-v {line}"), "1234\n1111\n");
    let told = text(&unusable.stderr);
    assert_eq!(unusable.status.code(), Some(0), "{told}");
    assert!(told.contains("config.toml: pins.weak"), "{told}");
}

/// A command on a terminal of its own.
#[cfg(unix)]
struct OnTerminal {
    child: Child,
    keyboard: ChildStdin,
    screen: ChildStdout,
    shown: Vec<u8>,
    /// Where the search for the next question begins.
    asked: usize,
}

/// Runs a shell command on a terminal, or `None` where there is no `script` to make one.
#[cfg(unix)]
fn terminal(command: &str) -> Option<OnTerminal> {
    let child = Command::new("script")
        .args(["--quiet", "--return", "--flush", "--command", command])
        .arg("/dev/null")
        .env("HOME", NO_HOME)
        .env_remove("XDG_CONFIG_HOME")
        .env("LANGUAGE", "en")
        .env("SHELL", "/bin/sh")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn();
    let Ok(mut child) = child else {
        eprintln!("skipped: there is no `script` here to make a terminal with");
        return None;
    };
    let (keyboard, screen) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
    Some(OnTerminal {
        child,
        keyboard,
        screen,
        shown: Vec::new(),
        asked: 0,
    })
}

#[cfg(unix)]
impl OnTerminal {
    /// Waits until `question` is the last thing shown.
    fn wait_for(&mut self, question: &str) {
        while !text(self.shown.get(self.asked..).unwrap()).contains(question) {
            let mut byte = [0];
            let count = self.screen.read(&mut byte).unwrap();
            assert_eq!(count, 1, "{}", String::from_utf8_lossy(&self.shown));
            self.shown.extend(byte);
            while std::str::from_utf8(&self.shown).is_err() {
                self.screen.read_exact(&mut byte).unwrap();
                self.shown.extend(byte);
            }
        }
        self.asked = self.shown.len();
    }

    /// What the terminal showed up to the end, and the exit code.
    fn end(mut self) -> (String, Option<i32>) {
        self.screen.read_to_end(&mut self.shown).unwrap();
        drop(self.keyboard);
        (text(&self.shown), self.child.wait().unwrap().code())
    }
}

/// Runs `siru` on a terminal, and types each answer once its question is there.
#[cfg(unix)]
fn typed(line: &str, answers: &[(&str, &str)]) -> Option<(String, Option<i32>)> {
    let mut terminal = terminal(&format!("{} {line}", env!("CARGO_BIN_EXE_siru")))?;
    for (question, answer) in answers {
        terminal.wait_for(question);
        terminal.keyboard.write_all(answer.as_bytes()).unwrap();
    }
    Some(terminal.end())
}

#[cfg(unix)]
#[test]
fn what_is_typed_at_a_terminal_is_not_shown() {
    let new = [
        ("(4–12 digits): ", "1234\r"),
        ("(4–8 digits): ", "918x\u{7F}273\r"),
        ("again: ", "918273\r"),
    ];
    let Some((shown, code)) = typed("--demo=v4 change --pin 1", &new) else {
        return;
    };
    assert_eq!(code, Some(0), "{shown}");
    assert!(shown.contains("PIN changed"), "{shown}");
    assert!(
        !shown.contains("1234\r") && !shown.contains("918"),
        "{shown}"
    );
}

#[cfg(unix)]
#[test]
fn a_terminal_that_would_show_the_codes_is_no_file_of_codes() {
    for command in ["check", "change", "unlock"] {
        let line = format!("--demo=v4 {command} --pin 1 --pin-file -");
        let Some((shown, code)) = typed(&line, &[]) else {
            return;
        };
        assert_eq!(code, Some(2), "{shown}");
        assert!(shown.contains("shows what is typed"), "{shown}");
        assert!(
            shown.contains("Nothing was sent, no try was used."),
            "{shown}"
        );
    }
}

#[cfg(unix)]
#[test]
fn a_signal_at_the_prompt_sends_nothing_and_brings_the_echo_back() {
    use rustix::process::{Pid, Signal, kill_process};
    for signal in [Signal::TERM, Signal::HUP, Signal::INT] {
        let program = env!("CARGO_BIN_EXE_siru");
        let line = format!("echo \"pid=$$,\"; exec {program} --lang en --demo=v4 check --pin 1");
        let Some(mut terminal) = terminal(&format!("sh -c '{line}'; echo code=$?; stty -a")) else {
            return;
        };
        terminal.wait_for("(4–12 digits): ");
        let shown = text(&terminal.shown);
        let pid = shown
            .split("pid=")
            .nth(1)
            .and_then(|rest| rest.split(',').next());
        let pid = pid
            .and_then(|digits| digits.parse().ok())
            .and_then(Pid::from_raw);
        kill_process(pid.expect("its process"), signal).expect("it runs");
        let (shown, _) = terminal.end();
        assert!(shown.contains("code=9"), "{shown}");
        assert!(
            shown.contains("Nothing was sent, no try was used."),
            "{shown}"
        );
        assert!(
            shown.contains(" echo ") && shown.contains(" icanon "),
            "{shown}"
        );
    }
}

#[cfg(unix)]
#[test]
fn ctrl_c_at_the_prompt_sends_nothing() {
    let Some((shown, code)) = typed("--demo=v4 check --pin 1", &[("digits): ", "12\u{3}")]) else {
        return;
    };
    assert_eq!(code, Some(9), "{shown}");
    assert!(
        shown.contains("Nothing was sent, no try was used."),
        "{shown}"
    );
}
