//! Chromium and its relatives: all of them use the NSS database of the person.

use std::path::PathBuf;

use crate::machine::{Home, Machine};
use crate::nss::MODULE_LIST;
use crate::running::holds_lock;

/// A browser of the family.
struct Browser {
    name: &'static str,
    /// The program itself: what lies in `/usr/bin` may as well start a snap.
    program: &'static str,
    /// Its folder in the person's configuration.
    profile: &'static str,
}

const BROWSERS: [Browser; 8] = [
    Browser {
        name: "Chromium",
        program: "/usr/lib/chromium/chromium",
        profile: "chromium",
    },
    Browser {
        name: "Chromium",
        program: "/usr/lib/chromium-browser/chromium-browser",
        profile: "chromium",
    },
    Browser {
        name: "Google Chrome",
        program: "/opt/google/chrome/chrome",
        profile: "google-chrome",
    },
    Browser {
        name: "Brave",
        program: "/opt/brave.com/brave/brave",
        profile: "BraveSoftware/Brave-Browser",
    },
    Browser {
        name: "Microsoft Edge",
        program: "/opt/microsoft/msedge/msedge",
        profile: "microsoft-edge",
    },
    Browser {
        name: "Vivaldi",
        program: "/opt/vivaldi/vivaldi-bin",
        profile: "vivaldi",
    },
    Browser {
        name: "Opera",
        program: "/usr/lib/x86_64-linux-gnu/opera/opera",
        profile: "opera",
    },
    Browser {
        name: "Opera",
        program: "/usr/lib/x86_64-linux-gnu/opera-stable/opera",
        profile: "opera",
    },
];

/// The browsers of the family that are installed and can load modules of the machine.
pub(crate) fn installed(machine: &Machine) -> Vec<String> {
    let here = BROWSERS
        .iter()
        .filter(|browser| machine.path(browser.program).is_file());
    let mut names: Vec<String> = here.map(|browser| browser.name.to_owned()).collect();
    names.dedup();
    names
}

/// As which programs they run here; as any that they could, if none is installed.
pub(crate) fn program_names(machine: &Machine) -> Vec<&'static str> {
    let name = |browser: &Browser| browser.program.rsplit('/').next();
    let here = BROWSERS
        .iter()
        .filter(|browser| machine.path(browser.program).is_file());
    let names: Vec<_> = here.filter_map(name).collect();
    if names.is_empty() {
        BROWSERS.iter().filter_map(name).collect()
    } else {
        names
    }
}

/// Whether one of them is running for this person.
pub(crate) fn is_running(machine: &Machine, home: &Home) -> bool {
    BROWSERS
        .iter()
        .map(|browser| home.config.join(browser.profile).join("SingletonLock"))
        .any(|lock| holds_lock(machine, &lock))
}

/// The module lists of the person's databases, the one that is in use first.
///
/// Chromium up to 145 knows `~/.pki/nssdb` only. Later ones use it if it is there, and
/// `pki/nssdb` among the person's data otherwise. So without either, the old place serves every
/// version; beside the new one it must not be made, for certificates would vanish from sight.
pub(crate) fn module_lists(home: &Home) -> (PathBuf, Option<PathBuf>) {
    let old = home.folder.join(".pki/nssdb");
    let new = home.data.join("pki/nssdb");
    let list = |folder: PathBuf| folder.join(MODULE_LIST);
    match (old.is_dir(), new.is_dir()) {
        (true, true) => (list(old), Some(list(new))),
        (false, true) => (list(new), None),
        (_, false) => (list(old), None),
    }
}
