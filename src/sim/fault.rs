//! Faults and latency: what a bad reader, a careless hand or another program does to an exchange.

use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use siru_apdu::Protocol;

use crate::card::SimulatedCard;

/// What goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultKind {
    /// The card is pulled before it sees the command.
    DropBefore,
    /// The card carries the command out; it is pulled before the answer arrives.
    DropAfter,
    /// The card answers this status word and does nothing.
    StatusBefore(u16),
    /// The card carries the command out, and this status word comes instead of its answer.
    StatusAfter(u16),
    /// Another program resets the card just before the command.
    Reset,
    /// The card carries the command out; nothing comes back, though the card stays.
    Empty,
    /// The card carries the command out; one byte comes back.
    OneByte,
    /// The card carries the command out; more comes back than a command can ask for.
    Long,
    /// The card carries the command out and never answers.
    Hang,
}

/// A fault and the exchange it strikes, once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fault {
    /// What goes wrong.
    pub kind: FaultKind,
    /// The instruction it strikes; any when `None`.
    pub instruction: Option<u8>,
    /// Which of the exchanges that match, from 1 and counted from when the fault is planned.
    pub occurrence: u64,
}

impl Fault {
    /// A fault in the `occurrence`th exchange from now.
    pub const fn at_exchange(kind: FaultKind, occurrence: u64) -> Self {
        Self {
            kind,
            instruction: None,
            occurrence,
        }
    }

    /// A fault in the `occurrence`th command with this instruction from now.
    pub const fn at_instruction(kind: FaultKind, instruction: u8, occurrence: u64) -> Self {
        Self {
            kind,
            instruction: Some(instruction),
            occurrence,
        }
    }
}

/// The text is no fault: `KIND@INS`, `KIND@INS#N` or `KIND@#N`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a fault; write KIND@INS, KIND@INS#N or KIND@#N")]
pub struct ParseFaultError;

impl FromStr for Fault {
    type Err = ParseFaultError;

    fn from_str(text: &str) -> Result<Self, ParseFaultError> {
        let (kind, place) = text.split_once('@').ok_or(ParseFaultError)?;
        let (name, status) = match kind.split_once('=') {
            Some((name, hex)) => (
                name,
                Some(u16::from_str_radix(hex, 16).map_err(|_| ParseFaultError)?),
            ),
            None => (kind, None),
        };
        let kind = match (name, status) {
            ("drop-before", None) => FaultKind::DropBefore,
            ("drop-after", None) => FaultKind::DropAfter,
            ("status-before", Some(status)) => FaultKind::StatusBefore(status),
            ("status-after", Some(status)) => FaultKind::StatusAfter(status),
            ("reset", None) => FaultKind::Reset,
            ("empty", None) => FaultKind::Empty,
            ("one-byte", None) => FaultKind::OneByte,
            ("long", None) => FaultKind::Long,
            ("hang", None) => FaultKind::Hang,
            _ => return Err(ParseFaultError),
        };
        let (instruction, occurrence) = match place.split_once('#') {
            Some((instruction, number)) => {
                (instruction, number.parse().map_err(|_| ParseFaultError)?)
            }
            None => (place, 1),
        };
        let instruction = match instruction {
            "" if place.starts_with('#') => None,
            hex => Some(u8::from_str_radix(hex, 16).map_err(|_| ParseFaultError)?),
        };
        if occurrence == 0 {
            return Err(ParseFaultError);
        }
        Ok(Self {
            kind,
            instruction,
            occurrence,
        })
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            FaultKind::DropBefore => f.write_str("drop-before")?,
            FaultKind::DropAfter => f.write_str("drop-after")?,
            FaultKind::StatusBefore(status) => write!(f, "status-before={status:04X}")?,
            FaultKind::StatusAfter(status) => write!(f, "status-after={status:04X}")?,
            FaultKind::Reset => f.write_str("reset")?,
            FaultKind::Empty => f.write_str("empty")?,
            FaultKind::OneByte => f.write_str("one-byte")?,
            FaultKind::Long => f.write_str("long")?,
            FaultKind::Hang => f.write_str("hang")?,
        }
        f.write_str("@")?;
        if let Some(instruction) = self.instruction {
            write!(f, "{instruction:02X}")?;
        }
        write!(f, "#{}", self.occurrence)
    }
}

