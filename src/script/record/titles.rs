//! Titles for commands that nobody gave one.

use siru_apdu::Instruction;
use siru_apdu::hex::Hex;

use super::Noting;
use crate::model::Item;

/// Whether a command only goes on with what the one before it began.
pub(super) fn goes_on(noting: &Noting) -> bool {
    matches!(
        Instruction(noting.instruction()),
        Instruction::GET_RESPONSE | Instruction::READ_BINARY
    )
}

/// What a command does, from its bytes alone: `SELECT 50 16 43 32`, `VERIFY 00 11, PIN1.wrong`.
pub(super) fn title(noting: &Noting, command: &[Item]) -> String {
    let instruction = Instruction(noting.instruction());
    let names: Vec<&str> = command
        .iter()
        .filter_map(|item| match item {
            Item::Secret { name, .. } => Some(name.as_str()),
            _ => None,
        })
        .collect();
    if !names.is_empty() {
        let parameters = noting.parameters();
        return format!("{instruction:?} {}, {}", Hex(&parameters), names.join(" "));
    }
    match instruction {
        Instruction::SELECT | Instruction::GET_DATA if !noting.plain().is_empty() => {
            format!("{instruction:?} {}", Hex(noting.plain()))
        }
        _ => format!("{instruction:?} {}", Hex(&noting.parameters())),
    }
}
