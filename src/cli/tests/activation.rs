//! Activating a new card: what is asked for, in which order, and what the card counts. And new PINs
//! that are easy to guess.

use siru_sim::{Fault, FaultKind};

use super::*;

/// What the card has compared so far.
fn entries(desk: &Desk) -> usize {
    let seen = desk.control.card(&Desk::reader(1), |troubled| {
        troubled.card.ledger().entries().len()
    });
    seen.unwrap()
}

/// A new card whose certificate is not there, so that nothing tells when it was issued.
fn undated() -> Desk {
    let desk = Desk::with(&["v4-fresh"]);
    let taken = desk.control.card(&Desk::reader(1), |troubled| {
        troubled.card.set_file(&[0x4331], None);
    });
    taken.unwrap();
    desk
}

#[test]
fn both_pins_are_set_with_the_code_of_the_letter_typed_once() {
    for (image, letter, digits) in [
        ("v3-fresh", "12345678", "8–12 digits"),
        ("v4-fresh", "1234567", "Activation PIN (7 digits)"),
        ("organisation-fresh", "12345678", "PUK/Activation code"),
    ] {
        let mut desk = Desk::with(&[image]);
        let mut person = Person::types(&[letter, "4711", "4711", "190283", "190283"]);
        let ended = desk.at_terminal("activate", &mut person);
        assert_eq!(ended.exit, Exit::Done, "{image}: {}", ended.remark);
        assert!(
            ended.result.starts_with("Both PINs are set\n"),
            "{}",
            ended.result
        );
        for part in [
            "not activated yet",
            "letter",
            digits,
            "New basic PIN (PIN1)",
        ] {
            assert!(
                person.shown.contains(part),
                "{image}: {part}: {}",
                person.shown
            );
        }
        assert!(!person.shown.contains("easy to guess"), "{}", person.shown);
        for (line, pin) in [("check --pin 1", "4711\n"), ("check --pin 2", "190283\n")] {
            let ended = desk.piped(&format!("{line} --pin-file -"), pin);
            assert_eq!(ended.exit, Exit::Done, "{image}: {line}: {}", ended.remark);
        }
        let again = desk.piped("activate --pin-file -", "");
        assert_eq!(again.exit, Exit::Done, "{image}: {}", again.remark);
        assert!(
            again.result.contains("Nothing to activate"),
            "{}",
            again.result
        );
        assert!(
            again.result.contains("Nothing was sent"),
            "{}",
            again.result
        );
        let counters = desk.counters(1);
        assert_eq!((counters.pin1, counters.pin2, counters.puk), (5, 5, 5));
    }
}

#[test]
fn a_half_activated_card_goes_on_with_the_pin_that_is_left() {
    for (image, one, rest) in [
        ("v3-fresh", "12345678\n4711\n190283\n", "12345678\n190283\n"),
        ("v4-fresh", "1234567\n4711\n190283\n", "1234567\n190283\n"),
        (
            "organisation-fresh",
            "12345678\n4711\n190283\n",
            "12345678\n190283\n",
        ),
    ] {
        let mut desk = Desk::with(&[image]);
        let instruction = if image == "v4-fresh" { 0x24 } else { 0x2C };
        let removed = Fault::at_instruction(FaultKind::DropBefore, instruction, 2);
        desk.control.plan(&Desk::reader(1), removed).unwrap();
        let half = desk.piped("activate --pin-file -", one);
        assert_eq!(half.exit, Exit::Unknown, "{image}: {}", half.remark);
        for part in [
            "The basic PIN (PIN1) is set",
            "Whether the signature PIN (PIN2) is set is not known",
            "go on with Activate",
        ] {
            assert!(half.remark.contains(part), "{part}: {}", half.remark);
        }
        desk.control.reinsert(&Desk::reader(1)).unwrap();
        let check = desk.piped("check --pin 1 --pin-file -", "4711\n");
        assert_eq!(check.exit, Exit::Done, "{image}: {}", check.remark);
        let ended = desk.piped("activate --pin-file -", rest);
        assert_eq!(ended.exit, Exit::Done, "{image}: {}", ended.remark);
        let check = desk.piped("check --pin 2 --pin-file -", "190283\n");
        assert_eq!(check.exit, Exit::Done, "{image}: {}", check.remark);
    }
}

