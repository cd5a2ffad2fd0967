//! From log-in to log-out, and everything that may end it in between.

use cryptoki_sys as ck;
use siru_card::{Answer, Consent, Pin, PinRequest, PinRole};
use siru_sim::{Fault, FaultKind};

use super::{Desk, made};
use crate::error::Error;
use crate::settings::Settings;

#[test]
fn a_log_in_signs_in_every_session_and_ends_with_the_last() {
    for image in ["v3", "v4", "organisation"] {
        let desk = Desk::with(&[image]);
        let (first, second) = (desk.session(), desk.session());
        assert_eq!(desk.log_in(first, "1234"), Ok(()), "{image}");
        assert_eq!(desk.log_in(second, "1234"), Err(Error::UserAlreadyLoggedIn));
        let key = desk.key(second).expect("a key");
        assert!(!desk.truth(second, key, ck::CKA_ALWAYS_AUTHENTICATE));
        for session in [first, second, first] {
            desk.sign(session, key).expect("a signature");
        }
        assert_eq!(desk.verified(), [true, false, false], "{image}");
        desk.module.close_session(first).expect("a session");
        assert_eq!(desk.verified(), [true, false, false], "{image}");
        desk.module.close_session(second).expect("a session");
        assert_eq!(desk.verified(), [false; 3], "{image}");
        assert_eq!(desk.attempts(), 1, "{image}");
    }
}

#[test]
fn whoever_has_to_be_logged_in_is_told_so() {
    let desk = Desk::with(&["v4"]);
    let session = desk.session();
    desk.log_in(session, "1234").expect("a log-in");
    let key = desk.key(session).expect("a key");
    assert_eq!(desk.log_out(), Ok(()));
    assert_eq!(desk.verified(), [false; 3]);
    assert_eq!(desk.log_out(), Err(Error::UserNotLoggedIn));
    assert_eq!(desk.sign(session, key), Err(Error::UserNotLoggedIn));
    desk.log_in(session, "1234").expect("a second log-in");
    desk.sign(session, key).expect("a signature");
    desk.module.finish();
    assert_eq!(
        desk.verified(),
        [false; 3],
        "finalising leaves no PIN behind"
    );
}

#[test]
fn log_in_and_first_signature_take_four_exchanges_and_further_ones_three() {
    for image in ["v3", "v4", "organisation"] {
        let desk = Desk::with(&[image]);
        let session = desk.session();
        desk.find(session, &[]);
        let before = desk.exchanges();
        desk.log_in(session, "1234").expect("a log-in");
        let key = desk.key(session).expect("a key");
        desk.sign(session, key).expect("a signature");
        let first = desk.exchanges() - before;
        assert!(first <= 4, "{image}: {first}");
        desk.sign(session, key).expect("a signature");
        let second = desk.exchanges() - before - first;
        assert!(second <= 3, "{image}: {second}");
    }
}

#[test]
fn a_wrong_pin_costs_one_try_and_a_malformed_one_none() {
    for image in ["v3", "v4", "organisation"] {
        let desk = Desk::with(&[image]);
        let session = desk.session();
        for malformed in ["", "123", "12345678901234", "12a4", "１２３４", "1234\0"] {
            let refused = desk.log_in(session, malformed);
            assert_eq!(refused, Err(Error::PinIncorrect), "{image} {malformed:?}");
        }
        assert_eq!(desk.exchanges(), 0, "{image}: the card never heard of it");
        for used in 1..=4 {
            assert_eq!(desk.log_in(session, "9999"), Err(Error::PinIncorrect));
            assert_eq!(desk.attempts(), used, "{image}");
        }
        // One is left: nobody has confirmed that it may be spent.
        for _ in 0..3 {
            assert_eq!(desk.log_in(session, "9999"), Err(Error::FunctionRejected));
        }
        assert_eq!(desk.attempts(), 4, "{image}");
    }
}

#[test]
fn the_machine_may_let_the_last_try_be_spent() {
    let settings = Settings {
        last_try_in_login: true,
        ..Settings::default()
    };
    let desk = Desk::set(&["v4-last-try"], settings, |_| {});
    let session = desk.session();
    assert_eq!(desk.log_in(session, "9999"), Err(Error::PinLocked));
    assert_eq!(desk.log_in(session, "1234"), Err(Error::PinLocked));
    assert_eq!(desk.attempts(), 1);
}

