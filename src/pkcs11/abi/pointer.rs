//! Pointers from C, made safe as far as that goes: null is noticed, lengths are bounded, nothing is
//! assumed about alignment. That a pointer leads to memory of the application is its promise.

use std::ptr;
use std::slice;

use cryptoki_sys::{CK_ATTRIBUTE, CK_ULONG, CK_UNAVAILABLE_INFORMATION};

use crate::attribute::{Value, Wanted};
use crate::error::Error;

/// The most bytes taken from an application at once.
const MOST_BYTES: usize = 64 * 1024;
/// The longest PIN looked at, in bytes. No card has one so long.
const LONGEST_PIN: usize = 64;
/// The most attributes in one template.
const MOST_ATTRIBUTES: usize = 1024;

/// Reads a value the application passed.
///
/// # Safety
///
/// `pointer` is null or leads to a `T` the application owns.
pub unsafe fn read<T: Copy>(pointer: *const T) -> Result<T, Error> {
    if pointer.is_null() {
        return Err(Error::ArgumentsBad);
    }
    // SAFETY: not null, and the application's by the caller's promise; alignment is not assumed.
    Ok(unsafe { pointer.read_unaligned() })
}

/// Writes a value where the application wants it.
///
/// # Safety
///
/// `pointer` is null or leads to room for a `T` the application owns.
pub unsafe fn write<T>(pointer: *mut T, value: T) -> Result<(), Error> {
    if pointer.is_null() {
        return Err(Error::ArgumentsBad);
    }
    // SAFETY: not null, and the application's by the caller's promise; alignment is not assumed.
    unsafe { pointer.write_unaligned(value) };
    Ok(())
}

/// Bytes the application passed: data to sign, the value of an attribute.
///
/// # Safety
///
/// `pointer` is null or leads to `length` bytes that nobody changes during the call.
pub unsafe fn bytes<'a>(pointer: *const u8, length: CK_ULONG) -> Result<&'a [u8], Error> {
    // SAFETY: the caller's promise is the same.
    unsafe { bounded(pointer, length, MOST_BYTES, Error::DataLengthRange) }
}

/// The digits of a PIN. No text at all is no PIN: there is no reader with a keypad behind this.
///
/// # Safety
///
/// As [`bytes`].
pub unsafe fn pin<'a>(pointer: *const u8, length: CK_ULONG) -> Result<&'a [u8], Error> {
    if pointer.is_null() {
        return Err(Error::ArgumentsBad);
    }
    // SAFETY: the caller's promise is the same.
    unsafe { bounded(pointer, length, LONGEST_PIN, Error::PinIncorrect) }
}

/// # Safety
///
/// As [`bytes`].
unsafe fn bounded<'a>(
    pointer: *const u8,
    length: CK_ULONG,
    most: usize,
    too_long: Error,
) -> Result<&'a [u8], Error> {
    let length = usize::try_from(length).map_err(|_| too_long)?;
    if length == 0 {
        return Ok(&[]);
    }
    if pointer.is_null() {
        return Err(Error::ArgumentsBad);
    }
    if length > most {
        return Err(too_long);
    }
    // SAFETY: not null, bounded, and the application's bytes by the caller's promise.
    Ok(unsafe { slice::from_raw_parts(pointer, length) })
}

/// An output of variable length: the application asks for the length with a null pointer, and then
/// for the contents (*PKCS #11 v2.40* §5.2).
pub struct OutSlice<T> {
    place: *mut T,
    count: *mut CK_ULONG,
    room: usize,
}

impl<T: Copy> OutSlice<T> {
    /// Takes both pointers.
    ///
    /// # Safety
    ///
    /// `count` is null or leads to a number the application owns; `place` is null or leads to room
    /// for so many `T`.
    pub unsafe fn new(place: *mut T, count: *mut CK_ULONG) -> Result<Self, Error> {
        // SAFETY: the application's number, by the caller's promise.
        let room = unsafe { read(count) }?;
        Ok(Self {
            place,
            count,
            room: usize::try_from(room).unwrap_or(usize::MAX),
        })
    }

    /// Takes both pointers where the room is told apart from the count.
    ///
    /// # Safety
    ///
    /// `count` leads to a number the application owns, and `place` to room for `room` `T`.
    pub unsafe fn with_room(place: *mut T, count: *mut CK_ULONG, room: CK_ULONG) -> Self {
        Self {
            place,
            count,
            room: usize::try_from(room).unwrap_or(usize::MAX),
        }
    }

    /// Whether only the length is asked for.
    pub const fn asks_for_length(&self) -> bool {
        self.place.is_null()
    }

    /// Tells the length.
    pub fn tell(&self, length: usize) -> Result<(), Error> {
        let length = CK_ULONG::try_from(length).map_err(|_| Error::General)?;
        // SAFETY: `new` read from this pointer, and its caller promised that it may be written.
        unsafe { write(self.count, length) }
    }

