//! Object management (*PKCS #11 v2.40* §5.7).

use cryptoki_sys::{CK_ATTRIBUTE, CK_OBJECT_HANDLE, CK_RV, CK_SESSION_HANDLE, CK_ULONG};

use super::entry::entry;
use super::instance::module;
use super::pointer::{OutSlice, fill_template, template};
use crate::error::Error;

/// Begins a search. The card is read if it has to be, once while it is in the reader.
///
/// # Safety
///
/// `attributes` is null or leads to `count` attributes, whose values lead to the bytes they
/// announce.
pub(super) unsafe extern "C" fn C_FindObjectsInit(
    session: CK_SESSION_HANDLE,
    attributes: *mut CK_ATTRIBUTE,
    count: CK_ULONG,
) -> CK_RV {
    entry("C_FindObjectsInit", || {
        let module = module()?;
        let session = module.fresh_session(session)?;
        // SAFETY: the caller's promise above.
        let wanted = unsafe { template(attributes, count) }?;
        if session.begun().found.is_some() {
            return Err(Error::OperationActive);
        }
        let mut found = session.slot.find(&module, session.insertion, &wanted)?;
        found.reverse();
        session.begun().found = Some(found);
        Ok(())
    })
}

/// Gives out what was found, so many at a time.
///
/// # Safety
///
/// `objects` is null or has room for `most` handles; `count` is null or leads to a number.
pub(super) unsafe extern "C" fn C_FindObjects(
    session: CK_SESSION_HANDLE,
    objects: *mut CK_OBJECT_HANDLE,
    most: CK_ULONG,
    count: *mut CK_ULONG,
) -> CK_RV {
    entry("C_FindObjects", || {
        let session = module()?.session(session)?;
        if objects.is_null() || count.is_null() {
            return Err(Error::ArgumentsBad);
        }
        // SAFETY: the caller's promise above; `most`, not what `count` holds, says how much room
        // there is, and no more than that is taken out below.
        let out = unsafe { OutSlice::with_room(objects, count, most) };
        let mut begun = session.begun();
        let found = begun.found.as_mut().ok_or(Error::OperationNotInitialized)?;
        let most = usize::try_from(most).unwrap_or(usize::MAX);
        let rest = found.len().saturating_sub(most);
        let mut part = found.split_off(rest);
        part.reverse();
        out.fill(&part)
    })
}

/// Ends a search.
///
/// # Safety
///
/// There is no pointer.
pub(super) unsafe extern "C" fn C_FindObjectsFinal(session: CK_SESSION_HANDLE) -> CK_RV {
    entry("C_FindObjectsFinal", || {
        let session = module()?.session(session)?;
        let found = session.begun().found.take();
        found.map(|_| ()).ok_or(Error::OperationNotInitialized)
    })
}

/// Fills in attributes, from memory: one log-in of a browser makes some sixty of these calls.
///
/// # Safety
///
/// `attributes` is null or leads to `count` attributes, each with room for the bytes it announces.
pub(super) unsafe extern "C" fn C_GetAttributeValue(
    session: CK_SESSION_HANDLE,
    object: CK_OBJECT_HANDLE,
    attributes: *mut CK_ATTRIBUTE,
    count: CK_ULONG,
) -> CK_RV {
    entry("C_GetAttributeValue", || {
        let session = module()?.session(session)?;
        let attribute = session.slot.attributes(object)?;
        // SAFETY: the caller's promise above.
        unsafe { fill_template(attributes, count, attribute) }
    })
}
