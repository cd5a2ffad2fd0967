//! `siru-sim`: virtual cards in PC/SC readers, driven by lines on standard input.
#![forbid(unsafe_code)]

mod command_line;
mod console;
mod output;

use std::io::BufRead;
use std::process::ExitCode;

use clap::Parser;
use siru_sim::ledger::LedgerError;
use siru_sim::{Image, Ledger};

use crate::command_line::Options;
use crate::console::{Console, ConsoleError, Next};

/// Why the program could not begin.
#[derive(Debug, thiserror::Error)]
enum StartError {
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    #[error(transparent)]
    Console(#[from] ConsoleError),
    #[error("signals cannot be received")]
    Signals(#[from] std::io::Error),
}

fn main() -> ExitCode {
    let options = Options::parse();
    if options.images {
        for image in Image::ALL {
            output::answer(format_args!(
                "{:26} {}",
                image.to_string(),
                image.description()
            ));
        }
        return ExitCode::SUCCESS;
    }
    match run(options) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            output::remark(error);
            ExitCode::FAILURE
        }
    }
}

fn run(options: Options) -> Result<(), StartError> {
    end_on_signals()?;
    let ledger = match &options.ledger {
        Some(path) => Ledger::with_file(path)?,
        None => Ledger::default(),
    };
    let (placements, faults, stay) = (options.placements(), options.faults.clone(), options.stay);
    let mut console = Console::new(options, ledger);
    for placement in placements {
        output::remark(console.insert(placement.image, placement.port, &faults)?);
    }
    for line in std::io::stdin().lock().lines() {
        let Ok(line) = line else { break };
        if line.trim().is_empty() {
            continue;
        }
        match console.execute(&line) {
            Ok(Next::Answer(answer)) => output::answer(format_args!("ok {answer}")),
            Ok(Next::Quit) => {
                output::answer("ok");
                return Ok(());
            }
            Err(error) => output::answer(format_args!("error {error}")),
        }
    }
    if stay {
        loop {
            std::thread::park();
        }
    }
    Ok(())
}

/// Ends the process on SIGTERM and SIGINT. The ledger is written line by line and the cards live in
/// memory only, so there is nothing to save; the driver sees the cards leave.
#[cfg(unix)]
fn end_on_signals() -> Result<(), StartError> {
    use signal_hook::consts::{SIGINT, SIGTERM};

    let mut signals = signal_hook::iterator::Signals::new([SIGINT, SIGTERM])?;
    std::thread::spawn(move || {
        if signals.forever().next().is_some() {
            std::process::exit(0);
        }
    });
    Ok(())
}

/// Elsewhere the system ends the process by itself.
#[cfg(not(unix))]
fn end_on_signals() -> Result<(), StartError> {
    Ok(())
}
