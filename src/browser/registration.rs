//! What is found at one place where a program looks for PKCS #11 modules.

use std::io;
use std::path::PathBuf;

/// One place, and how our module stands there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Registration {
    /// Who looks there.
    pub program: Program,
    /// For whom.
    pub scope: Scope,
    /// The file with the registration, or on Windows the key of the registry; for a browser in a
    /// sandbox, the browser's folder.
    pub place: PathBuf,
    /// Whose place it is, when the program alone does not say: a profile, or browsers that share it.
    pub names: Vec<String>,
    /// How our module stands there.
    pub state: State,
    /// Modules of others for the same cards that stand there as well.
    pub neighbours: Vec<PathBuf>,
    /// Whether the program is running: it then sees a change after a restart only.
    pub running: bool,
}

/// A family of programs that look for modules in the same way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Program {
    /// p11-kit, and through it GnuTLS, wget, curl and others.
    P11Kit,
    /// Firefox.
    Firefox,
    /// Chromium and its relatives, which share one database.
    Chromium,
}

/// Who is served by a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Scope {
    /// Everyone at the machine; only its administrator can change it.
    System,
    /// One person.
    User,
}

/// How our module stands at a place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// The program loads the module from here.
    Registered,
    /// Another copy is registered, most likely one from before an upgrade.
    Outdated {
        /// Its path.
        path: PathBuf,
    },
    /// The program would load the module from here and a second time in another way.
    Twice,
    /// It is registered for everyone, so nothing has to be here.
    ForEveryone,
    /// The policy of the machine makes Firefox load it.
    ByPolicy,
    /// The program loads what p11-kit knows, and p11-kit knows the module.
    ThroughP11Kit,
    /// The program asks Windows for certificates, and Windows has the card module for them.
    ThroughWindows,
    /// The program asks Windows for certificates, which lacks the card module.
    NoMinidriver,
    /// p11-kit brings it to some programs only, or to none: a line of `enable-in` or `disable-in`, or
    /// a blank `module`, says so.
    Limited,
    /// The program does not load it.
    NotRegistered,
    /// Firefox is there but was never started: it has no profile yet that could be changed.
    NoProfile,
    /// p11-kit does not look here: it ignores the files of root's home.
    Ignored,
    /// The program cannot load modules of the machine.
    Unreachable(Sandbox),
    /// What stands here cannot be read.
    Unreadable(ReadError),
    /// There is no such program and nothing of it.
    NotInstalled,
}

/// What keeps a browser apart from the machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sandbox {
    /// snapd's.
    Snap,
    /// Flatpak's.
    Flatpak,
}

/// Why a file of another program is not understood. It is left alone then.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReadError {
    /// It cannot be read.
    #[error("the file cannot be read: {0}")]
    Io(io::ErrorKind),
    /// It is no text.
    #[error("the file is not UTF-8 text")]
    NotText,
    /// A policy file with a mistake in it; Firefox ignores all of it.
    #[error("the file is not JSON")]
    NotJson,
    /// JSON, but no policies as Firefox knows them.
    #[error("the file does not hold policies as Firefox reads them")]
    NotPolicies,
}

/// Why a place could not be changed. It is as it was.
#[derive(Debug, thiserror::Error)]
pub enum ChangeError {
    /// What stands there is not understood.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// It could not be written.
    #[error("the file cannot be written")]
    Write(#[from] io::Error),
    /// Firefox reads one policy file only: a new one would put another out of force.
    #[error("a new policy file would put another out of force")]
    WouldHide {
        /// The other one.
        other: PathBuf,
    },
    /// The policy file came with Firefox, which brings it back with its next update.
    #[error("the policy file came with Firefox")]
    Shipped,
    /// p11-kit's file of our name does not name our module: somebody else wrote it.
    #[error("the file does not name the module")]
    NotOurs,
}

/// What became of a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Change {
    /// Nothing was to be done.
    None,
    /// The module was registered.
    Added,
    /// Another copy, or a second registration, gave way to this one.
    Moved,
    /// The registration was taken away.
    Removed,
}

/// A place after a change, or after one that failed.
#[derive(Debug)]
pub struct Changed {
    /// How it stands now.
    pub registration: Registration,
    /// What was done.
    pub change: Result<Change, ChangeError>,
}
