//! Why a command could not do its work: the exit code and the words for it.

use std::io;

use i18n_embed_fl::fl;
use siru_apdu::ReaderError;
use siru_browser::ModuleError;
use siru_card::{ActivationRegime, EntryProblem, OpenError, PinRole, ReadError, Weakness};
use siru_text::{Message, Tone};

use crate::exit::Exit;
use crate::prompt::EntryError;
use crate::words::Words;

/// A card as it is named to a person who has to choose.
#[derive(Debug)]
pub(crate) struct Candidate {
    pub number: usize,
    pub holder: Option<String>,
    pub serial: Option<String>,
    pub reader: String,
}

/// Why a command could not do its work. A PIN was sent in none of these cases: once one was, or was
/// refused, there is an outcome instead.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Trouble {
    #[error("no reader")]
    NoReaders,
    #[error("no such reader")]
    NoSuchReader { readers: Vec<String> },
    #[error("more than one such reader")]
    SeveralReaders { readers: Vec<String> },
    #[error("no card in any reader")]
    NoCard,
    #[error("no supported card in any reader")]
    NoSupportedCard { candidates: Vec<Candidate> },
    #[error("no card with that serial number")]
    NoSuchSerial { candidates: Vec<Candidate> },
    #[error("more than one card with such a serial number")]
    SeveralSerials { candidates: Vec<Candidate> },
    #[error("more than one card")]
    SeveralCards { candidates: Vec<Candidate> },
    #[error("a card that cannot be read may be the one that is meant")]
    Unclear { reader: String },
    #[error("the card does not answer")]
    Mute,
    #[error("the reader cannot be reached")]
    ReaderUnreachable,
    #[error(transparent)]
    Reader(#[from] ReaderError),
    #[error(transparent)]
    Open(#[from] OpenError),
    #[error(transparent)]
    Read(#[from] ReadError),
    #[error("no code came in")]
    Entry(#[from] EntryError),
    #[error("what was typed breaks a rule of the card")]
    Rule {
        code: PinRole,
        problem: EntryProblem,
    },
    #[error("three entries broke the rules")]
    ThreeSlips,
    #[error("the person did not go on")]
    NotConfirmed,
    #[error("which code the letter holds is not known")]
    LetterUnclear,
    #[error("the letter of this card holds another code")]
    AnotherLetter { regime: ActivationRegime },
    #[error("the code of the letter has another length")]
    LetterCode { regime: ActivationRegime },
    #[error("the card does not wait for this any more")]
    NoLongerWaiting,
    #[error("the new PIN is easy to guess")]
    WeakPin { role: PinRole, weakness: Weakness },
    #[error("the card has no such certificate")]
    NoCertificate,
    #[error("a file with roots cannot be used")]
    Roots { file: String },
    #[error("the module sees no virtual cards")]
    OnlyRealCards,
    #[error("the module cannot be registered")]
    Module(#[from] ModuleError),
    #[error("the output cannot be written")]
    Write(#[from] io::Error),
}

impl Trouble {
    /// How the command ends.
    pub fn exit(&self) -> Exit {
        match self {
            Self::NoReaders | Self::NoSuchReader { .. } | Self::ReaderUnreachable => Exit::NoReader,
            Self::NoCard | Self::NoSupportedCard { .. } | Self::Mute => Exit::NoCard,
            Self::SeveralReaders { .. }
            | Self::SeveralSerials { .. }
            | Self::SeveralCards { .. }
            | Self::Unclear { .. }
            | Self::Entry(EntryError::NoTerminal | EntryError::Shown) => Exit::Usage,
            Self::Entry(EntryError::Terminal(_) | EntryError::File(_)) => Exit::Failure,
            Self::NoSuchSerial { .. }
            | Self::Entry(_)
            | Self::Rule { .. }
            | Self::ThreeSlips
            | Self::LetterUnclear
            | Self::AnotherLetter { .. }
            | Self::LetterCode { .. }
            | Self::NoLongerWaiting
            | Self::WeakPin { .. }
            | Self::OnlyRealCards
            | Self::NotConfirmed => Exit::Refused,
            Self::Reader(error) => Exit::of_reader(error),
            Self::Open(error) => Exit::of_open(error),
            Self::Read(error) => Exit::of_read(error),
            Self::NoCertificate | Self::Roots { .. } | Self::Module(_) | Self::Write(_) => {
                Exit::Failure
            }
        }
    }

    /// The words for it. `with_pin`: the command would have sent a PIN, so it is said that none was.
    pub fn message(&self, words: &Words, with_pin: bool) -> Message {
        let mut message = self.what(words);
        if with_pin {
            message.detail.push(fl!(words.own(), "not-sent"));
        }
        message
    }

    fn what(&self, words: &Words) -> Message {
        let own = words.own();
        match self {
            Self::NoReaders => {
                plain(fl!(own, "list-no-readers")).next(fl!(own, "list-no-readers-next"))
            }
            Self::NoSuchReader { readers } => {
                plain(fl!(own, "choose-no-reader")).say(readers_are(words, readers))
            }
            Self::SeveralReaders { readers } => {
                plain(fl!(own, "choose-reader-several")).say(readers_are(words, readers))
            }
            Self::NoCard => plain(fl!(own, "choose-no-card")).next(
                words
                    .cards
                    .reader_error(&ReaderError::NoCard)
                    .next_step
                    .unwrap_or_default(),
            ),
            Self::NoSupportedCard { candidates } => {
                listed(words, fl!(own, "choose-no-supported"), candidates)
            }
            Self::NoSuchSerial { candidates } => {
                listed(words, fl!(own, "choose-no-serial"), candidates)
            }
            Self::SeveralSerials { candidates } => {
                listed(words, fl!(own, "choose-serial-several"), candidates)
            }
            Self::SeveralCards { candidates } => {
                let mut message = listed(words, fl!(own, "choose-several"), candidates);
                message.detail.insert(0, fl!(own, "choose-several-detail"));
                message.next(fl!(own, "choose-several-next"))
            }
            Self::Unclear { reader } => plain(fl!(own, "choose-unclear"))
                .say(fl!(own, "choose-unclear-detail", reader = reader.as_str()))
                .next(fl!(own, "choose-several-next")),
            Self::Mute => words.cards.reader_error(&ReaderError::Mute),
            Self::ReaderUnreachable => plain(fl!(own, "list-unreachable")),
            Self::Reader(error) => words.cards.reader_error(error),
            Self::Open(error) => words.cards.open_error(error),
            Self::Read(error) => words.cards.read_error(error),
            Self::Entry(error) => entry(words, error),
            Self::Rule { code, problem } => sentence(&words.cards.entry_problem(*code, *problem)),
            Self::ThreeSlips => plain(fl!(own, "prompt-three-slips")),
            Self::LetterUnclear
            | Self::AnotherLetter { .. }
            | Self::LetterCode { .. }
            | Self::NoLongerWaiting => self.about_letter(words),
            Self::WeakPin { role, weakness } => {
                sentence(&words.cards.weakness(*role, *weakness)).next(fl!(own, "weak-next"))
            }
            Self::NotConfirmed => plain(fl!(own, "not-confirmed")),
            Self::NoCertificate => plain(fl!(own, "certificate-missing")),
            Self::Roots { file } => plain(fl!(own, "login-roots")).say(fl!(
                own,
                "login-roots-detail",
                file = file.as_str()
            )),
            Self::OnlyRealCards => plain(fl!(own, "login-demo")).next(fl!(own, "login-demo-next")),
            Self::Module(ModuleError::Missing) => {
                plain(fl!(own, "module-missing")).next(fl!(own, "module-missing-next"))
            }
            Self::Module(_) => plain(fl!(own, "module-path-wrong")),
            Self::Write(error) => plain(fl!(own, "write-failed")).say(fl!(
                own,
                "write-failed-detail",
                reason = error.to_string()
            )),
        }
    }

    fn about_letter(&self, words: &Words) -> Message {
        let own = words.own();
        let letter = |regime| words.cards.letter_with(regime);
        match self {
            Self::AnotherLetter { regime } => plain(fl!(own, "letter-other")).say(letter(*regime)),
            Self::LetterCode { regime } => sentence(&letter(*regime)),
            Self::NoLongerWaiting => {
                plain(fl!(own, "activate-changed")).next(fl!(own, "activate-changed-next"))
            }
            _ => plain(fl!(own, "letter-unclear"))
                .say(letter(ActivationRegime::Code))
                .say(letter(ActivationRegime::ActivationPin))
                .next(fl!(own, "letter-unclear-next")),
        }
    }
}

/// A whole sentence as a headline, which has no full stop.
fn sentence(sentence: &str) -> Message {
    plain(sentence.trim_end_matches('.').to_owned())
}

fn entry(words: &Words, error: &EntryError) -> Message {
    let own = words.own();
    match error {
        EntryError::NoTerminal => {
            plain(fl!(own, "prompt-no-terminal")).next(fl!(own, "prompt-no-terminal-next"))
        }
        EntryError::Shown => plain(fl!(own, "prompt-shown")).next(fl!(own, "prompt-shown-next")),
        EntryError::Cancelled => plain(fl!(own, "prompt-cancelled")),
        EntryError::Ended => plain(fl!(own, "prompt-ended")).say(fl!(own, "prompt-ended-detail")),
        EntryError::Digits(problem) => plain(fl!(own, "prompt-ended"))
            .say(words.cards.entry_problem(PinRole::Authentication, *problem)),
        EntryError::OpenToOthers => plain(fl!(own, "pin-file-open-to-others"))
            .next(fl!(own, "pin-file-open-to-others-next")),
        EntryError::File(error) => plain(fl!(own, "pin-file-unreadable")).say(fl!(
            own,
            "write-failed-detail",
            reason = error.to_string()
        )),
        EntryError::Terminal(error) => plain(fl!(own, "prompt-failed")).say(fl!(
            own,
            "write-failed-detail",
            reason = error.to_string()
        )),
    }
}

fn listed(words: &Words, headline: String, candidates: &[Candidate]) -> Message {
    let own = words.own();
    let unknown = || fl!(own, "list-name-unknown");
    let mut message = plain(headline);
    for candidate in candidates {
        message.detail.push(fl!(
            own,
            "choose-card",
            number = candidate.number.to_string(),
            holder = candidate.holder.clone().unwrap_or_else(unknown),
            serial = candidate
                .serial
                .clone()
                .unwrap_or_else(|| fl!(own, "serial-unknown")),
            reader = candidate.reader.as_str()
        ));
    }
    message
}

fn readers_are(words: &Words, readers: &[String]) -> String {
    fl!(
        words.own(),
        "choose-readers-are",
        readers = readers.join(", ")
    )
}

fn plain(headline: String) -> Message {
    Message {
        headline,
        detail: Vec::new(),
        next_step: None,
        tone: Tone::Warning,
    }
}

/// The small grammar in which messages are put together here.
trait Say {
    fn say(self, sentence: String) -> Self;
    fn next(self, step: String) -> Self;
}

impl Say for Message {
    fn say(mut self, sentence: String) -> Self {
        self.detail.push(sentence);
        self
    }

    fn next(mut self, step: String) -> Self {
        self.next_step = Some(step);
        self
    }
}
