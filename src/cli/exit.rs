//! The exit codes, an interface: their meaning never changes.

use std::process::ExitCode;

use siru_apdu::{ChannelError, ExchangeError, ReaderError};
use siru_card::{Answer, OpenError, PinOutcome, PinRole, ReadError, Refusal, TryUse};
use siru_login::{BrokenLink, Verdict};

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[repr(u8)]
pub enum Exit {
    /// Done.
    Done = 0,
    /// Unexpected failure; the message says what was and was not sent.
    Failure = 1,
    /// The command line is not right, or does not say which card is meant.
    Usage = 2,
    /// No smart card service, or none that lets this user in.
    NoService = 3,
    /// No reader.
    NoReader = 4,
    /// No card, or no supported one.
    NoCard = 5,
    /// Wrong PIN or PUK; one try was used.
    Wrong = 6,
    /// The PIN is locked.
    PinLocked = 7,
    /// The PUK is locked, permanently.
    PukLocked = 8,
    /// Refused before anything was sent; no try was used.
    Refused = 9,
    /// The result is not known.
    Unknown = 10,
}

impl Exit {
    /// All of them, in their order.
    pub const ALL: [Self; 11] = [
        Self::Done,
        Self::Failure,
        Self::Usage,
        Self::NoService,
        Self::NoReader,
        Self::NoCard,
        Self::Wrong,
        Self::PinLocked,
        Self::PukLocked,
        Self::Refused,
        Self::Unknown,
    ];

    /// The number the shell sees.
    pub const fn code(self) -> u8 {
        self as u8
    }

    /// How a PIN operation ended.
    pub fn of_outcome(outcome: &PinOutcome) -> Self {
        match &outcome.answer {
            Answer::Done => Self::Done,
            Answer::Wrong { .. } => Self::Wrong,
            Answer::WrongAndLocked { code } | Answer::Locked { code } => Self::of_lock(*code),
            Answer::NotUsable { .. } | Answer::CardRefused { .. } => Self::Failure,
            // Whoever gets 10 has to look at the counters; when no try can be gone, 1 is enough.
            Answer::Unexpected { .. } if outcome.try_use == TryUse::NotUsed => Self::Failure,
            Answer::NotSent(refusal) => Self::of_refusal(refusal),
            _ => Self::Unknown,
        }
    }

    fn of_refusal(refusal: &Refusal) -> Self {
        match refusal {
            Refusal::Locked { code } => Self::of_lock(*code),
            Refusal::Unreachable(error) => Self::of_exchange(error),
            _ => Self::Refused,
        }
    }

    const fn of_lock(code: PinRole) -> Self {
        match code {
            PinRole::Unblocking => Self::PukLocked,
            PinRole::Authentication | PinRole::Signature => Self::PinLocked,
        }
    }

    /// Why readers could not be listed or a card not be connected to.
    pub const fn of_reader(error: &ReaderError) -> Self {
        match error {
            ReaderError::NoService | ReaderError::AccessDenied => Self::NoService,
            ReaderError::ReaderGone => Self::NoReader,
            ReaderError::NoCard | ReaderError::Mute => Self::NoCard,
            _ => Self::Failure,
        }
    }

    /// Why a card could not be opened.
    pub const fn of_open(error: &OpenError) -> Self {
        match error {
            OpenError::Foreign | OpenError::Legacy { .. } | OpenError::Contactless => Self::NoCard,
            OpenError::Unreachable(error) => Self::of_exchange(error),
            _ => Self::Failure,
        }
    }

    /// Why something on a card could not be read.
    pub const fn of_read(error: &ReadError) -> Self {
        match error {
            ReadError::Unreachable(error) => Self::of_exchange(error),
            ReadError::AnotherCard => Self::Refused,
            _ => Self::Failure,
        }
    }

    /// How a log-in test ended.
    pub const fn of_login(verdict: &Verdict) -> Self {
        let Some(link) = verdict.link() else {
            return Self::Done;
        };
        match link {
            BrokenLink::NoService => Self::NoService,
            BrokenLink::NoReader => Self::NoReader,
            BrokenLink::NoCard | BrokenLink::UnknownCard | BrokenLink::CardRemoved => Self::NoCard,
            BrokenLink::SeveralCards => Self::Usage,
            BrokenLink::WrongPin { .. } => Self::Wrong,
            BrokenLink::PinLocked => Self::PinLocked,
            BrokenLink::PinUnknown => Self::Unknown,
            BrokenLink::LastTry
            | BrokenLink::AnotherCard
            | BrokenLink::LookOnly
            | BrokenLink::NotActivated => Self::Refused,
            _ => Self::Failure,
        }
    }

    const fn of_exchange(error: &ExchangeError) -> Self {
        match error {
            ExchangeError::Channel(ChannelError::CardRemoved) => Self::NoCard,
            ExchangeError::Channel(ChannelError::ReaderGone) => Self::NoReader,
            ExchangeError::Channel(ChannelError::ServiceStopped) => Self::NoService,
            _ => Self::Failure,
        }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit.code())
    }
}
