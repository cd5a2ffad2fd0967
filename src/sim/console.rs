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
