//! Text to [`Script`], line by line. Any text may come: nothing here trusts it.

mod check;
mod error;
mod header;
mod items;
mod lines;

use std::path::Path;
use std::sync::Arc;

use crate::library::{Folder, Library, NoFiles, read_file};
use crate::model::{Action, Exchange, Outcome, Place, Script, Step};
pub use error::{ParseError, Problem};
use header::HeaderLines;
use lines::{Draft, DraftOutcome, Lines};

/// How deep includes may go; a script that includes itself ends here.
const MAX_DEPTH: usize = 4;

/// How many scripts one script may draw in.
const MAX_INCLUDED: usize = 32;

impl Script {
    /// Reads a script from a file, with what it includes.
    ///
    /// # Errors
    ///
    /// [`ParseError`] names the file and the line.
    pub fn load(path: &Path) -> Result<Self, ParseError> {
        let bytes = read_file(path).map_err(|source| ParseError {
            place: Place {
                file: Some(path.into()),
                line: 0,
            },
            problem: Problem::Unreadable {
                path: path.to_path_buf(),
                source,
            },
        })?;
        Reader::new(&Folder).whole(path, &bytes)
    }

    /// Reads a script that stands alone: includes and parts of files are refused.
    ///
    /// # Errors
    ///
    /// [`ParseError`] names the line.
    pub fn parse(text: &str) -> Result<Self, ParseError> {
        let script = Reader::new(&NoFiles).text(None, text, 0)?;
        check::script(&script)?;
        Ok(script)
    }

    /// Reads the script `text` that lies at `path`, taking its other files from `library`.
    ///
    /// # Errors
    ///
    /// [`ParseError`] names the file and the line.
    pub fn parse_in(path: &Path, text: &str, library: &dyn Library) -> Result<Self, ParseError> {
        Reader::new(library).whole(path, text.as_bytes())
    }
}

/// Reads one script and, on the way, what it includes.
struct Reader<'a> {
    library: &'a dyn Library,
    included: usize,
}

impl<'a> Reader<'a> {
    fn new(library: &'a dyn Library) -> Self {
        Self {
            library,
            included: 0,
        }
    }

    fn whole(&mut self, path: &Path, bytes: &[u8]) -> Result<Script, ParseError> {
        let script = self.bytes(path, bytes, 0)?;
        check::script(&script)?;
        Ok(script)
    }

    fn bytes(&mut self, path: &Path, bytes: &[u8], depth: usize) -> Result<Script, ParseError> {
        let file: Arc<Path> = path.into();
        let text = std::str::from_utf8(bytes).map_err(|_| ParseError {
            place: Place {
                file: Some(Arc::clone(&file)),
                line: 0,
            },
            problem: Problem::NotText,
        })?;
        self.text(Some(file), text, depth)
    }

    fn text(
        &mut self,
        file: Option<Arc<Path>>,
        text: &str,
        depth: usize,
    ) -> Result<Script, ParseError> {
        let lines = Lines::read(file.clone(), text)?;
        let last = lines.last.clone();
        let HeaderLines { header, include } = header::read(&lines.header, &last)?;
        let mut script = Script {
            about: lines.about,
            header,
            ..Script::default()
        };
        for (place, wanted) in include {
            let inner = self.include(&place, &wanted, depth)?;
            script.included.push(inner);
            script.header.include.push(wanted);
        }
        for (title, actions) in lines.steps {
            let mut step = Step {
                title,
                actions: Vec::new(),
            };
            for draft in actions {
                step.actions.push(self.action(draft)?);
            }
            script.steps.push(step);
        }
        Ok(script)
    }

    fn include(&mut self, place: &Place, wanted: &str, depth: usize) -> Result<Script, ParseError> {
        let fail = |problem| ParseError {
            place: place.clone(),
            problem,
        };
        self.included += 1;
        if depth >= MAX_DEPTH || self.included > MAX_INCLUDED {
            return Err(fail(Problem::TooManyIncludes));
        }
        let from = place.file.as_deref().unwrap_or(Path::new(""));
        let (path, bytes) = self.library.read(from, wanted).map_err(|source| {
            fail(Problem::Unreadable {
                path: wanted.into(),
                source,
            })
        })?;
        self.bytes(&path, &bytes, depth + 1)
    }

    fn action(&self, draft: Draft) -> Result<Action, ParseError> {
        let (place, command, outcome) = match draft {
            Draft::EndWithReset(place) => return Ok(Action::EndWithReset(place)),
            Draft::Exchange {
                place,
                command,
                outcome,
            } => (place, command, outcome),
        };
        let command = items::read(&command, self.library)?;
        let outcome = match outcome {
            Some(DraftOutcome::Event(event)) => Outcome::Event(event),
            Some(DraftOutcome::Response(lines)) => {
                Outcome::Response(items::read(&lines, self.library)?)
            }
            None => {
                return Err(ParseError {
                    place,
                    problem: Problem::Unanswered,
                });
            }
        };
        Ok(Action::Exchange(Exchange {
            place,
            command,
            outcome,
        }))
    }
}

#[cfg(test)]
mod round_trip;
#[cfg(test)]
mod tests;
