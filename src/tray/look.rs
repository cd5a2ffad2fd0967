//! Reading a card once, in short transactions that other programs can share it between.

use siru_apdu::{ReaderError, ReaderName, Readers};
use siru_card::{Access, FineidCard, OpenError, PinStates, Purpose, ReadError, Timestamp};

/// What a card said.
#[derive(Debug)]
pub struct Facts {
    /// What Siru may do with it.
    pub access: Access,
    /// The states of its codes.
    pub states: PinStates,
    /// Until when its certificates for logging in and signing are both valid; `None` when it has
    /// none for logging in.
    pub valid_until: Result<Option<Timestamp>, ReadError>,
}

/// Why a card said nothing.
#[derive(Debug, thiserror::Error)]
pub enum LookError {
    /// It could not be connected to.
    #[error(transparent)]
    Reader(#[from] ReaderError),
    /// It could not be opened.
    #[error(transparent)]
    Open(#[from] OpenError),
}

impl Facts {
    /// Whether looking again may say more: when a card is put in, many programs reach for it at
    /// once, and one that resets it or takes it for itself ends what the others were doing.
    pub const fn may_pass(found: &Result<Self, LookError>) -> bool {
        matches!(
            found,
            Err(LookError::Reader(ReaderError::Busy) | LookError::Open(OpenError::Unreachable(_)))
                | Ok(Self {
                    valid_until: Err(ReadError::Unreachable(_)),
                    ..
                })
        )
    }
}

/// Reads the card in `reader` and lets it go. Sends nothing that could cost a try.
///
/// # Errors
///
/// The card may have gone meanwhile; whoever watches the reader is told of that as well.
pub fn look(readers: &mut dyn Readers, reader: &ReaderName) -> Result<Facts, LookError> {
    let mut card = FineidCard::open(readers.connect(reader)?)?;
    let valid_until = first_end(&mut card);
    Ok(Facts {
        access: card.access(),
        states: *card.states(),
        valid_until,
    })
}

/// When the first of the person's certificates ends: whoever signs needs a new card then, too.
fn first_end(card: &mut FineidCard) -> Result<Option<Timestamp>, ReadError> {
    let Some(log_in) = card.certificate(Purpose::Authentication)? else {
        return Ok(None);
    };
    let signature = card.certificate(Purpose::Signature)?;
    let ends = signature.iter().chain([&log_in]);
    Ok(ends.map(|leaf| leaf.certificate.not_after).min())
}
