//! Names in certificates (X.501), as people read them.

use x509_cert::name::Name;

/// The attributes of a name in their order.
pub(super) struct NameParts {
    pub(super) whole: String,
    parts: Vec<(&'static str, String)>,
}

impl NameParts {
    pub(super) fn read(name: &Name) -> Self {
        let mut whole = String::new();
        let mut parts = Vec::new();
        for attribute in name.iter_rdn().flat_map(|relative| relative.iter()) {
            let oid = attribute.oid.to_string();
            let key = ATTRIBUTES
                .iter()
                .find(|(known, _)| *known == oid)
                .map(|(_, key)| *key);
            let text = attribute_text(attribute.value.value(), attribute_tag(&attribute.value));
            if !whole.is_empty() {
                whole.push_str(", ");
            }
            whole.push_str(key.unwrap_or(&oid));
            whole.push('=');
            whole.push_str(&text);
            if let Some(key) = key {
                parts.push((key, text));
            }
        }
        Self { whole, parts }
    }

    pub(super) fn first(&self, key: &str) -> Option<&str> {
        self.parts
            .iter()
            .find(|(name, _)| *name == key)
            .map(|(_, text)| text.as_str())
    }
}

/// The attribute types of *FINEID S2*, with their usual short names.
const ATTRIBUTES: &[(&str, &str)] = &[
    ("2.5.4.3", "CN"),
    ("2.5.4.4", "SN"),
    ("2.5.4.5", "serialNumber"),
    ("2.5.4.6", "C"),
    ("2.5.4.7", "L"),
    ("2.5.4.8", "ST"),
    ("2.5.4.10", "O"),
    ("2.5.4.11", "OU"),
    ("2.5.4.12", "title"),
    ("2.5.4.42", "GN"),
    ("2.5.4.65", "pseudonym"),
];

fn attribute_tag(value: &der::Any) -> u8 {
    use der::Tagged;
    value.tag().number().value().try_into().unwrap_or_default()
}

/// Decodes the string types that certificates of all generations use.
fn attribute_text(bytes: &[u8], tag: u8) -> String {
    match tag {
        // TeletexString is Latin-1 in practice.
        20 => bytes.iter().copied().map(char::from).collect(),
        // BMPString: two bytes a character.
        30 => {
            let (pairs, _) = bytes.as_chunks::<2>();
            char::decode_utf16(pairs.iter().map(|pair| u16::from_be_bytes(*pair)))
                .map(|character| character.unwrap_or(char::REPLACEMENT_CHARACTER))
                .collect()
        }
        _ => String::from_utf8_lossy(bytes).into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_string_types_of_the_generations_are_read() {
        assert_eq!(attribute_text("Mäkelä".as_bytes(), 12), "Mäkelä");
        assert_eq!(attribute_text(&[b'M', 0xE4], 20), "Mä");
        assert_eq!(attribute_text(&[0x00, b'M', 0x00, 0xE4], 30), "Mä");
    }
}
