//! The PKCS #11 module.
