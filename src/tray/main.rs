//! `siru-tray`: options, the icon, exit code.
#![forbid(unsafe_code)]
// No console window beside it.
#![cfg_attr(windows, windows_subsystem = "windows")]

use std::io::Write as _;
use std::process::ExitCode;

use clap::Parser as _;
use siru_settings::Settings;
use siru_tray::options::Options;
use siru_tray::words::Words;

fn main() -> ExitCode {
    let options = Options::parse();
    let (settings, problems) = Settings::load();
    settings.begin_log("siru-tray", &problems);
    if options.autostart && !settings.autostart.value {
        return ExitCode::SUCCESS;
    }
    let language = settings.spoken();
    match siru_tray::run(settings) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            if cfg!(windows) {
                // Nobody sees the error stream there.
                log::error!("there is no icon: {error}");
            }
            let what = error.tell(&Words::new(language));
            // Whoever closed the error stream does not want to know.
            let _written = writeln!(std::io::stderr(), "siru-tray: {what}");
            ExitCode::FAILURE
        }
    }
}
