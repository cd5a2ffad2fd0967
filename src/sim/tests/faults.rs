//! Faults strike once, at the exchange they were planned for, and the ledger tells what they hid.

use siru_apdu::Protocol::T0;
use siru_apdu::hex;

use super::card;
use crate::{Fault, FaultKind, Outcome, TroubledCard};

const WRONG1: &str = "002000110C393939390000000000000000";

fn exchange(card: &mut TroubledCard, command: &str) -> Outcome {
    card.exchange(&hex::parse(command).unwrap(), T0)
}

fn answer(bytes: &[u8]) -> Outcome {
    Outcome::Answer(bytes.to_vec())
}

#[test]
fn each_fault_does_what_it_says_and_costs_what_it_costs() {
    for (kind, outcome, tries, executed) in [
        (FaultKind::DropBefore, Outcome::Removed, 5, false),
        (FaultKind::DropAfter, Outcome::Removed, 4, true),
        (
            FaultKind::StatusBefore(0x6F00),
            answer(&[0x6F, 0x00]),
            5,
            false,
        ),
        (
            FaultKind::StatusAfter(0x6F00),
            answer(&[0x6F, 0x00]),
            4,
            true,
        ),
        (FaultKind::Reset, Outcome::Reset, 5, false),
        (FaultKind::Empty, answer(&[]), 4, true),
        (FaultKind::OneByte, answer(&[0xC4]), 4, true),
        (FaultKind::Long, answer(&[0x5A; 300]), 4, true),
        (FaultKind::Hang, Outcome::Hang, 4, true),
    ] {
        let mut troubled = TroubledCard::new(card("v4"));
        troubled.plan(Fault::at_instruction(kind, 0x20, 2));
        assert_eq!(
            exchange(&mut troubled, "00200082"),
            answer(&[0x63, 0xC5]),
            "{kind:?}"
        );
        assert_eq!(
            exchange(&mut troubled, "00A4080C022F00"),
            answer(&[0x90, 0x00]),
            "{kind:?}"
        );
        assert_eq!(exchange(&mut troubled, WRONG1), outcome, "{kind:?}");
        assert_eq!(troubled.card.counters().pin1, tries, "{kind:?}");
        let entries = troubled.card.ledger().entries();
        assert_eq!(entries.len(), 1, "{kind:?}");
        assert_eq!(
            (entries[0].executed, entries[0].after.pin1),
            (executed, tries),
            "{kind:?}"
        );
        assert_eq!(entries[0].exchange, 4, "{kind:?}");
        // It strikes once.
        assert!(
            matches!(exchange(&mut troubled, "00200011"), Outcome::Answer(_)),
            "{kind:?}"
        );
    }
}

#[test]
fn a_fault_can_wait_for_any_exchange() {
    let mut troubled = TroubledCard::new(card("v4"));
    troubled.plan("status-before=6F00@#2".parse().unwrap());
    troubled.plan("reset@#3".parse().unwrap());
    assert_eq!(exchange(&mut troubled, "00200011"), answer(&[0x63, 0xC5]));
    assert_eq!(exchange(&mut troubled, "00200011"), answer(&[0x6F, 0x00]));
    assert_eq!(exchange(&mut troubled, "00200011"), Outcome::Reset);
    assert_eq!(exchange(&mut troubled, "00200011"), answer(&[0x6D, 0x00]));
}
