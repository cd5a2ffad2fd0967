//! One place that settings come from: a file, a key of the registry, or nothing.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use siru_policy::Key;
use siru_policy::registry::{Found, RegistryKey};
use siru_text::Language;
use toml_edit::{Array, DocumentMut, InlineTable, Item, Table, Value};

use crate::problem::{Name, Problem, What};
use crate::value::Origin;

/// The values of one place, and what is wrong with them.
pub(crate) struct Layer {
    /// Who speaks here.
    pub(crate) origin: Origin,
    place: PathBuf,
    document: DocumentMut,
    /// What a policy says something about, be it right or wrong.
    given: Vec<Key>,
    pub(crate) problems: Vec<Problem>,
}

impl Layer {
    /// The values of a file. None when there is no such file, or when it cannot be used.
    pub(crate) fn read(file: &Path, origin: Origin) -> Self {
        let mut layer = Self::empty(file.to_owned(), origin);
        match document(file) {
            Ok(document) => layer.document = document,
            Err(what) => layer.report(None, what),
        }
        layer.report_unknown_names();
        layer
    }

    /// The values of a key of the registry.
    pub(crate) fn of_registry(place: PathBuf, origin: Origin, key: &RegistryKey) -> Self {
        let mut layer = Self::empty(place, origin);
        for setting in Key::ALL {
            if let Some(found) = key.find(setting) {
                layer.given.push(setting);
                layer.take(setting, found);
            }
        }
        for name in key.unknown() {
            layer.report(None, What::UnknownSetting(Name::new(&name)));
        }
        layer
    }

    fn empty(place: PathBuf, origin: Origin) -> Self {
        Self {
            origin,
            place,
            document: DocumentMut::new(),
            given: Vec::new(),
            problems: Vec::new(),
        }
    }

    /// Takes a value of the registry over as it would stand in a file, to be judged as there.
    fn take(&mut self, key: Key, found: Found) {
        let value = match found {
            Found::Word(word) => Value::from(word),
            Found::Switch(on) => Value::from(on),
            Found::Number(number) => Value::from(i64::try_from(number).unwrap_or(i64::MAX)),
            Found::List(texts) => {
                let all = texts.into_iter();
                let usable = all.filter_map(|text| self.text_or_report(key, text));
                Value::from(usable.collect::<Array>())
            }
            Found::Lines(lines) => {
                let mut table = InlineTable::new();
                for (language, line) in lines {
                    if let Some(line) = self.text_or_report(key, line) {
                        table.insert(&language, Value::from(line));
                    }
                }
                Value::from(table)
            }
            Found::NoSwitch(_) => return self.report(Some(key), What::UnknownValue),
            Found::OtherKind => return self.report(Some(key), What::WrongType),
        };
        let (section, name) = key.place();
        let table = match section {
            None => Some(self.document.as_table_mut()),
            Some(section) => self
                .document
                .entry(section)
                .or_insert_with(|| Item::Table(Table::new()))
                .as_table_mut(),
        };
        if let Some(table) = table {
            table.insert(name, Item::Value(value));
        }
    }

    fn text_or_report(&mut self, key: Key, text: Option<String>) -> Option<String> {
        if text.is_none() {
            self.report(Some(key), What::WrongType);
        }
        text
    }

    /// A value, as `parse` understands it. One that it refuses is reported and counts as none.
    pub(crate) fn value<T>(
        &mut self,
        key: Key,
        parse: impl FnOnce(&Item) -> Result<T, What>,
    ) -> Option<T> {
        match self.item(key).transpose()?.and_then(parse) {
            Ok(value) => Some(value),
            Err(what) => {
                self.report(Some(key), what);
                None
            }
        }
    }

    /// The settings that this place locks: a policy all it speaks of, the machine's file what it names.
    pub(crate) fn locked(&mut self) -> Vec<Key> {
        match self.origin {
            Origin::MachinePolicy | Origin::UserPolicy => self.given.clone(),
            Origin::Machine => self.named_locks(),
            Origin::User | Origin::Default => Vec::new(),
        }
    }

