//! VERIFY, CHANGE REFERENCE DATA and RESET RETRY COUNTER on both schemes, with their counters.

use siru_apdu::Protocol::{T0, T1};

use super::{card, expect, personalised, send};
use crate::{Counters, Image, Personalisation};

const RIGHT1: &str = "002000110C313233340000000000000000";
const WRONG1: &str = "002000110C393939390000000000000000";
const RIGHT2: &str = "002000820C313233343536000000000000";
const RESET1: &str = "002C0011183132333435363738000000003535353500000000 00000000";
const RESET1_WRONG: &str = "002C0011183132333435363739000000003535353500000000 00000000";

fn counters(pin1: u8, pin2: u8, puk: u8) -> Counters {
    Counters { pin1, pin2, puk }
}

#[test]
fn a_question_costs_nothing_and_says_what_is() {
    for (image, answer) in [
        ("v4", "63C5"),
        ("v4-locked", "6983"),
        ("v4-last-try", "63C1"),
        ("v3-fresh", "6984"),
    ] {
        let mut card = card(image);
        expect(
            &mut card,
            T0,
            &[
                ("00200011", answer),
                ("0020001100", answer),
                ("00200011", answer),
            ],
        );
    }
    let mut card = card("v4");
    expect(
        &mut card,
        T0,
        &[
            ("00200083", "6A88"),
            ("00200003", "6A88"),
            ("00200111", "6A86"),
            (RIGHT1, "9000"),
            ("00200011", "9000"),
            ("00200082", "63C5"),
            ("0020FF11", "9000"),
            ("00200011", "63C5"),
        ],
    );
    assert_eq!(card.ledger().totals().attempts, 1);
}

#[test]
fn a_wrong_pin_costs_one_try_and_the_last_one_locks() {
    let mut card = card("v4");
    expect(
        &mut card,
        T0,
        &[
            (WRONG1, "63C4"),
            (WRONG1, "63C3"),
            (RIGHT1, "9000"),
            (WRONG1, "63C4"),
            ("00200011", "63C4"),
            (WRONG1, "63C3"),
            (WRONG1, "63C2"),
            (WRONG1, "63C1"),
            (WRONG1, "63C0"),
            (RIGHT1, "6983"),
            (WRONG1, "6983"),
            ("00200011", "6983"),
        ],
    );
    assert_eq!(card.counters(), counters(0, 5, 5));
}

#[test]
fn a_malformed_block_is_refused_without_a_try() {
    let mut card = card("v4");
    let digits = "31323334";
    let cases = [
        (format!("002000110C{digits}FFFFFFFFFFFFFFFF"), "6A80"),
        (format!("002000110C{digits}2020202020202020"), "6A80"),
        (format!("002000110C{digits}0000000000000030"), "6A80"),
        ("002000110C000000000000000000000000".to_owned(), "6A80"),
        (format!("0020001104{digits}"), "6700"),
        (format!("0020001108{digits}00000000"), "6700"),
        (format!("{RIGHT1}00"), "6700"),
        (format!("002400110C{digits}0000000000000000"), "6700"),
        (format!("002C00110C{digits}0000000000000000"), "6700"),
        (
            format!("0024001118{digits}0000000000000000{digits}FFFFFFFFFFFFFFFF"),
            "6A80",
        ),
        (
            format!("0024001118{digits}00000000000000003132330000000000 00000000"),
            "6A80",
        ),
    ];
    for (command, answer) in &cases {
        assert_eq!(
            send(&mut card, &command.replace(' ', "")),
            *answer,
            "{command}"
        );
    }
    assert_eq!(card.counters(), counters(5, 5, 5));
    let entries = card.ledger().entries();
    assert_eq!(entries.len(), cases.len());
    assert!(entries.iter().take(10).all(|entry| !entry.well_formed));
}

#[test]
fn a_changed_pin_is_the_new_one_and_is_not_verified() {
    let mut card = card("v4");
    let change = "0024001118313233340000000000000000353535350000000000000000";
    expect(
        &mut card,
        T0,
        &[
            (RIGHT1, "9000"),
            (change, "9000"),
            ("00200011", "63C5"),
            (change, "63C4"),
            (RIGHT1, "63C3"),
            ("002000110C353535350000000000000000", "9000"),
            (
                "0024011118313233340000000000000000353535350000000000000000",
                "6A86",
            ),
            (
                "0024008318313233340000000000000000353535350000000000000000",
                "6A88",
            ),
        ],
    );
}

#[test]
fn the_puk_unlocks_and_regains_its_own_tries() {
    let mut card = card("v4-locked");
    let (right, wrong) = (RESET1.replace(' ', ""), RESET1_WRONG.replace(' ', ""));
    expect(
        &mut card,
        T0,
        &[
            (&wrong, "63C4"),
            (&wrong, "63C3"),
            ("00200011", "6983"),
            (&right, "9000"),
            ("00200011", "63C5"),
            ("002000110C353535350000000000000000", "9000"),
            (RIGHT2, "9000"),
        ],
    );
    assert_eq!(card.counters(), counters(5, 5, 5));
    expect(
        &mut card,
        T0,
        &[
            (&wrong, "63C4"),
            (&wrong, "63C3"),
            (&wrong, "63C2"),
            (&wrong, "63C1"),
            (&wrong, "63C0"),
            (&right, "6983"),
        ],
    );
    assert_eq!(card.counters(), counters(5, 5, 0));
}