#[test]
fn a_last_try_that_no_puk_would_bring_back_is_spent_by_no_log_in() {
    let settings = Settings {
        last_try_in_login: true,
        ..Settings::default()
    };
    for image in ["v4-last-try-puk-spent", "organisation-last-try-puk-spent"] {
        let desk = Desk::set(&[image], settings, |_| {});
        let session = desk.session();
        let refused = desk.log_in(session, "1234");
        assert_eq!(refused, Err(Error::FunctionRejected), "{image}");
        assert_eq!(desk.attempts(), 0, "{image}");
    }
}

#[test]
fn a_locked_or_never_set_pin_is_not_presented() {
    for (image, expected) in [
        ("v3-locked", Error::PinLocked),
        ("v4-locked", Error::PinLocked),
        ("organisation-locked", Error::PinLocked),
        ("v4-fresh", Error::PinExpired),
        ("organisation-fresh", Error::PinExpired),
    ] {
        let desk = Desk::with(&[image]);
        let session = desk.session();
        assert_eq!(desk.log_in(session, "1234"), Err(expected), "{image}");
        assert_eq!(desk.attempts(), 0, "{image}");
    }
}

#[test]
fn another_programs_reset_ends_the_log_in_and_a_new_one_works() {
    for image in ["v3", "v4", "organisation"] {
        let desk = Desk::with(&[image]);
        let session = desk.session();
        desk.log_in(session, "1234").expect("a log-in");
        let key = desk.key(session).expect("a key");
        desk.sign(session, key).expect("a signature");
        desk.sign(session, key).expect("a signature");
        desk.control.reset_card(&desk.readers[0]).expect("a card");
        assert_eq!(
            desk.sign(session, key),
            Err(Error::UserNotLoggedIn),
            "{image}"
        );
        desk.log_in(session, "1234").expect("a new log-in");
        desk.sign(session, key).expect("a signature");
        assert_eq!(desk.attempts(), 2, "{image}");
        assert!(!desk.truth(session, key, ck::CKA_ALWAYS_AUTHENTICATE));
    }
}

#[test]
fn a_card_that_was_pulled_takes_its_sessions_along() {
    let desk = Desk::with(&["v4"]);
    let session = desk.session();
    desk.log_in(session, "1234").expect("a log-in");
    let key = desk.key(session).expect("a key");
    desk.control.remove(&desk.readers[0]).expect("a card");
    // Found out in the middle of things, and by looking.
    assert_eq!(desk.sign(session, key), Err(Error::DeviceRemoved));
    let lost = desk.module.fresh_session(session).err();
    assert_eq!(lost, Some(Error::SessionHandleInvalid));
    assert_eq!(
        desk.module.open_session(0, false),
        Err(Error::TokenNotPresent)
    );
    desk.control.reinsert(&desk.readers[0]).expect("a card");
    let again = desk.session();
    assert!(desk.module.session(again).is_ok());
    assert_eq!(desk.sign(again, key), Err(Error::KeyHandleInvalid));
    desk.log_in(again, "1234").expect("a log-in");
    let key = desk.key(again).expect("a key");
    desk.sign(again, key).expect("a signature");
}

#[test]
fn a_swapped_card_gets_neither_signature_nor_pin() {
    let desk = Desk::with(&["v4"]);
    let session = desk.session();
    desk.log_in(session, "1234").expect("a log-in");
    let key = desk.key(session).expect("a key");
    let mut other = made("v4", |card| {
        card.serial = Some("9246102411CD9999999".to_owned())
    });
    other.use_ledger(&desk.ledger);
    desk.ledger.clear();
    desk.control
        .insert(&desk.readers[0], other)
        .expect("a reader");
    assert_eq!(desk.sign(session, key), Err(Error::DeviceRemoved));
    // Not "invalid session": a browser would open another and present the same digits again.
    for _ in 0..2 {
        assert_eq!(desk.log_in(session, "1234"), Err(Error::DeviceRemoved));
    }
    assert_eq!(desk.attempts(), 0);
    assert_eq!(desk.ledger.totals().signatures, 0);
}

