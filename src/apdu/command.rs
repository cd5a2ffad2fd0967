//! A command: four header bytes, data that may be secret, and the length of answer it expects.

use std::fmt;

use zeroize::Zeroizing;

use crate::channel::Protocol;
use crate::hex::Hex;
use crate::instruction::Instruction;

/// How many bytes of answer a short command asks for: 1 to 256 (Le, where `00` says 256).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExpectedLength(u8);

impl ExpectedLength {
    /// Up to 256 bytes: "whatever there is".
    pub const MAX: Self = Self(0x00);

    /// From the byte Le.
    pub const fn from_le(le: u8) -> Self {
        Self(le)
    }

    /// `length` bytes; `None` outside 1 to 256.
    pub fn new(length: usize) -> Option<Self> {
        match length {
            256 => Some(Self::MAX),
            1..=255 => u8::try_from(length).ok().map(Self),
            _ => None,
        }
    }

    /// The byte Le.
    pub const fn le(self) -> u8 {
        self.0
    }
}

/// The data field of a command.
#[derive(Default)]
pub enum CommandData {
    /// No data field.
    #[default]
    None,
    /// Data anyone may see.
    Plain(Vec<u8>),
    /// One or more PINs or PUKs, joined. Wiped after use and never printed.
    Secret {
        /// Name and length in bytes of each part, in the order of the bytes.
        parts: Vec<(&'static str, usize)>,
        /// All parts together.
        bytes: Zeroizing<Vec<u8>>,
    },
}

impl CommandData {
    /// The bytes of the field; empty when there is none.
    pub fn bytes(&self) -> &[u8] {
        match self {
            Self::None => &[],
            Self::Plain(bytes) => bytes,
            Self::Secret { bytes, .. } => bytes,
        }
    }
}

/// A command APDU of ISO/IEC 7816-4, short form. Not `Clone`: a PIN in it exists once.
pub struct CommandApdu {
    class: u8,
    instruction: Instruction,
    p1: u8,
    p2: u8,
    data: CommandData,
    expected: Option<ExpectedLength>,
}

impl CommandApdu {
    /// A command of class `00` without data that expects no data back (case 1).
    pub const fn new(instruction: Instruction, p1: u8, p2: u8) -> Self {
        Self {
            class: 0x00,
            instruction,
            p1,
            p2,
            data: CommandData::None,
            expected: None,
        }
    }

    /// The same command with another class byte.
    #[must_use]
    pub fn class(mut self, class: u8) -> Self {
        self.class = class;
        self
    }

    /// The same command with a data field, at most 255 bytes. Empty data is no data field.
    #[must_use]
    pub fn data(mut self, bytes: impl Into<Vec<u8>>) -> Self {
        let bytes = bytes.into();
        self.data = if bytes.is_empty() {
            CommandData::None
        } else {
            CommandData::Plain(bytes)
        };
        self
    }

    /// The same command with `bytes` appended to a secret data field, shown as `{name:length}`.
    #[must_use]
    pub fn secret(mut self, name: &'static str, bytes: &[u8]) -> Self {
        // Joined in a buffer of the final size: one that grows leaves copies behind.
        let earlier = self.data.bytes();
        let mut joined = Zeroizing::new(Vec::with_capacity(earlier.len() + bytes.len()));
        joined.extend_from_slice(earlier);
        joined.extend_from_slice(bytes);
        let mut parts = match std::mem::take(&mut self.data) {
            CommandData::None => Vec::new(),
            CommandData::Plain(plain) => vec![("plain", plain.len())],
            CommandData::Secret { parts, .. } => parts,
        };
        parts.push((name, bytes.len()));
        self.data = CommandData::Secret {
            parts,
            bytes: joined,
        };
        self
    }

    /// The same command, asking for up to so many bytes.
    #[must_use]
    pub fn expect(mut self, expected: ExpectedLength) -> Self {
        self.expected = Some(expected);
        self
    }

    /// The instruction.
    pub const fn instruction(&self) -> Instruction {
        self.instruction
    }

    /// CLA, INS, P1 and P2.
    pub const fn header(&self) -> [u8; 4] {
        [self.class, self.instruction.0, self.p1, self.p2]
    }

    /// The data field.
    pub const fn command_data(&self) -> &CommandData {
        &self.data
    }

    /// The length of answer asked for.
    pub const fn expected(&self) -> Option<ExpectedLength> {
        self.expected
    }

    /// Whether this very command presents a PIN or PUK: the instruction does and data is there.
    pub fn presents_secret(&self) -> bool {
        self.instruction.presents_secret() && !self.data.bytes().is_empty()
    }

    /// The bytes for the reader (ISO/IEC 7816-3, "Command-response pairs"). Under T=0 a command
    /// that carries data cannot say what it expects: Le is left out and the answer is fetched.
    pub fn to_wire(&self, protocol: Protocol) -> Zeroizing<Vec<u8>> {
        let data = self.data.bytes();
        let mut bytes = Zeroizing::new(Vec::with_capacity(6 + data.len()));
        bytes.extend_from_slice(&self.header());
        if !data.is_empty() {
            bytes.push(u8::try_from(data.len()).unwrap_or(u8::MAX));
            bytes.extend(data.iter().take(usize::from(u8::MAX)));
        }
        match (self.expected, protocol) {
            (Some(_), Protocol::T0) if !data.is_empty() => {}
            (Some(expected), _) => bytes.push(expected.le()),
            (None, _) => {}
        }
        bytes
    }

