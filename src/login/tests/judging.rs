//! What a service would say of a certificate.

use std::sync::Arc;

use siru_card::SafeText;
use siru_sim::authorities::{Chain, Line};
use siru_sim::certificate::{Authority, Subject, Usage, Validity, issue};
use siru_sim::software_key::SoftwareKey;

use super::handshakes::plan;
use super::{DAY, KeyInSoftware, Specimen, anchors, today};
use crate::anchors::{Anchors, NoCertificates};
use crate::attempt::{prove, ready, start_server};
use crate::judgement::judge;
use crate::key::CardKey;
use crate::verdict::{BrokenLink, Untrusted, Verdict};

fn verdict(leaf: &[u8], pool: &[Vec<u8>], anchors: &Anchors) -> Verdict {
    judge(leaf, pool, Vec::new(), anchors, today()).verdict
}

#[test]
fn every_generation_is_trusted_up_to_its_root() {
    for (image, root) in [
        ("v3", "Siru TEST Root CA - RSA"),
        ("v4", "Siru TEST Root CA - ECC"),
        ("organisation", "Siru TEST Root CA - ECC"),
    ] {
        let card = Specimen::of(image);
        let verdict = verdict(&card.leaf, &card.authorities, &anchors());
        let Verdict::LoggedIn(presented) = verdict else {
            panic!("{image}: {verdict:?}")
        };
        assert!(presented.leaf.holder.is_some());
        let top = presented.authorities.last().unwrap();
        assert_eq!(top.common_name.as_deref(), Some(root), "{image}");
        assert_eq!(presented.authorities.len(), 2);
    }
}

#[test]
fn a_root_that_was_given_need_not_be_on_the_card() {
    let card = Specimen::of("v4");
    let chain = Chain::new(Line::CitizenEc).unwrap();
    let only_issuing = vec![chain.issuing_certificate];
    assert!(
        verdict(&card.leaf, &only_issuing, &anchors())
            .link()
            .is_none()
    );
}

#[test]
fn a_root_nobody_named_is_not_trusted() {
    let card = Specimen::of("v4");
    let verdict = verdict(&card.leaf, &card.authorities, &Anchors::built_in());
    let Some(BrokenLink::ChainNotTrusted(Untrusted::UnknownRoot { root })) = verdict.link() else {
        panic!("{verdict:?}")
    };
    assert_eq!(&**root, "Siru TEST Root CA - ECC");
    // The page still names whose certificate it was, and what stands above it.
    assert_eq!(verdict.presented().unwrap().authorities.len(), 2);
}

/// A citizen's certificate under a root of this name, and the authorities above it.
fn under(root_name: &str) -> Specimen {
    let key = |bytes: &[u8]| SoftwareKey::p384(bytes).unwrap();
    let root = Authority::new(root_name, key(include_bytes!("../../sim/keys/root-ec.der")));
    let issuing = Chain::new(Line::CitizenEc).unwrap().issuing;
    let holder = Authority::new(
        "MEIKÄLÄINEN MATTI",
        key(include_bytes!("../../sim/keys/v4-authentication.der")),
    );
    Specimen {
        leaf: certify(&issuing, &holder, Usage::Authentication),
        authorities: vec![
            certify(&root, &issuing, Usage::Authority),
            certify(&root, &root, Usage::Authority),
        ],
        signature: Vec::new(),
    }
}

