//! What if the answer to reset, the directory and the card's answers do not fit together? Then
//! nothing is presented, and whatever is presented goes where the generation keeps that PIN.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test stops where it breaks"
)]

use siru_apdu::{Readers, StatusWord};
use siru_card::{
    Access, Answer, Consent, FineidCard, OpenError, Operation, PinRole, PinState, ReadOnlyReason,
    Refusal,
};
use siru_script::{ReplayCard, Script};
use siru_sim::SimulatedCard;
use siru_sim::directory::ReferenceEncoding;
use siru_sim::file_system::EndOfFile;
use siru_tests::bench::{Bench, card, changed_card, request};

const AOD: &[u16] = &[0x4401];
const OD: &[u16] = &[0x5031];
const TOKEN_INFO: &[u16] = &[0x5032];

/// Opens the card; `None` when it is not taken for a FINEID card.
fn access(bench: &mut Bench) -> Option<Access> {
    let channel = bench.readers.connect(&bench.reader).expect("a card");
    FineidCard::open(channel).ok().map(|card| card.access())
}

fn with_file(image: &str, path: &[u16], content: Option<Vec<u8>>) -> Bench {
    let mut card = card(image);
    card.set_file(path, content);
    Bench::holding(card)
}

fn file(image: &str, path: &[u16]) -> Vec<u8> {
    card(image).file(path).expect("the file is there").to_vec()
}

/// Replaces the first occurrence of some bytes; they must be there.
fn replaced(content: &[u8], old: &[u8], new: &[u8]) -> Vec<u8> {
    let at = content
        .windows(old.len())
        .position(|part| part == old)
        .expect("the bytes");
    [&content[..at], new, &content[at + old.len()..]].concat()
}

#[test]
fn a_directory_that_names_other_pins_makes_the_card_read_only() {
    let aod = file("v4", AOD);
    // min 4, stored 12, max 12, reference 11, pad 00; and the flags in front of them.
    let pin1 = [
        0x02, 0x01, 0x04, 0x02, 0x01, 0x0C, 0x02, 0x01, 0x0C, 0x80, 0x01, 0x11, 0x04, 0x01, 0x00,
    ];
    let changed = |index: usize, value: u8| {
        let mut bytes = pin1;
        bytes[index] = value;
        replaced(&aod, &pin1, &bytes)
    };
    let mut cases: Vec<(String, Vec<u8>)> = [
        ("stored length 0", 5, 0x00),
        ("stored length 8", 5, 0x08),
        ("stored length 127", 5, 0x7F),
        ("minimum above maximum", 2, 0x0D),
        ("maximum 16", 8, 0x10),
        ("pad FF", 14, 0xFF),
        ("pad 20", 14, 0x20),
    ]
    .into_iter()
    .map(|(name, index, value)| (name.to_owned(), changed(index, value)))
    .collect();
    for reference in [0x00, 0x01, 0x03, 0x04, 0x12, 0x81, 0x82, 0x83] {
        cases.push((
            format!("PIN1 under {reference:02X}"),
            changed(11, reference),
        ));
    }
    // A second entry that says something else, and a PUK of another form.
    let first = aod[..2 + usize::from(aod[1])].to_vec();
    let contradiction = replaced(&first, &pin1, &{
        let mut bytes = pin1;
        bytes[14] = 0xFF;
        bytes
    });
    cases.push((
        "PIN1 said twice".to_owned(),
        [&aod[..], &contradiction].concat(),
    ));
    let puk = [0x02, 0x01, 0x08, 0x02, 0x01, 0x0C, 0x02, 0x01, 0x0C];
    let mut shorter = puk;
    shorter[5] = 0x08;
    shorter[8] = 0x08;
    cases.push((
        "a PUK of 8 bytes".to_owned(),
        replaced(&aod, &puk, &shorter),
    ));
    for (name, content) in cases {
        let mut bench = with_file("v4", AOD, Some(content));
        let expected = Access::ReadOnly(ReadOnlyReason::DirectoryDisagrees);
        assert_eq!(access(&mut bench), Some(expected), "{name}");
        for operation in [Operation::Check, Operation::Change, Operation::Unlock] {
            let asked = request(operation, PinRole::Authentication, false);
            let outcome = bench.perform(asked, Consent::All);
            assert!(
                matches!(outcome.answer, Answer::NotSent(Refusal::ReadOnly(_))),
                "{name}: {outcome:?}"
            );
        }
        assert!(bench.taken().is_empty(), "{name}");
    }
}