#[test]
fn a_code_that_the_letter_cannot_hold_costs_nothing() {
    for (image, input) in [
        ("v3-fresh", "1234567\n4711\n190283\n"),
        ("v4-fresh", "12345678\n4711\n190283\n"),
        ("v4-fresh", "1234a67\n4711\n190283\n"),
        ("v4-fresh", "1234567\n4711\n19028\n"),
        ("v4-fresh", "1234567\n4711\n1234567\n"),
        ("v3-fresh", "12345678\n4711\n12345678\n"),
        ("v4-fresh", "1234567\n4711\n"),
        ("v4-fresh", "1234567\n"),
    ] {
        let mut desk = Desk::with(&[image]);
        let ended = desk.piped("activate --pin-file -", input);
        assert_eq!(
            ended.exit,
            Exit::Refused,
            "{image} {input:?}: {}",
            ended.remark
        );
        let costs_nothing = ended.remark.to_lowercase().contains("no try was used");
        assert!(costs_nothing, "{image} {input:?}: {}", ended.remark);
        let counters = desk.counters(1);
        assert_eq!((counters.pin1, counters.pin2, counters.puk), (5, 5, 5));
    }
    let mut desk = Desk::with(&["v4-fresh"]);
    let slips = [
        "12345678", "1234567", "4711", "4712", "1234567", "190283", "190283",
    ];
    let ended = desk.at_terminal("activate", &mut Person::types(&slips));
    assert_eq!(ended.exit, Exit::Refused, "{}", ended.remark);
    let slips = [
        "12345678", "1234567", "4711", "4712", "4711", "4711", "190283", "190283",
    ];
    let mut person = Person::types(&slips);
    let ended = desk.at_terminal("activate", &mut person);
    assert_eq!(ended.exit, Exit::Done, "{}", ended.remark);
    assert!(
        person.shown.contains("An activation PIN has 7 digits"),
        "{}",
        person.shown
    );
    assert!(person.shown.contains("not the same"), "{}", person.shown);
}

#[test]
fn a_wrong_code_costs_one_try_and_the_second_pin_is_left_alone() {
    for (image, letter, tries) in [
        ("v3-fresh", "87654321", (5, 5, 4)),
        ("v4-fresh", "7654321", (4, 5, 5)),
        ("organisation-fresh", "87654321", (5, 5, 4)),
    ] {
        let mut desk = Desk::with(&[image]);
        let mut person = Person::types(&[letter, "4711", "4711", "190283", "190283"]);
        let ended = desk.at_terminal("activate", &mut person);
        assert_eq!(ended.exit, Exit::Wrong, "{image}: {}", ended.remark);
        let unsent = "For the signature PIN (PIN2) nothing was sent";
        assert!(ended.remark.contains(unsent), "{image}: {}", ended.remark);
        let counters = desk.counters(1);
        assert_eq!(
            (counters.pin1, counters.pin2, counters.puk),
            tries,
            "{image}"
        );
    }
}

#[test]
fn where_the_card_does_not_tell_the_person_does() {
    let mut desk = undated();
    let piped = desk.piped("activate --pin-file -", "1234567\n4711\n190283\n");
    assert_eq!(piped.exit, Exit::Refused, "{}", piped.remark);
    for part in [
        "does not tell",
        "7 digits",
        "8 digits",
        "--letter",
        "Nothing was sent",
    ] {
        assert!(piped.remark.contains(part), "{part}: {}", piped.remark);
    }
    let mut person = Person::acts(["", "yes", "78"].map(Act::Word));
    let ended = desk.at_terminal("activate", &mut person);
    assert_eq!(ended.exit, Exit::Refused, "{}", ended.remark);
    assert_eq!(entries(&desk), 0);
    let typed = ["1234567", "4711", "4711", "190283", "190283"].map(Act::Code);
    let mut person = Person::acts([Act::Word("7")].into_iter().chain(typed));
    let ended = desk.at_terminal("activate", &mut person);
    assert_eq!(ended.exit, Exit::Done, "{}", ended.remark);
    assert!(
        person.shown.contains("Look into the letter"),
        "{}",
        person.shown
    );
    for (letter, code) in [("activation-pin", "1234567"), ("code", "12345678")] {
        let mut desk = undated();
        let line = format!("activate --letter {letter} --pin-file -");
        let input: &'static str = format!("{code}\n4711\n190283\n").leak();
        let ended = desk.piped(&line, input);
        assert_eq!(ended.exit, Exit::Done, "{letter}: {}", ended.remark);
    }
}

