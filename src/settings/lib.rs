//! Settings: what the administrator of the machine and the person decided.
//!
//! The machine comes before the person, the person before the default, and the machine's word can
//! be locked. Without a lock it is the default for every person.
//!
//! | where | what |
//! |---|---|
//! | `/etc/siru/config.toml` | the machine's; `locked = ["language", …]` on top |
//! | `~/.config/siru/config.toml` | the person's, as `directories` names it |
//!
//! | key | values |
//! |---|---|
//! | `language` | `"fi"`, `"sv"`, `"en"`; the system's when it is not given |
//! | `window.appearance` | `"system"`, `"light"`, `"dark"`, `"high-contrast"` |
//! | `window.zoom` | percent, 100 to 200 |
//! | `readers.leave-out` | patterns of names; a person adds to the machine's |
//! | `pins.weak` | `"warn"`, `"forbid"` |
//! | `contact.fi`, `.sv`, `.en` | a line that names whom to ask; the machine's file only |
//! | `tray.autostart` | `true`, `false` |
//!
//! A value that makes no sense counts as not given and is reported as a [`Problem`]: a slip in a
//! settings file must never keep somebody from unlocking a PIN. What stands in the files beside
//! these keys, such as the module's section `pkcs11`, belongs to others and is left alone.
#![forbid(unsafe_code)]

pub mod autostart;
mod key;
mod kinds;
mod layer;
mod left_out;
mod pattern;
mod problem;
mod settings;
#[cfg(test)]
mod tests;
mod user_file;

pub use key::Key;
pub use kinds::{Appearance, Contact, WeakPins, Zoom};
pub use left_out::LeftOut;
pub use pattern::Pattern;
pub use problem::{Problem, What};
pub use settings::{Origin, Settings, Value};
pub use user_file::{Change, UserFile, WriteError};
