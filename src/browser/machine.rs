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
    system: System,
}

/// The system that the machine runs: it decides where programs look.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum System {
    /// Linux, or one that keeps its files as Linux does.
    Unix,
    /// Windows. Its registry is looked at on Windows only, and only for the machine itself.
    Windows { has_registry: bool },
}

/// Where a person keeps things (*XDG Base Directory Specification*; on Windows *Known Folders*).
#[derive(Clone, Debug)]
pub struct Home {
    /// The home folder itself.
    pub folder: PathBuf,
    /// `XDG_CONFIG_HOME`; on Windows the roaming folder for programs' data.
    pub config: PathBuf,
    /// `XDG_DATA_HOME`; on Windows the local folder for programs' data.
    pub data: PathBuf,
}

impl Machine {
    /// This one, for whoever runs this process.
    pub fn this() -> Self {
        let home = BaseDirs::new().map(|folders| Home {
            folder: folders.home_dir().to_owned(),
            config: folders.config_dir().to_owned(),
            data: if cfg!(windows) {
                folders.data_local_dir().to_owned()
            } else {
                folders.data_dir().to_owned()
            },
        });
        let program = std::env::current_exe().ok();
        Self {
            root: root(),
            home,
            program: program.and_then(|program| program.parent().map(Path::to_owned)),
            by_root: is_root(),
            system: if cfg!(windows) {
                System::Windows { has_registry: true }
            } else {
                System::Unix
            },
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
            system: System::Unix,
        }
    }

    /// A machine with Windows whose drive is `root`, without a registry, for the person whose profile
    /// is the folder `home`.
    pub fn with_windows_at(root: impl Into<PathBuf>, home: impl Into<PathBuf>) -> Self {
        let folder = home.into();
        Self {
            root: root.into(),
            home: Some(Home {
                config: folder.join("AppData/Roaming"),
                data: folder.join("AppData/Local"),
                folder,
            }),
            program: None,
            by_root: false,
            system: System::Windows {
                has_registry: false,
            },
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
        let path = self.root.join(absolute.trim_start_matches('/'));
        // Windows takes slashes as well, but does not show them.
        path.components().collect()
    }

    /// Absent for an account that has none.
    pub(crate) const fn home(&self) -> Option<&Home> {
        self.home.as_ref()
    }

    /// Where the running program lies.
    pub(crate) fn program_folder(&self) -> Option<&Path> {
        self.program.as_deref()
    }

    /// Which system it runs.
    pub(crate) const fn system(&self) -> System {
        self.system
    }

    /// Whether it is one with Windows.
    pub(crate) const fn is_windows(&self) -> bool {
        matches!(self.system, System::Windows { .. })
    }

    /// p11-kit does not read the files of root's home.
    pub(crate) const fn is_used_by_root(&self) -> bool {
        self.by_root
    }
}

#[cfg(not(windows))]
fn root() -> PathBuf {
    PathBuf::from("/")
}

/// The drive that Windows is on, which is where it puts programs, too.
#[cfg(windows)]
fn root() -> PathBuf {
    let drive = std::env::var("SystemDrive").unwrap_or_else(|_| "C:".to_owned());
    PathBuf::from(drive + r"\")
}

#[cfg(unix)]
fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

#[cfg(not(unix))]
const fn is_root() -> bool {
    false
}