#[test]
fn a_service_that_stops_and_comes_back_needs_a_new_log_in_and_nothing_else() {
    let desk = Desk::with(&["v4"]);
    let session = desk.session();
    desk.log_in(session, "1234").expect("a log-in");
    let key = desk.key(session).expect("a key");
    desk.control.stop_service();
    assert_eq!(desk.sign(session, key), Err(Error::DeviceRemoved));
    assert_eq!(desk.module.list_slots(true), Vec::<ck::CK_SLOT_ID>::new());
    desk.control.start_service();
    assert_eq!(desk.module.list_slots(true), [0]);
    let session = desk.session();
    desk.log_in(session, "1234").expect("a log-in");
    let key = desk.key(session).expect("a key");
    desk.sign(session, key).expect("a signature");
}

#[test]
fn a_card_that_drops_the_pin_makes_the_key_say_so() {
    for image in ["v3", "v4", "organisation"] {
        let desk = Desk::set(&[image], Settings::default(), |card| {
            card.authentication_user_consent = true;
        });
        let session = desk.session();
        desk.log_in(session, "1234").expect("a log-in");
        let key = desk.key(session).expect("a key");
        assert!(!desk.truth(session, key, ck::CKA_ALWAYS_AUTHENTICATE));
        desk.sign(session, key).expect("the first signature");
        assert_eq!(
            desk.sign(session, key),
            Err(Error::UserNotLoggedIn),
            "{image}"
        );
        assert!(
            desk.truth(session, key, ck::CKA_ALWAYS_AUTHENTICATE),
            "{image}"
        );
        for _ in 0..3 {
            assert_eq!(desk.sign(session, key), Err(Error::UserNotLoggedIn));
            desk.sign_with(session, key, "1234").expect("a signature");
        }
        // A program that does not know of this may log in as before.
        desk.log_in(session, "1234").expect("a log-in");
        desk.sign(session, key).expect("a signature");
        assert_eq!(desk.attempts(), 5, "{image}");
    }
}

#[test]
fn a_pin_entered_for_one_signature_is_for_no_other() {
    let desk = Desk::set(&["v4"], Settings::default(), |card| {
        card.authentication_user_consent = true;
    });
    let (first, second) = (desk.session(), desk.session());
    desk.log_in(first, "1234").expect("a log-in");
    let key = desk.key(first).expect("a key");
    desk.sign(first, key).expect("the first signature");
    assert_eq!(desk.sign(first, key), Err(Error::UserNotLoggedIn));
    let signing = desk.begin(first, key).expect("a key");
    desk.enter(first, &signing, "1234").expect("PIN1");
    assert_eq!(desk.sign(second, key), Err(Error::UserNotLoggedIn));
    desk.finish(first, &signing)
        .expect("the signature it was for");
}

#[test]
fn a_card_that_keeps_the_pin_is_not_taken_for_one_that_drops_it() {
    let desk = Desk::with(&["v4"]);
    let session = desk.session();
    desk.log_in(session, "1234").expect("a log-in");
    let key = desk.key(session).expect("a key");
    desk.sign(session, key).expect("a signature");
    desk.sign(session, key).expect("a signature");
    // Another program makes the card forget the PIN, as a check of it in the window does.
    desk.control
        .card(&desk.readers[0], |troubled| troubled.card.reset())
        .expect("a card");
    assert_eq!(desk.sign(session, key), Err(Error::UserNotLoggedIn));
    desk.log_in(session, "1234").expect("a log-in");
    assert!(!desk.truth(session, key, ck::CKA_ALWAYS_AUTHENTICATE));
    desk.sign(session, key).expect("a signature");
}

#[test]
fn two_cards_are_two_tokens() {
    let desk = Desk::with(&["v4", "v3"]);
    let first = desk.session();
    let second = desk.module.open_session(2, false).expect("a session");
    desk.log_in(first, "1234").expect("a log-in");
    let of_first = desk.key(first).expect("a key");
    assert!(desk.key(second).is_none());
    assert_eq!(desk.sign(second, of_first), Err(Error::KeyHandleInvalid));
    let label = |slot| desk.module.slot(slot).expect("a slot").label();
    assert_eq!(label(0), "PIN1 - login");
    assert_eq!(label(2), "PIN1 - login (reader 2)");
}

