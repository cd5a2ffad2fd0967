//! The PKCS #11 module, loaded into this process as a browser loads it: by its path.

mod answer;
mod key;
mod token;

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use cryptoki::context::{CInitializeArgs, CInitializeFlags, Pkcs11};
use siru_browser::{Machine, Module};
use siru_card::Pin;

pub use answer::ModuleAnswer;
pub(crate) use key::TokenKey;
pub(crate) use token::Token;

use crate::verdict::BrokenLink;
use answer::{Doing, broken};

/// The module that belongs to this program, or where it would be if it were there.
pub fn module_path(machine: &Machine) -> PathBuf {
    let module = Module::of(machine).or_else(|_| Module::expected(machine));
    match module {
        Ok(module) => module.path().to_path_buf(),
        Err(_) if cfg!(windows) => PathBuf::from(siru_browser::WINDOWS_FILE_NAME),
        Err(_) => PathBuf::from(siru_browser::FILE_NAME),
    }
}

/// A module between C_Initialize and C_Finalize. Keys of it are dropped first.
pub(crate) struct Loaded {
    context: Pkcs11,
    // A module knows one initialisation for the whole process: tests wait for each other.
    _alone: MutexGuard<'static, ()>,
}

impl Loaded {
    /// Loads the module at `path` and initialises it with the flags that browsers give.
    pub fn load(path: &Path) -> Result<Self, BrokenLink> {
        if !path.is_file() {
            return Err(BrokenLink::NoModule);
        }
        // The loader looks a bare name up elsewhere.
        let path = std::path::absolute(path).map_err(|_| BrokenLink::NoModule)?;
        let alone = ALONE.lock().unwrap_or_else(PoisonError::into_inner);
        let context = Pkcs11::new(path).map_err(|error| {
            log::warn!("the module cannot be loaded: {error}");
            BrokenLink::ModuleUnusable
        })?;
        let flags =
            CInitializeFlags::OS_LOCKING_OK | CInitializeFlags::LIBRARY_CANT_CREATE_OS_THREADS;
        context
            .initialize(CInitializeArgs::new(flags))
            .map_err(|error| broken(Doing::Beginning, &error))?;
        Ok(Self {
            context,
            _alone: alone,
        })
    }

    /// The token that is meant: the one that shows the certificate `seen`, or the only one there is.
    pub fn token(&self, seen: Option<&[u8]>) -> Result<Token, BrokenLink> {
        token::find(&self.context, seen)
    }

    /// The certificates of authorities on all tokens.
    pub fn authorities(&self) -> Result<Vec<Vec<u8>>, BrokenLink> {
        token::authorities(&self.context)
    }

    /// Logs in to `token` with PIN1 and hands its key out.
    pub fn log_in(&self, token: &Token, pin: Pin) -> Result<TokenKey, BrokenLink> {
        TokenKey::log_in(&self.context, token, pin)
    }
}

impl Drop for Loaded {
    fn drop(&mut self) {
        if let Err(error) = self.context.clone().finalize() {
            log::warn!("the module does not end: {error}");
        }
    }
}

static ALONE: Mutex<()> = Mutex::new(());
