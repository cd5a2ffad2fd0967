//! Taking a command apart, strictly by the transmission protocol it came over.
//!
//! On T=0 a fifth byte P3 is either Lc or Le, and the instruction decides which: data flows one way
//! only, so a case-4 command carries no Le and its answer waits for GET RESPONSE. On T=1 a command
//! may carry both. Only short lengths are spoken (ISO/IEC 7816-3, 7816-4).

use siru_apdu::Protocol;

use crate::status;

/// A command, taken apart.
#[derive(Debug, Clone, Copy)]
pub struct Frame<'a> {
    /// CLA.
    pub class: u8,
    /// INS.
    pub instruction: u8,
    /// P1.
    pub p1: u8,
    /// P2.
    pub p2: u8,
    /// The data field; empty when there is none.
    pub data: &'a [u8],
    /// Le as a count of bytes, 256 for 00; `None` when there is none.
    pub expected: Option<usize>,
    /// The protocol the command came over.
    pub protocol: Protocol,
}

impl<'a> Frame<'a> {
    /// Takes `command` apart.
    ///
    /// # Errors
    ///
    /// The status word 6700 when the lengths do not add up for `protocol`.
    pub fn parse(command: &'a [u8], protocol: Protocol) -> Result<Self, u16> {
        let (&[class, instruction, p1, p2], body) =
            command.split_first_chunk().ok_or(status::WRONG_LENGTH)?;
        let (data, expected): (&[u8], Option<usize>) = match (body, protocol) {
            ([], _) => (&[], None),
            // An instruction that only sends data cannot mean Le by a P3 of 00.
            ([0], _) if only_sends(instruction) => (&[], None),
            // On T=0 this P3 announces a data field that is not there.
            ([_], Protocol::T0) if only_sends(instruction) => return Err(status::WRONG_LENGTH),
            ([le], _) => (&[], Some(expected_length(*le))),
            ([lc, rest @ ..], _) if *lc != 0 && rest.len() == usize::from(*lc) => (rest, None),
            ([lc, rest @ .., le], Protocol::T1) if *lc != 0 && rest.len() == usize::from(*lc) => {
                (rest, Some(expected_length(*le)))
            }
            _ => return Err(status::WRONG_LENGTH),
        };
        Ok(Self {
            class,
            instruction,
            p1,
            p2,
            data,
            expected,
            protocol,
        })
    }
}

fn expected_length(le: u8) -> usize {
    if le == 0 { 256 } else { usize::from(le) }
}

/// Instructions that, without a data field, cannot ask for an answer either. PSO is not among them:
/// computing a signature has no data and an Le.
fn only_sends(instruction: u8) -> bool {
    matches!(instruction, 0x20 | 0x22 | 0x24 | 0x2C | 0xA4 | 0xCB)
}
