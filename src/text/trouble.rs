//! Cards and readers that cannot be used, and why. Nothing told here costs a try.

use i18n_embed_fl::fl;
use siru_apdu::{ChannelError, ExchangeError, ReaderError};
use siru_card::{OpenError, ReadError, ReadOnlyReason};

use crate::catalogue::Texts;
use crate::message::{Message, Tone};

impl Texts {
    /// Why Siru only looks at a card.
    pub fn read_only(&self, reason: ReadOnlyReason) -> String {
        let loader = self.loader();
        let what = fl!(loader, "read-only");
        let why = match reason {
            ReadOnlyReason::UnknownGeneration => fl!(loader, "read-only-unknown-generation"),
            ReadOnlyReason::UnprovenGeneration => fl!(loader, "read-only-unproven-generation"),
            ReadOnlyReason::DirectoryDisagrees => fl!(loader, "read-only-directory"),
            ReadOnlyReason::ProbeDisagrees { status } => {
                fl!(
                    loader,
                    "read-only-probe",
                    status = format!("{:04X}", status.0)
                )
            }
            ReadOnlyReason::NoSerialNumber => fl!(loader, "read-only-no-serial"),
            _ => return what,
        };
        format!("{what} {why}")
    }

    /// Why a card could not be opened.
    pub fn open_error(&self, error: &OpenError) -> Message {
        let loader = self.loader();
        match error {
            OpenError::Foreign => Message::new(Tone::Neutral, fl!(loader, "open-foreign"))
                .say(fl!(loader, "open-foreign-detail"))
                .next(fl!(loader, "open-foreign-next")),
            OpenError::Legacy { profile } => {
                Message::new(Tone::Warning, fl!(loader, "open-legacy"))
                    .say(fl!(loader, "open-legacy-detail", profile = profile.name))
                    .next(fl!(loader, "open-legacy-next"))
            }
            OpenError::Contactless => Message::new(Tone::Warning, fl!(loader, "open-contactless"))
                .say(fl!(loader, "open-contactless-detail"))
                .next(fl!(loader, "open-contactless-next")),
            OpenError::Unreachable(error) => self.unreachable(error),
            _ => Message::new(Tone::Warning, fl!(loader, "unreachable"))
                .next(fl!(loader, "next-insert")),
        }
    }

    /// Why something on a card could not be read.
    pub fn read_error(&self, error: &ReadError) -> Message {
        let loader = self.loader();
        match error {
            ReadError::Unreachable(error) => self.unreachable(error),
            ReadError::AnotherCard => Message::new(Tone::Warning, fl!(loader, "read-another-card"))
                .say(fl!(loader, "read-another-card-detail"))
                .next(fl!(loader, "read-again")),
            ReadError::Unreadable => Message::new(Tone::Warning, fl!(loader, "unreadable"))
                .say(fl!(loader, "unreadable-detail"))
                .next(fl!(loader, "unreadable-next")),
            _ => Message::new(Tone::Warning, fl!(loader, "unreadable"))
                .next(fl!(loader, "unreadable-next")),
        }
    }

    /// Why a reader, or the card in it, could not be reached, and what to do about it.
    pub fn reader_error(&self, error: &ReaderError) -> Message {
        let loader = self.loader();
        match error {
            ReaderError::NoService => Message::new(Tone::Bad, fl!(loader, "reader-no-service"))
                .say(fl!(loader, "reader-no-service-detail"))
                .next(fl!(loader, "reader-no-service-next", system = system())),
            ReaderError::AccessDenied => Message::new(Tone::Bad, fl!(loader, "reader-denied"))
                .say(fl!(loader, "reader-denied-detail"))
                .next(fl!(loader, "reader-denied-next")),
            ReaderError::ReaderGone => Message::new(Tone::Warning, fl!(loader, "reader-gone"))
                .next(fl!(loader, "reader-gone-next")),
            ReaderError::NoCard => Message::new(Tone::Neutral, fl!(loader, "reader-no-card"))
                .next(fl!(loader, "reader-no-card-next")),
            ReaderError::Mute => Message::new(Tone::Warning, fl!(loader, "reader-mute"))
                .next(fl!(loader, "reader-mute-next")),
            ReaderError::Busy => Message::new(Tone::Warning, fl!(loader, "reader-busy"))
                .say(fl!(loader, "reader-busy-detail"))
                .next(fl!(loader, "reader-busy-next")),
            ReaderError::Cancelled => Message::new(Tone::Neutral, fl!(loader, "reader-cancelled")),
            _ => Message::new(Tone::Bad, fl!(loader, "reader-driver"))
                .say(fl!(loader, "reader-driver-detail"))
                .next(fl!(loader, "reader-driver-next")),
        }
    }

    fn unreachable(&self, error: &ExchangeError) -> Message {
        let loader = self.loader();
        Message::new(Tone::Warning, fl!(loader, "unreachable"))
            .say(self.exchange(error))
            .next(fl!(loader, "next-insert"))
    }

    pub(crate) fn exchange(&self, error: &ExchangeError) -> String {
        let loader = self.loader();
        match error {
            ExchangeError::Channel(error) => self.channel(error),
            ExchangeError::BudgetSpent => fl!(loader, "exchange-budget"),
            _ => fl!(loader, "exchange-not-sendable"),
        }
    }

    pub(crate) fn channel(&self, error: &ChannelError) -> String {
        let loader = self.loader();
        match error {
            ChannelError::CardRemoved => fl!(loader, "channel-card-removed"),
            ChannelError::CardReset => fl!(loader, "channel-card-reset"),
            ChannelError::ReaderGone => fl!(loader, "channel-reader-gone"),
            ChannelError::ServiceStopped => fl!(loader, "channel-service-stopped"),
            ChannelError::ShortAnswer { .. } => fl!(loader, "channel-short-answer"),
            ChannelError::LongAnswer { .. } => fl!(loader, "channel-long-answer"),
            _ => fl!(loader, "channel-driver"),
        }
    }
}

/// The value of `$system`: how a service is started differs between systems.
const fn system() -> &'static str {
    if cfg!(windows) { "windows" } else { "linux" }
}
