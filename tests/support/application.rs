//! A program that uses the PKCS #11 module: what the tests do again and again through the
//! `cryptoki` crate.

use cryptoki::context::{CInitializeArgs, CInitializeFlags, Pkcs11};
use cryptoki::error::{Error, RvError};
use cryptoki::mechanism::Mechanism;
use cryptoki::object::{Attribute, AttributeType, ObjectClass, ObjectHandle};
use cryptoki::session::{Session, UserType};
use cryptoki::slot::Slot;
use cryptoki::types::AuthPin;
use siru_card::PublicKey;

use crate::rig::{Simulator, program};

/// The module, initialised.
///
/// # Panics
///
/// When it cannot be loaded.
#[must_use]
pub fn module() -> Pkcs11 {
    let module = Pkcs11::new(program("libsiru_pkcs11.so")).expect("the module");
    module
        .initialize(CInitializeArgs::new(CInitializeFlags::OS_LOCKING_OK))
        .expect("C_Initialize");
    module
}

/// The slot of the first reader.
///
/// # Panics
///
/// When there is no reader.
#[must_use]
pub fn first_slot(module: &Pkcs11) -> Slot {
    *module
        .get_all_slots()
        .expect("C_GetSlotList")
        .first()
        .expect("a slot")
}

/// A session with the card in the first reader.
///
/// # Panics
///
/// When there is none.
#[must_use]
pub fn open(module: &Pkcs11) -> Session {
    module
        .open_ro_session(first_slot(module))
        .expect("C_OpenSession")
}

/// `C_Login` as the cardholder.
///
/// # Errors
///
/// The module's answer.
pub fn log_in(session: &Session, pin: &str) -> Result<(), Error> {
    session.login(UserType::User, Some(&AuthPin::new(pin.into())))
}

/// What the module refused with.
///
/// # Panics
///
/// When it did not refuse.
pub fn refusal<T>(result: Result<T, Error>) -> RvError {
    match result {
        Err(Error::Pkcs11(refusal, _)) => refusal,
        Err(error) => panic!("not an answer of the module: {error}"),
        Ok(_) => panic!("the module did not refuse"),
    }
}

/// The first object of a class.
///
/// # Panics
///
/// When the search fails or finds nothing.
#[must_use]
pub fn find(session: &Session, class: ObjectClass) -> ObjectHandle {
    let found = session.find_objects(&[Attribute::Class(class)]);
    *found.expect("a search").first().expect("an object")
}

/// The key in the certificate for log-in.
///
/// # Panics
///
/// When there is none.
#[must_use]
pub fn key_of_certificate(session: &Session) -> PublicKey {
    let certificate = find(session, ObjectClass::CERTIFICATE);
    let attributes = session.get_attributes(certificate, &[AttributeType::Value]);
    match attributes.expect("CKA_VALUE").as_slice() {
        [Attribute::Value(der)] => PublicKey::of_certificate(der).expect("a certificate"),
        other => panic!("{other:?}"),
    }
}

/// Signs a digest with the key of a card on a curve.
///
/// # Errors
///
/// The module's answer.
pub fn sign(session: &Session) -> Result<Vec<u8>, Error> {
    let key = find(session, ObjectClass::PRIVATE_KEY);
    session.sign(&Mechanism::Ecdsa, key, &[7; 48])
}

/// How many commands all cards have met.
///
/// # Panics
///
/// When the simulator does not say.
pub fn exchanges(simulator: &mut Simulator) -> u64 {
    total(simulator, "exchanges")
}

/// One of the simulator's totals.
///
/// # Panics
///
/// When there is none of that name.
pub fn total(simulator: &mut Simulator, name: &str) -> u64 {
    simulator.counters(0)["totals"][name]
        .as_u64()
        .expect("a total")
}
