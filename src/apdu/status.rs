//! Status words: the two bytes that end every response (ISO/IEC 7816-4, "Status bytes").

use std::fmt;

/// The two bytes SW1 SW2 exactly as the card sent them.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct StatusWord(pub u16);

/// How many more wrong entries a PIN or PUK takes before it locks. Read from a card, never assumed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TriesLeft(pub u8);

impl StatusWord {
    /// The command was carried out.
    pub const OK: Self = Self(0x9000);
    /// READ BINARY met the end of the file before it had the expected length.
    pub const END_OF_FILE: Self = Self(0x6282);
    /// A verification failed and the card gives no counter.
    pub const VERIFICATION_FAILED: Self = Self(0x6300);
    /// The command's length field is not what the card takes.
    pub const WRONG_LENGTH: Self = Self(0x6700);
    /// What is asked needs a PIN first (or, without contacts, PACE).
    pub const SECURITY_STATUS_NOT_SATISFIED: Self = Self(0x6982);
    /// The PIN or PUK the command refers to is locked.
    pub const AUTHENTICATION_METHOD_BLOCKED: Self = Self(0x6983);
    /// The PIN cannot be used: never activated, or its unblocking counter is used up.
    pub const REFERENCE_DATA_NOT_USABLE: Self = Self(0x6984);
    /// The command does not fit what went before it.
    pub const CONDITIONS_NOT_SATISFIED: Self = Self(0x6985);
    /// The data field is not what the card takes.
    pub const INCORRECT_DATA: Self = Self(0x6A80);
    /// No such file or application.
    pub const FILE_NOT_FOUND: Self = Self(0x6A82);
    /// P1 and P2 ask for something the card does not know.
    pub const INCORRECT_P1_P2: Self = Self(0x6A86);
    /// No such PIN, key or (on some cards) file.
    pub const REFERENCE_DATA_NOT_FOUND: Self = Self(0x6A88);
    /// The offset lies behind the end of the file.
    pub const WRONG_OFFSET: Self = Self(0x6B00);
    /// The instruction is unknown, or unknown before an application is selected.
    pub const INSTRUCTION_NOT_SUPPORTED: Self = Self(0x6D00);

    /// SW1, the first byte.
    pub const fn sw1(self) -> u8 {
        self.0.to_be_bytes()[0]
    }

    /// SW2, the second byte.
    pub const fn sw2(self) -> u8 {
        self.0.to_be_bytes()[1]
    }

    /// The counter in `63Cx`: what was presented was wrong, and so many tries are left.
    pub const fn counter(self) -> Option<TriesLeft> {
        if self.0 & 0xFFF0 == 0x63C0 {
            Some(TriesLeft(self.sw2() & 0x0F))
        } else {
            None
        }
    }

    /// `61xx`: how many response bytes wait for GET RESPONSE (`00` stands for 256 or more).
    pub const fn bytes_waiting(self) -> Option<u8> {
        if self.sw1() == 0x61 {
            Some(self.sw2())
        } else {
            None
        }
    }

    /// `6Cxx`: the expected length the card wants instead (`00` stands for 256).
    pub const fn right_length(self) -> Option<u8> {
        if self.sw1() == 0x6C {
            Some(self.sw2())
        } else {
            None
        }
    }

    /// The standard's words for logs, where it has any. Sentences for people are made elsewhere.
    pub const fn meaning(self) -> Option<&'static str> {
        Some(match self.0 {
            0x9000 => "no further qualification",
            0x6100..=0x61FF => "response bytes still available",
            0x6281 => "part of returned data may be corrupted",
            0x6282 => "end of file reached before reading Ne bytes",
            0x6300 => "verification failed",
            0x63C0..=0x63CF => "verification failed, counter given",
            0x6400..=0x64FF => "execution error, memory unchanged",
            0x6500..=0x65FF => "execution error, memory changed",
            0x6700 => "wrong length",
            0x6881 => "logical channel not supported",
            0x6882 => "secure messaging not supported",
            0x6982 => "security status not satisfied",
            0x6983 => "authentication method blocked",
            0x6984 => "reference data not usable",
            0x6985 => "conditions of use not satisfied",
            0x6986 => "command not allowed",
            0x6988 => "incorrect secure messaging data objects",
            0x6A80 => "incorrect parameters in the command data field",
            0x6A81 => "function not supported",
            0x6A82 => "file or application not found",
            0x6A86 => "incorrect parameters P1-P2",
            0x6A88 => "referenced data or reference data not found",
            0x6B00 => "wrong parameters P1-P2",
            0x6C00..=0x6CFF => "wrong Le field",
            0x6D00 => "instruction code not supported",
            0x6E00 => "class not supported",
            0x6F00 => "no precise diagnosis",
            _ => return None,
        })
    }
}

impl fmt::Display for StatusWord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04X}", self.0)
    }
}

impl fmt::Debug for StatusWord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.meaning() {
            Some(meaning) => write!(f, "{self} ({meaning})"),
            None => write!(f, "{self}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_counter_is_read_from_63cx_and_from_nothing_else() {
        for word in 0..=u16::MAX {
            let expected = (0x63C0..=0x63CF).contains(&word).then_some(word & 0x0F);
            let counter = StatusWord(word).counter().map(|tries| u16::from(tries.0));
            assert_eq!(counter, expected, "{word:04X}");
        }
    }

    #[test]
    fn the_two_bytes_come_back_as_sent() {
        for word in 0..=u16::MAX {
            let status = StatusWord(word);
            assert_eq!(u16::from_be_bytes([status.sw1(), status.sw2()]), word);
        }
    }
}
