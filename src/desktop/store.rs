//! Where the settings of the window come from, and where a changed one goes.

use std::path::PathBuf;

use siru_settings::autostart::{self, AutostartError};
use siru_settings::{Change, Key, Problem, Settings, Sources, UserFile, WriteError};

/// Something the person decided about a setting.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edit {
    /// It is to have this value.
    Set(Change),
    /// The machine's value or the default is to hold again.
    Unset(Key),
}

/// Why a setting is as it was.
#[derive(Debug, thiserror::Error)]
pub enum SaveError {
    /// It could not be written.
    #[error(transparent)]
    Write(#[from] WriteError),
    /// The tray program cannot be started with the session.
    #[error(transparent)]
    Autostart(#[from] AutostartError),
}

/// The places that settings lie in.
#[derive(Debug)]
pub enum Store {
    /// Those of this machine and person.
    Own,
    /// Others: two files, or a registry and a file.
    Of(Sources),
}

impl Store {
    /// All settings as they are now, and what is wrong in the files.
    pub fn read(&self) -> (Settings, Vec<Problem>) {
        match self {
            Self::Own => Settings::load(),
            Self::Of(sources) => sources.load(),
        }
    }

    /// Where the person's settings lie; `None` for a person without a home.
    pub fn user_file(&self) -> Option<PathBuf> {
        self.file().ok().map(|file| file.path().to_owned())
    }

    /// Has the decision take effect and writes it down.
    ///
    /// # Errors
    ///
    /// [`SaveError`]; nothing has changed then.
    pub fn save(&self, edit: &Edit) -> Result<(), SaveError> {
        let file = self.file()?;
        match edit {
            Edit::Set(Change::Autostart(on)) => {
                let before = autostart::is_on();
                autostart::set(*on)?;
                file.set(&Change::Autostart(*on)).inspect_err(|_| {
                    // The entry and the setting say the same, or neither has changed.
                    if let Err(error) = autostart::set(before) {
                        log::warn!("the autostart entry could not be taken back: {error}");
                    }
                })?;
            }
            Edit::Set(change) => file.set(change)?,
            Edit::Unset(key) => file.unset(*key)?,
        }
        Ok(())
    }

    fn file(&self) -> Result<UserFile, WriteError> {
        match self {
            Self::Own => UserFile::of_this_user(),
            Self::Of(sources) => UserFile::of(sources),
        }
    }
}
