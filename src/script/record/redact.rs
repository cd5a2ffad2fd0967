//! From the tape to a script: steps, commands and answers, with names for what is not kept.

use std::ops::Range;

use siru_apdu::Instruction;

use super::answers::answers;
use super::der;
use super::files::CardFiles;
use super::naming::{SecretNames, VaryingNames, spent};
use super::recording::Recording;
use super::rules::{Cover, Kept, Sample, Span, spans};
use super::titles::{goes_on, title};
use super::{Entry, Labels, Noting, Part, one_line};
use crate::model::{
    Action, Exchange, Header, Item, Outcome, Place, Script, Source, Spend, Step, Target,
};

/// Makes a script of a tape.
pub(super) fn recording(entries: &[Entry], target: Target, labels: Labels) -> Recording {
    let answers = answers(entries);
    let files = CardFiles::assemble(&answers);
    let private = files.is_personal();
    let bodies = files.bodies();
    // Signatures of a test card may stay, and then their digests must: a program may check them.
    let kept = if bodies.is_empty() || private {
        Kept::Nothing
    } else {
        Kept::Signatures
    };
    let mut writer = Writer {
        secrets: SecretNames::of(entries),
        varying: VaryingNames::default(),
        kept,
    };
    let mut responses: Vec<Vec<Item>> = entries.iter().map(|_| Vec::new()).collect();
    for (index, answer) in answers.iter().enumerate() {
        let spans = spans(index, answer, &files, kept);
        for (entry, piece) in &answer.pieces {
            if let Some(items) = responses.get_mut(*entry) {
                *items = writer.cover(&answer.data, piece.clone(), &spans);
            }
        }
    }
    let steps = writer.steps(entries, responses);
    let spends = spent(entries)
        .into_iter()
        .map(|(secret, tries)| Spend { secret, tries })
        .collect();
    Recording {
        script: Script {
            about: labels.about.iter().map(|line| one_line(line)).collect(),
            header: Header {
                target: Some(target),
                source: Source {
                    kind: labels.source.kind,
                    detail: one_line(&labels.source.detail),
                },
                start: labels.start,
                spends,
                include: Vec::new(),
            },
            included: Vec::new(),
            steps,
        },
        bodies,
        private,
    }
}

/// Writes commands and answers with the names found for what is not written as it is.
struct Writer {
    secrets: SecretNames,
    varying: VaryingNames,
    kept: Kept,
}

impl Writer {
    fn steps(&mut self, entries: &[Entry], responses: Vec<Vec<Item>>) -> Vec<Step> {
        let mut steps: Vec<Step> = Vec::new();
        let mut titled = false;
        for (entry, response) in entries.iter().zip(responses) {
            let action = match entry {
                Entry::Title(title) => {
                    titled = true;
                    steps.push(Step {
                        title: title.clone(),
                        actions: Vec::new(),
                    });
                    continue;
                }
                Entry::EndWithReset => Action::EndWithReset(Place::default()),
                Entry::Exchange(noting) => {
                    let command = self.command(noting);
                    let begins = steps.is_empty() || !goes_on(noting);
                    if begins && !titled {
                        steps.push(Step {
                            title: title(noting, &command),
                            actions: Vec::new(),
                        });
                    }
                    Action::Exchange(Exchange {
                        place: Place::default(),
                        command,
                        outcome: outcome(noting, response),
                    })
                }
            };
            if steps.is_empty() {
                steps.push(Step {
                    title: "reset".to_owned(),
                    actions: Vec::new(),
                });
            }
            if let Some(step) = steps.last_mut() {
                step.actions.push(action);
            }
        }
        steps.retain(|step| !step.actions.is_empty());
        steps
    }