/// What came of an exchange.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// These bytes came back.
    Answer(Vec<u8>),
    /// The card was pulled.
    Removed,
    /// Another program reset the card; the command was not carried out.
    Reset,
    /// No answer will come.
    Hang,
}

/// A card together with what is going to happen to it.
#[derive(Debug, Clone)]
pub struct TroubledCard {
    /// The card.
    pub card: SimulatedCard,
    /// How long each exchange takes.
    pub latency: Duration,
    faults: Vec<Fault>,
}

impl TroubledCard {
    /// A card without troubles.
    pub fn new(card: SimulatedCard) -> Self {
        Self {
            card,
            latency: Duration::ZERO,
            faults: Vec::new(),
        }
    }

    /// Plans a fault; each strikes once.
    pub fn plan(&mut self, fault: Fault) {
        self.faults.push(fault);
    }

    /// Forgets the faults that have not struck.
    pub fn clear_faults(&mut self) {
        self.faults.clear();
    }

    /// One exchange, with the latency and whatever is planned for it.
    pub fn exchange(&mut self, command: &[u8], protocol: Protocol) -> Outcome {
        if !self.latency.is_zero() {
            std::thread::sleep(self.latency);
        }
        let Some(kind) = self.strike(command.get(1).copied()) else {
            return Outcome::Answer(self.card.handle(command, protocol));
        };
        match kind {
            FaultKind::DropBefore | FaultKind::StatusBefore(_) => self.card.miss(command),
            FaultKind::Reset => {
                self.card.reset();
                self.card.miss(command);
            }
            _ => {
                let answer = self.card.handle(command, protocol);
                if kind == FaultKind::OneByte {
                    return Outcome::Answer(answer.into_iter().rev().take(1).collect());
                }
            }
        }
        match kind {
            FaultKind::DropBefore | FaultKind::DropAfter => {
                self.card.reset();
                Outcome::Removed
            }
            FaultKind::StatusBefore(status) | FaultKind::StatusAfter(status) => {
                Outcome::Answer(status.to_be_bytes().to_vec())
            }
            FaultKind::Reset => Outcome::Reset,
            FaultKind::Empty | FaultKind::OneByte => Outcome::Answer(Vec::new()),
            FaultKind::Long => Outcome::Answer(vec![0x5A; TOO_LONG]),
            FaultKind::Hang => Outcome::Hang,
        }
    }

    /// Counts the exchange against every planned fault and takes out the one whose turn it is.
    fn strike(&mut self, instruction: Option<u8>) -> Option<FaultKind> {
        let mut due = None;
        for (index, fault) in self.faults.iter_mut().enumerate() {
            if fault.instruction.is_none() || fault.instruction == instruction {
                fault.occurrence = fault.occurrence.saturating_sub(1);
                if fault.occurrence == 0 && due.is_none() {
                    due = Some(index);
                }
            }
        }
        due.map(|index| self.faults.remove(index).kind)
    }
}

/// More than the 258 bytes a short response can have.
const TOO_LONG: usize = 300;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_are_written_as_they_are_read() {
        for text in [
            "drop-after@20#1",
            "status-before=6F00@2C#2",
            "reset@#7",
            "hang@B0#3",
        ] {
            assert_eq!(text.parse::<Fault>().unwrap().to_string(), text);
        }
        assert_eq!(
            "one-byte@A4".parse(),
            Ok(Fault::at_instruction(FaultKind::OneByte, 0xA4, 1))
        );
        for text in [
            "",
            "drop-after",
            "drop-after@",
            "drop@20",
            "status-after@20",
            "hang@#0",
        ] {
            assert_eq!(text.parse::<Fault>(), Err(ParseFaultError), "{text}");
        }
    }
}
