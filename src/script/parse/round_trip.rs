//! Do print and parse agree, and does no text make the parser panic?

use proptest::prelude::*;
use siru_apdu::Protocol;

use super::Problem;
use crate::model::{
    Action, Event, Exchange, Failure, Header, Item, Outcome, Place, Script, Source, SourceKind,
    Spend, Start, StartState, Step, Target,
};

const HEADER: &str =
    "format: 1\ncard: fineid-v4\natr: 3B 00\nprotocol: T=1\nsource: written from S1\n";

fn name() -> impl Strategy<Value = String> {
    "[A-Za-z][A-Za-z0-9.-]{0,8}"
}

fn bytes(most: usize) -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(any::<u8>(), 1..=most)
}

/// A command of GET DATA with everything that may stand in it, lengths adding up.
fn command() -> impl Strategy<Value = Vec<Item>> {
    let middle = prop_oneof![
        (name(), 1_usize..40).prop_map(|(name, length)| vec![Item::Secret {
            name: format!("S{name}{length}"),
            length
        }]),
        bytes(60).prop_map(|sample| vec![Item::Varying {
            name: digest_name(&sample),
            sample
        }]),
        Just(Vec::new()),
    ];
    (middle, bytes(80), any::<bool>()).prop_map(|(middle, tail, le)| {
        let length: usize = middle.iter().map(Item::len).sum::<usize>() + tail.len();
        let mut head = vec![0x00, 0xCB, 0x00, 0xFF, u8::try_from(length).expect("short")];
        let mut tail = tail;
        if le {
            tail.push(0);
        }
        if middle.is_empty() {
            head.extend(tail);
            return vec![Item::Bytes(head)];
        }
        let mut items = vec![Item::Bytes(head)];
        items.extend(middle);
        items.push(Item::Bytes(tail));
        items
    })
}

/// A name that stands for one sample only.
fn digest_name(sample: &[u8]) -> String {
    let sum = sample.iter().fold(7_u64, |sum, byte| {
        sum.wrapping_mul(31).wrapping_add(u64::from(*byte))
    });
    format!("v{sum}")
}

fn response() -> impl Strategy<Value = Outcome> {
    let varying = prop::option::of(bytes(100));
    (varying, prop::collection::vec(any::<u8>(), 2..120)).prop_map(|(sample, tail)| {
        let first = sample.map(|sample| Item::Varying {
            name: digest_name(&sample),
            sample,
        });
        Outcome::Response(first.into_iter().chain([Item::Bytes(tail)]).collect())
    })
}

fn outcome() -> impl Strategy<Value = Outcome> {
    prop_oneof![
        4 => response(),
        1 => Just(Outcome::Event(Event::Reset)),
        1 => Just(Outcome::Event(Event::Remove)),
        1 => (0_usize..5).prop_map(|index| Outcome::Event(Event::Fail(Failure::ALL[index]))),
    ]
}

fn action() -> impl Strategy<Value = Action> {
    prop_oneof![
        5 => (command(), outcome()).prop_map(|(command, outcome)| {
            Action::Exchange(Exchange { place: Place::default(), command, outcome })
        }),
        1 => Just(Action::EndWithReset(Place::default())),
    ]
}

fn script() -> impl Strategy<Value = Script> {
    let words = "[A-Za-z0-9:,<>={}!][A-Za-z0-9 :,<>={}!-]{0,30}[a-z]";
    let target = (
        name(),
        prop::collection::vec(any::<u8>(), 2..=33),
        any::<bool>(),
    )
        .prop_map(|(card, atr, t0)| Target {
            card,
            atr,
            protocol: if t0 { Protocol::T0 } else { Protocol::T1 },
        });
    let source = (
        prop::sample::select(vec![
            SourceKind::Written,
            SourceKind::Simulated,
            SourceKind::Recorded,
        ]),
        words,
    )
        .prop_map(|(kind, detail)| Source { kind, detail });
    let state = prop_oneof![
        any::<u8>().prop_map(StartState::Tries),
        Just(StartState::NotActivated)
    ];
    let start = prop::collection::vec(
        (name(), state).prop_map(|(secret, state)| Start { secret, state }),
        0..3,
    );
    let spends = prop::collection::vec(
        (name(), any::<u8>()).prop_map(|(secret, tries)| Spend { secret, tries }),
        0..3,
    );
    let steps = prop::collection::vec(
        (words, prop::collection::vec(action(), 0..4))
            .prop_map(|(title, actions)| Step { title, actions }),
        0..4,
    );
    (
        prop::collection::vec(words, 0..3),
        prop::option::of(target),
        source,
        start,
        spends,
        steps,
    )
        .prop_map(|(about, target, source, start, spends, steps)| Script {
            about,
            header: Header {
                target,
                source,
                start,
                spends,
                include: Vec::new(),
            },
            included: Vec::new(),
            steps,
        })
}

proptest! {
    #[test]
    fn what_is_printed_reads_back_as_the_same_script(script in script()) {
        let text = script.to_string();
        match Script::parse(&text) {
            Ok(read) => prop_assert_eq!(read, script, "{}", text),
            // The strategy does not know about T=0.
            Err(error) => prop_assert!(matches!(error.problem, Problem::ExpectedLengthUnderT0), "{}\n{}", error, text),
        }
    }

    #[test]
    fn no_text_makes_the_parser_panic(text in "(?s).{0,400}") {
        let _ = Script::parse(&text);
        let _ = Script::parse(&format!("{HEADER}{text}"));
    }

    #[test]
    fn no_line_of_signs_makes_the_parser_panic(text in "([=><!# ]{1,3}[0-9A-F{}:=@+ a-z]{0,30}\n){0,12}") {
        let _ = Script::parse(&format!("{HEADER}{text}"));
    }
}
