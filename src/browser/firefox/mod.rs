//! Firefox: the policy of the machine, and the profiles of a person.

mod group_policy;
mod policy;
mod profile;

pub(crate) use group_policy::GroupPolicy;
pub(crate) use policy::{Policies, PolicyFile};
pub(crate) use profile::{Profile, ProfileList, first_folder};

use crate::machine::Machine;

/// Whether a Firefox that can load modules of the machine is installed.
pub(crate) fn is_installed(machine: &Machine) -> bool {
    if !machine.is_windows() {
        return installed(machine).next().is_some();
    }
    let own = machine.home().map(|home| home.data.join(WINDOWS_FOLDER));
    let all = machine.path("/Program Files").join(WINDOWS_FOLDER);
    let mut folders = own.into_iter().chain([all]);
    folders.any(|folder| folder.join("firefox.exe").is_file())
}

/// As which programs it runs here; as any that it could, if it is not installed.
pub(crate) fn program_names(machine: &Machine) -> Vec<&'static str> {
    let names: Vec<_> = installed(machine).collect();
    if names.is_empty() {
        INSTALLATIONS.iter().map(|(_, program)| *program).collect()
    } else {
        names
    }
}

fn installed(machine: &Machine) -> impl Iterator<Item = &'static str> {
    let here = INSTALLATIONS.iter().filter(|(folder, program)| {
        let folder = machine.path(folder);
        folder.join(program).is_file()
    });
    here.map(|(_, program)| *program)
}

/// The folder of Firefox on Windows, among the programs of all or of one person. One for 32 bits lies
/// elsewhere, and could not load the module.
const WINDOWS_FOLDER: &str = "Mozilla Firefox";

/// The folders of Firefox, and the programs themselves in them: `/usr/bin/firefox` may as well start
/// a snap. Debian's, Mozilla's deb packages, other systems', and Mozilla's archive.
const INSTALLATIONS: [(&str, &str); 10] = [
    ("/usr/lib/firefox-esr", "firefox-esr"),
    ("/usr/lib/firefox-esr", "firefox"),
    ("/usr/lib/firefox", "firefox"),
    ("/usr/lib/firefox-beta", "firefox"),
    ("/usr/lib/firefox-devedition", "firefox"),
    ("/usr/lib/firefox-nightly", "firefox"),
    ("/usr/lib/firefox-nightly", "firefox-nightly"),
    ("/usr/lib64/firefox", "firefox"),
    ("/opt/firefox", "firefox"),
    ("/usr/local/lib/firefox", "firefox"),
];
