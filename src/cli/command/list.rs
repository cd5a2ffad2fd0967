//! `siru list`: every reader, every card, every counter at a glance. Nothing is presented.

use std::time::SystemTime;

use i18n_embed_fl::fl;
use siru_apdu::ReaderError;
use siru_card::{Access, PinRole};
use siru_text::Message;

use super::Session;
use crate::certificates::validity;
use crate::exit::Exit;
use crate::output::columns;
use crate::report::Report;
use crate::survey::{self, CardView, Content, Depth, Seen};
use crate::trouble::Trouble;
use crate::words::Words;

pub(super) fn list(session: &mut Session<'_, '_>, json: bool) -> Result<Exit, Trouble> {
    let depth = if json {
        Depth::Everything
    } else {
        Depth::Holder
    };
    let seen = survey::everything(session.readers, depth)?;
    if json {
        // The report holds nothing that could fail to be written as JSON.
        let report =
            serde_json::to_string_pretty(&Report::of(&seen)).map_err(std::io::Error::from)?;
        session.output.line(report)?;
        return Ok(if seen.is_empty() {
            Exit::NoReader
        } else {
            Exit::Done
        });
    }
    if seen.is_empty() {
        return Err(Trouble::NoReaders);
    }
    for (place, one) in seen.iter().enumerate() {
        if place > 0 {
            session.output.line("")?;
        }
        session
            .output
            .line(format_args!("{}  {}", one.number, one.shown_name()))?;
        session.output.bytes(block(session.words, one).as_bytes())?;
    }
    Ok(Exit::Done)
}

const INDENT: usize = 3;

fn block(words: &Words, seen: &Seen) -> String {
    let own = words.own();
    match &seen.content {
        Content::Empty => line(fl!(own, "list-empty")),
        Content::Mute => told(&words.cards.reader_error(&ReaderError::Mute)),
        Content::Unreachable => line(fl!(own, "list-unreachable")),
        Content::NotConnected(error) => told(&words.cards.reader_error(error)),
        Content::NotOpened(error) => told(&words.cards.open_error(error)),
        Content::Card(card) => columns(&rows(words, card), INDENT),
    }
}

fn rows(words: &Words, card: &CardView) -> Vec<(String, String)> {
    let own = words.own();
    let holder = card.holder().map(ToString::to_string);
    let mut kind = format!("{}, {}", words.cards.kind(card.kind), card.profile.name);
    if card.leaf().is_some_and(|leaf| leaf.certificate.is_test) {
        kind = format!("{kind} ({})", fl!(own, "test-card"));
    }
    let mut rows = vec![
        (
            fl!(own, "label-holder"),
            holder.unwrap_or_else(|| fl!(own, "list-name-unknown")),
        ),
        (fl!(own, "label-card"), kind),
        (
            fl!(own, "label-serial"),
            card.serial().unwrap_or_else(|| fl!(own, "serial-unknown")),
        ),
    ];
    for role in PinRole::ALL {
        let state = words
            .cards
            .state(role, card.states.of(role), card.max_tries(role));
        rows.push((words.cards.role(role), state));
    }
    let validity = card.leaf().map_or_else(
        || fl!(own, "validity-unknown"),
        |leaf| validity(words, &leaf.certificate, SystemTime::now()),
    );
    rows.push((fl!(own, "label-certificate"), validity));
    if let Access::ReadOnly(reason) = card.access {
        rows.push((fl!(own, "label-note"), words.cards.read_only(reason)));
    }
    rows
}

fn line(text: String) -> String {
    format!("{:INDENT$}{text}\n", "")
}

fn told(message: &Message) -> String {
    let mut text = line(message.headline.clone());
    for sentence in message.detail.iter().chain(&message.next_step) {
        text.push_str(&line(sentence.clone()));
    }
    text
}
