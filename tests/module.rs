//! Does the PKCS #11 module do what programs expect, in few exchanges, and say how the PIN stands?
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stdout,
    reason = "a test stops where it breaks"
)]

use cryptoki::error::RvError;
use cryptoki::mechanism::rsa::{PkcsMgfType, PkcsPssParams};
use cryptoki::mechanism::{Mechanism, MechanismType};
use cryptoki::object::{Attribute, AttributeType, ObjectClass};
use cryptoki::session::Session;
use cryptoki::slot::TokenInfo;
use siru_card::{Hash, KeyType, PublicKey, SignatureRequest};
use siru_tests::application::{
    exchanges, find, first_slot, key_of_certificate, log_in, module, open, refusal, sign, total,
};
use siru_tests::rig::{Simulator, wait_for_card, with_readers};

fn card(image: &str) -> Simulator {
    let simulator = Simulator::with(&[image]);
    wait_for_card(0, true);
    simulator
}

/// Count low, last try, locked, to be changed.
fn pin_flags(token: &TokenInfo) -> [bool; 4] {
    [
        token.user_pin_count_low(),
        token.user_pin_final_try(),
        token.user_pin_locked(),
        token.user_pin_to_be_changed(),
    ]
}

#[test]
fn the_flags_of_the_token_tell_how_the_pin_stands() {
    with_readers(1, || {
        let mut simulator = card("v4");
        let module = module();
        let slot = first_slot(&module);
        for (image, expected) in [
            ("v3", [false; 4]),
            ("v4", [false; 4]),
            ("organisation", [false; 4]),
            ("v4-last-try", [true, true, false, false]),
            ("v4-locked", [false, false, true, false]),
            ("v4-fresh", [false, false, false, true]),
            ("v3-fresh", [false, false, false, true]),
        ] {
            simulator.take_out(0);
            simulator.put_in(&format!("insert {image}"), 0);
            let token = module.get_token_info(slot).expect("a token");
            assert_eq!(pin_flags(&token), [false; 4], "{image}: nobody asked yet");
            assert!(token.login_required() && token.user_pin_initialized());
            let _read = find(&open(&module), ObjectClass::CERTIFICATE);
            let token = module.get_token_info(slot).expect("a token");
            assert_eq!(pin_flags(&token), expected, "{image}");
        }
        simulator.take_out(0);
        simulator.put_in("insert v4", 0);
        let session = open(&module);
        let refused = refusal(log_in(&session, "9999"));
        assert!(matches!(refused, RvError::PinIncorrect), "{refused}");
        let token = module.get_token_info(slot).expect("a token");
        assert_eq!(pin_flags(&token), [true, false, false, false]);
        log_in(&session, "1234").expect("a log-in");
        let token = module.get_token_info(slot).expect("a token");
        assert_eq!(pin_flags(&token), [false; 4]);
    });
}

#[test]
fn the_last_try_is_not_spent_and_a_malformed_pin_is_not_sent() {
    with_readers(1, || {
        let mut simulator = card("v4-last-try");
        let module = module();
        let refused = refusal(log_in(&open(&module), "1234"));
        assert!(matches!(refused, RvError::FunctionRejected), "{refused}");
        simulator.take_out(0);
        simulator.put_in("insert v4-fresh", 0);
        let refused = refusal(log_in(&open(&module), "1234567"));
        assert!(matches!(refused, RvError::PinExpired), "{refused}");
        simulator.take_out(0);
        simulator.put_in("insert v4", 0);
        let session = open(&module);
        for pin in ["", "123", "12 34", "１２３４", "1234567890123", "none"] {
            let refused = refusal(log_in(&session, pin));
            assert!(matches!(refused, RvError::PinIncorrect), "{pin}: {refused}");
        }
        assert!(simulator.attempts().is_empty());
    });
}

/// A mechanism, what it is given, and what that is to a card.
fn requests(key: &PublicKey) -> Vec<(Mechanism<'static>, Vec<u8>, SignatureRequest)> {
    let mut requests = Vec::new();
    let pss = |hash_alg, mgf, length: u64| {
        Mechanism::RsaPkcsPss(PkcsPssParams {
            hash_alg,
            mgf,
            s_len: length.into(),
        })
    };
    match key.key_type() {
        KeyType::Rsa { .. } => {
            // Most programs use the first of these, and the card is set up for it.
            for (hash, pss) in [
                (
                    Hash::Sha256,
                    Some(pss(MechanismType::SHA256, PkcsMgfType::MGF1_SHA256, 32)),
                ),
                (
                    Hash::Sha384,
                    Some(pss(MechanismType::SHA384, PkcsMgfType::MGF1_SHA384, 48)),
                ),
                (
                    Hash::Sha512,
                    Some(pss(MechanismType::SHA512, PkcsMgfType::MGF1_SHA512, 64)),
                ),
                (Hash::Sha1, None),
            ] {
                let digest = vec![7; hash.length()];
                let info = [hash.digest_info_prefix(), &digest].concat();
                let request = SignatureRequest::rsa_pkcs1(hash, &digest).expect("a digest");
                let padded = (Mechanism::RsaPkcs, info, request);
                if let Some(pss) = pss {
                    let request = SignatureRequest::rsa_pss(hash, &digest).expect("a digest");
                    requests.push((pss, digest, request));
                }
                requests.push(padded);
            }
        }
        curve => {
            for length in [48, 32, 20, 64] {
                let digest = vec![7; length];
                let request = SignatureRequest::ecdsa(curve, &digest).expect("a digest");
                requests.push((Mechanism::Ecdsa, digest, request));
            }
        }
    }
    requests
}

