//! What the process asks of the system so that a typed PIN stays in it: no core dump, and no other
//! program of the same user that reads its memory.

/// Asks for it. Where the system refuses, the program goes on and the log says so.
#[cfg(target_os = "linux")]
pub(crate) fn harden() {
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

/// Elsewhere the system's own defaults hold.
#[cfg(not(target_os = "linux"))]
pub(crate) fn harden() {}
