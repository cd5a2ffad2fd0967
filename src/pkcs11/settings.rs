//! What the machine's administrator decided about the module: `/etc/siru/config.toml`.
//!
//! A value that makes no sense counts as the default, which is the careful one: a browser must not
//! stop working over a slip in a settings file.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use toml::de::{DeTable, DeValue};

/// Where the machine's settings lie.
#[cfg(unix)]
const MACHINE: &str = "/etc/siru/config.toml";

/// Settings of the module.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// Whether the signature identity (PIN2) has a slot of its own. Browsers log in to every slot
    /// there is, so a person may type PIN1 for it and lose tries of PIN2.
    pub signature_slot: bool,
    /// Whether `C_Login` may spend the last try of a PIN. PKCS #11 has no way to ask the person
    /// whether they know the consequence.
    pub last_try_in_login: bool,
}

impl Settings {
    /// The longest settings file read, in bytes.
    const MAX_LENGTH: u64 = 64 * 1024;

    /// Those of this machine.
    pub fn of_machine() -> Self {
        #[cfg(unix)]
        return Self::of_file(Path::new(MACHINE));
        #[cfg(not(unix))]
        Self::default()
    }

    /// Those in a file; the defaults when there is none.
    pub fn of_file(path: &Path) -> Self {
        let mut text = String::new();
        let read =
            File::open(path).and_then(|file| file.take(Self::MAX_LENGTH).read_to_string(&mut text));
        match read {
            Ok(_) => Self::parse(&text),
            Err(error) => {
                log::debug!("no settings of the machine: {}", error.kind());
                Self::default()
            }
        }
    }

    fn parse(text: &str) -> Self {
        let Ok(file) = DeTable::parse(text) else {
            log::warn!("the settings of the machine are no TOML; the defaults hold");
            return Self::default();
        };
        let section = file
            .get_ref()
            .get("pkcs11")
            .map(|section| section.get_ref());
        let switch = |name: &str| match section {
            Some(DeValue::Table(section)) => match section.get(name).map(|value| value.get_ref()) {
                Some(DeValue::Boolean(value)) => *value,
                Some(_) => {
                    log::warn!("the setting {name} is neither true nor false");
                    false
                }
                None => false,
            },
            _ => false,
        };
        Self {
            signature_slot: switch("signature-slot"),
            last_try_in_login: switch("last-try-in-login"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_plain_true_turns_a_setting_on() {
        let both = "[pkcs11]\nsignature-slot = true\nlast-try-in-login = true\n";
        assert_eq!(
            Settings::parse(both),
            Settings {
                signature_slot: true,
                last_try_in_login: true
            }
        );
        for other in [
            "",
            "[pkcs11]",
            "[pkcs11]\nsignature-slot = false",
            "[pkcs11]\nsignature-slot = \"true\"",
            "signature-slot = true",
            "pkcs11 = 3",
            "[pkcs11\nsignature-slot = true",
        ] {
            assert_eq!(Settings::parse(other), Settings::default(), "{other}");
        }
    }
}
