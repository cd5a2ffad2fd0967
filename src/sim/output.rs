//! The one place where `siru-sim` writes: answers to standard output, remarks to standard error.

use std::fmt::Display;
use std::io::Write;

/// Writes one line for whoever drives the program, at once.
pub fn answer(line: impl Display) {
    let mut output = std::io::stdout().lock();
    // Whoever closed the pipe does not read what went wrong with it either.
    let _written = writeln!(output, "{line}").and_then(|()| output.flush());
}

/// Writes one line for a person.
pub fn remark(line: impl Display) {
    let _written = writeln!(std::io::stderr().lock(), "siru-sim: {line}");
}
