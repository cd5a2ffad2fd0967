//! The key container, and signatures with its key.

use windows_sys::Win32::Security::Cryptography as crypto;
use windows_sys::Win32::Security::Cryptography::{
    BCRYPT_PKCS1_PADDING_INFO, BCRYPT_PSS_PADDING_INFO, CARD_DATA, CARD_SIGNING_INFO,
    CONTAINER_INFO,
};

use super::call::Call;
use super::entry::entry;
use super::memory::{bytes, fill, read, wide_name, write};
use super::properties::check_version;
use crate::container::CONTAINER;
use crate::error::Error;
use crate::pin::ROLE_USER;
use crate::signing::{Padding, SigningOrder};

/// # Safety
///
/// All pointers are null or the caller's, as *CardGetContainerInfo* has them.
pub unsafe extern "system" fn CardGetContainerInfo(
    data: *const CARD_DATA,
    container: u8,
    flags: u32,
    info: *mut CONTAINER_INFO,
) -> u32 {
    entry("CardGetContainerInfo", || {
        if info.is_null() || flags != 0 {
            return Err(Error::InvalidParameter);
        }
        // SAFETY: all of it is the caller's, by this function's contract.
        unsafe {
            let call = Call::begin(data)?;
            fill_container_info(&call, container, info)
        }
    })
}

/// # Safety
///
/// `info` leads to a CONTAINER_INFO of the caller.
unsafe fn fill_container_info(
    call: &Call,
    container: u8,
    info: *mut CONTAINER_INFO,
) -> Result<(), Error> {
    // SAFETY: the caller's structure; every field of it is within.
    unsafe {
        let newest = crypto::CONTAINER_INFO_CURRENT_VERSION;
        check_version(read(&raw const (*info).dwVersion)?, newest)?;
        let public = call.card()?.public_key(container)?;
        let (key, length) = (
            &raw mut (*info).pbSigPublicKey,
            &raw mut (*info).cbSigPublicKey,
        );
        call.memory.give(&public, key, length)?;
        write(&raw mut (*info).dwVersion, newest)?;
        write(&raw mut (*info).dwReserved, 0)?;
        write(&raw mut (*info).cbKeyExPublicKey, 0)?;
        write(&raw mut (*info).pbKeyExPublicKey, std::ptr::null_mut())
    }
}

/// # Safety
///
/// All pointers are null or the caller's, as *CardGetContainerProperty* has them.
pub unsafe extern "system" fn CardGetContainerProperty(
    data: *const CARD_DATA,
    container: u8,
    property: *const u16,
    place: *mut u8,
    room: u32,
    length: *mut u32,
    flags: u32,
) -> u32 {
    entry("CardGetContainerProperty", || {
        if place.is_null() || length.is_null() || flags != 0 {
            return Err(Error::InvalidParameter);
        }
        // SAFETY: the caller's structure and name, by this function's contract.
        let (call, name) = unsafe { (Call::begin(data)?, wide_name(property)?) };
        if container != CONTAINER {
            return Err(Error::NoKeyContainer);
        }
        match name.as_deref() {
            Some("Container Info") => {
                let size = u32::try_from(size_of::<CONTAINER_INFO>());
                let size = size.map_err(|_| Error::Internal)?;
                // SAFETY: the caller's places, and room for the structure is checked.
                unsafe {
                    write(length, size)?;
                    if room < size {
                        return Err(Error::InsufficientBuffer);
                    }
                    fill_container_info(&call, container, place.cast())
                }
            }
            // SAFETY: the caller's buffer, by this function's contract.
            Some("PIN Identifier") => unsafe {
                fill(&ROLE_USER.to_le_bytes(), place, room, length)
            },
            Some("Associated ECDH Key") => Err(Error::UnsupportedFeature),
            _ => Err(Error::InvalidParameter),
        }
    })
}