#[test]
fn the_variants_begin_where_their_names_say() {
    for (image, expected) in [
        ("v3", counters(5, 5, 5)),
        ("v3-pin2-locked", counters(5, 0, 5)),
        ("v4-puk-low", counters(0, 5, 1)),
        ("v4-puk-spent", counters(0, 5, 0)),
        ("organisation-last-try", counters(1, 5, 5)),
    ] {
        assert_eq!(card(image).counters(), expected, "{image}");
    }
}

#[test]
fn the_container_tells_tries_and_whether_the_value_was_changed() {
    let container = |reference, tries, changed| {
        format!(
            "A0238301{reference}8C04F00000009C04F0000000DF2104{tries}FFA503DF2702FFFFDF28010CDF2F01{changed}9000"
        )
    };
    let mut card = card("v4-puk-low");
    for (reference, tries) in [("11", "00"), ("82", "05"), ("83", "01")] {
        assert_eq!(
            send(&mut card, &format!("00CB00FF05A0038301{reference}")),
            "6125"
        );
        assert_eq!(
            send(&mut card, "00C0000025"),
            container(reference, tries, "01")
        );
    }
    expect(
        &mut card,
        T0,
        &[
            ("00CA00FF05A003830111", "6D00"),
            ("00CB00FF05A00383011100", "6700"),
            ("00CB00FF05A003830112", "6A88"),
            ("00CB00FF00", "6A80"),
            ("00CB3FFF05A003830111", "6A86"),
        ],
    );
    expect(
        &mut card,
        T1,
        &[
            ("00CA00FF05A00383011100", "6D00"),
            ("00CB00FF05A003830111", "6700"),
        ],
    );
    let fresh = super::send_over(&mut super::card("v4-fresh"), T1, "00CB00FF05A00383018200");
    assert_eq!(fresh, container("82", "05", "00"));
}

#[test]
fn a_fresh_v4_card_is_activated_by_changing_the_activation_pin() {
    let mut card = card("v4-fresh");
    expect(
        &mut card,
        T0,
        &[
            (
                "0024001118313233343536370000000000343332310000000000000000",
                "9000",
            ),
            (
                "0024008218313233343536370000000000363534333231000000000000",
                "9000",
            ),
            ("002000110C343332310000000000000000", "9000"),
        ],
    );
}

#[test]
fn a_fresh_card_of_the_older_regime_is_activated_by_its_code() {
    let mut card = card("v3-fresh");
    expect(
        &mut card,
        T0,
        &[
            (RIGHT1, "6984"),
            (
                "0024001118313233340000000000000000353535350000000000000000",
                "6984",
            ),
            (&RESET1.replace(' ', ""), "9000"),
            ("00200011", "63C5"),
            ("00200082", "6984"),
        ],
    );
}

#[test]
fn the_organisation_scheme_is_plain_and_unlocks_in_two_steps() {
    let mut card = card("organisation-locked");
    expect(
        &mut card,
        T1,
        &[
            ("00200011", "6A88"),
            ("00200003", "6983"),
            ("00200012", "63C5"),
            ("002C02030435353535", "6982"),
            ("00200012083132333435363739", "63C4"),
            ("00200012083132333435363738", "9000"),
            ("002C00030435353535", "6A86"),
            ("002C02030435353535", "9000"),
            ("00200003", "63C5"),
            ("00200012", "9000"),
            ("0020FF12", "9000"),
            ("00200003043535353500", "6700"),
            ("00200003033535 35".replace(' ', "").as_str(), "6700"),
            ("002000030435353500", "6A80"),
            ("00240003083535353534343434", "9000"),
            ("00240003083535353534343434", "63C4"),
            ("0020000C04", "6700"),
            ("002000030434343434", "9000"),
            (
                "00240012103132333435363738 3132333435363739"
                    .replace(' ', "")
                    .as_str(),
                "6985",
            ),
        ],
    );
}

#[test]
fn habits_can_differ() {
    let image = Image::parse("v4").unwrap();
    let mut card = personalised(Personalisation {
        try_limit: 3,
        honours_unverify: false,
        ..Personalisation::new(image)
    });
    expect(
        &mut card,
        T0,
        &[
            ("00200011", "63C3"),
            ("0020FF11", "6A86"),
            (WRONG1, "63C2"),
            (RIGHT1, "9000"),
            ("0020FF11", "6A86"),
        ],
    );
    assert_eq!(card.counters(), counters(3, 3, 3));
    assert!(card.verified()[0]);
    card.reset();
    assert_eq!(card.verified(), [false; 3]);
}

#[test]
fn the_ledger_knows_every_attempt_and_no_digit() {
    let path = std::env::temp_dir().join(format!("siru-ledger-{}", std::process::id()));
    let ledger = crate::Ledger::with_file(&path).unwrap();
    let mut card = card("v4");
    card.use_ledger(&ledger);
    expect(
        &mut card,
        T0,
        &[(WRONG1, "63C4"), ("00200011", "63C4"), (RIGHT2, "9000")],
    );
    let entries = ledger.entries();
    assert_eq!(entries.len(), 2);
    let first = &entries[0];
    assert_eq!(
        (first.instruction, first.reference, first.status),
        (0x20, 0x11, Some(0x63C4))
    );
    assert_eq!(
        (first.before, first.after),
        (counters(5, 5, 5), counters(4, 5, 5))
    );
    assert!(first.well_formed && first.executed);
    assert_eq!(ledger.totals().exchanges, 3);
    let text = std::fs::read_to_string(&path).unwrap();
    std::fs::remove_file(&path).unwrap();
    let lines: Vec<serde_json::Value> = text
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(lines.len(), 2);
    assert_eq!(lines[0]["kind"], "attempt");
    assert_eq!(lines[0]["after"]["pin1"], 4);
    assert!(!text.contains("9999") && !text.contains("39393939"));
}
