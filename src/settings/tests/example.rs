//! The file that a package puts in `/etc/siru`: every setting explained, none decided.

use std::collections::BTreeSet;
use std::path::PathBuf;

use super::{Place, settings};
use crate::{Key, Plain, Settings};

fn example() -> String {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../packaging/deb/config.toml");
    std::fs::read_to_string(path).unwrap()
}

/// Lines that would be a setting without the sign before them.
fn decisions(text: &str) -> Vec<&str> {
    let lines = text.lines().filter_map(|line| line.strip_prefix('#'));
    lines
        .filter(|line| line.starts_with(|first: char| first.is_ascii_lowercase()))
        .collect()
}

#[test]
fn it_decides_nothing() {
    assert_eq!(settings(&example(), ""), Settings::default());
}

#[test]
fn every_line_uncommented_is_a_setting_that_the_program_takes() {
    let text = example();
    let mut all = String::new();
    for line in text.lines() {
        let is_decision = decisions(line).len() == 1;
        all.push_str(if is_decision { &line[1..] } else { line });
        all.push('\n');
    }
    let everything = settings(&all, "");
    let mut named = BTreeSet::new();
    let mut section = String::new();
    for line in all.lines().map(str::trim) {
        if let Some(name) = line
            .strip_prefix('[')
            .and_then(|name| name.strip_suffix(']'))
        {
            section = name.to_owned();
        } else if let Some((name, _)) = line.split_once(" = ").filter(|_| !line.starts_with('#')) {
            let full = format!("{section}.{name}");
            let key = [name, &full, &section].map(Key::from_name);
            match key.into_iter().flatten().next() {
                Some(key) => assert!(named.insert(key) || key == Key::Contact, "{line}"),
                None => assert_eq!(name, "locked"),
            }
        }
    }
    assert_eq!(named, BTreeSet::from(Key::ALL));
    for key in Key::ALL {
        let (shown, default) = (everything.plain(key), Settings::default().plain(key));
        // What has no default shows an example.
        match key {
            Key::Language => assert_ne!(shown, Plain::Nothing),
            Key::LeftOut | Key::Contact => assert_ne!(shown, default),
            _ => assert_eq!(shown, default, "{}", key.name()),
        }
    }
    assert!(everything.is_locked(Key::WeakPins) && everything.is_locked(Key::Autostart));
}

#[test]
fn each_line_can_be_uncommented_alone() {
    let text = example();
    let lines = decisions(&text);
    assert!(lines.len() >= 14, "{lines:?}");
    for line in lines {
        let alone = text.replacen(&format!("\n#{line}"), &format!("\n{line}"), 1);
        assert_ne!(alone, text);
        let (_, problems) = Place::new(&alone, "").load();
        assert_eq!(problems, [], "{line}");
    }
}
