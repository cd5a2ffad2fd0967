//! The codes of one operation, asked for in order and checked before anything is sent.

use std::io;

use i18n_embed_fl::fl;
use siru_card::{
    EntryProblem, Operation, PersonalDigits, Pin, PinRequest, PinRole, PinRules, Weakness,
};

use crate::args::PinFile;
use crate::prompt::{self, EntryError, Lines, Terminal};
use crate::survey::CardView;
use crate::trouble::Trouble;
use crate::words::Words;

/// Where the codes come from.
pub(super) enum Source<'a> {
    /// A person, who may make a slip and is asked again.
    Person(&'a mut dyn Terminal),
    /// A file or a program: the new code comes once, and a slip ends it.
    Lines {
        /// What is read.
        lines: Lines,
        /// What a person would have been told at once.
        remarks: Vec<String>,
    },
}

impl<'a> Source<'a> {
    /// Where `pin_file` says, or the person.
    pub fn open(
        pin_file: Option<&PinFile>,
        terminal: &'a mut dyn Terminal,
        standard_input: &mut dyn FnMut() -> Result<Box<dyn io::Read>, EntryError>,
    ) -> Result<Self, EntryError> {
        Ok(match pin_file {
            Some(PinFile::Standard) => Self::from(Lines::new(standard_input()?)),
            Some(PinFile::Path(path)) => Self::from(prompt::open(path)?),
            None if terminal.is_there() => Self::Person(terminal),
            None => return Err(EntryError::NoTerminal),
        })
    }

    /// Says a sentence to the person now, or keeps it for whoever reads the output.
    fn remark(&mut self, sentence: String) -> Result<(), EntryError> {
        match self {
            Self::Person(terminal) => terminal.say(&format!("{sentence}\n")),
            Self::Lines { remarks, .. } => {
                remarks.push(sentence);
                Ok(())
            }
        }
    }

    /// What was kept.
    pub fn remarks(self) -> Vec<String> {
        match self {
            Self::Person(_) => Vec::new(),
            Self::Lines { remarks, .. } => remarks,
        }
    }
}

impl From<Lines> for Source<'_> {
    fn from(lines: Lines) -> Self {
        Self::Lines {
            lines,
            remarks: Vec::new(),
        }
    }
}

/// What is made of new PINs that are easy to guess.
#[derive(Debug, Default)]
pub(super) struct WeakPins {
    personal: PersonalDigits,
    forbidden: bool,
}

impl WeakPins {
    /// On this card, whose certificate and serial number say what is easy.
    pub fn on(card: &CardView, forbidden: bool) -> Self {
        let leaf = card.leaf().map(|leaf| &leaf.certificate);
        Self {
            personal: PersonalDigits::of(leaf, card.identity.serial()),
            forbidden,
        }
    }
}

/// Which codes to ask for.
pub(super) struct Questions<'a> {
    pub words: &'a Words,
    pub operation: Operation,
    pub role: PinRole,
    /// Of the PIN.
    pub rules: PinRules,
    /// Of the PUK.
    pub puk_rules: PinRules,
    /// What is made of a new PIN that is easy to guess.
    pub weak: &'a WeakPins,
}

/// What a slip breaks off with.
pub(super) enum Broken {
    /// A rule, for the code it was typed for.
    Entry {
        code: PinRole,
        problem: EntryProblem,
    },
    /// Something else.
    Trouble(Trouble),
}

impl From<Trouble> for Broken {
    fn from(trouble: Trouble) -> Self {
        Self::Trouble(trouble)
    }
}

/// How often a person may type against the rules before the command ends.
pub(super) const SLIPS: usize = 3;

