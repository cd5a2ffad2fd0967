//! What IT decides for programs and modules alike: the names of all settings, where Windows keeps
//! them, what the modules need of them, and the log.
//!
//! It is small, because browsers load it inside the PKCS #11 module: the programs' own settings, with
//! the person's file and all kinds of values, are `siru-settings`, which stands on this.
//!
//! | on Windows | what |
//! |---|---|
//! | `HKLM\SOFTWARE\Policies\Siru` | policy for the machine: locked |
//! | `HKCU\SOFTWARE\Policies\Siru` | policy for the person: locked, and weaker |
//! | `HKLM\SOFTWARE\Siru` | the machine's defaults |
//!
//! A section of the settings file is a key there and a name a value, as [`registry`] says. Elsewhere the
//! machine's settings are the file [`MACHINE_FILE`].
#![forbid(unsafe_code)]

mod key;
mod log_file;
mod log_level;
mod module;
pub mod registry;
#[cfg(test)]
mod tests;

pub use key::{Key, Kind};
pub use log_file::LogFile;
pub use log_level::LogLevel;
pub use module::ModuleSettings;

/// Where the machine's settings lie on all systems but Windows.
pub const MACHINE_FILE: &str = "/etc/siru/config.toml";
