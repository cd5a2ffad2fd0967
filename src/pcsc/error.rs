//! What the codes of PC/SC mean: one table, and its reading in two directions.
//!
//! The same code says one thing while a card is being talked to ([`ChannelError`]) and another
//! while readers are looked for ([`ReaderError`]): an invalid handle is a reader that was unplugged
//! in the one case and a service that was restarted in the other. The table follows the return
//! codes of *Interoperability Specification for ICCs and Personal Computer Systems*, part 5, as
//! pcsc-lite and Windows document them; it has no wildcard, so a new code must be given a meaning.

use siru_apdu::{ChannelError, ReaderError};

/// What a code of PC/SC is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cause {
    /// No card is in the reader, or not the one that was connected to.
    CardGone,
    /// The card was reset and lost its state. Connecting again helps.
    CardReset,
    /// The card has no power: another program cut it, and connecting again helps, or it cannot be
    /// powered at all.
    CardUnpowered,
    /// The card does not answer its reset.
    CardMute,
    /// The reader was unplugged.
    ReaderGone,
    /// A connection, or the service's context it lives in, is not known any more.
    HandleLost,
    /// The service stopped or was never started.
    ServiceGone,
    /// The service does not serve this user.
    Denied,
    /// Another program holds the card for itself.
    Busy,
    /// A wait was ended on purpose.
    Cancelled,
    /// Anything else; only a log can make use of it.
    Unexplained(pcsc::Error),
}

impl Cause {
    /// Whether the card is there, but forgot what was selected and verified.
    pub(crate) const fn is_reset(self) -> bool {
        matches!(self, Self::CardReset | Self::CardUnpowered)
    }
}

impl From<pcsc::Error> for Cause {
    fn from(error: pcsc::Error) -> Self {
        use pcsc::Error as E;
        match error {
            E::NoSmartcard | E::RemovedCard => Self::CardGone,
            E::ResetCard => Self::CardReset,
            E::UnpoweredCard => Self::CardUnpowered,
            E::UnresponsiveCard => Self::CardMute,
            // An unplugged reader is told in any of these ways, depending on the moment.
            E::UnknownReader | E::ReaderUnavailable | E::NoReadersAvailable | E::InvalidValue => {
                Self::ReaderGone
            }
            E::InvalidHandle => Self::HandleLost,
            // A communication error is one between a program and the service; one between a
            // reader and a card is `NotTransacted`.
            E::NoService | E::ServiceStopped | E::CommError | E::Shutdown | E::SystemCancelled => {
                Self::ServiceGone
            }
            // pcsc-lite answers so when polkit refuses; but see `in_session`.
            E::SecurityViolation | E::NoAccess => Self::Denied,
            E::SharingViolation => Self::Busy,
            E::Cancelled | E::CancelledByUser => Self::Cancelled,
            #[cfg(target_os = "windows")]
            E::Unexpected => Self::Unexplained(error),
            E::InternalError
            | E::InvalidParameter
            | E::InvalidTarget
            | E::NoMemory
            | E::WaitedTooLong
            | E::InsufficientBuffer
            | E::Timeout
            | E::UnknownCard
            | E::CantDispose
            | E::ProtoMismatch
            | E::NotReady
            | E::UnknownError
            | E::InvalidAtr
            | E::NotTransacted
            | E::PciTooSmall
            | E::ReaderUnsupported
            | E::DuplicateReader
            | E::CardUnsupported
            | E::IccInstallation
            | E::IccCreateorder
            | E::UnsupportedFeature
            | E::DirNotFound
            | E::FileNotFound
            | E::NoDir
            | E::NoFile
            | E::WriteTooMany
            | E::BadSeek
            | E::InvalidChv
            | E::UnknownResMng
            | E::NoSuchCertificate
            | E::CertificateUnavailable
            | E::CommDataLost
            | E::NoKeyContainer
            | E::ServerTooBusy
            | E::UnsupportedCard
            | E::WrongChv
            | E::ChvBlocked
            | E::Eof
            | E::CardNotAuthenticated
            | E::CacheItemNotFound
            | E::CacheItemStale
            | E::CacheItemTooBig => Self::Unexplained(error),
        }
    }
}

