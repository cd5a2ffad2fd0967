//! One place that settings come from: a file, or nothing.

use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use toml_edit::{DocumentMut, Item};

use crate::key::Key;
use crate::problem::{Problem, What};

/// Where the machine's settings come from.
///
/// Every one of them passes [`Machine::layer`]: another place than a file, such as the policies of
/// the Windows registry, becomes a [`Layer`] there.
#[derive(Clone, Debug)]
pub(crate) enum Machine {
    /// This machine's own.
    This,
    /// A file.
    File(PathBuf),
}

impl Machine {
    pub(crate) fn layer(&self) -> Layer {
        match self {
            #[cfg(unix)]
            Self::This => Layer::read(Path::new("/etc/siru/config.toml")),
            #[cfg(not(unix))]
            Self::This => Layer::of(PathBuf::new(), DocumentMut::new()),
            Self::File(path) => Layer::read(path),
        }
    }
}

/// The values of one place, and what is wrong with them.
pub(crate) struct Layer {
    file: PathBuf,
    document: DocumentMut,
    pub(crate) problems: Vec<Problem>,
}

impl Layer {
    /// The values of a file. None when there is no such file, or when it cannot be used.
    pub(crate) fn read(file: &Path) -> Self {
        let mut layer = Self::of(file.to_owned(), DocumentMut::new());
        match document(file) {
            Ok(document) => layer.document = document,
            Err(what) => layer.report(None, what),
        }
        layer
    }

    /// Values from elsewhere, under the name of their place.
    pub(crate) fn of(file: PathBuf, document: DocumentMut) -> Self {
        Self {
            file,
            document,
            problems: Vec::new(),
        }
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

    /// The settings that this place locks.
    pub(crate) fn locked(&mut self) -> Vec<Key> {
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
        if self.document.contains_key(Key::Contact.name()) {
            self.report(Some(Key::Contact), What::MachineOnly);
        }
    }

    pub(crate) fn report(&mut self, key: Option<Key>, what: What) {
        let problem = Problem {
            file: self.file.clone(),
            key,
            what,
        };
        log::warn!("{problem}");
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
