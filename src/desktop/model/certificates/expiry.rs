//! The end of a card's certificates, told in time.

use std::time::SystemTime;

use siru_card::{CardKind, Purpose, Timestamp, Validity};
use siru_text::Tone;

use crate::model::{Card, Model, Reader};

/// What is to be told about the end of a certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExpiryNotice {
    /// Whether log-in or signatures end.
    pub purpose: Purpose,
    /// How the certificate stands.
    pub validity: Validity,
    /// The kind of card: it says who gives a new one.
    pub kind: CardKind,
    /// How urgent it is.
    pub grade: Grade,
}

/// How urgent it is, the most urgent first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Grade {
    /// It has ended.
    Expired,
    /// It ends within 7 days.
    Week,
    /// It ends within 30 days, hardly the time in which a new card comes.
    Month,
    /// It ends within 90 days.
    Quarter,
    /// It is not valid yet; usually the clock of the computer is wrong.
    NotYet,
}

impl Grade {
    /// The grade of what is to be told; `None` while there is nothing to tell.
    pub const fn of(validity: Validity) -> Option<Self> {
        match validity {
            Validity::Expired { .. } => Some(Self::Expired),
            Validity::Valid { days_left: 0..=7 } => Some(Self::Week),
            Validity::Valid { days_left: 8..=30 } => Some(Self::Month),
            Validity::Valid { days_left: 31..=90 } => Some(Self::Quarter),
            Validity::Valid { .. } => None,
            Validity::NotYet => Some(Self::NotYet),
        }
    }

    /// The tone in which it is told, and with it the shape of its sign.
    pub const fn tone(self) -> Tone {
        match self {
            Self::Expired | Self::Week => Tone::Bad,
            Self::Month | Self::NotYet => Tone::Warning,
            Self::Quarter => Tone::Neutral,
        }
    }
}

/// What is to be told about the certificate for log-in, which is known as soon as a card was looked
/// at.
pub fn expiry_notice(card: &Card, now: SystemTime) -> Option<ExpiryNotice> {
    notice(Purpose::Authentication, card.validity?, card.kind, now)
}

impl Model {
    /// The most urgent of what is to be told about the certificates of the card in `reader`, at the
    /// time of the clock: of the one for log-in, and of those for signatures once they are read.
    pub fn expiry_notice(&self, reader: &Reader) -> Option<ExpiryNotice> {
        let (card, now) = (reader.card()?, self.clock?);
        let read = self.certificates.of(reader).and_then(|held| held.all());
        let signatures = read
            .unwrap_or_default()
            .iter()
            .filter(|one| one.purpose == Purpose::Signature)
            .filter_map(|one| {
                let dates = (one.certificate.not_before, one.certificate.not_after);
                notice(one.purpose, dates, card.kind, now)
            });
        // Of two that are equally urgent the one for log-in is told: it comes first.
        expiry_notice(card, now)
            .into_iter()
            .chain(signatures)
            .min_by_key(|notice| notice.grade)
    }
}

fn notice(
    purpose: Purpose,
    (not_before, not_after): (Timestamp, Timestamp),
    kind: CardKind,
    now: SystemTime,
) -> Option<ExpiryNotice> {
    let validity = Validity::at(not_before, not_after, now);
    Some(ExpiryNotice {
        purpose,
        validity,
        kind,
        grade: Grade::of(validity)?,
    })
}