/// While a card is being talked to. Whether a command that was under way was carried out, no code
/// of PC/SC tells: a try of a PIN may be gone after any of these.
impl From<Cause> for ChannelError {
    fn from(cause: Cause) -> Self {
        match cause {
            Cause::CardGone => Self::CardRemoved,
            // Without power a card forgets what it knew, just as when it is reset.
            Cause::CardReset | Cause::CardUnpowered => Self::CardReset,
            Cause::ReaderGone | Cause::HandleLost => Self::ReaderGone,
            // A card once connected to is not refused any more: see `in_session`.
            Cause::ServiceGone | Cause::Denied => Self::ServiceStopped,
            Cause::CardMute => Self::Driver(Box::new(pcsc::Error::UnresponsiveCard)),
            Cause::Busy => Self::Driver(Box::new(pcsc::Error::SharingViolation)),
            Cause::Cancelled => Self::Driver(Box::new(pcsc::Error::Cancelled)),
            Cause::Unexplained(error) => Self::Driver(Box::new(error)),
        }
    }
}

/// While readers are looked for and connected to. Nothing has been sent to a card then, so none of
/// these costs the cardholder anything.
impl From<Cause> for ReaderError {
    fn from(cause: Cause) -> Self {
        match cause {
            Cause::CardGone => Self::NoCard,
            Cause::CardMute | Cause::CardUnpowered => Self::Mute,
            Cause::ReaderGone => Self::ReaderGone,
            Cause::HandleLost | Cause::ServiceGone => Self::NoService,
            Cause::Denied => Self::AccessDenied,
            Cause::Busy => Self::Busy,
            Cause::Cancelled => Self::Cancelled,
            Cause::CardReset => Self::Driver(Box::new(pcsc::Error::ResetCard)),
            // What `SCardConnect` of Windows says when the reader cannot connect to the card, and
            // when the service has no time for it.
            Cause::Unexplained(pcsc::Error::NotReady) => Self::Mute,
            Cause::Unexplained(pcsc::Error::ServerTooBusy) => Self::Busy,
            Cause::Unexplained(error) => Self::Driver(Box::new(error)),
        }
    }
}

/// What a code means that came in a context the service had already granted.
///
/// To pcsc-lite, a connection to the service that is reset is one that polkit refused. The daemon
/// dying in the middle of a call does that as well, and after the first call it is the only one.
pub(crate) const fn in_session(error: pcsc::Error) -> pcsc::Error {
    match error {
        pcsc::Error::SecurityViolation => pcsc::Error::CommError,
        error => error,
    }
}

/// [`ChannelError`] for a code that came while a card was being talked to.
pub(crate) fn while_talking(error: pcsc::Error) -> ChannelError {
    Cause::from(error).into()
}

/// [`ReaderError`] for a code that came while readers were looked for.
pub(crate) fn while_looking(error: pcsc::Error) -> ReaderError {
    Cause::from(error).into()
}

#[cfg(test)]
mod tests {
    use std::mem::discriminant;

    use pcsc::Error as E;

    use super::*;

    /// All codes with a meaning of their own; every other must stay unexplained.
    fn meanings() -> Vec<(E, ChannelError, ReaderError)> {
        let driver = |error: E| ChannelError::Driver(Box::new(error));
        let service = || (ChannelError::ServiceStopped, ReaderError::NoService);
        let reader = || (ChannelError::ReaderGone, ReaderError::ReaderGone);
        let rows = [
            (
                E::NoSmartcard,
                (ChannelError::CardRemoved, ReaderError::NoCard),
            ),
            (
                E::RemovedCard,
                (ChannelError::CardRemoved, ReaderError::NoCard),
            ),
            (
                E::UnresponsiveCard,
                (driver(E::UnresponsiveCard), ReaderError::Mute),
            ),
            (E::UnknownReader, reader()),
            (E::ReaderUnavailable, reader()),
            (E::NoReadersAvailable, reader()),
            (E::InvalidValue, reader()),
            (
                E::InvalidHandle,
                (ChannelError::ReaderGone, ReaderError::NoService),
            ),
            (E::NoService, service()),
            (E::ServiceStopped, service()),
            (E::CommError, service()),
            (E::Shutdown, service()),
            (E::SystemCancelled, service()),
            (
                E::SecurityViolation,
                (ChannelError::ServiceStopped, ReaderError::AccessDenied),
            ),
            (
                E::NoAccess,
                (ChannelError::ServiceStopped, ReaderError::AccessDenied),
            ),
            (
                E::SharingViolation,
                (driver(E::SharingViolation), ReaderError::Busy),
            ),
            (E::NotReady, (driver(E::NotReady), ReaderError::Mute)),
            (
                E::ServerTooBusy,
                (driver(E::ServerTooBusy), ReaderError::Busy),
            ),
            (E::Cancelled, (driver(E::Cancelled), ReaderError::Cancelled)),
            (
                E::CancelledByUser,
                (driver(E::Cancelled), ReaderError::Cancelled),
            ),
            (
                E::ResetCard,
                (
                    ChannelError::CardReset,
                    ReaderError::Driver(Box::new(E::ResetCard)),
                ),
            ),
            (
                E::UnpoweredCard,
                (ChannelError::CardReset, ReaderError::Mute),
            ),
        ];
        rows.into_iter()
            .map(|(code, (talking, looking))| (code, talking, looking))
            .collect()
    }

