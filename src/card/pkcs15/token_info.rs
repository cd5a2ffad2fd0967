//! EF.CIAInfo, in older editions EF.TokenInfo: the card's serial number and names.

use std::fmt;

use siru_apdu::hex::Hex;
use siru_apdu::tlv::{DataObjects, Header};

use super::common::{OCTET_STRING, SEQUENCE, UTF8_STRING};
use crate::text::SafeText;

/// The serial number of a card, exactly as its file has it. Two cards never share one.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct SerialNumber {
    bytes: Vec<u8>,
    text: String,
}

impl SerialNumber {
    /// `None` for no bytes at all and for more than 64.
    pub fn new(bytes: &[u8]) -> Option<Self> {
        if bytes.is_empty() || bytes.len() > 64 {
            return None;
        }
        let text = if bytes.iter().all(u8::is_ascii_alphanumeric) {
            String::from_utf8_lossy(bytes).into_owned()
        } else {
            Hex(bytes).to_string().replace(' ', "")
        };
        Some(Self {
            bytes: bytes.to_vec(),
            text,
        })
    }

    /// The last `count` characters. The last nine are printed on the card.
    pub fn last_digits(&self, count: usize) -> &str {
        // The text is ASCII, so any place is between characters.
        self.text
            .get(self.text.len().saturating_sub(count)..)
            .unwrap_or(&self.text)
    }
}

impl fmt::Display for SerialNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Debug for SerialNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// What a card says about itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TokenInfo {
    /// Its serial number.
    pub serial: Option<SerialNumber>,
    /// Who made or issued it, as in `VRK-FINEID`.
    pub manufacturer: Option<SafeText>,
    /// Its name, as in `HENKILOKORTTI`.
    pub label: Option<SafeText>,
}

impl TokenInfo {
    /// Reads a whole EF.CIAInfo. What is missing or unreadable is `None`.
    pub fn parse(content: &[u8]) -> Self {
        let Ok(objects) = DataObjects::parse_file(content) else {
            return Self {
                serial: serial_at_start(content),
                ..Self::default()
            };
        };
        let Some(info) = objects.find(SEQUENCE) else {
            return Self::default();
        };
        Self {
            serial: info.find_value(OCTET_STRING).and_then(SerialNumber::new),
            manufacturer: info.find_value(UTF8_STRING).and_then(SafeText::from_utf8),
            label: info.find_value(0x80).and_then(SafeText::from_utf8),
        }
    }
}

/// The serial number from the first bytes of EF.CIAInfo: SEQUENCE { INTEGER, OCTET STRING … }.
/// The rest of the file need not be there, so one READ BINARY is enough to tell one card from
/// another.
pub fn serial_at_start(start: &[u8]) -> Option<SerialNumber> {
    let sequence = Header::read(start)
        .ok()
        .filter(|header| header.tag == SEQUENCE)?;
    let inside = start.get(sequence.value_start..)?;
    let version = Header::read(inside).ok()?;
    let rest = inside.get(version.object_length()..)?;
    let serial = Header::read(rest)
        .ok()
        .filter(|header| header.tag == OCTET_STRING)?;
    SerialNumber::new(rest.get(serial.value_start..serial.object_length())?)
}

#[cfg(test)]
mod tests {
    use super::*;

    const INFO: &[u8] = b"\x30\x2D\x02\x01\x01\x04\x09AB1234567\x0C\x0AVRK-FINEID\x80\x0DHENKILOKORTTI\x03\x02\x04\x10";

    #[test]
    fn the_names_and_the_serial_number_are_read() {
        let info = TokenInfo::parse(INFO);
        assert_eq!(
            info.serial.as_ref().map(ToString::to_string).as_deref(),
            Some("AB1234567")
        );
        assert_eq!(info.manufacturer.as_deref(), Some("VRK-FINEID"));
        assert_eq!(info.label.as_deref(), Some("HENKILOKORTTI"));
    }

    #[test]
    fn the_serial_number_is_the_same_from_the_first_bytes_alone() {
        let serial = TokenInfo::parse(INFO).serial;
        assert!(serial.is_some());
        for length in 16..=INFO.len() {
            assert_eq!(serial_at_start(&INFO[..length]), serial, "{length}");
        }
        for length in 0..16 {
            assert_eq!(serial_at_start(&INFO[..length]), None, "{length}");
        }
    }

    #[test]
    fn bytes_that_are_no_text_are_shown_as_such() {
        let serial = SerialNumber::new(&[0x01, 0xAB]).expect("two bytes");
        assert_eq!(serial.to_string(), "01AB");
        assert_eq!(serial.last_digits(3), "1AB");
        assert_eq!(serial.last_digits(30), "01AB");
        assert_eq!(SerialNumber::new(&[]), None);
        assert_eq!(SerialNumber::new(&[1; 65]), None);
    }
}
