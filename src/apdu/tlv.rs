//! Tag-length-value data: BER with definite lengths (ISO/IEC 7816-4, "BER-TLV data objects"),
//! strict and bounded.
//!
//! The data objects are those of `iso7816-tlv`. Its own parser is not used: it recurses as deep as
//! the data asks it to, drops what it cannot read, and refuses lengths not in their shortest form,
//! which issued cards carry.

use iso7816_tlv::ber;

/// How deep data objects may lie inside each other.
pub const MAX_DEPTH: usize = 16;
/// How many data objects one parse may yield.
pub const MAX_OBJECTS: usize = 2048;

/// Data objects in a row.
#[derive(Debug, Clone, Default)]
pub struct DataObjects(Vec<ber::Tlv>);

/// One data object within [`DataObjects`].
#[derive(Debug, Clone, Copy)]
pub struct DataObject<'a>(&'a ber::Tlv);

/// Why bytes are not sound TLV, and at which byte.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TlvError {
    /// A tag of more than three bytes, or one that ends in mid-air.
    #[error("no usable tag at byte {position}")]
    Tag {
        /// Where the tag begins.
        position: usize,
    },
    /// An indefinite length, one of more than three bytes, or one that ends in mid-air.
    #[error("no usable length at byte {position}")]
    Length {
        /// Where the length begins.
        position: usize,
    },
    /// A value that reaches past the end of what holds it.
    #[error("the value at byte {position} reaches past the end")]
    Overrun {
        /// Where the value begins.
        position: usize,
    },
    /// More levels than [`MAX_DEPTH`] or more objects than [`MAX_OBJECTS`].
    #[error("too many data objects at byte {position}")]
    TooMany {
        /// Where the limit was met.
        position: usize,
    },
}

impl DataObjects {
    /// Reads data objects that fill `bytes` to the last one.
    ///
    /// # Errors
    ///
    /// [`TlvError`] with the byte at which the data stops making sense.
    pub fn parse(bytes: &[u8]) -> Result<Self, TlvError> {
        let mut reader = Reader {
            bytes,
            padding: false,
            objects: 0,
        };
        Ok(Self(reader.objects_between(0, bytes.len(), 0)?))
    }

    /// Reads the content of a file: data objects, then perhaps `00` or `FF` up to the file's size.
    ///
    /// # Errors
    ///
    /// As [`DataObjects::parse`].
    pub fn parse_file(bytes: &[u8]) -> Result<Self, TlvError> {
        let mut reader = Reader {
            bytes,
            padding: true,
            objects: 0,
        };
        Ok(Self(reader.objects_between(0, bytes.len(), 0)?))
    }

    /// The objects in order.
    pub fn iter(&self) -> impl Iterator<Item = DataObject<'_>> {
        self.0.iter().map(DataObject)
    }

    /// The first object with this tag.
    pub fn find(&self, tag: u32) -> Option<DataObject<'_>> {
        self.iter().find(|object| object.tag() == tag)
    }
}

impl<'a> DataObject<'a> {
    /// The tag's bytes as a number: `0x30`, `0xA0`, `0xDF21`.
    pub fn tag(self) -> u32 {
        self.0
            .tag()
            .to_bytes()
            .iter()
            .fold(0, |tag, byte| tag << 8 | u32::from(*byte))
    }

    /// The value of a primitive object; `None` for one that holds others.
    pub fn value(self) -> Option<&'a [u8]> {
        match self.0.value() {
            ber::Value::Primitive(bytes) => Some(bytes),
            ber::Value::Constructed(_) => None,
        }
    }

    /// What the object holds, in order; nothing for a primitive one.
    pub fn children(self) -> impl Iterator<Item = DataObject<'a>> {
        let objects = match self.0.value() {
            ber::Value::Constructed(objects) => objects.as_slice(),
            ber::Value::Primitive(_) => &[],
        };
        objects.iter().map(DataObject)
    }

    /// The first object directly inside this one with this tag.
    pub fn find(self, tag: u32) -> Option<DataObject<'a>> {
        self.children().find(|object| object.tag() == tag)
    }

    /// The value of the first primitive object directly inside this one with this tag.
    pub fn find_value(self, tag: u32) -> Option<&'a [u8]> {
        self.find(tag)?.value()
    }
}

