//! What was wrong with a place that settings come from.

use std::fmt;
use std::io;
use std::path::PathBuf;

use siru_policy::Key;

/// Something in a file that could not be used. The default holds in its place.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}: {}{what}", file.display(), self.prefix())]
pub struct Problem {
    /// The file, or the key of the registry, that it stands in.
    pub file: PathBuf,
    /// The setting it is about; `None` when it is about the whole file.
    pub key: Option<Key>,
    /// What is wrong.
    pub what: What,
}

impl Problem {
    fn prefix(&self) -> String {
        self.key
            .map_or_else(String::new, |key| format!("{}: ", key.name()))
    }
}

/// What is wrong with a file or a value.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum What {
    /// The file is there, but the system does not let it be read.
    #[error("it cannot be read: {0}")]
    Unreadable(io::ErrorKind),
    /// There is a folder, a pipe or a device under the name.
    #[error("it is not a file")]
    NotAFile,
    /// The file is longer than [`What::LONGEST`].
    #[error("it is too long")]
    TooLong,
    /// The file is not text in UTF-8.
    #[error("it is not text")]
    NotText,
    /// The file is not TOML; nothing in it counts.
    #[error("it is not TOML")]
    Malformed,
    /// The value is a number where a text belongs, or the like.
    #[error("the value is of another kind")]
    WrongType,
    /// The value is none of those there are, or a number beyond its limits.
    #[error("there is no such value")]
    UnknownValue,
    /// The list of locked settings names something that is none.
    #[error("there is no such setting to lock")]
    UnknownLock,
    /// There is no such setting; a slip in its name, perhaps, or one of a later version.
    #[error("there is no setting {0}")]
    UnknownSetting(Name),
    /// Only the machine's file may say this.
    #[error("only the machine's settings may have it")]
    MachineOnly,
}

impl What {
    /// The longest file that is read, in bytes.
    pub const LONGEST: u64 = 64 * 1024;
}

/// A name that stands in a file or in the registry, fit to be shown: short, and without what could
/// play tricks with a terminal.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Name(String);

impl Name {
    /// The name as far as it can be shown.
    pub fn new(name: &str) -> Self {
        let visible = name.chars().filter(|letter| !letter.is_control());
        Self(visible.take(LONGEST_NAME).collect())
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Twice the longest of ours, in characters.
const LONGEST_NAME: usize = 50;