impl Questions<'_> {
    /// Asks for everything and puts the request together.
    pub fn ask(&self, source: &mut Source<'_>) -> Result<PinRequest, Broken> {
        let mut slips = 0;
        loop {
            match self.ask_once(source, &mut slips) {
                // Two new codes that differ are typed again; what a file holds stays as it is.
                Err(Broken::Entry { code, problem }) => {
                    self.again(source, code, problem, &mut slips)?
                }
                other => return other,
            }
        }
    }

    /// Asks for the code that stands for the card's own: PIN or PUK.
    pub fn ask_current(&self, source: &mut Source<'_>) -> Result<Pin, Broken> {
        let (code, rules) = match self.operation {
            Operation::Unlock => (PinRole::Unblocking, self.puk_rules),
            Operation::Check | Operation::Change => (self.role, self.rules),
        };
        self.code(source, code, &rules, false, &mut 0)
    }

    /// Asks for a new PIN alone. `letter` is the code that sets it and must not become it; `other` is
    /// the other new PIN.
    pub fn ask_new(
        &self,
        source: &mut Source<'_>,
        letter: &Pin,
        other: Option<&Pin>,
        slips: &mut usize,
    ) -> Result<(Pin, Pin), Broken> {
        loop {
            let typed = self.new_code(source, other, slips);
            let problem = match typed {
                Ok((new, repeated)) if !new.same_as(&repeated) => EntryProblem::Mismatch,
                Ok((new, _)) if new.same_as(letter) => match self.operation {
                    Operation::Unlock => EntryProblem::SameAsPuk,
                    Operation::Check | Operation::Change => EntryProblem::SameAsCurrent,
                },
                Err(Broken::Entry { problem, .. }) => problem,
                typed_or_ended => return typed_or_ended,
            };
            self.again(source, self.role, problem, slips)?;
        }
    }

    fn ask_once(&self, source: &mut Source<'_>, slips: &mut usize) -> Result<PinRequest, Broken> {
        let (code, rules) = match self.operation {
            Operation::Unlock => (PinRole::Unblocking, self.puk_rules),
            Operation::Check | Operation::Change => (self.role, self.rules),
        };
        let current = self.code(source, code, &rules, false, slips)?;
        if self.operation == Operation::Check {
            return Ok(PinRequest::check(self.role, current));
        }
        let (new, repeated) = self.new_code(source, None, slips)?;
        let request = match self.operation {
            Operation::Unlock => PinRequest::unlock(self.role, current, new, &repeated),
            _ => PinRequest::change(self.role, current, new, &repeated),
        };
        request.map_err(|problem| self.slip(problem))
    }

    /// The new code as it was typed the first and the second time.
    fn new_code(
        &self,
        source: &mut Source<'_>,
        other: Option<&Pin>,
        slips: &mut usize,
    ) -> Result<(Pin, Pin), Broken> {
        if let Source::Lines { lines, .. } = source {
            let (new, repeated) = match lines.next_twice() {
                Ok(both) => both,
                Err(EntryError::Digits(problem)) => return Err(self.slip(problem)),
                Err(error) => return Err(Trouble::from(error).into()),
            };
            self.rules
                .check_new(&new)
                .map_err(|problem| self.slip(problem))?;
            self.notice(source, &new, other)?;
            return Ok((new, repeated));
        }
        let new = self.code(source, self.role, &self.rules, true, slips)?;
        self.notice(source, &new, other)?;
        let Source::Person(terminal) = source else {
            return Err(Trouble::from(EntryError::NoTerminal).into());
        };
        match terminal.secret(&fl!(self.words.own(), "ask-again")) {
            Ok(repeated) => Ok((new, repeated)),
            Err(EntryError::Digits(_)) => Err(self.slip(EntryProblem::Mismatch)),
            Err(error) => Err(Trouble::from(error).into()),
        }
    }

    /// Says so when a new PIN is easy to guess; where that is forbidden, it ends there.
    fn notice(
        &self,
        source: &mut Source<'_>,
        new: &Pin,
        other: Option<&Pin>,
    ) -> Result<(), Trouble> {
        let same = other.is_some_and(|other| other.same_as(new));
        let same = same.then_some(Weakness::SameAsOther {
            role: PinRole::Authentication,
        });
        let Some(weakness) = same.or_else(|| self.weak.personal.weakness(new)) else {
            return Ok(());
        };
        let role = self.role;
        if self.weak.forbidden {
            return Err(Trouble::WeakPin { role, weakness });
        }
        Ok(source.remark(self.words.cards.weakness(role, weakness))?)
    }

    /// One code that keeps the rules.
    fn code(
        &self,
        source: &mut Source<'_>,
        code: PinRole,
        rules: &PinRules,
        new: bool,
        slips: &mut usize,
    ) -> Result<Pin, Broken> {
        loop {
            let typed = match source {
                Source::Person(terminal) => terminal.secret(&self.question(code, rules, new)),
                Source::Lines { lines, .. } => lines.next(),
            };
            let problem = match typed {
                Ok(pin) => {
                    let kept = if new {
                        rules.check_new(&pin)
                    } else {
                        rules.check_entered(&pin)
                    };
                    match kept {
                        Ok(()) => return Ok(pin),
                        Err(problem) => problem,
                    }
                }
                Err(EntryError::Digits(problem)) => problem,
                Err(error) => return Err(Trouble::from(error).into()),
            };
            self.again(source, code, problem, slips)?;
        }
    }

    fn question(&self, code: PinRole, rules: &PinRules, new: bool) -> String {
        let name = self.words.cards.role(code);
        let rules = self.words.cards.rules(code, rules, new);
        if new {
            fl!(self.words.own(), "ask-new", name = name, rules = rules)
        } else {
            fl!(self.words.own(), "ask-current", name = name, rules = rules)
        }
    }

    /// Tells a person what was wrong, so that they type again; ends it for a file.
    fn again(
        &self,
        source: &mut Source<'_>,
        code: PinRole,
        problem: EntryProblem,
        slips: &mut usize,
    ) -> Result<(), Broken> {
        let Source::Person(terminal) = source else {
            return Err(Broken::Entry { code, problem });
        };
        *slips += 1;
        let sentence = self.words.cards.entry_problem(code, problem);
        let nothing = fl!(self.words.own(), "not-sent");
        terminal
            .say(&format!("{sentence} {nothing}\n"))
            .map_err(Trouble::from)?;
        if *slips < SLIPS {
            Ok(())
        } else {
            Err(Trouble::ThreeSlips.into())
        }
    }

    const fn slip(&self, problem: EntryProblem) -> Broken {
        Broken::Entry {
            code: self.role,
            problem,
        }
    }
}
