//! What a transcript says: a header, then titled steps of exchanges. See `apdu-scripts/README.md`.

use std::collections::BTreeSet;
use std::fmt;
use std::path::Path;
use std::sync::Arc;

use siru_apdu::{ChannelError, Protocol};

use crate::name::{Variant, split};

/// A whole transcript, with everything it includes.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Script {
    /// The comment before the header, line by line without the `#`: what the script shows.
    pub about: Vec<String>,
    /// What card it speaks of, and where its bytes come from.
    pub header: Header,
    /// The scripts named by `include:`, in order. Their steps come before [`Script::steps`].
    pub included: Vec<Script>,
    /// The steps written in this very file.
    pub steps: Vec<Step>,
}

impl Script {
    /// Every step in the order it is played: those of included scripts first.
    pub fn all_steps(&self) -> Vec<&Step> {
        let mut steps: Vec<&Step> = self.included.iter().flat_map(Self::all_steps).collect();
        steps.extend(&self.steps);
        steps
    }

    /// How many exchanges it takes to play the script.
    pub fn exchange_count(&self) -> usize {
        self.all_steps()
            .iter()
            .flat_map(|step| &step.actions)
            .filter(|action| matches!(action, Action::Exchange(_)))
            .count()
    }

    /// How many tries of `secret` (`PIN1`, `PIN2`, `PUK`) are gone at the worst moment: what the
    /// header admits, or the number of wrong presentations in the steps when that is more.
    pub fn spends(&self, secret: &str) -> usize {
        let admitted = self
            .header
            .spends
            .iter()
            .filter(|spend| spend.secret == secret)
            .map(|spend| usize::from(spend.tries))
            .sum();
        let presented = self
            .secret_names()
            .filter(|name| matches!(split(name), (base, Variant::Wrong, _) if base == secret))
            .count();
        usize::max(admitted, presented)
    }

    /// The secrets of which the script spends at least one try.
    pub fn spent_secrets(&self) -> BTreeSet<String> {
        let admitted = self.header.spends.iter().map(|spend| spend.secret.as_str());
        let all = self
            .secret_names()
            .map(|name| split(name).0)
            .chain(admitted);
        all.filter(|secret| self.spends(secret) > 0)
            .map(str::to_owned)
            .collect()
    }

    /// The name of every secret as often as it is presented.
    fn secret_names(&self) -> impl Iterator<Item = &str> {
        self.all_steps()
            .into_iter()
            .flat_map(|step| &step.actions)
            .filter_map(Action::exchange)
            .flat_map(|exchange| &exchange.command)
            .filter_map(|item| match item {
                Item::Secret { name, .. } => Some(name.as_str()),
                _ => None,
            })
    }
}

/// What stands before the first step.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Header {
    /// The card the script speaks of; `None` for a fragment, which is only there to be included.
    pub target: Option<Target>,
    /// Where the bytes come from.
    pub source: Source,
    /// What must be so on the card before the first step.
    pub start: Vec<Start>,
    /// How many tries are gone at the worst moment.
    pub spends: Vec<Spend>,
    /// The scripts played first, as written.
    pub include: Vec<String>,
}

/// The card of a script: `card:`, `atr:` and `protocol:`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// The card's generation or image, as `fineid-v4`.
    pub card: String,
    /// Its answer to reset.
    pub atr: Vec<u8>,
    /// The protocol in which the commands are written.
    pub protocol: Protocol,
}

/// How much a script proves, and the words of its `source:` line after that.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Source {
    /// The first word.
    pub kind: SourceKind,
    /// The rest of the line.
    pub detail: String,
}

/// The three answers to "has a card ever said this?".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
pub enum SourceKind {
    /// `written`: our reading of a document.
    #[default]
    Written,
    /// `simulated`: a virtual card said it.
    Simulated,
    /// `recorded`: a card said it.
    Recorded,
}

/// One clause of `start:`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Start {
    /// `PIN1`, `PIN2` or `PUK`.
    pub secret: String,
    /// How it stands.
    pub state: StartState,
}

/// How a PIN or PUK stands before the first step.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StartState {
    /// `PIN1 has 5 tries`.
    Tries(u8),
    /// `PIN1 is not activated`.
    NotActivated,
}

/// One entry of `spends:`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spend {
    /// `PIN1`, `PIN2` or `PUK`.
    pub secret: String,
    /// How many of its tries are gone at the worst moment.
    pub tries: u8,
}

/// Actions under one `== title`. The first step of a draft may have an empty title.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// What failures call the step.
    pub title: String,
    /// What happens in it.
    pub actions: Vec<Action>,
}

/// One thing that happens.
#[derive(Clone, Debug)]
pub enum Action {
    /// A command and what came of it.
    Exchange(Exchange),
    /// `! end reset`: the terminal ends its transaction and has the card reset.
    EndWithReset(Place),
}

impl Action {
    /// The exchange, if it is one.
    pub const fn exchange(&self) -> Option<&Exchange> {
        match self {
            Self::Exchange(exchange) => Some(exchange),
            Self::EndWithReset(_) => None,
        }
    }

    /// Where it is written.
    pub const fn place(&self) -> &Place {
        match self {
            Self::Exchange(exchange) => &exchange.place,
            Self::EndWithReset(place) => place,
        }
    }
}

