//! Questions about the whole window, asked without a display.

mod flow;
mod late;
mod letter;
mod rasteriser;
mod settings;
mod settings_effect;
// With links and the kinds of errors that they bring about.
#[cfg(unix)]
mod settings_files;
mod snapshots;
pub(crate) mod support;
mod window;
mod words;
