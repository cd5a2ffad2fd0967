//! Checking, changing and unlocking: what is asked, what is said, and what the card counts.

use siru_sim::{Fault, FaultKind};

use super::*;

#[test]
fn wrong_then_right() {
    let mut desk = Desk::with(&["v4"]);
    let wrong = desk.at_terminal("check --pin 1", &mut Person::types(&["4321"]));
    assert_eq!(wrong.exit, Exit::Wrong);
    assert!(
        wrong.remark.starts_with("PIN verification failed\n"),
        "{}",
        wrong.remark
    );
    assert!(wrong.remark.contains("4 tries left"), "{}", wrong.remark);
    assert_eq!(desk.counters(1).pin1, 4);
    let mut person = Person::types(&["1234"]);
    let right = desk.at_terminal("check --pin 1", &mut person);
    assert_eq!(right.exit, Exit::Done);
    assert!(
        right.result.starts_with("PIN verification successful\n"),
        "{}",
        right.result
    );
    assert_eq!(desk.counters(1).pin1, 5);
    for part in [
        "BJÖRN",
        "basic PIN (PIN1)",
        "4 of 5 tries left",
        "4–12 digits",
        "reader 1",
    ] {
        assert!(person.shown.contains(part), "{part}: {}", person.shown);
    }
}

#[test]
fn every_generation_takes_every_operation() {
    for image in ["v3", "v4", "organisation"] {
        let mut desk = Desk::with(&[image]);
        let lines = [
            ("check --pin 1", "1234\n"),
            ("check --pin 2", "123456\n"),
            ("change --pin 1", "1234\n5678\n"),
            ("check --pin 1", "5678\n"),
            ("unlock --pin 1", "12345678\n2468\n"),
            ("check --pin 1", "2468\n"),
            ("unlock --pin 2", "12345678\n135790\n"),
            ("change --pin 2", "135790\n654321\n"),
        ];
        for (line, input) in lines {
            let ended = desk.piped(&format!("{line} --pin-file -"), input);
            assert_eq!(ended.exit, Exit::Done, "{image}: {line}: {}", ended.remark);
        }
        let counters = desk.counters(1);
        assert_eq!((counters.pin1, counters.pin2, counters.puk), (5, 5, 5));
    }
}

#[test]
fn a_new_pin_is_typed_twice_at_a_terminal_and_once_in_a_file() {
    let mut desk = Desk::with(&["v4-locked"]);
    let mut person = Person::types(&["12345678", "2468", "2468"]);
    let ended = desk.at_terminal("unlock --pin 1", &mut person);
    assert_eq!(ended.exit, Exit::Done, "{}", ended.remark);
    assert!(
        ended.result.starts_with("PIN unlocked\n"),
        "{}",
        ended.result
    );
    assert!(
        person.shown.contains("PUK/Activation code"),
        "{}",
        person.shown
    );
    assert!(
        person.shown.contains("New basic PIN (PIN1) (4–8 digits)"),
        "{}",
        person.shown
    );
    let missing = desk.piped("change --pin 1 --pin-file -", "2468\n");
    assert_eq!(missing.exit, Exit::Refused);
    assert!(
        missing
            .remark
            .contains("Nothing was sent, no try was used."),
        "{}",
        missing.remark
    );
    assert_eq!(
        desk.piped("change --pin 1 --pin-file -", "2468\n1357\n")
            .exit,
        Exit::Done
    );
}

#[test]
fn slips_cost_nothing_and_may_be_repeated_at_a_terminal() {
    let mut desk = Desk::with(&["v4"]);
    let mut person = Person::types(&["12", "1234"]);
    assert_eq!(
        desk.at_terminal("check --pin 1", &mut person).exit,
        Exit::Done
    );
    assert!(
        person.shown.contains("at least 4 digits"),
        "{}",
        person.shown
    );
    let mut person = Person::types(&["1234", "5678", "5679", "1234", "1234", "1234", "1"]);
    // The new PINs differ; then the new PIN is the old one; then it is too short.
    let ended = desk.at_terminal("change --pin 1", &mut person);
    assert_eq!(ended.exit, Exit::Refused, "{}", ended.remark);
    assert!(person.shown.contains("not the same"), "{}", person.shown);
    assert!(
        person.shown.contains("same as the current"),
        "{}",
        person.shown
    );
    assert_eq!(desk.counters(1).pin1, 5);
}