#[test]
fn a_root_named_as_the_states_own_lets_the_key_be_tried_and_is_never_trusted() {
    for (name, is_tried) in [
        ("VRK Gov. Root CA", true),
        ("VRK Gov. Root CA - G2", true),
        ("DVV Gov. Root CA - G3 RSA", true),
        ("VRK Gov. Root CAT", false),
        ("DVV TEST Root CA - G3 ECC", false),
        ("Not VRK Gov. Root CA", false),
    ] {
        let card = under(name);
        let anchors = Anchors::built_in();
        let link = verdict(&card.leaf, &card.authorities, &anchors)
            .link()
            .cloned();
        let ready = ready(&plan(&anchors), &card.leaf, &card.authorities);
        let root = SafeText::new(name).unwrap();
        if !is_tried {
            let untrusted = Untrusted::UnknownRoot { root };
            assert_eq!(link, Some(BrokenLink::ChainNotTrusted(untrusted)));
            assert!(ready.is_err(), "{name}");
            continue;
        }
        assert_eq!(link, Some(BrokenLink::RootNotKnown { root }), "{name}");
        let key = Arc::new(KeyInSoftware::of("v4"));
        let dynamic: Arc<dyn CardKey> = Arc::<KeyInSoftware>::clone(&key);
        let server = start_server().unwrap();
        let verdict = prove(
            &plan(&anchors),
            &server,
            &card.leaf,
            ready.unwrap(),
            dynamic,
        );
        assert_eq!(verdict.name(), "root-not-known");
        assert_eq!(verdict.presented().unwrap().protocols.len(), 2);
        assert_eq!(key.signatures().len(), 2);
    }
    // Incomplete, it is not tried: the chain is broken before any root.
    let card = under("VRK Gov. Root CA - G2");
    let incomplete = ready(&plan(&Anchors::built_in()), &card.leaf, &[]);
    assert_eq!(incomplete.unwrap_err().name(), "chain-not-trusted");
    // Given as a root, it is one.
    let mut anchors = Anchors::built_in();
    anchors.trust(card.authorities[1].clone());
    assert_eq!(
        verdict(&card.leaf, &card.authorities, &anchors).link(),
        None
    );
}

#[test]
fn a_missing_issuer_is_named() {
    let card = Specimen::of("v3");
    let verdict = verdict(&card.leaf, &[], &anchors());
    let Some(BrokenLink::ChainNotTrusted(Untrusted::MissingIssuer { issuer })) = verdict.link()
    else {
        panic!("{verdict:?}")
    };
    assert_eq!(&**issuer, "Siru TEST Citizen Certificates - G3R");
}

#[test]
fn a_certificate_for_signatures_is_the_wrong_one() {
    for image in ["v3", "v4", "organisation"] {
        let card = Specimen::of(image);
        let verdict = verdict(&card.signature, &card.authorities, &anchors());
        assert_eq!(verdict.link(), Some(&BrokenLink::WrongCertificate));
    }
}

#[test]
fn a_certificate_for_other_uses_than_log_in_is_the_wrong_one() {
    use rcgen::ExtendedKeyUsagePurpose as Use;
    let smart_card = || Use::Other(vec![1, 3, 6, 1, 4, 1, 311, 20, 2, 2]);
    let wrong = Some(BrokenLink::WrongCertificate);
    let cases = [
        (vec![], None),
        (vec![Use::ClientAuth], None),
        (vec![Use::EmailProtection, Use::ClientAuth], None),
        (vec![Use::Any], None),
        (vec![smart_card()], None),
        (vec![Use::EmailProtection], wrong.clone()),
        (vec![Use::ServerAuth, Use::CodeSigning], wrong),
    ];
    let key = rcgen::KeyPair::generate().unwrap();
    let mut authority = rcgen::CertificateParams::default();
    authority.is_ca = rcgen::IsCa::Ca(rcgen::BasicConstraints::Unconstrained);
    authority
        .distinguished_name
        .push(rcgen::DnType::CommonName, "An authority");
    let root = authority.self_signed(&key).unwrap().der().to_vec();
    let issuer = rcgen::Issuer::new(authority, &key);
    let mut anchors = Anchors::built_in();
    anchors.trust(root);
    for (uses, expected) in cases {
        let mut person = rcgen::CertificateParams::default();
        person.key_usages = vec![rcgen::KeyUsagePurpose::DigitalSignature];
        person.extended_key_usages.clone_from(&uses);
        let holder = rcgen::KeyPair::generate().unwrap();
        let leaf = person.signed_by(&holder, &issuer).unwrap();
        let verdict = verdict(leaf.der(), &[], &anchors);
        assert_eq!(verdict.link(), expected.as_ref(), "{uses:?}");
    }
}

