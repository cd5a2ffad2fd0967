//! The card's files as far as they were read, and what may be written of them.

use std::collections::HashMap;
use std::ops::Range;

use siru_apdu::Instruction;

use super::answers::Answer;
use super::der::{Content, content, holds_a_name, names_a_test_authority};
use super::recording::CertificateBody;

/// Which file a READ BINARY reads: how it was selected.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) enum FileKey {
    /// P1 and data of the SELECT.
    Selected(u8, Vec<u8>),
    /// The short identifier in P1 of the READ BINARY.
    Short(u8),
    /// Nothing was selected within the recording.
    Unknown,
}

/// Where the data of a READ BINARY lies in its file.
pub(super) struct Extent {
    pub(super) file: FileKey,
    pub(super) offset: usize,
}

/// A file as far as it was read from its beginning.
pub(super) struct CardFile {
    pub(super) bytes: Vec<u8>,
    pub(super) kind: FileKind,
}

/// What may be written of a file.
pub(super) enum FileKind {
    /// A certificate by a TEST authority: kept as a file of its own.
    TestCertificate(CertificateBody),
    /// Any other certificate: nothing but its length.
    PersonalCertificate,
    /// General information, all but the serial number.
    CardInfo { serial: Range<usize> },
    /// A directory or the like; everything.
    Plain,
    /// Something with a person's name in it, or of which the beginning was not read: nothing.
    Opaque,
}

/// Everything read from a card.
pub(super) struct CardFiles {
    files: HashMap<FileKey, CardFile>,
    /// For each answer to a READ BINARY, by its place among the answers.
    extents: HashMap<usize, Extent>,
}

impl CardFiles {
    /// Puts the pieces together.
    pub(super) fn assemble(answers: &[Answer<'_>]) -> Self {
        let mut selected = FileKey::Unknown;
        let mut extents = HashMap::new();
        let mut contents: HashMap<FileKey, Vec<(usize, &[u8])>> = HashMap::new();
        for (index, answer) in answers.iter().enumerate() {
            let [p1, p2] = answer.command.parameters();
            match Instruction(answer.command.instruction()) {
                Instruction::SELECT if answer.succeeded => {
                    selected = FileKey::Selected(p1, answer.command.plain().to_vec());
                }
                Instruction::READ_BINARY => {
                    let (file, offset) = if p1 & 0x80 == 0 {
                        (selected.clone(), u16::from_be_bytes([p1, p2]))
                    } else {
                        selected = FileKey::Short(p1);
                        (selected.clone(), u16::from(p2))
                    };
                    let offset = usize::from(offset);
                    contents
                        .entry(file.clone())
                        .or_default()
                        .push((offset, &answer.data));
                    extents.insert(index, Extent { file, offset });
                }
                _ => {}
            }
        }
        let files = contents
            .into_iter()
            .map(|(key, pieces)| {
                let bytes = joined(pieces);
                let kind = kind(&key, &bytes);
                (key, CardFile { bytes, kind })
            })
            .collect();
        Self { files, extents }
    }

    /// The file an answer is a part of, and where that part begins.
    pub(super) fn of(&self, answer: usize) -> Option<(&CardFile, usize)> {
        let extent = self.extents.get(&answer)?;
        let file = self.files.get(&extent.file)?;
        Some((file, extent.offset))
    }

    /// The serial number of the card, if it was read.
    pub(super) fn serial(&self) -> Option<&[u8]> {
        self.files.values().find_map(|file| match &file.kind {
            FileKind::CardInfo { serial } => file.bytes.get(serial.clone()),
            _ => None,
        })
    }

    /// The certificates that may be kept, ordered by their paths.
    pub(super) fn bodies(&self) -> Vec<CertificateBody> {
        let mut bodies: Vec<CertificateBody> = self
            .files
            .values()
            .filter_map(|file| match &file.kind {
                FileKind::TestCertificate(body) => Some(body.clone()),
                _ => None,
            })
            .collect();
        bodies.sort_by(|one, two| one.path.cmp(&two.path));
        bodies
    }

    /// Whether a person may stand behind the card: something on it was not issued for tests.
    pub(super) fn is_personal(&self) -> bool {
        self.files
            .values()
            .any(|file| matches!(file.kind, FileKind::PersonalCertificate | FileKind::Opaque))
    }
}

/// The bytes from the beginning of a file up to the first gap.
fn joined(mut pieces: Vec<(usize, &[u8])>) -> Vec<u8> {
    pieces.sort_by_key(|(offset, _)| *offset);
    let mut bytes: Vec<u8> = Vec::new();
    for (offset, piece) in pieces {
        match bytes.len().checked_sub(offset) {
            Some(known) => bytes.extend(piece.iter().skip(known)),
            None => break,
        }
    }
    bytes
}

fn kind(key: &FileKey, bytes: &[u8]) -> FileKind {
    match content(bytes) {
        Content::CardInfo { serial } if !holds_a_name(bytes) => FileKind::CardInfo { serial },
        Content::Certificate {
            issuer: Some(issuer),
        } if names_a_test_authority(bytes, issuer.clone()) => {
            FileKind::TestCertificate(CertificateBody {
                path: body_path(key, bytes),
                bytes: bytes.to_vec(),
            })
        }
        Content::Certificate { .. } => FileKind::PersonalCertificate,
        _ if holds_a_name(bytes) => FileKind::Opaque,
        _ => FileKind::Plain,
    }
}

/// `certs/50164332-1A2B3C4D.der`: the file's identifiers and a checksum, so that two recordings in
/// one folder do not overwrite each other's certificates.
fn body_path(key: &FileKey, bytes: &[u8]) -> String {
    let file = match key {
        FileKey::Selected(_, data) => data.iter().fold(String::new(), |mut text, byte| {
            text.push_str(&format!("{byte:02X}"));
            text
        }),
        FileKey::Short(p1) => format!("short-{:02X}", p1 & 0x1F),
        FileKey::Unknown => "unknown".to_owned(),
    };
    // FNV-1a
    let sum = bytes.iter().fold(0x811C_9DC5_u32, |sum, byte| {
        (sum ^ u32::from(*byte)).wrapping_mul(0x0100_0193)
    });
    format!("certs/{file}-{sum:08X}.der")
}
