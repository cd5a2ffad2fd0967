//! Our PKCS #11 module: where it lies, and how an entry is known to be about it.

use std::path::{Path, PathBuf};

use crate::machine::Machine;

/// The name under which the module is registered everywhere.
pub const NAME: &str = "Siru";

/// The module's file name. An entry whose library is called so is ours, whatever its folder.
pub const FILE_NAME: &str = "libsiru_pkcs11.so";

/// The module's file name on Windows.
pub const WINDOWS_FILE_NAME: &str = "siru_pkcs11.dll";

/// The one folder into which packages install the module, on every architecture: a package
/// for another one cannot lie beside it, and a path that never changes never has to be moved.
pub const INSTALLED_FOLDER: &str = "/usr/lib/siru";

/// The absolute path of our module, fit to be written into the files of other programs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Module {
    path: String,
}

/// Why a path cannot be registered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ModuleError {
    /// Programs start in folders of their own; a relative path would mean another file to each.
    #[error("the path of the module is not absolute")]
    Relative,
    /// The files it would be written into are lines of UTF-8.
    #[error("the path of the module holds something else than printable UTF-8")]
    Unprintable,
    /// There is no such file.
    #[error("there is no module at that path")]
    Missing,
}

impl Module {
    /// The module at `path`.
    ///
    /// # Errors
    ///
    /// [`ModuleError`] if the path cannot be registered, or nothing is there.
    pub fn at(path: &Path) -> Result<Self, ModuleError> {
        let module = Self::named(path)?;
        if path.is_file() {
            Ok(module)
        } else {
            Err(ModuleError::Missing)
        }
    }

    /// The module of `machine`: beside the program, as in a build tree, or where packages put it. On
    /// Windows the command lies one folder below the module.
    ///
    /// # Errors
    ///
    /// [`ModuleError::Missing`] if it is in neither place.
    pub fn of(machine: &Machine) -> Result<Self, ModuleError> {
        let beside = machine
            .program_folder()
            .map(|folder| folder.join(file_name(machine)));
        let beside = beside.and_then(|path| Self::at(&path).ok());
        beside.map_or_else(|| Self::at(&installed(machine)), Ok)
    }

    /// Where packages put the module of `machine`, there or not. To look at registrations when
    /// there is nothing that could be registered.
    ///
    /// # Errors
    ///
    /// [`ModuleError`] if the machine's own root makes no path that can be registered.
    pub fn expected(machine: &Machine) -> Result<Self, ModuleError> {
        Self::named(&installed(machine))
    }

    fn named(path: &Path) -> Result<Self, ModuleError> {
        if !path.is_absolute() {
            return Err(ModuleError::Relative);
        }
        match path.to_str() {
            Some(text) if !text.chars().any(char::is_control) => Ok(Self {
                path: text.to_owned(),
            }),
            _ => Err(ModuleError::Unprintable),
        }
    }

    /// The absolute path.
    pub fn path(&self) -> &Path {
        Path::new(&self.path)
    }

    pub(crate) fn text(&self) -> &str {
        &self.path
    }
}

fn installed(machine: &Machine) -> PathBuf {
    let folder = if machine.is_windows() {
        // The person who installs it chooses the folder; the command's own is always `bin` in it.
        let program = machine.program_folder();
        let around = program.filter(|folder| folder.ends_with(COMMAND_FOLDER));
        let around = around.and_then(Path::parent).map(Path::to_owned);
        around.unwrap_or_else(|| machine.path(WINDOWS_FOLDER))
    } else {
        machine.path(INSTALLED_FOLDER)
    };
    folder.join(file_name(machine))
}

const fn file_name(machine: &Machine) -> &'static str {
    if machine.is_windows() {
        WINDOWS_FILE_NAME
    } else {
        FILE_NAME
    }
}

/// Where the command lies on Windows, in the folder of the module.
const COMMAND_FOLDER: &str = "bin";

/// Where the installer for Windows puts everything unless it is told another folder.
const WINDOWS_FOLDER: &str = "/Program Files/Siru";

/// Whether a library named in somebody's file is our module, this or another copy.
pub(crate) fn is_ours(library: &str) -> bool {
    has_name(library, FILE_NAME) || has_windows_name(library, WINDOWS_FILE_NAME)
}

/// Whether a program that is told to load a library finds it. Where it would look for one without
/// a folder is its own affair.
pub(crate) fn is_there(library: &str) -> bool {
    let path = Path::new(library);
    !library.is_empty() && (path.is_relative() || path.is_file())
}

/// Whether a library hands on every module that p11-kit knows.
pub(crate) fn is_p11_kit_proxy(library: &str) -> bool {
    has_name(library, "p11-kit-proxy.so") || has_name(library, "libp11-kit.so.0")
}

/// Whether a library is a module of somebody else for the same cards: a program that loads both
/// shows the card twice and may ask twice for the PIN.
pub(crate) fn is_neighbour(library: &str) -> bool {
    NEIGHBOURS.iter().any(|name| has_name(library, name))
        || WINDOWS_NEIGHBOURS
            .iter()
            .any(|name| has_windows_name(library, name))
}

/// OpenSC's two modules, and the one of the card issuer's own software.
const NEIGHBOURS: [&str; 3] = [
    "opensc-pkcs11.so",
    "onepin-opensc-pkcs11.so",
    "libcryptoki.so",
];

/// The same on Windows.
const WINDOWS_NEIGHBOURS: [&str; 3] = [
    "opensc-pkcs11.dll",
    "onepin-opensc-pkcs11.dll",
    "cryptoki.dll",
];

/// Windows takes capitals for the same, and knows two separators.
fn has_windows_name(library: &str, name: &str) -> bool {
    let file = library.rsplit(['/', '\\']).next();
    file.is_some_and(|file| file.eq_ignore_ascii_case(name))
}

fn has_name(library: &str, name: &str) -> bool {
    Path::new(library)
        .file_name()
        .is_some_and(|file| file == name)
}
