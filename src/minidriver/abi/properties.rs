//! What Windows asks about the card, and what it tells for dialogs.

use windows_sys::Win32::Security::Cryptography as crypto;
use windows_sys::Win32::Security::Cryptography::{CARD_CAPABILITIES, CARD_DATA, CARD_KEY_SIZES};

use super::call::Call;
use super::entry::entry;
use super::memory::{bytes, copy, fill, read, wide_name};
use crate::error::Error;
use crate::property;

/// Whether a structure that the caller wants filled in is of a version known here; 0 counts as one
/// that was not set.
pub(super) const fn check_version(asked: u32, newest: u32) -> Result<(), Error> {
    if asked <= newest {
        Ok(())
    } else {
        Err(Error::RevisionMismatch)
    }
}

/// # Safety
///
/// All pointers are null or the caller's, as *CardQueryCapabilities* has them.
pub unsafe extern "system" fn CardQueryCapabilities(
    data: *const CARD_DATA,
    capabilities: *mut CARD_CAPABILITIES,
) -> u32 {
    entry("CardQueryCapabilities", || {
        if capabilities.is_null() {
            return Err(Error::InvalidParameter);
        }
        // SAFETY: the caller's structure, by this function's contract.
        unsafe { Call::begin(data) }?;
        // SAFETY: the structure begins with its version.
        let asked = unsafe { read(capabilities.cast::<u32>()) }?;
        check_version(asked, crypto::CARD_CAPABILITIES_CURRENT_VERSION)?;
        // SAFETY: as many bytes as the caller's structure has.
        unsafe { copy(&property::capabilities().bytes, capabilities.cast()) }
    })
}

/// # Safety
///
/// All pointers are null or the caller's, as *CardQueryKeySizes* has them.
pub unsafe extern "system" fn CardQueryKeySizes(
    data: *const CARD_DATA,
    key_spec: u32,
    flags: u32,
    sizes: *mut CARD_KEY_SIZES,
) -> u32 {
    entry("CardQueryKeySizes", || {
        if sizes.is_null() || flags != 0 {
            return Err(Error::InvalidParameter);
        }
        // SAFETY: the caller's structure, by this function's contract.
        let call = unsafe { Call::begin(data) }?;
        // SAFETY: the structure begins with its version.
        let asked = unsafe { read(sizes.cast::<u32>()) }?;
        check_version(asked, crypto::CARD_KEY_SIZES_CURRENT_VERSION)?;
        let told = call.card()?.key_sizes(key_spec)?;
        // SAFETY: as many bytes as the caller's structure has.
        unsafe { copy(&told.bytes, sizes.cast()) }
    })
}

/// # Safety
///
/// All pointers are null or the caller's, as *CardGetProperty* has them.
pub unsafe extern "system" fn CardGetProperty(
    data: *const CARD_DATA,
    property: *const u16,
    place: *mut u8,
    room: u32,
    length: *mut u32,
    flags: u32,
) -> u32 {
    entry("CardGetProperty", || {
        if place.is_null() || length.is_null() {
            return Err(Error::InvalidParameter);
        }
        // SAFETY: the caller's structure and name, by this function's contract.
        let (call, name) = unsafe { (Call::begin(data)?, wide_name(property)?) };
        let found = call
            .card()?
            .property(&name.ok_or(Error::InvalidParameter)?, flags)?;
        if let Some(newest) = found.version
            && room >= 4
        {
            // SAFETY: room for four bytes, by this function's contract.
            check_version(unsafe { read(place.cast::<u32>()) }?, newest)?;
        }
        // SAFETY: the caller's buffer, by this function's contract.
        unsafe { fill(&found.bytes, place, room, length) }
    })
}

/// # Safety
///
/// All pointers are null or the caller's, as *CardSetProperty* has them.
pub unsafe extern "system" fn CardSetProperty(
    data: *const CARD_DATA,
    property: *const u16,
    value: *const u8,
    length: u32,
    flags: u32,
) -> u32 {
    entry("CardSetProperty", || {
        // SAFETY: the caller's structure and name, by this function's contract.
        let (_call, name) = unsafe { (Call::begin(data)?, wide_name(property)?) };
        if length > 0 {
            // SAFETY: the caller's value, by this function's contract.
            unsafe { bytes(value, length) }?;
        }
        property::set_property(&name.ok_or(Error::InvalidParameter)?, flags)
    })
}
