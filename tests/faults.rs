//! What if anything goes wrong in any exchange? Every exchange of every operation meets every
//! fault, and afterwards what Siru states must be what the ledger says.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test stops where it breaks"
)]

use siru_apdu::Readers;
use siru_card::{
    Answer, Consent, FineidCard, Operation, PinOutcome, PinRole, Purpose, TryUse, at_stake,
};
use siru_sim::{Entry, Fault, FaultKind};
use siru_tests::bench::{Bench, request, stated};

const IMAGES: [&str; 3] = ["v3", "v4", "organisation"];
const OPERATIONS: [Operation; 3] = [Operation::Check, Operation::Change, Operation::Unlock];
const KINDS: [FaultKind; 9] = [
    FaultKind::DropBefore,
    FaultKind::DropAfter,
    FaultKind::StatusBefore(0x6F00),
    FaultKind::StatusAfter(0x6F00),
    FaultKind::StatusBefore(0x6D00),
    FaultKind::Reset,
    FaultKind::Empty,
    FaultKind::OneByte,
    FaultKind::Long,
];

/// One run: its outcome, what reached the card, and the counters as the card keeps them.
struct Run {
    name: String,
    outcome: PinOutcome,
    entries: Vec<Entry>,
    tries: [u8; 3],
    verified: [bool; 3],
    shown: [Option<u8>; 3],
}

#[test]
fn whatever_fails_one_confirmation_is_one_command_and_the_statement_is_true() {
    let mut runs = 0;
    for image in IMAGES {
        for operation in OPERATIONS {
            for role in [PinRole::Authentication, PinRole::Signature] {
                for wrong in [false, true] {
                    let exchanges = exchanges_of(image, operation, role, wrong);
                    assert!(
                        exchanges > 5,
                        "{image} {operation:?}: {exchanges} exchanges"
                    );
                    for exchange in 1..=exchanges {
                        for kind in KINDS {
                            judge(&run(image, operation, role, wrong, kind, exchange));
                            runs += 1;
                        }
                    }
                }
            }
        }
    }
    println!("{runs} faults judged");
    assert!(runs > 3000, "{runs}");
}

#[test]
fn whatever_fails_while_looking_nothing_is_presented_and_nothing_hangs() {
    for image in IMAGES {
        let mut bench = Bench::new(image);
        let look = |bench: &mut Bench| {
            let channel = bench.readers.connect(&bench.reader).ok()?;
            let mut card = FineidCard::open(channel).ok()?;
            let leaf = card.certificate(Purpose::Authentication).ok()??;
            let all = card.certificates().ok()?;
            card.refresh().ok()?;
            Some((leaf, all.len()))
        };
        let whole = look(&mut bench).expect("nothing fails yet");
        let exchanges = bench.ledger.totals().exchanges;
        for exchange in 1..=exchanges {
            for kind in KINDS {
                let mut bench = Bench::new(image);
                let fault = Fault::at_exchange(kind, exchange);
                bench.control.plan(&bench.reader, fault).expect("a card");
                if let Some((leaf, _)) = look(&mut bench) {
                    assert_eq!(leaf, whole.0, "{image} {exchange} {kind:?}");
                }
                assert!(bench.taken().is_empty(), "{image} {exchange} {kind:?}");
            }
        }
    }
}

#[test]
fn every_status_word_means_the_same_to_the_person_and_to_the_ledger() {
    for (operation, instruction) in [
        (Operation::Check, 0x20),
        (Operation::Change, 0x24),
        (Operation::Unlock, 0x2C),
    ] {
        // The card answers this and does nothing, so whatever is stated, no try was used.
        for status in (0x6000..=0x6FFF).chain(0x9000..=0x9FFF) {
            let mut bench = Bench::new("v4");
            let mut card = bench.open();
            let seen = card.identity().clone();
            // The first command with this instruction that carries data is the one to meet: empty
            // VERIFYs come only after it.
            let kind = FaultKind::StatusBefore(status);
            let fault = Fault::at_instruction(kind, instruction, 1);
            bench.control.plan(&bench.reader, fault).expect("a card");
            let asked = request(operation, PinRole::Authentication, false);
            let outcome = card.perform(asked, &seen, Consent::Ordinary);
            let entries = bench.taken();
            assert_eq!(entries.len(), 1, "{operation:?} {status:04X}: {entries:?}");
            match status {
                0x9000 => assert!(matches!(outcome.answer, Answer::Done)),
                0x63C0..=0x63CF => assert!(matches!(
                    outcome.answer,
                    Answer::Wrong { .. } | Answer::WrongAndLocked { .. }
                )),
                0x6983 => assert!(matches!(outcome.answer, Answer::Locked { .. })),
                _ => {
                    assert!(
                        !matches!(
                            outcome.answer,
                            Answer::Done
                                | Answer::Wrong { .. }
                                | Answer::WrongAndLocked { .. }
                                | Answer::Locked { .. }
                        ),
                        "{operation:?} {status:04X}: {outcome:?}"
                    );
                    assert_ne!(outcome.try_use, TryUse::Used, "{operation:?} {status:04X}");
                }
            }
        }
    }
}

