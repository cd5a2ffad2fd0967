//! Does `siru login-test --browser` tell who logged in with the real Firefox and the real Chromium, on
//! the page and at its end, and what is missing when no browser knows the module?
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test stops where it breaks"
)]

use std::fs::{self, File};
use std::io::Write as _;
use std::net::{Ipv4Addr, TcpStream};
use std::process::{Child, Command, Stdio};

use serde_json::Value;
use siru_tests::browser::{Habits, Opener, Page, Product, Registered, Reply};
use siru_tests::login::{Login, V3, V4, Work, roots};
use siru_tests::rig::{program, wait_until, with_readers};
use siru_tests::window::Window;

/// A running test that waits for a browser, at a terminal of its own.
struct Waiting {
    child: Child,
    address: String,
}

impl Waiting {
    /// Starts it for the person who uses this browser.
    fn start(product: Product) -> Self {
        let opener = Opener::new();
        let siru = program("siru");
        // `script` gives it a terminal: Enter ends the test, and nothing else does so early.
        let line = format!(
            "{} --lang en login-test --browser --json --trust {} > {REPORT}",
            siru.display(),
            roots()
        );
        let home = product.home();
        let child = Command::new("script")
            .args(["--quiet", "--return", "--command", &line, "/dev/null"])
            .env("PATH", &opener.path)
            .env("HOME", &home)
            .env_remove("XDG_CONFIG_HOME")
            .stdin(Stdio::piped())
            .stdout(File::create(SAID).expect("a private /run"))
            .spawn()
            .expect("script starts");
        let address = opener.address();
        Self { child, address }
    }

    fn port(&self) -> u16 {
        port(&self.address)
    }

    /// What somebody at the terminal types.
    fn press_enter(&mut self) {
        let terminal = self.child.stdin.as_mut().expect("a pipe");
        terminal.write_all(b"\n").expect("a terminal");
    }

    /// The exit code, the report, and what was said; nothing listens any more.
    fn end(mut self) -> (Option<i32>, Value, String) {
        let mut status = None;
        wait_until("the end of the test", || {
            status = self.child.try_wait().expect("a child");
            status.is_some()
        });
        assert!(TcpStream::connect((Ipv4Addr::LOCALHOST, self.port())).is_err());
        assert_eq!(listening(self.port()), Vec::<String>::new());
        let report = fs::read_to_string(REPORT).expect("a report");
        let report = serde_json::from_str(&report).expect("JSON");
        let said = fs::read_to_string(SAID).expect("what was said");
        (status.and_then(|status| status.code()), report, said)
    }
}

fn port(address: &str) -> u16 {
    let rest = address.strip_prefix("https://localhost:");
    let port = rest.and_then(|rest| rest.split('/').next());
    port.and_then(|port| port.parse().ok()).expect("a port")
}

/// The addresses on which anything listens at this port, as the kernel writes them (proc(5)).
fn listening(port: u16) -> Vec<String> {
    let ending = format!(":{port:04X}");
    let mut found = Vec::new();
    for table in ["/proc/net/tcp", "/proc/net/tcp6"] {
        // Without IPv6 there is no such table.
        let text = fs::read_to_string(table).unwrap_or_default();
        for line in text.lines() {
            let words: Vec<&str> = line.split_whitespace().collect();
            if words[1].ends_with(&ending) && words[3] == "0A" {
                found.push(words[1].trim_end_matches(&ending).to_owned());
            }
        }
    }
    found
}

/// What stands on the page is what stands in the report.
fn compare(page: &Page, report: &Value) {
    let certificate = &report["certificate"];
    for field in [
        "/holder",
        "/certificate/subject",
        "/certificate/issuer",
        "/certificate/key",
    ] {
        let value = report.pointer(field).and_then(Value::as_str);
        page.says(value.unwrap_or_else(|| panic!("{field}: {report}")));
    }
    let until = certificate["not_after"].as_str().expect("a time");
    page.says(until.split('T').next().expect("a day"));
    let chain = report["chain"].as_array().expect("a chain");
    assert_eq!(chain.len(), 2, "{report}");
    for authority in chain {
        let subject = authority["subject"].as_str().expect("a subject");
        let (_, name) = subject.rsplit_once("CN=").expect("a name");
        page.says(name);
    }
}

