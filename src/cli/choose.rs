//! Which card a command works on. Between two cards it never chooses by itself.

use siru_apdu::{CardPresence, ReaderName, ReaderState};
use siru_card::profile::{Recognition, recognise};

use crate::args::Choice;
use crate::connector::Connector;
use crate::survey::{self, CardView, Content, Depth, Seen, shown};
use crate::trouble::{Candidate, Trouble};

/// The card a command works on, and the reader it was seen in.
pub(crate) struct Chosen {
    pub reader: ReaderName,
    pub card: CardView,
}

/// Finds the card that is meant.
pub(crate) fn choose(
    connector: &Connector,
    choice: &Choice,
    depth: Depth,
) -> Result<Chosen, Trouble> {
    let states = connector.readers().list()?;
    if states.is_empty() {
        return Err(Trouble::NoReaders);
    }
    match choice {
        Choice::Reader(wanted) => in_reader(connector, states, wanted, depth),
        Choice::Serial(wanted) => with_serial(connector, states, wanted, depth),
        Choice::Only => only_one(connector, states, depth),
    }
}

/// Exact name, then number in the list, then a part of the name that only one reader has.
fn in_reader(
    connector: &Connector,
    states: Vec<ReaderState>,
    wanted: &str,
    depth: Depth,
) -> Result<Chosen, Trouble> {
    let index = find_reader(&states, wanted)?;
    let state = states.into_iter().nth(index).ok_or(Trouble::NoReaders)?;
    let seen = survey::look(connector, vec![(index + 1, state)], depth)
        .pop()
        .ok_or(Trouble::NoReaders)?;
    match seen.content {
        Content::Card(card) => Ok(Chosen {
            reader: seen.name,
            card: *card,
        }),
        Content::Empty => Err(Trouble::NoCard),
        Content::Mute => Err(Trouble::Mute),
        Content::Unreachable => Err(Trouble::ReaderUnreachable),
        Content::NotConnected(error) => Err(error.into()),
        Content::NotOpened(error) => Err(error.into()),
    }
}

fn find_reader(states: &[ReaderState], wanted: &str) -> Result<usize, Trouble> {
    let exact =
        |state: &ReaderState| state.name.to_text() == wanted || shown(&state.name) == wanted;
    if let Some(index) = states.iter().position(exact) {
        return Ok(index);
    }
    if let Ok(number) = wanted.parse::<usize>()
        && (1..=states.len()).contains(&number)
    {
        return Ok(number - 1);
    }
    let part = wanted.to_lowercase();
    let holds_part = |state: &ReaderState| shown(&state.name).to_lowercase().contains(&part);
    let mut found = states
        .iter()
        .enumerate()
        .filter(|(_, state)| holds_part(state));
    match (found.next(), found.next()) {
        (Some((index, _)), None) if !part.is_empty() => Ok(index),
        (Some((_, first)), Some((_, second))) if !part.is_empty() => {
            let rest = found.map(|(_, state)| shown(&state.name));
            let readers = [shown(&first.name), shown(&second.name)]
                .into_iter()
                .chain(rest);
            Err(Trouble::SeveralReaders {
                readers: readers.collect(),
            })
        }
        _ => {
            let readers = states.iter().map(|state| shown(&state.name)).collect();
            Err(Trouble::NoSuchReader { readers })
        }
    }
}

