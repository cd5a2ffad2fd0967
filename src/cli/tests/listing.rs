//! What there is: for people, and as JSON that keeps its shape.

use serde_json::{Value, json};

use super::*;

fn report(desk: &mut Desk) -> Value {
    let ended = desk.piped("list --json", "");
    serde_json::from_str(&ended.result).expect("JSON")
}

fn keys(value: &Value) -> Vec<&str> {
    value
        .as_object()
        .expect("an object")
        .keys()
        .map(String::as_str)
        .collect()
}

#[test]
fn a_card_is_reported_with_every_member_of_the_interface() {
    let report = report(&mut Desk::with(&["v4-locked"]));
    assert_eq!(keys(&report), ["readers", "version"]);
    assert_eq!(report["version"], 1);
    let reader = &report["readers"][0];
    assert_eq!(keys(reader), ["card", "name", "profile", "reason", "state"]);
    assert_eq!(
        (&reader["name"], &reader["state"]),
        (&json!("Demo reader 1"), &json!("card"))
    );
    let card = &reader["card"];
    let members = [
        "certificates",
        "holder",
        "kind",
        "label",
        "manufacturer",
        "objects",
        "profile",
        "puk",
        "serial",
    ];
    assert_eq!(keys(card), members);
    assert_eq!(
        (&card["profile"], &card["kind"]),
        (&json!("fineid-v4"), &json!("citizen"))
    );
    assert_eq!(
        card["objects"][0],
        json!({ "pin": 1, "label": "perustunnusluku", "state": "locked", "tries_left": 0,
                "tries_max": 5, "min_length": 4, "max_length": 8 })
    );
    assert_eq!(
        card["objects"][1],
        json!({ "pin": 2, "label": "allekirjoitustunnusluku", "state": "usable", "tries_left": 5,
                "tries_max": 5, "min_length": 6, "max_length": 8 })
    );
    assert_eq!(
        card["puk"],
        json!({ "state": "usable", "tries_left": 5, "tries_max": 5 })
    );
    let certificates = card["certificates"].as_array().expect("an array");
    let purposes: Vec<_> = certificates
        .iter()
        .map(|found| found["purpose"].clone())
        .collect();
    assert_eq!(purposes, ["authentication", "signature", "ca", "ca"]);
    let members = [
        "issuer",
        "key",
        "not_after",
        "not_before",
        "purpose",
        "subject",
    ];
    assert_eq!(keys(&certificates[0]), members);
    assert_eq!(certificates[0]["key"], "P-384");
    let end = certificates[0]["not_after"].as_str().expect("text");
    assert!(end.ends_with('Z') && end.len() == 20, "{end}");
}

#[test]
fn the_kind_of_a_card_and_its_rules_come_from_its_certificate() {
    let report = report(&mut Desk::with(&["v4", "v3", "organisation"]));
    for (reader, kind) in [(0, "citizen"), (1, "citizen"), (2, "organisation")] {
        let card = &report["readers"][reader]["card"];
        assert_eq!(card["kind"], kind);
        assert_eq!(
            (
                &card["objects"][1]["min_length"],
                &card["objects"][1]["max_length"]
            ),
            (&json!(6), &json!(8))
        );
    }
}

#[test]
fn every_state_of_a_reader_has_its_name() {
    let mut desk = Desk::with(&["v4", "v3", "foreign", "setcos", "mute", "organisation"]);
    desk.control.hold(&Desk::reader(2), true).unwrap();
    desk.control.remove(&Desk::reader(6)).unwrap();
    let report = report(&mut desk);
    let readers = report["readers"].as_array().expect("an array");
    let states: Vec<_> = readers
        .iter()
        .map(|reader| reader["state"].clone())
        .collect();
    assert_eq!(
        states,
        [
            "card",
            "busy",
            "unknown-card",
            "unknown-card",
            "mute",
            "empty"
        ]
    );
    let reasons: Vec<_> = readers
        .iter()
        .map(|reader| (reader["reason"].clone(), reader["profile"].clone()))
        .collect();
    let none = || (Value::Null, Value::Null);
    let known = |reason: &str, profile: Value| (Value::from(reason), profile);
    assert_eq!(
        reasons,
        [
            none(),
            none(),
            known("foreign", Value::Null),
            known("legacy", "fineid-setcos".into()),
            none(),
            none()
        ]
    );
    for reader in &readers[1..] {
        assert_eq!(reader["card"], Value::Null);
    }
    let told = desk.piped("list", "");
    assert_eq!(told.exit, Exit::Done);
    for part in [
        "Another program",
        "Not a supported card",
        "old generation",
        "No card",
    ] {
        assert!(told.result.contains(part), "{part}: {}", told.result);
    }
}

