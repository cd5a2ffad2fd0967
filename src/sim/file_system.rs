//! Files: the application root, DF.ESIGN, and what SELECT and READ BINARY do with them.
//!
//! Follows ISO/IEC 7816-4 and FINEID S1: selecting the application makes its root behave as the
//! master file. DF 5015, where older directories say the application lies, is the root again.

use std::collections::BTreeMap;

use crate::encoding::object;
use crate::status;

/// A file identifier.
pub type FileId = u16;

/// What happens when a read asks for more than the file still holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum EndOfFile {
    /// 6Cxx with the rest's length.
    #[default]
    WrongLength,
    /// The rest, and 6282.
    Warning,
    /// 6B00, and nothing.
    OutOfRange,
}

/// The files of a card and which of them is selected.
#[derive(Debug, Clone, Default)]
pub struct FileSystem {
    /// Name of the application; empty on a card that has none.
    pub application: Vec<u8>,
    /// Name under which DF.ESIGN can be selected, where it has one.
    pub signature_name: Option<Vec<u8>>,
    /// What overlong reads get.
    pub end_of_file: EndOfFile,
    /// The status word for a file that is not there.
    pub missing_file: u16,
    root: BTreeMap<FileId, Vec<u8>>,
    signature: BTreeMap<FileId, Vec<u8>>,
    selection: Selection,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Selection {
    application: bool,
    in_signature: bool,
    file: Option<FileId>,
}

/// What a path leads to.
enum Target {
    Master,
    Root,
    Signature,
    File { in_signature: bool, id: FileId },
}

impl FileSystem {
    /// No files, and no application.
    pub fn new(end_of_file: EndOfFile, missing_file: u16) -> Self {
        Self {
            end_of_file,
            missing_file,
            ..Self::default()
        }
    }

    /// Puts a file under the application root.
    pub fn add(&mut self, id: FileId, content: Vec<u8>) {
        self.root.insert(id, content);
    }

    /// Puts a file into DF.ESIGN.
    pub fn add_to_signature(&mut self, id: FileId, content: Vec<u8>) {
        self.signature.insert(id, content);
    }

    /// The content of the file at a path from the root, `[4331]` or `[5016, 4332]`.
    pub fn content(&self, path: &[FileId]) -> Option<&[u8]> {
        match path {
            [id] => self.root.get(id),
            [SIGNATURE, id] => self.signature.get(id),
            _ => None,
        }
        .map(Vec::as_slice)
    }

    /// Sets or removes the file at a path from the root; paths that lead nowhere change nothing.
    pub fn set_content(&mut self, path: &[FileId], content: Option<Vec<u8>>) {
        let (directory, id) = match path {
            [id] => (&mut self.root, id),
            [SIGNATURE, id] => (&mut self.signature, id),
            _ => return,
        };
        match content {
            Some(content) => directory.insert(*id, content),
            None => directory.remove(id),
        };
    }

    /// Forgets what was selected.
    pub fn reset(&mut self) {
        self.selection = Selection::default();
    }

    /// Whether the application was selected since the last reset.
    pub fn application_selected(&self) -> bool {
        self.selection.application
    }

    /// Whether DF.ESIGN is the current directory.
    pub fn in_signature(&self) -> bool {
        self.selection.in_signature
    }

    /// SELECT: gives back the file control information that P2 asks for.
    pub fn select(&mut self, p1: u8, p2: u8, data: &[u8]) -> Result<Vec<u8>, u16> {
        if !matches!(p2, 0x00 | 0x04 | 0x0C) {
            return Err(status::WRONG_PARAMETERS);
        }
        let target = match p1 {
            0x00 | 0x04 if data.is_empty() => Target::Master,
            0x04 => self.by_name(data)?,
            0x00 => match path(data)?.as_slice() {
                [MASTER] => Target::Master,
                [id] => self.child(*id)?,
                _ => return Err(status::WRONG_DATA),
            },
            0x01 | 0x02 => match (path(data)?.as_slice(), p1) {
                ([id], 0x01) if matches!(*id, SIGNATURE | APPLICATION) => self.child(*id)?,
                ([id], 0x02) if !matches!(*id, SIGNATURE | APPLICATION) => self.child(*id)?,
                _ => return Err(self.missing_file),
            },
            0x08 => self.walk(&path(data)?, false)?,
            0x09 => self.walk(&path(data)?, self.selection.in_signature)?,
            _ => return Err(status::WRONG_PARAMETERS),
        };
        Ok(self.enter(&target, p2))
    }