fn with_serial(
    connector: &Connector,
    states: Vec<ReaderState>,
    wanted: &str,
    depth: Depth,
) -> Result<Chosen, Trouble> {
    let wanted = wanted.trim().to_uppercase();
    let seen = survey::look(connector, (1..).zip(states).collect(), depth);
    let candidates = candidates(&seen);
    let cards: Vec<_> = seen.into_iter().filter_map(to_chosen).collect();
    if cards.is_empty() {
        return Err(if candidates.is_empty() {
            Trouble::NoCard
        } else {
            Trouble::NoSuchSerial { candidates }
        });
    }
    let serial = |chosen: &Chosen| chosen.card.serial().unwrap_or_default().to_uppercase();
    let (matching, others): (Vec<_>, Vec<_>) = cards
        .into_iter()
        .partition(|chosen| serial(chosen).ends_with(&wanted));
    drop(others);
    let mut whole = Vec::new();
    let mut ending = Vec::new();
    for chosen in matching {
        if serial(&chosen) == wanted {
            whole.push(chosen)
        } else {
            ending.push(chosen)
        }
    }
    let mut matching = if whole.is_empty() { ending } else { whole };
    match (matching.pop(), matching.is_empty()) {
        (Some(chosen), true) => Ok(chosen),
        (Some(_), false) => Err(Trouble::SeveralSerials { candidates }),
        (None, _) => Err(Trouble::NoSuchSerial { candidates }),
    }
}

fn only_one(
    connector: &Connector,
    states: Vec<ReaderState>,
    depth: Depth,
) -> Result<Chosen, Trouble> {
    let unclear = unclear_readers(&states);
    let seen = survey::look(connector, (1..).zip(states).collect(), depth);
    let candidates = candidates(&seen);
    // A card that another program holds, or that failed, may be the one that is meant.
    let not_read = seen.iter().find(|seen| {
        unclear.contains(&seen.name) && matches!(seen.content, Content::NotConnected(_))
            || matches!(
                seen.content,
                Content::NotOpened(siru_card::OpenError::Unreachable(_))
            )
    });
    let not_read = not_read.map(Seen::shown_name);
    let occupied = seen
        .iter()
        .filter(|seen| !matches!(seen.content, Content::Empty))
        .count();
    let (mut cards, mut rest) = (Vec::new(), Vec::new());
    for one in seen {
        match one.content {
            Content::Card(card) => cards.push(Chosen {
                reader: one.name,
                card: *card,
            }),
            other => rest.push(other),
        }
    }
    match (cards.pop(), cards.is_empty()) {
        (Some(_), false) => Err(Trouble::SeveralCards { candidates }),
        (Some(chosen), true) => match not_read {
            Some(reader) => Err(Trouble::Unclear { reader }),
            None => Ok(chosen),
        },
        (None, _) if occupied == 0 => Err(Trouble::NoCard),
        (None, _) if occupied == 1 => Err(reason(rest)),
        (None, _) => Err(Trouble::NoSupportedCard { candidates }),
    }
}

/// Readers whose card may be one of ours, going by its answer to reset.
fn unclear_readers(states: &[ReaderState]) -> Vec<ReaderName> {
    let ours = |state: &&ReaderState| match &state.presence {
        CardPresence::Card { atr } => matches!(recognise(atr), Recognition::Known(_)),
        _ => false,
    };
    states
        .iter()
        .filter(ours)
        .map(|state| state.name.clone())
        .collect()
}

/// Why the only card there is cannot be used.
fn reason(contents: Vec<Content>) -> Trouble {
    for content in contents {
        match content {
            Content::Empty | Content::Card(_) => {}
            Content::Mute => return Trouble::Mute,
            Content::Unreachable => return Trouble::ReaderUnreachable,
            Content::NotConnected(error) => return error.into(),
            Content::NotOpened(error) => return error.into(),
        }
    }
    Trouble::NoCard
}

fn to_chosen(seen: Seen) -> Option<Chosen> {
    match seen.content {
        Content::Card(card) => Some(Chosen {
            reader: seen.name,
            card: *card,
        }),
        _ => None,
    }
}

fn candidates(seen: &[Seen]) -> Vec<Candidate> {
    let named = |seen: &Seen| {
        let card = seen.card()?;
        Some(Candidate {
            number: seen.number,
            holder: card.holder().map(ToString::to_string),
            serial: card.short_serial(),
            reader: seen.shown_name(),
        })
    };
    seen.iter().filter_map(named).collect()
}