#[test]
fn no_single_byte_of_the_directory_sends_a_pin_elsewhere() {
    for (image, references) in [("v4", [0x11, 0x82]), ("organisation", [0x03, 0x04])] {
        let aod = file(image, AOD);
        for index in 0..aod.len() {
            for flip in [0x01, 0x02, 0x10, 0x80, 0xFF] {
                let mut content = aod.clone();
                content[index] ^= flip;
                let mut bench = with_file(image, AOD, Some(content));
                for (role, reference) in [PinRole::Authentication, PinRole::Signature]
                    .into_iter()
                    .zip(references)
                {
                    bench.perform(request(Operation::Check, role, false), Consent::All);
                    for entry in bench.taken() {
                        assert_eq!(entry.reference, reference, "{image} {index} {flip:02X}");
                        assert!(entry.well_formed, "{image} {index} {flip:02X}: {entry:?}");
                    }
                }
            }
        }
    }
}

#[test]
fn what_the_directory_leaves_out_is_where_the_generation_has_it() {
    for image in ["v3", "v4", "organisation"] {
        for (path, content) in [
            (OD, None),
            (OD, Some(vec![0x00; 16])),
            (AOD, None),
            (AOD, Some(vec![0x30, 0x80, 0x00, 0x00])),
        ] {
            let mut bench = with_file(image, path, content.clone());
            assert_eq!(
                access(&mut bench),
                Some(Access::Full),
                "{image} {path:04X?} {content:?}"
            );
            let asked = request(Operation::Check, PinRole::Signature, false);
            let outcome = bench.perform(asked, Consent::Ordinary);
            assert!(
                matches!(outcome.answer, Answer::Done),
                "{image} {path:04X?}: {outcome:?}"
            );
            assert!(
                bench.open().certificates().expect("readable").len() >= 4,
                "{image}"
            );
        }
    }
}

#[test]
fn without_a_serial_number_a_swap_could_not_be_noticed() {
    for content in [None, Some(vec![0x30, 0x03, 0x02, 0x01, 0x01])] {
        let mut bench = with_file("v4", TOKEN_INFO, content);
        assert_eq!(
            access(&mut bench),
            Some(Access::ReadOnly(ReadOnlyReason::NoSerialNumber))
        );
    }
}

#[test]
fn both_ways_to_write_reference_82_and_every_end_of_file_are_read() {
    for image in ["v3", "v4"] {
        for references in [ReferenceEncoding::Unsigned, ReferenceEncoding::SignExtended] {
            for end_of_file in [
                EndOfFile::WrongLength,
                EndOfFile::Warning,
                EndOfFile::OutOfRange,
            ] {
                let mut bench = Bench::changed(image, |card| {
                    card.references = references;
                    card.end_of_file = end_of_file;
                });
                let mut card = bench.open();
                assert_eq!(
                    card.access(),
                    Access::Full,
                    "{image} {references:?} {end_of_file:?}"
                );
                let labels: Vec<_> = card.objects().iter().map(|pin| pin.label.clone()).collect();
                assert!(labels.iter().all(Option::is_some), "{labels:?}");
                assert!(card.certificates().expect("readable").len() >= 4);
            }
        }
    }
}

#[test]
fn a_card_that_answers_like_another_generation_is_read_only() {
    for (image, atr_of) in [("organisation", "v4"), ("v4", "organisation")] {
        let mut impostor = card(image);
        impostor.set_answer_to_reset(card(atr_of).atr().to_vec());
        let mut bench = Bench::holding(impostor);
        let access = access(&mut bench);
        assert!(
            matches!(
                access,
                Some(Access::ReadOnly(ReadOnlyReason::ProbeDisagrees { .. }))
            ),
            "{image} as {atr_of}: {access:?}"
        );
        let asked = request(Operation::Check, PinRole::Authentication, false);
        let outcome = bench.perform(asked, Consent::All);
        assert!(matches!(outcome.answer, Answer::NotSent(_)), "{outcome:?}");
        assert!(bench.taken().is_empty());
    }
}