    /// READ BINARY of the selected file. `expected` is 256 when Le is 00.
    pub fn read(&self, p1: u8, p2: u8, expected: usize) -> Result<(Vec<u8>, u16), u16> {
        if p1 & 0x80 != 0 {
            return Err(status::WRONG_PARAMETERS);
        }
        let Selection {
            in_signature, file, ..
        } = self.selection;
        let files = if in_signature {
            &self.signature
        } else {
            &self.root
        };
        let content = file
            .and_then(|id| files.get(&id))
            .ok_or(status::NO_CURRENT_FILE)?;
        let offset = usize::from(u16::from_be_bytes([p1, p2]));
        let rest = content
            .get(offset..)
            .filter(|rest| !rest.is_empty())
            .ok_or(status::OUT_OF_RANGE)?;
        if expected == 256 {
            return Ok((start(rest, OPEN_READ), status::OK));
        }
        if expected <= rest.len() {
            return Ok((start(rest, expected.min(LONGEST_READ)), status::OK));
        }
        match self.end_of_file {
            EndOfFile::WrongLength => Err(status::wrong_expected_length(rest.len())),
            EndOfFile::Warning => Ok((rest.to_vec(), status::END_OF_FILE)),
            EndOfFile::OutOfRange => Err(status::OUT_OF_RANGE),
        }
    }

    fn by_name(&mut self, name: &[u8]) -> Result<Target, u16> {
        if !self.application.is_empty() && name == self.application.as_slice() {
            return Ok(Target::Root);
        }
        if self.selection.application
            && self
                .signature_name
                .as_deref()
                .is_some_and(|signature| signature == name)
        {
            return Ok(Target::Signature);
        }
        Err(status::FILE_NOT_FOUND)
    }

    fn child(&self, id: FileId) -> Result<Target, u16> {
        self.walk(&[id], self.selection.in_signature)
    }

    /// Follows a path. The master file is where a path from it begins, so it is never part of one.
    fn walk(&self, path: &[FileId], from_signature: bool) -> Result<Target, u16> {
        if self.application.is_empty() {
            return Err(self.missing_file);
        }
        let mut opened = self.selection.application;
        let mut in_signature = from_signature;
        let mut steps = path.iter().copied().peekable();
        while let Some(step) = steps.next() {
            let last = steps.peek().is_none();
            match step {
                APPLICATION => {
                    in_signature = false;
                    opened = true;
                    if last {
                        return Ok(Target::Root);
                    }
                }
                SIGNATURE if opened && !in_signature => {
                    in_signature = true;
                    if last {
                        return Ok(Target::Signature);
                    }
                }
                id if last && (opened || BEFORE_APPLICATION.contains(&id)) => {
                    let files = if in_signature {
                        &self.signature
                    } else {
                        &self.root
                    };
                    if files.contains_key(&id) {
                        return Ok(Target::File { in_signature, id });
                    }
                    return Err(self.missing_file);
                }
                _ => return Err(self.missing_file),
            }
        }
        Err(self.missing_file)
    }

    fn enter(&mut self, target: &Target, p2: u8) -> Vec<u8> {
        let directory = object(&[0x82], &[0x38]);
        let content = match target {
            // Within the application its root stands for the master file; the master file does not
            // open the application.
            Target::Master => {
                self.selection.in_signature = false;
                self.selection.file = None;
                [directory, object(&[0x83], &MASTER.to_be_bytes())].concat()
            }
            Target::Root => {
                self.selection = Selection {
                    application: true,
                    in_signature: false,
                    file: None,
                };
                [directory, object(&[0x84], &self.application)].concat()
            }
            Target::Signature => {
                self.selection = Selection {
                    application: true,
                    in_signature: true,
                    file: None,
                };
                [directory, object(&[0x83], &SIGNATURE.to_be_bytes())].concat()
            }
            Target::File { in_signature, id } => {
                let opened = self.selection.application || !BEFORE_APPLICATION.contains(id);
                self.selection = Selection {
                    application: opened,
                    in_signature: *in_signature,
                    file: Some(*id),
                };
                let files = if *in_signature {
                    &self.signature
                } else {
                    &self.root
                };
                let length = files.get(id).map_or(0, Vec::len);
                let size = u16::try_from(length).unwrap_or(u16::MAX).to_be_bytes();
                if p2 == 0x04 {
                    // The traced cards say the size in their FCP, and nothing else.
                    object(&[0x81], &size)
                } else {
                    [
                        object(&[0x80], &size),
                        object(&[0x82], &[0x01]),
                        object(&[0x83], &id.to_be_bytes()),
                    ]
                    .concat()
                }
            }
        };
        match p2 {
            0x00 => object(&[0x6F], &content),
            0x04 => object(&[0x62], &content),
            _ => Vec::new(),
        }
    }
}

fn path(data: &[u8]) -> Result<Vec<FileId>, u16> {
    let (identifiers, odd) = data.as_chunks::<2>();
    if identifiers.is_empty() || !odd.is_empty() {
        return Err(status::WRONG_LENGTH);
    }
    Ok(identifiers
        .iter()
        .map(|bytes| u16::from_be_bytes(*bytes))
        .collect())
}

fn start(bytes: &[u8], length: usize) -> Vec<u8> {
    bytes.iter().copied().take(length).collect()
}

const MASTER: FileId = 0x3F00;
const APPLICATION: FileId = 0x5015;
const SIGNATURE: FileId = 0x5016;

/// EF.DIR, EF.ATR and EF.CardAccess belong to the master file itself.
const BEFORE_APPLICATION: [FileId; 3] = [0x2F00, 0x2F01, 0x011C];

/// What the traced cards give for Le = 00, again and again.
const OPEN_READ: usize = 181;

/// The longest answer to a read with a length.
const LONGEST_READ: usize = 231;
