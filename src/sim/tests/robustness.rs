//! Whatever bytes come, the card answers with a status word and its counters stay in order.

use std::sync::LazyLock;

use proptest::prelude::*;
use siru_apdu::Protocol;

use super::card;
use crate::{Ledger, SimulatedCard};

static CARDS: LazyLock<[SimulatedCard; 3]> =
    LazyLock::new(|| ["v3", "v4", "organisation"].map(card));

/// Bytes of which many are commands the card knows.
fn command() -> impl Strategy<Value = Vec<u8>> {
    let class = prop_oneof![8 => Just(0x00), 1 => any::<u8>()];
    let instruction = prop_oneof![
        8 => prop::sample::select(vec![0x20, 0x22, 0x24, 0x2A, 0x2C, 0xA4, 0xB0, 0xC0, 0xCB]),
        1 => any::<u8>(),
    ];
    let p1 = prop_oneof![
        6 => prop::sample::select(vec![0x00, 0x02, 0x08, 0x41, 0x90, 0x9E, 0xFF]),
        1 => any::<u8>(),
    ];
    let p2 = prop_oneof![
        6 => prop::sample::select(vec![0x03, 0x04, 0x0C, 0x11, 0x12, 0x82, 0x83, 0x9A, 0xA0, 0xB6]),
        1 => any::<u8>(),
    ];
    let digits = prop::collection::vec(prop::sample::select(b"1234567890".to_vec()), 0..13);
    let padded = digits.clone().prop_map(|mut digits| {
        digits.resize(12, 0);
        digits
    });
    let data = prop_oneof![
        digits,
        padded.clone(),
        (padded.clone(), padded).prop_map(|(old, new)| [old, new].concat()),
        prop::collection::vec(any::<u8>(), 0..300),
    ];
    let framed =
        (class, instruction, p1, p2, data).prop_map(|(class, instruction, p1, p2, data)| {
            let mut bytes = vec![class, instruction, p1, p2];
            if let Ok(length @ 1..) = u8::try_from(data.len()) {
                bytes.push(length);
            }
            bytes.extend(data);
            bytes
        });
    prop_oneof![4 => framed, 1 => prop::collection::vec(any::<u8>(), 0..300)]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn no_bytes_disturb_the_card_and_the_ledger_adds_up(
        image in 0_usize..3,
        over_t1 in any::<bool>(),
        commands in prop::collection::vec(command(), 1..30),
    ) {
        let mut card = CARDS[image].clone();
        let ledger = Ledger::default();
        card.use_ledger(&ledger);
        let protocol = if over_t1 { Protocol::T1 } else { Protocol::T0 };
        let mut counters = card.counters();
        for command in &commands {
            let answer = card.handle(command, protocol);
            prop_assert!((2..=258).contains(&answer.len()));
            let now = card.counters();
            for tries in [now.pin1, now.pin2, now.puk] {
                prop_assert!(tries <= 5);
            }
            if now != counters {
                // A counter moves by an attempt, and every attempt is written down.
                let entry = ledger.entries().pop().unwrap();
                prop_assert!(entry.executed && entry.well_formed);
                prop_assert_eq!((entry.before, entry.after), (counters, now));
            }
            counters = now;
        }
        let entries = ledger.entries();
        for pair in entries.windows(2) {
            prop_assert_eq!(pair[0].after, pair[1].before);
        }
        prop_assert_eq!(ledger.totals().attempts, u64::try_from(entries.len()).unwrap());
        prop_assert_eq!(ledger.totals().exchanges, u64::try_from(commands.len()).unwrap());
    }
}
