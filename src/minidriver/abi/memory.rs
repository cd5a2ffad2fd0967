//! Pointers from C, made safe as far as that goes: null is noticed, lengths are bounded, nothing is
//! assumed about alignment. That a pointer leads to memory of the caller is its promise.

use std::{ptr, slice};

use windows_sys::Win32::Security::Cryptography::{PFN_CSP_ALLOC, PFN_CSP_FREE};

use crate::error::Error;

/// The most bytes taken from a caller at once.
const MOST_BYTES: usize = 64 * 1024;
/// The longest name looked at, in characters.
const LONGEST_NAME: usize = 256;

/// Reads a value the caller passed.
///
/// # Safety
///
/// `pointer` is null or leads to a `T` the caller owns.
pub unsafe fn read<T: Copy>(pointer: *const T) -> Result<T, Error> {
    if pointer.is_null() {
        return Err(Error::InvalidParameter);
    }
    // SAFETY: not null, and the caller's by its promise; alignment is not assumed.
    Ok(unsafe { pointer.read_unaligned() })
}

/// Writes a value where the caller wants it.
///
/// # Safety
///
/// `pointer` is null or leads to room for a `T` the caller owns.
pub unsafe fn write<T>(pointer: *mut T, value: T) -> Result<(), Error> {
    if pointer.is_null() {
        return Err(Error::InvalidParameter);
    }
    // SAFETY: not null, and the caller's by its promise; alignment is not assumed.
    unsafe { pointer.write_unaligned(value) };
    Ok(())
}

/// Bytes the caller passed: a digest, the digits of a PIN.
///
/// # Safety
///
/// `pointer` is null or leads to `length` bytes that nobody changes during the call.
pub unsafe fn bytes<'a>(pointer: *const u8, length: u32) -> Result<&'a [u8], Error> {
    let length = usize::try_from(length).map_err(|_| Error::InvalidParameter)?;
    if pointer.is_null() || length > MOST_BYTES {
        return Err(Error::InvalidParameter);
    }
    // SAFETY: not null, bounded, and the caller's bytes by its promise.
    Ok(unsafe { slice::from_raw_parts(pointer, length) })
}

/// A name that ends with zero; no name at all is an empty one.
///
/// # Safety
///
/// `pointer` is null or leads to bytes that end with a zero.
pub unsafe fn name(pointer: *const u8) -> Result<String, Error> {
    if pointer.is_null() {
        return Ok(String::new());
    }
    let mut name = String::new();
    for place in 0..LONGEST_NAME {
        // SAFETY: no zero came before this place, so it is within the caller's name.
        match unsafe { pointer.add(place).read() } {
            0 => return Ok(name),
            byte if byte.is_ascii() => name.push(char::from(byte)),
            _ => return Err(Error::InvalidParameter),
        }
    }
    Err(Error::InvalidParameter)
}

/// A name in UTF-16 that ends with zero; `None` where there is no pointer.
///
/// # Safety
///
/// `pointer` is null or leads to units of 16 bits that end with a zero.
pub unsafe fn wide_name(pointer: *const u16) -> Result<Option<String>, Error> {
    if pointer.is_null() {
        return Ok(None);
    }
    let mut units = Vec::new();
    for place in 0..LONGEST_NAME {
        // SAFETY: no zero came before this place, so it is within the caller's name.
        match unsafe { pointer.add(place).read_unaligned() } {
            0 => {
                let name = String::from_utf16(&units).map_err(|_| Error::InvalidParameter)?;
                return Ok(Some(name));
            }
            unit => units.push(unit),
        }
    }
    Err(Error::InvalidParameter)
}

/// Fills a buffer of the caller, and tells how much there is to fill in.
///
/// # Safety
///
/// `place` is null or leads to room for `room` bytes, and `length` to room for a number.
pub unsafe fn fill(
    contents: &[u8],
    place: *mut u8,
    room: u32,
    length: *mut u32,
) -> Result<(), Error> {
    let needed = u32::try_from(contents.len()).map_err(|_| Error::Internal)?;
    // SAFETY: the caller's number, by its promise.
    unsafe { write(length, needed) }?;
    if room < needed {
        return Err(Error::InsufficientBuffer);
    }
    // SAFETY: there is room for so many bytes, by the caller's promise.
    unsafe { copy(contents, place) }
}

/// Copies bytes to where the caller wants them.
///
/// # Safety
///
/// `place` is null or leads to room for all of `contents`.
pub unsafe fn copy(contents: &[u8], place: *mut u8) -> Result<(), Error> {
    if place.is_null() {
        return Err(Error::InvalidParameter);
    }
    // SAFETY: not null, with room by the caller's promise; it cannot overlap with memory of ours.
    unsafe { ptr::copy_nonoverlapping(contents.as_ptr(), place, contents.len()) };
    Ok(())
}

/// The caller's allocator: what is handed out is the caller's to free.
#[derive(Clone, Copy)]
pub struct Allocator {
    allocate: PFN_CSP_ALLOC,
    free: PFN_CSP_FREE,
}

impl Allocator {
    /// Takes both functions.
    ///
    /// # Safety
    ///
    /// They are those of CARD_DATA: one gives memory of the asked size or null, the other takes it
    /// back.
    pub const unsafe fn new(allocate: PFN_CSP_ALLOC, free: PFN_CSP_FREE) -> Self {
        Self { allocate, free }
    }

    /// Hands bytes out: pointer and length, both or nothing.
    ///
    /// # Safety
    ///
    /// `pointer` and `length` are null or lead to room for a pointer and a number.
    pub unsafe fn give(
        self,
        contents: &[u8],
        pointer: *mut *mut u8,
        length: *mut u32,
    ) -> Result<(), Error> {
        if pointer.is_null() || length.is_null() {
            return Err(Error::InvalidParameter);
        }
        let size = u32::try_from(contents.len()).map_err(|_| Error::Internal)?;
        let allocate = self.allocate.ok_or(Error::InvalidParameter)?;
        // SAFETY: the allocator's contract, promised in `new`. An allocator may refuse no bytes.
        let place = unsafe { allocate(contents.len().max(1)) }.cast::<u8>();
        if place.is_null() {
            return Err(Error::NoMemory);
        }
        // SAFETY: fresh memory of that size, and places of the caller that are not null.
        let given = unsafe {
            copy(contents, place)
                .and_then(|()| write(pointer, place))
                .and_then(|()| write(length, size))
        };
        if let (Err(_), Some(free)) = (given, self.free) {
            // SAFETY: it came from the same allocator, and nobody got it.
            unsafe { free(place.cast()) };
        }
        given
    }
}