#[test]
fn slips_in_a_file_end_the_command_before_anything_is_sent() {
    let mut desk = Desk::with(&["v4-locked"]);
    let slips = [
        ("check --pin 2", "12\n", "at least"),
        ("check --pin 2", "12a456\n", "digits only"),
        ("check --pin 2", "1234567890123\n", "at most 12"),
        ("change --pin 2", "123456\n12345\n", "at least 6"),
        ("change --pin 2", "123456\n123456789\n", "at most 8"),
        ("change --pin 2", "123456\n123456\n", "same as the current"),
        (
            "unlock --pin 2",
            "12345678\n12345678\n",
            "must not be the PUK",
        ),
        ("unlock --pin 1", "1234\n5678\n", "The PUK has at least"),
        ("check --pin 2", "", "ended"),
    ];
    for (line, input, sentence) in slips {
        let ended = desk.piped(&format!("{line} --pin-file -"), input);
        assert_eq!(ended.exit, Exit::Refused, "{line} {input:?}");
        assert!(
            ended.remark.contains(sentence),
            "{line} {input:?}: {}",
            ended.remark
        );
        let costs_nothing = ended.remark.to_lowercase().contains("no try was used");
        assert!(costs_nothing, "{line} {input:?}: {}", ended.remark);
    }
    let counters = desk.counters(1);
    assert_eq!((counters.pin2, counters.puk), (5, 5));
}

#[test]
fn the_last_try_needs_a_yes() {
    let mut desk = Desk::with(&["v4-last-try"]);
    let piped = desk.piped("check --pin 1 --pin-file -", "4321\n");
    assert_eq!(piped.exit, Exit::Refused);
    assert!(piped.remark.contains("--last-try"), "{}", piped.remark);
    let mut person = Person::acts([Act::Word("n")]);
    let no = desk.at_terminal("check --pin 1", &mut person);
    assert_eq!(no.exit, Exit::Refused);
    assert!(person.shown.contains("Last try!"), "{}", person.shown);
    assert_eq!(desk.counters(1).pin1, 1);
    let mut person = Person::acts([Act::Word("y"), Act::Code("4321")]);
    let locked = desk.at_terminal("check --pin 1", &mut person);
    assert_eq!(locked.exit, Exit::PinLocked);
    assert!(
        locked.remark.starts_with("PIN is locked!\n"),
        "{}",
        locked.remark
    );
    assert!(locked.remark.contains("police"), "{}", locked.remark);
    assert_eq!(desk.counters(1).pin1, 0);
}

#[test]
fn only_the_letter_or_the_whole_word_is_a_yes() {
    let languages = [
        ("en", ["y", "YES"], ["yesterday", "yup", "", "k", "ye"]),
        (
            "fi",
            ["k", "Kyllä"],
            ["keskeytä", "keskeyta", "", "y", "kyl"],
        ),
        ("sv", ["j", "JA"], ["jag avbryter", "jaså", "", "y", "jaa"]),
    ];
    for (language, yes, no) in languages {
        let line = format!("--lang {language} check --pin 1");
        for word in no {
            let mut desk = Desk::with(&["v4-last-try"]);
            let ended = desk.at_terminal(&line, &mut Person::acts([Act::Word(word)]));
            assert_eq!(ended.exit, Exit::Refused, "{language}: {word}");
            assert_eq!(desk.counters(1).pin1, 1, "{language}: {word}");
        }
        for word in yes {
            let mut desk = Desk::with(&["v4-last-try"]);
            let mut person = Person::acts([Act::Word(word), Act::Code("1234")]);
            let ended = desk.at_terminal(&line, &mut person);
            assert_eq!(ended.exit, Exit::Done, "{language}: {word}");
            assert_eq!(desk.counters(1).pin1, 5, "{language}: {word}");
        }
    }
}

