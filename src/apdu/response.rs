//! A response: data, then the status word.

use crate::channel::ChannelError;
use crate::status::StatusWord;

/// What the card answered to one command.
///
/// The data may be there whatever the status says; whoever uses it looks at the status first.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ResponseApdu {
    /// The data field, 0 to 256 bytes.
    pub data: Vec<u8>,
    /// SW1 SW2.
    pub status: StatusWord,
}

impl ResponseApdu {
    /// A response without data.
    pub const fn status_only(status: StatusWord) -> Self {
        Self {
            data: Vec::new(),
            status,
        }
    }

    /// Reads the bytes of a short response: up to 256 of data and the two of the status.
    ///
    /// # Errors
    ///
    /// [`ChannelError::ShortAnswer`] below two bytes: drivers report success and hand over nothing
    /// when a card is pulled in mid-command, so the command may have been carried out.
    /// [`ChannelError::LongAnswer`] above 258 bytes, which no short command can ask for.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ChannelError> {
        if bytes.len() > 258 {
            return Err(ChannelError::LongAnswer {
                length: bytes.len(),
            });
        }
        match bytes {
            [data @ .., sw1, sw2] => Ok(Self {
                data: data.to_vec(),
                status: StatusWord(u16::from_be_bytes([*sw1, *sw2])),
            }),
            _ => Err(ChannelError::ShortAnswer {
                length: bytes.len(),
            }),
        }
    }

    /// The bytes as the card sends them.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = self.data.clone();
        bytes.extend_from_slice(&self.status.0.to_be_bytes());
        bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fewer_than_two_bytes_mean_the_card_is_gone() {
        for bytes in [&[][..], &[0x90][..]] {
            assert!(matches!(
                ResponseApdu::from_bytes(bytes),
                Err(ChannelError::ShortAnswer { length }) if length == bytes.len()
            ));
        }
    }

    #[test]
    fn more_than_a_short_response_can_hold_is_refused() {
        assert!(ResponseApdu::from_bytes(&[0x90; 258]).is_ok());
        assert!(matches!(
            ResponseApdu::from_bytes(&[0x90; 259]),
            Err(ChannelError::LongAnswer { length: 259 })
        ));
    }
}
