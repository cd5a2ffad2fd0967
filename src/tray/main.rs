//! `siru-tray`: options, the icon, exit code.
#![forbid(unsafe_code)]
// No console window beside it.
#![cfg_attr(windows, windows_subsystem = "windows")]

use std::process::ExitCode;

use siru_process::notice::{self, Kind};
use siru_process::{hardening, options};
use siru_settings::Settings;
use siru_tray::options::Options;
use siru_tray::words::Words;

fn main() -> ExitCode {
    hardening::harden();
    let options: Options = options::parse();
    let (settings, problems) = Settings::load();
    settings.begin_log("siru-tray", &problems);
    if options.autostart && !settings.autostart.value {
        return ExitCode::SUCCESS;
    }
    let language = settings.spoken();
    match siru_tray::run(settings) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            // With the session nobody is there to be told.
            log::error!("there is no icon: {error}");
            let what = error.tell(&Words::new(language));
            notice::say(Kind::Complaint, &format!("siru-tray: {what}"));
            ExitCode::FAILURE
        }
    }
}