    /// Every code of the crate but the one that exists on Windows only.
    const ALL: [E; 62] = [
        E::InternalError,
        E::Cancelled,
        E::InvalidHandle,
        E::InvalidParameter,
        E::InvalidTarget,
        E::NoMemory,
        E::WaitedTooLong,
        E::InsufficientBuffer,
        E::UnknownReader,
        E::Timeout,
        E::SharingViolation,
        E::NoSmartcard,
        E::UnknownCard,
        E::CantDispose,
        E::ProtoMismatch,
        E::NotReady,
        E::InvalidValue,
        E::SystemCancelled,
        E::CommError,
        E::UnknownError,
        E::InvalidAtr,
        E::NotTransacted,
        E::ReaderUnavailable,
        E::Shutdown,
        E::PciTooSmall,
        E::ReaderUnsupported,
        E::DuplicateReader,
        E::CardUnsupported,
        E::NoService,
        E::ServiceStopped,
        E::IccInstallation,
        E::IccCreateorder,
        E::UnsupportedFeature,
        E::DirNotFound,
        E::FileNotFound,
        E::NoDir,
        E::NoFile,
        E::NoAccess,
        E::WriteTooMany,
        E::BadSeek,
        E::InvalidChv,
        E::UnknownResMng,
        E::NoSuchCertificate,
        E::CertificateUnavailable,
        E::NoReadersAvailable,
        E::CommDataLost,
        E::NoKeyContainer,
        E::ServerTooBusy,
        E::UnsupportedCard,
        E::UnresponsiveCard,
        E::UnpoweredCard,
        E::ResetCard,
        E::RemovedCard,
        E::SecurityViolation,
        E::WrongChv,
        E::ChvBlocked,
        E::Eof,
        E::CancelledByUser,
        E::CardNotAuthenticated,
        E::CacheItemNotFound,
        E::CacheItemStale,
        E::CacheItemTooBig,
    ];

    #[test]
    fn every_code_says_what_it_means_in_both_directions() {
        let meanings = meanings();
        for code in ALL {
            let (talking, looking) = (while_talking(code), while_looking(code));
            match meanings.iter().find(|row| row.0 == code) {
                Some((_, expected_talking, expected_looking)) => {
                    assert_eq!(
                        talking.to_string(),
                        expected_talking.to_string(),
                        "{code:?}"
                    );
                    assert_eq!(
                        discriminant(&looking),
                        discriminant(expected_looking),
                        "{code:?}"
                    );
                }
                None => {
                    for source in [
                        std::error::Error::source(&talking),
                        std::error::Error::source(&looking),
                    ] {
                        let kept = source.and_then(|source| source.downcast_ref::<E>());
                        assert_eq!(kept, Some(&code), "an unexplained code keeps its source");
                    }
                }
            }
        }
    }

    #[test]
    fn only_a_new_connection_helps_when_card_reader_or_service_are_gone() {
        for code in ALL {
            let gone = matches!(
                Cause::from(code),
                Cause::CardGone
                    | Cause::ReaderGone
                    | Cause::HandleLost
                    | Cause::ServiceGone
                    | Cause::Denied
            );
            assert_eq!(while_talking(code).is_gone(), gone, "{code:?}");
        }
    }
}
