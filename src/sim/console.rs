//! The commands `siru-sim` takes while it runs, one per line.

use std::collections::BTreeMap;
use std::time::Duration;

use serde_json::json;
use siru_sim::fault::ParseFaultError;
use siru_sim::image::UnknownImage;
use siru_sim::software_key::KeyError;
use siru_sim::vpcd::{SlotError, VpcdSlot};
use siru_sim::{Fault, Image, Ledger, TroubledCard};

use crate::command_line::Options;

/// Slots with their cards, and how to change them.
#[derive(Debug)]
pub struct Console {
    options: Options,
    ledger: Ledger,
    slots: BTreeMap<u16, VpcdSlot>,
}

/// What to do after a command.
#[derive(Debug, PartialEq, Eq)]
pub enum Next {
    /// Say this and go on.
    Answer(String),
    /// End.
    Quit,
}

/// Why a command was not carried out.
#[derive(Debug, thiserror::Error)]
pub enum ConsoleError {
    /// The first word is no command, or the words after it are too many or too few.
    #[error("not a command; siru-sim --help lists them")]
    UnknownCommand,
    /// There is no image of that name.
    #[error(transparent)]
    Image(#[from] UnknownImage),
    /// The port is no number.
    #[error("not a port")]
    Port,
    /// The latency is no number.
    #[error("not a number of milliseconds")]
    Latency,
    /// No card was ever put into a reader of this port.
    #[error("no reader of that port is in use")]
    UnusedPort,
    /// The fault cannot be read.
    #[error(transparent)]
    Fault(#[from] ParseFaultError),
    /// The slot refused.
    #[error(transparent)]
    Slot(#[from] SlotError),
    /// The card could not be built.
    #[error(transparent)]
    Key(#[from] KeyError),
}

impl Console {
    /// No slots yet.
    pub fn new(options: Options, ledger: Ledger) -> Self {
        Self {
            options,
            ledger,
            slots: BTreeMap::new(),
        }
    }

    /// Carries one line out.
    ///
    /// # Errors
    ///
    /// [`ConsoleError`]; nothing has changed then.
    pub fn execute(&mut self, line: &str) -> Result<Next, ConsoleError> {
        let words: Vec<&str> = line.split_whitespace().collect();
        let answer = match words.as_slice() {
            ["quit"] => return Ok(Next::Quit),
            ["insert", image, port] | ["swap", port, image] => {
                let image = image.parse()?;
                self.insert(image, parse_port(port)?, &[])?
            }
            ["remove", port] => {
                self.slot(port)?.remove()?;
                format!("removed {port}")
            }
            ["reinsert", port] => {
                self.slot(port)?.reinsert()?;
                format!("reinserted {port}")
            }
            ["fault", port, fault] => {
                let fault: Fault = fault.parse()?;
                self.slot(port)?.card(|troubled| troubled.plan(fault))?;
                format!("fault {port} {fault}")
            }
            ["clear", port] => {
                self.slot(port)?.card(TroubledCard::clear_faults)?;
                format!("cleared {port}")
            }
            ["latency", port, milliseconds] => {
                let milliseconds = milliseconds.parse().map_err(|_| ConsoleError::Latency)?;
                let latency = Duration::from_millis(milliseconds);
                self.slot(port)?
                    .card(|troubled| troubled.latency = latency)?;
                format!("latency {port} {milliseconds}")
            }
            ["counters", port] => self.counters(port)?,
            _ => return Err(ConsoleError::UnknownCommand),
        };
        Ok(Next::Answer(answer))
    }

    /// Puts a card into the reader of `port`.
    ///
    /// # Errors
    ///
    /// [`ConsoleError::Key`] and [`ConsoleError::Slot`]; the card before stays in then.
    pub fn insert(
        &mut self,
        image: Image,
        port: u16,
        faults: &[Fault],
    ) -> Result<String, ConsoleError> {
        let mut card = self.options.personalisation(image).build()?;
        card.use_ledger(&self.ledger);
        let serial = card.serial().to_owned();
        let mut troubled = TroubledCard::new(card);
        troubled.latency = Duration::from_millis(self.options.latency);
        for fault in faults {
            troubled.plan(*fault);
        }
        if !self.slots.contains_key(&port) {
            self.slots
                .insert(port, VpcdSlot::open(&self.options.host, port)?);
        }
        self.slots
            .get(&port)
            .ok_or(ConsoleError::UnusedPort)?
            .insert(troubled);
        Ok(format!("inserted {image} {serial} {port}"))
    }

    fn counters(&self, port: &str) -> Result<String, ConsoleError> {
        let slot = self.slot(port)?;
        let connected = slot.is_connected();
        let totals = self.ledger.totals();
        let object = slot.card(|troubled| {
            let card = &troubled.card;
            let counters = card.counters();
            let [pin1, pin2, puk] = card.verified();
            json!({
                "serial": card.serial(),
                "pin1": counters.pin1,
                "pin2": counters.pin2,
                "puk": counters.puk,
                "verified": { "pin1": pin1, "pin2": pin2, "puk": puk },
                "connected": connected,
                "totals": totals,
            })
        })?;
        Ok(object.to_string())
    }

    fn slot(&self, port: &str) -> Result<&VpcdSlot, ConsoleError> {
        self.slots
            .get(&parse_port(port)?)
            .ok_or(ConsoleError::UnusedPort)
    }
}

fn parse_port(text: &str) -> Result<u16, ConsoleError> {
    text.parse().map_err(|_| ConsoleError::Port)
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    fn answer(console: &mut Console, line: &str) -> String {
        match console.execute(line) {
            Ok(Next::Answer(answer)) => answer,
            Ok(Next::Quit) => "quit".to_owned(),
            Err(error) => format!("error {error}"),
        }
    }

    #[test]
    fn every_command_is_answered() {
        let options = Options::parse_from(["siru-sim", "--tries", "3"]);
        let mut console = Console::new(options, Ledger::default());
        for (line, expected) in [
            ("counters 1", "error no reader of that port is in use"),
            ("insert v4 1", "inserted v4 9246102411CD2345670 1"),
            ("fault 1 drop-after@20", "fault 1 drop-after@20#1"),
            ("clear 1", "cleared 1"),
            ("latency 1 30", "latency 1 30"),
            ("remove 1", "removed 1"),
            ("remove 1", "error no card"),
            ("reinsert 1", "reinserted 1"),
            ("swap 1 v3-locked", "inserted v3-locked AB1234562 1"),
            (
                "insert v5 1",
                "error no such image; siru-sim --images lists them",
            ),
            ("insert v4 one", "error not a port"),
            (
                "fault 1 sneeze@20",
                "error not a fault; write KIND@INS, KIND@INS#N or KIND@#N",
            ),
            ("", "error not a command; siru-sim --help lists them"),
            ("quit", "quit"),
        ] {
            assert_eq!(answer(&mut console, line), expected, "{line}");
        }
        let counters: serde_json::Value =
            serde_json::from_str(&answer(&mut console, "counters 1")).unwrap();
        assert_eq!(
            (&counters["pin1"], &counters["pin2"]),
            (&json!(0), &json!(3))
        );
    }

    #[test]
    fn the_options_say_which_cards_go_where() {
        let options =
            Options::parse_from(["siru-sim", "--card", "v4@36000", "--card", "mute@36001"]);
        let placements = options.placements();
        assert_eq!(placements.len(), 2);
        assert_eq!(
            (placements[1].image.to_string().as_str(), placements[1].port),
            ("mute", 36001)
        );
        assert!(Options::try_parse_from(["siru-sim", "--card", "v4"]).is_err());
        assert!(Options::try_parse_from(["siru-sim", "--image", "v5"]).is_err());
    }
}
