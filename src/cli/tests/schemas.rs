//! Is all JSON as the published schemas (`packaging/schema`) say, on every virtual card there is?

use std::collections::BTreeSet;
use std::path::Path;

use jsonschema::{Draft, Validator};
use serde_json::{Value, json};
use siru_card::Certificate;
use siru_login::{BrokenLink, Presented, Protocol, Registration, Verdict};
use siru_settings::{Key, RegistryKey, RegistryValue};

use super::browsers::Office;
use super::config::{Files, run_under};
use super::*;
use crate::login_report::LoginReport;

/// A published schema, and the same without room for members and words that it does not name.
struct Schema {
    text: Value,
    lenient: Validator,
    strict: Validator,
}

impl Schema {
    fn published(name: &str) -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packaging/schema");
        let text = std::fs::read_to_string(folder.join(format!("{name}.schema.json"))).unwrap();
        let text: Value = serde_json::from_str(&text).unwrap();
        assert!(jsonschema::meta::is_valid(&text), "{name}");
        let mut closed = text.clone();
        close(&mut closed);
        let build = |text: &Value| {
            let options = jsonschema::options().with_draft(Draft::Draft202012);
            options.build(text).unwrap()
        };
        Self {
            lenient: build(&text),
            strict: build(&closed),
            text,
        }
    }

    fn accepts(&self, output: &str, told: &str) {
        let output: Value = serde_json::from_str(output).unwrap();
        for validator in [&self.lenient, &self.strict] {
            let errors: Vec<_> = validator.iter_errors(&output).collect();
            assert!(errors.is_empty(), "{told}: {errors:?}\n{output:#}");
        }
    }

    fn refuses(&self, output: &Value, told: &str) {
        assert!(!self.lenient.is_valid(output), "{told}");
    }

    /// The words of today.
    fn words(&self, pointer: &str) -> Vec<&str> {
        let words = self.text.pointer(pointer).unwrap().as_array().unwrap();
        words.iter().filter_map(Value::as_str).collect()
    }
}

/// Forbids members that are not named, in every object that names all it requires, and words that are no
/// examples.
fn close(schema: &mut Value) {
    match schema {
        Value::Object(members) => {
            members.values_mut().for_each(close);
            if members.contains_key("required") {
                members.insert("additionalProperties".to_owned(), json!(false));
            }
            if let Some(words) = members.get("examples").cloned() {
                members.insert("enum".to_owned(), words);
            }
        }
        Value::Array(all) => all.iter_mut().for_each(close),
        _ => {}
    }
}

/// What must not pass: every member gone, or of another kind, wherever it stands.
fn spoiled(output: &Value) -> Vec<Value> {
    let mut all = Vec::new();
    match output {
        Value::Object(members) => {
            for (name, member) in members {
                let mut without = members.clone();
                without.remove(name);
                all.push(Value::Object(without));
                for other in spoiled(member) {
                    let mut with = members.clone();
                    with.insert(name.clone(), other);
                    all.push(Value::Object(with));
                }
            }
        }
        Value::Array(items) => {
            for (place, item) in items.iter().enumerate() {
                for other in spoiled(item) {
                    let mut with = items.clone();
                    with[place] = other;
                    all.push(Value::Array(with));
                }
            }
        }
        _ => all.push(json!(-1.5)),
    }
    all
}

#[test]
fn the_list_of_every_virtual_card_is_as_published() {
    let schema = Schema::published("siru-list");
    for image in Image::ALL {
        let name = image.to_string();
        let listed = Desk::with(&[&name]).piped("list --json", "");
        schema.accepts(&listed.result, &name);
    }
    let all: Vec<_> = ["v4", "v3-locked", "organisation-fresh", "mute"].into();
    schema.accepts(&Desk::with(&all).piped("list --json", "").result, "several");
    schema.accepts(&Desk::with(&[]).piped("list --json", "").result, "none");
    let one: Value =
        serde_json::from_str(&Desk::with(&["v4"]).piped("list --json", "").result).unwrap();
    let spoiled = spoiled(&one);
    assert!(spoiled.len() > 50);
    for wrong in spoiled {
        schema.refuses(&wrong, &wrong.to_string());
    }
}

