//! Words for the person who started a program that has no window yet, or gets none.
//!
//! A Windows program without a console has no stream to say them on, unless whoever started it gave it
//! one: then a small window says them, and waits to be closed.

use std::io::{self, Write as _};

/// What the words are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// What was asked for: the options, the version. For standard output.
    Answer,
    /// Why something cannot be done. For standard error.
    Complaint,
}

/// Says `words`. They end with a line of their own.
///
/// Who closed the stream does not want to know: nothing is told of that.
pub fn say(kind: Kind, words: &str) {
    if !has_stream(kind) {
        show(kind, words);
        return;
    }
    let words = words.trim_end();
    let _written = match kind {
        Kind::Answer => writeln!(io::stdout(), "{words}"),
        Kind::Complaint => writeln!(io::stderr(), "{words}"),
    };
}

/// Whether there is a stream to say it on.
#[cfg(windows)]
pub fn has_stream(kind: Kind) -> bool {
    use std::os::windows::io::AsRawHandle as _;

    let stream = match kind {
        Kind::Answer => io::stdout().as_raw_handle(),
        Kind::Complaint => io::stderr().as_raw_handle(),
    };
    !stream.is_null()
}

/// Whether there is a stream to say it on: every process has one.
#[cfg(not(windows))]
pub const fn has_stream(_kind: Kind) -> bool {
    true
}

#[cfg(windows)]
fn show(kind: Kind, words: &str) {
    use winsafe::prelude::Handle as _;
    use winsafe::{HWND, co};

    let picture = match kind {
        Kind::Answer => co::MB::ICONINFORMATION,
        Kind::Complaint => co::MB::ICONERROR,
    };
    let style = picture | co::MB::SETFOREGROUND;
    if let Err(error) = HWND::NULL.MessageBox(words.trim_end(), TITLE, style) {
        log::error!("nothing can be shown: {error}");
    }
}

#[cfg(not(windows))]
fn show(_kind: Kind, _words: &str) {}

#[cfg(windows)]
const TITLE: &str = "Siru";