#[test]
fn a_card_that_counts_and_then_says_locked_has_used_a_try() {
    for (image, operation, instruction) in [
        ("v4", Operation::Check, 0x20),
        ("v4", Operation::Change, 0x24),
        ("v4", Operation::Unlock, 0x2C),
        ("v3", Operation::Change, 0x24),
        ("v3", Operation::Unlock, 0x2C),
    ] {
        for status in [0x6983, 0x6984] {
            for (kind, expected) in [
                (FaultKind::StatusAfter(status), TryUse::Used),
                (FaultKind::StatusBefore(status), TryUse::NotUsed),
            ] {
                let fault = Fault::at_instruction(kind, instruction, 1);
                let name = format!("{image} {operation:?} {kind:?}");
                let role = PinRole::Authentication;
                let run = run_with(image, operation, role, true, fault, name);
                assert_eq!(run.outcome.try_use, expected, "{}", run.name);
                judge(&run);
            }
        }
    }
}

/// How many exchanges an operation takes when nothing fails.
fn exchanges_of(image: &str, operation: Operation, role: PinRole, wrong: bool) -> u64 {
    let mut bench = Bench::new(image);
    let mut card = bench.open();
    let seen = card.identity().clone();
    let before = bench.ledger.totals().exchanges;
    card.perform(request(operation, role, wrong), &seen, Consent::Ordinary);
    bench.ledger.totals().exchanges - before
}

fn run(
    image: &str,
    operation: Operation,
    role: PinRole,
    wrong: bool,
    kind: FaultKind,
    exchange: u64,
) -> Run {
    let fault = Fault::at_exchange(kind, exchange);
    let name = format!("{image} {operation:?} {role:?} wrong={wrong} {kind:?} at {exchange}");
    run_with(image, operation, role, wrong, fault, name)
}

fn run_with(
    image: &str,
    operation: Operation,
    role: PinRole,
    wrong: bool,
    fault: Fault,
    name: String,
) -> Run {
    let mut bench = Bench::new(image);
    let mut card = bench.open();
    let seen = card.identity().clone();
    bench.control.plan(&bench.reader, fault).expect("a card");
    let outcome = card.perform(request(operation, role, wrong), &seen, Consent::Ordinary);
    let entries = bench.ledger.entries();
    let shown = stated(card.states());
    drop(card);
    // A pulled card is put back, so that its counters can be compared.
    let _ = bench.control.reinsert(&bench.reader);
    Run {
        name,
        outcome,
        entries,
        tries: bench.tries(),
        verified: bench.verified(),
        shown,
    }
}

fn judge(run: &Run) {
    let Run {
        name,
        outcome,
        entries,
        tries,
        verified,
        shown,
    } = run;
    let context = || format!("{name}\n{outcome:?}\n{entries:?}");
    for instruction in [0x20, 0x24, 0x2C] {
        let sent = entries
            .iter()
            .filter(|entry| entry.instruction == instruction)
            .count();
        assert!(sent <= 1, "a code was sent {sent} times: {}", context());
    }
    let code = at_stake(outcome.operation, outcome.role);
    let of = |counters: siru_sim::Counters| match code {
        PinRole::Authentication => counters.pin1,
        PinRole::Signature => counters.pin2,
        PinRole::Unblocking => counters.puk,
    };
    let used = entries
        .iter()
        .any(|entry| of(entry.after) < of(entry.before));
    match outcome.try_use {
        TryUse::Used => assert!(used, "a try was not used: {}", context()),
        TryUse::NotUsed => assert!(!used, "a try was used: {}", context()),
        TryUse::Unknown => {
            let known = outcome.after.and_then(|after| after.of(code).tries_left());
            assert!(known.is_none(), "the counter was read: {}", context());
        }
    }
    let verdicts: Vec<u16> = entries.iter().filter_map(|entry| entry.status).collect();
    match outcome.answer {
        Answer::Done => {
            assert!(
                verdicts.iter().all(|status| *status == 0x9000),
                "{}",
                context()
            );
            assert!(!verdicts.is_empty(), "{}", context());
        }
        Answer::Wrong { tries_left, .. } => {
            let expected = 0x63C0 | u16::from(tries_left.0);
            assert_eq!(verdicts.last(), Some(&expected), "{}", context());
        }
        Answer::NotSent(_) => assert!(entries.is_empty(), "{}", context()),
        _ => {}
    }
    if let Some(after) = &outcome.after {
        for (stated, real) in stated(after).into_iter().zip(tries) {
            assert!(
                stated.is_none_or(|stated| stated == *real),
                "{tries:?}: {}",
                context()
            );
        }
    }
    for (shown, real) in shown.iter().zip(tries) {
        assert!(
            shown.is_none_or(|shown| shown == *real),
            "{tries:?} shown as {shown:?}: {}",
            context()
        );
    }
    assert!(!outcome.may_stay_verified, "{}", context());
    assert_eq!(
        *verified,
        [false; 3],
        "a code was left verified: {}",
        context()
    );
}