#[test]
fn dates_decide_before_the_chain() {
    for image in ["v3-expired", "v4-expired", "organisation-expired"] {
        let card = Specimen::of(image);
        let verdict = verdict(&card.leaf, &card.authorities, &Anchors::built_in());
        assert!(
            matches!(verdict.link(), Some(BrokenLink::Expired { .. })),
            "{image}: {verdict:?}"
        );
    }
    let card = Specimen::of("v4");
    let early = std::time::UNIX_EPOCH + DAY;
    let judged = judge(&card.leaf, &card.authorities, Vec::new(), &anchors(), early);
    assert!(matches!(
        judged.verdict.link(),
        Some(BrokenLink::NotYetValid { .. })
    ));
}

#[test]
fn an_authority_of_the_same_name_with_another_key_did_not_issue_it() {
    let card = Specimen::of("v4");
    let real = Chain::new(Line::CitizenEc).unwrap();
    let other = Chain::new(Line::OrganisationEc).unwrap();
    let impostor = Authority {
        name: real.issuing.name.clone(),
        key: other.issuing.key.clone(),
    };
    let root = SoftwareKey::p384(include_bytes!("../../sim/keys/root-ec.der")).unwrap();
    let root = Authority::new("Siru TEST Root CA - ECC", root);
    let forged = certify(&root, &impostor, Usage::Authority);
    let roots = real.root_certificate.clone();
    let pool = vec![forged.clone(), roots.clone()];
    let verdict_of = |pool: &[Vec<u8>]| verdict(&card.leaf, pool, &anchors());
    assert!(matches!(
        verdict_of(&pool).link(),
        Some(BrokenLink::ChainNotTrusted(Untrusted::BadSignature { .. }))
    ));
    // The real one beside it is found all the same.
    let pool = vec![forged, real.issuing_certificate, roots];
    assert_eq!(verdict_of(&pool).link(), None);
}

#[test]
fn a_person_cannot_issue() {
    let card = Specimen::of("v4");
    let holder = SoftwareKey::p384(include_bytes!("../../sim/keys/v4-authentication.der")).unwrap();
    let name = subject_name(&card.leaf);
    let person = Authority { name, key: holder };
    let other = SoftwareKey::p384(include_bytes!("../../sim/keys/v4-signature.der")).unwrap();
    let below = Authority::new("Somebody", other);
    let forged = certify(&person, &below, Usage::Authentication);
    let mut pool = card.authorities.clone();
    pool.push(card.leaf);
    assert!(matches!(
        verdict(&forged, &pool, &anchors()).link(),
        Some(BrokenLink::ChainNotTrusted(
            Untrusted::UnfitAuthority { .. }
        ))
    ));
}

#[test]
fn nonsense_is_no_certificate() {
    for bytes in [&[][..], &[0x30], &[0x30, 0x03, 0x02, 0x01, 0x00]] {
        assert_eq!(
            verdict(bytes, &[bytes.to_vec()], &anchors()).link(),
            Some(&BrokenLink::Unreadable)
        );
    }
}

#[test]
fn roots_are_read_from_pem_and_nothing_else() {
    let root = Chain::new(Line::CitizenEc).unwrap().root_certificate;
    let pem = der::pem::encode_string("CERTIFICATE", der::pem::LineEnding::LF, &root).unwrap();
    let mut anchors = Anchors::built_in();
    assert!(anchors.trust_pem(pem.as_bytes()).is_ok());
    assert!(anchors.hold(&root));
    for text in [
        "",
        "nothing",
        "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
    ] {
        assert_eq!(
            anchors.trust_pem(text.as_bytes()),
            Err(NoCertificates),
            "{text}"
        );
    }
}

fn certify(issuer: &Authority, subject: &Authority, usage: Usage) -> Vec<u8> {
    let about = Subject {
        name: subject.name.clone(),
        key: &subject.key,
        usage,
        mail: None,
        principal: None,
    };
    let validity = Validity {
        not_before: today() - DAY,
        not_after: today() + DAY,
    };
    issue(issuer, &about, 77, validity).unwrap()
}

fn subject_name(certificate: &[u8]) -> Vec<u8> {
    use der::{Decode as _, Encode as _};
    let parsed = x509_cert::Certificate::from_der(certificate).unwrap();
    parsed.tbs_certificate().subject().to_der().unwrap()
}
