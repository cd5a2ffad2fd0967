//! ECDSA signatures, from how cards write them to how TLS does.

use der::Encode;
use der::asn1::UintRef;

/// r and s, one behind the other and equally long, as an ECDSA-Sig-Value (RFC 3279, 2.2.3).
pub(super) fn wrapped(raw: &[u8]) -> Option<Vec<u8>> {
    if raw.is_empty() || !raw.len().is_multiple_of(2) {
        return None;
    }
    let (r, s) = raw.split_at(raw.len() / 2);
    let both = vec![UintRef::new(r).ok()?, UintRef::new(s).ok()?];
    both.to_der().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_short_as_they_are_and_never_negative() {
        let cases: [(&[u8], Option<&[u8]>); 4] = [
            (&[0x01, 0x02], Some(&[0x30, 6, 2, 1, 1, 2, 1, 2])),
            (
                &[0x00, 0x7F, 0x80, 0x00],
                Some(&[0x30, 8, 2, 1, 0x7F, 2, 3, 0, 0x80, 0]),
            ),
            (&[0x01, 0x02, 0x03], None),
            (&[], None),
        ];
        for (raw, expected) in cases {
            assert_eq!(wrapped(raw).as_deref(), expected, "{raw:02X?}");
        }
    }
}
