//! C_SetPIN and C_InitPIN: under the laws of the PIN service.

use cryptoki_sys::CK_SESSION_HANDLE;

use super::Desk;
use crate::error::Error;

impl Desk {
    fn writing(&self) -> CK_SESSION_HANDLE {
        self.module.open_session(0, true).expect("a session")
    }

    fn change(&self, session: CK_SESSION_HANDLE, old: &str, new: &str) -> Result<(), Error> {
        let session = self.module.session_for_pin(session)?;
        let (module, insertion) = (&self.module, session.insertion);
        let slot = &session.slot;
        slot.change_pin(module, insertion, old.as_bytes(), new.as_bytes())
    }

    /// Logs in with the PUK and sets the PIN.
    fn unlock(&self, session: CK_SESSION_HANDLE, puk: &str, new: &str) -> Result<(), Error> {
        self.type_puk(session, puk)?;
        self.init(session, new)
    }

    fn type_puk(&self, session: CK_SESSION_HANDLE, puk: &str) -> Result<(), Error> {
        let session = self.module.session_for_pin(session)?;
        let slot = &session.slot;
        slot.log_in_as_officer(&self.module, session.insertion, puk.as_bytes())
    }

    fn init(&self, session: CK_SESSION_HANDLE, new: &str) -> Result<(), Error> {
        let session = self.module.session_for_pin(session)?;
        let slot = &session.slot;
        slot.init_pin(&self.module, session.insertion, new.as_bytes())
    }
}

#[test]
fn a_changed_pin_is_the_one_to_log_in_with() {
    for image in ["v3", "v4", "organisation"] {
        let desk = Desk::with(&[image]);
        let session = desk.writing();
        for (old, new, expected) in [
            ("1234", "123", Error::PinLengthRange),
            ("1234", "123456789", Error::PinLengthRange),
            ("1234", "12a4", Error::PinInvalid),
            ("12", "4321", Error::PinIncorrect),
        ] {
            assert_eq!(
                desk.change(session, old, new),
                Err(expected),
                "{image} {new}"
            );
        }
        assert_eq!(desk.exchanges(), 0, "{image}: the card never heard of it");
        assert_eq!(
            desk.change(session, "9999", "4321"),
            Err(Error::PinIncorrect)
        );
        assert_eq!(desk.change(session, "1234", "4321"), Ok(()), "{image}");
        assert_eq!(desk.verified(), [false; 3], "{image}");
        assert_eq!(desk.log_in(session, "4321"), Ok(()), "{image}");
        assert_eq!(desk.attempts(), 3, "{image}");
    }
}

#[test]
fn changing_the_pin_ends_the_log_in() {
    let desk = Desk::with(&["v4"]);
    let session = desk.writing();
    desk.log_in(session, "1234").expect("a log-in");
    let key = desk.key(session).expect("a key");
    assert_eq!(desk.change(session, "1234", "4321"), Ok(()));
    assert_eq!(desk.verified(), [false; 3]);
    assert_eq!(desk.sign(session, key), Err(Error::UserNotLoggedIn));
}

#[test]
fn the_puk_sets_a_locked_or_forgotten_pin_anew() {
    for image in ["v3-locked", "v4-locked", "organisation-locked", "v4"] {
        let desk = Desk::with(&[image]);
        let session = desk.writing();
        assert_eq!(desk.unlock(session, "12345678", "4321"), Ok(()), "{image}");
        assert_eq!(desk.verified(), [false; 3], "{image}");
        assert_eq!(desk.log_in(session, "4321"), Ok(()), "{image}");
    }
}

#[test]
fn a_puk_is_presented_once_and_only_with_a_new_pin() {
    let desk = Desk::with(&["v4-locked"]);
    let session = desk.writing();
    assert_eq!(desk.type_puk(session, "12"), Err(Error::PinIncorrect));
    assert_eq!(desk.init(session, "4321"), Err(Error::UserNotLoggedIn));
    desk.type_puk(session, "12345678").expect("digits");
    assert_eq!(desk.init(session, "12"), Err(Error::PinLengthRange));
    assert_eq!(desk.attempts(), 0, "typing it costs nothing");
    assert_eq!(
        desk.change(session, "1234", "4321"),
        Err(Error::FunctionNotSupported)
    );
    assert_eq!(desk.log_out(), Ok(()));
    assert_eq!(desk.init(session, "4321"), Err(Error::UserNotLoggedIn));
    assert_eq!(
        desk.unlock(session, "87654321", "4321"),
        Err(Error::PinIncorrect)
    );
    assert_eq!(desk.attempts(), 1);
    assert_eq!(desk.init(session, "4321"), Err(Error::UserNotLoggedIn));
    assert_eq!(desk.attempts(), 1);
}

#[test]
fn the_last_two_tries_of_the_puk_are_not_spent_from_here() {
    let desk = Desk::with(&["v4-puk-low"]);
    let session = desk.writing();
    for _ in 0..6 {
        let refused = desk.unlock(session, "87654321", "4321");
        assert!(refused.is_err());
    }
    let counters = desk.control.counters(&desk.readers[0]).expect("a card");
    assert!(counters.puk >= 1, "{counters:?}");
    assert_eq!(
        desk.unlock(session, "87654321", "4321"),
        Err(Error::FunctionRejected)
    );
}
