//! The commands over virtual readers, in this process.

mod activation;
mod arguments;
mod browsers;
mod busy;
mod choosing;
mod config;
mod listing;
mod login_tests;
mod manual;
mod pins;
mod schemas;
mod sentences;
mod settings;

use std::collections::VecDeque;
use std::ffi::OsString;
use std::io;

use siru_apdu::ReaderName;
use siru_browser::Machine;
use siru_card::{EntryProblem, Pin};
use siru_login::{BrokenLink, BrowserTest, Ender};
use siru_settings::Sources;
use siru_sim::{Control, Counters, Image, VirtualReaders};
use siru_text::Language;

use crate::args::{Parsed, parse};
use crate::browser::Browser;
use crate::command::{Decided, Session, run};
use crate::connector::Connector;
use crate::exit::Exit;
use crate::output::Output;
use crate::prompt::{EntryError, Terminal};

/// What the person does next.
enum Act<'a> {
    /// Types a code.
    Code(&'static str),
    /// Types a word that is shown.
    Word(&'static str),
    /// Presses Ctrl-C.
    Cancel,
    /// Does something to the cards, and then types a code.
    Meanwhile(Box<dyn FnOnce() + 'a>, &'static str),
}

/// A person with a script; what they were shown is kept.
#[derive(Default)]
struct Person<'a> {
    acts: VecDeque<Act<'a>>,
    shown: String,
}

impl<'a> Person<'a> {
    fn types(codes: &[&'static str]) -> Self {
        Self {
            acts: codes.iter().map(|code| Act::Code(code)).collect(),
            shown: String::new(),
        }
    }

    fn acts(acts: impl IntoIterator<Item = Act<'a>>) -> Self {
        Self {
            acts: acts.into_iter().collect(),
            shown: String::new(),
        }
    }
}

impl Terminal for Person<'_> {
    fn is_there(&mut self) -> bool {
        true
    }

    fn say(&mut self, text: &str) -> Result<(), EntryError> {
        self.shown.push_str(text);
        Ok(())
    }

    fn secret(&mut self, question: &str) -> Result<Pin, EntryError> {
        self.shown.push_str(&format!("{question}\n"));
        let code = match self.acts.pop_front() {
            Some(Act::Code(code)) => code,
            Some(Act::Meanwhile(act, code)) => {
                act();
                code
            }
            Some(Act::Cancel) => return Err(EntryError::Cancelled),
            Some(Act::Word(word)) => panic!("{question} instead of a question for {word}"),
            None => panic!("nothing to answer to {question}"),
        };
        Ok(Pin::from_digits(code.as_bytes()).map_err(|problem: EntryProblem| problem)?)
    }

    fn answer(&mut self, question: &str) -> Result<String, EntryError> {
        self.shown.push_str(&format!("{question}\n"));
        match self.acts.pop_front() {
            Some(Act::Word(word)) => Ok(word.to_owned()),
            _ => panic!("nothing to answer to {question}"),
        }
    }
}

/// Nobody.
struct Nobody;

impl Terminal for Nobody {
    fn is_there(&mut self) -> bool {
        false
    }

    fn say(&mut self, _text: &str) -> Result<(), EntryError> {
        Err(EntryError::NoTerminal)
    }

    fn secret(&mut self, _question: &str) -> Result<Pin, EntryError> {
        Err(EntryError::NoTerminal)
    }

    fn answer(&mut self, _question: &str) -> Result<String, EntryError> {
        Err(EntryError::NoTerminal)
    }
}

/// A browser that is closed before it has opened anything.
struct NoBrowser;

impl Browser for NoBrowser {
    fn open(&mut self, test: &BrowserTest) -> Result<(), BrokenLink> {
        test.ender().end();
        Ok(())
    }

    fn end_on_enter(&mut self, _ender: Ender) -> bool {
        false
    }
}

/// What came of a command.
#[derive(Debug)]
struct Ended {
    exit: Exit,
    result: String,
    remark: String,
}