#[test]
fn a_card_of_no_known_generation_is_only_looked_at() {
    let strange = |change: fn(&mut SimulatedCard)| {
        let mut card = card("v4");
        card.set_answer_to_reset(vec![0x3B, 0x04, 0x53, 0x49, 0x52, 0x55]);
        change(&mut card);
        Bench::holding(card)
    };
    let mut bench = strange(|_| {});
    let mut opened = bench.open();
    assert_eq!(
        opened.access(),
        Access::ReadOnly(ReadOnlyReason::UnknownGeneration)
    );
    assert_eq!(opened.states().pin1, PinState::Unknown);
    assert!(
        opened
            .certificate(siru_card::Purpose::Authentication)
            .expect("readable")
            .is_some()
    );
    let asked = request(Operation::Check, PinRole::Authentication, false);
    let outcome = bench.perform(asked, Consent::All);
    assert!(
        matches!(
            outcome.answer,
            Answer::NotSent(Refusal::ReadOnly(ReadOnlyReason::UnknownGeneration))
        ),
        "{outcome:?}"
    );
    assert!(bench.taken().is_empty());
    // Somebody else's PKCS #15 card does not say FINEID anywhere.
    let mut bench = strange(|card| {
        let info = b"\x30\x12\x02\x01\x01\x04\x04\x01\x02\x03\x04\x0C\x07Someone".to_vec();
        card.set_file(TOKEN_INFO, Some(info));
    });
    let channel = bench.readers.connect(&bench.reader).expect("a card");
    assert!(matches!(FineidCard::open(channel), Err(OpenError::Foreign)));
}

#[test]
fn cards_that_only_look_like_ours_are_foreign() {
    for image in ["foreign", "lookalike"] {
        let mut bench = Bench::new(image);
        let channel = bench.readers.connect(&bench.reader).expect("a card");
        let opened = FineidCard::open(channel).err();
        assert!(
            matches!(opened, Some(OpenError::Foreign)),
            "{image}: {opened:?}"
        );
        assert!(bench.taken().is_empty());
    }
}

#[test]
fn unproven_generations_show_their_counters_and_are_not_written_to() {
    let mut old = changed_card("organisation", |_| {});
    let atr = siru_apdu::hex::parse("3BDD96008031FE450031B8640429ECC1739401808248");
    old.set_answer_to_reset(atr.expect("hex"));
    let mut bench = Bench::holding(old);
    let opened = bench.open();
    assert_eq!(opened.profile().id, "fineid-org-ideal-citiz");
    assert_eq!(
        opened.access(),
        Access::ReadOnly(ReadOnlyReason::UnprovenGeneration)
    );
    assert!(opened.states().pin1.tries_left().is_some());
}

/// A card of an organisation's generation that knows the citizens' reference 11 as well: which of
/// its PINs is which cannot be told.
const KNOWS_BOTH: &str = "\
format:   1
card:     organisation
atr:      3B DD 96 00 80 31 FE 45 00 31 B8 64 04 29 EC C1 73 94 01 80 83 49
protocol: T=1
source:   written to contradict FINEID S4-2 v4.0

== Open
> 00 A4 04 0C 0C A0 00 00 00 63 50 4B 43 53 2D 31 35
< 90 00
> 00 20 00 11
< 63 C5
> 00 20 00 03
< 63 C5
> 00 A4 08 0C 02 50 32
< 6A 82
> 00 A4 08 0C 02 50 31
< 6A 82
> 00 A4 08 0C 02 44 01
< 6A 82
";

#[test]
fn a_card_that_knows_the_references_of_two_generations_is_read_only() {
    let script = Script::parse(KNOWS_BOTH).expect("a sound script");
    let replay = ReplayCard::new(&script).expect("a card to play");
    let opened = FineidCard::open(Box::new(replay.clone())).expect("a FINEID card");
    let status = StatusWord(0x63C5);
    let expected = ReadOnlyReason::ProbeDisagrees { status };
    assert_eq!(opened.access(), Access::ReadOnly(expected));
    replay.finish().expect("every exchange was used");
}
