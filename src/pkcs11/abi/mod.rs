//! The functions that C calls, and the lists by which it finds them.
//!
//! Follows *PKCS #11 v2.40* and, for interfaces, *v3.0*. One file a chapter. Everything that comes
//! in is checked in [`pointer`], everything that goes wrong goes out through [`entry`], and what
//! the calls mean stands in safe code outside this folder.
#![expect(unsafe_code, reason = "the C interface of PKCS #11")]
#![expect(non_snake_case, reason = "the names are those of PKCS #11")]

mod entry;
mod general;
mod instance;
mod interface;
mod object;
mod pointer;
mod session;
mod signing;
mod slot_token;
#[cfg(test)]
mod tests;
mod unsupported;

pub use interface::{C_GetFunctionList, C_GetInterface, C_GetInterfaceList};
