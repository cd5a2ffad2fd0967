//! The three files of the command line hold the same messages with the same variables.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// The files of the command line have one message per line, without choices.
fn messages(language: &str) -> BTreeMap<String, BTreeSet<String>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets/i18n");
    let text = std::fs::read_to_string(folder.join(language).join("siru_cli.ftl")).unwrap();
    let mut messages = BTreeMap::new();
    for line in text
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
    {
        let (name, value) = line.split_once(" = ").expect(line);
        let variables = value.split("{ $").skip(1);
        let variables = variables.map(|rest| rest.split(" }").next().unwrap().to_owned());
        assert!(
            messages
                .insert(name.to_owned(), variables.collect())
                .is_none(),
            "{name} twice"
        );
    }
    messages
}

#[test]
fn the_three_files_hold_the_same_messages_with_the_same_variables() {
    let english = messages("en");
    assert!(english.len() > 100);
    for language in ["fi", "sv"] {
        assert_eq!(english, messages(language), "{language}");
    }
}

#[test]
fn no_message_lies_there_unused() {
    fn code(folder: &Path, all: &mut String) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                code(&path, all);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                all.push_str(&std::fs::read_to_string(path).unwrap());
            }
        }
    }
    let mut all = String::new();
    code(Path::new(env!("CARGO_MANIFEST_DIR")), &mut all);
    for name in messages("en").keys() {
        assert!(
            all.contains(&format!("\"{name}\"")),
            "{name} is said nowhere"
        );
    }
}
