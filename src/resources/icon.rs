//! The icon of programs and installers, made of the pictures in `assets`.

use std::fs::File;
use std::io::{self, BufReader};
use std::path::{Path, PathBuf};

use ico::{IconDir, IconDirEntry, IconImage, ResourceType};

/// The same picture in several sizes.
#[derive(Clone, Debug)]
pub struct Pictures {
    files: Vec<PathBuf>,
}

impl Pictures {
    /// Those of the product.
    pub fn of_product() -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../assets");
        let file = |side: &u32| folder.join(format!("icon-{side}.png"));
        Self {
            files: SIDES.iter().map(file).collect(),
        }
    }

    /// The files, the smallest first.
    pub fn files(&self) -> &[PathBuf] {
        &self.files
    }
}

/// The pictures in one file, as Windows wants it (*ICO*).
///
/// # Errors
///
/// A picture cannot be read.
pub fn icon(pictures: &Pictures) -> io::Result<Vec<u8>> {
    let mut icon = IconDir::new(ResourceType::Icon);
    for file in pictures.files() {
        let image = IconImage::read_png(BufReader::new(File::open(file)?))?;
        // Old parts of Windows read the compressed form of the largest size only.
        let entry = if image.width() < COMPRESSED_FROM {
            IconDirEntry::encode_as_bmp(&image)?
        } else {
            IconDirEntry::encode_as_png(&image)?
        };
        icon.add_entry(entry);
    }
    let mut bytes = Vec::new();
    icon.write(&mut bytes)?;
    Ok(bytes)
}

/// What lists, taskbars and desktops ask for from 100 to 200 percent.
const SIDES: [u32; 6] = [16, 32, 48, 64, 128, 256];

/// In pixels.
const COMPRESSED_FROM: u32 = 256;
