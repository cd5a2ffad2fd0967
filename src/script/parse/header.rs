//! The header of a script: `key: value` lines before the first step.

use siru_apdu::{Protocol, hex};

use super::error::{ParseError, Problem};
use super::lines::Placed;
use crate::library::is_plain_path;
use crate::model::{Header, Place, Source, SourceKind, Spend, Start, StartState, Target};
use crate::name::is_name;

/// A header, and its includes still to be read.
pub(super) struct HeaderLines {
    pub(super) header: Header,
    pub(super) include: Vec<(Place, String)>,
}

/// The longest answer to reset, in bytes (ISO/IEC 7816-3).
const MAX_ATR: usize = 33;

/// Reads the header lines of a file that ends at `last`.
pub(super) fn read(lines: &[Placed], last: &Place) -> Result<HeaderLines, ParseError> {
    let mut values = Values::default();
    for (place, line) in lines {
        values.take(place, line).map_err(|problem| ParseError {
            place: place.clone(),
            problem,
        })?;
    }
    let missing = |key| ParseError {
        place: last.clone(),
        problem: Problem::MissingHeader { key },
    };
    values.format.ok_or_else(|| missing("format"))?;
    let target = match (values.card, values.atr, values.protocol) {
        (None, None, None) => None,
        (Some(card), Some(atr), Some(protocol)) => Some(Target {
            card,
            atr,
            protocol,
        }),
        (None, ..) => return Err(missing("card")),
        (_, None, _) => return Err(missing("atr")),
        (_, _, None) => return Err(missing("protocol")),
    };
    Ok(HeaderLines {
        header: Header {
            target,
            source: values.source.ok_or_else(|| missing("source"))?,
            start: values.start.unwrap_or_default(),
            spends: values.spends.unwrap_or_default(),
            include: Vec::new(),
        },
        include: values.include,
    })
}

#[derive(Default)]
struct Values {
    format: Option<()>,
    card: Option<String>,
    atr: Option<Vec<u8>>,
    protocol: Option<Protocol>,
    source: Option<Source>,
    start: Option<Vec<Start>>,
    spends: Option<Vec<Spend>>,
    include: Vec<(Place, String)>,
}

impl Values {
    fn take(&mut self, place: &Place, line: &str) -> Result<(), Problem> {
        let (key, value) = line.split_once(':').ok_or(Problem::UnknownLine)?;
        let value = value.trim();
        match key {
            "format" => put(&mut self.format, "format", (value == "1").then_some(())),
            "card" => put(
                &mut self.card,
                "card",
                is_name(value).then(|| value.to_owned()),
            ),
            "atr" => put(
                &mut self.atr,
                "atr",
                hex::parse(value).filter(|atr| (2..=MAX_ATR).contains(&atr.len())),
            ),
            "protocol" => put(&mut self.protocol, "protocol", protocol(value)),
            "source" => put(&mut self.source, "source", source(value)),
            "start" => put(&mut self.start, "start", list(value, start)),
            "spends" => put(&mut self.spends, "spends", list(value, spend)),
            "include" => {
                if !is_plain_path(value) {
                    return Err(Problem::Path);
                }
                self.include.push((place.clone(), value.to_owned()));
                Ok(())
            }
            _ => Err(Problem::Header),
        }
    }
}

fn put<T>(slot: &mut Option<T>, key: &'static str, value: Option<T>) -> Result<(), Problem> {
    if slot.is_some() {
        return Err(Problem::Header);
    }
    *slot = Some(value.ok_or(Problem::HeaderValue { key })?);
    Ok(())
}

fn protocol(value: &str) -> Option<Protocol> {
    match value {
        "T=0" => Some(Protocol::T0),
        "T=1" => Some(Protocol::T1),
        _ => None,
    }
}

fn source(value: &str) -> Option<Source> {
    let (word, detail) = value.split_once(char::is_whitespace)?;
    let kind = match word {
        "written" => SourceKind::Written,
        "simulated" => SourceKind::Simulated,
        "recorded" => SourceKind::Recorded,
        _ => return None,
    };
    Some(Source {
        kind,
        detail: detail.trim().to_owned(),
    })
}

fn list<T>(value: &str, one: impl Fn(&str) -> Option<T>) -> Option<Vec<T>> {
    value.split(',').map(|part| one(part.trim())).collect()
}

fn start(clause: &str) -> Option<Start> {
    let words: Vec<&str> = clause.split_whitespace().collect();
    let (secret, state) = match words.as_slice() {
        [secret, "has", tries, "tries" | "try"] => (secret, StartState::Tries(tries.parse().ok()?)),
        [secret, "is", "not", "activated"] => (secret, StartState::NotActivated),
        _ => return None,
    };
    is_name(secret).then(|| Start {
        secret: (*secret).to_owned(),
        state,
    })
}

fn spend(entry: &str) -> Option<Spend> {
    let (secret, tries) = entry.split_once(' ')?;
    is_name(secret).then_some(Spend {
        secret: secret.to_owned(),
        tries: tries.trim().parse().ok()?,
    })
}
