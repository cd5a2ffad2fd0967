//! What the entries of all directory files share (ISO/IEC 7816-15, `CommonObjectAttributes`, `Path`).

use siru_apdu::select::FilePath;
use siru_apdu::tlv::{DataObject, DataObjects};

use crate::text::SafeText;

pub(super) const INTEGER: u32 = 0x02;
pub(super) const BIT_STRING: u32 = 0x03;
pub(super) const OCTET_STRING: u32 = 0x04;
pub(super) const UTF8_STRING: u32 = 0x0C;
pub(super) const SEQUENCE: u32 = 0x30;

/// The most entries read from one directory file.
const MAX_ENTRIES: usize = 16;

/// The entries of a directory file that `parse` understands; none when the file is not sound.
pub(super) fn entries<T>(content: &[u8], parse: impl Fn(DataObject<'_>) -> Option<T>) -> Vec<T> {
    let Ok(objects) = DataObjects::parse_file(content) else {
        return Vec::new();
    };
    objects.iter().filter_map(parse).take(MAX_ENTRIES).collect()
}

/// The label of an entry.
pub(super) fn label(common: DataObject<'_>) -> Option<SafeText> {
    SafeText::from_utf8(common.find_value(UTF8_STRING)?)
}

/// The `authId` of an entry: which PIN opens it.
pub(super) fn auth_id(common: DataObject<'_>) -> Option<Vec<u8>> {
    Some(common.find_value(OCTET_STRING)?.to_vec())
}

/// A `Path`: SEQUENCE { OCTET STRING, index and length where only a part of the file is meant }.
pub(super) fn path(sequence: DataObject<'_>) -> Option<FilePath> {
    FilePath::from_bytes(sequence.find_value(OCTET_STRING)?)
}

/// The type-specific part of an entry, `[1]`, unwrapped.
pub(super) fn type_attributes(entry: DataObject<'_>) -> Option<DataObject<'_>> {
    entry.find(0xA1)?.find(SEQUENCE)
}

/// A small INTEGER that is not negative. `None` for anything wider than 31 bits.
pub(super) fn small_integer(bytes: &[u8]) -> Option<usize> {
    let significant = match bytes {
        [0x00, rest @ ..] if !rest.is_empty() => rest,
        all => all,
    };
    if significant.is_empty() || significant.len() > 4 || bytes.first()? & 0x80 != 0 {
        return None;
    }
    let value = significant
        .iter()
        .fold(0_u32, |value, byte| value << 8 | u32::from(*byte));
    usize::try_from(value).ok()
}

/// A reference of eight bits. Cards write `82` both as the one byte of a negative INTEGER and as
/// `00 82`; both mean the same reference.
pub(super) fn reference(bytes: &[u8]) -> Option<u8> {
    match bytes {
        [byte] | [0x00 | 0xFF, byte] => Some(*byte),
        _ => None,
    }
}

/// Whether bit `index` of a BIT STRING is set, counted from the first.
pub(super) fn bit(bits: &[u8], index: usize) -> bool {
    let byte = bits.get(1 + index / 8).copied().unwrap_or_default();
    byte & (0x80 >> (index % 8)) != 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_encodings_of_a_reference_mean_the_same() {
        assert_eq!(reference(&[0x82]), Some(0x82));
        assert_eq!(reference(&[0x00, 0x82]), Some(0x82));
        assert_eq!(reference(&[0xFF, 0x82]), Some(0x82));
        assert_eq!(reference(&[0x11]), Some(0x11));
        for wrong in [&[][..], &[0x01, 0x82], &[0x00, 0x00, 0x82]] {
            assert_eq!(reference(wrong), None);
        }
    }

    #[test]
    fn integers_that_are_negative_or_wide_are_refused() {
        assert_eq!(small_integer(&[0x0C]), Some(12));
        assert_eq!(small_integer(&[0x00, 0xFF]), Some(255));
        assert_eq!(small_integer(&[0x08, 0x00]), Some(2048));
        for wrong in [&[][..], &[0xFF], &[0x01, 0, 0, 0, 0]] {
            assert_eq!(small_integer(wrong), None);
        }
    }

    #[test]
    fn bits_are_counted_from_the_first() {
        assert!(bit(&[0x06, 0x40], 1) && !bit(&[0x06, 0x40], 0) && !bit(&[0x06, 0x40], 9));
    }
}
