//! Does the card's key sign after a log-in, in few exchanges, and never without the person?
#![allow(
    clippy::expect_used,
    clippy::panic,
    reason = "a test stops where it breaks"
)]

use siru_apdu::TriesLeft;
use siru_card::{
    Answer, Consent, FineidCard, Hash, KeyType, LogOut, PinRole, PublicKey, Purpose, Refusal, Risk,
    SignError, SignatureRequest,
};
use siru_sim::{Fault, FaultKind};
use siru_tests::bench::{Bench, card, pin, right};

const PIN1: PinRole = PinRole::Authentication;

fn key_of(card: &mut FineidCard, purpose: Purpose) -> PublicKey {
    let found = card.identity_certificate(purpose).expect("readable");
    found.expect("a certificate").1
}

/// What each kind of key is asked for, the usual log-in first.
fn requests(key: &PublicKey) -> Vec<SignatureRequest> {
    match key.key_type() {
        KeyType::Rsa { .. } => [
            SignatureRequest::rsa_pss(Hash::Sha256, &[7; 32]),
            SignatureRequest::rsa_pkcs1(Hash::Sha256, &[7; 32]),
            SignatureRequest::rsa_pkcs1(Hash::Sha384, &[7; 48]),
            SignatureRequest::rsa_pkcs1(Hash::Sha512, &[7; 64]),
            SignatureRequest::rsa_pkcs1(Hash::Sha1, &[7; 20]),
            SignatureRequest::rsa_pss(Hash::Sha512, &[7; 64]),
        ]
        .into_iter()
        .flatten()
        .collect(),
        curve => [48, 32, 20, 64]
            .into_iter()
            .filter_map(|length| SignatureRequest::ecdsa(curve, &vec![7; length]))
            .collect(),
    }
}

#[test]
fn every_generation_signs_in_few_exchanges_and_forgets_the_pin() {
    for image in ["v3", "v4", "organisation"] {
        let mut bench = Bench::new(image);
        let ledger = bench.ledger.clone();
        let mut card = bench.open();
        let key = key_of(&mut card, Purpose::Authentication);
        let requests = requests(&key);
        let before = ledger.totals().exchanges;
        let outcome = card.log_in(PIN1, pin("1234"), Consent::Ordinary);
        assert!(matches!(outcome.answer, Answer::Done), "{image}");
        assert_eq!(bench.verified(), [true, false, false], "{image}");
        let sign = |card: &mut FineidCard, request| {
            let start = ledger.totals().exchanges;
            let signature = card.sign(Purpose::Authentication, &key, request);
            let signature = signature.expect("a signature");
            assert!(key.confirms(request, &signature), "{image} {request:?}");
            ledger.totals().exchanges - start
        };
        sign(&mut card, &requests[0]);
        let first = ledger.totals().exchanges - before;
        assert!(
            first <= 4,
            "{image}: log-in and first signature take {first}"
        );
        for request in &requests {
            sign(&mut card, request);
            let again = sign(&mut card, request);
            assert!(again <= 3, "{image}: a further signature takes {again}");
        }
        assert_eq!(card.log_out(PIN1), LogOut::Forgotten, "{image}");
        assert_eq!(bench.verified(), [false; 3], "{image}");
        let refused = card.sign(Purpose::Authentication, &key, &requests[0]);
        assert!(matches!(refused, Err(SignError::NotVerified)), "{image}");
        assert_eq!(bench.taken().len(), 1, "{image}");
        assert_eq!(bench.tries(), [5; 3], "{image}");
    }
}

#[test]
fn the_signature_key_wants_pin2() {
    for image in ["v3", "v4", "organisation"] {
        let mut bench = Bench::new(image);
        let mut card = bench.open();
        let key = key_of(&mut card, Purpose::Signature);
        let request = &requests(&key)[0];
        card.log_in(PIN1, pin("1234"), Consent::Ordinary);
        let refused = card.sign(Purpose::Signature, &key, request);
        assert!(matches!(refused, Err(SignError::NotVerified)), "{image}");
        let pin2 = pin(right(PinRole::Signature));
        card.log_in(PinRole::Signature, pin2, Consent::Ordinary);
        let signature = card.sign(Purpose::Signature, &key, request);
        assert!(key.confirms(request, &signature.expect("a signature")));
        let refused = card.sign(Purpose::Signature, &key, request);
        assert!(matches!(refused, Err(SignError::NotVerified)), "{image}");
    }
}

