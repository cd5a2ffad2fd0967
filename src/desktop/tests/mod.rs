//! Questions about the whole window, asked without a display.

mod certificates;
pub(crate) mod dated;
mod files;
mod flow;
mod help;
mod late;
mod letter;
mod screens;
mod snapshots;
pub(crate) mod support;
mod window;
mod words;