fn log_in(product: Product) {
    for card in [V4, V3] {
        let login = Login::with(&[card.image]);
        let habits = Habits {
            goes_on: true,
            ..Habits::default()
        };
        let mut browser = product.start_as(habits, &login, &[Reply::Pin("1234")]);
        let test = Waiting::start(product);
        assert_eq!(
            listening(test.port()),
            ["0100007F"],
            "127.0.0.1 and no other"
        );
        let page = browser.go(&test.address);
        page.says("The log-in works");
        let (code, report, said) = test.end();
        assert_eq!(code, Some(0), "{said}");
        assert_eq!(report["verdict"], "logged-in");
        assert_eq!(report["registered"], true);
        let subject = report["certificate"]["subject"].as_str();
        assert!(subject.is_some_and(|subject| subject.contains(card.subject)));
        compare(&page, &report);
        assert_eq!(browser.prompts(), 1, "{product:?}");
        login.expect_work(Work::NONE, 1, 1, &format!("{product:?} {}", card.image));
    }
}

/// The browser goes on without a certificate, the test goes on waiting for one, and Enter ends it.
fn nobody_registered_the_module(product: Product) {
    let login = Login::with(&[V4.image]);
    let habits = Habits {
        goes_on: true,
        registered: Registered::ForNobody,
    };
    let mut browser = product.start_as(habits, &login, &[]);
    let mut test = Waiting::start(product);
    let page = browser.go(&test.address);
    page.says("The browser presented no certificate");
    page.says("Not set up to load Siru's module: ");
    page.says("siru browser register");
    assert_eq!(
        listening(test.port()).len(),
        1,
        "it waits for a certificate"
    );
    test.press_enter();
    let (code, report, said) = test.end();
    assert_eq!(code, Some(1), "{said}");
    assert_eq!(report["verdict"], "nothing-presented");
    assert_eq!(report["registered"], false);
    assert!(said.contains("siru browser register"), "{said}");
    assert_eq!(browser.prompts(), 0);
    login.expect_work(Work::NONE, 0, 0, "no module, no PIN");
}

/// One browser knows the module, the person uses another: that is not hidden behind the first.
#[test]
fn the_other_browser_is_told_that_it_may_be_the_wrong_one() {
    with_readers(1, || {
        let login = Login::with(&[V4.image]);
        let habits = Habits {
            goes_on: true,
            registered: Registered::ForNobody,
        };
        let mut browser = Product::Firefox.start_as(habits, &login, &[]);
        let _registered = Product::Chromium.start(&login, &[]);
        let mut test = Waiting::start(Product::Chromium);
        let page = browser.go(&test.address);
        page.says("Not set up to load Siru's module: Firefox");
        page.says("siru browser register");
        test.press_enter();
        let (_, report, _) = test.end();
        assert_eq!(report["verdict"], "nothing-presented");
        assert_eq!(report["registered"], true);
    });
}

/// The button in the window: the page and the window say the same, and then nothing listens.
#[test]
fn the_window_is_told_what_the_browser_did() {
    with_readers(1, || {
        let login = Login::with(&[V4.image]);
        let habits = Habits {
            goes_on: true,
            ..Habits::default()
        };
        let mut browser = Product::Firefox.start_as(habits, &login, &[Reply::Pin("1234")]);
        let opener = Opener::new();
        let mut window = Window::open_on(&opener.path, &["--trust", &roots()]);
        window.press("push button", "Log-in test: .*ÅSTRÖM");
        window.press("push button", "Test in the browser");
        let address = opener.address();
        window.find("label", &address);
        assert_eq!(listening(port(&address)), ["0100007F"]);
        browser.go(&address).says("The log-in works");
        window.find("heading", "The log-in works");
        window.find("label", "Holder: .*ÅSTRÖM");
        wait_until("the end of the server", || {
            listening(port(&address)).is_empty()
        });
        login.expect_work(Work::NONE, 1, 1, "one browser");

        // Whoever goes on to something else waits for no browser.
        let opener = Opener::new();
        window.press("push button", "Test in the browser");
        let address = opener.address();
        window.press("list item", ".*ÅSTRÖM, basic PIN.*");
        wait_until("the end of the wait", || {
            listening(port(&address)).is_empty()
        });
    });
}

#[test]
fn firefox_is_told_who_logged_in() {
    with_readers(1, || log_in(Product::Firefox));
}

#[test]
fn chromium_is_told_who_logged_in() {
    with_readers(1, || log_in(Product::Chromium));
}

#[test]
fn firefox_without_the_module_is_told_so() {
    with_readers(1, || nobody_registered_the_module(Product::Firefox));
}

#[test]
fn chromium_without_the_module_is_told_so() {
    with_readers(1, || nobody_registered_the_module(Product::Chromium));
}

const REPORT: &str = "/run/report.json";
const SAID: &str = "/run/said";
