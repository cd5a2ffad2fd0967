//! The file system that Windows expects on a card (*Windows Smart Card Minidriver Specification v7*,
//! "File system requirements"), made of what the card has. Nobody writes to it.

use cms::content_info::ContentInfo;
use der::{Decode, Encode};
use x509_cert::Certificate;

use crate::context::Minidriver;
use crate::digest::{self, Purpose};
use crate::error::Error;

/// A directory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Directory {
    Root,
    Mscp,
}

impl Directory {
    fn named(name: &str) -> Result<Self, Error> {
        match name {
            "" => Ok(Self::Root),
            name if name.eq_ignore_ascii_case("mscp") => Ok(Self::Mscp),
            _ => Err(Error::DirectoryNotFound),
        }
    }
}

impl Minidriver {
    /// `CardReadFile`: the whole content of a file.
    ///
    /// # Errors
    ///
    /// [`Error::DirectoryNotFound`] and [`Error::FileNotFound`].
    pub fn read_file(&mut self, directory: &str, file: &str) -> Result<Vec<u8>, Error> {
        let file = file.to_ascii_lowercase();
        match (Directory::named(directory)?, file.as_str()) {
            (Directory::Root, "cardid") => Ok(self.card_identifier().to_vec()),
            (Directory::Root, "cardcf") => Ok(FRESHNESS.to_vec()),
            (Directory::Root, "cardapps") => Ok(b"mscp\0\0\0\0".to_vec()),
            (Directory::Mscp, "cmapfile") => self.container_map(),
            (Directory::Mscp, "ksc00") => Ok(self.identity()?.certificate.to_vec()),
            (Directory::Mscp, "msroots") => self.authority_message()?.ok_or(Error::FileNotFound),
            _ => Err(Error::FileNotFound),
        }
    }

    /// `CardEnumFiles`: the names in a directory, each ended by a zero, and one more at the end.
    ///
    /// # Errors
    ///
    /// [`Error::DirectoryNotFound`].
    pub fn file_names(&mut self, directory: &str) -> Result<Vec<u8>, Error> {
        let mut names = match Directory::named(directory)? {
            Directory::Root => b"cardid\0cardcf\0cardapps\0".to_vec(),
            Directory::Mscp => b"cmapfile\0ksc00\0".to_vec(),
        };
        let in_mscp = Directory::named(directory)? == Directory::Mscp;
        if in_mscp && self.authority_message()?.is_some() {
            names.extend_from_slice(b"msroots\0");
        }
        names.push(0);
        Ok(names)
    }

    /// Sixteen bytes by which Windows tells this card from every other.
    pub fn card_identifier(&self) -> [u8; 16] {
        digest::identifier(Purpose::Card, &self.serial())
    }

    /// The certificates of the authorities as a PKCS #7 message that carries nothing else (RFC 5652,
    /// §5.1). `None` when the card has none.
    fn authority_message(&mut self) -> Result<Option<Vec<u8>>, Error> {
        let certificates: Vec<Certificate> = self
            .authorities()?
            .iter()
            .filter_map(|found| Certificate::from_der(&found.der).ok())
            .collect();
        if certificates.is_empty() {
            return Ok(None);
        }
        let message = ContentInfo::try_from(certificates).and_then(|message| message.to_der());
        message.map(Some).map_err(|error| {
            log::warn!("the authorities' certificates make no message: {error}");
            Error::Communication
        })
    }
}

/// `cardcf`: version 1 of the file, and the counters of changes, which stay 0 on a card that nobody
/// writes to. A renewed certificate comes on another card, with another identifier.
const FRESHNESS: [u8; 6] = [1, 0, 0, 0, 0, 0];
