//! How codes come in: typed at a terminal without echo, or read from a file, digit by digit into
//! their wiped place and never through a buffer that stays behind.

mod file;
#[cfg(unix)]
mod signals;
#[cfg(unix)]
mod terminal_unix;
#[cfg(windows)]
mod terminal_windows;
mod typing;

use std::io;

use siru_card::{EntryProblem, Pin};

pub(crate) use file::{Lines, open};
#[cfg(unix)]
pub(crate) use terminal_unix::SystemTerminal;
#[cfg(windows)]
pub(crate) use terminal_windows::SystemTerminal;

/// Why no code came in. Nothing was sent.
#[derive(Debug, thiserror::Error)]
pub enum EntryError {
    /// There is nobody to ask.
    #[error("there is no terminal")]
    NoTerminal,
    /// Standard input is a terminal, which would show the codes as they are typed.
    #[error("standard input is a terminal")]
    Shown,
    /// The person pressed Ctrl-C, or a signal asked the program to end.
    #[error("the entry was cancelled")]
    Cancelled,
    /// The input ended first.
    #[error("the input ended before every code was given")]
    Ended,
    /// What was typed cannot be a code. It may be asked for again.
    #[error(transparent)]
    Digits(#[from] EntryProblem),
    /// The file with the codes may be read by others.
    #[error("the file is readable by others")]
    OpenToOthers,
    /// The file with the codes could not be opened or read.
    #[error("the file cannot be read")]
    File(#[source] io::Error),
    /// The terminal failed.
    #[error("the terminal cannot be read")]
    Terminal(#[from] io::Error),
}

/// A person at a terminal.
pub trait Terminal {
    /// Whether there is one.
    fn is_there(&mut self) -> bool;

    /// Shows lines of text.
    ///
    /// # Errors
    ///
    /// [`EntryError::NoTerminal`] when there is nobody to show them to.
    fn say(&mut self, text: &str) -> Result<(), EntryError>;

    /// Asks for a code, without showing what is typed.
    ///
    /// # Errors
    ///
    /// [`EntryError::Digits`] when it cannot be a code; asking again is free.
    fn secret(&mut self, question: &str) -> Result<Pin, EntryError>;

    /// Asks for a word, shown as it is typed. Without the line ending.
    ///
    /// # Errors
    ///
    /// [`EntryError::Ended`] when the terminal was closed.
    fn answer(&mut self, question: &str) -> Result<String, EntryError>;
}
