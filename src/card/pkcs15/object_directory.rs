//! EF.OD: where the directory files lie (ISO/IEC 7816-15, `CIOChoice`).

use siru_apdu::select::FilePath;
use siru_apdu::tlv::DataObjects;

use super::common::{SEQUENCE, path};

/// The paths a card gives for its directory files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ObjectDirectory {
    /// EF.AOD files.
    pub authentication_objects: Vec<FilePath>,
    /// EF.PrKD files.
    pub private_keys: Vec<FilePath>,
    /// EF.CD files: own, trusted and useful certificates.
    pub certificates: Vec<FilePath>,
}

impl ObjectDirectory {
    /// The most files of one kind followed.
    const MAX_FILES: usize = 16;

    /// Reads a whole EF.OD. What cannot be understood is left out.
    pub fn parse(content: &[u8]) -> Self {
        let mut directory = Self::default();
        let Ok(objects) = DataObjects::parse_file(content) else {
            return directory;
        };
        for object in objects.iter() {
            let files = match object.tag() {
                0xA0 => &mut directory.private_keys,
                0xA4..=0xA6 => &mut directory.certificates,
                0xA8 => &mut directory.authentication_objects,
                _ => continue,
            };
            if let Some(path) = object.find(SEQUENCE).and_then(path)
                && files.len() < Self::MAX_FILES
            {
                files.push(path);
            }
        }
        directory
    }
}

#[cfg(test)]
mod tests {
    use siru_apdu::select::FileId;

    use super::*;

    #[test]
    fn each_pointer_goes_where_its_tag_says() {
        let content = [
            0xA8, 0x06, 0x30, 0x04, 0x04, 0x02, 0x44, 0x01, 0xA0, 0x06, 0x30, 0x04, 0x04, 0x02,
            0x44, 0x02, 0xA4, 0x08, 0x30, 0x06, 0x04, 0x04, 0x3F, 0x00, 0x44, 0x03, 0xA1, 0x02,
            0x30, 0x00, 0x00, 0x00,
        ];
        let directory = ObjectDirectory::parse(&content);
        assert_eq!(
            directory.authentication_objects,
            [FilePath::new(&[FileId(0x4401)])]
        );
        assert_eq!(directory.private_keys, [FilePath::new(&[FileId(0x4402)])]);
        assert_eq!(directory.certificates, [FilePath::new(&[FileId(0x4403)])]);
    }

    #[test]
    fn nonsense_is_an_empty_directory() {
        assert_eq!(
            ObjectDirectory::parse(&[0x30, 0x80]),
            ObjectDirectory::default()
        );
    }
}
