//! Gives the PKCS #11 module its version on Windows.

use siru_resources::{Described, ResourceError, embed};

fn main() -> Result<(), ResourceError> {
    embed(&Described {
        file: "siru_pkcs11.dll",
        description: "Siru, PKCS #11 module",
        is_program: false,
    })
}
