//! The virtual file system.

use windows_sys::Win32::Security::Cryptography as crypto;
use windows_sys::Win32::Security::Cryptography::{CARD_DATA, CARD_FILE_INFO, CARD_FREE_SPACE_INFO};

use super::call::Call;
use super::entry::entry;
use super::memory::{copy, name, read};
use super::properties::check_version;
use crate::error::Error;
use crate::property;

/// # Safety
///
/// All pointers are null or the caller's, as *CardReadFile* has them.
pub unsafe extern "system" fn CardReadFile(
    data: *const CARD_DATA,
    directory: *const u8,
    file: *const u8,
    flags: u32,
    contents: *mut *mut u8,
    length: *mut u32,
) -> u32 {
    entry("CardReadFile", || {
        if file.is_null() || contents.is_null() || length.is_null() || flags != 0 {
            return Err(Error::InvalidParameter);
        }
        // SAFETY: the caller's structure and names, by this function's contract.
        let (call, directory, file) =
            unsafe { (Call::begin(data)?, name(directory)?, name(file)?) };
        let found = call.card()?.read_file(&directory, &file)?;
        // SAFETY: the caller's places, by this function's contract.
        unsafe { call.memory.give(&found, contents, length) }
    })
}

/// # Safety
///
/// All pointers are null or the caller's, as *CardEnumFiles* has them.
pub unsafe extern "system" fn CardEnumFiles(
    data: *const CARD_DATA,
    directory: *const u8,
    names: *mut *mut u8,
    length: *mut u32,
    flags: u32,
) -> u32 {
    entry("CardEnumFiles", || {
        if names.is_null() || length.is_null() || flags != 0 {
            return Err(Error::InvalidParameter);
        }
        // SAFETY: the caller's structure and name, by this function's contract.
        let (call, directory) = unsafe { (Call::begin(data)?, name(directory)?) };
        let found = call.card()?.file_names(&directory)?;
        // SAFETY: the caller's places, by this function's contract.
        unsafe { call.memory.give(&found, names, length) }
    })
}

/// # Safety
///
/// All pointers are null or the caller's, as *CardGetFileInfo* has them.
pub unsafe extern "system" fn CardGetFileInfo(
    data: *const CARD_DATA,
    directory: *const u8,
    file: *const u8,
    info: *mut CARD_FILE_INFO,
) -> u32 {
    entry("CardGetFileInfo", || {
        if file.is_null() || info.is_null() {
            return Err(Error::InvalidParameter);
        }
        // SAFETY: the caller's structure and names, by this function's contract.
        let (call, directory, file) =
            unsafe { (Call::begin(data)?, name(directory)?, name(file)?) };
        let version = crypto::CARD_FILE_INFO_CURRENT_VERSION;
        // SAFETY: the structure begins with its version.
        check_version(unsafe { read(info.cast::<u32>()) }?, version)?;
        let size = call.card()?.read_file(&directory, &file)?.len();
        let size = u32::try_from(size).map_err(|_| Error::Internal)?;
        let access = crypto::EveryoneReadAdminWriteAc.cast_unsigned();
        let told = [version, size, access].map(u32::to_le_bytes).concat();
        // SAFETY: as many bytes as the caller's structure has.
        unsafe { copy(&told, info.cast()) }
    })
}

/// # Safety
///
/// All pointers are null or the caller's, as *CardQueryFreeSpace* has them.
pub unsafe extern "system" fn CardQueryFreeSpace(
    data: *const CARD_DATA,
    flags: u32,
    info: *mut CARD_FREE_SPACE_INFO,
) -> u32 {
    entry("CardQueryFreeSpace", || {
        if info.is_null() || flags != 0 {
            return Err(Error::InvalidParameter);
        }
        // SAFETY: the caller's structure, by this function's contract.
        unsafe { Call::begin(data) }?;
        let told = property::free_space();
        // SAFETY: the structure begins with its version.
        let asked = unsafe { read(info.cast::<u32>()) }?;
        check_version(asked, crypto::CARD_FREE_SPACE_INFO_CURRENT_VERSION)?;
        // SAFETY: as many bytes as the caller's structure has.
        unsafe { copy(&told.bytes, info.cast()) }
    })
}
