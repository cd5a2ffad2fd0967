//! Commands and answers as failures show them: in the script's own form, and never with a PIN.

use std::fmt;

use siru_apdu::{CommandApdu, CommandData, Protocol};

use crate::model::Item;
use crate::print::Items;

/// How many bytes of a foreign answer are shown: it may be a person's certificate.
const SHOWN: usize = 40;

/// A command or an answer without anything secret in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    items: Vec<Item>,
    /// How many bytes are left out at the end.
    omitted: usize,
}

impl Shown {
    /// What a script has. A script cannot hold a PIN, so nothing needs to be hidden.
    pub(crate) fn expected(items: &[Item]) -> Self {
        Self {
            items: items.to_vec(),
            omitted: 0,
        }
    }

    /// A command that was sent, with its secrets by name and length. The data of an instruction
    /// that presents a PIN is hidden even when its sender forgot to say that it is one.
    pub(crate) fn command(command: &CommandApdu, protocol: Protocol) -> Self {
        let wire = command.to_wire(protocol);
        let data = command.command_data();
        let length = data.bytes().len();
        let head = if length == 0 { 4 } else { 5 };
        let mut items = vec![Item::Bytes(wire.iter().take(head).copied().collect())];
        match data {
            CommandData::None => {}
            CommandData::Secret { parts, .. } => {
                items.extend(parts.iter().map(|(name, length)| Item::Secret {
                    name: (*name).to_owned(),
                    length: *length,
                }));
            }
            CommandData::Plain(_) if command.instruction().presents_secret() => {
                items.push(Item::Secret {
                    name: "secret".to_owned(),
                    length,
                });
            }
            CommandData::Plain(bytes) => items.push(Item::Bytes(bytes.clone())),
        }
        let le: Vec<u8> = wire.iter().skip(head + length).copied().collect();
        if !le.is_empty() {
            items.push(Item::Bytes(le));
        }
        Self { items, omitted: 0 }
    }

    /// An answer that came.
    pub(crate) fn answer(bytes: &[u8]) -> Self {
        Self {
            items: vec![Item::Bytes(bytes.iter().take(SHOWN).copied().collect())],
            omitted: bytes.len().saturating_sub(SHOWN),
        }
    }
}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", Items(&self.items))?;
        match self.omitted {
            0 => Ok(()),
            omitted => write!(f, " … {omitted} more bytes"),
        }
    }
}