#[test]
fn what_is_not_known_is_null() {
    let report = report(&mut Desk::with(&["organisation-fresh"]));
    let object = &report["readers"][0]["card"]["objects"][0];
    assert_eq!(object["state"], "not-activated");
    assert_eq!(object["tries_left"], Value::Null);
}

#[test]
fn no_reader_is_an_empty_report_with_its_code() {
    let mut desk = Desk::with(&[]);
    let ended = desk.piped("list --json", "");
    assert_eq!(ended.exit, Exit::NoReader);
    let report: Value = serde_json::from_str(&ended.result).expect("JSON");
    assert_eq!(report, json!({ "version": 1, "readers": [] }));
    assert_eq!(desk.piped("list", "").exit, Exit::NoReader);
}

#[test]
fn people_see_holder_tries_and_validity() {
    let mut desk = Desk::with(&["v4-last-try", "organisation-expired"]);
    let told = desk.piped("list", "").result;
    for part in [
        "1  Demo reader 1",
        "BJÖRN SPECIMEN-ÅSTRÖM",
        "basic PIN (PIN1)      1 of 5 tries left",
        "PUK/Activation code   5 of 5 tries left",
        "valid until",
        "2  Demo reader 2",
        "Organisation card",
        "expired on",
    ] {
        assert!(told.contains(part), "{part}: {told}");
    }
}

#[test]
fn looking_never_costs_a_try() {
    let mut desk = Desk::with(&["v4-last-try", "v3", "organisation"]);
    for _ in 0..20 {
        desk.piped("list", "");
        desk.piped("list --json", "");
        desk.piped("certificate show --reader 1", "");
    }
    assert_eq!((desk.counters(1).pin1, desk.counters(1).puk), (1, 5));
    for number in [1, 2, 3] {
        let card = |troubled: &mut siru_sim::TroubledCard| troubled.card.ledger().totals();
        assert_eq!(
            desk.control
                .card(&Desk::reader(number), card)
                .unwrap()
                .attempts,
            0
        );
    }
}

#[test]
fn certificates_are_exported_as_they_are() {
    let mut desk = Desk::with(&["v3"]);
    let pem = |ended: &Ended| ended.result.matches("-----BEGIN CERTIFICATE-----").count();
    let one = desk.piped("certificate export", "");
    assert_eq!((one.exit, pem(&one)), (Exit::Done, 1));
    let chain = desk.piped("certificate export --purpose signature --chain", "");
    assert!(pem(&chain) > 1, "{}", chain.result);
    let path = std::env::temp_dir().join(format!("siru-export-{}.der", std::process::id()));
    let line = format!("certificate export --format der --out {}", path.display());
    let ended = desk.piped(&line, "");
    assert_eq!(ended.exit, Exit::Done, "{}", ended.remark);
    let der = std::fs::read(&path).unwrap();
    std::fs::remove_file(&path).unwrap();
    assert!(siru_card::Certificate::parse(&der).is_some());
    assert_eq!(
        desk.piped("certificate export --out /nowhere/x", "").exit,
        Exit::Failure
    );
}

#[test]
fn a_command_is_recorded_without_its_codes() {
    let mut desk = Desk::with(&["v4", "v3"]);
    let path = std::env::temp_dir().join(format!("siru-record-{}.apdu", std::process::id()));
    let line = format!(
        "record --out {} check --pin 1 --reader 2 --pin-file -",
        path.display()
    );
    let ended = desk.piped(&line, "1234\n");
    assert_eq!(ended.exit, Exit::Done, "{}", ended.remark);
    let script = std::fs::read_to_string(&path).unwrap();
    std::fs::remove_file(&path).unwrap();
    assert!(script.contains("fineid-v3"), "{script}");
    assert!(script.contains("source:   simulated"), "{script}");
    assert!(script.contains("00 20 00 11"), "{script}");
    assert!(!script.contains("31 32 33 34"), "{script}");
}
