//! Do the templates for group policy (`packaging/policy`) and the program know the same settings, with
//! the same names and values, in three languages?

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::Place;
use crate::{
    Appearance, Key, Kind, LogLevel, Plain, RegistryKey, RegistryValue, Settings, Sources,
    WeakPins, Zoom,
};
use siru_text::Language;

/// An element of an XML file.
#[derive(Debug, Default)]
struct Element {
    name: String,
    attributes: BTreeMap<String, String>,
    text: String,
    children: Vec<Self>,
}

impl Element {
    fn of(start: &BytesStart<'_>) -> Self {
        let attributes = start.attributes().map(|attribute| {
            let attribute = attribute.unwrap();
            let name = String::from_utf8(attribute.key.as_ref().to_vec()).unwrap();
            let value = String::from_utf8(attribute.value.to_vec()).unwrap();
            (name, value)
        });
        Self {
            name: String::from_utf8(start.name().as_ref().to_vec()).unwrap(),
            attributes: attributes.collect(),
            ..Self::default()
        }
    }

    fn attribute(&self, name: &str) -> &str {
        let found = self.attributes.get(name);
        found.unwrap_or_else(|| panic!("{} has no {name}", self.name))
    }

    /// All elements of a name below this one, however deep.
    fn all(&self, name: &str) -> Vec<&Self> {
        let mut found = Vec::new();
        for child in &self.children {
            if child.name == name {
                found.push(child);
            }
            found.extend(child.all(name));
        }
        found
    }

    fn only(&self, name: &str) -> &Self {
        let [only] = self.all(name)[..] else {
            panic!("{name} is not there once in {}", self.name);
        };
        only
    }
}

fn path(file: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("../../packaging/policy")
        .join(file)
}

/// The root of a well-formed file.
fn read(file: &str) -> Element {
    let text = fs::read_to_string(path(file)).unwrap();
    let mut reader = Reader::from_str(&text);
    let mut open = vec![Element::default()];
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) => open.push(Element::of(&start)),
            Event::Empty(start) => open.last_mut().unwrap().children.push(Element::of(&start)),
            Event::End(_) => {
                let done = open.pop().unwrap();
                open.last_mut().unwrap().children.push(done);
            }
            Event::Text(text) => {
                let text = text.decode().unwrap();
                open.last_mut().unwrap().text.push_str(&text);
            }
            Event::Eof => break,
            _ => {}
        }
    }
    let [document] = &mut open[..] else {
        panic!("{file}: an element is not closed");
    };
    assert_eq!(document.children.len(), 1, "{file}");
    document.children.remove(0)
}

const ROOT: &str = "Software\\Policies\\Siru";

/// The key below ours and the value name that an element, or its policy, writes to.
fn written(policy: &Element, element: &Element) -> (String, String) {
    let own = element.attributes.get("key");
    let key = own.map_or_else(|| policy.attribute("key"), |key| key.as_str());
    let below = key.strip_prefix(ROOT).unwrap().trim_start_matches('\\');
    let name = element.attributes.get("valueName").cloned();
    (below.to_owned(), name.unwrap_or_default())
}

/// The setting of a policy, from where it writes.
fn setting(policy: &Element) -> Key {
    let elements = policy
        .children
        .iter()
        .find(|child| child.name == "elements");
    let element = elements.and_then(|elements| elements.children.first());
    let (below, name) = written(policy, element.unwrap_or(policy));
    let names = [
        below.replace('\\', "."),
        format!("{}.{name}", below.replace('\\', ".")),
        name.clone(),
    ];
    let mut keys = names.iter().filter_map(|name| Key::from_name(name));
    keys.next()
        .unwrap_or_else(|| panic!("{below}\\{name} is no setting"))
}

fn words(key: Key) -> Vec<&'static str> {
    match key {
        Key::Language => Language::ALL.map(Language::tag).into(),
        Key::Appearance => Appearance::ALL.map(Appearance::word).into(),
        Key::WeakPins => WeakPins::ALL.map(WeakPins::word).into(),
        Key::LogLevel => LogLevel::ALL.map(LogLevel::word).into(),
        other => panic!("{} is no word", other.name()),
    }
}