#[test]
fn where_the_card_tells_it_is_not_contradicted() {
    for (image, letter) in [("v4-fresh", "code"), ("v3-fresh", "activation-pin")] {
        let mut desk = Desk::with(&[image]);
        let line = format!("activate --letter {letter} --pin-file -");
        let ended = desk.piped(&line, "12345678\n4711\n190283\n");
        assert_eq!(ended.exit, Exit::Refused, "{image}: {}", ended.remark);
        assert!(
            ended.remark.contains("another code"),
            "{image}: {}",
            ended.remark
        );
        assert_eq!(entries(&desk), 0, "{image}");
    }
    let mut desk = Desk::with(&["v4-fresh"]);
    let ended = desk.piped("activate --letter puk --pin-file -", "");
    assert_eq!(ended.exit, Exit::Usage, "{}", ended.remark);
}

#[test]
fn a_card_that_is_locked_is_not_taken_for_a_new_one() {
    let mut desk = Desk::with(&["v4-locked"]);
    let ended = desk.piped("activate --pin-file -", "");
    assert_eq!(ended.exit, Exit::PinLocked, "{}", ended.remark);
    for part in ["Nothing to activate", "siru unlock", "Nothing was sent"] {
        assert!(ended.remark.contains(part), "{part}: {}", ended.remark);
    }
    assert!(!ended.remark.contains("--letter"), "{}", ended.remark);
    // One PIN locked, one not set: what the activation PIN can do is done.
    let mut desk = Desk::with(&["v4-fresh-locked"]);
    let ended = desk.piped("activate --pin-file -", "1234567\n190283\n");
    assert_eq!(ended.exit, Exit::Done, "{}", ended.remark);
    assert_eq!(desk.counters(1).pin1, 0);
    let mut desk = Desk::with(&["v4-locked"]);
    for _ in 0..5 {
        let line = "check --pin 2 --pin-file - --last-try";
        desk.piped(line, "999999\n");
    }
    let told = desk.piped("activate --pin-file -", "");
    assert_eq!(told.exit, Exit::PinLocked, "{}", told.remark);
    assert!(told.remark.contains("--letter code"), "{}", told.remark);
    let ended = desk.piped(
        "activate --letter code --pin-file -",
        "12345678\n4711\n190283\n",
    );
    assert_eq!(ended.exit, Exit::Done, "{}", ended.remark);
    let counters = desk.counters(1);
    assert_eq!((counters.pin1, counters.pin2, counters.puk), (5, 5, 5));
}

#[test]
fn a_card_activated_by_others_meanwhile_gets_no_code() {
    for image in ["v3-fresh", "v4-fresh"] {
        let mut desk = Desk::with(&[image]);
        let letter = if image == "v3-fresh" {
            "12345678"
        } else {
            "1234567"
        };
        let mut other = Desk {
            readers: desk.readers.clone(),
            control: desk.control.clone(),
            forbids_weak_pins: false,
        };
        let input: &'static str = format!("{letter}\n8264\n826419\n").leak();
        let meanwhile = move || {
            assert_eq!(other.piped("activate --pin-file -", input).exit, Exit::Done);
        };
        let mut person = Person::acts([
            Act::Code(letter),
            Act::Code("4711"),
            Act::Code("4711"),
            Act::Code("190283"),
            Act::Meanwhile(Box::new(meanwhile), "190283"),
        ]);
        let ended = desk.at_terminal("activate", &mut person);
        assert_eq!(ended.exit, Exit::Refused, "{image}: {}", ended.remark);
        assert!(
            ended.remark.contains("has changed"),
            "{image}: {}",
            ended.remark
        );
        let counters = desk.counters(1);
        assert_eq!((counters.pin1, counters.pin2, counters.puk), (5, 5, 5));
        let check = desk.piped("check --pin 1 --pin-file -", "8264\n");
        assert_eq!(check.exit, Exit::Done, "{image}: {}", check.remark);
    }
}

