//! Firefox: the policy of the machine, and the profiles of a person.

mod policy;
mod profile;

pub(crate) use policy::{Policies, PolicyFile};
pub(crate) use profile::{Profile, first_folder, profiles};

use crate::machine::Machine;

/// Whether a Firefox that can load modules of the machine is installed.
pub(crate) fn is_installed(machine: &Machine) -> bool {
    PROGRAMS
        .iter()
        .any(|program| machine.path(program).is_file())
}

/// The programs themselves: `/usr/bin/firefox` may as well start a snap.
const PROGRAMS: [&str; 5] = [
    "/usr/lib/firefox-esr/firefox-esr",
    "/usr/lib/firefox/firefox",
    "/usr/lib64/firefox/firefox",
    "/opt/firefox/firefox",
    "/usr/local/lib/firefox/firefox",
];