    fn named_locks(&mut self) -> Vec<Key> {
        let Some(list) = self.document.get(LOCKED) else {
            return Vec::new();
        };
        let names: Vec<Option<String>> = match list.as_array() {
            Some(list) => list
                .iter()
                .map(|name| name.as_str().map(str::to_owned))
                .collect(),
            None => vec![None],
        };
        let mut locked = Vec::new();
        for name in names {
            match name.as_deref().map(Key::from_name) {
                Some(Some(key)) => locked.push(key),
                Some(None) => self.report(None, What::UnknownLock),
                None => self.report(None, What::WrongType),
            }
        }
        locked
    }

    /// Reports what only the machine may say.
    pub(crate) fn refuse_what_is_the_machines(&mut self) {
        if self.document.contains_key(LOCKED) {
            self.report(None, What::MachineOnly);
        }
        for key in Key::ALL.into_iter().filter(|key| key.is_machines()) {
            if matches!(self.item(key), Ok(Some(_))) {
                self.report(Some(key), What::MachineOnly);
            }
        }
    }

    pub(crate) fn report(&mut self, key: Option<Key>, what: What) {
        let problem = Problem {
            file: self.place.clone(),
            key,
            what,
        };
        self.problems.push(problem);
    }

    fn item(&self, key: Key) -> Result<Option<&Item>, What> {
        let (section, name) = key.place();
        let Some(section) = section else {
            return Ok(self.document.get(name));
        };
        match self.document.get(section).map(Item::as_table_like) {
            Some(Some(section)) => Ok(section.get(name)),
            Some(None) => Err(What::WrongType),
            None => Ok(None),
        }
    }

    /// A slip in a name would otherwise look like a setting that does nothing.
    fn report_unknown_names(&mut self) {
        let mut unknown = Vec::new();
        for (name, item) in self.document.iter() {
            let is_section = Key::ALL.iter().any(|key| key.place().0 == Some(name));
            let is_known = |full: &str| match full.strip_prefix("contact.") {
                Some(tag) => Language::ALL.iter().any(|language| language.tag() == tag),
                None => Key::from_name(full).is_some(),
            };
            if let (true, Some(table)) = (
                is_section || name == Key::Contact.name(),
                item.as_table_like(),
            ) {
                let names = table.iter().map(|(inner, _)| format!("{name}.{inner}"));
                unknown.extend(names.filter(|full| !is_known(full)));
            } else if !is_section && name != LOCKED && Key::from_name(name).is_none() {
                unknown.push(name.to_owned());
            }
        }
        for name in unknown {
            self.report(None, What::UnknownSetting(Name::new(&name)));
        }
    }
}

/// What stands in a file; nothing when there is none.
pub(crate) fn document(file: &Path) -> Result<DocumentMut, What> {
    let kind = match fs::metadata(file) {
        Ok(metadata) => metadata.file_type(),
        Err(error) if is_missing(&error) => return Ok(DocumentMut::new()),
        Err(error) => return Err(What::Unreadable(error.kind())),
    };
    // A pipe would be waited for.
    if !kind.is_file() {
        return Err(What::NotAFile);
    }
    let mut bytes = Vec::new();
    File::open(file)
        .and_then(|file| file.take(What::LONGEST + 1).read_to_end(&mut bytes))
        .map_err(|error| What::Unreadable(error.kind()))?;
    if u64::try_from(bytes.len()).is_ok_and(|length| length > What::LONGEST) {
        return Err(What::TooLong);
    }
    let text = String::from_utf8(bytes).map_err(|_| What::NotText)?;
    text.parse().map_err(|_| What::Malformed)
}

fn is_missing(error: &io::Error) -> bool {
    matches!(
        error.kind(),
        io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
    )
}

/// The key under which the machine lists the settings that people cannot change.
const LOCKED: &str = "locked";
