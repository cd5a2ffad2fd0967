//! The status words the simulated card answers with, as ISO/IEC 7816-4 and the card's traces give them.
//!
//! Written out here and shared with nobody, so that a wrong constant elsewhere turns a test red.

/// Done.
pub const OK: u16 = 0x9000;
/// The file ended before Le bytes were read.
pub const END_OF_FILE: u16 = 0x6282;
/// Wrong secret; the low nibble carries the tries left.
pub const WRONG_SECRET: u16 = 0x63C0;
/// Lc, Le or the whole command has the wrong length.
pub const WRONG_LENGTH: u16 = 0x6700;
/// Logical channels and secure messaging are not offered.
pub const SECURE_MESSAGING_NOT_SUPPORTED: u16 = 0x6882;
/// Command chaining is not offered.
pub const CHAINING_NOT_SUPPORTED: u16 = 0x6884;
/// The PIN was not presented.
pub const SECURITY_STATUS_NOT_SATISFIED: u16 = 0x6982;
/// The secret is blocked.
pub const BLOCKED: u16 = 0x6983;
/// The secret has no value yet.
pub const NOT_USABLE: u16 = 0x6984;
/// The command came in the wrong order or form.
pub const CONDITIONS_NOT_SATISFIED: u16 = 0x6985;
/// No file is selected.
pub const NO_CURRENT_FILE: u16 = 0x6986;
/// The data field is wrong.
pub const WRONG_DATA: u16 = 0x6A80;
/// No such file or application.
pub const FILE_NOT_FOUND: u16 = 0x6A82;
/// P1 or P2 is wrong.
pub const WRONG_PARAMETERS: u16 = 0x6A86;
/// No such PIN, key or data object.
pub const REFERENCE_NOT_FOUND: u16 = 0x6A88;
/// The offset lies outside the file.
pub const OUT_OF_RANGE: u16 = 0x6B00;
/// The instruction is unknown, or not known before the application is selected.
pub const UNKNOWN_INSTRUCTION: u16 = 0x6D00;
/// The class is unknown.
pub const UNKNOWN_CLASS: u16 = 0x6E00;

/// `61xx`: `length` bytes wait for GET RESPONSE.
pub fn bytes_available(length: usize) -> u16 {
    0x6100 | low_byte(length)
}

/// `6Cxx`: the command is right but for Le, which should be `length`.
pub fn wrong_expected_length(length: usize) -> u16 {
    0x6C00 | low_byte(length)
}

/// `63Cx`: wrong secret, `tries` left.
pub fn tries_left(tries: u8) -> u16 {
    WRONG_SECRET | u16::from(tries.min(0x0F))
}

/// 256 and more are written as 00, as ISO/IEC 7816-4 asks.
fn low_byte(length: usize) -> u16 {
    u16::try_from(length)
        .ok()
        .filter(|length| *length < 0x100)
        .unwrap_or(0)
}