#[test]
fn every_verdict_of_a_log_in_test_is_as_published() {
    let schema = Schema::published("siru-login-test");
    for image in Image::ALL {
        let name = image.to_string();
        let tested = Desk::with(&[&name]).piped("login-test --json --module /nowhere", "");
        schema.accepts(&tested.result, &name);
    }
    for link in [
        BrokenLink::WrongPin {
            tries_left: Some(3),
        },
        BrokenLink::PinLocked,
        BrokenLink::LastTry,
        BrokenLink::NobodyCame,
    ] {
        let presented = None;
        let verdict = Verdict::Broken { link, presented };
        let report = LoginReport::of(&verdict, &Registration::default());
        schema.accepts(&serde_json::to_string(&report).unwrap(), "a broken link");
    }
    let mut desk = Desk::with(&["v4"]);
    let export = "certificate export --format der --purpose";
    let mut certificate = |purpose: &str| {
        let out = tempfile::NamedTempFile::new().unwrap();
        let path = out.path().display();
        let ended = desk.piped(&format!("{export} {purpose} --out {path}"), "");
        assert_eq!(ended.exit, Exit::Done, "{}", ended.remark);
        Certificate::parse(&std::fs::read(out.path()).unwrap()).unwrap()
    };
    let presented = Presented {
        leaf: certificate("authentication"),
        authorities: vec![certificate("ca")],
        protocols: vec![Protocol::Tls13, Protocol::Tls12],
        pin_each_time: false,
    };
    let logged_in = Verdict::LoggedIn(Box::new(presented));
    let report = LoginReport::of(&logged_in, &Registration::default());
    let report = serde_json::to_value(&report).unwrap();
    schema.accepts(&report.to_string(), "a log-in");
    for wrong in spoiled(&report) {
        schema.refuses(&wrong, &wrong.to_string());
    }
    // The manual page lists them as well.
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../packaging/man/siru.1");
    let page = std::fs::read_to_string(page).unwrap().replace("\\-", "-");
    let (_, list) = page.split_once("\nor the broken link:").unwrap();
    let (list, _) = list.split_once("\n.B registered\n").unwrap();
    let in_page: BTreeSet<_> = list
        .split(|letter: char| !(letter.is_ascii_lowercase() || letter == '-'))
        .collect();
    for verdict in schema.words("/properties/verdict/examples") {
        assert!(
            verdict == "logged-in" || in_page.contains(verdict),
            "{verdict}"
        );
    }
}

#[test]
fn the_state_of_browsers_is_as_published() {
    let schema = Schema::published("siru-browser-status");
    let office = Office::new();
    let status = || office.run("browser status --json").result;
    schema.accepts(&status(), "nothing registered");
    office.run("browser register");
    schema.accepts(&status(), "registered for one");
    office.run("browser register --system");
    schema.accepts(&status(), "registered for all");
    office.run("browser unregister --system");
    std::fs::rename(
        office.path("usr/lib/siru/libsiru_pkcs11.so"),
        office.path("usr/lib/siru/gone"),
    )
    .unwrap();
    schema.accepts(&status(), "not installed");
    let elsewhere = Desk::with(&[]).piped("browser status --json", "");
    schema.accepts(&elsewhere.result, "an empty machine");
    for wrong in spoiled(&serde_json::from_str(&status()).unwrap()) {
        // Whatever its name, a module that is not installed may be one that is.
        if wrong
            .get("module")
            .is_some_and(|module| !module.is_number())
        {
            schema.refuses(&wrong, &wrong.to_string());
        }
    }
}

#[test]
fn what_was_decided_is_as_published() {
    let schema = Schema::published("siru-config");
    let names = schema.words("/$defs/setting/properties/name/examples");
    assert_eq!(names, Key::ALL.map(Key::name));
    let everything = "language = 'fi'\nlocked = ['x']\nother = 1\n[window]\nzoom = 150\n\
        appearance = 'dark'\n[contact]\nfi = 'a'\nsv = 'b'\nen = 'c'\n[log]\nlevel = 3\n\
        [readers]\nleave-out = ['a']\n[browser]\nregister = true\n";
    for (machine, user) in [
        ("", ""),
        (everything, ""),
        ("", everything),
        (everything, "= ="),
    ] {
        let files = Files::new(machine, user);
        let shown = run_under(files.sources(), "config show --json");
        schema.accepts(&shown.result, machine);
        for wrong in spoiled(&serde_json::from_str(&shown.result).unwrap()) {
            let values = |report: &Value| {
                let settings = report["settings"].as_array().cloned().unwrap_or_default();
                settings.len() == Key::ALL.len()
                    && settings.iter().all(|one| one["value"].is_object())
            };
            if !values(&wrong) && !is_only_a_line_less(&wrong) {
                schema.refuses(&wrong, &wrong.to_string());
            }
        }
    }
    let mut policy = RegistryKey::default();
    policy
        .values
        .insert("language".to_owned(), RegistryValue::Unusable);
    policy
        .values
        .insert("x".to_owned(), RegistryValue::Number(1));
    let files = Files::new("", "");
    let keys = [policy, RegistryKey::default(), RegistryKey::default()];
    let sources = Sources::in_registry(keys, files.path("user.toml"));
    schema.accepts(&run_under(sources, "config show --json").result, "registry");
}

/// Whom to ask may lack any language.
fn is_only_a_line_less(report: &Value) -> bool {
    let settings = report["settings"].as_array();
    let contact = settings.and_then(|all| all.iter().find(|one| one["name"] == "contact"));
    let lines = contact.and_then(|contact| contact["value"].as_object());
    lines.is_some_and(|lines| lines.len() == 2 && lines.values().all(Value::is_string))
}
