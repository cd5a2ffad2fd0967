//! The real world: this process's arguments, streams, terminal and readers.

use std::ffi::OsString;
use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use i18n_embed_fl::fl;
use log::LevelFilter;
use siru_browser::Machine;
use siru_pcsc::PcscReaders;
use siru_settings::{Settings, WeakPins};

use crate::args::{Options, Parsed, parse};
use crate::browser::SystemBrowser;
use crate::command::{Session, run};
use crate::connector::Connector;
use crate::demo;
use crate::exit::Exit;
use crate::hardening::harden;
use crate::output::{ErrorLog, Output};
use crate::prompt::{EntryError, SystemTerminal};

/// Runs the command line of this process.
pub fn start() -> ExitCode {
    let arguments: Vec<OsString> = std::env::args_os().skip(1).collect();
    // Before anything is said: they decide in which language.
    let (settings, problems) = Settings::load();
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
    log_to_standard_error(invocation.options.verbosity);
    for problem in problems {
        log::warn!("{problem}");
    }
    harden();
    let readers = match connector(&invocation.options, &settings) {
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
            forbids_weak_pins: forbids_weak_pins(&settings),
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

fn log_to_standard_error(verbosity: u8) {
    static LOG: ErrorLog = ErrorLog;
    let level = match verbosity {
        0 => return,
        1 => LevelFilter::Debug,
        _ => LevelFilter::Trace,
    };
    if log::set_logger(&LOG).is_ok() {
        log::set_max_level(level);
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
