//! PINs. The digits are the caller's, which wipes them; what is made of them here is wiped too.

use std::ptr;

use windows_sys::Win32::Security::Cryptography as crypto;
use windows_sys::Win32::Security::Cryptography::CARD_DATA;

use super::call::Call;
use super::entry::entry;
use super::memory::{bytes, wide_name, write};
use crate::error::{ATTEMPTS_UNKNOWN, Error};
use crate::pin::{ROLE_PUK, ROLE_USER};

/// Tells how many tries are left where the caller has room for it.
///
/// # Safety
///
/// `attempts` is null or leads to room for a number.
unsafe fn told<T>(result: Result<T, Error>, attempts: *mut u32) -> Result<T, Error> {
    if let Err(error) = &result
        && !attempts.is_null()
    {
        let left = error.attempts_remaining().unwrap_or(ATTEMPTS_UNKNOWN);
        // SAFETY: not null, and the caller's by this function's contract.
        unsafe { write(attempts, left) }?;
    }
    result
}

/// Whether a name is that of the card's user, the only one who has a PIN here.
///
/// # Safety
///
/// `user` is null or leads to a name that ends with zero.
unsafe fn check_user(user: *const u16) -> Result<(), Error> {
    // SAFETY: the caller's name, by this function's contract.
    match unsafe { wide_name(user) }?.as_deref() {
        Some("user") => Ok(()),
        _ => Err(Error::InvalidParameter),
    }
}

/// The retry counter cannot be set with the PIN.
const fn check_retries(count: u32) -> Result<(), Error> {
    match count {
        0 | ATTEMPTS_UNKNOWN => Ok(()),
        _ => Err(Error::UnsupportedFeature),
    }
}

/// # Safety
///
/// All pointers are null or the caller's, as *CardAuthenticatePin* has them.
pub unsafe extern "system" fn CardAuthenticatePin(
    data: *const CARD_DATA,
    user: *const u16,
    pin: *const u8,
    length: u32,
    attempts: *mut u32,
) -> u32 {
    entry("CardAuthenticatePin", || {
        // SAFETY: all of it is the caller's, by this function's contract.
        unsafe {
            let digits = bytes(pin, length)?;
            check_user(user)?;
            let call = Call::begin(data)?;
            told(call.card()?.authenticate(digits), attempts)
        }
    })
}

/// # Safety
///
/// All pointers are null or the caller's, as *CardAuthenticateEx* has them.
pub unsafe extern "system" fn CardAuthenticateEx(
    data: *const CARD_DATA,
    pin_id: u32,
    flags: u32,
    pin: *const u8,
    length: u32,
    session_pin: *mut *mut u8,
    session_pin_length: *mut u32,
    attempts: *mut u32,
) -> u32 {
    entry("CardAuthenticateEx", || {
        // There is none, whatever comes of it: what lies in these places is freed by some callers.
        // SAFETY: the places are null or the caller's, by this function's contract.
        unsafe {
            if !session_pin.is_null() {
                write(session_pin, ptr::null_mut())?;
            }
            if !session_pin_length.is_null() {
                write(session_pin_length, 0)?;
            }
        }
        let session =
            crypto::CARD_AUTHENTICATE_GENERATE_SESSION_PIN | crypto::CARD_AUTHENTICATE_SESSION_PIN;
        if flags & session != 0 {
            return Err(Error::UnsupportedFeature);
        }
        if flags & !crypto::CARD_PIN_SILENT_CONTEXT != 0 || pin_id != ROLE_USER {
            return Err(Error::InvalidParameter);
        }
        // SAFETY: all of it is the caller's, by this function's contract.
        unsafe {
            let digits = bytes(pin, length)?;
            let call = Call::begin(data)?;
            told(call.card()?.authenticate(digits), attempts)
        }
    })
}

/// # Safety
///
/// All pointers are null or the caller's, as *CardDeauthenticate* has them.
pub unsafe extern "system" fn CardDeauthenticate(
    data: *const CARD_DATA,
    user: *const u16,
    flags: u32,
) -> u32 {
    entry("CardDeauthenticate", || {
        if flags != 0 {
            return Err(Error::InvalidParameter);
        }
        // SAFETY: all of it is the caller's, by this function's contract.
        let call = unsafe { check_user(user).and_then(|()| Call::begin(data)) }?;
        call.card()?.deauthenticate()
    })
}

