//! Questions about the whole window, asked without a display.

mod certificates;
pub(crate) mod dated;
mod files;
mod flow;
mod help;
mod late;
mod letter;
mod screens;
mod settings;
mod settings_effect;
// With links and the kinds of errors that they bring about.
#[cfg(unix)]
mod settings_files;
mod settings_policy;
mod snapshots;
pub(crate) mod support;
mod window;
mod words;