    fn command(&mut self, noting: &Noting) -> Vec<Item> {
        let mut items = Vec::new();
        push(&mut items, &noting.header);
        let length: usize = noting
            .data
            .iter()
            .map(|part| match part {
                Part::Plain(bytes) => bytes.len(),
                Part::Secret { length, .. } => *length,
            })
            .sum();
        if length > 0 {
            push(&mut items, &[u8::try_from(length).unwrap_or(u8::MAX)]);
        }
        for part in &noting.data {
            match part {
                Part::Secret {
                    length,
                    fingerprint,
                    ..
                } => items.push(Item::Secret {
                    name: self.secrets.name(*fingerprint),
                    length: *length,
                }),
                Part::Plain(bytes) => {
                    let known = self.data(noting, bytes, &mut items);
                    push(&mut items, known);
                }
            }
        }
        if let Some(le) = noting.le {
            push(&mut items, &[le]);
        }
        items
    }

    /// Writes a data field and gives back what may be written as it is.
    fn data<'a>(&mut self, noting: &Noting, bytes: &'a [u8], items: &mut Vec<Item>) -> &'a [u8] {
        let kind = match Instruction(noting.instruction()) {
            Instruction::SELECT
            | Instruction::GET_DATA
            | Instruction::MANAGE_SECURITY_ENVIRONMENT => return bytes,
            Instruction::PERFORM_SECURITY_OPERATION => "digest",
            _ => "data",
        };
        // PSO: HASH wraps the digest in a data object of its own.
        let hash = noting.parameters() == [0x90, 0xA0];
        let value = match (der::object(bytes, 0), kind) {
            (Some(object), "digest") if hash && object.value.end == bytes.len() => {
                object.value.start
            }
            _ => 0,
        };
        let (head, value) = bytes.split_at_checked(value).unwrap_or((&[], bytes));
        push(items, head);
        let sample = match self.kept {
            Kept::Signatures if kind == "digest" => Sample::Actual,
            _ => Sample::Zeros,
        };
        self.vary(items, kind, &sample, value, 0..value.len());
        &[]
    }

    /// The items of one piece of an answer.
    fn cover(&mut self, data: &[u8], piece: Range<usize>, spans: &[Span]) -> Vec<Item> {
        let mut items = Vec::new();
        let mut at = piece.start;
        for span in spans {
            let start = span.range.start.max(at);
            let end = span.range.end.min(piece.end);
            if start >= end {
                continue;
            }
            push(&mut items, data.get(at..start).unwrap_or_default());
            let covered = data.get(span.range.clone()).unwrap_or_default();
            let within = start - span.range.start..end - span.range.start;
            match &span.cover {
                Cover::Varying(kind, sample) => {
                    self.vary(&mut items, kind, sample, covered, within);
                }
                Cover::File(path, offset) => items.push(Item::File {
                    path: path.clone(),
                    offset: offset + within.start,
                    bytes: covered.get(within).unwrap_or_default().to_vec(),
                }),
            }
            at = end;
        }
        push(&mut items, data.get(at..piece.end).unwrap_or_default());
        items
    }

    /// `{kind=sample}` for a part of something that varies.
    fn vary(
        &mut self,
        items: &mut Vec<Item>,
        kind: &'static str,
        sample: &Sample,
        whole: &[u8],
        part: Range<usize>,
    ) {
        let neutral = sample.instead_of(whole);
        let (Some(bytes), Some(sample)) = (whole.get(part.clone()), neutral.get(part)) else {
            return;
        };
        if !bytes.is_empty() {
            items.push(Item::Varying {
                name: self.varying.name(kind, bytes, sample),
                sample: sample.to_vec(),
            });
        }
    }
}

fn outcome(noting: &Noting, mut items: Vec<Item>) -> Outcome {
    match &noting.outcome {
        Ok(response) => {
            push(&mut items, &response.status.0.to_be_bytes());
            Outcome::Response(items)
        }
        Err(event) => Outcome::Event(*event),
    }
}

/// Appends bytes as the parser would read them: those in a row are one item.
fn push(items: &mut Vec<Item>, bytes: &[u8]) {
    match items.last_mut() {
        _ if bytes.is_empty() => {}
        Some(Item::Bytes(before)) => before.extend(bytes),
        _ => items.push(Item::Bytes(bytes.to_vec())),
    }
}
