//! The card module over virtual cards, without C in between.

mod fake;
mod families;
mod trouble;

use siru_card::{Hash, SignatureRequest};
use siru_sim::personalize::{PIN1, PUK};

use crate::error::Error;
use crate::signing::{Padding, SigningOrder};
pub(crate) use fake::{FakeService, HANDLE};

fn tries(left: u8) -> Option<siru_apdu::TriesLeft> {
    Some(siru_apdu::TriesLeft(left))
}

fn order(padding: Padding, data: &[u8]) -> SigningOrder<'_> {
    SigningOrder {
        container: 0,
        key_spec: 2,
        flags: 0,
        padding,
        data,
    }
}

#[test]
fn signatures_are_confirmed_by_the_certificate_in_the_order_of_bytes_windows_takes() {
    let digest = [0x5A; 32];
    for (image, padding) in [
        ("v3", Padding::Pkcs1(Some("SHA256".to_owned()))),
        ("v3", Padding::ByAlgorithm(0x800C)),
        ("v3", Padding::Pss("SHA256".to_owned(), 32)),
        ("v4", Padding::Nothing),
        ("organisation", Padding::ByAlgorithm(0)),
    ] {
        let service = FakeService::with(image);
        let mut card = service.acquire(false);
        let order = order(padding.clone(), &digest);
        assert_eq!(card.sign(&order), Err(Error::SecurityViolation), "{image}");
        card.authenticate(PIN1.as_bytes()).expect("the right PIN");
        let mut signature = card.sign(&order).expect("a signature");
        assert_eq!(card.signature_length(&order), Ok(signature.len()));
        let public = card.identity().expect("a certificate").public;
        let request = match padding {
            Padding::Pss(..) => SignatureRequest::rsa_pss(Hash::Sha256, &digest),
            _ if image == "v3" => SignatureRequest::rsa_pkcs1(Hash::Sha256, &digest),
            _ => SignatureRequest::ecdsa(public.key_type(), &digest),
        };
        if image == "v3" {
            signature.reverse();
        }
        assert!(public.confirms(&request.expect("a digest"), &signature));
        card.deauthenticate().expect("the card forgets");
        assert_eq!(card.sign(&order), Err(Error::SecurityViolation), "{image}");
        assert_eq!(service.ledger.entries().len(), 1);
    }
}

#[test]
fn a_wrong_pin_is_one_command_and_tells_what_is_left() {
    for image in ["v3", "v4", "organisation"] {
        let service = FakeService::with(image);
        let mut card = service.acquire(false);
        let wrong = card.authenticate(b"4321");
        assert_eq!(
            wrong,
            Err(Error::WrongPin {
                tries_left: tries(4)
            })
        );
        assert_eq!(service.ledger.entries().len(), 1, "{image}");
        // What cannot be a PIN costs nothing, and what is left is told all the same.
        for malformed in [&b"12"[..], b"12a4", b"1234567890123", b""] {
            let refused = card.authenticate(malformed);
            assert_eq!(
                refused,
                Err(Error::WrongPin {
                    tries_left: tries(4)
                })
            );
        }
        assert_eq!(service.ledger.entries().len(), 1, "{image}");
    }
}

#[test]
fn the_last_try_is_spent_only_where_the_machine_allows_it() {
    for image in ["v3-last-try", "v4-last-try", "organisation-last-try"] {
        let service = FakeService::with(image);
        let refused = service.acquire(false).authenticate(b"4321");
        assert_eq!(
            refused,
            Err(Error::Blocked {
                tries_left: tries(1)
            })
        );
        assert!(service.ledger.entries().is_empty(), "{image}");
        let refused = service.acquire(true).authenticate(b"4321");
        assert_eq!(
            refused,
            Err(Error::Blocked {
                tries_left: tries(0)
            })
        );
        assert_eq!(service.ledger.entries().len(), 1, "{image}");
    }
}

#[test]
fn a_last_try_that_no_puk_would_bring_back_and_the_one_of_a_change_are_never_spent() {
    for image in ["v4-last-try-puk-spent", "organisation-last-try-puk-spent"] {
        let service = FakeService::with(image);
        let refused = service.acquire(true).authenticate(PIN1.as_bytes());
        let blocked = Err(Error::Blocked {
            tries_left: tries(1),
        });
        assert_eq!(refused, blocked, "{image}");
        assert!(service.ledger.entries().is_empty(), "{image}");
    }
    let service = FakeService::with("v4-last-try");
    let refused = service.acquire(true).change_pin(PIN1.as_bytes(), b"5937");
    assert!(matches!(refused, Err(Error::Blocked { .. })), "{refused:?}");
    assert!(service.ledger.entries().is_empty());
}