/// Two actions are equal when they say the same, wherever they stand.
impl PartialEq for Action {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Exchange(one), Self::Exchange(two)) => one == two,
            (Self::EndWithReset(_), Self::EndWithReset(_)) => true,
            _ => false,
        }
    }
}

impl Eq for Action {}

/// A command and what came of it.
#[derive(Clone, Debug)]
pub struct Exchange {
    /// Where the command is written.
    pub place: Place,
    /// The command as on the wire.
    pub command: Vec<Item>,
    /// The answer, or what happened in its stead.
    pub outcome: Outcome,
}

/// Two exchanges are equal when they say the same, wherever they stand.
impl PartialEq for Exchange {
    fn eq(&self, other: &Self) -> bool {
        self.command == other.command && self.outcome == other.outcome
    }
}

impl Eq for Exchange {}

/// What came of a command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The card answered; the last two bytes are the status word.
    Response(Vec<Item>),
    /// No answer came, and this is why.
    Event(Event),
}

/// What happens in place of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// `! reset`: another program reset the card.
    Reset,
    /// `! remove`: the card was pulled.
    Remove,
    /// `! fail REASON`.
    Fail(Failure),
}

impl Event {
    /// What a channel reports when this happens.
    pub fn to_error(self) -> ChannelError {
        match self {
            Self::Reset => ChannelError::CardReset,
            Self::Remove => ChannelError::CardRemoved,
            Self::Fail(Failure::ReaderGone) => ChannelError::ReaderGone,
            Self::Fail(Failure::ServiceStopped) => ChannelError::ServiceStopped,
            Self::Fail(Failure::ShortAnswer) => ChannelError::ShortAnswer { length: 0 },
            Self::Fail(Failure::LongAnswer) => ChannelError::LongAnswer { length: 259 },
            Self::Fail(Failure::Driver) => ChannelError::Driver(Box::new(self)),
        }
    }

    /// The event a channel's error amounts to.
    pub fn from_error(error: &ChannelError) -> Self {
        match error {
            ChannelError::CardReset => Self::Reset,
            ChannelError::CardRemoved => Self::Remove,
            ChannelError::ReaderGone => Self::Fail(Failure::ReaderGone),
            ChannelError::ServiceStopped => Self::Fail(Failure::ServiceStopped),
            ChannelError::ShortAnswer { .. } => Self::Fail(Failure::ShortAnswer),
            ChannelError::LongAnswer { .. } => Self::Fail(Failure::LongAnswer),
            _ => Self::Fail(Failure::Driver),
        }
    }
}

/// As it is written after `! `.
impl fmt::Display for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Reset => f.write_str("reset"),
            Self::Remove => f.write_str("remove"),
            Self::Fail(failure) => write!(f, "fail {}", failure.word()),
        }
    }
}

impl std::error::Error for Event {}

/// The reasons of `! fail`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Failure {
    /// `reader-gone`: the reader was unplugged.
    ReaderGone,
    /// `service-stopped`: the smart card service ended.
    ServiceStopped,
    /// `short-answer`: fewer than two bytes came back.
    ShortAnswer,
    /// `long-answer`: more bytes came back than a short command can ask for.
    LongAnswer,
    /// `driver`: the reader's driver reported something else.
    Driver,
}

impl Failure {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::ReaderGone,
        Self::ServiceStopped,
        Self::ShortAnswer,
        Self::LongAnswer,
        Self::Driver,
    ];

    /// The word that stands for it in a script.
    pub const fn word(self) -> &'static str {
        match self {
            Self::ReaderGone => "reader-gone",
            Self::ServiceStopped => "service-stopped",
            Self::ShortAnswer => "short-answer",
            Self::LongAnswer => "long-answer",
            Self::Driver => "driver",
        }
    }
}

/// A part of a command or response.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Item {
    /// `9A 02`: these bytes.
    Bytes(Vec<u8>),
    /// `{name=DE AD}`: bytes that vary, and a sample of them.
    Varying {
        /// The same name stands for the same bytes throughout a run.
        name: String,
        /// As many bytes as there always are.
        sample: Vec<u8>,
    },
    /// `{PIN1:12}`: bytes only the runner knows.
    Secret {
        /// The same name stands for the same bytes, two names never do.
        name: String,
        /// How many bytes, padding included.
        length: usize,
    },
    /// `{@certs/auth.der 0000+E7}`: a part of a file.
    File {
        /// The file, as written.
        path: String,
        /// Where the part begins, in bytes.
        offset: usize,
        /// The part itself, read when the script was.
        bytes: Vec<u8>,
    },
}

impl Item {
    /// How many bytes it stands for.
    pub const fn len(&self) -> usize {
        match self {
            Self::Bytes(bytes) | Self::File { bytes, .. } => bytes.len(),
            Self::Varying { sample, .. } => sample.len(),
            Self::Secret { length, .. } => *length,
        }
    }

    /// Whether it stands for no bytes at all, which no script can write.
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// Where something is written. Named in every failure.
#[derive(Clone, Debug, Default)]
pub struct Place {
    /// The file; `None` for a script that never was one.
    pub file: Option<Arc<Path>>,
    /// The line, from 1; 0 in a script that never was text.
    pub line: u32,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.file {
            Some(file) => write!(f, "{}:{}", file.display(), self.line),
            None => write!(f, "line {}", self.line),
        }
    }
}
