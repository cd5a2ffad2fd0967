//! As much BER-TLV as redaction needs: where a value lies, in data that may be cut short.

use std::ops::Range;

/// The data object at one place. Its value may reach past the end of what was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Object {
    pub(super) tag: u32,
    pub(super) value: Range<usize>,
}

/// The object that begins at `start`. `None` for indefinite lengths and tags of over two bytes.
pub(super) fn object(bytes: &[u8], start: usize) -> Option<Object> {
    let mut at = start;
    let mut next = || {
        let byte = bytes.get(at).copied();
        at += 1;
        byte
    };
    let first = next()?;
    let mut tag = u32::from(first);
    if first & 0x1F == 0x1F {
        let second = next()?;
        if second & 0x80 != 0 {
            return None;
        }
        tag = tag << 8 | u32::from(second);
    }
    let length = match next()? {
        short @ 0x00..=0x7F => usize::from(short),
        long @ 0x81..=0x83 => {
            let mut length = 0;
            for _ in 0x80..long {
                length = length << 8 | usize::from(next()?);
            }
            length
        }
        _ => return None,
    };
    Some(Object {
        tag,
        value: at..at.checked_add(length)?,
    })
}

/// The objects in a row within `range`, as far as they make sense.
pub(super) fn objects(bytes: &[u8], range: Range<usize>) -> Vec<Object> {
    let mut found = Vec::new();
    let mut at = range.start;
    while at < range.end.min(bytes.len()) {
        let Some(object) = object(bytes, at) else {
            break;
        };
        at = object.value.end;
        found.push(object);
    }
    found
}

/// What a file's beginning shows it to be.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Content {
    /// A certificate, with its issuer as raw bytes; `None` when not all of it was read.
    Certificate { issuer: Option<Range<usize>> },
    /// A card's general information (EF.CIAInfo, ISO/IEC 7816-15), with its serial number.
    CardInfo { serial: Range<usize> },
    /// Anything else.
    Other,
}

/// Recognises a file by its shape, so that no file identifier needs to be known.
pub(super) fn content(bytes: &[u8]) -> Content {
    card_info(bytes)
        .or_else(|| certificate(bytes))
        .unwrap_or(Content::Other)
}

const SEQUENCE: u32 = 0x30;
const INTEGER: u32 = 0x02;
const OCTET_STRING: u32 = 0x04;
/// `[0]`, the version of a certificate.
const VERSION: u32 = 0xA0;

/// `SEQUENCE { INTEGER, OCTET STRING … }`.
fn card_info(bytes: &[u8]) -> Option<Content> {
    let outer = object(bytes, 0).filter(|outer| outer.tag == SEQUENCE)?;
    let version = object(bytes, outer.value.start).filter(|version| version.tag == INTEGER)?;
    let serial = object(bytes, version.value.end).filter(|serial| serial.tag == OCTET_STRING)?;
    Some(Content::CardInfo {
        serial: serial.value,
    })
}

/// `SEQUENCE { SEQUENCE { [0] OPTIONAL, INTEGER, SEQUENCE, SEQUENCE issuer …`.
fn certificate(bytes: &[u8]) -> Option<Content> {
    let outer = object(bytes, 0).filter(|outer| outer.tag == SEQUENCE)?;
    let body = object(bytes, outer.value.start).filter(|body| body.tag == SEQUENCE)?;
    let first = object(bytes, body.value.start)?;
    let serial = match first.tag {
        VERSION => first.value.end,
        INTEGER => body.value.start,
        _ => return None,
    };
    let issuer = || {
        let serial = object(bytes, serial).filter(|serial| serial.tag == INTEGER)?;
        let algorithm = object(bytes, serial.value.end)?;
        let issuer = object(bytes, algorithm.value.end)?;
        (issuer.tag == SEQUENCE && issuer.value.end <= bytes.len()).then_some(issuer.value)
    };
    Some(Content::Certificate { issuer: issuer() })
}

/// Whether a raw X.501 name has the word TEST in one of its values.
pub(super) fn names_a_test_authority(bytes: &[u8], name: Range<usize>) -> bool {
    objects(bytes, name)
        .into_iter()
        .flat_map(|set| objects(bytes, set.value))
        .flat_map(|attribute| objects(bytes, attribute.value))
        .filter_map(|value| bytes.get(value.value))
        .any(|value| {
            value
                .split(|byte| !byte.is_ascii_alphanumeric())
                .any(|word| word.eq_ignore_ascii_case(b"TEST"))
        })
}

/// Whether anything in `bytes` is an attribute of an X.501 name, as persons have.
pub(super) fn holds_a_name(bytes: &[u8]) -> bool {
    bytes
        .windows(NAME_ATTRIBUTE.len())
        .any(|window| window == NAME_ATTRIBUTE)
}

/// The object identifier 2.5.4, under which the attributes of names are.
const NAME_ATTRIBUTE: [u8; 4] = [0x06, 0x03, 0x55, 0x04];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_found_where_they_lie() {
        let bytes = [0xA0, 0x05, 0xDF, 0x21, 0x02, 0x05, 0xFF];
        let outer = object(&bytes, 0).expect("an object");
        assert_eq!(outer.value, 2..7);
        let inner = objects(&bytes, outer.value);
        assert_eq!(
            inner,
            [Object {
                tag: 0xDF21,
                value: 5..7
            }]
        );
    }

    #[test]
    fn senseless_data_ends_the_search() {
        for bytes in [
            &[][..],
            &[0x30],
            &[0x30, 0x80],
            &[0x30, 0x84, 0, 0, 0, 1],
            &[0x1F, 0x81, 0x01, 0x00],
        ] {
            assert_eq!(object(bytes, 0), None);
            assert!(objects(bytes, 0..9).is_empty());
            assert_eq!(content(bytes), Content::Other);
        }
    }

    #[test]
    fn a_test_authority_has_the_word_in_its_name() {
        let named = |value: &[u8]| {
            let tlv = |tag: u8, content: &[u8]| {
                [
                    &[tag, u8::try_from(content.len()).expect("short")][..],
                    content,
                ]
                .concat()
            };
            let attribute = [tlv(0x06, &[0x55, 0x04, 0x03]), tlv(0x0C, value)].concat();
            let name = tlv(0x31, &tlv(0x30, &attribute));
            assert!(holds_a_name(&name));
            names_a_test_authority(&name, 0..name.len())
        };
        assert!(named(b"DVV TEST Certificates - G5E"));
        assert!(named(b"VRK CA for Test Purposes - G3"));
        assert!(!named(b"DVV Citizen Certificates - G4E"));
        assert!(!named(b"Testaajat Oy"));
    }
}
