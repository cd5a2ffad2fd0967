//! What a command line asks for.

mod definition;
mod reading;
mod wrong;

use std::path::PathBuf;

use siru_browser::Scope;
use siru_card::{ActivationRegime, Operation, PinRole, Purpose};
use siru_text::Language;

pub use definition::command_line;
pub use reading::{Parsed, parse};

/// A whole command line.
#[derive(Debug)]
pub struct Invocation {
    /// What holds for every command.
    pub options: Options,
    /// What is to be done.
    pub action: Action,
}

/// What holds for every command.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The language asked for.
    pub language: Option<Language>,
    /// The virtual cards to use instead of readers; none named: the usual ones.
    pub demo: Option<Vec<siru_sim::Image>>,
    /// How much to tell on standard error, from 0.
    pub verbosity: u8,
}

/// What is to be done.
#[derive(Debug)]
pub enum Action {
    /// Show everything.
    List {
        /// As JSON.
        json: bool,
    },
    /// Check, change or unlock a PIN.
    Pin(PinAction),
    /// Set both PINs of a new card.
    Activate(ActivateAction),
    /// Look at certificates.
    Certificate(CertificateAction),
    /// Log in to a server on this computer.
    LoginTest(LoginTestAction),
    /// Look at or change what programs know of the card module.
    Browser(BrowserAction),
    /// Look at settings.
    Config(ConfigAction),
    /// Do something else and write down what went to and from the card.
    Record {
        /// The transcript.
        out: PathBuf,
        /// The command line after it, for the transcript's head.
        title: String,
        /// What to do.
        action: Box<Self>,
    },
}

/// Which card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Choice {
    /// The only one there is.
    Only,
    /// The one in this reader: number, name or part of the name.
    Reader(String),
    /// The one with this serial number, or the end of it: four characters at least.
    Serial(String),
}

/// A PIN operation.
#[derive(Debug)]
pub struct PinAction {
    /// Which.
    pub operation: Operation,
    /// On which PIN.
    pub role: PinRole,
    /// Of which card.
    pub choice: Choice,
    /// Where the codes come from, if not from the terminal.
    pub pin_file: Option<PinFile>,
    /// Whether every risk was accepted beforehand.
    pub last_try: bool,
}

/// The activation of a new card.
#[derive(Debug)]
pub struct ActivateAction {
    /// Which card.
    pub choice: Choice,
    /// Where the codes come from, if not from the terminal.
    pub pin_file: Option<PinFile>,
    /// Whether every risk was accepted beforehand.
    pub last_try: bool,
    /// What the letter of the card holds, if the person says so.
    pub letter: Option<ActivationRegime>,
}

/// Where codes come from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PinFile {
    /// Standard input.
    Standard,
    /// A file that only its owner may read.
    Path(PathBuf),
}

/// A log-in to a server on this computer.
#[derive(Debug)]
pub struct LoginTestAction {
    /// With which card.
    pub choice: Choice,
    /// Whether the person's browser does it.
    pub browser: bool,
    /// Whether the verdict is for programs.
    pub json: bool,
    /// Another module than the one that belongs to the program.
    pub module: Option<PathBuf>,
    /// Files with roots to trust besides.
    pub trust: Vec<PathBuf>,
    /// Where PIN1 comes from, if not from the terminal.
    pub pin_file: Option<PinFile>,
}

/// A look at certificates.
#[derive(Debug)]
pub struct CertificateAction {
    /// Of which card.
    pub choice: Choice,
    /// How.
    pub view: CertificateView,
}

/// How certificates are looked at.
#[derive(Debug, PartialEq, Eq)]
pub enum CertificateView {
    /// One line for each.
    List,
    /// Everything, of those for one purpose or of all.
    Show {
        /// Which.
        purpose: Option<Purpose>,
    },
    /// The certificate itself.
    Export(Export),
}

/// A certificate to be written.
#[derive(Debug, PartialEq, Eq)]
pub struct Export {
    /// Which.
    pub purpose: Purpose,
    /// How it is written.
    pub format: Format,
    /// Where to; standard output otherwise.
    pub out: Option<PathBuf>,
    /// Whether the authorities' certificates follow.
    pub chain: bool,
}

/// What is done about the registration of the card module.
#[derive(Debug, PartialEq, Eq)]
pub enum BrowserAction {
    /// Show how it stands everywhere.
    Status {
        /// As JSON.
        json: bool,
        /// The module to compare with, if not the installed one.
        module: Option<PathBuf>,
    },
    /// Register it.
    Register {
        /// For whom.
        scope: Scope,
        /// Which module, if not the installed one.
        module: Option<PathBuf>,
        /// Only where the machine's settings want it, and without a word.
        if_allowed: bool,
    },
    /// Take it away.
    Unregister {
        /// From whom.
        scope: Scope,
    },
}

/// A look at settings.
#[derive(Debug, PartialEq, Eq)]
pub enum ConfigAction {
    /// Show each, and who decided it.
    Show {
        /// As JSON.
        json: bool,
    },
    /// Say what is wrong in a file.
    Check {
        /// The file, as it would lie in the place of the machine's.
        file: PathBuf,
    },
}

/// How a certificate is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Text between BEGIN and END lines (RFC 7468).
    Pem,
    /// The bytes as they lie on the card.
    Der,
}
