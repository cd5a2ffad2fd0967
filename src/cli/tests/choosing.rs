//! Which card a command works on.

use siru_apdu::ReaderName;
use siru_sim::{Model, Personalisation, Variant};

use super::*;

const NOTHING: &str = "Nothing was sent, no try was used.";

#[test]
fn between_two_cards_none_is_chosen() {
    let mut desk = Desk::with(&["v4", "v3"]);
    for line in ["check --pin 1 --pin-file -", "unlock --pin 2 --pin-file -"] {
        let ended = desk.piped(line, "1234\n5678\n");
        assert_eq!(ended.exit, Exit::Usage);
        assert!(ended.remark.contains(NOTHING), "{}", ended.remark);
        for part in [
            "BJÖRN",
            "AINO",
            "Demo reader 1",
            "Demo reader 2",
            "--serial",
            "--reader",
        ] {
            assert!(ended.remark.contains(part), "{part}: {}", ended.remark);
        }
    }
    assert_eq!(desk.piped("certificate list", "").exit, Exit::Usage);
    assert_eq!(desk.counters(1).puk, 5);
}

#[test]
fn cards_that_are_not_ours_do_not_count() {
    let mut desk = Desk::with(&["foreign", "v4", "setcos", "mute", "lookalike"]);
    let ended = desk.piped("check --pin 1 --pin-file -", "1234\n");
    assert_eq!(ended.exit, Exit::Done, "{}", ended.remark);
}

#[test]
fn a_reader_is_found_by_name_number_and_part_of_its_name() {
    let desk = Desk::with(&["v4", "v3"]);
    desk.control
        .add_reader(ReaderName::new("Gemalto PC Twin Reader"));
    let card = Personalisation::new("organisation".parse().unwrap())
        .build()
        .unwrap();
    desk.control
        .insert(&ReaderName::new("Gemalto PC Twin Reader"), card)
        .unwrap();
    let exit = |reader: &'static str| {
        let invocation = ["check", "--pin", "1", "--pin-file", "-", "--reader", reader];
        let line = invocation.map(OsString::from);
        let (words, parsed) = parse(&line, Language::English);
        let Parsed::Run(invocation) = parsed else {
            panic!("{parsed:?}")
        };
        let (mut result, mut remark) = (Vec::new(), Vec::new());
        let mut session = Session {
            words: &words,
            machine: &Machine::at("/nonexistent", "/nonexistent/home"),
            readers: &desk.connector(),
            terminal: &mut Nobody,
            standard_input: &mut || Ok(Box::new("1234\n".as_bytes()) as Box<dyn io::Read>),
            output: &mut Output::new(&mut result, &mut remark),
            browser: &mut NoBrowser,
            demo: true,
            forbids_weak_pins: false,
            decided: &Decided::load(Sources::at("/dev/null/machine", "/dev/null/user")),
            worked_on: None,
        };
        let exit = run(invocation.action, &mut session);
        let worked_on = session.worked_on.map(|name| name.to_text().into_owned());
        (exit, worked_on.unwrap_or_default())
    };
    assert_eq!(exit("2"), (Exit::Done, "Demo reader 2".to_owned()));
    assert_eq!(
        exit("Demo reader 1"),
        (Exit::Done, "Demo reader 1".to_owned())
    );
    assert_eq!(
        exit("twin"),
        (Exit::Done, "Gemalto PC Twin Reader".to_owned())
    );
    assert_eq!(exit("reader 2"), (Exit::Done, "Demo reader 2".to_owned()));
    assert_eq!(exit("Demo"), (Exit::Usage, String::new()));
    assert_eq!(exit("4"), (Exit::NoReader, String::new()));
    assert_eq!(exit("0"), (Exit::NoReader, String::new()));
    assert_eq!(exit(""), (Exit::NoReader, String::new()));
}

#[test]
fn a_serial_number_is_found_by_its_end_if_only_one_ends_so() {
    let mut desk = Desk::with(&["v4", "v3", "v4-locked"]);
    let mut exit = |serial: &str| {
        let line = format!("check --pin 2 --pin-file - --serial {serial}");
        desk.piped(&line, "123456\n").exit
    };
    assert_eq!(exit("AB1234560"), Exit::Done);
    assert_eq!(exit("ab1234560"), Exit::Done);
    assert_eq!(exit("1234560"), Exit::Done);
    assert_eq!(exit("2345672"), Exit::Done);
    assert_eq!(exit("9999"), Exit::Refused);
}

