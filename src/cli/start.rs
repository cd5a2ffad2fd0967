//! The real world: this process's arguments, streams, terminal and readers.

use std::ffi::OsString;
use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;
use std::sync::OnceLock;

use i18n_embed_fl::fl;
use log::LevelFilter;
use siru_browser::Machine;
use siru_pcsc::PcscReaders;
use siru_process::hardening::harden;
use siru_settings::{LogFile, Settings, Sources, WeakPins};

use crate::args::{Options, Parsed, parse};
use crate::browser::SystemBrowser;
use crate::command::{Decided, Session, run};
use crate::connector::Connector;
use crate::demo;
use crate::exit::Exit;
use crate::output::{Output, ProgramLog};
use crate::prompt::{EntryError, SystemTerminal};

/// Runs the command line of this process.
pub fn start() -> ExitCode {
    harden();
    let arguments: Vec<OsString> = std::env::args_os().skip(1).collect();
    // Before anything is said: they decide in which language.
    let decided = Decided::load(Sources::of_this_machine());
    let settings = &decided.settings;
    let (words, parsed) = parse(&arguments, settings.spoken());
    let (mut result, mut remark) = (io::stdout().lock(), io::stderr());
    let mut output = Output::new(&mut result, &mut remark);
    let invocation = match parsed {
        Parsed::Run(invocation) => *invocation,
        Parsed::Show(text) => {
            let shown = output.bytes(text.as_bytes());
            return if shown.is_ok() {
                Exit::Done
            } else {
                Exit::Failure
            }
            .into();
        }
        Parsed::Wrong(message) => {
            output.warned(&message);
            return Exit::Usage.into();
        }
    };
    begin_log(invocation.options.verbosity, settings);
    for problem in &decided.problems {
        log::warn!("{problem}");
    }
    let readers = match connector(&invocation.options, settings) {
        Ok(readers) => readers,
        Err(exit) => return exit.into(),
    };
    let demo = invocation.options.demo.is_some();
    if demo {
        output.remark(fl!(words.own(), "demo"));
    }
    let exit = run(
        invocation.action,
        &mut Session {
            words: &words,
            readers: &readers,
            machine: &Machine::this(),
            terminal: &mut SystemTerminal::default(),
            standard_input: &mut standard_input,
            output: &mut output,
            browser: &mut SystemBrowser,
            demo,
            forbids_weak_pins: forbids_weak_pins(settings),
            decided: &decided,
            worked_on: None,
        },
    );
    let _ = result.flush();
    exit.into()
}

fn connector(options: &Options, settings: &Settings) -> Result<Connector, Exit> {
    Ok(match &options.demo {
        Some(images) => {
            let readers = demo::readers(images)?;
            Connector::new(move || Box::new(readers.clone()))
        }
        None => Connector::new(settings.readers(PcscReaders::new)),
    })
}

/// Whether a new PIN that is easy to guess is refused. It holds for virtual cards as well: whoever
/// practises on them should meet what they will meet on real ones.
pub(crate) fn forbids_weak_pins(settings: &Settings) -> bool {
    settings.weak_pins.value == WeakPins::Forbid
}

/// What `-v` shows, and what the settings want in the log.
fn begin_log(verbosity: u8, settings: &Settings) {
    static LOG: OnceLock<ProgramLog> = OnceLock::new();
    let shown = match verbosity {
        0 => LevelFilter::Off,
        1 => LevelFilter::Debug,
        _ => LevelFilter::Trace,
    };
    let written = settings.log_level.value;
    let file = LogFile::of_this_user("siru", written);
    let log = LOG.get_or_init(|| ProgramLog { shown, file });
    if log::set_logger(log).is_ok() {
        log::set_max_level(shown.max(written.filter()));
    }
}

/// Standard input for codes. At a terminal the prompt is the way: here every digit would be shown.
fn standard_input() -> Result<Box<dyn io::Read>, EntryError> {
    if io::stdin().is_terminal() {
        return Err(EntryError::Shown);
    }
    unbuffered().map_err(EntryError::File)
}

/// Standard input without the buffer that the standard library keeps: it is never wiped.
fn unbuffered() -> io::Result<Box<dyn io::Read>> {
    #[cfg(unix)]
    let owned = {
        use std::os::fd::AsFd;
        io::stdin().as_fd().try_clone_to_owned()?
    };
    #[cfg(windows)]
    let owned = {
        use std::os::windows::io::AsHandle;
        io::stdin().as_handle().try_clone_to_owned()?
    };
    Ok(Box::new(std::fs::File::from(owned)))
}
