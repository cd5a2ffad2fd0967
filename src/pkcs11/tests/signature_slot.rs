//! The slot for signatures: only where the machine wants it, and PIN2 for each signature.

use cryptoki_sys as ck;
use siru_policy::LogLevel;

use super::Desk;
use crate::error::Error;
use crate::settings::Settings;

const WANTED: Settings = Settings {
    signature_slot: true,
    last_try_in_login: false,
    log_level: LogLevel::Off,
};

#[test]
fn there_is_none_unless_the_machine_wants_it() {
    assert_eq!(Desk::with(&["v4"]).module.list_slots(false), [0]);
    let desk = Desk::set(&["v4"], WANTED, |_| {});
    assert_eq!(desk.module.list_slots(false), [0, 1]);
    let label = |slot| desk.module.slot(slot).expect("a slot").label();
    assert_eq!(
        (label(0), label(1)),
        ("PIN1 - login".into(), "PIN2 - signature".into())
    );
}

#[test]
fn each_signature_takes_an_entry_of_pin2() {
    for image in ["v3", "v4", "organisation"] {
        let desk = Desk::set(&[image], WANTED, |_| {});
        let session = desk.module.open_session(1, false).expect("a session");
        assert_eq!(
            desk.log_in(session, "999999"),
            Err(Error::PinIncorrect),
            "{image}"
        );
        assert_eq!(desk.log_in(session, "123456"), Ok(()), "{image}");
        assert_eq!(
            desk.verified(),
            [false; 3],
            "{image}: checked and forgotten"
        );
        let key = desk.key(session).expect("a key");
        assert!(
            desk.truth(session, key, ck::CKA_ALWAYS_AUTHENTICATE),
            "{image}"
        );
        for _ in 0..2 {
            assert_eq!(
                desk.sign(session, key),
                Err(Error::UserNotLoggedIn),
                "{image}"
            );
            desk.sign_with(session, key, "123456").expect("a signature");
            assert_eq!(desk.verified(), [false; 3], "{image}");
        }
        assert_eq!(desk.attempts(), 4, "{image}");
        let counters = desk.control.counters(&desk.readers[0]).expect("a card");
        assert_eq!((counters.pin1, counters.pin2), (5, 5), "{image}");
    }
}

#[test]
fn both_slots_work_side_by_side() {
    for image in ["v3", "v4", "organisation"] {
        let desk = Desk::set(&[image], WANTED, |_| {});
        let login = desk.session();
        let signature = desk.module.open_session(1, false).expect("a session");
        desk.log_in(login, "1234").expect("PIN1");
        let own = desk.key(login).expect("a key");
        desk.sign(login, own).expect("a signature");
        desk.log_in(signature, "123456").expect("PIN2");
        let other = desk.key(signature).expect("a key");
        desk.sign_with(signature, other, "123456")
            .expect("a signature");
        desk.sign(login, own).expect("PIN1 still holds");
        assert_eq!(desk.sign(signature, own), Err(Error::KeyHandleInvalid));
    }
}

#[test]
fn a_pin2_entered_for_a_signature_that_is_given_up_is_forgotten() {
    for image in ["v3", "v4", "organisation"] {
        let desk = Desk::set(&[image], WANTED, |_| {});
        let session = desk.module.open_session(1, false).expect("a session");
        let _other = desk.module.open_session(1, false).expect("a session");
        desk.log_in(session, "123456").expect("PIN2");
        let key = desk.key(session).expect("a key");
        let begin = || {
            let signing = desk.begin(session, key).expect("a key");
            let number = signing.number;
            let open = desk.module.session(session).expect("a session");
            open.begun().signing = Some(signing.clone());
            desk.enter(session, &signing, "123456").expect("PIN2");
            assert_eq!(desk.verified(), [false, true, false], "{image}");
            (open, number)
        };
        let (open, _) = begin();
        assert!(open.give_up(&desk.module));
        assert_eq!(desk.verified(), [false; 3], "{image}");
        begin();
        desk.module.close_session(session).expect("a session");
        assert_eq!(desk.verified(), [false; 3], "{image}");
    }
}
