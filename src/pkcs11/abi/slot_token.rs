//! Slot and token management (*PKCS #11 v2.40* §5.5). What tells about slots and tokens asks no card
//! anything. `C_InitPIN` and `C_SetPIN` do, and mechanisms of organisation cards: whether their keys
//! are RSA or on a curve, only the certificate tells.

use std::ffi::c_void;

use cryptoki_sys as ck;
use cryptoki_sys::{
    CK_BBOOL, CK_FLAGS, CK_MECHANISM_INFO, CK_MECHANISM_TYPE, CK_RV, CK_SESSION_HANDLE, CK_SLOT_ID,
    CK_SLOT_INFO, CK_TOKEN_INFO, CK_ULONG, CK_UTF8CHAR, CK_VERSION,
};

use super::entry::entry;
use super::instance::module;
use super::pointer::{OutSlice, padded, pin, write};
use crate::error::Error;
use crate::mechanism::{describe, offered};
use crate::token::card_flags;

/// Lists the slots; those of readers plugged in meanwhile as well.
///
/// # Safety
///
/// `count` is null or leads to a number; `list` is null or has room for so many slot numbers.
pub(super) unsafe extern "C" fn C_GetSlotList(
    with_card: CK_BBOOL,
    list: *mut CK_SLOT_ID,
    count: *mut CK_ULONG,
) -> CK_RV {
    entry("C_GetSlotList", || {
        let module = module()?;
        // SAFETY: the caller's promise above.
        let out = unsafe { OutSlice::new(list, count) }?;
        out.fill(&module.list_slots(with_card != ck::CK_FALSE))
    })
}

/// Tells about a reader, and whether a card is in it.
///
/// # Safety
///
/// `info` is null or leads to room for a `CK_SLOT_INFO`.
pub(super) unsafe extern "C" fn C_GetSlotInfo(slot: CK_SLOT_ID, info: *mut CK_SLOT_INFO) -> CK_RV {
    entry("C_GetSlotInfo", || {
        let module = module()?;
        let slot = module.slot(slot)?;
        module.look();
        let mut flags = ck::CKF_REMOVABLE_DEVICE | ck::CKF_HW_SLOT;
        if slot.face().seen.is_some() {
            flags |= ck::CKF_TOKEN_PRESENT;
        }
        let name: String = slot
            .reader
            .to_text()
            .chars()
            .filter(|character| !character.is_control())
            .collect();
        let told = CK_SLOT_INFO {
            slotDescription: padded(&name),
            manufacturerID: padded("PC/SC"),
            flags,
            hardwareVersion: NO_VERSION,
            firmwareVersion: NO_VERSION,
        };
        // SAFETY: the caller's promise above.
        unsafe { write(info, told) }
    })
}

/// Tells about a card, from what is known without asking it.
///
/// # Safety
///
/// `info` is null or leads to room for a `CK_TOKEN_INFO`.
pub(super) unsafe extern "C" fn C_GetTokenInfo(
    slot: CK_SLOT_ID,
    info: *mut CK_TOKEN_INFO,
) -> CK_RV {
    entry("C_GetTokenInfo", || {
        let module = module()?;
        let slot = module.slot(slot)?;
        module.look();
        let face = slot.face().clone();
        let profile = face.profile()?;
        let (sessions, read_write) = module.count_sessions(&slot);
        let count = |number| CK_ULONG::try_from(number).unwrap_or(ck::CK_UNAVAILABLE_INFORMATION);
        let facts = profile.pin(slot.role());
        let told = CK_TOKEN_INFO {
            label: padded(&slot.label()),
            manufacturerID: padded("DVV"),
            model: padded(profile.name),
            serialNumber: padded(""),
            flags: card_flags(&face, slot.role()),
            ulMaxSessionCount: ck::CK_EFFECTIVELY_INFINITE,
            ulSessionCount: count(sessions),
            ulMaxRwSessionCount: ck::CK_EFFECTIVELY_INFINITE,
            ulRwSessionCount: count(read_write),
            ulMaxPinLen: count(profile.scheme.max_length()),
            ulMinPinLen: count(facts.min_entered),
            ulTotalPublicMemory: ck::CK_UNAVAILABLE_INFORMATION,
            ulFreePublicMemory: ck::CK_UNAVAILABLE_INFORMATION,
            ulTotalPrivateMemory: ck::CK_UNAVAILABLE_INFORMATION,
            ulFreePrivateMemory: ck::CK_UNAVAILABLE_INFORMATION,
            hardwareVersion: NO_VERSION,
            firmwareVersion: NO_VERSION,
            utcTime: padded(""),
        };
        // SAFETY: the caller's promise above.
        unsafe { write(info, told) }
    })
}

