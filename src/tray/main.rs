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
    match start(settings) {
        Ok(()) => ExitCode::SUCCESS,
        Err(what) => {
            let what = what(&Words::new(language));
            notice::say(Kind::Complaint, &format!("siru-tray: {what}"));
            ExitCode::FAILURE
        }
    }
}

/// The sentence that says why there is no icon.
type Why = Box<dyn Fn(&Words) -> String>;

#[cfg(target_os = "linux")]
fn start(settings: Settings) -> Result<(), Why> {
    siru_tray::run(settings)
        .map_err(|error| Box::new(move |words: &Words| error.tell(words)) as Why)
}

#[cfg(not(target_os = "linux"))]
fn start(_settings: Settings) -> Result<(), Why> {
    Err(Box::new(Words::other_system))
}
