//! What holds for TLV data of any shape: sound data is read whole, anything else is refused.

use proptest::prelude::*;

use crate::tlv::{DataObject, DataObjects, Header};

fn object() -> impl Strategy<Value = Vec<u8>> {
    let leaf = proptest::collection::vec(any::<u8>(), 0..200).prop_map(|v| wrap(0x04, &v));
    leaf.prop_recursive(6, 40, 5, |inner| {
        proptest::collection::vec(inner, 0..5).prop_map(|objects| wrap(0x30, &objects.concat()))
    })
}

fn wrap(tag: u8, value: &[u8]) -> Vec<u8> {
    let length = value.len().to_be_bytes();
    let mut bytes = vec![tag];
    match value.len() {
        0..0x80 => bytes.push(length[7]),
        0x80..0x100 => bytes.extend([0x81, length[7]]),
        _ => bytes.extend([0x83, length[5], length[6], length[7]]),
    }
    bytes.extend_from_slice(value);
    bytes
}

/// What was read, written again the way the strategy writes it.
fn written<'a>(objects: impl Iterator<Item = DataObject<'a>>) -> Vec<u8> {
    let each = objects.flat_map(|object| match object.value() {
        Some(value) => wrap(0x04, value),
        None => wrap(0x30, &written(object.children())),
    });
    each.collect()
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        let _ = DataObjects::parse(&bytes);
        let _ = DataObjects::parse_file(&bytes);
        let _ = Header::read(&bytes);
    }

    #[test]
    fn sound_data_is_read_whole(bytes in object()) {
        let objects = DataObjects::parse(&bytes).expect("sound by construction");
        prop_assert_eq!(written(objects.iter()), bytes.clone());
        prop_assert_eq!(Header::read(&bytes).expect("sound").object_length(), bytes.len());
    }

    #[test]
    fn no_truncation_passes(bytes in object(), cut in any::<prop::sample::Index>()) {
        let cut = cut.index(bytes.len());
        prop_assert!(cut == 0 || DataObjects::parse(&bytes[..cut]).is_err());
    }
}
