//! The binary `siru`.
#![forbid(unsafe_code)]

use std::process::ExitCode;

fn main() -> ExitCode {
    siru_cli::start()
}
