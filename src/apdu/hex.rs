//! One way to print bytes and one way to read them.

use std::fmt;

/// Bytes as upper-case pairs with a space between, as standards print them: `00 A4 04 0C`.
#[derive(Clone, Copy)]
pub struct Hex<'a>(pub &'a [u8]);

impl fmt::Display for Hex<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, byte) in self.0.iter().enumerate() {
            if index > 0 {
                f.write_str(" ")?;
            }
            write!(f, "{byte:02X}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Hex<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Reads hexadecimal digits in either case, with or without white space between the pairs.
///
/// `None` for a foreign character or half a byte.
pub fn parse(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() / 2);
    let mut high = None;
    for character in text.chars() {
        if character.is_whitespace() {
            if high.is_some() {
                return None;
            }
            continue;
        }
        let nibble = u8::try_from(character.to_digit(16)?).ok()?;
        high = match high {
            None => Some(nibble),
            Some(first) => {
                bytes.push(first << 4 | nibble);
                None
            }
        };
    }
    high.is_none().then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_printed_can_be_read_again() {
        let bytes = [0x00, 0xA4, 0x0F, 0xFF];
        assert_eq!(Hex(&bytes).to_string(), "00 A4 0F FF");
        assert_eq!(parse("00 A4 0f FF").as_deref(), Some(&bytes[..]));
        assert_eq!(parse("00A40FFF").as_deref(), Some(&bytes[..]));
    }

    #[test]
    fn half_a_byte_and_foreign_characters_are_refused() {
        assert_eq!(parse("0"), None);
        assert_eq!(parse("0 0"), None);
        assert_eq!(parse("0G"), None);
    }
}
