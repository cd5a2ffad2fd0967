//! `CardAcquireContext`, the one function that the library exports, and `CardDeleteContext`.

#[cfg(test)]
use std::mem::offset_of;
use std::ptr;
use std::sync::Arc;

use windows_sys::Win32::Security::Cryptography as crypto;
use windows_sys::Win32::Security::Cryptography::CARD_DATA;

use super::call::{give_up, keep};
use super::entry::entry;
use super::memory::{read, write};
use super::{files, keys, pins, properties, unsupported};
use crate::context::Minidriver;
use crate::error::Error;
use crate::service::Service;
use crate::settings::{Settings, begin_log};

/// Opens the card behind the caller's handle, and fills in the functions for it: as many as a
/// CARD_DATA of the caller's version has.
///
/// # Safety
///
/// `data` is null or leads to a CARD_DATA of the caller, as long as its version says, with the
/// caller's part filled in.
#[unsafe(no_mangle)]
pub unsafe extern "system" fn CardAcquireContext(data: *mut CARD_DATA, flags: u32) -> u32 {
    entry("CardAcquireContext", || {
        if data.is_null() {
            return Err(Error::InvalidParameter);
        }
        if flags & crypto::CARD_SECURE_KEY_INJECTION_NO_CARD_MODE != 0 {
            return Err(Error::UnsupportedFeature);
        }
        if flags != 0 {
            return Err(Error::InvalidParameter);
        }
        // SAFETY: a field at the beginning of every version.
        let version = unsafe { read(&raw const (*data).dwVersion) }?;
        if version < crypto::CARD_DATA_VERSION_FOUR {
            return Err(Error::RevisionMismatch);
        }
        let version = version.min(crypto::CARD_DATA_CURRENT_VERSION);
        // SAFETY: the caller's part, which every version from 4 on has.
        let handle = unsafe { check(data) }?;
        let settings = Settings::of_machine();
        begin_log(&settings);
        let minidriver = Minidriver::acquire(service()?, handle, settings)?;
        let number = keep(minidriver);
        // SAFETY: the caller's structure, as long as this version.
        unsafe {
            write(&raw mut (*data).dwVersion, version)?;
            write(
                &raw mut (*data).pvVendorSpecific,
                ptr::without_provenance_mut(number),
            )?;
            fill(data, version)
        }
    })
}

/// # Safety
///
/// `data` is null or leads to a CARD_DATA that the caller owns, of version 4 at least.
unsafe extern "system" fn CardDeleteContext(data: *mut CARD_DATA) -> u32 {
    entry("CardDeleteContext", || {
        if data.is_null() {
            return Err(Error::InvalidParameter);
        }
        // SAFETY: a field that every version has.
        let place = unsafe { &raw mut (*data).pvVendorSpecific };
        // SAFETY: the same field.
        let number = unsafe { read(place) }?;
        give_up(number.addr())?;
        // SAFETY: the same field.
        unsafe { write(place, ptr::null_mut()) }
    })
}

/// Looks at what the caller filled in, and returns its handle.
///
/// # Safety
///
/// `data` leads to a CARD_DATA of version 4 at least.
unsafe fn check(data: *const CARD_DATA) -> Result<usize, Error> {
    // SAFETY: fields that every version has.
    unsafe {
        let length = read(&raw const (*data).cbAtr)?;
        if read(&raw const (*data).pbAtr)?.is_null()
            || !(2..=33).contains(&length)
            || read(&raw const (*data).pwszCardName)?.is_null()
            || read(&raw const (*data).pfnCspAlloc)?.is_none()
            || read(&raw const (*data).pfnCspReAlloc)?.is_none()
            || read(&raw const (*data).pfnCspFree)?.is_none()
        {
            return Err(Error::InvalidParameter);
        }
        let handle = read(&raw const (*data).hScard)?;
        if handle == 0 || read(&raw const (*data).hSCardCtx)? == 0 {
            return Err(Error::InvalidHandle);
        }
        Ok(handle)
    }
}

/// How long a CARD_DATA of a version is, in bytes: up to the first field of the next one.
#[cfg(test)]
pub(super) const fn length(version: u32) -> usize {
    match version {
        0..=4 => offset_of!(CARD_DATA, pfnCardDeriveKey),
        5 => offset_of!(CARD_DATA, pfnCardGetChallengeEx),
        6 => offset_of!(CARD_DATA, pfnCspUnpadData),
        _ => size_of::<CARD_DATA>(),
    }
}

