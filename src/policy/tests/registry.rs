//! What is made of a tree of keys and values.

use std::collections::BTreeMap;

use super::{text, tree};
use crate::registry::{Found, RegistryKey, RegistryValue};
use crate::{Key, Kind};

#[test]
fn each_kind_is_found_as_group_policy_writes_it() {
    let list = Found::List(vec![Some("a*".to_owned()), Some("b".to_owned())]);
    let lines = BTreeMap::from([("fi".to_owned(), Some("Soita".to_owned()))]);
    let cases = [
        (
            "language",
            text("sv"),
            Key::Language,
            Found::Word("sv".to_owned()),
        ),
        (
            "window\\zoom",
            RegistryValue::Number(150),
            Key::Zoom,
            Found::Number(150),
        ),
        (
            "tray\\autostart",
            RegistryValue::Number(1),
            Key::Autostart,
            Found::Switch(true),
        ),
        (
            "browser\\register",
            RegistryValue::Number(0),
            Key::BrowserRegister,
            Found::Switch(false),
        ),
        (
            "readers\\leave-out",
            RegistryValue::Texts(vec!["a*".to_owned(), "b".to_owned(), String::new()]),
            Key::LeftOut,
            list.clone(),
        ),
        (
            "contact\\fi",
            text("Soita"),
            Key::Contact,
            Found::Lines(lines),
        ),
    ];
    for (path, value, key, found) in cases {
        let tree = tree(&[(path, value)]);
        assert_eq!(tree.find(key), Some(found), "{path}");
        assert_eq!(tree.unknown(), Vec::<String>::new(), "{path}");
        for other in Key::ALL.into_iter().filter(|other| *other != key) {
            assert_eq!(tree.find(other), None, "{path}: {}", other.name());
        }
    }
    let numbered = tree(&[
        ("readers\\leave-out\\1", text("a*")),
        ("readers\\leave-out\\2", text("b")),
    ]);
    assert_eq!(numbered.find(Key::LeftOut), Some(list));
}

#[test]
fn a_value_of_another_kind_is_told_and_never_taken() {
    for key in Key::ALL {
        let path = key.name().replace('.', "\\");
        let wrong = |value| tree(&[(path.as_str(), value)]).find(key);
        assert_eq!(wrong(RegistryValue::Unusable), Some(Found::OtherKind));
        let (number, word) = (wrong(RegistryValue::Number(7)), wrong(text("true")));
        match key.kind() {
            Kind::Switch => assert_eq!(number, Some(Found::NoSwitch(7))),
            Kind::Number => assert_eq!(number, Some(Found::Number(7))),
            Kind::Word | Kind::List | Kind::Lines => assert_eq!(number, Some(Found::OtherKind)),
        }
        if key.kind() != Kind::Word {
            assert_eq!(word, Some(Found::OtherKind), "{}", key.name());
        }
        if let (Some(section), _) = key.place() {
            let flat = tree(&[(section, text("x"))]);
            assert_eq!(flat.find(key), Some(Found::OtherKind));
        }
    }
    let mixed = tree(&[
        ("readers\\leave-out\\1", RegistryValue::Number(1)),
        ("contact\\sv", RegistryValue::Number(1)),
    ]);
    assert_eq!(mixed.find(Key::LeftOut), Some(Found::List(vec![None])));
    let line = BTreeMap::from([("sv".to_owned(), None)]);
    assert_eq!(mixed.find(Key::Contact), Some(Found::Lines(line)));
}

#[test]
fn a_list_that_group_policy_emptied_says_nothing() {
    let mut empty = tree(&[
        ("readers\\leave-out\\1", text("a")),
        ("contact\\fi", text("a")),
    ]);
    for section in empty.keys.values_mut() {
        section.values.clear();
        for below in section.keys.values_mut() {
            below.values.clear();
        }
    }
    assert_eq!(empty.find(Key::LeftOut), None);
    assert_eq!(empty.find(Key::Contact), None);
    assert_eq!(RegistryKey::default().find(Key::Language), None);
}

#[test]
fn names_that_are_no_settings_are_told() {
    let tree = tree(&[
        ("", text("the nameless value of every key")),
        ("langauge", text("fi")),
        ("window\\", text("and of this one")),
        ("window\\colour", text("red")),
        ("windows\\zoom", RegistryValue::Number(150)),
        ("window\\zoom", RegistryValue::Number(150)),
        ("setup\\installdir", text("C:\\Program Files\\Siru\\")),
    ]);
    let expected = ["langauge", "windows", "window.colour"];
    assert_eq!(tree.unknown(), expected.map(str::to_owned));
}

/// Under Wine or Windows, in a key of its own.
#[cfg(windows)]
#[test]
fn a_real_registry_reads_as_the_same_tree() {
    use windows_registry::{CURRENT_USER, Type};

    let path = format!("SOFTWARE\\Siru-test-{}", std::process::id());
    let root = CURRENT_USER.create(&path).unwrap();
    root.set_string("Language", "sv").unwrap();
    let window = root.create("window").unwrap();
    window.set_u32("zoom", 150).unwrap();
    window
        .set_bytes("appearance", Type::Bytes, &[1, 2])
        .unwrap();
    root.create("tray")
        .unwrap()
        .set_u32("autostart", 1)
        .unwrap();
    let readers = root.create("Readers").unwrap();
    readers.set_multi_string("leave-out", &["a*", "b"]).unwrap();
    let list = readers.create("Leave-Out").unwrap();
    list.set_string("1", "c").unwrap();
    root.create("contact")
        .unwrap()
        .set_expand_string("fi", "%PATH%")
        .unwrap();
    let read = RegistryKey::read(CURRENT_USER, &path);
    CURRENT_USER.remove_tree(&path).unwrap();
    let read = read.unwrap();
    assert_eq!(read.find(Key::Language), Some(Found::Word("sv".to_owned())));
    assert_eq!(read.find(Key::Zoom), Some(Found::Number(150)));
    assert_eq!(read.find(Key::Appearance), Some(Found::OtherKind));
    assert_eq!(read.find(Key::Autostart), Some(Found::Switch(true)));
    let texts = ["a*", "b", "c"].map(|text| Some(text.to_owned()));
    assert_eq!(read.find(Key::LeftOut), Some(Found::List(texts.to_vec())));
    let line = BTreeMap::from([("fi".to_owned(), Some("%PATH%".to_owned()))]);
    assert_eq!(read.find(Key::Contact), Some(Found::Lines(line)));
    assert_eq!(RegistryKey::read(CURRENT_USER, &path), None);
}