    /// Whether so much has room. Tells the length in any case.
    pub fn check(&self, length: usize) -> Result<(), Error> {
        self.tell(length)?;
        if self.asks_for_length() || length <= self.room {
            Ok(())
        } else {
            Err(Error::BufferTooSmall)
        }
    }

    /// Gives the contents out, or only their length.
    pub fn fill(&self, contents: &[T]) -> Result<(), Error> {
        self.check(contents.len())?;
        if !self.asks_for_length() {
            // SAFETY: `check` found room for all of it, which the caller of `new` promised is the
            // application's; it cannot overlap with memory of this library.
            unsafe {
                ptr::copy_nonoverlapping(
                    contents.as_ptr().cast::<u8>(),
                    self.place.cast::<u8>(),
                    size_of_val(contents),
                );
            }
        }
        Ok(())
    }
}

/// The attributes of a search.
///
/// # Safety
///
/// `template` is null or leads to `count` attributes whose values lead to the bytes they announce.
pub unsafe fn template(
    template: *const CK_ATTRIBUTE,
    count: CK_ULONG,
) -> Result<Vec<Wanted>, Error> {
    let mut wanted = Vec::new();
    for index in 0..attribute_count(template, count)? {
        // SAFETY: within the array that the caller promised.
        let attribute = unsafe { read(template.add(index)) }?;
        // SAFETY: the value's bytes, by the caller's promise.
        let value = unsafe { bytes(attribute.pValue.cast::<u8>(), attribute.ulValueLen) };
        wanted.push(Wanted {
            kind: attribute.type_,
            value: value.map_err(|_| Error::ArgumentsBad)?.to_vec(),
        });
    }
    Ok(wanted)
}

/// Fills in the attributes of a template, each as far as it goes, and tells of the first that did
/// not (`C_GetAttributeValue`: one that fails must not keep the others from being filled).
///
/// # Safety
///
/// `template` is null or leads to `count` attributes, each with room for the bytes it announces.
pub unsafe fn fill_template(
    template: *mut CK_ATTRIBUTE,
    count: CK_ULONG,
    attribute: impl Fn(cryptoki_sys::CK_ATTRIBUTE_TYPE) -> Value,
) -> Result<(), Error> {
    let mut result = Ok(());
    for index in 0..attribute_count(template, count)? {
        // SAFETY: within the array that the caller promised.
        let place = unsafe { template.add(index) };
        // SAFETY: an attribute of the application's array.
        let mut asked = unsafe { read(place) }?;
        let (length, problem) = match attribute(asked.type_) {
            Value::Bytes(value) => {
                let room = usize::try_from(asked.ulValueLen).unwrap_or(usize::MAX);
                let length = CK_ULONG::try_from(value.len()).map_err(|_| Error::General)?;
                if asked.pValue.is_null() {
                    (length, None)
                } else if value.len() <= room {
                    // SAFETY: the application announced this much room at this place.
                    unsafe {
                        ptr::copy_nonoverlapping(
                            value.as_ptr(),
                            asked.pValue.cast::<u8>(),
                            value.len(),
                        );
                    }
                    (length, None)
                } else {
                    (CK_UNAVAILABLE_INFORMATION, Some(Error::BufferTooSmall))
                }
            }
            Value::Sensitive => (CK_UNAVAILABLE_INFORMATION, Some(Error::AttributeSensitive)),
            Value::Absent => (
                CK_UNAVAILABLE_INFORMATION,
                Some(Error::AttributeTypeInvalid),
            ),
        };
        asked.ulValueLen = length;
        // SAFETY: the same attribute of the application's array.
        unsafe { write(place, asked) }?;
        if let Some(problem) = problem
            && result.is_ok()
        {
            result = Err(problem);
        }
    }
    result
}

fn attribute_count(template: *const CK_ATTRIBUTE, count: CK_ULONG) -> Result<usize, Error> {
    let count = usize::try_from(count).map_err(|_| Error::ArgumentsBad)?;
    if count > MOST_ATTRIBUTES || (count > 0 && template.is_null()) {
        return Err(Error::ArgumentsBad);
    }
    Ok(count)
}

/// Text in a field of fixed length: filled up with spaces, cut at a whole character.
pub fn padded<const LENGTH: usize>(text: &str) -> [u8; LENGTH] {
    let mut field = [b' '; LENGTH];
    let mut end = text.len().min(LENGTH);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    for (place, byte) in field.iter_mut().zip(text.bytes().take(end)) {
        *place = byte;
    }
    field
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_cut_at_a_whole_character_and_filled_up() {
        assert_eq!(&padded::<4>("ab"), b"ab  ");
        assert_eq!(&padded::<4>("abcdef"), b"abcd");
        assert_eq!(&padded::<4>("abcä"), b"abc ");
        assert_eq!(&padded::<4>(""), b"    ");
    }
}
