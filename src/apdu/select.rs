//! Naming applications and files, and the SELECT and READ BINARY commands that reach them.

use std::fmt;

use crate::command::{CommandApdu, ExpectedLength};
use crate::hex::Hex;
use crate::instruction::Instruction;

/// The two bytes that name a file within its directory.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FileId(pub u16);

impl FileId {
    /// The master file, the root of every card.
    pub const MASTER_FILE: Self = Self(0x3F00);
}

impl fmt::Debug for FileId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04X}", self.0)
    }
}

/// A path from the master file, which itself is left out.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct FilePath(Vec<FileId>);

impl FilePath {
    /// The deepest path taken from a card, in files.
    pub const MAX_DEPTH: usize = 8;

    /// A path through `files`; a leading master file is dropped, since SELECT by path starts there.
    pub fn new(files: &[FileId]) -> Self {
        let files = match files {
            [FileId::MASTER_FILE, rest @ ..] => rest,
            all => all,
        };
        Self(files.to_vec())
    }

    /// Reads a path as directories carry it: two bytes a file. `None` for an odd number of bytes,
    /// for nothing, and for a path deeper than [`FilePath::MAX_DEPTH`].
    pub fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (pairs, rest) = bytes.as_chunks::<2>();
        if !rest.is_empty() || pairs.is_empty() || pairs.len() > Self::MAX_DEPTH {
            return None;
        }
        let files: Vec<FileId> = pairs
            .iter()
            .map(|pair| FileId(u16::from_be_bytes(*pair)))
            .collect();
        Some(Self::new(&files))
    }

    /// The path's bytes, two a file, without the master file.
    pub fn to_bytes(&self) -> Vec<u8> {
        self.0
            .iter()
            .flat_map(|file| file.0.to_be_bytes())
            .collect()
    }
}

impl fmt::Debug for FilePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("3F00")?;
        self.0.iter().try_for_each(|file| write!(f, "/{file:?}"))
    }
}

/// The name of an application, 5 to 16 bytes (ISO/IEC 7816-5).
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct ApplicationId(pub &'static [u8]);

impl fmt::Debug for ApplicationId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", Hex(self.0))
    }
}

/// SELECT an application by its name, without asking for anything back.
pub fn select_application(application: ApplicationId) -> CommandApdu {
    CommandApdu::new(Instruction::SELECT, 0x04, 0x0C).data(application.0)
}

/// SELECT a file by its path from the master file, without asking for anything back.
pub fn select_path(path: &FilePath) -> CommandApdu {
    if path.0.is_empty() {
        return CommandApdu::new(Instruction::SELECT, 0x00, 0x0C)
            .data(FileId::MASTER_FILE.0.to_be_bytes());
    }
    CommandApdu::new(Instruction::SELECT, 0x08, 0x0C).data(path.to_bytes())
}

/// READ BINARY of the selected file from `offset` on. `None` past the 15 bits an offset has.
pub fn read_binary(offset: u16, expected: ExpectedLength) -> Option<CommandApdu> {
    let [high, low] = offset.to_be_bytes();
    (high < 0x80).then(|| CommandApdu::new(Instruction::READ_BINARY, high, low).expect(expected))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::channel::Protocol;

    #[test]
    fn the_master_file_is_never_part_of_a_path_field() {
        let path = FilePath::from_bytes(&[0x3F, 0x00, 0x50, 0x16, 0x43, 0x32]);
        let command = select_path(&path.expect("an even number of bytes"));
        assert_eq!(
            *command.to_wire(Protocol::T0),
            [0x00, 0xA4, 0x08, 0x0C, 0x04, 0x50, 0x16, 0x43, 0x32]
        );
    }

    #[test]
    fn odd_empty_and_bottomless_paths_are_refused() {
        for bytes in [
            &[][..],
            &[0x3F][..],
            &[0x50, 0x16, 0x43][..],
            &[0x50; 18][..],
        ] {
            assert_eq!(FilePath::from_bytes(bytes), None);
        }
    }

    #[test]
    fn an_offset_has_fifteen_bits() {
        assert!(read_binary(0x7FFF, ExpectedLength::MAX).is_some());
        assert!(read_binary(0x8000, ExpectedLength::MAX).is_none());
    }
}
