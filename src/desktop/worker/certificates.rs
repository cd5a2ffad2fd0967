//! Reading all certificates of a card, on the thread of its reader. No PIN is asked for.

use siru_apdu::ReaderName;
use siru_card::{CardCertificate, CardIdentity, FineidCard, ReadError};

use super::Post;
use crate::model::certificates::CertificateError;
use crate::model::{CertificateMessage, LookError, Message};

/// Which card is to be read.
pub(super) struct Order {
    /// To be given back.
    pub(super) generation: u64,
    /// The card the person saw.
    pub(super) seen: CardIdentity,
}

/// What was found, or why nothing was.
pub(super) type Found = Result<Vec<CardCertificate>, CertificateError>;

/// Reads what the card holds, when it is the one that was seen.
pub(super) fn read(card: Result<FineidCard, LookError>, seen: &CardIdentity) -> Found {
    let mut card = card.map_err(CertificateError::Look)?;
    if card.identity() != seen {
        return Err(CertificateError::Read(ReadError::AnotherCard));
    }
    card.certificates().map_err(CertificateError::Read)
}

/// Reports it; `false` when nobody listens any more.
pub(super) fn report(post: &Post, reader: ReaderName, generation: u64, found: Found) -> bool {
    post.send(message(reader, generation, found))
}

/// As a message for the window.
pub(super) const fn message(reader: ReaderName, generation: u64, found: Found) -> Message {
    Message::Certificates(CertificateMessage::Found {
        reader,
        generation,
        found,
    })
}
