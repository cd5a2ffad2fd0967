//! Writing what the person decided, one value at a time.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use siru_policy::Key;
use siru_text::Language;
use tempfile::NamedTempFile;
use toml_edit::{Array, DocumentMut, Item, Table, TableLike, Value};

use crate::kinds::{Appearance, WeakPins, Zoom};
use crate::layer;
use crate::pattern::Pattern;
use crate::problem::What;
use crate::sources::{Machine, Sources};

/// A value that the person decided.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// The language of all programs.
    Language(Language),
    /// How the window looks.
    Appearance(Appearance),
    /// How large everything in the window is.
    Zoom(Zoom),
    /// The person's own patterns of readers to leave out, in the place of those before.
    LeftOut(Vec<Pattern>),
    /// What is done about weak new PINs.
    WeakPins(WeakPins),
    /// Whether the tray program starts with the session. The entry that starts it is
    /// [`autostart::set`](crate::autostart::set)'s.
    Autostart(bool),
}

impl Change {
    /// The setting that is changed.
    pub const fn key(&self) -> Key {
        match self {
            Self::Language(_) => Key::Language,
            Self::Appearance(_) => Key::Appearance,
            Self::Zoom(_) => Key::Zoom,
            Self::LeftOut(_) => Key::LeftOut,
            Self::WeakPins(_) => Key::WeakPins,
            Self::Autostart(_) => Key::Autostart,
        }
    }

    fn value(&self) -> Value {
        match self {
            Self::Language(language) => language.tag().into(),
            Self::Appearance(appearance) => appearance.word().into(),
            Self::Zoom(zoom) => i64::from(zoom.percent()).into(),
            Self::LeftOut(patterns) => {
                Value::Array(patterns.iter().map(Pattern::text).collect::<Array>())
            }
            Self::WeakPins(weak) => weak.word().into(),
            Self::Autostart(on) => (*on).into(),
        }
    }
}

/// Why a value was not written. The file is as it was.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The machine keeps people from changing it.
    #[error("the machine's settings lock {}", .0.name())]
    Locked(Key),
    /// This person has no folder for settings.
    #[error("there is no home folder")]
    NoFolder,
    /// The file holds something else than settings; writing would lose what the person wrote.
    #[error("the file of settings cannot be used: {0}")]
    Unusable(What),
    /// The system does not let it be written.
    #[error("the file of settings cannot be written")]
    Io(#[from] io::Error),
}

/// The person's own file.
///
/// Comments, order and keys of others in it stay, and whoever reads it meanwhile sees the old or
/// the new one.
#[derive(Clone, Debug)]
pub struct UserFile {
    path: PathBuf,
    machine: Machine,
}

impl UserFile {
    /// This person's, on this machine.
    ///
    /// # Errors
    ///
    /// [`WriteError::NoFolder`] for a person without a home.
    pub fn of_this_user() -> Result<Self, WriteError> {
        Self::of(&Sources::of_this_machine())
    }

    /// The person's among these places.
    ///
    /// # Errors
    ///
    /// As [`of_this_user`](Self::of_this_user).
    pub fn of(sources: &Sources) -> Result<Self, WriteError> {
        let path = sources.user().ok_or(WriteError::NoFolder)?;
        Ok(Self {
            path: path.to_owned(),
            machine: sources.machine().clone(),
        })
    }

    /// Another, whose locks are in the file `machine`.
    pub fn at(path: impl Into<PathBuf>, machine: impl Into<PathBuf>) -> Self {
        Self {
            path: path.into(),
            machine: Machine::File(machine.into()),
        }
    }

    /// Where it lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Writes a value.
    ///
    /// # Errors
    ///
    /// [`WriteError::Locked`] when the machine decides it; the file is as it was in every case.
    pub fn set(&self, change: &Change) -> Result<(), WriteError> {
        self.edit(change.key(), |document| {
            put_into(document, change.key(), change.value());
        })
    }

    /// Takes the person's value away, so that the machine's or the default holds.
    ///
    /// # Errors
    ///
    /// As [`set`](Self::set).
    pub fn unset(&self, key: Key) -> Result<(), WriteError> {
        self.edit(key, |document| {
            let (section, name) = key.place();
            let table = match section {
                None => Some(document.as_table_mut() as &mut dyn TableLike),
                Some(section) => document.get_mut(section).and_then(Item::as_table_like_mut),
            };
            if let Some(table) = table {
                table.remove(name);
            }
        })
    }

    fn edit(&self, key: Key, edit: impl FnOnce(&mut DocumentMut)) -> Result<(), WriteError> {
        let mut machine = self.machine.layers();
        if key.is_machines()
            || machine
                .iter_mut()
                .any(|layer| layer.locked().contains(&key))
        {
            return Err(WriteError::Locked(key));
        }
        // A link stays one: people keep such files in repositories of their own.
        let path = fs::canonicalize(&self.path).unwrap_or_else(|_| self.path.clone());
        let mut document = layer::document(&path).map_err(WriteError::Unusable)?;
        let before = document.to_string();
        edit(&mut document);
        let text = document.to_string();
        if text == before {
            return Ok(());
        }
        if u64::try_from(text.len()).is_ok_and(|length| length > What::LONGEST) {
            return Err(WriteError::Unusable(What::TooLong));
        }
        Ok(replace(&path, &text)?)
    }
}

/// Puts a value into its section, which is made when it is missing. A value where a section belongs
/// means nothing and makes room.
fn put_into(document: &mut DocumentMut, key: Key, value: Value) {
    let (section, name) = key.place();
    let Some(section) = section else {
        return put(document.as_table_mut(), name, value);
    };
    let item = document
        .entry(section)
        .or_insert_with(|| Item::Table(Table::new()));
    if !item.is_table_like() {
        *item = Item::Table(Table::new());
    }
    if let Some(table) = item.as_table_like_mut() {
        put(table, name, value);
    }
}

/// Puts a value in the place of the one before, with the comment beside it.
fn put(table: &mut dyn TableLike, name: &str, mut value: Value) {
    if let Some(Item::Value(before)) = table.get_mut(name) {
        *value.decor_mut() = before.decor().clone();
        *before = value;
    } else {
        table.insert(name, Item::Value(value));
    }
}

/// Puts a text in the place of the file, for its owner only.
pub(crate) fn replace(path: &Path, text: &str) -> io::Result<()> {
    let folder = path.parent().ok_or(io::ErrorKind::InvalidInput)?;
    make_folder(folder)?;
    // Only its owner may read it: that is how these files are made.
    let mut file = NamedTempFile::with_prefix_in(".config-", folder)?;
    file.write_all(text.as_bytes())?;
    file.as_file().sync_all()?;
    file.persist(path)?;
    // The new name is there either way, at the latest when the system writes it back.
    if let Ok(folder) = File::open(folder) {
        let _written_back = folder.sync_all();
    }
    Ok(())
}

/// Makes the folder for settings as the *XDG Base Directory Specification* wants it.
fn make_folder(folder: &Path) -> io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(0o700);
    }
    builder.create(folder)
}
