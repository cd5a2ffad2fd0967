//! Certificates in words, and the chain from a card's own up to its root.

use std::time::SystemTime;

use i18n_embed_fl::fl;
use siru_card::{CardCertificate, Certificate, Purpose};

use crate::words::Words;

/// What a certificate is for, in words.
pub(crate) fn purpose(words: &Words, purpose: Purpose) -> String {
    let own = words.own();
    match purpose {
        Purpose::Authentication => fl!(own, "purpose-authentication"),
        Purpose::Signature => fl!(own, "purpose-signature"),
        Purpose::CertificateAuthority => fl!(own, "purpose-ca"),
    }
}

/// Whether a certificate is valid at `now`, in words.
pub(crate) fn validity(words: &Words, certificate: &Certificate, now: SystemTime) -> String {
    let own = words.own();
    if now < certificate.not_before.to_system_time() {
        fl!(
            own,
            "validity-from",
            date = words.date(&certificate.not_before)
        )
    } else if now > certificate.not_after.to_system_time() {
        fl!(
            own,
            "validity-expired",
            date = words.date(&certificate.not_after)
        )
    } else {
        fl!(
            own,
            "validity-until",
            date = words.date(&certificate.not_after)
        )
    }
}

/// `leaf` and, of the authorities on the card, those above it, up to the root.
pub(crate) fn chain<'a>(
    leaf: &'a CardCertificate,
    all: &'a [CardCertificate],
) -> Vec<&'a CardCertificate> {
    let mut chain = vec![leaf];
    let mut lower = leaf;
    // A card holds a handful; each one belongs into the chain at most once.
    while lower.certificate.issuer != lower.certificate.subject && chain.len() <= all.len() {
        let above = all.iter().find(|candidate| {
            candidate.purpose == Purpose::CertificateAuthority
                && candidate.certificate.subject == lower.certificate.issuer
                && chain.iter().all(|known| known.der != candidate.der)
        });
        let Some(above) = above else { break };
        chain.push(above);
        lower = above;
    }
    chain
}