/// What the first bytes of a data object tell before the rest of it is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Header {
    /// The tag's bytes as a number.
    pub tag: u32,
    /// Where the value begins, in bytes from the start.
    pub value_start: usize,
    /// How long the value is, in bytes.
    pub value_length: usize,
}

impl Header {
    /// Reads the header of the object that `bytes` begin with; the value need not be there.
    ///
    /// # Errors
    ///
    /// [`TlvError::Tag`] or [`TlvError::Length`] when the header is not sound or not complete.
    pub fn read(bytes: &[u8]) -> Result<Self, TlvError> {
        let (length_position, _) = tag_at(bytes, 0)?;
        let (value_start, value_length) = length_at(bytes, length_position)?;
        let tag = tag_number(bytes.get(..length_position).unwrap_or_default());
        Ok(Self {
            tag,
            value_start,
            value_length,
        })
    }

    /// How long the object is with its header, in bytes: how much of a file there is to read.
    pub const fn object_length(&self) -> usize {
        self.value_start + self.value_length
    }
}

struct Reader<'a> {
    bytes: &'a [u8],
    /// Whether a `00` or `FF` where an outermost tag should be ends the data.
    padding: bool,
    objects: usize,
}

impl Reader<'_> {
    /// Reads what lies between two positions, which must be data objects without a gap.
    fn objects_between(
        &mut self,
        start: usize,
        end: usize,
        depth: usize,
    ) -> Result<Vec<ber::Tlv>, TlvError> {
        if depth > MAX_DEPTH {
            return Err(TlvError::TooMany { position: start });
        }
        let within = self.bytes.get(..end).unwrap_or_default();
        let mut objects = Vec::new();
        let mut position = start;
        while position < end {
            let at_padding = matches!(within.get(position), Some(0x00 | 0xFF));
            if self.padding && depth == 0 && at_padding {
                break;
            }
            self.objects += 1;
            if self.objects > MAX_OBJECTS {
                return Err(TlvError::TooMany { position });
            }
            let (length_position, constructed) = tag_at(within, position)?;
            let (value_position, length) = length_at(within, length_position)?;
            let overrun = TlvError::Overrun {
                position: value_position,
            };
            let value_end = value_position.checked_add(length).ok_or(overrun)?;
            let value = within.get(value_position..value_end).ok_or(overrun)?;
            let content = if constructed {
                let inner = self.objects_between(value_position, value_end, depth + 1)?;
                ber::Value::Constructed(inner)
            } else {
                ber::Value::Primitive(value.to_vec())
            };
            let object = within
                .get(position..length_position)
                .and_then(|tag| ber::Tag::try_from(tag_number(tag)).ok())
                .and_then(|tag| ber::Tlv::new(tag, content).ok())
                .ok_or(TlvError::Tag { position })?;
            objects.push(object);
            position = value_end;
        }
        Ok(objects)
    }
}

/// The bytes of a tag, three at most, as a number.
fn tag_number(bytes: &[u8]) -> u32 {
    bytes
        .iter()
        .fold(0, |tag, byte| tag << 8 | u32::from(*byte))
}

/// Reads a tag of one to three bytes: where its length begins, and whether it holds others.
fn tag_at(bytes: &[u8], position: usize) -> Result<(usize, bool), TlvError> {
    let broken = TlvError::Tag { position };
    let first = *bytes.get(position).ok_or(broken)?;
    let constructed = first & 0x20 != 0;
    if first == 0x00 || first == 0xFF {
        return Err(broken);
    }
    if first & 0x1F != 0x1F {
        return Ok((position + 1, constructed));
    }
    for extra in 1..=2 {
        let byte = *bytes.get(position + extra).ok_or(broken)?;
        if byte & 0x80 == 0 {
            return Ok((position + extra + 1, constructed));
        }
    }
    Err(broken)
}

