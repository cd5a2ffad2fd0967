//! The controlling terminal of a Unix system, whatever standard input and output are.

use std::fs::{File, OpenOptions};
use std::io::{self, Read, Write};

use rustix::termios::{
    LocalModes, OptionalActions, SpecialCodeIndex, Termios, tcgetattr, tcsetattr,
};
use siru_card::Pin;
use zeroize::Zeroize;

use super::signals::{Held, Signals};
use super::typing::Typing;
use super::{EntryError, Terminal};

/// `/dev/tty`, opened when it is first needed.
#[derive(Default)]
pub(crate) struct SystemTerminal {
    file: Option<File>,
    signals: Option<Signals>,
}

impl SystemTerminal {
    fn file(&mut self) -> Result<&mut File, EntryError> {
        if self.file.is_none() {
            let opened = OpenOptions::new().read(true).write(true).open("/dev/tty");
            self.file = opened.ok();
        }
        self.file.as_mut().ok_or(EntryError::NoTerminal)
    }
}

impl Terminal for SystemTerminal {
    fn is_there(&mut self) -> bool {
        self.file().is_ok()
    }

    fn say(&mut self, text: &str) -> Result<(), EntryError> {
        Ok(self.file()?.write_all(text.as_bytes())?)
    }

    fn secret(&mut self, question: &str) -> Result<Pin, EntryError> {
        self.file()?;
        if self.signals.is_none() {
            self.signals = Some(Signals::new()?);
        }
        let (Some(file), Some(signals)) = (&self.file, &self.signals) else {
            return Err(EntryError::NoTerminal);
        };
        let mut screen = file;
        let held = signals.hold();
        let quiet = Quiet::new(file)?;
        screen.write_all(format!("{question} ").as_bytes())?;
        let typed = type_code(file, &held);
        drop(quiet);
        drop(held);
        // The person's Enter was not shown. After a signal the terminal may be gone.
        screen.write_all(b"\n")?;
        typed
    }

    fn answer(&mut self, question: &str) -> Result<String, EntryError> {
        let file = self.file()?;
        file.write_all(format!("{question} ").as_bytes())?;
        let mut line = Vec::new();
        loop {
            match next_byte(file)? {
                None if line.is_empty() => return Err(EntryError::Ended),
                None | Some(b'\n') => break,
                Some(byte) => line.push(byte),
            }
        }
        Ok(String::from_utf8_lossy(&line).trim().to_owned())
    }
}

/// The terminal without echo, line editing and signal keys, until this is dropped.
///
/// Without line editing the driver keeps no line of digits; without signal keys Ctrl-C comes as a
/// character, and the echo is back before the program ends.
struct Quiet<'a> {
    file: &'a File,
    before: Termios,
}

impl<'a> Quiet<'a> {
    fn new(file: &'a File) -> io::Result<Self> {
        let before = tcgetattr(file)?;
        let mut quiet = before.clone();
        let off = LocalModes::ECHO
            | LocalModes::ECHONL
            | LocalModes::ICANON
            | LocalModes::ISIG
            | LocalModes::IEXTEN;
        quiet.local_modes.remove(off);
        quiet.special_codes[SpecialCodeIndex::VMIN] = 1;
        quiet.special_codes[SpecialCodeIndex::VTIME] = 0;
        // What was typed before the question was not meant for it, and it was shown.
        tcsetattr(file, OptionalActions::Flush, &quiet)?;
        Ok(Self { file, before })
    }
}

impl Drop for Quiet<'_> {
    fn drop(&mut self) {
        let _ = tcsetattr(self.file, OptionalActions::Now, &self.before);
    }
}

fn type_code(file: &File, held: &Held<'_>) -> Result<Pin, EntryError> {
    let mut typing = Typing::default();
    loop {
        if !held.wait_for(file)? {
            return Err(EntryError::Cancelled);
        }
        match next_byte(file)? {
            None => return Err(EntryError::Ended),
            Some(b'\r' | b'\n') => return Ok(typing.finish()?),
            Some(CTRL_C) => return Err(EntryError::Cancelled),
            Some(CTRL_D) if typing.is_empty() => return Err(EntryError::Ended),
            Some(BACKSPACE | DELETE) => typing.backspace(),
            Some(CTRL_U) => typing.clear(),
            Some(CTRL_D | CTRL_Z) => {}
            Some(byte) => typing.push(byte),
        }
    }
}

fn next_byte(mut file: &File) -> io::Result<Option<u8>> {
    let mut byte = [0];
    loop {
        match file.read(&mut byte) {
            Ok(0) => return Ok(None),
            Ok(_) => {
                let [typed] = byte;
                byte.zeroize();
                return Ok(Some(typed));
            }
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(error) => return Err(error),
        }
    }
}

const CTRL_C: u8 = 0x03;
const CTRL_D: u8 = 0x04;
const BACKSPACE: u8 = 0x08;
const CTRL_U: u8 = 0x15;
const CTRL_Z: u8 = 0x1A;
const DELETE: u8 = 0x7F;
