//! `policies.json`: what others wrote stays, and what Firefox would not read is not touched.

use super::*;

const OTHERS: [&str; 6] = [
    "{\n  \"policies\": {\n    \"DisableTelemetry\": true\n  }\n}\n",
    "{\n\t\"policies\": {\n\t\t\"BlockAboutConfig\": true,\n\t\t\"Homepage\": { \"URL\": \"https://a.fi/\" }\n\t}\n}",
    "{\n  \"policies\": {\n    \"SecurityDevices\": {\n      \"Add\": {\n        \"OpenSC\": \"/usr/lib/opensc-pkcs11.so\"\n      },\n      \"Delete\": [\"Old\"]\n    },\n    \"X\": 1.50\n  }\n}\n",
    "{\n  \"policies\": {\n    \"SecurityDevices\": {\n      \"OpenSC\": \"/usr/lib/opensc-pkcs11.so\"\n    }\n  }\n}\n",
    "{\n    \"policies\": {\n        \"SecurityDevices\": {\n            \"Delete\": [\n                \"Old\"\n            ]\n        }\n    }\n}\n",
    "{\n  \"comment\": \"ours\",\n  \"policies\": {\n    \"A\": [1, 2]\n  }\n}\n",
];

#[test]
fn a_policy_file_is_as_before_after_registering_and_unregistering() {
    for text in OTHERS {
        let world = World::new();
        world.put(POLICY, text);
        assert_eq!(changes(&world.register(Scope::System))[1], Change::Added);
        assert_eq!(world.state(POLICY), State::Registered, "{text}");
        let once = world.text(POLICY);
        assert_eq!(changes(&world.register(Scope::System))[1], Change::None);
        assert_eq!(world.text(POLICY), once);
        assert_eq!(
            changes(&world.unregister(Scope::System))[1],
            Change::Removed
        );
        assert_eq!(world.text(POLICY).as_deref(), Some(text));
    }
}

#[test]
fn a_policy_file_on_one_line_keeps_its_meaning() {
    let text =
        "{\"policies\":{\"SecurityDevices\":{\"Add\":{\"OpenSC\":\"/a/opensc-pkcs11.so\"}}}}";
    let world = World::new();
    world.put(POLICY, text);
    world.register(Scope::System);
    assert_eq!(world.state(POLICY), State::Registered);
    world.unregister(Scope::System);
    let left = world.text(POLICY).unwrap();
    assert_eq!(left.split_whitespace().collect::<String>(), text);
}

#[test]
fn a_first_policy_is_the_documented_one_and_goes_without_a_trace() {
    let world = World::new();
    world.register(Scope::System);
    let text = world.text(POLICY).unwrap();
    let path = world.module().path().display().to_string();
    let bare: String = text.split_whitespace().collect();
    let expected =
        format!("{{\"policies\":{{\"SecurityDevices\":{{\"Add\":{{\"Siru\":\"{path}\"}}}}}}}}");
    assert_eq!(bare, expected);
    world.unregister(Scope::System);
    assert_eq!(world.text(POLICY), None);
}

#[test]
fn the_old_form_stays_the_old_form() {
    let world = World::new();
    world.put(POLICY, OTHERS[3]);
    world.register(Scope::System);
    let text = world.text(POLICY).unwrap();
    assert!(
        !text.contains("Add") && text.contains("\"Siru\": \""),
        "{text}"
    );
}

#[test]
fn a_file_that_firefox_would_not_read_is_left_alone() {
    let cases = [
        ("", ReadError::NotJson),
        ("{ \"policies\": { }", ReadError::NotJson),
        ("{ \"policies\": { \"A\": true, } }", ReadError::NotJson),
        ("{ // why\n \"policies\": {} }", ReadError::NotJson),
        ("[]", ReadError::NotPolicies),
        ("{ \"policies\": [] }", ReadError::NotPolicies),
        (
            "{ \"policies\": { \"SecurityDevices\": { \"Add\": 1 } } }",
            ReadError::NotPolicies,
        ),
    ];
    for (text, error) in cases {
        let world = World::new();
        world.put(POLICY, text);
        assert_eq!(world.state(POLICY), State::Unreadable(error), "{text}");
        for changed in [
            world.register(Scope::System),
            world.unregister(Scope::System),
        ] {
            let failed = changed[1].change.as_ref();
            assert!(
                matches!(failed, Err(ChangeError::Read(found)) if *found == error),
                "{text}"
            );
        }
        assert_eq!(world.text(POLICY).as_deref(), Some(text));
    }
}

#[test]
fn a_policy_that_came_with_firefox_is_neither_changed_nor_hidden() {
    let shipped = "usr/lib/firefox-esr/distribution/policies.json";
    let world = World::new();
    world.put(shipped, OTHERS[0]);
    let before = world.text(shipped);
    let changed = world.register(Scope::System);
    assert!(matches!(
        &changed[1].change,
        Err(ChangeError::WouldHide { other }) if *other == world.root().join(shipped)
    ));
    assert_eq!((world.text(shipped), world.text(POLICY)), (before, None));
    assert_eq!(
        changes(&world.unregister(Scope::System)[1..]),
        [Change::None]
    );
}

#[test]
fn a_name_that_is_taken_by_something_else_is_not_taken_twice() {
    for value in ["null", "1", "{ \"a\": [] }"] {
        for devices in ["{ \"Add\": { \"Siru\": VALUE } }", "{ \"Siru\": VALUE }"] {
            let world = World::new();
            let devices = devices.replace("VALUE", value);
            let text = format!("{{ \"policies\": {{ \"SecurityDevices\": {devices} }} }}");
            world.put(POLICY, &text);
            assert_eq!(world.state(POLICY), State::NotRegistered, "{text}");
            world.register(Scope::System);
            assert_eq!(world.state(POLICY), State::Registered, "{text}");
            let path = format!("\"{}\"", world.module().path().display());
            assert_eq!(world.text(POLICY), Some(text.replace(value, &path)));
        }
    }
}

#[test]
fn an_entry_in_a_policy_that_came_with_firefox_is_told_to_stay() {
    let shipped = "usr/lib/firefox-esr/distribution/policies.json";
    let text = "{\"policies\":{\"SecurityDevices\":{\"Add\":{\"Siru\":\"/a/libsiru_pkcs11.so\"}}}}";
    let world = World::new();
    world.put(shipped, text);
    let changed = world.unregister(Scope::System);
    assert!(matches!(changed[1].change, Err(ChangeError::Shipped)));
    assert_eq!(world.text(shipped).as_deref(), Some(text));
}