    /// Reads a short command from its bytes. A data field that presents a PIN or PUK becomes a
    /// secret named `secret`, so that printing the command cannot show it.
    ///
    /// # Errors
    ///
    /// [`ParseCommandError`] for fewer than four bytes and for lengths that do not add up.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, ParseCommandError> {
        let [class, instruction, p1, p2, body @ ..] = bytes else {
            return Err(ParseCommandError::Header {
                length: bytes.len(),
            });
        };
        let command = Self::new(Instruction(*instruction), *p1, *p2).class(*class);
        let (field, expected) = match body {
            [] => (&[][..], None),
            [le] => (&[][..], Some(*le)),
            [length, rest @ ..] => {
                let length = usize::from(*length);
                match rest.split_at_checked(length) {
                    Some((data, [])) if length > 0 => (data, None),
                    Some((data, [le])) if length > 0 => (data, Some(*le)),
                    _ => {
                        return Err(ParseCommandError::Length {
                            length: bytes.len(),
                        });
                    }
                }
            }
        };
        let command = if command.instruction.presents_secret() && !field.is_empty() {
            command.secret("secret", field)
        } else {
            command.data(field)
        };
        Ok(match expected {
            Some(le) => command.expect(ExpectedLength::from_le(le)),
            None => command,
        })
    }
}

/// Why bytes are not a short command.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ParseCommandError {
    /// The header alone takes four bytes.
    #[error("{length} bytes are too few for a command")]
    Header {
        /// How many bytes there are.
        length: usize,
    },
    /// Lc, the data field and Le do not fit together.
    #[error("the lengths inside a command of {length} bytes do not add up")]
    Length {
        /// How many bytes there are.
        length: usize,
    },
}

impl fmt::Debug for CommandApdu {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} {}", self.instruction, Hex(&self.header()))?;
        match &self.data {
            CommandData::None => {}
            CommandData::Plain(bytes) => write!(f, " data {}", Hex(bytes))?,
            CommandData::Secret { parts, .. } => {
                f.write_str(" data ")?;
                parts
                    .iter()
                    .try_for_each(|(name, length)| write!(f, "{{{name}:{length}}}"))?;
            }
        }
        match self.expected {
            Some(expected) => write!(f, " Le {:02X}", expected.le()),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verify() -> CommandApdu {
        CommandApdu::new(Instruction::VERIFY, 0x00, 0x11).secret("PIN1", b"73519408\0\0\0\0")
    }

    #[test]
    fn the_four_cases_look_right_under_both_protocols() {
        let select = || CommandApdu::new(Instruction::SELECT, 0x08, 0x00).data([0x43, 0x31]);
        let cases: [(CommandApdu, &str, &str); 4] = [
            (
                CommandApdu::new(Instruction::VERIFY, 0, 0x11),
                "00 20 00 11",
                "00 20 00 11",
            ),
            (
                CommandApdu::new(Instruction::READ_BINARY, 0, 0).expect(ExpectedLength::MAX),
                "00 B0 00 00 00",
                "00 B0 00 00 00",
            ),
            (select(), "00 A4 08 00 02 43 31", "00 A4 08 00 02 43 31"),
            (
                select().expect(ExpectedLength::MAX),
                "00 A4 08 00 02 43 31",
                "00 A4 08 00 02 43 31 00",
            ),
        ];
        for (command, t0, t1) in cases {
            assert_eq!(Hex(&command.to_wire(Protocol::T0)).to_string(), t0);
            assert_eq!(Hex(&command.to_wire(Protocol::T1)).to_string(), t1);
        }
    }

    #[test]
    fn a_pin_is_in_the_bytes_and_in_no_print() {
        let command = verify();
        assert!(
            command
                .to_wire(Protocol::T0)
                .windows(8)
                .any(|window| window == b"73519408")
        );
        let printed = format!("{command:?} {command:#?}");
        assert!(printed.contains("{PIN1:12}"), "{printed}");
        assert!(
            !printed.contains("7351") && !printed.contains("37 33"),
            "{printed}"
        );
    }

    #[test]
    fn two_secrets_are_joined_in_order_and_named_apart() {
        let command = CommandApdu::new(Instruction::CHANGE_REFERENCE_DATA, 0, 0x03)
            .secret("PIN1", b"1234")
            .secret("PIN1.new", b"56789");
        assert_eq!(command.command_data().bytes(), b"123456789");
        assert!(format!("{command:?}").ends_with("{PIN1:4}{PIN1.new:5}"));
    }

    #[test]
    fn commands_read_from_bytes_hide_what_they_present() {
        let command = CommandApdu::from_bytes(&verify().to_wire(Protocol::T1)).expect("case 3");
        assert!(format!("{command:?}").contains("{secret:12}"));
        assert!(command.presents_secret());
    }

    #[test]
    fn bytes_whose_lengths_do_not_add_up_are_refused() {
        for bytes in [
            &[0x00, 0x20][..],
            &[0, 0x20, 0, 0x11, 2, 0x31][..],
            &[0, 0xA4, 4, 0, 0, 1],
        ] {
            assert!(CommandApdu::from_bytes(bytes).is_err());
        }
    }

    #[test]
    fn an_empty_verify_presents_nothing() {
        assert!(!CommandApdu::new(Instruction::VERIFY, 0, 0x11).presents_secret());
        assert!(verify().presents_secret());
    }
}
