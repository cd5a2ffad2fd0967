//! What every program of ours asks of the system it runs on.
//!
//! | where | what |
//! |---|---|
//! | [`hardening`] | a typed PIN stays in the process, and nothing foreign comes into it |
//! | [`notice`] | words for the person who started a program that has no window yet |
//! | [`options`] | the options of a program with a window |
//! | `post` | Windows: words from one program of a session to another |
//! | `abi` | Windows: what no other crate asks for safely |
//!
//! The modules that other programs load use nothing of this: a process belongs to its program.

#[cfg(windows)]
mod abi;
pub mod hardening;
pub mod notice;
pub mod options;
#[cfg(windows)]
pub mod post;
