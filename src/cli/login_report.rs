//! `siru login-test --json`, an interface: version 1. What is not known is `null`, never a guess.

use serde::Serialize;
use siru_card::KeyType;
use siru_login::{BrokenLink, Registration, Verdict};

use crate::trouble::Trouble;

/// What came of a log-in test.
#[derive(Debug, Serialize)]
pub(crate) struct LoginReport {
    version: u8,
    verdict: &'static str,
    registered: Option<bool>,
    tries_left: Option<u8>,
    holder: Option<String>,
    certificate: Option<Certificate>,
    chain: Vec<Certificate>,
    protocols: Vec<&'static str>,
    pin_each_time: Option<bool>,
}

#[derive(Debug, Serialize)]
struct Certificate {
    subject: String,
    issuer: String,
    serial: String,
    not_before: String,
    not_after: String,
    key: Option<String>,
}

impl LoginReport {
    /// Of a verdict.
    pub fn of(verdict: &Verdict, registration: &Registration) -> Self {
        let presented = verdict.presented();
        let leaf = presented.map(|presented| &presented.leaf);
        let above = presented.map(|presented| presented.authorities.as_slice());
        let protocols = presented.map(|presented| presented.protocols.as_slice());
        Self {
            version: 1,
            verdict: verdict.name(),
            registered: registration.is_known(),
            tries_left: match verdict.link() {
                Some(BrokenLink::WrongPin { tries_left }) => *tries_left,
                Some(BrokenLink::LastTry) => Some(1),
                Some(BrokenLink::PinLocked) => Some(0),
                _ => None,
            },
            holder: leaf.and_then(|leaf| leaf.holder.as_ref().map(ToString::to_string)),
            certificate: leaf.map(certificate),
            chain: above.unwrap_or_default().iter().map(certificate).collect(),
            protocols: protocols
                .unwrap_or_default()
                .iter()
                .map(|protocol| protocol.name())
                .collect(),
            // Whether a card would have signed once more is known only of one that was asked to.
            pin_each_time: presented.and_then(|presented| {
                let asked = presented.pin_each_time || presented.protocols.len() > 1;
                asked.then_some(presented.pin_each_time)
            }),
        }
    }
}

impl LoginReport {
    /// Of a test that ended before it came to a verdict.
    pub fn without(verdict: &'static str, registration: &Registration) -> Self {
        Self {
            version: 1,
            verdict,
            registered: registration.is_known(),
            tries_left: None,
            holder: None,
            certificate: None,
            chain: Vec::new(),
            protocols: Vec::new(),
            pin_each_time: None,
        }
    }
}

fn certificate(said: &siru_card::Certificate) -> Certificate {
    Certificate {
        subject: said.subject.to_string(),
        issuer: said.issuer.to_string(),
        serial: said.serial.to_string(),
        not_before: said.not_before.to_string(),
        not_after: said.not_after.to_string(),
        key: (said.key != KeyType::Unknown).then(|| said.key.to_string()),
    }
}

/// The link that is broken when there is no card to test with, for the report; the person is told
/// by the trouble itself, which knows more.
pub(crate) fn link_of(trouble: &Trouble) -> Option<BrokenLink> {
    use siru_apdu::ReaderError;
    Some(match trouble {
        Trouble::NoReaders | Trouble::ReaderUnreachable => BrokenLink::NoReader,
        Trouble::NoCard | Trouble::Mute => BrokenLink::NoCard,
        Trouble::NoSupportedCard { .. } | Trouble::Open(_) => BrokenLink::UnknownCard,
        Trouble::SeveralCards { .. } => BrokenLink::SeveralCards,
        Trouble::Reader(ReaderError::NoService | ReaderError::AccessDenied) => {
            BrokenLink::NoService
        }
        _ => return None,
    })
}

/// What stands in the place of a verdict when the test did not come to one. `None`: there is nowhere
/// to write it.
pub(crate) fn name_of(trouble: &Trouble) -> Option<&'static str> {
    if let Some(link) = link_of(trouble) {
        return Some(link.name());
    }
    Some(match trouble {
        Trouble::Write(_) => return None,
        Trouble::NoSuchReader { .. }
        | Trouble::SeveralReaders { .. }
        | Trouble::NoSuchSerial { .. }
        | Trouble::SeveralSerials { .. }
        | Trouble::Unclear { .. } => "not-chosen",
        Trouble::Entry(_)
        | Trouble::Rule { .. }
        | Trouble::ThreeSlips
        | Trouble::NotConfirmed
        | Trouble::OnlyRealCards => "refused",
        Trouble::Roots { .. } => "roots-unusable",
        _ => "failed",
    })
}
