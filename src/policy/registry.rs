//! Settings in the Windows registry, as data: what is made of a tree of keys and values can be tried on
//! every system, and only reading one is Windows' own.
//!
//! | setting | in the registry |
//! |---|---|
//! | a word | `REG_SZ` |
//! | a switch | `REG_DWORD`, 0 or 1 |
//! | a number | `REG_DWORD` |
//! | a list | `REG_MULTI_SZ`, or a key of that name with a `REG_SZ` for each, as group policy writes lists |
//! | lines | a key of that name with a `REG_SZ` for each language |

use std::collections::BTreeMap;

use crate::key::{Key, Kind};

/// A value of the registry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RegistryValue {
    /// `REG_SZ` or `REG_EXPAND_SZ`, which is not expanded.
    Text(String),
    /// `REG_DWORD` or `REG_QWORD`.
    Number(u64),
    /// `REG_MULTI_SZ`.
    Texts(Vec<String>),
    /// Any other, or one that is damaged. No setting is of this kind.
    Unusable,
}

/// A key of the registry with everything below it. Names are in small letters: the registry takes
/// capitals for the same.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RegistryKey {
    /// What stands in it.
    pub values: BTreeMap<String, RegistryValue>,
    /// The keys below it.
    pub keys: BTreeMap<String, Self>,
}

/// A setting as the registry has it, in the shape of its [`Kind`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Found {
    /// For [`Kind::Word`].
    Word(String),
    /// For [`Kind::Switch`].
    Switch(bool),
    /// For [`Kind::Number`].
    Number(u64),
    /// For [`Kind::List`]; nothing in the place of what is no text.
    List(Vec<Option<String>>),
    /// For [`Kind::Lines`], by language; nothing in the place of what is no text.
    Lines(BTreeMap<String, Option<String>>),
    /// A number that is neither 0 nor 1 in the place of a switch.
    NoSwitch(u64),
    /// There is a value, but of another kind.
    OtherKind,
}

impl RegistryKey {
    /// A setting, or `None` where nothing is said about it.
    pub fn find(&self, key: Key) -> Option<Found> {
        let (section, name) = key.place();
        let section = match section {
            Some(section) if self.values.contains_key(section) => return Some(Found::OtherKind),
            Some(section) => self.keys.get(section)?,
            None => self,
        };
        let (value, below) = (section.values.get(name), section.keys.get(name));
        match key.kind() {
            Kind::List => list(value, below),
            Kind::Lines => match (value, below) {
                (Some(_), _) => Some(Found::OtherKind),
                (None, Some(below)) if below.values.is_empty() => None,
                (None, below) => below.map(lines),
            },
            kind => value.map(|value| single(kind, value)),
        }
    }

    /// The names in it that are no settings, with their sections. What the installer remembers
    /// beside the machine's defaults is not told: nobody wrote it for a setting.
    pub fn unknown(&self) -> Vec<String> {
        let mut unknown = Vec::new();
        let is_section = |name: &str| Key::ALL.iter().any(|key| key.place().0 == Some(name));
        let keys = self.keys.keys().filter(|name| *name != INSTALLER);
        for name in self.values.keys().chain(keys) {
            if Key::from_name(name).is_none() && !is_section(name) && !name.is_empty() {
                unknown.push(name.clone());
            }
        }
        for (section, below) in self.keys.iter().filter(|(name, _)| is_section(name)) {
            for name in below.values.keys().chain(below.keys.keys()) {
                let full = format!("{section}.{name}");
                if Key::from_name(&full).is_none() && !name.is_empty() {
                    unknown.push(full);
                }
            }
        }
        unknown
    }

    /// A key with its values, and the keys to a depth at which no setting lies any more. `None` if it
    /// is not there or may not be read.
    #[cfg(windows)]
    pub fn read(root: &windows_registry::Key, path: &str) -> Option<Self> {
        let key = root.open(path).ok()?;
        Some(Self::of(&key, DEPTH))
    }