/// Cards in readers, and commands on them one after the other.
struct Desk {
    readers: VirtualReaders,
    control: Control,
    forbids_weak_pins: bool,
}

impl Desk {
    fn with(images: &[&str]) -> Self {
        let images: Vec<Image> = images.iter().map(|name| name.parse().unwrap()).collect();
        let readers = VirtualReaders::demo(&images).unwrap();
        let control = readers.control();
        Self {
            readers,
            control,
            forbids_weak_pins: false,
        }
    }

    fn reader(number: usize) -> ReaderName {
        ReaderName::new(format!("Demo reader {number}"))
    }

    fn counters(&self, number: usize) -> Counters {
        self.control.counters(&Self::reader(number)).unwrap()
    }

    /// A command by somebody at a terminal.
    fn at_terminal(&mut self, line: &str, person: &mut Person<'_>) -> Ended {
        self.run(line, person, "")
    }

    /// A command by a program, with `input` on standard input.
    fn piped(&mut self, line: &str, input: &'static str) -> Ended {
        self.run(line, &mut Nobody, input)
    }

    fn run(&mut self, line: &str, terminal: &mut dyn Terminal, input: &'static str) -> Ended {
        let nowhere = nowhere();
        let connector = self.connector();
        let weak = self.forbids_weak_pins;
        Self::run_ruled(weak, &nowhere, &connector, line, terminal, input)
    }

    fn connector(&self) -> Connector {
        let readers = self.readers.clone();
        Connector::new(move || Box::new(readers.clone()))
    }

    fn run_through(
        connector: &Connector,
        line: &str,
        terminal: &mut dyn Terminal,
        input: &'static str,
    ) -> Ended {
        let nowhere = nowhere();
        Self::run_on(&nowhere, connector, line, terminal, input)
    }

    fn run_on(
        machine: &Machine,
        connector: &Connector,
        line: &str,
        terminal: &mut dyn Terminal,
        input: &'static str,
    ) -> Ended {
        Self::run_ruled(false, machine, connector, line, terminal, input)
    }

    fn run_ruled(
        forbids_weak_pins: bool,
        machine: &Machine,
        connector: &Connector,
        line: &str,
        terminal: &mut dyn Terminal,
        input: &'static str,
    ) -> Ended {
        let nobodys = Decided::load(Sources::at("/dev/null/machine", "/dev/null/user"));
        Self::run_decided(
            &nobodys,
            forbids_weak_pins,
            machine,
            connector,
            line,
            (terminal, input),
        )
    }

    fn run_decided(
        decided: &Decided,
        forbids_weak_pins: bool,
        machine: &Machine,
        connector: &Connector,
        line: &str,
        (terminal, input): (&mut dyn Terminal, &'static str),
    ) -> Ended {
        let (mut result, mut remark) = (Vec::new(), Vec::new());
        let (words, parsed) = parse(&arguments(line), Language::English);
        let mut output = Output::new(&mut result, &mut remark);
        let exit = match parsed {
            Parsed::Run(invocation) => run(
                invocation.action,
                &mut Session {
                    words: &words,
                    readers: connector,
                    machine,
                    terminal,
                    standard_input: &mut || Ok(Box::new(input.as_bytes()) as Box<dyn io::Read>),
                    output: &mut output,
                    browser: &mut NoBrowser,
                    demo: true,
                    forbids_weak_pins,
                    decided,
                    worked_on: None,
                },
            ),
            Parsed::Show(text) => panic!("{text}"),
            Parsed::Wrong(message) => {
                output.warned(&message);
                Exit::Usage
            }
        };
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Ended {
            exit,
            result: text(result),
            remark: text(remark),
        }
    }
}

fn arguments(line: &str) -> Vec<OsString> {
    line.split_whitespace().map(OsString::from).collect()
}

/// A machine without anything; its folders are absolute on Windows as well.
fn nowhere() -> Machine {
    let root = std::path::absolute("/nonexistent").unwrap();
    Machine::at(&root, root.join("home"))
}
