//! Whether Siru writes to a card at all.

use siru_apdu::StatusWord;

/// What may be done with a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Access {
    /// PINs may be checked, changed and unlocked.
    Full,
    /// Looking only.
    ReadOnly(ReadOnlyReason),
}

/// Why a card is only looked at. Writing on a wrong guess would cost tries of the wrong code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum ReadOnlyReason {
    /// No known generation has this answer to reset.
    UnknownGeneration,
    /// The generation is known, but how its PINs work has not been proven on a card.
    UnprovenGeneration,
    /// The card's own directory names other PIN references, lengths or padding than its generation.
    DirectoryDisagrees,
    /// The card did not answer to the PIN references of its generation.
    ProbeDisagrees {
        /// What it answered instead.
        status: StatusWord,
    },
    /// The card's serial number could not be read, so a swap could not be noticed.
    NoSerialNumber,
}
