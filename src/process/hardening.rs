//! What the process asks of the system so that a typed PIN stays in it, and nothing foreign comes in.
//!
//! | | Linux | Windows |
//! |---|---|---|
//! | no picture of the memory when it crashes | no core dump | no report to Windows Error Reporting, and no memory in one |
//! | no other program of the person that reads its memory | not dumpable | nothing: screen readers, which a person may need, look into a process by the same right |
//! | no library from a folder that others may write to | the system's own rules | only from the system's folder |
//!
//! Where the system refuses, the program goes on: the protection is an extra one. A warning goes to
//! the log, which only a program with a logger keeps.

/// Asks for it. To be called before anything else is done.
#[cfg(target_os = "linux")]
pub fn harden() {
    use rustix::process::{DumpableBehavior, Resource, Rlimit, set_dumpable_behavior, setrlimit};

    let none = Rlimit {
        current: Some(0),
        maximum: Some(0),
    };
    if let Err(error) = setrlimit(Resource::Core, none) {
        log::warn!("core dumps stay possible: {error}");
    }
    if let Err(error) = set_dumpable_behavior(DumpableBehavior::NotDumpable) {
        log::warn!("other programs may read the memory: {error}");
    }
}

/// Asks for it. To be called before anything else is done.
///
/// What a program names in its own file is loaded before it runs, from its own folder first: below
/// `Program Files` only administrators may write there.
#[cfg(windows)]
pub fn harden() {
    if let Err(error) = crate::abi::load_from_system_only() {
        log::warn!("libraries may come from other folders: {error}");
    }
    if let Err(error) = crate::abi::report_no_memory() {
        log::warn!("a crash may be reported with its memory: {error}");
    }
}

/// Elsewhere the system's own defaults hold.
#[cfg(not(any(target_os = "linux", windows)))]
pub fn harden() {}