#[test]
fn a_card_set_meanwhile_takes_its_new_pin() {
    for image in ["v4-fresh", "v3-fresh", "organisation-fresh"] {
        let desk = Desk::with(&[image]);
        let session = desk.session();
        assert_eq!(
            desk.log_in(session, "1234"),
            Err(Error::PinExpired),
            "{image}"
        );
        let mut other = desk.other_program();
        let seen = other.identity().clone();
        let new = || Pin::from_digits(b"4321").expect("digits");
        let puk = Pin::from_digits(b"12345678").expect("digits");
        let request = PinRequest::unlock(PinRole::Authentication, puk, new(), &new());
        let outcome = other.perform(request.expect("two equal PINs"), &seen, Consent::Ordinary);
        assert!(
            matches!(outcome.answer, Answer::Done),
            "{image}: {outcome:?}"
        );
        assert_eq!(desk.log_in(session, "4321"), Ok(()), "{image}");
    }
}

#[test]
fn a_reset_after_one_signature_is_not_taken_for_a_card_that_drops_the_pin() {
    let desk = Desk::with(&["v4"]);
    let session = desk.session();
    desk.log_in(session, "1234").expect("a log-in");
    let key = desk.key(session).expect("a key");
    desk.sign(session, key).expect("a signature");
    desk.control.reset_card(&desk.readers[0]).expect("a card");
    assert_eq!(desk.sign(session, key), Err(Error::UserNotLoggedIn));
    desk.log_in(session, "1234").expect("a log-in");
    assert!(!desk.truth(session, key, ck::CKA_ALWAYS_AUTHENTICATE));
    desk.sign(session, key).expect("a signature");
}

#[test]
fn what_another_program_did_to_the_pin_is_not_held_against_the_card() {
    let desk = Desk::with(&["v4"]);
    let session = desk.session();
    desk.log_in(session, "1234").expect("a log-in");
    let key = desk.key(session).expect("a key");
    desk.sign(session, key).expect("a signature");
    // After just one signature this looks like a card that drops the PIN.
    desk.control
        .card(&desk.readers[0], |troubled| troubled.card.reset())
        .expect("a card");
    assert_eq!(desk.sign(session, key), Err(Error::UserNotLoggedIn));
    assert!(desk.truth(session, key, ck::CKA_ALWAYS_AUTHENTICATE));
    desk.sign_with(session, key, "1234").expect("a signature");
    assert!(!desk.truth(session, key, ck::CKA_ALWAYS_AUTHENTICATE));
    desk.sign(session, key)
        .expect("a signature without an entry");
}

#[test]
fn a_card_that_answered_badly_does_not_keep_the_pin() {
    for kind in [FaultKind::OneByte, FaultKind::Empty, FaultKind::Long] {
        let desk = Desk::with(&["v4"]);
        let session = desk.session();
        desk.log_in(session, "1234").expect("a log-in");
        let key = desk.key(session).expect("a key");
        let fault = Fault::at_instruction(kind, 0x2A, 1);
        desk.control.plan(&desk.readers[0], fault).expect("a card");
        assert_eq!(desk.sign(session, key), Err(Error::DeviceError), "{kind:?}");
        assert_eq!(desk.verified(), [false; 3], "{kind:?}");
        desk.log_in(session, "1234").expect("a log-in");
        desk.sign(session, key).expect("a signature");
    }
}

#[test]
fn nobody_enters_a_pin_for_a_signature_after_the_log_out() {
    let desk = Desk::with(&["v4"]);
    let session = desk.session();
    desk.log_in(session, "1234").expect("a log-in");
    let key = desk.key(session).expect("a key");
    let signing = desk.begin(session, key).expect("a key");
    desk.log_out().expect("a log-out");
    let refused = desk.enter(session, &signing, "1234");
    assert_eq!(refused, Err(Error::UserNotLoggedIn));
    assert_eq!(desk.attempts(), 1);
    assert_eq!(desk.verified(), [false; 3]);
}
