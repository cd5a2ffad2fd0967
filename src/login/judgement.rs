//! What a service would make of a certificate whose key has signed.

use std::time::SystemTime;

use crate::anchors::{Anchors, bears_a_name_of_the_state};
use crate::chain::{Certified, climb};
use crate::verdict::{BrokenLink, Presented, Protocol, Untrusted, Verdict};

/// A certificate that was judged, and the certificates to send with it.
#[derive(Debug)]
pub(crate) struct Judged {
    pub verdict: Verdict,
    /// The authorities above it, DER.
    pub authorities: Vec<Vec<u8>>,
}

/// Judges the certificate `leaf`, DER; `pool` holds certificates of authorities that it came with or
/// that lie on the card.
pub(crate) fn judge(
    leaf: &[u8],
    pool: &[Vec<u8>],
    protocols: Vec<Protocol>,
    anchors: &Anchors,
    now: SystemTime,
) -> Judged {
    let Some(leaf) = Certified::parse(leaf) else {
        return Judged {
            verdict: Verdict::broken(BrokenLink::Unreadable),
            authorities: Vec::new(),
        };
    };
    let path = climb(&leaf, pool, anchors, now);
    let said = leaf.said();
    let above = path
        .authorities
        .iter()
        .filter_map(|der| Certified::parse(der));
    let presented = Box::new(Presented {
        leaf: said.clone(),
        authorities: above.map(|authority| authority.said().clone()).collect(),
        protocols,
        pin_each_time: false,
    });
    // Whoever chose the wrong certificate learns nothing from its chain.
    let link = if !leaf.may_log_in() {
        Some(BrokenLink::WrongCertificate)
    } else if now < said.not_before.to_system_time() {
        let from = said.not_before;
        Some(BrokenLink::NotYetValid { from })
    } else if now > said.not_after.to_system_time() {
        let until = said.not_after;
        Some(BrokenLink::Expired { until })
    } else {
        path.broken.map(|untrusted| match untrusted {
            Untrusted::UnknownRoot { root } if bears_a_name_of_the_state(&root) => {
                BrokenLink::RootNotKnown { root }
            }
            other => BrokenLink::ChainNotTrusted(other),
        })
    };
    let verdict = match link {
        None => Verdict::LoggedIn(presented),
        Some(link) => Verdict::Broken {
            link,
            presented: Some(presented),
        },
    };
    Judged {
        verdict,
        authorities: path.authorities,
    }
}
