//! What a client finds, and what finding it costs the card.

use cryptoki_sys as ck;
use siru_card::{PinRole, PinState};

use super::{Desk, class};
use crate::attribute::{Value, Wanted};
use crate::error::Error;
use crate::token::card_flags;

#[test]
fn telling_about_slots_tokens_and_sessions_asks_no_card() {
    for image in [
        "v3",
        "v4",
        "organisation",
        "foreign",
        "setcos",
        "lookalike",
        "mute",
    ] {
        let desk = Desk::with(&[image, ""]);
        for _ in 0..200 {
            assert_eq!(desk.module.list_slots(false), [0, 2]);
            assert_eq!(desk.module.list_slots(true), [0]);
            let slot = desk.module.slot(0).expect("a slot");
            let face = slot.face().clone();
            let _flags = card_flags(&face, PinRole::Authentication);
            if let Ok(session) = desk.module.open_session(0, false) {
                desk.module.fresh_session(session).expect("a session");
                desk.module.close_session(session).expect("a session");
            }
        }
        assert_eq!(desk.exchanges(), 0, "{image}");
    }
}

#[test]
fn a_card_that_is_none_is_asked_once_and_never_again() {
    for image in ["foreign", "setcos", "mute"] {
        let desk = Desk::with(&[image]);
        for _ in 0..50 {
            let opened = desk.module.open_session(0, false);
            assert_eq!(opened, Err(Error::TokenNotRecognized), "{image}");
        }
        assert_eq!(desk.exchanges(), 0, "{image}");
    }
    // This one answers its reset like a FINEID card and is none.
    let desk = Desk::with(&["lookalike"]);
    for _ in 0..50 {
        if let Ok(session) = desk.module.open_session(0, false) {
            let session = desk.module.session(session).expect("a session");
            let found = session.slot.find(&desk.module, session.insertion, &[]);
            assert_eq!(found, Err(Error::TokenNotRecognized));
        }
    }
    assert!(desk.exchanges() <= 1, "{}", desk.exchanges());
}

#[test]
fn one_identity_and_its_authorities_are_found_and_read_once() {
    for (image, authorities) in [("v3", 2), ("v4", 2), ("organisation", 2)] {
        let desk = Desk::with(&[image]);
        let session = desk.session();
        // What browsers look for when they load a module.
        for foreign in [
            ck::CKO_PROFILE,
            ck::CKO_DATA,
            ck::CKO_SECRET_KEY,
            0xCE53_4354,
        ] {
            assert!(desk.find(session, &[class(foreign)]).is_empty());
        }
        assert_eq!(desk.exchanges(), 0, "{image}");
        let own = Wanted {
            kind: ck::CKA_ID,
            value: vec![0x45],
        };
        let leaf = desk.find(session, &[class(ck::CKO_CERTIFICATE), own]);
        assert_eq!(leaf.len(), 1, "{image}");
        let certificates = desk.find(session, &[class(ck::CKO_CERTIFICATE)]);
        assert_eq!(certificates.len(), 1 + authorities, "{image}");
        let first = desk.exchanges();
        assert_eq!(certificates[0], leaf[0], "{image}: the leaf comes first");
        assert_eq!(desk.find(session, &[]).len(), 2 + authorities, "{image}");
        assert!(desk.key(session).is_none(), "{image}: nobody is logged in");
        let attribute = {
            let session = desk.module.session(session).expect("a session");
            session.slot.attributes(leaf[0]).expect("an object")
        };
        let Value::Bytes(der) = attribute(ck::CKA_VALUE) else {
            panic!("{image}: no certificate");
        };
        let by_value = Wanted {
            kind: ck::CKA_VALUE,
            value: der,
        };
        assert_eq!(desk.find(session, &[by_value]), leaf, "{image}");
        let Value::Bytes(label) = attribute(ck::CKA_LABEL) else {
            panic!("{image}: no label");
        };
        let label = String::from_utf8(label).expect("UTF-8");
        assert!(label.starts_with("PIN1 - login, "), "{label}");
        assert!(label.to_uppercase().contains("SPECIMEN"), "{label}");
        assert_eq!(desk.exchanges(), first, "{image}: all of it is remembered");
    }
}

#[test]
fn flags_tell_the_truth_once_the_card_was_read() {
    let cases = [
        ("v4", 0),
        ("v4-locked", ck::CKF_USER_PIN_LOCKED),
        (
            "v4-last-try",
            ck::CKF_USER_PIN_FINAL_TRY | ck::CKF_USER_PIN_COUNT_LOW,
        ),
        ("v4-fresh", ck::CKF_USER_PIN_TO_BE_CHANGED),
        ("organisation-locked", ck::CKF_USER_PIN_LOCKED),
    ];
    let always = ck::CKF_TOKEN_INITIALIZED | ck::CKF_LOGIN_REQUIRED | ck::CKF_USER_PIN_INITIALIZED;
    for (image, expected) in cases {
        let desk = Desk::with(&[image]);
        let session = desk.session();
        let flags = || {
            let slot = desk.module.slot(0).expect("a slot");
            let face = slot.face().clone();
            card_flags(&face, PinRole::Authentication)
        };
        assert_eq!(flags(), always, "{image}: nothing is known yet");
        desk.find(session, &[class(ck::CKO_CERTIFICATE)]);
        assert_eq!(flags(), always | expected, "{image}");
    }
}

#[test]
fn the_mechanisms_are_those_of_the_card() {
    let cases = [
        ("v3", &[ck::CKM_RSA_PKCS, ck::CKM_RSA_PKCS_PSS][..], 0),
        ("v4", &[ck::CKM_ECDSA], 0),
        // Nothing but its certificate tells the keys of an organisation card.
        ("organisation", &[ck::CKM_ECDSA], 1),
    ];
    for (image, expected, asks) in cases {
        let desk = Desk::with(&[image]);
        desk.module.look();
        let slot = desk.module.slot(0).expect("a slot");
        let (family, _) = slot.keys(&desk.module).expect("a card");
        let offered = family.map(crate::mechanism::offered);
        assert_eq!(offered, Some(expected), "{image}");
        assert_eq!(desk.exchanges().min(1), asks, "{image}");
    }
}

#[test]
fn a_search_that_finds_a_broken_card_does_not_pretend() {
    let desk = Desk::with(&["v4"]);
    let session = desk.session();
    desk.control.remove(&desk.readers[0]).expect("a card");
    let gone = desk.module.session(session).map(|session| {
        session
            .slot
            .find(&desk.module, session.insertion, &[])
            .err()
    });
    assert_eq!(gone.ok().flatten(), Some(Error::DeviceRemoved));
    assert_eq!(
        desk.module.slot(0).expect("a slot").face().pin,
        PinState::Unknown
    );
}

#[test]
fn that_a_card_has_no_certificate_is_found_out_once() {
    let desk = Desk::with(&["v4"]);
    desk.control
        .card(&desk.readers[0], |troubled| {
            troubled.card.set_file(&[0x4331], None)
        })
        .expect("a card");
    let session = desk.session();
    let own = || [class(ck::CKO_PUBLIC_KEY)];
    assert!(desk.find(session, &own()).is_empty());
    let first = desk.exchanges();
    assert!(first > 0);
    assert!(desk.find(session, &own()).is_empty());
    assert_eq!(desk.exchanges(), first);
}
