//! `siru list --json`, an interface: version 1. What is not known is `null`, never a guess.

use serde::Serialize;
use siru_apdu::{ReaderError, TriesLeft};
use siru_card::{
    AuthenticationObject, CardCertificate, CardKind, KeyType, OpenError, PinRole, PinState, Purpose,
};

use crate::survey::{CardView, Content, Seen};

/// Everything there is.
#[derive(Debug, Serialize)]
pub(crate) struct Report {
    version: u8,
    readers: Vec<Reader>,
}

#[derive(Debug, Serialize)]
struct Reader {
    name: String,
    state: &'static str,
    /// Why the card is not supported.
    reason: Option<&'static str>,
    /// The generation of a card that is not supported any more.
    profile: Option<&'static str>,
    card: Option<Card>,
}

#[derive(Debug, Serialize)]
struct Card {
    profile: &'static str,
    kind: &'static str,
    holder: Option<String>,
    serial: Option<String>,
    manufacturer: Option<String>,
    label: Option<String>,
    objects: Vec<Object>,
    puk: Puk,
    certificates: Option<Vec<Certificate>>,
}

#[derive(Debug, Serialize)]
struct Object {
    pin: u8,
    label: Option<String>,
    state: &'static str,
    tries_left: Option<u8>,
    tries_max: Option<u8>,
    min_length: usize,
    max_length: usize,
}

#[derive(Debug, Serialize)]
struct Puk {
    state: &'static str,
    tries_left: Option<u8>,
    tries_max: Option<u8>,
}

#[derive(Debug, Serialize)]
struct Certificate {
    purpose: &'static str,
    subject: String,
    issuer: String,
    not_before: String,
    not_after: String,
    key: Option<String>,
}

impl Report {
    /// Of all readers.
    pub fn of(seen: &[Seen]) -> Self {
        Self {
            version: 1,
            readers: seen.iter().map(reader).collect(),
        }
    }
}

fn reader(seen: &Seen) -> Reader {
    let state = match &seen.content {
        Content::Empty => "empty",
        Content::Mute => "mute",
        Content::Card(_) => "card",
        Content::NotConnected(ReaderError::Busy) => "busy",
        Content::Unreachable
        | Content::NotConnected(_)
        | Content::NotOpened(OpenError::Unreachable(_)) => "unreachable",
        Content::NotOpened(_) => "unknown-card",
    };
    let (reason, profile) = match &seen.content {
        Content::NotOpened(OpenError::Foreign) => (Some("foreign"), None),
        Content::NotOpened(OpenError::Legacy { profile }) => (Some("legacy"), Some(profile.id)),
        Content::NotOpened(OpenError::Contactless) => (Some("contactless"), None),
        _ => (None, None),
    };
    Reader {
        name: seen.shown_name(),
        state,
        reason,
        profile,
        card: seen.card().map(card),
    }
}

fn card(view: &CardView) -> Card {
    let puk = view.states.puk;
    Card {
        profile: view.profile.id,
        kind: match view.kind {
            CardKind::Citizen => "citizen",
            CardKind::Organisation => "organisation",
            CardKind::Healthcare => "healthcare",
            CardKind::Unknown => "unknown",
        },
        holder: view.holder().map(ToString::to_string),
        serial: view.serial(),
        manufacturer: view.token.manufacturer.as_ref().map(ToString::to_string),
        label: view.token.label.as_ref().map(ToString::to_string),
        objects: view
            .objects
            .iter()
            .map(|described| object(view, described))
            .collect(),
        puk: Puk {
            state: match puk {
                PinState::Usable { .. } => "usable",
                PinState::Locked => "locked",
                PinState::NotActivated { .. } | PinState::Unknown => "unknown",
            },
            tries_left: tries(puk),
            tries_max: view.puk_max_tries.map(|tries| tries.0),
        },
        certificates: view
            .certificates
            .as_ref()
            .ok()
            .map(|all| all.iter().map(certificate).collect()),
    }
}

fn object(view: &CardView, described: &AuthenticationObject) -> Object {
    let state = view.states.of(described.role);
    Object {
        pin: if described.role == PinRole::Signature {
            2
        } else {
            1
        },
        label: described.label.as_ref().map(ToString::to_string),
        state: match state {
            PinState::Usable { .. } => "usable",
            PinState::Locked => "locked",
            PinState::NotActivated { .. } => "not-activated",
            PinState::Unknown => "unknown",
        },
        tries_left: tries(state),
        tries_max: described.max_tries.map(|tries| tries.0),
        min_length: described.rules.min_new,
        max_length: described.rules.max_new,
    }
}

fn certificate(found: &CardCertificate) -> Certificate {
    let says = &found.certificate;
    Certificate {
        purpose: purpose_name(found.purpose),
        subject: says.subject.to_string(),
        issuer: says.issuer.to_string(),
        not_before: says.not_before.to_string(),
        not_after: says.not_after.to_string(),
        key: match says.key {
            KeyType::Unknown => None,
            known => Some(known.to_string()),
        },
    }
}

/// The name of a purpose in the interface.
pub(crate) const fn purpose_name(purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Authentication => "authentication",
        Purpose::Signature => "signature",
        Purpose::CertificateAuthority => "ca",
    }
}

fn tries(state: PinState) -> Option<u8> {
    state.tries_left().map(|TriesLeft(tries)| tries)
}
