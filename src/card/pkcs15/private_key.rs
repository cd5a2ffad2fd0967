//! EF.PrKD: the private keys of a card (ISO/IEC 7816-15, `PrivateKeyChoice`).

use siru_apdu::tlv::DataObject;

use super::common::{
    BIT_STRING, INTEGER, OCTET_STRING, SEQUENCE, auth_id, bit, entries, label, reference,
};
use crate::text::SafeText;

/// What a card's directory says about one private key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrivateKeyObject {
    /// Its label.
    pub label: Option<SafeText>,
    /// The identifier it shares with its certificate.
    pub id: Vec<u8>,
    /// Which PIN opens it.
    pub auth_id: Option<Vec<u8>>,
    /// The reference for commands, where given.
    pub reference: Option<u8>,
    /// Whether it makes signatures that commit a person (`nonRepudiation`).
    pub signs_for_person: bool,
}

impl PrivateKeyObject {
    /// Reads a whole EF.PrKD. What cannot be understood is left out.
    pub fn parse_all(content: &[u8]) -> Vec<Self> {
        entries(content, Self::parse)
    }

    fn parse(entry: DataObject<'_>) -> Option<Self> {
        // SEQUENCE is an RSA key, [0] a key on a curve.
        if !matches!(entry.tag(), SEQUENCE | 0xA0) {
            return None;
        }
        let mut parts = entry.children();
        let common = parts.next()?;
        let class = parts.next()?;
        let usage = class.find_value(BIT_STRING).unwrap_or_default();
        Some(Self {
            label: label(common),
            id: class.find_value(OCTET_STRING)?.to_vec(),
            auth_id: auth_id(common),
            reference: class.find_value(INTEGER).and_then(reference),
            signs_for_person: bit(usage, 9),
        })
    }
}
