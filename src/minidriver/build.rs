//! Gives the card module its version on Windows.

use siru_resources::{Described, ResourceError, embed};

fn main() -> Result<(), ResourceError> {
    embed(&Described {
        file: "siru_minidriver.dll",
        description: "Siru, smart card minidriver",
        is_program: false,
    })
}
