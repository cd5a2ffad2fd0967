//! Session management (*PKCS #11 v2.40* §5.6, and `C_SessionCancel` of v3.0).

use std::ffi::c_void;

use cryptoki_sys as ck;
use cryptoki_sys::{
    CK_FLAGS, CK_NOTIFY, CK_RV, CK_SESSION_HANDLE, CK_SESSION_INFO, CK_SLOT_ID, CK_ULONG,
    CK_USER_TYPE, CK_UTF8CHAR,
};

use super::entry::entry;
use super::instance::module;
use super::pointer::{pin, write};
use crate::error::Error;
use crate::slot::User;

/// Opens a session. No card is asked anything.
///
/// # Safety
///
/// `session` is null or leads to room for a handle. The other pointers are not followed.
pub(super) unsafe extern "C" fn C_OpenSession(
    slot: CK_SLOT_ID,
    flags: CK_FLAGS,
    _application: *mut c_void,
    _notify: CK_NOTIFY,
    session: *mut CK_SESSION_HANDLE,
) -> CK_RV {
    entry("C_OpenSession", || {
        let module = module()?;
        if session.is_null() {
            return Err(Error::ArgumentsBad);
        }
        if flags & ck::CKF_SERIAL_SESSION == 0 {
            return Err(Error::SessionParallelNotSupported);
        }
        let handle = module.open_session(slot, flags & ck::CKF_RW_SESSION != 0)?;
        // SAFETY: the caller's promise above.
        unsafe { write(session, handle) }
    })
}

/// Closes a session; the last one with a card ends the log-in.
///
/// # Safety
///
/// There is no pointer.
pub(super) unsafe extern "C" fn C_CloseSession(session: CK_SESSION_HANDLE) -> CK_RV {
    entry("C_CloseSession", || module()?.close_session(session))
}

/// Closes all sessions with a slot, and ends the log-in.
///
/// # Safety
///
/// There is no pointer.
pub(super) unsafe extern "C" fn C_CloseAllSessions(slot: CK_SLOT_ID) -> CK_RV {
    entry("C_CloseAllSessions", || module()?.close_all_sessions(slot))
}

/// Tells about a session. Browsers learn here that a card was taken out: the session is gone then.
///
/// # Safety
///
/// `info` is null or leads to room for a `CK_SESSION_INFO`.
pub(super) unsafe extern "C" fn C_GetSessionInfo(
    session: CK_SESSION_HANDLE,
    info: *mut CK_SESSION_INFO,
) -> CK_RV {
    entry("C_GetSessionInfo", || {
        let module = module()?;
        let session = module.fresh_session(session)?;
        let login = session.slot.face().login;
        let state = match (login, session.read_write) {
            (None, false) => ck::CKS_RO_PUBLIC_SESSION,
            (None, true) => ck::CKS_RW_PUBLIC_SESSION,
            (Some(User::Holder), false) => ck::CKS_RO_USER_FUNCTIONS,
            (Some(User::Holder), true) => ck::CKS_RW_USER_FUNCTIONS,
            (Some(User::SecurityOfficer), _) => ck::CKS_RW_SO_FUNCTIONS,
        };
        let mut flags = ck::CKF_SERIAL_SESSION;
        if session.read_write {
            flags |= ck::CKF_RW_SESSION;
        }
        let told = CK_SESSION_INFO {
            slotID: session.slot.id,
            state,
            flags,
            ulDeviceError: 0,
        };
        // SAFETY: the caller's promise above.
        unsafe { write(info, told) }
    })
}

/// Presents a PIN, at most once.
///
/// # Safety
///
/// `digits` is null or leads to `length` bytes.
pub(super) unsafe extern "C" fn C_Login(
    session: CK_SESSION_HANDLE,
    user: CK_USER_TYPE,
    digits: *mut CK_UTF8CHAR,
    length: CK_ULONG,
) -> CK_RV {
    entry("C_Login", || {
        let module = module()?;
        let session = module.session_for_pin(session)?;
        // SAFETY: the caller's promise above.
        let digits = unsafe { pin(digits, length) }?;
        let (slot, insertion) = (&session.slot, session.insertion);
        match user {
            ck::CKU_USER => slot.log_in(&module, insertion, digits),
            ck::CKU_SO => {
                let (all, read_write) = module.count_sessions(slot);
                if all > read_write {
                    return Err(Error::SessionReadOnlyExists);
                }
                slot.log_in_as_officer(&module, insertion, digits)
            }
            ck::CKU_CONTEXT_SPECIFIC => {
                let begun = session
                    .begun()
                    .signing
                    .as_ref()
                    .map(|signing| signing.number);
                let begun = begun.ok_or(Error::OperationNotInitialized)?;
                slot.log_in_for_signature(&module, insertion, begun, digits)
            }
            _ => Err(Error::UserTypeInvalid),
        }
    })
}

/// Ends the log-in; the card forgets the PIN.
///
/// # Safety
///
/// There is no pointer.
pub(super) unsafe extern "C" fn C_Logout(session: CK_SESSION_HANDLE) -> CK_RV {
    entry("C_Logout", || {
        let module = module()?;
        module.fresh_session(session)?.slot.log_out(&module)
    })
}

/// Gives up what was begun in a session.
///
/// # Safety
///
/// There is no pointer.
pub(super) unsafe extern "C" fn C_SessionCancel(
    session: CK_SESSION_HANDLE,
    flags: CK_FLAGS,
) -> CK_RV {
    entry("C_SessionCancel", || {
        let module = module()?;
        let session = module.session(session)?;
        if flags & ck::CKF_FIND_OBJECTS != 0 {
            session.begun().found = None;
        }
        if flags & ck::CKF_SIGN != 0 {
            session.give_up(&module);
        }
        Ok(())
    })
}