/// Fills in the functions. Those of the caller's own (`pfnCsp…`) stay as they are.
///
/// # Safety
///
/// `data` leads to a CARD_DATA as long as `version` says.
unsafe fn fill(data: *mut CARD_DATA, version: u32) -> Result<(), Error> {
    macro_rules! set {
        ($($field:ident = $function:expr;)*) => {$(
            // SAFETY: a field of this version, by this function's contract.
            unsafe { write(&raw mut (*data).$field, Some($function)) }?;
        )*};
    }
    set! {
        pfnCardDeleteContext = CardDeleteContext;
        pfnCardQueryCapabilities = properties::CardQueryCapabilities;
        pfnCardDeleteContainer = unsupported::CardDeleteContainer;
        pfnCardCreateContainer = unsupported::CardCreateContainer;
        pfnCardGetContainerInfo = keys::CardGetContainerInfo;
        pfnCardAuthenticatePin = pins::CardAuthenticatePin;
        pfnCardGetChallenge = unsupported::CardGetChallenge;
        pfnCardAuthenticateChallenge = unsupported::CardAuthenticateChallenge;
        pfnCardUnblockPin = pins::CardUnblockPin;
        pfnCardChangeAuthenticator = pins::CardChangeAuthenticator;
        pfnCardDeauthenticate = pins::CardDeauthenticate;
        pfnCardCreateDirectory = unsupported::CardCreateDirectory;
        pfnCardDeleteDirectory = unsupported::CardDeleteDirectory;
        pfnCardCreateFile = unsupported::CardCreateFile;
        pfnCardReadFile = files::CardReadFile;
        pfnCardWriteFile = unsupported::CardWriteFile;
        pfnCardDeleteFile = unsupported::CardDeleteFile;
        pfnCardEnumFiles = files::CardEnumFiles;
        pfnCardGetFileInfo = files::CardGetFileInfo;
        pfnCardQueryFreeSpace = files::CardQueryFreeSpace;
        pfnCardQueryKeySizes = properties::CardQueryKeySizes;
        pfnCardSignData = keys::CardSignData;
        pfnCardRSADecrypt = unsupported::CardRSADecrypt;
        pfnCardConstructDHAgreement = unsupported::CardConstructDHAgreement;
    }
    if version >= crypto::CARD_DATA_VERSION_FIVE {
        set! {
            pfnCardDeriveKey = unsupported::CardDeriveKey;
            pfnCardDestroyDHAgreement = unsupported::CardDestroyDHAgreement;
        }
    }
    if version >= crypto::CARD_DATA_VERSION_SIX {
        set! {
            pfnCardGetChallengeEx = unsupported::CardGetChallengeEx;
            pfnCardAuthenticateEx = pins::CardAuthenticateEx;
            pfnCardChangeAuthenticatorEx = pins::CardChangeAuthenticatorEx;
            pfnCardDeauthenticateEx = pins::CardDeauthenticateEx;
            pfnCardGetContainerProperty = keys::CardGetContainerProperty;
            pfnCardSetContainerProperty = unsupported::CardSetContainerProperty;
            pfnCardGetProperty = properties::CardGetProperty;
            pfnCardSetProperty = properties::CardSetProperty;
        }
    }
    if version >= crypto::CARD_DATA_VERSION_SEVEN {
        set! {
            pfnMDImportSessionKey = unsupported::MDImportSessionKey;
            pfnMDEncryptData = unsupported::MDEncryptData;
            pfnCardImportSessionKey = unsupported::CardImportSessionKey;
            pfnCardGetSharedKeyHandle = unsupported::CardGetSharedKeyHandle;
            pfnCardGetAlgorithmProperty = unsupported::CardGetAlgorithmProperty;
            pfnCardGetKeyProperty = unsupported::CardGetKeyProperty;
            pfnCardSetKeyProperty = unsupported::CardSetKeyProperty;
            pfnCardDestroyKey = unsupported::CardDestroyKey;
            pfnCardProcessEncryptedData = unsupported::CardProcessEncryptedData;
            pfnCardCreateContainerEx = unsupported::CardCreateContainerEx;
        }
    }
    Ok(())
}

/// The smart card service.
#[cfg(all(windows, not(test)))]
fn service() -> Result<Arc<dyn Service>, Error> {
    Ok(Arc::new(super::winscard::Winscard))
}

/// There is none for card modules elsewhere.
#[cfg(all(not(windows), not(test)))]
fn service() -> Result<Arc<dyn Service>, Error> {
    Err(Error::ServiceStopped)
}

/// That of the test.
#[cfg(test)]
fn service() -> Result<Arc<dyn Service>, Error> {
    super::tests::SERVICE
        .with_borrow(Clone::clone)
        .ok_or(Error::ServiceStopped)
}
