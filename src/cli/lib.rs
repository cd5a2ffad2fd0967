//! `siru`, the command line for administrators and desks: readers, cards and tries at a glance,
//! PINs checked, changed and unlocked, certificates exported.
//!
//! Names, JSON and exit codes are an interface (`packaging/man/siru.1`); the words are not, they
//! come in three languages. One command works on one card. The card a person saw when a PIN was
//! asked for is the only one the PIN goes to, and no connection is kept while a person types.
//!
//! [`run`] takes everything from outside, so that tests run it over virtual readers; [`start`]
//! wires it to the real world.
#![forbid(unsafe_code)]

mod args;
mod browser;
mod certificates;
mod choose;
mod command;
mod connector;
mod demo;
mod exit;
mod login_report;
mod output;
mod prompt;
mod recording;
mod registrations;
mod report;
mod settings_report;
mod start;
mod survey;
#[cfg(test)]
mod tests;
mod trouble;
mod words;

pub use args::{Action, ActivateAction, Choice, Invocation, Options, Parsed, command_line, parse};
pub use browser::{Browser, SystemBrowser};
pub use command::{Decided, Session, run};
pub use connector::Connector;
pub use exit::Exit;
pub use output::Output;
pub use prompt::{EntryError, Terminal};
pub use start::start;
pub use words::Words;
