//! The log-in test.
#![forbid(unsafe_code)]
