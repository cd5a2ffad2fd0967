//! Gives the command its icon, version and manifest on Windows.

use siru_resources::{Described, ResourceError, embed};

fn main() -> Result<(), ResourceError> {
    embed(&Described {
        file: "siru.exe",
        description: "Siru, command line",
        is_program: true,
    })
}
