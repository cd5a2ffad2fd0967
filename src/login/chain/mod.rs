//! The way from a certificate up to a trusted root (RFC 5280, section 6, as far as FINEID needs it).
//!
//! Names, signatures, validity, and whether an authority may issue are looked at; policies, name
//! constraints and revocation are not. Of the person's own certificate only name and signature are:
//! its validity and its use have a link of their own.

mod certified;

use std::time::SystemTime;

use siru_card::SafeText;

pub(crate) use certified::{Certified, key_verifies};

use crate::anchors::Anchors;
use crate::verdict::Untrusted;

/// The authorities above a certificate, from its issuer up.
#[derive(Debug)]
pub(crate) struct Path {
    /// Their certificates, DER.
    pub authorities: Vec<Vec<u8>>,
    /// Why the last of them is not a trusted root.
    pub broken: Option<Untrusted>,
}

/// Finds the way up from `leaf` through `pool`, certificates in DER and in any order.
pub(crate) fn climb(
    leaf: &Certified,
    pool: &[Vec<u8>],
    anchors: &Anchors,
    now: SystemTime,
) -> Path {
    let known = pool.iter().chain(anchors.certificates());
    let known: Vec<_> = known.filter_map(|der| Certified::parse(der)).collect();
    let mut authorities: Vec<&Certified> = Vec::new();
    let broken = loop {
        let lower = authorities.last().copied().unwrap_or(leaf);
        if !authorities.is_empty() && anchors.hold(lower.der()) {
            break None;
        }
        if lower.is_self_issued() {
            break Some(Untrusted::UnknownRoot {
                root: lower.subject(),
            });
        }
        if authorities.len() == LONGEST {
            break Some(missing(lower));
        }
        match above(lower, authorities.len(), &known, now) {
            Ok(authority) => authorities.push(authority),
            Err(untrusted) => break Some(untrusted),
        }
    };
    Path {
        authorities: authorities.iter().map(|one| one.der().to_vec()).collect(),
        broken,
    }
}

/// The authority that issued `lower`, below which there are `depth` authorities already.
fn above<'a>(
    lower: &Certified,
    depth: usize,
    known: &'a [Certified],
    now: SystemTime,
) -> Result<&'a Certified, Untrusted> {
    let mut untrusted = missing(lower);
    // Two keys may bear one name, and one key several certificates: every one is tried.
    for authority in known.iter().filter(|one| lower.names_as_issuer(one)) {
        if !lower.is_signed_by(authority) {
            untrusted = Untrusted::BadSignature {
                subject: lower.subject(),
            };
        } else if !authority.may_issue(depth) || !authority.is_valid_at(now) {
            untrusted = Untrusted::UnfitAuthority {
                authority: authority.subject(),
            };
        } else {
            return Ok(authority);
        }
    }
    Err(untrusted)
}

fn missing(lower: &Certified) -> Untrusted {
    let issuer: SafeText = lower.issuer();
    Untrusted::MissingIssuer { issuer }
}

/// FINEID chains have two authorities. More than these are a circle.
const LONGEST: usize = 6;