/// # Safety
///
/// All pointers are null or the caller's, as *CardSignData* has them.
pub unsafe extern "system" fn CardSignData(
    data: *const CARD_DATA,
    info: *mut CARD_SIGNING_INFO,
) -> u32 {
    entry("CardSignData", || {
        if info.is_null() {
            return Err(Error::InvalidParameter);
        }
        // SAFETY: the caller's structures, by this function's contract; fields of version 2 are read
        // where the caller's has them.
        unsafe {
            let call = Call::begin(data)?;
            let order = order(info)?;
            let (place, length) = (&raw mut (*info).pbSignedData, &raw mut (*info).cbSignedData);
            if order.flags & crypto::CARD_BUFFER_SIZE_ONLY != 0 {
                let needed = call.card()?.signature_length(&order)?;
                write(place, std::ptr::null_mut())?;
                return write(length, u32::try_from(needed).map_err(|_| Error::Internal)?);
            }
            let signature = call.card()?.sign(&order)?;
            call.memory.give(&signature, place, length)
        }
    })
}

/// # Safety
///
/// `info` leads to a CARD_SIGNING_INFO of the caller, as long as its version says.
unsafe fn order<'a>(info: *const CARD_SIGNING_INFO) -> Result<SigningOrder<'a>, Error> {
    // SAFETY: fields that both versions have, by this function's contract.
    let (version, flags, algorithm, data, length) = unsafe {
        (
            read(&raw const (*info).dwVersion)?,
            read(&raw const (*info).dwSigningFlags)?,
            read(&raw const (*info).aiHashAlg)?,
            read(&raw const (*info).pbData)?,
            read(&raw const (*info).cbData)?,
        )
    };
    if !(1..=crypto::CARD_SIGNING_INFO_CURRENT_VERSION).contains(&version) {
        return Err(Error::RevisionMismatch);
    }
    // Who asks how long a signature will be need not have anything to sign yet.
    let size_only = flags & crypto::CARD_BUFFER_SIZE_ONLY != 0;
    let data = if size_only && data.is_null() {
        &[]
    } else {
        // SAFETY: the caller's data, by this function's contract.
        unsafe { bytes(data, length) }?
    };
    let padding = match (flags & crypto::CARD_PADDING_INFO_PRESENT != 0, version) {
        (false, _) => Padding::ByAlgorithm(algorithm),
        (true, 1) => return Err(Error::InvalidParameter),
        // SAFETY: version 2 has these fields.
        (true, _) => unsafe { padding(info) }?,
    };
    Ok(SigningOrder {
        // SAFETY: a field that both versions have.
        container: unsafe { read(&raw const (*info).bContainerIndex) }?,
        // SAFETY: a field that both versions have.
        key_spec: unsafe { read(&raw const (*info).dwKeySpec) }?,
        flags,
        padding,
        data,
    })
}

/// # Safety
///
/// `info` leads to a CARD_SIGNING_INFO of version 2 whose padding information is as its type says.
unsafe fn padding(info: *const CARD_SIGNING_INFO) -> Result<Padding, Error> {
    // SAFETY: all of it is the caller's, by this function's contract.
    unsafe {
        let padding = read(&raw const (*info).pPaddingInfo)?;
        match read(&raw const (*info).dwPaddingType)? {
            crypto::CARD_PADDING_NONE => Ok(Padding::Nothing),
            crypto::CARD_PADDING_PKCS1 => {
                let padding: BCRYPT_PKCS1_PADDING_INFO = read(padding.cast())?;
                Ok(Padding::Pkcs1(wide_name(padding.pszAlgId)?))
            }
            crypto::CARD_PADDING_PSS => {
                let padding: BCRYPT_PSS_PADDING_INFO = read(padding.cast())?;
                let hash = wide_name(padding.pszAlgId)?.ok_or(Error::InvalidParameter)?;
                Ok(Padding::Pss(hash, padding.cbSalt))
            }
            _ => Err(Error::InvalidParameter),
        }
    }
}
