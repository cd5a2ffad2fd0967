//! Names for what must not be written: secrets by what the card made of them, the rest by kind.

use std::collections::HashMap;

use siru_apdu::Instruction;

use super::{Entry, Noting, Part};
use crate::name::{Variant, is_name, join, split};

/// One presentation of a secret.
struct Presented<'a> {
    base: &'a str,
    fingerprint: u64,
    /// Whether the command stores the value instead of checking it.
    stored: bool,
    /// What the card made of it; `None` when nobody knows.
    accepted: Option<bool>,
}

/// The script's name for every secret on a tape.
pub(super) struct SecretNames(HashMap<u64, String>);

impl SecretNames {
    /// Names each value by its history: stored before it was ever right, it is `.new`; never
    /// right, `.wrong`; otherwise it is the value the card held at the start.
    pub(super) fn of(entries: &[Entry]) -> Self {
        let presented: Vec<Presented<'_>> = entries
            .iter()
            .filter_map(|entry| match entry {
                Entry::Exchange(noting) => Some(noting),
                _ => None,
            })
            .flat_map(presented)
            .collect();
        let mut names = HashMap::new();
        let mut numbers: HashMap<(&str, Variant), u8> = HashMap::new();
        for first in &presented {
            if names.contains_key(&first.fingerprint) {
                continue;
            }
            let variant = variant(&presented, first.fingerprint);
            let number = numbers.entry((first.base, variant)).or_insert(0);
            *number = number.saturating_add(1);
            names.insert(first.fingerprint, join(first.base, variant, *number));
        }
        Self(names)
    }

    /// The name of a secret on the tape.
    pub(super) fn name(&self, fingerprint: u64) -> String {
        self.0
            .get(&fingerprint)
            .cloned()
            .unwrap_or_else(|| UNNAMED.to_owned())
    }
}

/// How many tries of each secret were gone at the worst moment.
pub(super) fn spent(entries: &[Entry]) -> Vec<(String, u8)> {
    let mut tallies: Vec<(String, u8, u8)> = Vec::new();
    for entry in entries {
        let Entry::Exchange(noting) = entry else {
            continue;
        };
        let counted = matches!(&noting.outcome, Ok(response) if response.status.sw1() == 0x63);
        for one in presented(noting).filter(|one| !one.stored) {
            let index = match tallies.iter().position(|(base, ..)| base == one.base) {
                Some(index) => index,
                None => {
                    tallies.push((one.base.to_owned(), 0, 0));
                    tallies.len() - 1
                }
            };
            if let Some((_, now, worst)) = tallies.get_mut(index) {
                match one.accepted {
                    Some(true) => *now = 0,
                    Some(false) if counted => *now = now.saturating_add(1),
                    _ => {}
                }
                *worst = (*worst).max(*now);
            }
        }
    }
    tallies
        .into_iter()
        .filter(|(_, _, worst)| *worst > 0)
        .map(|(base, _, worst)| (base, worst))
        .collect()
}

/// What a secret is called whose sender gave it no usable name.
const UNNAMED: &str = "secret";

fn variant(presented: &[Presented<'_>], fingerprint: u64) -> Variant {
    let history = || {
        presented
            .iter()
            .filter(|one| one.fingerprint == fingerprint)
    };
    // Order matters: a value that was right before it was stored again is no new one.
    for one in history() {
        if one.stored {
            return Variant::New;
        }
        if one.accepted == Some(true) {
            return Variant::Current;
        }
    }
    if history().any(|one| one.accepted == Some(false)) {
        Variant::Wrong
    } else {
        Variant::Current
    }
}

fn presented(noting: &Noting) -> impl Iterator<Item = Presented<'_>> {
    let accepted = match &noting.outcome {
        Ok(response) => match (response.status.sw1(), response.status.0) {
            (0x90 | 0x61, _) => Some(true),
            (0x63, _) | (_, 0x6983) => Some(false),
            _ => None,
        },
        Err(_) => None,
    };
    let count = noting.data.len();
    let instruction = Instruction(noting.instruction());
    let [p1, _] = noting.parameters();
    // CHANGE: old then new. RESET: PUK then new (P1 00), new alone (P1 02), PUK alone (P1 01).
    let last_is_stored = match instruction {
        Instruction::CHANGE_REFERENCE_DATA => count > 1 || p1 == 0x01,
        Instruction::RESET_RETRY_COUNTER => count > 1 || p1 == 0x02,
        _ => false,
    };
    noting
        .data
        .iter()
        .enumerate()
        .filter_map(move |(index, part)| match part {
            Part::Plain(_) => None,
            Part::Secret {
                name, fingerprint, ..
            } => {
                let (base, said, _) = split(name);
                Some(Presented {
                    base: if is_name(base) { base } else { UNNAMED },
                    fingerprint: *fingerprint,
                    stored: said == Variant::New || (last_is_stored && index + 1 == count),
                    accepted,
                })
            }
        })
}

/// Names for bytes that vary: the same bytes of a kind, written as the same sample, get the same
/// name.
#[derive(Default)]
pub(super) struct VaryingNames(HashMap<&'static str, Vec<Known>>);

/// Bytes, and what is written in their place.
type Known = (Vec<u8>, Vec<u8>);

impl VaryingNames {
    /// `kind`, `kind.2` and so on.
    pub(super) fn name(&mut self, kind: &'static str, bytes: &[u8], sample: &[u8]) -> String {
        let known = self.0.entry(kind).or_default();
        let index = match known
            .iter()
            .position(|(one, shown)| one == bytes && shown == sample)
        {
            Some(index) => index,
            None => {
                known.push((bytes.to_vec(), sample.to_vec()));
                known.len() - 1
            }
        };
        match index {
            0 => kind.to_owned(),
            _ => format!("{kind}.{}", index + 1),
        }
    }
}
