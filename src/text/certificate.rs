//! Certificates in words: what they are for, until when they are valid, and what their end means.

use std::time::SystemTime;

use i18n_embed_fl::fl;
use siru_card::{CardKind, KeyType, PinRole, Purpose, Timestamp, Validity};

use crate::catalogue::Texts;
use crate::codes::{issuer_selector, selector};
use crate::message::{Message, Tone};

impl Texts {
    /// What a certificate is for: "Log-in certificate".
    pub fn certificate(&self, purpose: Purpose) -> String {
        match purpose {
            Purpose::Authentication => fl!(self.loader(), "certificate-authentication"),
            Purpose::Signature => fl!(self.loader(), "certificate-signature"),
            Purpose::CertificateAuthority => fl!(self.loader(), "certificate-authority"),
        }
    }

    /// What the authority is called at which a chain ends: it vouches for itself.
    pub fn root_certificate(&self) -> String {
        fl!(self.loader(), "certificate-root")
    }

    /// What a certificate is used for, and which PIN opens its key.
    pub fn certificate_use(&self, purpose: Purpose) -> String {
        let loader = self.loader();
        match purpose {
            Purpose::Authentication => fl!(loader, "certificate-authentication-use", code = PIN1),
            Purpose::Signature => fl!(loader, "certificate-signature-use", code = PIN2),
            Purpose::CertificateAuthority => fl!(loader, "certificate-authority-use"),
        }
    }

    /// The key of a certificate: "P-384", "RSA, 2048 bits".
    pub fn key(&self, key: KeyType) -> String {
        match key {
            KeyType::Rsa { bits } => fl!(self.loader(), "key-rsa", bits = bits.to_string()),
            KeyType::P256 | KeyType::P384 => key.to_string(),
            KeyType::Unknown => fl!(self.loader(), "key-unknown"),
        }
    }

    /// A day, in the usual form of the language: "3 May 2026".
    pub fn day(&self, time: Timestamp) -> String {
        let (year, month, day) = time.date();
        // The year as text: as a number it would be grouped.
        let year = year.to_string();
        fl!(
            self.loader(),
            "day",
            year = year,
            month = month,
            day = day.to_string()
        )
    }

    /// Whether a certificate with these dates is valid at `now`, and how long still: "expires in
    /// 29 days".
    pub fn validity(&self, not_before: Timestamp, not_after: Timestamp, now: SystemTime) -> String {
        let loader = self.loader();
        match Validity::at(not_before, not_after, now) {
            Validity::NotYet => fl!(loader, "validity-not-yet", date = self.day(not_before)),
            Validity::Valid { days_left: 0 } => fl!(loader, "validity-ends-today"),
            Validity::Valid { days_left } => match whole_months(now, not_after) {
                months if days_left <= FEW_DAYS || months < FEW_MONTHS => {
                    fl!(loader, "validity-days", days = days_left)
                }
                months => self.months_left(months),
            },
            Validity::Expired { days_ago: 0 } => fl!(loader, "validity-ended-today"),
            Validity::Expired { days_ago } => fl!(
                loader,
                "validity-ended",
                date = self.day(not_after),
                days = days_ago
            ),
        }
    }

    /// What it means to the holder of a card that the certificate for `purpose` ends soon, has
    /// ended or is not valid yet.
    pub fn expiry(
        &self,
        purpose: Purpose,
        validity: Validity,
        kind: CardKind,
        urgency: Tone,
    ) -> Message {
        let loader = self.loader();
        let code = match purpose {
            Purpose::Signature => PIN2,
            _ => PIN1,
        };
        match validity {
            Validity::Expired { .. } => {
                Message::new(urgency, fl!(loader, "expiry-past", code = code))
                    .say(fl!(loader, "expired-pins"))
                    .next(fl!(loader, "new-card-from", kind = issuer_selector(kind)))
            }
            Validity::Valid { days_left: 0 } => {
                Message::new(urgency, fl!(loader, "expiry-today", code = code))
                    .say(fl!(loader, "expired-pins"))
                    .next(fl!(loader, "new-card-from", kind = issuer_selector(kind)))
            }
            Validity::Valid { days_left } => {
                let headline = fl!(loader, "expiry-soon", code = code, days = days_left);
                Message::new(urgency, headline).next(fl!(
                    loader,
                    "new-card-from",
                    kind = issuer_selector(kind)
                ))
            }
            Validity::NotYet => Message::new(urgency, fl!(loader, "expiry-not-yet", code = code))
                .next(fl!(loader, "login-clock")),
        }
    }

    /// What still works with a card whose certificates have ended.
    pub fn expired_pins(&self) -> String {
        fl!(self.loader(), "expired-pins")
    }

    /// The end of the certificate for `purpose` as an entry for a calendar. `holder` is whose card it
    /// is on.
    pub fn calendar(&self, purpose: Purpose, holder: &str, kind: CardKind) -> CalendarWords {
        let loader = self.loader();
        let code = match purpose {
            Purpose::Signature => PIN2,
            _ => PIN1,
        };
        CalendarWords {
            summary: fl!(loader, "calendar-summary", code = code, holder = holder),
            description: fl!(loader, "calendar-description", kind = issuer_selector(kind)),
        }
    }

    /// What the file of a certificate of the person is called, without its ending.
    pub fn certificate_file(&self, purpose: Purpose) -> String {
        match purpose {
            Purpose::Signature => fl!(self.loader(), "file-signature"),
            _ => fl!(self.loader(), "file-authentication"),
        }
    }

    /// What the file of `name` is called that also holds the certificates above it.
    pub fn chain_file(&self, name: &str) -> String {
        fl!(self.loader(), "file-chain", name = name)
    }

    fn months_left(&self, months: u32) -> String {
        let loader = self.loader();
        let (years, months) = (months / 12, months % 12);
        match (years, months) {
            (0, _) => fl!(loader, "validity-months", months = months),
            (_, 0) => fl!(loader, "validity-years", years = years),
            _ => fl!(
                loader,
                "validity-years-months",
                years = years,
                months = months
            ),
        }
    }
}

/// An entry for a calendar in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CalendarWords {
    /// What the day is called.
    pub summary: String,
    /// What the end means, and who gives a new card.
    pub description: String,
}

/// The whole months from a moment to another, as the calendar counts them.
fn whole_months(from: SystemTime, to: Timestamp) -> u32 {
    let Some(from) = Timestamp::of(from) else {
        return 0;
    };
    let months = |time: Timestamp| {
        let (year, month, _) = time.date();
        u32::from(year) * 12 + u32::from(month)
    };
    let begun = months(to).saturating_sub(months(from));
    // The last of them is not whole when its day has not come yet.
    begun.saturating_sub(u32::from(to.date().2 < from.date().2))
}

const PIN1: &str = selector(PinRole::Authentication);
const PIN2: &str = selector(PinRole::Signature);
/// Up to here days are counted, and beyond it months.
const FEW_DAYS: u64 = 90;
const FEW_MONTHS: u32 = 3;