#[test]
fn every_setting_has_a_policy_and_every_policy_is_a_setting() {
    let file = read("Siru.admx");
    let policies = file.all("policy");
    let keys: Vec<_> = policies.iter().map(|policy| setting(policy)).collect();
    assert_eq!(keys, Key::ALL);
    for policy in policies {
        assert_eq!(policy.attribute("class"), "Both");
        let supported = policy.only("supportedOn").attribute("ref");
        let definition = file.only("definition");
        assert_eq!(supported, definition.attribute("name"));
        let category = policy.only("parentCategory").attribute("ref");
        assert_eq!(category, file.only("category").attribute("name"));
    }
}

#[test]
fn the_values_are_those_that_the_program_takes() {
    for policy in read("Siru.admx").all("policy") {
        let key = setting(policy);
        let name = key.name();
        match key.kind() {
            Kind::Word => {
                let items = policy.only("enum").all("string");
                let values: Vec<_> = items.iter().map(|item| item.text.trim()).collect();
                assert_eq!(values, words(key), "{name}");
            }
            Kind::Number => {
                let number = policy.only("decimal");
                for (limit, zoom) in [("minValue", Zoom::SMALLEST), ("maxValue", Zoom::LARGEST)] {
                    assert_eq!(number.attribute(limit), zoom.percent().to_string());
                }
            }
            Kind::Switch => {
                let value = |part| policy.only(part).only("decimal").attribute("value");
                assert_eq!((value("enabledValue"), value("disabledValue")), ("1", "0"));
            }
            Kind::List => assert_eq!(policy.only("list").attribute("valuePrefix"), ""),
            Kind::Lines => {
                let lines = policy.all("text");
                let tags: Vec<_> = lines
                    .iter()
                    .map(|line| line.attribute("valueName"))
                    .collect();
                assert_eq!(tags, Language::ALL.map(Language::tag));
                assert!(
                    lines
                        .iter()
                        .all(|line| line.attribute("maxLength") == "200")
                );
            }
        }
    }
}

/// What Windows writes when a policy is enabled with its `choice`th value.
fn enabled(policy: &Element, choice: usize) -> RegistryKey {
    let mut root = RegistryKey::default();
    let mut write = |element: &Element, name: Option<&str>, value: RegistryValue| {
        let (below, own) = written(policy, element);
        let sections = below.split('\\').filter(|part| !part.is_empty());
        let key = sections.fold(&mut root, |key, part| {
            key.keys.entry(part.to_lowercase()).or_default()
        });
        let name = name.map_or(own, str::to_owned);
        key.values.insert(name.to_lowercase(), value);
    };
    let text = |text: &str| RegistryValue::Text(text.to_owned());
    for element in policy.all("enum") {
        let item = element.all("string").into_iter().nth(choice).unwrap();
        write(element, None, text(item.text.trim()));
    }
    for element in policy.all("list") {
        write(element, Some("1"), text("*one*"));
        write(element, Some("2"), text("*two*"));
    }
    for element in policy.all("text") {
        write(element, None, text("Helpdesk"));
    }
    if policy.attributes.contains_key("valueName") {
        let part = ["disabledValue", "enabledValue"][choice];
        let value = policy.only(part).only("decimal").attribute("value");
        write(policy, None, RegistryValue::Number(value.parse().unwrap()));
    } else {
        for element in policy.all("decimal") {
            let limit = ["minValue", "maxValue"][choice];
            let value = element.attribute(limit).parse().unwrap();
            write(element, None, RegistryValue::Number(value));
        }
    }
    root
}

