//! What only a whole script shows: commands that are commands, names that keep their meaning.

use std::collections::HashMap;

use siru_apdu::{CommandApdu, Protocol};
use zeroize::Zeroizing;

use super::error::{ParseError, Problem};
use crate::model::{Exchange, Item, Outcome, Place, Script, Target};

/// Checks a script together with what it includes. A fragment is checked without a protocol.
pub(super) fn script(script: &Script) -> Result<(), ParseError> {
    let target = script.header.target.as_ref();
    for included in &script.included {
        same_card(target, included)?;
    }
    let mut names = Names::default();
    for step in script.all_steps() {
        for exchange in step.actions.iter().filter_map(|action| action.exchange()) {
            exchange_is_sound(exchange, target.map(|target| target.protocol))
                .and_then(|()| names.note(exchange))
                .map_err(|problem| ParseError {
                    place: exchange.place.clone(),
                    problem,
                })?;
        }
    }
    Ok(())
}

fn same_card(target: Option<&Target>, included: &Script) -> Result<(), ParseError> {
    if included.header.target.is_some() && included.header.target.as_ref() != target {
        let place = included
            .all_steps()
            .first()
            .and_then(|step| step.actions.first())
            .map_or_else(Place::default, |action| action.place().clone());
        return Err(ParseError {
            place,
            problem: Problem::OtherCard,
        });
    }
    included
        .included
        .iter()
        .try_for_each(|inner| same_card(target, inner))
}

fn exchange_is_sound(exchange: &Exchange, protocol: Option<Protocol>) -> Result<(), Problem> {
    command_is_sound(&exchange.command, protocol)?;
    match &exchange.outcome {
        Outcome::Event(_) => Ok(()),
        Outcome::Response(items) => response_is_sound(items),
    }
}

/// The lengths add up, header and length bytes are literal, and what is presented is a secret.
fn command_is_sound(items: &[Item], protocol: Option<Protocol>) -> Result<(), Problem> {
    let bytes = stand_in(items);
    let command = CommandApdu::from_bytes(&bytes).map_err(|_| Problem::NotACommand)?;
    let data = command.command_data().bytes().len();
    // CLA INS P1 P2 and, with data, Lc.
    let head = if data > 0 { 5 } else { 4 };
    let has_le = bytes.len() > head + data;
    if protocol == Some(Protocol::T0) && data > 0 && has_le {
        return Err(Problem::ExpectedLengthUnderT0);
    }
    let presents = command.presents_secret();
    let mut at = 0;
    for item in items {
        let end = at + item.len();
        let outside_data = at < head || end > head + data;
        let inside_data = at < head + data && end > head;
        match item {
            Item::Bytes(_) if presents && inside_data => return Err(Problem::SecretInClear),
            Item::Varying { .. } | Item::File { .. } if presents => {
                return Err(Problem::SecretInClear);
            }
            Item::Bytes(_) => {}
            _ if outside_data => return Err(Problem::NotACommand),
            _ => {}
        }
        at = end;
    }
    Ok(())
}

fn response_is_sound(items: &[Item]) -> Result<(), Problem> {
    let length: usize = items.iter().map(Item::len).sum();
    let status = matches!(items.last(), Some(Item::Bytes(bytes)) if bytes.len() >= 2);
    let secret = items.iter().any(|item| matches!(item, Item::Secret { .. }));
    if status && !secret && length <= 258 {
        Ok(())
    } else {
        Err(Problem::NotAResponse)
    }
}

/// The bytes of a command, with zeros in place of secrets.
fn stand_in(items: &[Item]) -> Zeroizing<Vec<u8>> {
    let mut bytes = Zeroizing::new(Vec::new());
    for item in items {
        match item {
            Item::Bytes(part) | Item::File { bytes: part, .. } => bytes.extend(part),
            Item::Varying { sample, .. } => bytes.extend(sample),
            Item::Secret { length, .. } => bytes.extend(std::iter::repeat_n(0, *length)),
        }
    }
    bytes
}

/// What each name stood for where it was first used.
#[derive(Default)]
struct Names<'a> {
    samples: HashMap<&'a str, &'a [u8]>,
    lengths: HashMap<&'a str, usize>,
}

impl<'a> Names<'a> {
    fn note(&mut self, exchange: &'a Exchange) -> Result<(), Problem> {
        let response: &[Item] = match &exchange.outcome {
            Outcome::Response(items) => items,
            Outcome::Event(_) => &[],
        };
        for item in exchange.command.iter().chain(response) {
            let same = match item {
                Item::Varying { name, sample } => {
                    *self.samples.entry(name).or_insert(sample) == sample.as_slice()
                }
                Item::Secret { name, length } => {
                    *self.lengths.entry(name).or_insert(*length) == *length
                }
                _ => true,
            };
            if !same {
                return Err(Problem::NameReused);
            }
        }
        Ok(())
    }
}