/// # Safety
///
/// `data` is null or the caller's, as *CardDeauthenticateEx* has it.
pub unsafe extern "system" fn CardDeauthenticateEx(
    data: *const CARD_DATA,
    pins: u32,
    flags: u32,
) -> u32 {
    entry("CardDeauthenticateEx", || {
        if flags != 0 || pins & (1 << ROLE_USER) == 0 {
            return Err(Error::InvalidParameter);
        }
        // SAFETY: the caller's structure, by this function's contract.
        let call = unsafe { Call::begin(data) }?;
        call.card()?.deauthenticate()
    })
}

/// # Safety
///
/// All pointers are null or the caller's, as *CardUnblockPin* has them.
pub unsafe extern "system" fn CardUnblockPin(
    data: *const CARD_DATA,
    user: *const u16,
    puk: *const u8,
    puk_length: u32,
    new: *const u8,
    new_length: u32,
    retries: u32,
    flags: u32,
) -> u32 {
    entry("CardUnblockPin", || {
        check_retries(retries)?;
        match flags {
            crypto::CARD_AUTHENTICATE_PIN_PIN => {}
            crypto::CARD_AUTHENTICATE_PIN_CHALLENGE_RESPONSE => {
                return Err(Error::UnsupportedFeature);
            }
            _ => return Err(Error::InvalidParameter),
        }
        // SAFETY: all of it is the caller's, by this function's contract.
        let (call, puk, new) = unsafe {
            check_user(user)?;
            (
                Call::begin(data)?,
                bytes(puk, puk_length)?,
                bytes(new, new_length)?,
            )
        };
        call.card()?.unblock_pin(puk, new)
    })
}

/// # Safety
///
/// All pointers are null or the caller's, as *CardChangeAuthenticator* has them.
pub unsafe extern "system" fn CardChangeAuthenticator(
    data: *const CARD_DATA,
    user: *const u16,
    current: *const u8,
    current_length: u32,
    new: *const u8,
    new_length: u32,
    retries: u32,
    flags: u32,
    attempts: *mut u32,
) -> u32 {
    entry("CardChangeAuthenticator", || {
        check_retries(retries)?;
        if flags != crypto::CARD_AUTHENTICATE_PIN_PIN {
            return Err(Error::InvalidParameter);
        }
        // SAFETY: all of it is the caller's, by this function's contract.
        unsafe {
            check_user(user)?;
            let (current, new) = (bytes(current, current_length)?, bytes(new, new_length)?);
            let call = Call::begin(data)?;
            told(call.card()?.change_pin(current, new), attempts)
        }
    })
}

/// # Safety
///
/// All pointers are null or the caller's, as *CardChangeAuthenticatorEx* has them.
pub unsafe extern "system" fn CardChangeAuthenticatorEx(
    data: *const CARD_DATA,
    flags: u32,
    by: u32,
    current: *const u8,
    current_length: u32,
    target: u32,
    new: *const u8,
    new_length: u32,
    retries: u32,
    attempts: *mut u32,
) -> u32 {
    entry("CardChangeAuthenticatorEx", || {
        check_retries(retries)?;
        if target != ROLE_USER {
            return Err(Error::InvalidParameter);
        }
        // SAFETY: all of it is the caller's, by this function's contract.
        unsafe {
            let (current, new) = (bytes(current, current_length)?, bytes(new, new_length)?);
            let call = Call::begin(data)?;
            let done = match (flags, by) {
                (crypto::PIN_CHANGE_FLAG_CHANGEPIN, ROLE_USER) => {
                    call.card()?.change_pin(current, new)
                }
                (crypto::PIN_CHANGE_FLAG_UNBLOCK, ROLE_PUK) => {
                    call.card()?.unblock_pin(current, new)
                }
                _ => Err(Error::InvalidParameter),
            };
            told(done, attempts)
        }
    })
}
