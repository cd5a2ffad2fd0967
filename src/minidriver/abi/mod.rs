//! The functions that Windows calls, and the table in CARD_DATA by which it finds them.
//!
//! Follows *Windows Smart Card Minidriver Specification v7*. Everything that comes in is checked in
//! [`memory`], everything that goes wrong goes out through [`entry`]. CARD_DATA is read and written
//! through raw pointers, field by field: callers of older versions own a shorter one, to which a
//! reference must not exist.
#![expect(unsafe_code, reason = "the C interface of card modules")]
#![expect(non_snake_case, reason = "the names are those of card modules")]

mod acquire;
mod call;
mod entry;
mod files;
mod keys;
mod memory;
mod pins;
mod properties;
#[cfg(test)]
mod tests;
mod unsupported;
#[cfg(all(windows, not(test)))]
mod winscard;

pub use acquire::CardAcquireContext;
