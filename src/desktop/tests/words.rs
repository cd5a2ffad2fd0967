//! Whether every word of the window is there in every language.

use std::collections::BTreeSet;

fn names(file: &str) -> BTreeSet<&str> {
    file.lines()
        .filter(|line| line.starts_with(|first: char| first.is_ascii_lowercase()))
        .filter_map(|line| line.split_once(" = "))
        .map(|(name, _)| name)
        .collect()
}

fn variables(file: &str) -> Vec<BTreeSet<&str>> {
    let of_line = |line: &'static str| -> BTreeSet<&str> {
        line.split("{ $")
            .skip(1)
            .filter_map(|rest| rest.split_once(' '))
            .map(|(name, _)| name)
            .collect()
    };
    let file: &'static str = Box::leak(file.to_owned().into_boxed_str());
    file.lines()
        .filter(|line| line.contains(" = "))
        .map(of_line)
        .collect()
}

#[test]
fn every_language_has_every_word() {
    let english = include_str!("../../../assets/i18n/en/siru_desktop.ftl");
    let finnish = include_str!("../../../assets/i18n/fi/siru_desktop.ftl");
    let swedish = include_str!("../../../assets/i18n/sv/siru_desktop.ftl");
    assert!(names(english).len() > 40);
    for other in [finnish, swedish] {
        assert_eq!(names(english), names(other));
        assert_eq!(variables(english), variables(other));
    }
}
