//! What can be wrong with a script, and where.

use std::path::PathBuf;

use crate::model::Place;

/// A line that is not what the format allows.
#[derive(Debug, thiserror::Error)]
#[error("{place}: {problem}")]
pub struct ParseError {
    /// Where.
    pub place: Place,
    /// What is wrong.
    #[source]
    pub problem: Problem,
}

/// What can be wrong with a line.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Problem {
    /// The file itself or one it names cannot be read.
    #[error("{path} cannot be read")]
    Unreadable {
        /// As written in the script, or as given.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// The file is not UTF-8.
    #[error("the file is not UTF-8 text")]
    NotText,
    /// No line of the format begins like this.
    #[error("not a header, step, command, answer, event, comment or continuation")]
    UnknownLine,
    /// A header after the first step, an unknown key, or a key said twice.
    #[error("a header that is unknown, repeated or too late")]
    Header,
    /// The value is not what the key takes.
    #[error("the header's value is not what `{key}` takes")]
    HeaderValue {
        /// Which header.
        key: &'static str,
    },
    /// A header every script needs is not there.
    #[error("the header `{key}` is missing")]
    MissingHeader {
        /// Which header.
        key: &'static str,
    },
    /// Includes go too deep or are too many; perhaps a script includes itself.
    #[error("too many includes")]
    TooManyIncludes,
    /// The included script is for another card or protocol.
    #[error("the included script is for another card")]
    OtherCard,
    /// A path that is absolute, leads upwards or has foreign characters.
    #[error("a path must be plain names with `/` between")]
    Path,
    /// A step without a title.
    #[error("a step needs a title")]
    Title,
    /// An answer without a command before it.
    #[error("an answer without a command")]
    StrayAnswer,
    /// A command without an answer after it or an event before it.
    #[error("a command without an answer or event")]
    Unanswered,
    /// An event that is unknown or has no command after it.
    #[error("an event that is unknown or has no command after it")]
    Event,
    /// Two spaces with nothing above to continue.
    #[error("nothing to continue")]
    StrayContinuation,
    /// Neither pairs of hexadecimal digits nor a form in braces.
    #[error("not bytes")]
    NotBytes,
    /// Braces that hold none of the three forms, or are not closed.
    #[error("not one of {{name=bytes}}, {{NAME:length}}, {{@file offset+length}}")]
    Braces,
    /// A part of a file that lies behind its end.
    #[error("the file has no such part")]
    FilePart,
    /// The same name with two samples or two lengths.
    #[error("the name stood for other bytes or another length before")]
    NameReused,
    /// The bytes are not a short command: lengths do not add up, or the header is not literal.
    #[error("not a short command")]
    NotACommand,
    /// A command with data and Le, which T=0 cannot carry.
    #[error("under T=0 a command with data has no Le")]
    ExpectedLengthUnderT0,
    /// What a VERIFY, CHANGE or RESET presents must never stand in a script.
    #[error("a PIN or PUK must be written as {{NAME:length}}")]
    SecretInClear,
    /// A response that is too short, too long, holds a secret or has no literal status word.
    #[error("not a response")]
    NotAResponse,
}
