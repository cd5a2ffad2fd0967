//! p11-kit: a folder of `*.module` files (`pkcs11.conf(5)`).

use std::fs;
use std::path::{Path, PathBuf};

use crate::file;
use crate::machine::Machine;
use crate::module::{Module, is_neighbour, is_ours};
use crate::registration::ReadError;

/// The file of a registration for all.
pub(crate) fn system_file(machine: &Machine) -> PathBuf {
    machine.path(PACKAGES).join(FILE)
}

/// The file of a registration for one person.
pub(crate) fn user_file(machine: &Machine) -> Option<PathBuf> {
    let home = machine.home()?;
    Some(home.config.join("pkcs11/modules").join(FILE))
}

/// What stands in a file that registers `module`.
pub(crate) fn file_text(module: &Module) -> String {
    // A module that fails must not take the others with it, and it holds nobody to be trusted.
    format!(
        "module: {}\ncritical: no\ntrust-policy: no\n",
        module.text()
    )
}

/// The library that a `*.module` file names.
pub(crate) fn library(text: &str) -> Option<&str> {
    let mut lines = text.lines().map(str::trim);
    lines.find_map(|line| line.strip_prefix("module:").map(str::trim))
}

/// Our library in a `*.module` file that is there.
pub(crate) fn registered(path: &Path) -> Result<Option<PathBuf>, ReadError> {
    let text = file::read(path)?;
    Ok(text.as_deref().and_then(library).map(PathBuf::from))
}

/// Whether programs of this person get our module from p11-kit.
pub(crate) fn knows_ours(machine: &Machine) -> bool {
    let user = user_file(machine).filter(|_| !machine.is_used_by_root());
    let folders = [machine.path(PACKAGES), machine.path(ADMINISTRATOR)];
    let user = user.as_deref().and_then(Path::parent).map(Path::to_owned);
    folders.into_iter().chain(user).any(|folder| {
        libraries(&folder)
            .iter()
            .any(|library| is_loadable(library))
    })
}

/// Whether our module is registered for everyone, and there.
pub(crate) fn serves_everyone(machine: &Machine) -> bool {
    let text = file::read(&system_file(machine)).ok().flatten();
    text.as_deref().and_then(library).is_some_and(is_loadable)
}

/// A registration that an upgrade left behind brings the module to nobody.
fn is_loadable(library: &str) -> bool {
    let path = Path::new(library);
    is_ours(library) && (path.is_relative() || path.is_file())
}

/// Modules of others for the same cards that p11-kit knows on this machine.
pub(crate) fn neighbours(machine: &Machine) -> Vec<PathBuf> {
    let all = libraries(&machine.path(PACKAGES)).into_iter();
    all.filter(|library| is_neighbour(library))
        .map(PathBuf::from)
        .collect()
}

fn libraries(folder: &Path) -> Vec<String> {
    let Ok(entries) = fs::read_dir(folder) else {
        return Vec::new();
    };
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    paths
        .iter()
        .filter(|path| path.extension().is_some_and(|kind| kind == "module"))
        .filter_map(|path| file::read(path).ok().flatten())
        .filter_map(|text| library(&text).map(str::to_owned))
        .collect()
}

const FILE: &str = "siru.module";

/// Where packages register modules.
const PACKAGES: &str = "/usr/share/p11-kit/modules";

/// Where an administrator does.
const ADMINISTRATOR: &str = "/etc/pkcs11/modules";
