//! The lines of a script sorted by what they are: header, step, command, answer, event.

use std::path::Path;
use std::sync::Arc;

use super::error::{ParseError, Problem};
use crate::model::{Event, Failure, Place};

/// A line and where it stands.
pub(super) type Placed = (Place, String);

/// The lines of one file, sorted by what they are, their bytes not yet read.
pub(super) struct Lines {
    pub(super) about: Vec<String>,
    pub(super) header: Vec<Placed>,
    pub(super) steps: Vec<(String, Vec<Draft>)>,
    pub(super) last: Place,
}

/// An action whose bytes are not yet read.
pub(super) enum Draft {
    Exchange {
        place: Place,
        command: Vec<Placed>,
        outcome: Option<DraftOutcome>,
    },
    EndWithReset(Place),
}

/// What came of a command, its bytes not yet read.
pub(super) enum DraftOutcome {
    Response(Vec<Placed>),
    Event(Event),
}

impl Lines {
    pub(super) fn read(file: Option<Arc<Path>>, text: &str) -> Result<Self, ParseError> {
        let mut lines = Self {
            about: Vec::new(),
            header: Vec::new(),
            steps: Vec::new(),
            last: Place {
                file: file.clone(),
                line: 1,
            },
        };
        let mut pending: Option<(Place, Event)> = None;
        for (number, raw) in (1_u32..).zip(text.lines()) {
            let place = Place {
                file: file.clone(),
                line: number,
            };
            lines.last = place.clone();
            let opening = lines.header.is_empty() && lines.steps.is_empty() && pending.is_none();
            if let Some(comment) = raw.strip_prefix('#')
                && opening
            {
                lines.about.push(comment.trim().to_owned());
                continue;
            }
            let line = without_comment(raw).trim_end();
            if !line.trim_start().is_empty() {
                lines
                    .line(&place, line, &mut pending)
                    .map_err(|problem| ParseError { place, problem })?;
            }
        }
        match pending {
            Some((place, _)) => Err(ParseError {
                place,
                problem: Problem::Event,
            }),
            None => Ok(lines),
        }
    }

    fn line(
        &mut self,
        place: &Place,
        line: &str,
        pending: &mut Option<(Place, Event)>,
    ) -> Result<(), Problem> {
        if let Some(more) = line.strip_prefix("  ") {
            return self.continuation(place, more, pending.is_some());
        }
        if let Some(title) = line.strip_prefix("==") {
            if pending.is_some() {
                return Err(Problem::Event);
            }
            let title = title.trim();
            if title.is_empty() {
                return Err(Problem::Title);
            }
            self.steps.push((title.to_owned(), Vec::new()));
        } else if let Some(command) = line.strip_prefix('>') {
            let outcome = pending.take().map(|(_, event)| DraftOutcome::Event(event));
            self.actions().push(Draft::Exchange {
                place: place.clone(),
                command: vec![(place.clone(), command.to_owned())],
                outcome,
            });
        } else if let Some(answer) = line.strip_prefix('<') {
            match self.actions().last_mut() {
                Some(Draft::Exchange {
                    outcome: outcome @ None,
                    ..
                }) => {
                    let lines = vec![(place.clone(), answer.to_owned())];
                    *outcome = Some(DraftOutcome::Response(lines));
                }
                _ => return Err(Problem::StrayAnswer),
            }
        } else if let Some(event) = line.strip_prefix('!') {
            if pending.is_some() {
                return Err(Problem::Event);
            }
            match event.split_whitespace().collect::<Vec<_>>().as_slice() {
                ["end", "reset"] => self.actions().push(Draft::EndWithReset(place.clone())),
                words => *pending = Some((place.clone(), event_of(words)?)),
            }
        } else if self.steps.is_empty() {
            self.header.push((place.clone(), line.to_owned()));
        } else {
            return Err(if line.contains(':') {
                Problem::Header
            } else {
                Problem::UnknownLine
            });
        }
        Ok(())
    }

    fn continuation(&mut self, place: &Place, more: &str, event: bool) -> Result<(), Problem> {
        let lines = match self
            .steps
            .last_mut()
            .and_then(|(_, actions)| actions.last_mut())
        {
            Some(Draft::Exchange {
                command, outcome, ..
            }) if !event => match outcome {
                Some(DraftOutcome::Response(lines)) => lines,
                _ => command,
            },
            _ => return Err(Problem::StrayContinuation),
        };
        lines.push((place.clone(), more.to_owned()));
        Ok(())
    }

    /// The actions of the step at hand; a draft's first step has no title yet.
    fn actions(&mut self) -> &mut Vec<Draft> {
        if self.steps.is_empty() {
            self.steps.push((String::new(), Vec::new()));
        }
        let last = self.steps.len() - 1;
        #[expect(
            clippy::indexing_slicing,
            reason = "a step was pushed if there was none"
        )]
        &mut self.steps[last].1
    }
}

fn event_of(words: &[&str]) -> Result<Event, Problem> {
    match words {
        ["reset"] => Ok(Event::Reset),
        ["remove"] => Ok(Event::Remove),
        ["fail", reason] => Failure::ALL
            .into_iter()
            .find(|failure| failure.word() == *reason)
            .map(Event::Fail)
            .ok_or(Problem::Event),
        _ => Err(Problem::Event),
    }
}

/// A comment begins with `#` at the start of a line or after white space.
fn without_comment(line: &str) -> &str {
    let mut before = ' ';
    for (index, character) in line.char_indices() {
        if character == '#' && before.is_whitespace() {
            return line.get(..index).unwrap_or(line);
        }
        before = character;
    }
    line
}