#[test]
fn a_card_that_wants_the_pin_for_each_signature_says_so() {
    for image in ["v3", "v4", "organisation"] {
        let mut bench = Bench::changed(image, |card| card.authentication_user_consent = true);
        let mut card = bench.open();
        let key = key_of(&mut card, Purpose::Authentication);
        let request = &requests(&key)[0];
        for _ in 0..2 {
            card.log_in(PIN1, pin("1234"), Consent::Ordinary);
            let signature = card.sign(Purpose::Authentication, &key, request);
            assert!(signature.is_ok(), "{image}");
            let refused = card.sign(Purpose::Authentication, &key, request);
            assert!(matches!(refused, Err(SignError::NotVerified)), "{image}");
        }
    }
}

#[test]
fn the_last_try_is_not_spent_by_a_log_in_nobody_confirmed() {
    for image in ["v3-last-try", "v4-last-try", "organisation-last-try"] {
        let mut bench = Bench::new(image);
        let mut card = bench.open();
        let outcome = card.log_in(PIN1, pin("1234"), Consent::Ordinary);
        assert!(
            matches!(
                outcome.answer,
                Answer::NotSent(Refusal::ConsentNeeded {
                    risk: Risk::LocksPin,
                    tries_left: Some(TriesLeft(1)),
                    ..
                })
            ),
            "{image}: {:?}",
            outcome.answer
        );
        assert!(bench.taken().is_empty(), "{image}");
        let outcome = card.log_in(PIN1, pin("1234"), Consent::Accepted(Risk::LocksPin));
        assert!(matches!(outcome.answer, Answer::Done), "{image}");
    }
}

/// Each exchange of a log-in and two signatures meets each fault: at most one presentation of the
/// PIN, and no signature but a confirmed one.
#[test]
fn whatever_goes_wrong_costs_at_most_one_presentation() {
    const FAULTS: [FaultKind; 8] = [
        FaultKind::DropBefore,
        FaultKind::DropAfter,
        FaultKind::StatusBefore(0x6F00),
        FaultKind::StatusAfter(0x6F00),
        FaultKind::StatusBefore(0x6985),
        FaultKind::Reset,
        FaultKind::OneByte,
        FaultKind::Long,
    ];
    for image in ["v3", "v4", "organisation"] {
        for kind in FAULTS {
            for occurrence in 1..=9 {
                let mut bench = Bench::new(image);
                let mut card = bench.open();
                let key = key_of(&mut card, Purpose::Authentication);
                let request = &requests(&key)[0];
                bench
                    .control
                    .plan(&bench.reader, Fault::at_exchange(kind, occurrence))
                    .expect("the reader is there");
                card.log_in(PIN1, pin("1234"), Consent::Ordinary);
                for _ in 0..2 {
                    if let Ok(signature) = card.sign(Purpose::Authentication, &key, request) {
                        assert!(key.confirms(request, &signature), "{image} {kind:?}");
                    }
                }
                let sent = bench.taken().len();
                assert!(
                    sent <= 1,
                    "{image} {kind:?} {occurrence}: {sent} presentations"
                );
                // A card that is out of reach is told over a new connection, if it is still there.
                let left = match card.log_out(PIN1) {
                    LogOut::Gone if bench.verified_if_there().is_some() => {
                        bench.open().log_out(PIN1)
                    }
                    left => left,
                };
                let there = bench.verified_if_there();
                assert_ne!(left, LogOut::Unconfirmed, "{image} {kind:?} {occurrence}");
                assert!(
                    there.is_none_or(|verified| verified == [false; 3]),
                    "{image} {kind:?} {occurrence}: {left:?}"
                );
            }
        }
    }
}

#[test]
fn a_signature_that_the_certificate_does_not_confirm_is_not_handed_out() {
    for (image, other) in [("v4", "v4-fresh"), ("organisation", "v4")] {
        let mut swapped = card(image);
        let foreign = card(other).file(&[0x4331]).map(<[u8]>::to_vec);
        swapped.set_file(&[0x4331], foreign);
        let mut bench = Bench::holding(swapped);
        let mut open = bench.open();
        let key = key_of(&mut open, Purpose::Authentication);
        open.log_in(PIN1, pin("1234"), Consent::Ordinary);
        let signed = open.sign(Purpose::Authentication, &key, &requests(&key)[0]);
        assert!(matches!(signed, Err(SignError::NotConfirmed)), "{image}");
        // Relied on what was set, then set anew: twice, and then no more.
        assert_eq!(bench.ledger.totals().signatures, 2, "{image}");
    }
}