#[test]
fn the_last_puk_try_needs_a_word() {
    let mut desk = Desk::with(&["v4-puk-low"]);
    let piped = desk.piped("unlock --pin 1 --pin-file -", "87654321\n1357\n");
    assert_eq!(piped.exit, Exit::Refused);
    for word in ["", "y", "yes", "LAS"] {
        let mut person = Person::acts([Act::Word(word)]);
        assert_eq!(
            desk.at_terminal("unlock --pin 1", &mut person).exit,
            Exit::Refused,
            "{word}"
        );
        assert!(
            person.shown.contains("can never be opened again"),
            "{}",
            person.shown
        );
    }
    assert_eq!(desk.counters(1).puk, 1);
    let word = [
        Act::Word("last"),
        Act::Code("87654321"),
        Act::Code("1357"),
        Act::Code("1357"),
    ];
    let spent = desk.at_terminal("unlock --pin 1", &mut Person::acts(word));
    assert_eq!(spent.exit, Exit::PukLocked);
    assert!(
        spent.remark.starts_with("PUK is locked permanently!\n"),
        "{}",
        spent.remark
    );
    let never = desk.piped("check --pin 1 --pin-file -", "1234\n");
    assert_eq!(never.exit, Exit::PinLocked);
    assert!(
        never.remark.contains("can never be opened again"),
        "{}",
        never.remark
    );
}

#[test]
fn the_last_try_of_a_pin_beside_a_spent_puk_needs_the_word() {
    let mut desk = Desk::with(&["v4-last-try-puk-spent"]);
    let piped = desk.piped("check --pin 1 --pin-file -", "4321\n");
    assert_eq!(piped.exit, Exit::Refused);
    assert!(piped.remark.contains("locked for good"), "{}", piped.remark);
    for word in ["y", "yes", ""] {
        let mut person = Person::acts([Act::Word(word)]);
        let ended = desk.at_terminal("check --pin 1", &mut person);
        assert_eq!(ended.exit, Exit::Refused, "{word}");
        assert!(person.shown.contains("for good"), "{}", person.shown);
    }
    assert_eq!(desk.counters(1).pin1, 1);
    let mut person = Person::acts([Act::Word("last"), Act::Code("4321")]);
    let locked = desk.at_terminal("check --pin 1", &mut person);
    assert_eq!(locked.exit, Exit::PinLocked);
    assert!(
        locked.remark.contains("can never be opened again"),
        "{}",
        locked.remark
    );
}

#[test]
fn before_the_puk_is_asked_an_activation_pin_is_told_from_it() {
    let mut desk = Desk::with(&["v4-fresh"]);
    let mut person = Person::acts([Act::Cancel]);
    let ended = desk.at_terminal("unlock --pin 2", &mut person);
    assert_eq!(ended.exit, Exit::Refused);
    for part in ["is not the PUK", "siru activate"] {
        assert!(person.shown.contains(part), "{part}: {}", person.shown);
    }
    let slip = desk.piped("unlock --pin 1 --pin-file -", "1234567\n1357\n");
    assert_eq!(slip.exit, Exit::Refused, "{}", slip.remark);
    let wrong = desk.piped("unlock --pin 1 --pin-file -", "87654321\n1357\n");
    assert_eq!(wrong.exit, Exit::Wrong, "{}", wrong.remark);
    assert!(wrong.remark.contains("is not the PUK"), "{}", wrong.remark);
    assert_eq!(desk.counters(1).puk, 4);
}

#[test]
fn an_option_accepts_the_last_try_where_nobody_can_be_asked() {
    let mut desk = Desk::with(&["v4-puk-low"]);
    let ended = desk.piped("unlock --pin 1 --pin-file - --last-try", "12345678\n1357\n");
    assert_eq!(ended.exit, Exit::Done, "{}", ended.remark);
    assert_eq!(desk.counters(1).puk, 5);
}

