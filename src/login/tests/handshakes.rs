//! Does a key prove itself in both versions of the protocol, with one signature each?

use std::path::Path;
use std::sync::Arc;

use super::{KeyInSoftware, Specimen, anchors, today};
use crate::anchors::Anchors;
use crate::attempt::{Plan, prove, ready, start_server};
use crate::key::{CardKey, Hash, Mechanism};
use crate::verdict::{BrokenLink, Protocol, Verdict};

pub(super) fn plan(anchors: &Anchors) -> Plan<'_> {
    Plan {
        module: Path::new("none"),
        seen: None,
        anchors,
        now: today(),
    }
}

fn tried(card: &Specimen, key: &Arc<KeyInSoftware>) -> Verdict {
    let anchors = anchors();
    let plan = plan(&anchors);
    let ready = ready(&plan, &card.leaf, &card.authorities).unwrap();
    let key: Arc<dyn CardKey> = Arc::<KeyInSoftware>::clone(key);
    prove(&plan, &start_server().unwrap(), &card.leaf, ready, key)
}

#[test]
fn every_generation_logs_in_with_one_signature_a_handshake() {
    let cases = [
        (
            "v3",
            vec![Mechanism::Pss(Hash::Sha256), Mechanism::Pkcs1(Hash::Sha256)],
        ),
        ("v4", vec![Mechanism::Ecdsa, Mechanism::Ecdsa]),
        ("organisation", vec![Mechanism::Ecdsa, Mechanism::Ecdsa]),
    ];
    for (image, expected) in cases {
        let key = Arc::new(KeyInSoftware::of(image));
        let verdict = tried(&Specimen::of(image), &key);
        let Verdict::LoggedIn(presented) = &verdict else {
            panic!("{image}: {verdict:?}")
        };
        assert_eq!(presented.protocols, [Protocol::Tls13, Protocol::Tls12]);
        assert_eq!(presented.authorities.len(), 2);
        assert_eq!(key.signatures(), expected, "{image}");
    }
}

#[test]
fn a_key_that_is_not_the_certificates_proves_nothing() {
    let key = Arc::new(KeyInSoftware::of("organisation"));
    let verdict = tried(&Specimen::of("v4"), &key);
    assert_eq!(
        verdict.link(),
        Some(&BrokenLink::HandshakeFailed(Protocol::Tls13))
    );
}

#[test]
fn why_a_key_did_not_sign_is_not_lost_on_the_way() {
    for link in [BrokenLink::CardRemoved, BrokenLink::PinDropped] {
        let key = Arc::new(KeyInSoftware {
            broken: Some(link.clone()),
            ..KeyInSoftware::of("v4")
        });
        let verdict = tried(&Specimen::of("v4"), &key);
        assert_eq!(verdict.link(), Some(&link));
        assert_eq!(key.signatures().len(), 1, "a signature is not tried again");
        assert!(verdict.presented().is_some());
    }
}

#[test]
fn a_card_that_wants_its_pin_for_each_signature_has_proven_its_key_with_the_first() {
    for image in ["v3", "v4", "organisation"] {
        let key = Arc::new(KeyInSoftware {
            broken: Some(BrokenLink::PinDropped),
            healthy: 1,
            ..KeyInSoftware::of(image)
        });
        let verdict = tried(&Specimen::of(image), &key);
        let Verdict::LoggedIn(presented) = &verdict else {
            panic!("{image}: {verdict:?}")
        };
        assert_eq!(presented.protocols, [Protocol::Tls13]);
        assert!(presented.pin_each_time);
        assert_eq!(key.signatures().len(), 2, "{image}");
    }
    // Only a PIN that is gone ends the proof so: nothing else may break.
    let key = Arc::new(KeyInSoftware {
        broken: Some(BrokenLink::CardRemoved),
        healthy: 1,
        ..KeyInSoftware::of("v4")
    });
    let verdict = tried(&Specimen::of("v4"), &key);
    assert_eq!(verdict.link(), Some(&BrokenLink::CardRemoved));
    assert!(!verdict.presented().unwrap().pin_each_time);
}

#[test]
fn a_key_of_an_unknown_kind_is_not_asked() {
    let key = Arc::new(KeyInSoftware {
        kind: siru_card::KeyType::Unknown,
        ..KeyInSoftware::of("v4")
    });
    let verdict = tried(&Specimen::of("v4"), &key);
    assert_eq!(
        verdict.link(),
        Some(&BrokenLink::NoSignature(Protocol::Tls13))
    );
    assert!(key.signatures().is_empty());
}

#[test]
fn a_broken_certificate_is_told_before_any_signature() {
    let anchors = anchors();
    let card = Specimen::of("v4-expired");
    let verdict = ready(&plan(&anchors), &card.leaf, &card.authorities).unwrap_err();
    assert!(matches!(verdict.link(), Some(BrokenLink::Expired { .. })));
}
