//! Are the scripts in `apdu-scripts` what its README says?

use std::path::{Path, PathBuf};

use siru_apdu::Protocol;

use crate::drive::Driver;
use crate::model::{Action, Event, Outcome, Script, SourceKind};
use crate::replay::ReplayCard;
use crate::secrets::Specimen;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../apdu-scripts")
}

/// Every script, read.
fn scripts() -> Vec<(PathBuf, Script)> {
    let mut found = Vec::new();
    for generation in std::fs::read_dir(folder()).expect("the folder") {
        let generation = generation.expect("an entry").path();
        if !generation.is_dir() {
            continue;
        }
        for file in std::fs::read_dir(generation).expect("a folder") {
            let path = file.expect("an entry").path();
            if path
                .extension()
                .is_some_and(|extension| extension == "apdu")
            {
                let script = Script::load(&path).unwrap_or_else(|error| panic!("{error}"));
                found.push((path, script));
            }
        }
    }
    found
}

#[test]
fn every_script_reads_prints_and_reads_again() {
    let scripts = scripts();
    assert!(scripts.len() > 70, "{}", scripts.len());
    for (path, script) in &scripts {
        let printed = script.to_string();
        let again = Script::parse_in(path, &printed, &crate::Folder);
        assert_eq!(&again.expect("as printed"), script, "{}", path.display());
        assert!(
            !path.to_string_lossy().contains(".private."),
            "{}",
            path.display()
        );
    }
}

/// A script must at least agree with itself: names, samples and lengths.
#[test]
fn every_script_without_events_can_be_driven_against_itself() {
    for (path, script) in scripts() {
        let plain = script.all_steps().iter().flat_map(|step| &step.actions).all(|action| {
            matches!(action, Action::Exchange(exchange) if matches!(exchange.outcome, Outcome::Response(_)))
        });
        if script.header.target.is_none() || !plain {
            continue;
        }
        let mut card = ReplayCard::new(&script).expect("a card");
        Driver::new()
            .spend_tries()
            .run(&script, &mut card, &mut Specimen)
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        card.finish().unwrap_or_else(|error| panic!("{error}"));
    }
}

#[test]
fn what_a_script_spends_stands_in_its_header() {
    for (path, script) in scripts() {
        for secret in script.spent_secrets() {
            let admitted = script
                .header
                .spends
                .iter()
                .any(|spend| spend.secret == secret);
            assert!(admitted, "{}: {secret}", path.display());
        }
    }
}

#[test]
fn citizen_cards_speak_t0_and_the_pulled_card_is_among_the_scripts() {
    let scripts = scripts();
    for (path, script) in &scripts {
        if let Some(target) = &script.header.target {
            let expected = if target.card == "organisation" {
                Protocol::T1
            } else {
                Protocol::T0
            };
            assert_eq!(target.protocol, expected, "{}", path.display());
        }
    }
    let events = |wanted: Event| {
        scripts
            .iter()
            .flat_map(|(_, script)| script.all_steps())
            .flat_map(|step| &step.actions)
            .filter_map(Action::exchange)
            .filter(|exchange| exchange.outcome == Outcome::Event(wanted))
            .count()
    };
    assert_eq!((events(Event::Remove), events(Event::Reset)), (3, 6));
}

#[test]
fn the_readme_counts_the_scripts() {
    let readme = std::fs::read_to_string(folder().join("README.md")).expect("the README");
    let scripts = scripts();
    for (word, kind) in [
        ("written", SourceKind::Written),
        ("simulated", SourceKind::Simulated),
        ("recorded", SourceKind::Recorded),
    ] {
        let count = scripts
            .iter()
            .filter(|(_, script)| {
                script.header.source.kind == kind && script.header.target.is_some()
            })
            .count();
        let row = readme
            .lines()
            .find(|line| line.starts_with(&format!("| `{word}` |")));
        let said = row
            .and_then(|row| row.split('|').nth(3))
            .expect("a row with a number")
            .trim();
        let digits: String = said.chars().take_while(char::is_ascii_digit).collect();
        assert_eq!(digits, count.to_string(), "{word}");
    }
    let example = readme.split("```").nth(1).expect("an example").trim_start();
    Script::parse_in(&folder().join("README.md"), example, &crate::Folder).expect("the example");
}
