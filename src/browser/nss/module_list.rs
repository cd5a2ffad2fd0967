//! `pkcs11.txt`, the module list of an NSS database: stanzas of `key=value` lines, each ended by an
//! empty line or the end of the file.
//!
//! Keys count in any case, values with or without double quotes, lines with or without a carriage
//! return at their end, as for NSS. A backslash stands for itself, and within quotes for the character
//! after it. Only lines of ours are ever touched; every other byte stays where it is. NSS finds the
//! internal module by its flags wherever it stands, so the order of the stanzas is free.

use std::borrow::Cow;
use std::ops::Range;
use std::path::PathBuf;

use crate::module::{Module, NAME, is_neighbour, is_ours, is_p11_kit_proxy};

/// A module list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ModuleList {
    text: String,
}

impl ModuleList {
    /// Any text is a list: NSS skips what it does not know.
    pub fn new(text: String) -> Self {
        Self { text }
    }

    /// The file's text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The libraries that are registered as ours, by name or by file name. More than one: NSS
    /// loads each of them.
    pub fn ours(&self) -> Vec<PathBuf> {
        let libraries = self.stanzas().filter(Stanza::is_ours);
        libraries
            .map(|stanza| PathBuf::from(&*stanza.library))
            .collect()
    }

    /// Whether everything that p11-kit knows is loaded through its proxy.
    pub fn has_p11_kit_proxy(&self) -> bool {
        self.stanzas()
            .any(|stanza| is_p11_kit_proxy(&stanza.library))
    }

    /// Modules of others for the same cards.
    pub fn neighbours(&self) -> Vec<PathBuf> {
        self.stanzas()
            .filter(|stanza| is_neighbour(&stanza.library))
            .map(|stanza| PathBuf::from(&*stanza.library))
            .collect()
    }

    /// Registers `module`, once. A stanza of ours that is there already keeps its place and its
    /// other lines; further ones go.
    pub fn register(&mut self, module: &Module) {
        while self.stanzas().filter(Stanza::is_ours).count() > 1 {
            self.remove_last();
        }
        let ours = self.stanzas().find(Stanza::is_ours);
        match ours.map(|stanza| (stanza.lines, stanza.library_value)) {
            None => self.append(module),
            Some((_, Some((place, is_quoted)))) => {
                let library = if is_quoted {
                    quoted(module.text())
                } else {
                    module.text().to_owned()
                };
                self.text.replace_range(place, &library);
            }
            Some((lines, None)) => {
                let library = format!("library={}\n", module.text());
                self.text.insert_str(lines.start, &library);
            }
        }
        self.end_ours();
    }

    /// Takes every stanza of ours away.
    pub fn unregister(&mut self) {
        while self.remove_last() {}
    }

    /// NSS passes over a last stanza that no empty line ends. So ours has one in every case, and
    /// stands in front of a list that would need another first: without ours the list is as before.
    fn append(&mut self, module: &Module) {
        // The third line is what NSS itself writes for a module that it is told to add.
        let library = module.text();
        let stanza = format!("library={library}\nname={NAME}\nNSS=trustOrder=100\n\n");
        let is_ended =
            self.text.is_empty() || self.text.ends_with("\n\n") || self.text.ends_with("\n\r\n");
        let place = if is_ended { self.text.len() } else { 0 };
        self.text.insert_str(place, &stanza);
    }

    /// Gives a stanza of ours at the very end the empty line without which NSS passes over it.
    fn end_ours(&mut self) {
        let ours = self.stanzas().find(Stanza::is_ours);
        if ours.is_some_and(|stanza| stanza.lines.end == self.text.len()) {
            let missing = if self.text.ends_with('\n') {
                "\n"
            } else {
                "\n\n"
            };
            self.text.push_str(missing);
        }
    }

    fn remove_last(&mut self) -> bool {
        let ours = self.stanzas().filter(Stanza::is_ours).last();
        let Some(Range { start, mut end }) = ours.map(|stanza| stanza.lines) else {
            return false;
        };
        let (_, after) = self.text.split_at(end);
        if after.starts_with('\n') {
            end += 1;
        } else if after.starts_with("\r\n") {
            end += 2;
        }
        self.text.replace_range(start..end, "");
        true
    }

    fn stanzas(&self) -> impl Iterator<Item = Stanza<'_>> {
        let mut lines = lines(&self.text).peekable();
        std::iter::from_fn(move || {
            while lines.next_if(|(_, line)| line.is_empty()).is_some() {}
            let mut stanza = None;
            while let Some((range, line)) = lines.next_if(|(_, line)| !line.is_empty()) {
                stanza
                    .get_or_insert_with(|| Stanza::starting_at(range.start))
                    .take(range, line);
            }
            stanza
        })
    }
}

/// The lines of a module.
#[derive(Debug)]
struct Stanza<'a> {
    /// With the line end of the last one.
    lines: Range<usize>,
    name: &'a str,
    library: Cow<'a, str>,
    /// Where it stands, and whether in quotes, which stay.
    library_value: Option<(Range<usize>, bool)>,
}

impl<'a> Stanza<'a> {
    const fn starting_at(start: usize) -> Self {
        Self {
            lines: start..start,
            name: "",
            library: Cow::Borrowed(""),
            library_value: None,
        }
    }

    fn take(&mut self, range: Range<usize>, line: &'a str) {
        self.lines.end = range.end;
        let Some((key, value)) = line.split_once('=') else {
            return;
        };
        let (value, quote) = unquoted(value);
        let key = key.trim_start();
        if key.eq_ignore_ascii_case("library") {
            let start = range.start + line.len() - value.len() - quote;
            self.library = if quote > 0 {
                Cow::Owned(meant(value))
            } else {
                Cow::Borrowed(value)
            };
            self.library_value = Some((start..start + value.len(), quote > 0));
        } else if key.eq_ignore_ascii_case("name") {
            self.name = value;
        }
    }

    fn is_ours(&self) -> bool {
        self.name == NAME || is_ours(&self.library)
    }
}

/// What a value within quotes stands for.
fn meant(value: &str) -> String {
    let mut characters = value.chars();
    let mut meant = String::new();
    while let Some(character) = characters.next() {
        meant.extend(match character {
            '\\' => characters.next(),
            other => Some(other),
        });
    }
    meant
}

/// A text as it stands within quotes.
fn quoted(text: &str) -> String {
    text.replace('\\', "\\\\").replace('"', "\\\"")
}

/// Every line without its end, and where it lies with it.
fn lines(text: &str) -> impl Iterator<Item = (Range<usize>, &str)> {
    let mut start = 0;
    text.split_inclusive('\n').map(move |line| {
        let range = start..start + line.len();
        start = range.end;
        let line = line.strip_suffix('\n').unwrap_or(line);
        (range, line.strip_suffix('\r').unwrap_or(line))
    })
}

/// A value without the double quotes around it, and the length of the second.
fn unquoted(value: &str) -> (&str, usize) {
    let inner = value.strip_prefix('"');
    match inner.and_then(|inner| inner.strip_suffix('"')) {
        Some(inner) => (inner, 1),
        None => (value, 0),
    }
}