#[test]
fn too_little_of_a_serial_number_is_a_slip_even_if_only_one_card_ends_so() {
    let mut desk = Desk::with(&["v4"]);
    for serial in ["", "    ", "0", "670"] {
        for command in ["certificate list", "check --pin 1 --pin-file -"] {
            let mut line = arguments(command);
            line.push(format!("--serial={serial}").into());
            let (_, parsed) = parse(&line, Language::English);
            assert!(matches!(parsed, Parsed::Wrong(_)), "{serial:?}");
        }
    }
    let ended = desk.piped("check --pin 1 --pin-file - --serial 5670", "1234\n");
    assert_eq!(ended.exit, Exit::Done, "{}", ended.remark);
}

#[test]
fn a_card_that_another_program_holds_may_be_the_one_that_is_meant() {
    let mut desk = Desk::with(&["v4", "v3"]);
    desk.control.hold(&Desk::reader(2), true).unwrap();
    let ended = desk.piped("check --pin 1 --pin-file -", "1234\n");
    assert_eq!(ended.exit, Exit::Usage, "{}", ended.remark);
    assert!(ended.remark.contains("Demo reader 2"), "{}", ended.remark);
    assert_eq!(
        desk.piped("check --pin 1 --reader 1 --pin-file -", "1234\n")
            .exit,
        Exit::Done
    );
    let busy = desk.piped("check --pin 1 --reader 2 --pin-file -", "1234\n");
    assert_eq!(busy.exit, Exit::Failure);
    assert!(
        busy.remark.contains("Another program is using the card"),
        "{}",
        busy.remark
    );
    assert!(busy.remark.contains(NOTHING), "{}", busy.remark);
}

#[test]
fn a_foreign_card_that_another_program_holds_is_no_reason_to_ask() {
    let mut desk = Desk::with(&["v4", "foreign"]);
    desk.control.hold(&Desk::reader(2), true).unwrap();
    assert_eq!(
        desk.piped("check --pin 1 --pin-file -", "1234\n").exit,
        Exit::Done
    );
}

#[test]
fn without_a_card_to_work_on_each_reason_has_its_code() {
    let cases: [(&[&str], Exit, &str); 6] = [
        (&[], Exit::NoReader, "No reader"),
        (&["mute"], Exit::NoCard, "does not answer"),
        (&["foreign"], Exit::NoCard, "not a Finnish certificate card"),
        (
            &["lookalike"],
            Exit::NoCard,
            "not a Finnish certificate card",
        ),
        (&["setcos"], Exit::NoCard, "old generation"),
        (&["mute", "foreign"], Exit::NoCard, "No reader holds a card"),
    ];
    for (images, exit, sentence) in cases {
        for line in ["check --pin 1 --pin-file -", "certificate list"] {
            let ended = Desk::with(images).piped(line, "1234\n");
            assert_eq!(ended.exit, exit, "{images:?}: {}", ended.remark);
            assert!(
                ended.remark.contains(sentence),
                "{images:?}: {}",
                ended.remark
            );
            assert_eq!(ended.remark.contains(NOTHING), line.starts_with("check"));
        }
    }
    let mut empty = Desk::with(&["v4"]);
    empty.control.remove(&Desk::reader(1)).unwrap();
    assert_eq!(
        empty.piped("check --pin 1 --pin-file -", "1234\n").exit,
        Exit::NoCard
    );
    let mut stopped = Desk::with(&["v4"]);
    stopped.control.stop_service();
    for line in [
        "list",
        "list --json",
        "check --pin 1 --pin-file -",
        "certificate list",
    ] {
        assert_eq!(
            stopped.piped(line, "1234\n").exit,
            Exit::NoService,
            "{line}"
        );
    }
}

#[test]
fn the_card_that_was_shown_is_the_only_one_the_pin_goes_to() {
    let mut desk = Desk::with(&["v4"]);
    let control = desk.control.clone();
    let mut other = Personalisation::new(Image::new(Model::V4, Variant::Normal));
    other.serial = Some("9246102411CD2349999".to_owned());
    let swap = Box::new(move || {
        control.remove(&Desk::reader(1)).unwrap();
        control
            .insert(&Desk::reader(1), other.build().unwrap())
            .unwrap();
    });
    let mut person = Person::acts([Act::Meanwhile(swap, "4321")]);
    let ended = desk.at_terminal("check --pin 1", &mut person);
    assert_eq!(ended.exit, Exit::Refused, "{}", ended.remark);
    assert!(
        ended.remark.contains("not the one that was shown"),
        "{}",
        ended.remark
    );
    assert!(ended.remark.contains("No try was used"), "{}", ended.remark);
    assert_eq!(desk.counters(1).pin1, 5);
}
