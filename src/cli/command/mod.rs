//! The commands, each over whatever readers, terminal and streams it is given.

mod activate;
mod browser;
mod certificate;
mod config;
mod consent;
mod list;
mod login_test;
mod pin;
mod record;
mod secrets;

use std::io;

use siru_apdu::ReaderName;
use siru_browser::Machine;
use siru_card::Operation;

use crate::args::{Action, BrowserAction, CertificateView, ConfigAction};
use crate::browser::Browser;
use crate::connector::Connector;
use crate::exit::Exit;
use crate::output::Output;
use crate::prompt::{EntryError, Terminal};
use crate::trouble::Trouble;
use crate::words::Words;

pub use config::Decided;

/// What a command works with.
pub struct Session<'a, 'o> {
    /// The words it speaks.
    pub words: &'a Words,
    /// Where the cards are.
    pub readers: &'a Connector,
    /// Where the programs are that use the card module.
    pub machine: &'a Machine,
    /// The person, if there is one.
    pub terminal: &'a mut dyn Terminal,
    /// Opens standard input, unbuffered, if nothing shows what comes in by it.
    pub standard_input: &'a mut dyn FnMut() -> Result<Box<dyn io::Read>, EntryError>,
    /// Where results and remarks go.
    pub output: &'a mut Output<'o>,
    /// The person's browser.
    pub browser: &'a mut dyn Browser,
    /// Whether the cards are virtual.
    pub demo: bool,
    /// Whether a new PIN that is easy to guess is refused, instead of only pointed out.
    pub forbids_weak_pins: bool,
    /// What was decided, by whom.
    pub decided: &'a Decided,
    /// The reader of the card the command chose, as soon as it has.
    pub worked_on: Option<ReaderName>,
}

/// Runs one command to its end, whatever happens.
pub fn run(action: Action, session: &mut Session<'_, '_>) -> Exit {
    let with_pin = action.sends_a_pin();
    let done = match action {
        Action::List { json } => list::list(session, json),
        Action::Pin(action) => pin::perform(session, action),
        Action::Activate(action) => activate::activate(session, &action),
        Action::Certificate(action) => certificate::certificate(session, &action),
        Action::LoginTest(action) => login_test::login_test(session, &action),
        Action::Browser(action) => browser::browser(session, &action),
        Action::Config(action) => config::config(session, &action),
        Action::Record { out, title, action } => {
            return record::record(session, &out, &title, *action);
        }
    };
    done.unwrap_or_else(|trouble| {
        log::debug!("{trouble:?}");
        // Whoever reads the output is gone: `siru list | head`. There is nobody to tell.
        let gone =
            matches!(&trouble, Trouble::Write(error) if error.kind() == io::ErrorKind::BrokenPipe);
        if !gone {
            session
                .output
                .warned(&trouble.message(session.words, with_pin));
        }
        trouble.exit()
    })
}

impl Action {
    /// Its words on the command line, without options.
    pub(crate) const fn name(&self) -> &'static str {
        match self {
            Self::List { .. } => "list",
            Self::Pin(action) => match action.operation {
                Operation::Check => "check",
                Operation::Change => "change",
                Operation::Unlock => "unlock",
            },
            Self::Activate(_) => "activate",
            Self::Certificate(action) => match action.view {
                CertificateView::List => "certificate list",
                CertificateView::Show { .. } => "certificate show",
                CertificateView::Export(_) => "certificate export",
            },
            Self::LoginTest(_) => "login-test",
            Self::Browser(action) => match action {
                BrowserAction::Status { .. } => "browser status",
                BrowserAction::Register { .. } => "browser register",
                BrowserAction::Unregister { .. } => "browser unregister",
            },
            Self::Config(action) => match action {
                ConfigAction::Show { .. } => "config show",
                ConfigAction::Check { .. } => "config check",
            },
            Self::Record { .. } => "record",
        }
    }

    const fn sends_a_pin(&self) -> bool {
        match self {
            Self::Pin(_) | Self::Activate(_) => true,
            Self::LoginTest(action) => !action.browser,
            Self::List { .. }
            | Self::Certificate(_)
            | Self::Browser(_)
            | Self::Config(_)
            | Self::Record { .. } => false,
        }
    }
}
