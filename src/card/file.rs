//! Reading transparent files: SELECT by path, then READ BINARY (*FINEID S1*, "File access").
//!
//! A card may give fewer bytes than asked for and still say `9000`, and it may refuse a read that
//! reaches past the end. So the length comes from the data itself wherever it has one.

use siru_apdu::conversation::says_absent;
use siru_apdu::select::{FilePath, read_binary, select_path};
use siru_apdu::tlv::Header;
use siru_apdu::{Conversation, ExchangeError, ExpectedLength, StatusWord};

/// The longest directory or information file read, in bytes.
pub const MAX_DIRECTORY: usize = 8 * 1024;
/// The longest certificate read, in bytes.
pub const MAX_CERTIFICATE: usize = 16 * 1024;

/// How much of a file to read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// The one data object the file begins with, and nothing behind it.
    Object,
    /// The first answer of the card, whatever its length.
    Start,
    /// Everything up to the end.
    Whole,
}

/// Reads a file. `None` when there is no such file, or it is longer than `limit` bytes, or the
/// card refuses to give it: in each case there is nothing to go on with.
///
/// # Errors
///
/// [`ExchangeError`] when the card could not be talked to. No try is used in any case.
pub fn read(
    conversation: &mut Conversation<'_>,
    path: &FilePath,
    extent: Extent,
    limit: usize,
) -> Result<Option<Vec<u8>>, ExchangeError> {
    let selected = conversation.repeatable(&select_path(path))?;
    if selected.status != StatusWord::OK {
        if !says_absent(selected.status) {
            log::debug!("{path:?} cannot be selected: {:?}", selected.status);
        }
        return Ok(None);
    }
    let mut content: Vec<u8> = Vec::new();
    let mut wanted = None;
    loop {
        let left = wanted.map(|length: usize| length.saturating_sub(content.len()));
        if left == Some(0) {
            break;
        }
        let expected = left
            .and_then(ExpectedLength::new)
            .unwrap_or(ExpectedLength::MAX);
        let Some(command) = u16::try_from(content.len())
            .ok()
            .and_then(|offset| read_binary(offset, expected))
        else {
            return Ok(None);
        };
        let part = conversation.repeatable(&command)?;
        let ended = part.status == StatusWord::END_OF_FILE;
        if part.status != StatusWord::OK && !ended {
            // Where the end is not known beforehand, a refusal behind what was read is the end.
            if extent == Extent::Whole && !content.is_empty() {
                break;
            }
            log::debug!(
                "{path:?} cannot be read at {}: {:?}",
                content.len(),
                part.status
            );
            return Ok(None);
        }
        let came = part.data.len();
        content.extend_from_slice(&part.data);
        if content.len() > limit {
            return Ok(None);
        }
        if extent == Extent::Object && wanted.is_none() {
            match Header::read(&content) {
                Ok(header) if header.object_length() <= limit => {
                    wanted = Some(header.object_length());
                }
                _ => return Ok(None),
            }
        }
        if ended || came == 0 || extent == Extent::Start {
            break;
        }
    }
    if let Some(length) = wanted {
        if content.len() < length {
            return Ok(None);
        }
        content.truncate(length);
    }
    Ok((!content.is_empty()).then_some(content))
}
