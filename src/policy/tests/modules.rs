//! What modules read.

use super::{text, tree};
use crate::registry::{RegistryKey, RegistryValue};
use crate::{LogLevel, ModuleSettings};

#[test]
fn only_a_plain_true_turns_a_setting_on() {
    let all = "[pkcs11]\nsignature-slot = true\nlast-try-in-login = true\n[log]\nlevel = 'info'";
    let expected = ModuleSettings {
        signature_slot: true,
        last_try_in_login: true,
        log_level: LogLevel::Info,
    };
    assert_eq!(ModuleSettings::of_text(all), expected);
    for other in [
        "",
        "[pkcs11]",
        "[pkcs11]\nsignature-slot = false",
        "[pkcs11]\nsignature-slot = \"true\"",
        "signature-slot = true",
        "pkcs11 = 3",
        "[pkcs11\nsignature-slot = true",
        "[log]\nlevel = 'INFO'",
        "[log]\nlevel = 3",
        "log = 'info'",
    ] {
        let settings = ModuleSettings::of_text(other);
        assert_eq!(settings, ModuleSettings::default(), "{other}");
    }
}

#[test]
fn a_file_that_is_none_is_not_waited_for() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("config.toml");
    assert_eq!(ModuleSettings::of_file(&file), ModuleSettings::default());
    assert_eq!(
        ModuleSettings::of_file(folder.path()),
        ModuleSettings::default()
    );
    let on = "pkcs11.signature-slot = true\n";
    std::fs::write(&file, on).unwrap();
    assert!(ModuleSettings::of_file(&file).signature_slot);
    std::fs::write(&file, format!("{on}#{}", "x".repeat(64 * 1024))).unwrap();
    assert!(!ModuleSettings::of_file(&file).signature_slot);
}

#[test]
fn the_strongest_place_with_a_value_that_makes_sense_decides() {
    let slot = |value| tree(&[("pkcs11\\signature-slot", value)]);
    let (on, off) = (RegistryValue::Number(1), RegistryValue::Number(0));
    let nothing = RegistryKey::default();
    for (places, expected) in [
        (
            [slot(on.clone()), slot(off.clone()), slot(off.clone())],
            true,
        ),
        (
            [slot(off.clone()), slot(on.clone()), slot(on.clone())],
            false,
        ),
        ([nothing.clone(), nothing.clone(), slot(on.clone())], true),
        ([slot(text("1")), nothing.clone(), slot(on)], true),
        (
            [slot(RegistryValue::Number(2)), nothing.clone(), nothing],
            false,
        ),
    ] {
        let settings = ModuleSettings::of_registry(&places);
        assert_eq!(settings.signature_slot, expected, "{places:?}");
        assert!(!settings.last_try_in_login);
    }
    let level = tree(&[
        ("log\\level", text("debug")),
        ("pkcs11\\last-try-in-login", RegistryValue::Number(1)),
    ]);
    let settings = ModuleSettings::of_registry(&[level]);
    assert_eq!(settings.log_level, LogLevel::Debug);
    assert!(settings.last_try_in_login && !settings.signature_slot);
}
