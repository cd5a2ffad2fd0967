//! Where programs look for PKCS #11 modules, and putting ours there: p11-kit, Firefox, and
//! Chromium with its relatives. On Windows these are Firefox alone: the others ask Windows.
//!
//! Every one of those files belongs to another program. It is read whole, changed only in the
//! lines that are about our module, replaced at once, and left alone when it is not understood.
//! [`survey`] looks, [`register`] and [`unregister`] change; all three work on a [`Machine`], which
//! tests make of temporary folders.
#![forbid(unsafe_code)]

mod chromium;
mod file;
mod firefox;
mod machine;
mod module;
mod nss;
mod p11_kit;
mod register;
mod registration;
mod running;
mod sandbox;
mod survey;
#[cfg(test)]
mod tests;
mod windows_store;

pub use machine::{Home, Machine};
pub use module::{FILE_NAME, INSTALLED_FOLDER, Module, ModuleError, NAME, WINDOWS_FILE_NAME};
pub use register::{register, unregister};
pub use registration::{
    Change, ChangeError, Changed, Program, ReadError, Registration, Sandbox, Scope, State,
};
pub use survey::survey;