    #[cfg(windows)]
    fn of(key: &windows_registry::Key, depth: u8) -> Self {
        let values = key.values().into_iter().flatten();
        let values = values.map(|(name, value)| (name.to_lowercase(), value.into()));
        let mut read = Self {
            values: values.collect(),
            keys: BTreeMap::new(),
        };
        if depth > 0 {
            for name in key.keys().into_iter().flatten() {
                if let Ok(below) = key.open(&name) {
                    let below = Self::of(&below, depth - 1);
                    read.keys.insert(name.to_lowercase(), below);
                }
            }
        }
        read
    }
}

/// Where the installer keeps what the next version and the removal have to know.
const INSTALLER: &str = "setup";

/// Section, and list below it.
#[cfg(windows)]
const DEPTH: u8 = 2;

fn single(kind: Kind, value: &RegistryValue) -> Found {
    match (kind, value) {
        (Kind::Word, RegistryValue::Text(text)) => Found::Word(text.clone()),
        (Kind::Number, RegistryValue::Number(number)) => Found::Number(*number),
        (Kind::Switch, RegistryValue::Number(number)) => match number {
            0 => Found::Switch(false),
            1 => Found::Switch(true),
            other => Found::NoSwitch(*other),
        },
        _ => Found::OtherKind,
    }
}

/// Group policy numbers the values of a list from 1; they come in the order of their names.
fn list(value: Option<&RegistryValue>, below: Option<&RegistryKey>) -> Option<Found> {
    let mut all = Vec::new();
    match value {
        None if below.is_none_or(|below| below.values.is_empty()) => return None,
        None => {}
        Some(RegistryValue::Texts(texts)) => {
            // The list itself ends with an empty text.
            let texts = texts.iter().filter(|text| !text.is_empty());
            all.extend(texts.cloned().map(Some));
        }
        Some(_) => return Some(Found::OtherKind),
    }
    all.extend(
        below
            .into_iter()
            .flat_map(|below| below.values.values().map(text)),
    );
    Some(Found::List(all))
}

fn lines(below: &RegistryKey) -> Found {
    let lines = below.values.iter();
    Found::Lines(
        lines
            .map(|(name, value)| (name.clone(), text(value)))
            .collect(),
    )
}

fn text(value: &RegistryValue) -> Option<String> {
    match value {
        RegistryValue::Text(text) => Some(text.clone()),
        _ => None,
    }
}

#[cfg(windows)]
impl From<windows_registry::Value> for RegistryValue {
    fn from(value: windows_registry::Value) -> Self {
        use windows_registry::Type;
        let read = match value.ty() {
            Type::U32 | Type::U64 => u64::try_from(value).map(Self::Number),
            Type::String | Type::ExpandString => String::try_from(value).map(Self::Text),
            Type::MultiString => Vec::try_from(value).map(Self::Texts),
            Type::Bytes | Type::Other(_) => return Self::Unusable,
        };
        read.unwrap_or(Self::Unusable)
    }
}

/// A place of the registry that settings come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RegistryPlace {
    /// What group policy says about the machine.
    MachinePolicy,
    /// What group policy says about the person.
    UserPolicy,
    /// The machine's defaults.
    Machine,
}

impl RegistryPlace {
    /// All of them, the strongest first.
    pub const ALL: [Self; 3] = [Self::MachinePolicy, Self::UserPolicy, Self::Machine];

    /// As administrators write it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::MachinePolicy => "HKLM\\SOFTWARE\\Policies\\Siru",
            Self::UserPolicy => "HKCU\\SOFTWARE\\Policies\\Siru",
            Self::Machine => "HKLM\\SOFTWARE\\Siru",
        }
    }

    /// What stands there on this computer.
    #[cfg(windows)]
    pub fn read(self) -> Option<RegistryKey> {
        let (root, path) = match self {
            Self::MachinePolicy => (windows_registry::LOCAL_MACHINE, "SOFTWARE\\Policies\\Siru"),
            Self::UserPolicy => (windows_registry::CURRENT_USER, "SOFTWARE\\Policies\\Siru"),
            Self::Machine => (windows_registry::LOCAL_MACHINE, "SOFTWARE\\Siru"),
        };
        RegistryKey::read(root, path)
    }
}
