//! Registration of the module with browsers.
#![forbid(unsafe_code)]
