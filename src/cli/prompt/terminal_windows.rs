//! The console of Windows: keys come one at a time, as events.

use std::io::{self, IsTerminal, Write};

use crossterm::event::{Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, read};
use crossterm::terminal::{disable_raw_mode, enable_raw_mode};
use siru_card::Pin;

use super::typing::Typing;
use super::{EntryError, Terminal};

/// The console this program runs in.
#[derive(Default)]
pub(crate) struct SystemTerminal;

impl Terminal for SystemTerminal {
    fn is_there(&mut self) -> bool {
        io::stdin().is_terminal() && io::stderr().is_terminal()
    }

    fn say(&mut self, text: &str) -> Result<(), EntryError> {
        if !self.is_there() {
            return Err(EntryError::NoTerminal);
        }
        let mut console = io::stderr();
        console.write_all(text.as_bytes())?;
        Ok(console.flush()?)
    }

    fn secret(&mut self, question: &str) -> Result<Pin, EntryError> {
        self.say(&format!("{question} "))?;
        let quiet = Quiet::new()?;
        let typed = type_code();
        drop(quiet);
        // The person's Enter was not shown.
        self.say("\n")?;
        typed
    }

    fn answer(&mut self, question: &str) -> Result<String, EntryError> {
        self.say(&format!("{question} "))?;
        let mut line = String::new();
        if io::stdin().read_line(&mut line)? == 0 {
            return Err(EntryError::Ended);
        }
        Ok(line.trim().to_owned())
    }
}

/// The console without echo and line editing, until this is dropped.
struct Quiet;

impl Quiet {
    fn new() -> io::Result<Self> {
        enable_raw_mode()?;
        Ok(Self)
    }
}

impl Drop for Quiet {
    fn drop(&mut self) {
        let _ = disable_raw_mode();
    }
}

fn type_code() -> Result<Pin, EntryError> {
    let mut typing = Typing::default();
    loop {
        let Event::Key(KeyEvent {
            code,
            modifiers,
            kind,
            ..
        }) = read()?
        else {
            continue;
        };
        if kind == KeyEventKind::Release {
            continue;
        }
        match code {
            KeyCode::Enter => return Ok(typing.finish()?),
            KeyCode::Char('c') if modifiers.contains(KeyModifiers::CONTROL) => {
                return Err(EntryError::Cancelled);
            }
            KeyCode::Esc => typing.clear(),
            KeyCode::Backspace => typing.backspace(),
            KeyCode::Char(character) => typing.push(u8::try_from(character).unwrap_or_default()),
            _ => {}
        }
    }
}
