//! The desktop program: every card in every reader, and its PINs.
//!
//! | where | what |
//! |---|---|
//! | [`model`] | what the window knows, and how every message changes it; no drawing |
//! | [`view`] | draws the model and says what the person did |
//! | [`worker`] | the threads that wait for readers and talk to cards |
//! | [`calendar`], [`export`] | files that a person saves |
//! | [`app`] | joins the three, inside a native window |
//! | [`drawing`] | what draws the window, and what else can |
//! | [`keyboard`] | keeps what is typed ahead for the field it was meant for |
//! | [`store`] | where settings come from and go to |
//! | [`instance`] | keeps it one window, however often the program is started |
//! | [`widget`], [`theme`] | the pieces of the view, and their look as data |
//!
//! Nothing is polled: a thread blocks until the smart card service reports something, and wakes the
//! window. A window that nobody touches draws nothing.
#![forbid(unsafe_code)]

pub mod app;
pub mod appearance;
pub mod calendar;
pub mod drawing;
pub mod export;
pub mod instance;
pub mod keyboard;
pub mod model;
pub mod options;
pub mod store;
#[cfg(test)]
pub(crate) mod tests;
pub mod theme;
pub mod view;
pub mod widget;
pub mod words;
pub mod worker;
