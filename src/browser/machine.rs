//! The machine whose programs are looked at, as folders: tests bring folders of their own.

use std::path::{Path, PathBuf};

use directories::BaseDirs;

/// A machine and the person at it.
#[derive(Clone, Debug)]
pub struct Machine {
    root: PathBuf,
    home: Option<Home>,
    program: Option<PathBuf>,
    by_root: bool,
}

/// Where a person keeps things (*XDG Base Directory Specification*).
#[derive(Clone, Debug)]
pub struct Home {
    /// The home folder itself.
    pub folder: PathBuf,
    /// `XDG_CONFIG_HOME`.
    pub config: PathBuf,
    /// `XDG_DATA_HOME`.
    pub data: PathBuf,
}

impl Machine {
    /// This one, for whoever runs this process.
    pub fn this() -> Self {
        let home = BaseDirs::new().map(|folders| Home {
            folder: folders.home_dir().to_owned(),
            config: folders.config_dir().to_owned(),
            data: folders.data_dir().to_owned(),
        });
        let program = std::env::current_exe().ok();
        Self {
            root: PathBuf::from("/"),
            home,
            program: program.and_then(|program| program.parent().map(Path::to_owned)),
            by_root: is_root(),
        }
    }

    /// The machine below `root`, for an ordinary person with the home folder `home`.
    pub fn at(root: impl Into<PathBuf>, home: impl Into<PathBuf>) -> Self {
        let folder = home.into();
        Self {
            root: root.into(),
            home: Some(Home {
                config: folder.join(".config"),
                data: folder.join(".local/share"),
                folder,
            }),
            program: None,
            by_root: false,
        }
    }

    /// The same machine with programs of ours in `folder`, as after a build.
    #[must_use]
    pub fn with_program_folder(self, folder: impl Into<PathBuf>) -> Self {
        let program = Some(folder.into());
        Self { program, ..self }
    }

    /// The same machine, used by its administrator.
    #[must_use]
    pub fn used_by_root(self) -> Self {
        let by_root = true;
        Self { by_root, ..self }
    }

    /// A place of the whole machine; `absolute` is as it would be written on it.
    pub(crate) fn path(&self, absolute: &str) -> PathBuf {
        self.root.join(absolute.trim_start_matches('/'))
    }

    /// Absent for an account that has none.
    pub(crate) const fn home(&self) -> Option<&Home> {
        self.home.as_ref()
    }

    /// Where the running program lies.
    pub(crate) fn program_folder(&self) -> Option<&Path> {
        self.program.as_deref()
    }

    /// p11-kit does not read the files of root's home.
    pub(crate) const fn is_used_by_root(&self) -> bool {
        self.by_root
    }
}

#[cfg(unix)]
fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

#[cfg(not(unix))]
const fn is_root() -> bool {
    false
}
