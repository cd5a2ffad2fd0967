//! What a module that other programs load needs of the machine's settings.
//!
//! A value that makes no sense counts as the default, which is the careful one: a browser must not
//! stop working over a slip in a settings file.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use toml::de::{DeTable, DeValue};

use crate::key::Key;
use crate::log_level::LogLevel;
use crate::registry::{Found, RegistryKey};

/// Settings of the PKCS #11 module and the card module of Windows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ModuleSettings {
    /// Whether the signature identity (PIN2) has a slot of its own. Browsers log in to every slot
    /// there is, so a person may type PIN1 for it and lose tries of PIN2.
    pub signature_slot: bool,
    /// Whether a log-in may spend the last try of a PIN. Neither PKCS #11 nor Windows has a way to ask
    /// the person whether they know the consequence.
    pub last_try_in_login: bool,
    /// How much the module writes to the log.
    pub log_level: LogLevel,
}

impl ModuleSettings {
    /// The longest settings file read, in bytes.
    const MAX_LENGTH: u64 = 64 * 1024;

    /// Those of this machine; on Windows group policy comes first, as in the programs.
    pub fn of_machine() -> Self {
        #[cfg(windows)]
        {
            let places = crate::registry::RegistryPlace::ALL.map(|place| place.read());
            Self::of_registry(&places.map(Option::unwrap_or_default))
        }
        #[cfg(not(windows))]
        Self::of_file(Path::new(crate::MACHINE_FILE))
    }

    /// Those in a file; the defaults when there is none.
    pub fn of_file(path: &Path) -> Self {
        // A pipe would be waited for.
        if !path.is_file() {
            return Self::default();
        }
        let mut bytes = Vec::new();
        let read = File::open(path)
            .and_then(|file| file.take(Self::MAX_LENGTH + 1).read_to_end(&mut bytes));
        if read.is_err() || u64::try_from(bytes.len()).is_ok_and(|length| length > Self::MAX_LENGTH)
        {
            return Self::default();
        }
        std::str::from_utf8(&bytes).map_or_else(|_| Self::default(), Self::of_text)
    }

    /// Those in the text of a file.
    pub fn of_text(text: &str) -> Self {
        let Ok(file) = DeTable::parse(text) else {
            return Self::default();
        };
        let file = file.get_ref();
        let value = |key: Key| {
            let (section, name) = key.place();
            match section {
                None => file.get(name),
                Some(section) => match file.get(section)?.get_ref() {
                    DeValue::Table(section) => section.get(name),
                    _ => None,
                },
            }
        };
        let switch =
            |key| value(key).is_some_and(|value| matches!(value.get_ref(), DeValue::Boolean(true)));
        let word = value(Key::LogLevel).and_then(|value| match value.get_ref() {
            DeValue::String(word) => LogLevel::from_word(word),
            _ => None,
        });
        Self {
            signature_slot: switch(Key::SignatureSlot),
            last_try_in_login: switch(Key::LastTryInLogin),
            log_level: word.unwrap_or_default(),
        }
    }

    /// Those in places of the registry, the strongest first.
    pub fn of_registry(places: &[RegistryKey]) -> Self {
        let found = |key| places.iter().filter_map(move |place| place.find(key));
        let switch = |key| {
            let mut switches = found(key).filter_map(|found| match found {
                Found::Switch(on) => Some(on),
                _ => None,
            });
            switches.next().unwrap_or_default()
        };
        let mut levels = found(Key::LogLevel).filter_map(|found| match found {
            Found::Word(word) => LogLevel::from_word(&word),
            _ => None,
        });
        Self {
            signature_slot: switch(Key::SignatureSlot),
            last_try_in_login: switch(Key::LastTryInLogin),
            log_level: levels.next().unwrap_or_default(),
        }
    }
}
