//! The pictures in the tray. Each differs from the others in shape, not in colour alone.
//!
//! The drawings lie in `assets/tray`; `render.sh` there makes the pixels of them.

use std::io::Cursor;

/// The files of a picture in these sizes.
macro_rules! files {
    ($name:literal, $($side:literal),+) => {
        [$(include_bytes!(concat!("../../assets/tray/", $name, "-", $side, ".png"))),+]
    };
}

/// In the sizes that panels ask for.
#[cfg(not(windows))]
macro_rules! sizes {
    ($name:literal) => {
        files!($name, 22, 32, 48)
    };
}

/// In those of Windows at 100, 125, 150, 200 and 300 percent.
#[cfg(windows)]
macro_rules! sizes {
    ($name:literal) => {
        files!($name, 16, 20, 24, 32, 48)
    };
}

/// Which picture is shown. A later one outweighs an earlier one when readers differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Picture {
    /// No reader, or nobody who knows of any: an outline, struck through.
    NoReader,
    /// A reader without a card: the outline of a chip.
    Empty,
    /// A card of another kind in a reader, and no other: as [`Trouble`](Self::Trouble).
    Foreign,
    /// A card is ready: the chip in yellow.
    Ready,
    /// A card is ready, and there is something to know: the yellow chip with a warning sign.
    Notice,
    /// A card cannot be used as it is: the outline of a chip, and in it a warning sign.
    Trouble,
}

/// The pixels of a picture in one size.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Pixels {
    /// How many in a row, and how many rows.
    pub side: u32,
    /// Row by row from the top: alpha, red, green, blue.
    pub argb: Vec<u8>,
}

impl Picture {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::NoReader,
        Self::Empty,
        Self::Foreign,
        Self::Ready,
        Self::Notice,
        Self::Trouble,
    ];

    /// The pixels in every size there is, the smallest first.
    pub fn pixels(self) -> Vec<Pixels> {
        self.files()
            .iter()
            .filter_map(|file| decode(file))
            .collect()
    }

    const fn files(self) -> [&'static [u8]; SIZES] {
        match self {
            Self::NoReader => sizes!("no-reader"),
            Self::Empty => sizes!("empty"),
            Self::Ready => sizes!("ready"),
            Self::Notice => sizes!("notice"),
            Self::Foreign | Self::Trouble => sizes!("trouble"),
        }
    }
}

const SIZES: usize = if cfg!(windows) { 5 } else { 3 };

/// The pixels of a file of ours: square, eight bits of red, green, blue and alpha. A test reads
/// every one of them.
fn decode(file: &[u8]) -> Option<Pixels> {
    let mut reader = png::Decoder::new(Cursor::new(file)).read_info().ok()?;
    let mut argb = vec![0; reader.output_buffer_size()?];
    let frame = reader.next_frame(&mut argb).ok()?;
    if frame.color_type != png::ColorType::Rgba || frame.width != frame.height {
        return None;
    }
    argb.truncate(frame.buffer_size());
    for pixel in argb.chunks_exact_mut(4) {
        pixel.rotate_right(1);
    }
    Some(Pixels {
        side: frame.width,
        argb,
    })
}
