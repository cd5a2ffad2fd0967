//! What of an answer is kept, what becomes `{name=sample}`, what `{@file}`.
//!
//! Secrets never reached the tape; the rest goes by rule. What no rule knows is not kept.

use std::ops::Range;

use siru_apdu::Instruction;

use super::answers::Answer;
use super::der;
use super::files::{CardFiles, FileKind};

/// What stands for a part of an answer.
pub(super) enum Cover {
    /// `{kind=sample}`.
    Varying(&'static str, Sample),
    /// `{@path offset+length}`; the offset of the part's beginning in the file.
    File(String, usize),
}

/// What is written in place of bytes that vary.
pub(super) enum Sample {
    /// The bytes themselves: nobody stands behind them.
    Actual,
    /// Zeros.
    Zeros,
    /// A serial number like those printed on specimen cards.
    Serial,
    /// The counters of a PIN as test cards have them: no limit of uses, no limit of unblockings.
    Counters,
}

impl Sample {
    /// The bytes written in place of `bytes`, as many as there are.
    pub(super) fn instead_of(&self, bytes: &[u8]) -> Vec<u8> {
        match self {
            Self::Actual => bytes.to_vec(),
            Self::Zeros => vec![0; bytes.len()],
            Self::Serial => fill(b"AA0000000", bytes.len(), b'0'),
            Self::Counters => fill(&[0xFF, 0xA5, 0x03], bytes.len(), 0x00),
        }
    }
}

/// A part of an answer that is not written as it is.
pub(super) struct Span {
    pub(super) range: Range<usize>,
    pub(super) cover: Cover,
}

/// What of a card's own work may be kept.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kept {
    Nothing,
    Signatures,
}

/// The parts of an answer that are not written as they are.
pub(super) fn spans(index: usize, answer: &Answer<'_>, files: &CardFiles, kept: Kept) -> Vec<Span> {
    let all = 0..answer.data.len();
    if all.is_empty() {
        return Vec::new();
    }
    let whole = |kind, sample| {
        vec![Span {
            range: all.clone(),
            cover: Cover::Varying(kind, sample),
        }]
    };
    let mut spans = match Instruction(answer.command.instruction()) {
        Instruction::READ_BINARY => match files.of(index) {
            Some((file, offset)) => file_spans(&answer.data, &file.bytes, &file.kind, offset),
            None => whole("content", Sample::Zeros),
        },
        Instruction::SELECT => Vec::new(),
        Instruction::GET_DATA => counters(&answer.data),
        // GET DATA, even instruction: the version of the applet; anything else numbers the chip.
        Instruction(0xCA) if answer.command.parameters() == [0xDF, 0x30] => Vec::new(),
        Instruction::PERFORM_SECURITY_OPERATION if answer.command.parameters() == [0x9E, 0x9A] => {
            let sample = match kept {
                Kept::Signatures => Sample::Actual,
                Kept::Nothing => Sample::Zeros,
            };
            whole("signature", sample)
        }
        _ => whole("answer", Sample::Zeros),
    };
    let file = Instruction(answer.command.instruction()) == Instruction::READ_BINARY;
    if !file && der::holds_a_name(&answer.data) {
        return whole("answer", Sample::Zeros);
    }
    if let Some(serial) = files.serial() {
        spans.extend(serials(&answer.data, serial, &spans));
    }
    spans.sort_by_key(|span| span.range.start);
    spans
}

/// What may not be written of a part of a file that begins at `offset`.
fn file_spans(data: &[u8], file: &[u8], kind: &FileKind, offset: usize) -> Vec<Span> {
    let end = data.len();
    let cover = |range: Range<usize>, cover| Span { range, cover };
    let zeros = |start: usize| {
        if start < end {
            vec![cover(start..end, Cover::Varying("content", Sample::Zeros))]
        } else {
            Vec::new()
        }
    };
    let is_known = file.get(offset..offset + end) == Some(data);
    match kind {
        // The card said something else at another time, or the beginning is missing.
        _ if !is_known => zeros(0),
        FileKind::Opaque => zeros(0),
        // Tag and length stay, so that a program knows how much to read.
        FileKind::PersonalCertificate => zeros(4_usize.saturating_sub(offset).min(end)),
        FileKind::TestCertificate(body) => {
            vec![cover(0..end, Cover::File(body.path.clone(), offset))]
        }
        FileKind::CardInfo { serial } => {
            let start = serial.start.saturating_sub(offset).min(end);
            let stop = serial.end.saturating_sub(offset).min(end);
            if start < stop {
                vec![cover(start..stop, Cover::Varying("serial", Sample::Serial))]
            } else {
                Vec::new()
            }
        }
        FileKind::Plain => Vec::new(),
    }
}

/// In a PIN container, what follows the tries left in the counters (DF21).
fn counters(data: &[u8]) -> Vec<Span> {
    der::objects(data, 0..data.len())
        .into_iter()
        .flat_map(|container| der::objects(data, container.value))
        .filter(|object| object.tag == 0xDF21 && object.value.len() > 1)
        .filter(|object| object.value.end <= data.len())
        .map(|object| Span {
            range: object.value.start + 1..object.value.end,
            cover: Cover::Varying("counters", Sample::Counters),
        })
        .collect()
}

/// The card's serial number wherever else it turns up.
fn serials(data: &[u8], serial: &[u8], covered: &[Span]) -> Vec<Span> {
    // A few bytes could be anything.
    if serial.len() < 6 {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(window) = data.get(at..at + serial.len()) {
        let range = at..at + serial.len();
        let free = covered
            .iter()
            .all(|span| range.end <= span.range.start || span.range.end <= range.start);
        if window == serial && free {
            at = range.end;
            found.push(Span {
                range,
                cover: Cover::Varying("serial", Sample::Serial),
            });
        } else {
            at += 1;
        }
    }
    found
}

/// `end` brought to a length: filled up in front, or cut off in front.
fn fill(end: &[u8], length: usize, filler: u8) -> Vec<u8> {
    let missing = length.saturating_sub(end.len());
    let surplus = end.len().saturating_sub(length);
    let mut bytes = vec![filler; missing];
    bytes.extend(end.iter().skip(surplus));
    bytes
}
