//! Where text goes: results to standard output, everything else to standard error.

use std::fmt;
use std::io::{self, Write};

use log::{LevelFilter, Log, Metadata, Record};
use siru_settings::LogFile;
use siru_text::Message;

/// The two streams of a command. The only place that writes to them.
pub struct Output<'a> {
    result: &'a mut dyn Write,
    remark: &'a mut dyn Write,
}

impl<'a> Output<'a> {
    /// Results go to `result`; remarks and errors to `remark`.
    pub fn new(result: &'a mut dyn Write, remark: &'a mut dyn Write) -> Self {
        Self { result, remark }
    }

    /// A line of the result.
    pub(crate) fn line(&mut self, line: impl fmt::Display) -> io::Result<()> {
        writeln!(self.result, "{line}")
    }

    /// The result as it is, down to the last byte.
    pub(crate) fn bytes(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.result.write_all(bytes)?;
        self.result.flush()
    }

    /// A line beside the result. Nobody may be listening, and that is no failure.
    pub(crate) fn remark(&mut self, line: impl fmt::Display) {
        let _ = writeln!(self.remark, "{line}");
    }

    /// A message as the result.
    pub(crate) fn told(&mut self, message: &Message) -> io::Result<()> {
        self.result.write_all(layout(message).as_bytes())
    }

    /// A message beside the result.
    pub(crate) fn warned(&mut self, message: &Message) {
        let _ = self.remark.write_all(layout(message).as_bytes());
    }
}

/// Headline, then every sentence on a line of its own, then the way out.
pub(crate) fn layout(message: &Message) -> String {
    let mut text = format!("{}\n", message.headline);
    for sentence in &message.detail {
        text.push_str(&format!("  {sentence}\n"));
    }
    if let Some(step) = &message.next_step {
        text.push_str(&format!("  → {step}\n"));
    }
    text
}

/// `label   value` lines with the values below each other.
pub(crate) fn columns(rows: &[(String, String)], indent: usize) -> String {
    let width = rows
        .iter()
        .map(|(label, _)| label.chars().count())
        .max()
        .unwrap_or_default();
    let mut text = String::new();
    for (label, value) in rows {
        let gap = width - label.chars().count() + 2;
        text.push_str(&format!("{:indent$}{label}{:gap$}{value}\n", "", ""));
    }
    text
}

/// Logs to standard error for `-v`, and to the file that the machine's settings ask for. Commands that
/// carry a PIN print without it.
pub(crate) struct ProgramLog {
    /// Up to which level standard error gets it.
    pub(crate) shown: LevelFilter,
    /// The file, which knows its own level.
    pub(crate) file: Option<LogFile>,
}

impl Log for ProgramLog {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        // Other crates log file names and locales, which nobody asked for.
        metadata.target().starts_with("siru")
    }

    fn log(&self, record: &Record<'_>) {
        if let Some(file) = &self.file {
            file.log(record);
        }
        if self.enabled(record.metadata()) && record.level() <= self.shown {
            let level = record.level().as_str().to_ascii_lowercase();
            let _ = writeln!(io::stderr(), "{level}: {}", record.args());
        }
    }

    fn flush(&self) {}
}
