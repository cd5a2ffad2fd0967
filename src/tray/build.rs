//! Gives the icon in the tray its icon, version and manifest on Windows.

use siru_resources::{Described, ResourceError, embed};

fn main() -> Result<(), ResourceError> {
    embed(&Described {
        file: "siru-tray.exe",
        description: "Siru, card in the tray",
        is_program: true,
    })
}
