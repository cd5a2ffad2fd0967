//! Answers as wholes: what GET RESPONSE fetched belongs to the command before it.

use std::ops::Range;

use siru_apdu::Instruction;

use super::{Entry, Noting};

/// A command and all the data that came for it.
pub(super) struct Answer<'a> {
    pub(super) command: &'a Noting,
    pub(super) data: Vec<u8>,
    /// Which part of the data came with which entry of the tape.
    pub(super) pieces: Vec<(usize, Range<usize>)>,
    pub(super) succeeded: bool,
}

/// Joins the answers on a tape.
pub(super) fn answers(entries: &[Entry]) -> Vec<Answer<'_>> {
    let mut answers: Vec<Answer<'_>> = Vec::new();
    for (index, entry) in entries.iter().enumerate() {
        let Entry::Exchange(noting) = entry else {
            continue;
        };
        let fetches = Instruction(noting.instruction()) == Instruction::GET_RESPONSE;
        if !fetches || answers.is_empty() {
            answers.push(Answer {
                command: noting,
                data: Vec::new(),
                pieces: Vec::new(),
                succeeded: false,
            });
        }
        let (Some(answer), Ok(response)) = (answers.last_mut(), &noting.outcome) else {
            continue;
        };
        let start = answer.data.len();
        answer.data.extend(&response.data);
        answer.pieces.push((index, start..answer.data.len()));
        answer.succeeded = matches!(response.status.sw1(), 0x90 | 0x61 | 0x62);
    }
    answers
}
