//! The directory of a card: which PINs, keys and certificates it has and where they lie.
//!
//! Follows *ISO/IEC 7816-15* (PKCS #15). Each file is read leniently in what it holds beside what
//! is needed, and strictly in its structure; what cannot be understood is left out, never guessed.

mod authentication_object;
mod certificate_object;
mod common;
mod object_directory;
mod private_key;
mod token_info;

pub use authentication_object::PinAttributes;
pub use certificate_object::CertificateObject;
pub use object_directory::ObjectDirectory;
pub use private_key::PrivateKeyObject;
pub use token_info::{SerialNumber, TokenInfo, serial_at_start};
