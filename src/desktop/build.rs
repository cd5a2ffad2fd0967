//! Gives the window its icon, version and manifest on Windows.

use siru_resources::{Described, ResourceError, embed};

fn main() -> Result<(), ResourceError> {
    embed(&Described {
        file: "Siru.exe",
        description: "Siru",
        is_program: true,
    })
}
