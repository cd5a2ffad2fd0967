//! Settings: what the administrator of the machine and the person decided.
//!
//! The machine comes before the person, the person before the default, and the machine's word can
//! be locked. Without a lock it is the default for every person.
//!
//! | where | what |
//! |---|---|
//! | `/etc/siru/config.toml` | the machine's; `locked = ["language", …]` on top |
//! | `~/.config/siru/config.toml` | the person's, as `directories` names it |
//! | `HKLM\SOFTWARE\Policies\Siru` | Windows: group policy for the machine, locked by being there |
//! | `HKCU\SOFTWARE\Policies\Siru` | Windows: group policy for the person, the same and weaker |
//! | `HKLM\SOFTWARE\Siru` | Windows: the machine's defaults |
//!
//! | key | values |
//! |---|---|
//! | `language` | `"fi"`, `"sv"`, `"en"`; the system's when it is not given |
//! | `window.appearance` | `"system"`, `"light"`, `"dark"`, `"high-contrast"` |
//! | `window.zoom` | percent, 100 to 200 |
//! | `readers.leave-out` | patterns of names; a person adds to the machine's |
//! | `pins.weak` | `"warn"`, `"forbid"` |
//! | `contact.fi`, `.sv`, `.en` | a line that names whom to ask; the machine's alone |
//! | `tray.autostart` | `true`, `false` |
//! | `browser.register` | `true`, `false`; the machine's alone |
//! | `pkcs11.signature-slot`, `pkcs11.last-try-in-login` | `true`, `false`; the machine's alone, for the module |
//! | `log.level` | `"off"`, `"error"`, `"warn"`, `"info"`, `"debug"`; the machine's alone |
//!
//! A value that makes no sense counts as not given and is reported as a [`Problem`]: a slip in a
//! settings file must never keep somebody from unlocking a PIN. A name that is no setting is reported
//! as well, and left alone.
#![forbid(unsafe_code)]

pub mod autostart;
mod kinds;
mod layer;
mod left_out;
mod pattern;
mod problem;
mod settings;
mod sources;
#[cfg(test)]
mod tests;
mod user_file;
mod value;
mod words;

pub use kinds::{Appearance, Contact, WeakPins, Zoom};
pub use left_out::LeftOut;
pub use pattern::Pattern;
pub use problem::{Name, Problem, What};
pub use settings::Settings;
pub use siru_policy::registry::{RegistryKey, RegistryValue};
pub use siru_policy::{Key, Kind, LogFile, LogLevel};
pub use sources::Sources;
pub use user_file::{Change, UserFile, WriteError};
pub use value::{Origin, Plain, Value};
pub use words::Words;
