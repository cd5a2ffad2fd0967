//! [`Script`] to text that reads back as the same script.

use std::fmt;

use siru_apdu::Protocol;
use siru_apdu::hex::Hex;

use crate::model::{
    Action, Header, Item, Outcome, Script, Source, SourceKind, Spend, Start, StartState, Step,
};

/// Where a long line is continued, in characters.
const WIDTH: usize = 98;

/// The script as a `.apdu` file. Included scripts are named, not copied.
impl fmt::Display for Script {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for line in &self.about {
            writeln!(f, "{}", format!("# {line}").trim_end())?;
        }
        if !self.about.is_empty() {
            writeln!(f)?;
        }
        write!(f, "{}", self.header)?;
        self.steps.iter().try_for_each(|step| write!(f, "\n{step}"))
    }
}

impl fmt::Display for Header {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "format:   1")?;
        if let Some(target) = &self.target {
            writeln!(f, "card:     {}", target.card)?;
            writeln!(f, "atr:      {}", Hex(&target.atr))?;
            let protocol = match target.protocol {
                Protocol::T0 => "T=0",
                Protocol::T1 => "T=1",
            };
            writeln!(f, "protocol: {protocol}")?;
        }
        writeln!(f, "source:   {}", self.source)?;
        list(f, "start:    ", &self.start)?;
        list(f, "spends:   ", &self.spends)?;
        self.include
            .iter()
            .try_for_each(|path| writeln!(f, "include:  {path}"))
    }
}

fn list(f: &mut fmt::Formatter<'_>, key: &str, entries: &[impl fmt::Display]) -> fmt::Result {
    for (index, entry) in entries.iter().enumerate() {
        write!(f, "{}{entry}", if index == 0 { key } else { ", " })?;
    }
    if entries.is_empty() {
        Ok(())
    } else {
        writeln!(f)
    }
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = match self.kind {
            SourceKind::Written => "written",
            SourceKind::Simulated => "simulated",
            SourceKind::Recorded => "recorded",
        };
        write!(f, "{word} {}", self.detail)
    }
}

impl fmt::Display for Start {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.state {
            StartState::Tries(1) => write!(f, "{} has 1 try", self.secret),
            StartState::Tries(tries) => write!(f, "{} has {tries} tries", self.secret),
            StartState::NotActivated => write!(f, "{} is not activated", self.secret),
        }
    }
}

impl fmt::Display for Spend {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.secret, self.tries)
    }
}

impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.title.is_empty() {
            writeln!(f, "== {}", self.title)?;
        }
        for action in &self.actions {
            match action {
                Action::EndWithReset(_) => writeln!(f, "! end reset")?,
                Action::Exchange(exchange) => {
                    if let Outcome::Event(event) = &exchange.outcome {
                        writeln!(f, "! {event}")?;
                    }
                    wrapped(f, '>', &exchange.command)?;
                    if let Outcome::Response(items) = &exchange.outcome {
                        wrapped(f, '<', items)?;
                    }
                }
            }
        }
        Ok(())
    }
}

/// A line that continues on further lines, between bytes, when it is long.
fn wrapped(f: &mut fmt::Formatter<'_>, sign: char, items: &[Item]) -> fmt::Result {
    let text = Items(items).to_string();
    let mut used = 1;
    write!(f, "{sign}")?;
    for word in text.split(' ') {
        if used > 1 && used + 1 + word.len() > WIDTH {
            write!(f, "\n ")?;
            used = 1;
        }
        write!(f, " {word}")?;
        used += 1 + word.len();
    }
    writeln!(f)
}

/// Items on one line, as a script has them.
#[derive(Clone, Copy)]
pub(crate) struct Items<'a>(pub(crate) &'a [Item]);

impl fmt::Display for Items<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, item) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str(" ")?;
            }
            write!(f, "{item}")?;
        }
        Ok(())
    }
}

impl fmt::Display for Item {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bytes(bytes) => write!(f, "{}", Hex(bytes)),
            Self::Varying { name, sample } => write!(f, "{{{name}={}}}", Hex(sample)),
            Self::Secret { name, length } => write!(f, "{{{name}:{length}}}"),
            Self::File {
                path,
                offset,
                bytes,
            } => write!(f, "{{@{path} {offset:04X}+{:02X}}}", bytes.len()),
        }
    }
}