#[test]
fn what_windows_writes_for_a_policy_is_what_the_program_reads() {
    let place = Place::new("", "");
    for policy in read("Siru.admx").all("policy") {
        let key = setting(policy);
        let choices = match key.kind() {
            Kind::Word => words(key).len(),
            Kind::Number | Kind::Switch => 2,
            Kind::List | Kind::Lines => 1,
        };
        let mut seen = BTreeSet::new();
        for choice in 0..choices {
            let keys = [
                enabled(policy, choice),
                RegistryKey::default(),
                RegistryKey::default(),
            ];
            let (settings, problems) = Sources::in_registry(keys, place.user()).load();
            let told = format!("{} {choice}", key.name());
            assert_eq!(problems, [], "{told}");
            assert!(settings.is_locked(key), "{told}");
            assert_eq!(settings.origin(key), crate::Origin::MachinePolicy, "{told}");
            let plain = settings.plain(key);
            match (&plain, key.kind()) {
                (Plain::Word(word), _) => assert_eq!(*word, words(key)[choice]),
                (Plain::Switch(on), _) => assert_eq!(*on, choice == 1),
                (Plain::Number(number), _) => assert_eq!(*number, [100, 200][choice]),
                (Plain::List(all), _) => assert!(all.ends_with(&["*one*".into(), "*two*".into()])),
                (Plain::Lines(lines), _) => assert_eq!(lines.len(), 3),
                (Plain::Nothing, kind) => panic!("{told}: {kind:?}"),
            }
            assert!(seen.insert(format!("{plain:?}")), "{told}");
            for other in Key::ALL.into_iter().filter(|other| *other != key) {
                assert_eq!(
                    settings.plain(other),
                    Settings::default().plain(other),
                    "{told}"
                );
            }
        }
    }
}

/// The names that a file asks its texts for, such as `$(string.Siru)`.
fn references(element: &Element, kind: &str, found: &mut BTreeSet<String>) {
    for value in element.attributes.values() {
        let name = value.strip_prefix(&format!("$({kind}."));
        found.extend(
            name.and_then(|name| name.strip_suffix(')'))
                .map(str::to_owned),
        );
    }
    for child in &element.children {
        references(child, kind, found);
    }
}

#[test]
fn every_language_has_every_text_and_every_field_and_no_other() {
    let definitions = read("Siru.admx");
    let (mut strings, mut presentations) = (BTreeSet::new(), BTreeSet::new());
    references(&definitions, "string", &mut strings);
    references(&definitions, "presentation", &mut presentations);
    assert!(strings.len() > 30 && presentations.len() == 7);
    let mut said = BTreeMap::new();
    for language in ["en-US", "fi-FI", "sv-SE"] {
        let texts = read(&format!("{language}/Siru.adml"));
        let all = texts.all("string");
        let ids: BTreeSet<_> = all
            .iter()
            .map(|text| text.attribute("id").to_owned())
            .collect();
        assert_eq!((ids.len(), &ids), (all.len(), &strings), "{language}");
        assert!(
            all.iter().all(|text| !text.text.trim().is_empty()),
            "{language}"
        );
        let fields = texts.all("presentation");
        let ids: BTreeSet<_> = fields
            .iter()
            .map(|one| one.attribute("id").to_owned())
            .collect();
        assert_eq!(ids, presentations, "{language}");
        for policy in definitions.all("policy") {
            let name = policy.attribute("name");
            let elements = policy
                .children
                .iter()
                .filter(|child| child.name == "elements");
            let inputs = elements.flat_map(|elements| &elements.children);
            let inputs: Vec<_> = inputs.map(|input| input.attribute("id")).collect();
            let field = fields.iter().find(|field| field.attribute("id") == name);
            let outputs = field.map(|field| field.children.iter());
            let outputs: Vec<_> = outputs
                .into_iter()
                .flatten()
                .map(|output| output.attribute("refId"))
                .collect();
            assert_eq!(inputs, outputs, "{language}: {name}");
        }
        for text in all {
            let id = text.attribute("id").to_owned();
            said.entry(id)
                .or_insert_with(BTreeSet::new)
                .insert(text.text.clone());
        }
    }
    // Everything explained was translated.
    for (id, texts) in said.iter().filter(|(id, _)| id.ends_with("_Explain")) {
        assert_eq!(texts.len(), 3, "{id}");
    }
}
