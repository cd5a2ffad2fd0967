//! The person's browser, and the Enter key with which they end a test in it.

use std::io::{self, IsTerminal};
use std::thread;

use siru_login::{BrokenLink, BrowserTest, Ender};

/// The person's browser and keyboard during a log-in test.
pub trait Browser {
    /// Opens the address of the test.
    ///
    /// # Errors
    ///
    /// [`BrokenLink::NoBrowser`] when there is none that can be started.
    fn open(&mut self, test: &BrowserTest) -> Result<(), BrokenLink>;

    /// Ends the wait when the person presses Enter. `false`: there is no keyboard.
    fn end_on_enter(&mut self, ender: Ender) -> bool;
}

/// The browser of the system, and standard input.
#[derive(Clone, Copy, Debug)]
pub struct SystemBrowser;

impl Browser for SystemBrowser {
    fn open(&mut self, test: &BrowserTest) -> Result<(), BrokenLink> {
        test.open()
    }

    fn end_on_enter(&mut self, ender: Ender) -> bool {
        if !io::stdin().is_terminal() {
            return false;
        }
        // It ends with the process at the latest.
        thread::spawn(move || {
            let mut line = String::new();
            if io::stdin().read_line(&mut line).is_ok() {
                ender.end();
            }
        });
        true
    }
}
