//! Which certificate vouches for which, as far as the card holds them.

use siru_card::{CardCertificate, Certificate, Purpose};

/// Certificates of the person with one issuer in common, and the authorities above them. All are
/// told by their place among the certificates of the card.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chain {
    /// Those of the person.
    pub leaves: Vec<usize>,
    /// The issuer, the issuer's issuer and so on.
    pub authorities: Vec<usize>,
    /// Whether the last of them vouches for itself: the card then holds the whole chain.
    pub is_complete: bool,
}

impl Chain {
    /// The certificate at `index` and those of this chain that are above it.
    pub fn above(&self, index: usize) -> Vec<usize> {
        let place = self.authorities.iter().position(|one| *one == index);
        let above = match place {
            Some(place) => self.authorities.get(place + 1..),
            None => self.authorities.get(..),
        };
        let mut all = vec![index];
        all.extend(above.unwrap_or_default());
        all
    }
}

/// The chains of a card. An authority that vouches for none of the person's certificates stands in
/// one of its own.
pub fn chains(all: &[CardCertificate]) -> Vec<Chain> {
    let mut chains: Vec<Chain> = Vec::new();
    let own = |one: &CardCertificate| one.purpose != Purpose::CertificateAuthority;
    for (index, one) in all.iter().enumerate().filter(|(_, one)| own(one)) {
        let (authorities, is_complete) = authorities(&one.certificate, all);
        let same = chains
            .iter_mut()
            .find(|chain| !authorities.is_empty() && chain.authorities == authorities);
        match same {
            Some(chain) => chain.leaves.push(index),
            None => chains.push(Chain {
                leaves: vec![index],
                authorities,
                is_complete,
            }),
        }
    }
    for (index, one) in all.iter().enumerate().filter(|(_, one)| !own(one)) {
        let known = |chain: &Chain| chain.authorities.contains(&index);
        if !chains.iter().any(known) {
            chains.push(Chain {
                leaves: Vec::new(),
                authorities: vec![index],
                is_complete: is_root(&one.certificate),
            });
        }
    }
    chains
}

/// Which of the person's certificates the card does not have.
pub fn missing(all: &[CardCertificate]) -> Vec<Purpose> {
    [Purpose::Authentication, Purpose::Signature]
        .into_iter()
        .filter(|purpose| all.iter().all(|one| one.purpose != *purpose))
        .collect()
}

fn authorities(leaf: &Certificate, all: &[CardCertificate]) -> (Vec<usize>, bool) {
    let mut found: Vec<usize> = Vec::new();
    let mut lower = leaf;
    // Each one belongs into the chain at most once, whatever names they carry.
    while !is_root(lower) {
        let above = all.iter().enumerate().find(|(index, candidate)| {
            candidate.purpose == Purpose::CertificateAuthority
                && candidate.certificate.subject == lower.issuer
                && !found.contains(index)
        });
        let Some((index, above)) = above else { break };
        found.push(index);
        lower = &above.certificate;
    }
    (found, is_root(lower))
}

fn is_root(certificate: &Certificate) -> bool {
    certificate.issuer == certificate.subject
}
