//! Writing DER and BER-TLV: the few shapes that card directories and certificates are made of.

/// A data object: tag bytes, definite length, content.
pub fn object(tag: &[u8], content: &[u8]) -> Vec<u8> {
    let mut bytes = tag.to_vec();
    match content.len() {
        short @ 0..=0x7F => bytes.extend_from_slice(&low_bytes(short, 1)),
        one @ 0x80..=0xFF => {
            bytes.push(0x81);
            bytes.extend_from_slice(&low_bytes(one, 1));
        }
        two => {
            bytes.push(0x82);
            bytes.extend_from_slice(&low_bytes(two, 2));
        }
    }
    bytes.extend_from_slice(content);
    bytes
}

/// A constructed data object around other objects.
pub fn constructed(tag: u8, parts: &[Vec<u8>]) -> Vec<u8> {
    object(&[tag], &parts.concat())
}

/// SEQUENCE.
pub fn sequence(parts: &[Vec<u8>]) -> Vec<u8> {
    constructed(0x30, parts)
}

/// SET with one element, which needs no sorting.
pub fn set_of_one(part: Vec<u8>) -> Vec<u8> {
    constructed(0x31, &[part])
}

/// INTEGER of a number that is not negative.
pub fn integer(value: u32) -> Vec<u8> {
    object(&[0x02], &integer_content(value))
}

/// The content bytes of a non-negative INTEGER, for implicitly tagged ones.
pub fn integer_content(value: u32) -> Vec<u8> {
    let bytes = value.to_be_bytes();
    let zeros = bytes.iter().take_while(|byte| **byte == 0).count().min(3);
    let mut content: Vec<u8> = bytes.into_iter().skip(zeros).collect();
    // A set top bit would make the number negative.
    if content.first().is_some_and(|byte| byte & 0x80 != 0) {
        content.insert(0, 0);
    }
    content
}

/// BOOLEAN.
pub fn boolean(value: bool) -> Vec<u8> {
    object(&[0x01], &[if value { 0xFF } else { 0x00 }])
}

/// ENUMERATED.
pub fn enumerated(value: u8) -> Vec<u8> {
    object(&[0x0A], &[value])
}

/// NULL.
pub fn null() -> Vec<u8> {
    object(&[0x05], &[])
}

/// OCTET STRING.
pub fn octets(bytes: &[u8]) -> Vec<u8> {
    object(&[0x04], bytes)
}

/// UTF8String.
pub fn utf8(text: &str) -> Vec<u8> {
    object(&[0x0C], text.as_bytes())
}

/// PrintableString.
pub fn printable(text: &str) -> Vec<u8> {
    object(&[0x13], text.as_bytes())
}

/// IA5String.
pub fn ia5(text: &str) -> Vec<u8> {
    object(&[0x16], text.as_bytes())
}

/// OBJECT IDENTIFIER from its content bytes.
pub fn oid(content: &[u8]) -> Vec<u8> {
    object(&[0x06], content)
}

/// BIT STRING of whole bytes.
pub fn bit_string(bytes: &[u8]) -> Vec<u8> {
    let mut content = vec![0];
    content.extend_from_slice(bytes);
    object(&[0x03], &content)
}

/// BIT STRING of a named bit list: bit 0 is the first, trailing zeros are left out as DER asks.
pub fn named_bits(bits: &[u8]) -> Vec<u8> {
    let Some(highest) = bits.iter().max() else {
        return object(&[0x03], &[0]);
    };
    let mut bytes = vec![0_u8; usize::from(highest / 8) + 1];
    for bit in bits {
        if let Some(byte) = bytes.get_mut(usize::from(bit / 8)) {
            *byte |= 0x80 >> (bit % 8);
        }
    }
    let mut content = vec![7 - highest % 8];
    content.extend_from_slice(&bytes);
    object(&[0x03], &content)
}

/// The lowest `count` bytes of `value`, most significant first.
fn low_bytes(value: usize, count: usize) -> Vec<u8> {
    let bytes = value.to_be_bytes();
    bytes.into_iter().skip(size_of::<usize>() - count).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_take_one_two_and_three_bytes() {
        assert_eq!(
            object(&[0x04], &[0; 0x7F]).get(..2),
            Some(&[0x04, 0x7F][..])
        );
        assert_eq!(
            object(&[0x04], &[0; 0x80]).get(..3),
            Some(&[0x04, 0x81, 0x80][..])
        );
        assert_eq!(
            object(&[0x04], &[0; 0x101]).get(..4),
            Some(&[0x04, 0x82, 0x01, 0x01][..])
        );
    }

    #[test]
    fn numbers_and_bits_are_minimal() {
        assert_eq!(integer(0), [0x02, 0x01, 0x00]);
        assert_eq!(integer(0x82), [0x02, 0x02, 0x00, 0x82]);
        assert_eq!(integer(2048), [0x02, 0x02, 0x08, 0x00]);
        assert_eq!(named_bits(&[9]), [0x03, 0x03, 0x06, 0x00, 0x40]);
        assert_eq!(named_bits(&[0, 4]), [0x03, 0x02, 0x03, 0x88]);
    }
}