#[test]
fn a_pin_that_was_never_set_is_not_for_log_ins() {
    for image in ["v3-fresh", "v4-fresh"] {
        let service = FakeService::with(image);
        let refused = service.acquire(false).authenticate(b"1234567");
        assert_eq!(refused, Err(Error::SecurityViolation), "{image}");
        assert!(service.ledger.entries().is_empty(), "{image}");
    }
}

#[test]
fn a_pin_is_changed_and_set_anew_with_the_puk() {
    for image in ["v3", "v4", "organisation"] {
        let service = FakeService::with(image);
        let mut card = service.acquire(false);
        let invalid = card.change_pin(PIN1.as_bytes(), b"1");
        assert_eq!(invalid, Err(Error::InvalidNewPin), "{image}");
        assert!(service.ledger.entries().is_empty());
        assert_eq!(card.change_pin(PIN1.as_bytes(), b"5937"), Ok(()));
        assert_eq!(card.authenticate(b"5937"), Ok(()), "{image}");
        assert_eq!(card.unblock_pin(PUK.as_bytes(), b"8264"), Ok(()), "{image}");
        assert!(!card.is_authenticated(), "{image}");
        assert_eq!(card.authenticate(b"8264"), Ok(()), "{image}");
        let wrong = card.unblock_pin(b"11111111", b"8264");
        assert_eq!(
            wrong,
            Err(Error::WrongPin {
                tries_left: tries(4)
            })
        );
    }
}

#[test]
fn a_card_that_is_given_up_is_left_without_a_verified_pin() {
    let service = FakeService::with("v4");
    let mut card = service.acquire(false);
    card.authenticate(PIN1.as_bytes()).expect("the right PIN");
    assert!(service.verified());
    drop(card);
    assert!(!service.verified());
}

#[test]
fn the_log_in_of_another_caller_signs_nothing() {
    let digest = [0x5A; 48];
    let service = FakeService::with("v4");
    let mut first = service.acquire(false);
    let mut second = service.acquire(false);
    first.authenticate(PIN1.as_bytes()).expect("the right PIN");
    assert!(service.verified());
    let order = order(Padding::Nothing, &digest);
    assert_eq!(second.sign(&order), Err(Error::SecurityViolation));
    assert!(!second.is_authenticated());
    assert!(first.is_authenticated());
    assert!(first.sign(&order).is_ok());
}

#[test]
fn another_card_behind_the_handle_gets_no_pin() {
    let service = FakeService::with("v4");
    let mut card = service.acquire(false);
    service.swap("v4-last-try");
    let refused = card.authenticate(PIN1.as_bytes());
    assert_eq!(refused, Err(Error::CardRemoved));
    assert_eq!(card.use_handle(HANDLE + 1), Err(Error::CardRemoved));
    assert!(service.ledger.entries().is_empty());
}

#[test]
fn cards_that_nobody_logs_in_with_are_unknown() {
    for image in ["setcos", "foreign", "lookalike"] {
        let service = FakeService::with(image);
        let refused = service.try_acquire(false).map(drop);
        assert_eq!(refused, Err(Error::UnknownCard), "{image}");
    }
}

#[test]
fn the_virtual_files_have_what_the_card_has() {
    for (image, bits) in [("v3", 2048_u16), ("v4", 384), ("organisation", 384)] {
        let mut card = FakeService::with(image).acquire(false);
        let other = FakeService::with(image).acquire(false);
        let identifier = card.read_file("", "cardid").expect("a file");
        assert_eq!(identifier, other.card_identifier());
        let map = card.read_file("mscp", "cmapfile").expect("a file");
        assert_eq!((map.len(), map[80]), (86, 3));
        assert_eq!(map[82..], [bits.to_le_bytes(), [0, 0]].concat());
        let certificate = card.read_file("mscp", "ksc00").expect("a file");
        assert_eq!(*certificate, *card.identity().expect("one").certificate);
        let roots = card.read_file("MSCP", "msroots").expect("a file");
        for authority in card.authorities().expect("authorities") {
            let holds = |bytes: &[u8]| bytes == authority.der.as_slice();
            assert!(roots.windows(authority.der.len()).any(holds), "{image}");
        }
        let names = card.file_names("mscp").expect("names");
        assert_eq!(names, b"cmapfile\0ksc00\0msroots\0\0");
        assert_eq!(card.read_file("", "ksc00"), Err(Error::FileNotFound));
        assert_eq!(card.file_names("other"), Err(Error::DirectoryNotFound));
    }
}
