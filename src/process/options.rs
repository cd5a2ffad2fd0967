//! The options of a program with a window.

use std::process;

use clap::Parser;

use crate::notice::{self, Kind};

/// The options that this process was started with. Ends the process where it was asked for help or for
/// its version, or where it does not understand what it was asked for.
pub fn parse<Options: Parser>() -> Options {
    Options::try_parse().unwrap_or_else(|answer| {
        let kind = if answer.use_stderr() {
            Kind::Complaint
        } else {
            Kind::Answer
        };
        if notice::has_stream(kind) {
            // It knows whether a terminal has colours.
            answer.exit();
        }
        notice::say(kind, &answer.render().to_string());
        process::exit(answer.exit_code())
    })
}
