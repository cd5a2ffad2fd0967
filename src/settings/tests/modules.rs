//! Whether the module, which reads for itself, understands the machine as the programs do.

use siru_policy::ModuleSettings;

use super::Place;
use crate::{RegistryKey, RegistryValue, Settings, Sources};

fn as_module(settings: &Settings) -> ModuleSettings {
    ModuleSettings {
        signature_slot: settings.signature_slot.value,
        last_try_in_login: settings.last_try_in_login.value,
        log_level: settings.log_level.value,
    }
}

#[test]
fn the_module_reads_a_file_as_the_programs_do() {
    let values = [
        "true", "false", "1", "0", "'true'", "'debug'", "'off'", "'DEBUG'", "[true]", "{}", "3.5",
        "",
    ];
    let names = [
        "pkcs11.signature-slot",
        "pkcs11.last-try-in-login",
        "log.level",
        "pkcs11",
        "log",
    ];
    let mut turned_on = 0;
    for name in names {
        for value in values {
            let text = format!("language = 'fi'\n{name} = {value}\n");
            let place = Place::new(&text, "");
            let (settings, _) = place.load();
            let of_module = ModuleSettings::of_file(&place.machine());
            assert_eq!(of_module, as_module(&settings), "{text}");
            turned_on += usize::from(of_module != ModuleSettings::default());
        }
    }
    assert_eq!(turned_on, 3, "each of the three was decided once");
    for text in [
        "[pkcs11]\nsignature-slot = true\n[pkcs11]",
        "pkcs11.signature-slot = true = 1",
    ] {
        let place = Place::new(text, "");
        let of_module = ModuleSettings::of_file(&place.machine());
        assert_eq!(of_module, as_module(&place.load().0), "{text}");
    }
}

#[test]
fn the_module_reads_the_registry_as_the_programs_do() {
    let place = Place::new("", "");
    let values = [
        None,
        Some(RegistryValue::Number(1)),
        Some(RegistryValue::Number(0)),
        Some(RegistryValue::Number(2)),
        Some(RegistryValue::Text("debug".to_owned())),
        Some(RegistryValue::Text("loud".to_owned())),
        Some(RegistryValue::Unusable),
    ];
    let tree = |section: &str, name: &str, value: &Option<RegistryValue>| {
        let mut root = RegistryKey::default();
        let below = root.keys.entry(section.to_owned()).or_default();
        if let Some(value) = value {
            below.values.insert(name.to_owned(), value.clone());
        }
        root
    };
    let names = [
        ("pkcs11", "signature-slot"),
        ("pkcs11", "last-try-in-login"),
        ("log", "level"),
    ];
    for (section, name) in names {
        for first in &values {
            for second in &values {
                for third in &values {
                    let keys = [first, second, third].map(|value| tree(section, name, value));
                    let of_module = ModuleSettings::of_registry(&keys);
                    let told = format!("{name}: {first:?}, {second:?}, {third:?}");
                    let (settings, _) = Sources::in_registry(keys, place.user()).load();
                    assert_eq!(of_module, as_module(&settings), "{told}");
                }
            }
        }
    }
}
