//! Instructions: what a command asks for, and whether asking twice could cost something.

use std::fmt;

/// The instruction byte INS.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Instruction(pub u8);

impl Instruction {
    /// VERIFY: presents a PIN. Without data it asks for the counter.
    pub const VERIFY: Self = Self(0x20);
    /// MANAGE SECURITY ENVIRONMENT.
    pub const MANAGE_SECURITY_ENVIRONMENT: Self = Self(0x22);
    /// CHANGE REFERENCE DATA: presents a PIN and replaces it.
    pub const CHANGE_REFERENCE_DATA: Self = Self(0x24);
    /// PERFORM SECURITY OPERATION: hash, sign, decipher.
    pub const PERFORM_SECURITY_OPERATION: Self = Self(0x2A);
    /// RESET RETRY COUNTER: presents a PUK and sets a PIN.
    pub const RESET_RETRY_COUNTER: Self = Self(0x2C);
    /// SELECT.
    pub const SELECT: Self = Self(0xA4);
    /// READ BINARY.
    pub const READ_BINARY: Self = Self(0xB0);
    /// GET RESPONSE.
    pub const GET_RESPONSE: Self = Self(0xC0);
    /// GET DATA, odd instruction: data objects named in the data field.
    pub const GET_DATA: Self = Self(0xCB);

    /// Whether a repetition could cost something: a try of a PIN or PUK, or a signature.
    pub const fn is_once_only(self) -> bool {
        matches!(
            self,
            Self::VERIFY
                | Self::CHANGE_REFERENCE_DATA
                | Self::RESET_RETRY_COUNTER
                | Self::PERFORM_SECURITY_OPERATION
        )
    }

    /// Whether the data field presents a PIN or PUK.
    pub const fn presents_secret(self) -> bool {
        matches!(
            self,
            Self::VERIFY | Self::CHANGE_REFERENCE_DATA | Self::RESET_RETRY_COUNTER
        )
    }
}

impl fmt::Debug for Instruction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match *self {
            Self::VERIFY => "VERIFY",
            Self::MANAGE_SECURITY_ENVIRONMENT => "MANAGE SECURITY ENVIRONMENT",
            Self::CHANGE_REFERENCE_DATA => "CHANGE REFERENCE DATA",
            Self::PERFORM_SECURITY_OPERATION => "PERFORM SECURITY OPERATION",
            Self::RESET_RETRY_COUNTER => "RESET RETRY COUNTER",
            Self::SELECT => "SELECT",
            Self::READ_BINARY => "READ BINARY",
            Self::GET_RESPONSE => "GET RESPONSE",
            Self::GET_DATA => "GET DATA",
            Self(other) => return write!(f, "INS {other:02X}"),
        })
    }
}
