//! EF.CD: where the certificates of a card lie (ISO/IEC 7816-15, `CertificateChoice`).

use siru_apdu::select::FilePath;
use siru_apdu::tlv::DataObject;

use super::common::{OCTET_STRING, SEQUENCE, entries, label, path, type_attributes};
use crate::text::SafeText;

/// What a card's directory says about one certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CertificateObject {
    /// Its label.
    pub label: Option<SafeText>,
    /// The identifier it shares with its key.
    pub id: Vec<u8>,
    /// Whether it belongs to an authority.
    pub is_authority: bool,
    /// Where it lies.
    pub path: FilePath,
}

impl CertificateObject {
    /// Reads a whole EF.CD. What cannot be understood is left out.
    pub fn parse_all(content: &[u8]) -> Vec<Self> {
        entries(content, Self::parse)
    }

    fn parse(entry: DataObject<'_>) -> Option<Self> {
        if entry.tag() != SEQUENCE {
            return None;
        }
        let mut parts = entry.children();
        let common = parts.next()?;
        let class = parts.next()?;
        Some(Self {
            label: label(common),
            id: class.find_value(OCTET_STRING)?.to_vec(),
            is_authority: class.find_value(0x01).is_some_and(|value| value != [0x00]),
            path: type_attributes(entry)?.find(SEQUENCE).and_then(path)?,
        })
    }
}
