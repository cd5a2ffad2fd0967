//! Does every manual page stand in Finnish and Swedish as in English, and has it the options of its
//! program?
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops where it breaks"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use siru_tests::rig::program;

/// The folders of the translations.
const TRANSLATIONS: [&str; 2] = ["fi", "sv"];

/// The macros that make the structure of a page. Those of fonts follow the grammar of a language.
const STRUCTURE: [&str; 8] = [".TH", ".SH", ".SS", ".TP", ".PP", ".nf", ".fi", ".br"];

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../packaging/man")
}

/// The names of the pages in a folder.
fn pages(folder: &Path) -> BTreeSet<String> {
    let entries = fs::read_dir(folder).expect("the folder of the manual");
    entries
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.is_file())
        .map(|path| path.file_name().expect("a name").to_string_lossy().into())
        .collect()
}

fn page(name: impl AsRef<Path>) -> String {
    let name = name.as_ref();
    fs::read_to_string(folder().join(name)).unwrap_or_else(|_| panic!("{}", name.display()))
}

/// The macros of a page in their order, with the text of its blocks that are taken as they are.
fn structure(page: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut is_literal = false;
    for line in page.lines() {
        let name = line.split(' ').next().unwrap_or_default();
        if STRUCTURE.contains(&name) {
            is_literal = name == ".nf";
            found.push(name);
        } else if is_literal {
            found.push(line);
        }
    }
    found
}

/// Options, paths, variables and return values: what no language changes.
fn names(page: &str) -> BTreeSet<String> {
    let page = page.replace("\\-", "-");
    let is_part = |letter: char| letter.is_ascii_alphanumeric() || "-_/~.".contains(letter);
    let words = page.split(|letter: char| !is_part(letter));
    words
        .map(|word| word.trim_end_matches('.'))
        .filter(|word| {
            let is_option = word.starts_with("--") && word.len() > 2;
            let is_path = word.starts_with("/") || word.starts_with("~/");
            let is_constant = ["CK", "SIRU_", "C_"]
                .iter()
                .any(|start| word.starts_with(start));
            is_option || (is_path && word.len() > 2) || is_constant
        })
        .map(str::to_owned)
        .collect()
}

/// The options that a program's own help names at the beginning of a line.
fn options_of(name: &str) -> BTreeSet<String> {
    let output = Command::new(program(name))
        .arg("--help")
        .output()
        .expect("the program starts");
    let help = String::from_utf8(output.stdout).expect("UTF-8");
    let options = help.lines().filter_map(|line| {
        let line = line.trim_start();
        let line = line.strip_prefix("-h, ").unwrap_or(line);
        let line = line.strip_prefix("-V, ").unwrap_or(line);
        let word = line.split([' ', '[', '=']).next()?;
        (word.starts_with("--") && word.len() > 2).then(|| word.to_owned())
    });
    options.collect()
}

#[test]
fn every_page_is_translated() {
    let english = pages(&folder());
    assert!(english.len() >= 6, "{english:?}");
    for language in TRANSLATIONS {
        assert_eq!(pages(&folder().join(language)), english, "{language}");
    }
}

#[test]
fn a_translation_is_built_as_its_original() {
    for name in pages(&folder()) {
        let english = page(&name);
        for language in TRANSLATIONS {
            let translated = page(Path::new(language).join(&name));
            assert_ne!(english, translated, "{language}/{name}");
            assert_eq!(
                structure(&english),
                structure(&translated),
                "{language}/{name}"
            );
            assert_eq!(names(&english), names(&translated), "{language}/{name}");
        }
    }
}

#[test]
fn the_pages_have_the_options_of_their_programs() {
    for name in ["siru-desktop", "siru-tray", "siru-sim"] {
        let in_help = options_of(name);
        assert!(in_help.contains("--version"), "{name}: {in_help:?}");
        let page = page(format!("{name}.1"));
        let in_page = names(&page);
        let in_page = in_page.into_iter().filter(|word| word.starts_with("--"));
        assert_eq!(in_page.collect::<BTreeSet<_>>(), in_help, "{name}");
    }
}

#[test]
fn the_entry_of_every_option_stands_in_every_language() {
    for name in ["siru-desktop", "siru-tray", "siru-sim"] {
        for option in options_of(name) {
            for language in ["", "fi", "sv"] {
                let page = page(Path::new(language).join(format!("{name}.1"))).replace("\\-", "-");
                let has_entry = page
                    .split("\n.TP\n")
                    .skip(1)
                    .filter_map(|entry| entry.lines().next())
                    .any(|tag| tag.split([' ', '"']).any(|word| word == option));
                assert!(has_entry, "{language}/{name}: {option}");
            }
        }
    }
}
