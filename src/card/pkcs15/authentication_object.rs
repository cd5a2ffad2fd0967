//! EF.AOD: the PINs of a card (ISO/IEC 7816-15, `AuthenticationObject`, `PasswordAttributes`).

use siru_apdu::tlv::{DataObject, DataObjects};

use super::common::{
    BIT_STRING, INTEGER, OCTET_STRING, SEQUENCE, auth_id, bit, label, reference, small_integer,
    type_attributes,
};
use crate::text::SafeText;

/// What a card's directory says about one PIN or PUK.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PinAttributes {
    /// Its label.
    pub label: Option<SafeText>,
    /// Its own identifier, by which keys name it.
    pub auth_id: Option<Vec<u8>>,
    /// The reference for commands, of eight bits.
    pub reference: u8,
    /// The fewest digits.
    pub min_length: usize,
    /// The length of the block the card stores, in bytes.
    pub stored_length: usize,
    /// The most digits, where given.
    pub max_length: Option<usize>,
    /// Whether the digits are filled up to the stored length, and with what.
    pub pad: Option<u8>,
    /// Whether it unblocks other PINs and opens nothing itself.
    pub is_unblocking: bool,
}

impl PinAttributes {
    /// The most PINs read from one file.
    const MAX_PINS: usize = 16;

    /// Reads a whole EF.AOD. `None` when it is not sound; entries that are no PINs are left out.
    pub fn parse_all(content: &[u8]) -> Option<Vec<Self>> {
        let objects = DataObjects::parse_file(content).ok()?;
        Some(
            objects
                .iter()
                .filter_map(Self::parse)
                .take(Self::MAX_PINS)
                .collect(),
        )
    }

    fn parse(entry: DataObject<'_>) -> Option<Self> {
        if entry.tag() != SEQUENCE {
            return None;
        }
        let mut parts = entry.children();
        let common = parts.next()?;
        let class = parts.next()?;
        let attributes = type_attributes(entry)?;
        let flags = attributes.find_value(BIT_STRING)?;
        let mut lengths = attributes
            .children()
            .filter(|object| object.tag() == INTEGER)
            .map(|object| object.value().and_then(small_integer));
        let needs_padding = bit(flags, 5);
        let pad = match attributes.find_value(OCTET_STRING) {
            Some([byte]) => Some(*byte),
            _ => None,
        };
        Some(Self {
            label: label(common),
            auth_id: auth_id(class),
            reference: match attributes.find_value(0x80) {
                Some(bytes) => reference(bytes)?,
                None => 0,
            },
            min_length: lengths.next()??,
            stored_length: lengths.next()??,
            max_length: lengths.next().flatten(),
            pad: pad.filter(|_| needs_padding),
            is_unblocking: bit(flags, 6),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// PIN2 as a citizen card has it: local, initialised, padded with 00 to 12, reference 82.
    fn pin2(reference: &[u8]) -> Vec<u8> {
        let mut attributes = vec![0x03, 0x02, 0x02, 0x4C, 0x0A, 0x01, 0x01];
        attributes.extend([0x02, 0x01, 0x06, 0x02, 0x01, 0x0C, 0x02, 0x01, 0x0C]);
        attributes.push(0x80);
        attributes.push(u8::try_from(reference.len()).expect("short"));
        attributes.extend_from_slice(reference);
        attributes.extend([0x04, 0x01, 0x00]);
        let wrap = |tag: u8, value: &[u8]| {
            let mut bytes = vec![tag, u8::try_from(value.len()).expect("short")];
            bytes.extend_from_slice(value);
            bytes
        };
        let common = wrap(0x30, &wrap(0x0C, "allekirjoitustunnusluku".as_bytes()));
        let class = wrap(0x30, &[0x04, 0x01, 0x02]);
        let typed = wrap(0xA1, &wrap(0x30, &attributes));
        wrap(0x30, &[common, class, typed].concat())
    }

    #[test]
    fn both_encodings_of_reference_82_give_the_same_pin() {
        let pins: Vec<_> = [&[0x82][..], &[0x00, 0x82], &[0xFF, 0x82]]
            .iter()
            .map(|reference| PinAttributes::parse_all(&pin2(reference)).expect("sound"))
            .collect();
        assert_eq!(pins[0], pins[1]);
        assert_eq!(pins[0], pins[2]);
        let [pin] = pins[0].as_slice() else {
            panic!("one PIN: {:?}", pins[0])
        };
        assert_eq!(
            (pin.reference, pin.pad, pin.stored_length),
            (0x82, Some(0x00), 12)
        );
        assert_eq!((pin.min_length, pin.max_length), (6, Some(12)));
        assert_eq!(pin.label.as_deref(), Some("allekirjoitustunnusluku"));
        assert!(!pin.is_unblocking);
    }

    #[test]
    fn an_unsound_file_is_no_directory() {
        let whole = pin2(&[0x82]);
        assert_eq!(PinAttributes::parse_all(&whole[..whole.len() - 1]), None);
    }
}