#[test]
fn what_is_locked_is_told_before_anybody_types() {
    let mut desk = Desk::with(&["v4-locked"]);
    for line in ["check --pin 1", "change --pin 1"] {
        let ended = desk.at_terminal(line, &mut Person::default());
        assert_eq!(ended.exit, Exit::PinLocked);
        assert!(
            ended.remark.contains("Unlock it with the PUK"),
            "{}",
            ended.remark
        );
    }
    let mut spent = Desk::with(&["v4-puk-spent"]);
    let ended = spent.at_terminal("unlock --pin 2", &mut Person::default());
    assert_eq!(ended.exit, Exit::PukLocked);
    assert!(ended.remark.contains("go on working"), "{}", ended.remark);
}

#[test]
fn a_pin_that_is_not_there_yet_is_set_with_the_activation_code() {
    // The first card tells only when it is asked; nothing is sent to the second.
    for (image, exit) in [
        ("v3-fresh", Exit::Failure),
        ("organisation-fresh", Exit::Refused),
    ] {
        let mut desk = Desk::with(&[image]);
        let check = desk.piped("check --pin 1 --pin-file -", "1234\n");
        assert_eq!(check.exit, exit, "{image}: {}", check.remark);
        assert!(check.remark.contains("activation code"), "{}", check.remark);
        assert!(check.remark.contains("siru activate"), "{}", check.remark);
        assert!(check.remark.contains("No try was used"), "{}", check.remark);
        let set = desk.piped("unlock --pin 1 --pin-file -", "12345678\n1357\n");
        assert_eq!(set.exit, Exit::Done, "{image}: {}", set.remark);
    }
}

#[test]
fn ctrl_c_ends_it_with_nothing_sent() {
    let mut desk = Desk::with(&["v4"]);
    let mut person = Person::acts([Act::Code("1234"), Act::Cancel]);
    let ended = desk.at_terminal("change --pin 1", &mut person);
    assert_eq!(ended.exit, Exit::Refused);
    assert!(ended.remark.contains("Cancelled"), "{}", ended.remark);
    assert!(
        ended.remark.contains("Nothing was sent, no try was used."),
        "{}",
        ended.remark
    );
}

#[test]
fn nobody_to_ask_is_a_wrong_command_line() {
    let ended = Desk::with(&["v4"]).piped("check --pin 1", "1234\n");
    assert_eq!(ended.exit, Exit::Usage);
    assert!(ended.remark.contains("--pin-file"), "{}", ended.remark);
}

#[test]
fn a_lost_answer_is_told_as_unknown() {
    let mut desk = Desk::with(&["v4"]);
    let lost = Fault::at_instruction(FaultKind::DropAfter, 0x24, 1);
    desk.control.plan(&Desk::reader(1), lost).unwrap();
    let ended = desk.piped("change --pin 1 --pin-file -", "1234\n5678\n");
    assert_eq!(ended.exit, Exit::Unknown, "{}", ended.remark);
    assert!(
        ended.remark.contains("The result is not known"),
        "{}",
        ended.remark
    );
    assert!(
        ended.remark.contains("try the new PIN first"),
        "{}",
        ended.remark
    );
    assert!(!ended.remark.contains("wrong"), "{}", ended.remark);
}

#[test]
fn no_code_is_ever_shown() {
    let mut desk = Desk::with(&["v4"]);
    for (line, input) in [
        ("check --pin 1", "9182\n"),
        ("change --pin 1", "1234\n918273\n"),
        ("unlock --pin 2", "12345678\n918273\n"),
        ("check --pin 2", "91\n"),
    ] {
        let ended = desk.piped(&format!("{line} --pin-file -"), input);
        for code in input.lines() {
            assert!(!ended.result.contains(code), "{}", ended.result);
            assert!(
                !ended.remark.contains(&format!(" {code} ")),
                "{}",
                ended.remark
            );
        }
    }
}