#[test]
fn who_checks_or_changes_a_pin_that_is_not_set_yet_hears_of_the_activation() {
    for (image, line) in [
        ("v4-fresh", "check --pin 1"),
        ("v4-fresh", "change --pin 2"),
        ("v4-fresh", "unlock --pin 1"),
        ("organisation-fresh", "check --pin 1"),
        ("organisation-fresh", "change --pin 2"),
    ] {
        let mut desk = Desk::with(&[image]);
        let mut person = Person::acts([Act::Cancel]);
        let ended = desk.at_terminal(line, &mut person);
        assert_eq!(ended.exit, Exit::Refused, "{image}: {line}");
        let all = format!("{}{}", person.shown, ended.remark);
        assert!(all.contains("siru activate"), "{image}: {line}: {all}");
    }
    let mut desk = Desk::with(&["v4"]);
    let mut person = Person::types(&["1234"]);
    desk.at_terminal("check --pin 1", &mut person);
    assert!(!person.shown.contains("activate"), "{}", person.shown);
}

#[test]
fn weak_new_pins_are_pointed_out_and_nothing_more() {
    for (line, input, sentence) in [
        ("change --pin 1", "1234\n1111\n", "the same digits"),
        ("change --pin 2", "123456\n246802\n", "even steps"),
        (
            "unlock --pin 2",
            "12345678\n345670\n",
            "a number of the card",
        ),
    ] {
        let mut desk = Desk::with(&["v4"]);
        let ended = desk.piped(&format!("{line} --pin-file -"), input);
        assert_eq!(ended.exit, Exit::Done, "{line}: {}", ended.remark);
        assert!(ended.remark.contains(sentence), "{line}: {}", ended.remark);
        let mut desk = Desk::with(&["v4"]);
        let typed: Vec<&'static str> = input.lines().collect();
        let [code, new] = typed[..] else {
            panic!("{input}")
        };
        let mut person = Person::types(&[code, new, new]);
        let ended = desk.at_terminal(line, &mut person);
        assert_eq!(ended.exit, Exit::Done, "{line}: {}", ended.remark);
        assert!(person.shown.contains(sentence), "{line}: {}", person.shown);
    }
    let mut desk = Desk::with(&["organisation-fresh"]);
    let ended = desk.piped("activate --pin-file -", "12345678\n471190\n471190\n");
    assert_eq!(ended.exit, Exit::Done, "{}", ended.remark);
    let same = "The new signature PIN (PIN2) is the same as the basic PIN (PIN1)";
    assert!(ended.remark.contains(same), "{}", ended.remark);
}

#[test]
fn where_weak_pins_are_forbidden_nothing_is_sent() {
    for (image, line, input) in [
        ("v4", "change --pin 1", "1234\n1111\n"),
        ("v4", "unlock --pin 2", "12345678\n246802\n"),
        ("v4-fresh", "activate", "1234567\n4711\n111111\n"),
        (
            "organisation-fresh",
            "activate",
            "12345678\n471190\n471190\n",
        ),
    ] {
        let mut desk = Desk::with(&[image]);
        desk.forbids_weak_pins = true;
        let ended = desk.piped(&format!("{line} --pin-file -"), input);
        assert_eq!(ended.exit, Exit::Refused, "{line}: {}", ended.remark);
        assert!(
            ended.remark.contains("harder to guess"),
            "{line}: {}",
            ended.remark
        );
        assert!(
            ended.remark.contains("Nothing was sent"),
            "{line}: {}",
            ended.remark
        );
        assert_eq!(entries(&desk), 0, "{line}");
    }
    let mut desk = Desk::with(&["v4"]);
    desk.forbids_weak_pins = true;
    let strong = desk.piped("change --pin 1 --pin-file -", "1234\n4711\n");
    assert_eq!(strong.exit, Exit::Done, "{}", strong.remark);
    let check = desk.piped("check --pin 2 --pin-file -", "123456\n");
    assert_eq!(check.exit, Exit::Done, "{}", check.remark);
}