/// Reads a definite length of one to four bytes: where the value begins, and how long it is.
fn length_at(bytes: &[u8], position: usize) -> Result<(usize, usize), TlvError> {
    let broken = TlvError::Length { position };
    let first = *bytes.get(position).ok_or(broken)?;
    let count = match first {
        0x00..=0x7F => return Ok((position + 1, usize::from(first))),
        0x81..=0x83 => usize::from(first & 0x0F),
        _ => return Err(broken),
    };
    let digits = bytes
        .get(position + 1..position + 1 + count)
        .ok_or(broken)?;
    let length = digits
        .iter()
        .fold(0_usize, |length, byte| length << 8 | usize::from(*byte));
    Ok((position + 1 + count, length))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pin_container_reads_by_tag() {
        let bytes = [
            0xA0, 0x0E, 0x83, 0x01, 0x11, 0xDF, 0x21, 0x04, 0x05, 0xFF, 0xA5, 0x03, 0xDF, 0x2F,
            0x01, 0x01,
        ];
        let objects = DataObjects::parse(&bytes).expect("sound");
        let container = objects.find(0xA0).expect("the template");
        assert_eq!(container.find_value(0x83), Some(&[0x11][..]));
        assert_eq!(
            container.find_value(0xDF21),
            Some(&[0x05, 0xFF, 0xA5, 0x03][..])
        );
        assert_eq!(container.children().count(), 3);
    }

    #[test]
    fn files_may_end_in_padding_and_nothing_else_may() {
        let padded = [0x04, 0x01, 0xAA, 0x00, 0x00, 0xFF];
        assert_eq!(
            DataObjects::parse_file(&padded)
                .expect("padded")
                .iter()
                .count(),
            1
        );
        assert_eq!(
            DataObjects::parse(&padded).unwrap_err(),
            TlvError::Tag { position: 3 }
        );
        let inside = [0x30, 0x02, 0x00, 0x00];
        assert_eq!(
            DataObjects::parse_file(&inside).unwrap_err(),
            TlvError::Tag { position: 2 }
        );
    }

    #[test]
    fn every_unsound_length_is_named_with_its_place() {
        let cases: [(&[u8], TlvError); 6] = [
            (&[0x30], TlvError::Length { position: 1 }),
            (&[0x30, 0x80, 0x00, 0x00], TlvError::Length { position: 1 }),
            (
                &[0x30, 0x84, 0, 0, 0, 1, 0],
                TlvError::Length { position: 1 },
            ),
            (&[0x30, 0x82, 0x01], TlvError::Length { position: 1 }),
            (&[0x04, 0x02, 0x00], TlvError::Overrun { position: 2 }),
            (
                &[0x30, 0x03, 0x04, 0x02, 0x00, 0x00],
                TlvError::Overrun { position: 4 },
            ),
        ];
        for (bytes, expected) in cases {
            assert_eq!(
                DataObjects::parse(bytes).unwrap_err(),
                expected,
                "{bytes:02X?}"
            );
        }
    }

    #[test]
    fn deep_nesting_is_an_error_and_not_a_crash() {
        let mut bytes = Vec::new();
        for depth in (0..4000_usize).rev() {
            let length = u16::try_from(depth * 4).expect("below 16 kB").to_be_bytes();
            bytes.extend([0x30, 0x82, length[0], length[1]]);
        }
        assert!(matches!(
            DataObjects::parse(&bytes),
            Err(TlvError::TooMany { .. })
        ));
    }

    #[test]
    fn the_first_bytes_tell_how_long_a_file_is() {
        let length = |start: &[u8]| {
            Header::read(start)
                .ok()
                .map(|header| header.object_length())
        };
        assert_eq!(length(&[0x30, 0x82, 0x04, 0x3B, 0x30]), Some(0x43F));
        assert_eq!(length(&[0x30, 0x05]), Some(7));
        assert_eq!(length(&[0x30, 0x82, 0x04]), None);
        assert_eq!(length(&[]), None);
    }
}