#[test]
fn every_generation_signs_what_its_certificate_confirms_in_few_exchanges() {
    with_readers(1, || {
        let mut simulator = card("v3");
        let module = module();
        for image in ["v3", "v4", "organisation"] {
            simulator.take_out(0);
            simulator.put_in(&format!("insert {image}"), 0);
            let session = open(&module);
            let public = key_of_certificate(&session);
            let before = [
                exchanges(&mut simulator),
                total(&mut simulator, "signatures"),
            ];
            log_in(&session, "1234").expect("a log-in");
            let key = find(&session, ObjectClass::PRIVATE_KEY);
            let requests = requests(&public);
            for (count, (mechanism, data, request)) in (1..).zip(&requests) {
                let start = exchanges(&mut simulator);
                // It asks for the length first, and that must ask no card.
                let signature = session.sign(mechanism, key, data).expect("a signature");
                assert!(
                    public.confirms(request, &signature),
                    "{image}: {mechanism:?}"
                );
                let now = exchanges(&mut simulator);
                assert!(
                    now - start <= 3,
                    "{image}: {} for one signature",
                    now - start
                );
                assert!(
                    count > 1 || now - before[0] <= 4,
                    "{image}: log-in and signature"
                );
                assert_eq!(total(&mut simulator, "signatures"), before[1] + count);
            }
        }
        assert_eq!(simulator.attempts().len(), 3);
    });
}

#[test]
fn what_is_asked_all_the_time_is_answered_from_memory() {
    with_readers(1, || {
        let mut simulator = card("v4");
        let start = exchanges(&mut simulator);
        let module = module();
        let slot = first_slot(&module);
        module.get_token_info(slot).expect("C_GetTokenInfo");
        module.get_mechanism_list(slot).expect("C_GetMechanismList");
        let session = open(&module);
        let nothing = session.find_objects(&[Attribute::Class(ObjectClass::DATA)]);
        assert!(nothing.expect("a search").is_empty());
        assert_eq!(exchanges(&mut simulator), start, "C_Initialize and looking");
        let _read = find(&session, ObjectClass::CERTIFICATE);
        let before = exchanges(&mut simulator);
        for _ in 0..10_000 {
            module.get_slot_info(slot).expect("C_GetSlotInfo");
            module.get_token_info(slot).expect("C_GetTokenInfo");
            session.get_session_info().expect("C_GetSessionInfo");
        }
        assert_eq!(exchanges(&mut simulator), before);
    });
}

#[test]
fn after_the_log_out_no_program_can_use_the_pin() {
    with_readers(1, || {
        let mut simulator = card("v4");
        let module = module();
        let session = open(&module);
        for _ in 0..2 {
            log_in(&session, "1234").expect("a log-in");
            sign(&session).expect("a signature");
            assert_eq!(
                status_of_pin1(),
                [0x90, 0x00],
                "PIN1 is shared while logged in"
            );
            session.logout().expect("C_Logout");
            assert_eq!(status_of_pin1(), [0x63, 0xC5]);
            assert_eq!(simulator.counters(0)["verified"]["pin1"], false);
        }
        // Neither with the last session, nor with the module.
        log_in(&session, "1234").expect("a log-in");
        drop(session);
        assert_eq!(status_of_pin1(), [0x63, 0xC5]);
        let session = open(&module);
        log_in(&session, "1234").expect("a log-in");
        module.finalize().expect("C_Finalize");
        assert_eq!(status_of_pin1(), [0x63, 0xC5]);
        drop(session);
    });
}

/// What another program hears when it asks the card whether PIN1 is verified, at no cost.
fn status_of_pin1() -> [u8; 2] {
    let context = pcsc::Context::establish(pcsc::Scope::User).expect("a context");
    let reader = context.list_readers_owned().expect("readers").remove(0);
    let card = context
        .connect(&reader, pcsc::ShareMode::Shared, pcsc::Protocols::ANY)
        .expect("a connection");
    let mut answer = [0; 2];
    card.transmit(&[0x00, 0x20, 0x00, 0x11], &mut answer)
        .expect("an answer");
    card.disconnect(pcsc::Disposition::LeaveCard)
        .map_err(|(_, error)| error)
        .expect("an end");
    answer
}

#[test]
fn a_card_that_wants_the_pin_each_time_is_given_it_each_time() {
    with_readers(1, || {
        let mut simulator = Simulator::with_options(&["v4"], &["--pin1-once"]);
        wait_for_card(0, true);
        let module = module();
        let session = open(&module);
        log_in(&session, "1234").expect("a log-in");
        assert!(!always_authenticate(&session));
        sign(&session).expect("a signature");
        let refused = refusal(sign(&session));
        assert!(matches!(refused, RvError::UserNotLoggedIn), "{refused}");
        assert!(always_authenticate(&session));
        // A program that knows nothing of it logs in again, as after any such answer.
        log_in(&session, "1234").expect("a log-in");
        sign(&session).expect("a signature");
        let refused = refusal(sign(&session));
        assert!(matches!(refused, RvError::UserNotLoggedIn), "{refused}");
        assert_eq!(total(&mut simulator, "signatures"), 2);
        assert_eq!(simulator.attempts().len(), 2);
    });
}

fn always_authenticate(session: &Session) -> bool {
    let key = find(session, ObjectClass::PRIVATE_KEY);
    let attributes = session.get_attributes(key, &[AttributeType::AlwaysAuthenticate]);
    match attributes.expect("an attribute").as_slice() {
        [Attribute::AlwaysAuthenticate(always)] => *always,
        other => panic!("{other:?}"),
    }
}