/// Lists what the key of the card in the slot can do.
///
/// # Safety
///
/// `count` is null or leads to a number; `list` is null or has room for so many mechanisms.
pub(super) unsafe extern "C" fn C_GetMechanismList(
    slot: CK_SLOT_ID,
    list: *mut CK_MECHANISM_TYPE,
    count: *mut CK_ULONG,
) -> CK_RV {
    entry("C_GetMechanismList", || {
        let module = module()?;
        // SAFETY: the caller's promise above.
        let out = unsafe { OutSlice::new(list, count) }?;
        let slot = module.slot(slot)?;
        module.look();
        let (known, _) = slot.known_keys()?;
        if known.is_none() && out.asks_for_length() {
            // Only the certificate tells. There is room enough for the longest list; the card is read
            // when the list itself is asked for.
            return out.tell(LONGEST_LIST);
        }
        let (family, _) = slot.keys(&module)?;
        out.fill(family.map(offered).unwrap_or_default())
    })
}

/// Tells about a mechanism of the card in the slot.
///
/// # Safety
///
/// `info` is null or leads to room for a `CK_MECHANISM_INFO`.
pub(super) unsafe extern "C" fn C_GetMechanismInfo(
    slot: CK_SLOT_ID,
    mechanism: CK_MECHANISM_TYPE,
    info: *mut CK_MECHANISM_INFO,
) -> CK_RV {
    entry("C_GetMechanismInfo", || {
        let module = module()?;
        let slot = module.slot(slot)?;
        module.look();
        let (family, key) = slot.keys(&module)?;
        let family = family
            .filter(|family| offered(*family).contains(&mechanism))
            .ok_or(Error::MechanismInvalid)?;
        let known = describe(family, key);
        let told = CK_MECHANISM_INFO {
            ulMinKeySize: known.min_key,
            ulMaxKeySize: known.max_key,
            flags: known.flags,
        };
        // SAFETY: the caller's promise above.
        unsafe { write(info, told) }
    })
}

/// Waits for a card to come or go, or only looks whether one did.
///
/// # Safety
///
/// `slot` is null or leads to room for a slot number.
pub(super) unsafe extern "C" fn C_WaitForSlotEvent(
    flags: CK_FLAGS,
    slot: *mut CK_SLOT_ID,
    reserved: *mut c_void,
) -> CK_RV {
    entry("C_WaitForSlotEvent", || {
        let module = module()?;
        if slot.is_null() || !reserved.is_null() {
            return Err(Error::ArgumentsBad);
        }
        let changed = module.wait_for_event(flags & ck::CKF_DONT_BLOCK == 0)?;
        // SAFETY: the caller's promise above.
        unsafe { write(slot, changed) }
    })
}

/// Sets the PIN anew with the PUK by which the security officer logged in.
///
/// # Safety
///
/// `new` is null or leads to `length` bytes.
pub(super) unsafe extern "C" fn C_InitPIN(
    session: CK_SESSION_HANDLE,
    new: *mut CK_UTF8CHAR,
    length: CK_ULONG,
) -> CK_RV {
    entry("C_InitPIN", || {
        let module = module()?;
        let session = module.session_for_pin(session)?;
        // SAFETY: the caller's promise above.
        let new = unsafe { pin(new, length) }.map_err(new_pin_error)?;
        if !session.read_write {
            return Err(Error::SessionReadOnly);
        }
        session.slot.init_pin(&module, session.insertion, new)
    })
}

/// Changes the PIN.
///
/// # Safety
///
/// `old` and `new` are null or lead to as many bytes as their lengths say.
pub(super) unsafe extern "C" fn C_SetPIN(
    session: CK_SESSION_HANDLE,
    old: *mut CK_UTF8CHAR,
    old_length: CK_ULONG,
    new: *mut CK_UTF8CHAR,
    new_length: CK_ULONG,
) -> CK_RV {
    entry("C_SetPIN", || {
        let module = module()?;
        let session = module.session_for_pin(session)?;
        // SAFETY: the caller's promise above.
        let old = unsafe { pin(old, old_length) }?;
        // SAFETY: the same.
        let new = unsafe { pin(new, new_length) }.map_err(new_pin_error)?;
        if !session.read_write {
            return Err(Error::SessionReadOnly);
        }
        let insertion = session.insertion;
        session.slot.change_pin(&module, insertion, old, new)
    })
}

/// A new PIN that is far too long is not a wrong one.
const fn new_pin_error(error: Error) -> Error {
    match error {
        Error::PinIncorrect => Error::PinLengthRange,
        error => error,
    }
}

/// How many mechanisms a card of either kind has at most.
const LONGEST_LIST: usize = 2;

const NO_VERSION: CK_VERSION = CK_VERSION { major: 0, minor: 0 };
