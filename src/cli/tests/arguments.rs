//! What a command line means, and how a wrong one is told.

use super::*;
use crate::args::{Action, Choice};

fn wrong(line: &str) -> String {
    match parse(&arguments(line), Language::English).1 {
        Parsed::Wrong(message) => crate::output::layout(&message),
        other => panic!("{line}: {other:?}"),
    }
}

fn shown(line: &str) -> String {
    match parse(&arguments(line), Language::English).1 {
        Parsed::Show(text) => text,
        other => panic!("{line}: {other:?}"),
    }
}

#[test]
fn what_stands_in_the_wrong_place_is_not_repeated_for_it_may_be_a_pin() {
    for line in [
        "check --pin 1 918273",
        "check --pin 918273",
        "check --pin=918273",
        "check 918273",
        "check --pin 1 --918273",
        "check --pin 1 -918273",
        "check --pin 1 --pin1=918273",
        "918273",
        "certificate export --purpose 918273",
        "list --demo=918273",
        "list --lang 918273",
    ] {
        let told = wrong(line);
        assert!(!told.contains("918273"), "{line}: {told}");
    }
}

#[test]
fn a_wrong_command_line_says_what_to_put_right() {
    let cases = [
        ("check", "--pin"),
        ("check --pin 3", "--pin"),
        ("check --pin 1 --readr x", "--reader"),
        ("chekc --pin 1", "check"),
        ("check --pin 1 --reader 1 --serial 2", "--reader"),
        ("certificate export --format der --chain", "PEM"),
        ("certificate", "command is missing"),
        ("", "command is missing"),
        ("record --out x record --out y list", "cannot be recorded"),
        ("record --out x", "COMMAND"),
        ("--demo=v5 list", "v4"),
        ("--lang de list", "--lang"),
    ];
    for (line, part) in cases {
        assert!(wrong(line).contains(part), "{line}: {}", wrong(line));
    }
}

#[test]
fn options_for_all_commands_stand_before_or_after_the_command() {
    for line in [
        "--demo=v3,v4 -v check --pin 2",
        "check --pin 2 --demo=v3,v4 -v",
    ] {
        let Parsed::Run(invocation) = parse(&arguments(line), Language::English).1 else {
            panic!("{line}")
        };
        assert_eq!(invocation.options.demo.unwrap().len(), 2);
        assert_eq!(invocation.options.verbosity, 1);
    }
    let Parsed::Run(bare) = parse(&arguments("--demo list"), Language::English).1 else {
        panic!()
    };
    assert_eq!(bare.options.demo.unwrap().len(), 0);
    assert!(matches!(bare.action, Action::List { json: false }));
}

#[test]
fn a_recorded_command_keeps_its_own_options() {
    let line = "record --out x.apdu --demo=v3 check --pin 1 --serial 4562 --last-try";
    let Parsed::Run(invocation) = parse(&arguments(line), Language::English).1 else {
        panic!()
    };
    assert_eq!(invocation.options.demo.unwrap().len(), 1);
    let Action::Record { action, .. } = invocation.action else {
        panic!()
    };
    let Action::Pin(action) = *action else {
        panic!()
    };
    assert_eq!(action.choice, Choice::Serial("4562".to_owned()));
    assert!(action.last_try);
}

#[test]
fn help_is_in_the_language_that_is_asked_for() {
    assert!(shown("--help").contains("Exit codes"));
    assert!(shown("--help --lang=fi").contains("Paluuarvot"));
    assert!(shown("--lang sv unlock --help").contains("aktiveringskoden"));
    let (_, parsed) = parse(&arguments("--help"), Language::Finnish);
    assert!(matches!(parsed, Parsed::Show(text) if text.contains("Komennot")));
    assert!(shown("--version").starts_with("siru "));
}
