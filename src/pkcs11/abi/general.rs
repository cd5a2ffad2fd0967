//! General-purpose functions (*PKCS #11 v2.40* §5.4).

use std::ffi::c_void;
use std::sync::Arc;

use cryptoki_sys::{CK_C_INITIALIZE_ARGS, CK_INFO, CK_RV, CK_VERSION, CKF_OS_LOCKING_OK};

use super::entry::entry;
use super::instance;
use super::pointer::{padded, read, write};
use crate::error::Error;
use crate::module::Module;
use crate::settings::{self, Settings};
use crate::source::PcscSource;

/// Begins. Nobody is asked anything and no thread is started: browsers wait for this.
///
/// # Safety
///
/// `arguments` is null or leads to a `CK_C_INITIALIZE_ARGS`.
pub(super) unsafe extern "C" fn C_Initialize(arguments: *mut c_void) -> CK_RV {
    entry("C_Initialize", || {
        if !arguments.is_null() {
            // SAFETY: not null, so it leads to the arguments, by the caller's promise.
            check_locking(unsafe { read(arguments.cast::<CK_C_INITIALIZE_ARGS>()) }?)?;
        }
        instance::begin(|| {
            let settings = Settings::of_machine();
            settings::begin_log(&settings);
            Module::new(Arc::new(PcscSource), settings)
        })
    })
}

/// The system's locks are used, which every host allows; one that offers only its own cannot be
/// served. That no thread may be started is no restriction.
fn check_locking(arguments: CK_C_INITIALIZE_ARGS) -> Result<(), Error> {
    if !arguments.pReserved.is_null() {
        return Err(Error::ArgumentsBad);
    }
    // On Windows the structure is packed: its fields are copied before anything refers to them.
    let given = [
        { arguments.CreateMutex }.is_some(),
        { arguments.DestroyMutex }.is_some(),
        { arguments.LockMutex }.is_some(),
        { arguments.UnlockMutex }.is_some(),
    ];
    match (given, arguments.flags & CKF_OS_LOCKING_OK != 0) {
        ([false, false, false, false], _) | ([true, true, true, true], true) => Ok(()),
        ([true, true, true, true], false) => Err(Error::CantLock),
        _ => Err(Error::ArgumentsBad),
    }
}

/// Ends: whoever waits is woken, and no card is left with a verified PIN.
///
/// # Safety
///
/// The pointer is not followed.
pub(super) unsafe extern "C" fn C_Finalize(reserved: *mut c_void) -> CK_RV {
    entry("C_Finalize", || {
        if !reserved.is_null() {
            return Err(Error::ArgumentsBad);
        }
        instance::end()?.finish();
        Ok(())
    })
}

/// Tells about the library.
///
/// # Safety
///
/// `info` is null or leads to room for a `CK_INFO`.
pub(super) unsafe extern "C" fn C_GetInfo(info: *mut CK_INFO) -> CK_RV {
    entry("C_GetInfo", || {
        instance::module()?;
        let told = CK_INFO {
            cryptokiVersion: CK_VERSION {
                major: 2,
                minor: 40,
            },
            manufacturerID: padded("Siru"),
            flags: 0,
            libraryDescription: padded("Siru PKCS #11 module"),
            libraryVersion: library_version(),
        };
        // SAFETY: the caller's promise above.
        unsafe { write(info, told) }
    })
}

/// The library's version, as far as two bytes tell it.
fn library_version() -> CK_VERSION {
    let part = |text: &str| text.parse().unwrap_or_default();
    CK_VERSION {
        major: part(env!("CARGO_PKG_VERSION_MAJOR")),
        minor: part(env!("CARGO_PKG_VERSION_MINOR")),
    }
}
