//! Windows programs under Wine, and the bridge over which they reach the service on this machine.

use std::env;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::Value;
use siru_tests::command_line::Siru;
use siru_tests::rig::run;

use crate::screen::Screen;

/// A Windows of its own for one test, with the smart card service of this machine.
///
/// All of Wine ends with it: its server keeps the network in which it was started, and each test has
/// another.
pub struct Wine {
    bridge: Child,
    orders: ChildStdin,
    answers: BufReader<ChildStdout>,
}

impl Wine {
    /// Starts the bridge, and Wine without a display.
    ///
    /// # Panics
    ///
    /// When they do not start, or this was not started by `tests/windows/run`.
    #[must_use]
    pub fn start() -> Self {
        Self::begin(None)
    }

    /// Starts the bridge, and Wine on a display.
    ///
    /// # Panics
    ///
    /// When they do not start, or this was not started by `tests/windows/run`.
    #[must_use]
    pub fn start_on(screen: &Screen) -> Self {
        Self::begin(Some(screen))
    }

    fn begin(screen: Option<&Screen>) -> Self {
        let mut bridge = Command::new(made("bridge"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("the bridge starts");
        let orders = bridge.stdin.take().expect("a pipe");
        let answers = BufReader::new(bridge.stdout.take().expect("a pipe"));
        let mut wine = Self {
            bridge,
            orders,
            answers,
        };
        wine.expect_answer();
        // Once it runs it stays. The first program would start what belongs to Wine and leave it its
        // output, so that nobody saw the end of that.
        let begins = in_prefix(Command::new("wineserver").arg("--persistent")).status();
        assert!(begins.expect("Wine's server").success());
        let mut first = self::wine("cmd".into());
        if let Some(screen) = screen {
            screen.lend(&mut first);
        }
        for set in [Command::stdin, Command::stdout, Command::stderr] {
            set(&mut first, Stdio::null());
        }
        let begins = first.args(["/c", "exit"]).status();
        assert!(begins.expect("Wine").success());
        wine
    }

    /// Ends the smart card service as Windows does when the last reader is unplugged.
    ///
    /// # Panics
    ///
    /// When the bridge is gone.
    pub fn stop_service(&mut self) {
        self.order("stop");
    }

    /// Starts it again.
    ///
    /// # Panics
    ///
    /// When the bridge is gone.
    pub fn start_service(&mut self) {
        self.order("start");
    }

    fn order(&mut self, order: &str) {
        writeln!(self.orders, "{order}").expect("the bridge listens");
        self.expect_answer();
    }

    fn expect_answer(&mut self) {
        let mut line = String::new();
        self.answers.read_line(&mut line).expect("an answer");
        assert_eq!(line, "ok\n", "the bridge");
    }

    /// A program of those that are shipped, by its path in their folder, to be run under Wine.
    #[must_use]
    pub fn command(&self, program: &str) -> Command {
        wine(shipped(program))
    }

    /// The same as the desktop of Windows starts it: it is given no streams, and nobody waits for it.
    #[must_use]
    pub fn opened(&self, program: &str) -> Command {
        let mut command = wine("start".into());
        command.arg("/unix").arg(shipped(program));
        command
    }

    /// Sets a value in the registry of the person.
    ///
    /// # Panics
    ///
    /// When it is refused.
    pub fn set_in_registry(&self, key: &str, name: &str, kind: &str, value: &str) {
        let key = format!(r"HKCU\{key}");
        let mut command = wine("reg".into());
        command.args(["add", &key, "/v", name, "/t", kind, "/d", value, "/f"]);
        let set = command.stdout(Stdio::null()).stderr(Stdio::null()).status();
        assert!(set.expect("Wine starts").success(), "{key} {name}");
    }

    /// A program that is a part of Windows.
    #[must_use]
    pub fn own(&self, program: &str) -> Command {
        wine(program.into())
    }

    /// The drive that Windows is on.
    #[must_use]
    pub fn drive_c(&self) -> PathBuf {
        made("prefix").join("drive_c")
    }

    /// The person's roaming folder for programs' data.
    ///
    /// # Panics
    ///
    /// When there is no person.
    #[must_use]
    pub fn roaming(&self) -> PathBuf {
        let mut people = fs::read_dir(self.drive_c().join("users")).expect("people");
        let person = people.find_map(|one| {
            let folder = one.expect("a folder").path();
            (!folder.ends_with("Public")).then_some(folder)
        });
        person.expect("a person").join("AppData/Roaming")
    }

    /// Runs `siru.exe` in English with codes on its standard input.
    ///
    /// # Panics
    ///
    /// When it does not come to that, or shows a code.
    #[must_use]
    pub fn siru(&self, arguments: &[&str], codes: &[&str]) -> Siru {
        self.siru_in("en", arguments, codes)
    }

    /// The same in another language.
    ///
    /// # Panics
    ///
    /// When it does not come to that, or shows a code.
    #[must_use]
    pub fn siru_in(&self, language: &str, arguments: &[&str], codes: &[&str]) -> Siru {
        let mut command = self.command("bin/siru.exe");
        command.args(["--lang", language]).args(arguments);
        let input: String = codes.iter().map(|code| format!("{code}\n")).collect();
        let output = run(&mut command, &input);
        // Also proves that what is written is UTF-8, whatever code page Windows has.
        let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
        let (out, error) = (text(output.stdout), text(output.stderr));
        for code in codes {
            let shown = out.contains(code) || error.contains(code);
            assert!(!shown, "a code was shown: {out}{error}");
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
    pub fn listed(&self) -> Value {
        let list = self.siru(&["list", "--json"], &[]);
        assert_eq!(list.code, 0, "{}{}", list.out, list.error);
        serde_json::from_str(&list.out).expect("JSON")
    }

    /// Runs a PIN command with its codes on standard input.
    ///
    /// # Panics
    ///
    /// When it does not come to an end.
    #[must_use]
    pub fn pin_command(&self, command: &str, pin: &str, codes: &[&str]) -> Siru {
        self.siru(&[command, "--pin", pin, "--pin-file", "-"], codes)
    }
}

impl Drop for Wine {
    fn drop(&mut self) {
        for wish in ["--kill", "--wait"] {
            let _ended = in_prefix(Command::new("wineserver").arg(wish)).status();
        }
        let _killed = self.bridge.kill();
        let _waited = self.bridge.wait();
    }
}

/// A Windows program, to be run under Wine.
pub(crate) fn wine(program: PathBuf) -> Command {
    let mut command = Command::new("wine");
    command.arg(program).env_remove("DISPLAY");
    in_prefix(&mut command);
    command
}

fn in_prefix(command: &mut Command) -> &mut Command {
    command
        .env("WINEPREFIX", made("prefix"))
        .env("WINEDEBUG", "-all")
        // The winscard.dll of the tests. Wine's Direct3D 12 ends a program that only looks at it.
        .env("WINEDLLOVERRIDES", "mscoree,mshtml=;winscard=n;d3d12=")
}

/// A program or library among those that are shipped.
pub(crate) fn shipped(file: &str) -> PathBuf {
    folder("SIRU_WINDOWS_DIST").join(file)
}

/// What `tests/windows/run` made for the tests.
pub(crate) fn made(file: &str) -> PathBuf {
    folder("SIRU_WINDOWS_RIG").join(file)
}

fn folder(variable: &str) -> PathBuf {
    env::var_os(variable)
        .unwrap_or_else(|| {
            panic!("these tests are run by `make test-windows`, which sets {variable}")
        })
        .into()
}
