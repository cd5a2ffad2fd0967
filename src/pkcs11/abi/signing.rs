//! Signing (*PKCS #11 v2.40* §5.11).

use cryptoki_sys as ck;
use cryptoki_sys::{
    CK_BYTE, CK_MECHANISM, CK_OBJECT_HANDLE, CK_RSA_PKCS_PSS_PARAMS, CK_RV, CK_SESSION_HANDLE,
    CK_ULONG,
};

use super::entry::entry;
use super::instance::module;
use super::pointer::{OutSlice, bytes, read};
use crate::error::Error;
use crate::mechanism::{Mechanism, PssParameters};

/// Begins a signature. No card is asked anything.
///
/// # Safety
///
/// `mechanism` is null or leads to a mechanism whose parameters lead to the bytes they announce.
pub(super) unsafe extern "C" fn C_SignInit(
    session: CK_SESSION_HANDLE,
    mechanism: *mut CK_MECHANISM,
    key: CK_OBJECT_HANDLE,
) -> CK_RV {
    entry("C_SignInit", || {
        let module = module()?;
        let session = module.session(session)?;
        if mechanism.is_null() {
            // As v3.0 has it: whatever was begun is given up.
            session.give_up(&module);
            return Ok(());
        }
        // SAFETY: the caller's promise above.
        let mechanism = unsafe { understand(mechanism) }?;
        if session.begun().signing.is_some() {
            return Err(Error::OperationActive);
        }
        let insertion = session.insertion;
        let signing = session
            .slot
            .begin_signing(&module, insertion, key, mechanism)?;
        session.begun().signing = Some(signing);
        Ok(())
    })
}

/// Signs, once. Asking for the length asks no card, and leaves the signature begun.
///
/// # Safety
///
/// `data` is null or leads to `length` bytes; `signature_length` is null or leads to a number;
/// `signature` is null or has room for so many bytes.
pub(super) unsafe extern "C" fn C_Sign(
    session: CK_SESSION_HANDLE,
    data: *mut CK_BYTE,
    length: CK_ULONG,
    signature: *mut CK_BYTE,
    signature_length: *mut CK_ULONG,
) -> CK_RV {
    entry("C_Sign", || {
        let module = module()?;
        let session = module.session(session)?;
        let signing = session.begun().signing.clone();
        let signing = signing.ok_or(Error::OperationNotInitialized)?;
        // SAFETY: the caller's promise above.
        let out = unsafe { OutSlice::new(signature, signature_length) };
        let fits = out.as_ref().map_err(|error| *error);
        let fits = fits.and_then(|out| out.check(signing.length()));
        if fits == Err(Error::BufferTooSmall) || out.as_ref().is_ok_and(OutSlice::asks_for_length) {
            return fits;
        }
        // SAFETY: the caller's promise above.
        let data = fits.and_then(|()| unsafe { bytes(data, length) });
        // Every way out of here ends what was begun.
        let request = match data.and_then(|data| signing.request(data)) {
            Ok(request) => request,
            Err(error) => {
                session.give_up(&module);
                return Err(error);
            }
        };
        session.begun().signing = None;
        let slot = &session.slot;
        let signed = slot.sign(&module, session.insertion, &signing, &request);
        if signed.is_err() {
            slot.abandon(&module, signing.number);
        }
        out?.fill(&signed?)
    })
}

/// Signing in parts is not offered: what is signed is a digest, and the mechanisms take it in one
/// part by their definition. The signature that was begun is given up.
///
/// # Safety
///
/// The pointer is not followed.
pub(super) unsafe extern "C" fn C_SignUpdate(
    session: CK_SESSION_HANDLE,
    _data: *mut CK_BYTE,
    _length: CK_ULONG,
) -> CK_RV {
    entry("C_SignUpdate", || give_up(session))
}

/// As [`C_SignUpdate`].
///
/// # Safety
///
/// No pointer is followed.
pub(super) unsafe extern "C" fn C_SignFinal(
    session: CK_SESSION_HANDLE,
    _signature: *mut CK_BYTE,
    _length: *mut CK_ULONG,
) -> CK_RV {
    entry("C_SignFinal", || give_up(session))
}

fn give_up(session: CK_SESSION_HANDLE) -> Result<(), Error> {
    let module = module()?;
    match module.session(session)?.give_up(&module) {
        true => Err(Error::FunctionNotSupported),
        false => Err(Error::OperationNotInitialized),
    }
}

/// Understands a mechanism with its parameters.
///
/// # Safety
///
/// As for `mechanism` in [`C_SignInit`].
unsafe fn understand(mechanism: *const CK_MECHANISM) -> Result<Mechanism, Error> {
    // SAFETY: the caller's promise.
    let mechanism = unsafe { read(mechanism) }?;
    let none = mechanism.pParameter.is_null() || mechanism.ulParameterLen == 0;
    let parameters = match mechanism.mechanism {
        ck::CKM_RSA_PKCS_PSS if !none => {
            let length = usize::try_from(mechanism.ulParameterLen);
            if length != Ok(size_of::<CK_RSA_PKCS_PSS_PARAMS>()) {
                return Err(Error::MechanismParameterInvalid);
            }
            // SAFETY: the announced length is that of these parameters.
            let pss = unsafe { read(mechanism.pParameter.cast::<CK_RSA_PKCS_PSS_PARAMS>()) }?;
            Some(PssParameters {
                hash: pss.hashAlg,
                mask: pss.mgf,
                salt_length: pss.sLen,
            })
        }
        ck::CKM_RSA_PKCS | ck::CKM_ECDSA if !none => {
            return Err(Error::MechanismParameterInvalid);
        }
        _ => None,
    };
    Mechanism::new(mechanism.mechanism, parameters)
}
