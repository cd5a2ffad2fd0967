//! The functions of Windows that no other crate asks for safely. Each takes numbers only.
#![expect(unsafe_code, reason = "the C ABI of Windows")]

use std::io;

use windows_sys::Win32::System::Diagnostics::Debug::{
    SEM_FAILCRITICALERRORS, SEM_NOGPFAULTERRORBOX, SEM_NOOPENFILEERRORBOX, SetErrorMode,
};
use windows_sys::Win32::System::ErrorReporting::{WER_FAULT_REPORTING_FLAG_NOHEAP, WerSetFlags};
use windows_sys::Win32::System::LibraryLoader::{
    LOAD_LIBRARY_SEARCH_SYSTEM32, SetDefaultDllDirectories,
};
use windows_sys::Win32::System::RemoteDesktop::ProcessIdToSessionId;

/// Has libraries that are named without a folder come from the system's folder only
/// (`SetDefaultDllDirectories`): not from the current one, nor from those in `PATH`, nor from the
/// program's own.
pub(crate) fn load_from_system_only() -> io::Result<()> {
    // SAFETY: takes a number, and no pointer.
    let done = unsafe { SetDefaultDllDirectories(LOAD_LIBRARY_SEARCH_SYSTEM32) };
    if done == 0 {
        return Err(io::Error::last_os_error());
    }
    Ok(())
}

/// Has a crash end the process without a report (`SetErrorMode`), and keeps the memory out of one
/// that is made all the same (`WerSetFlags`).
pub(crate) fn report_no_memory() -> io::Result<()> {
    // SAFETY: takes a number, and no pointer; what it returns is how it was before.
    unsafe {
        SetErrorMode(SEM_FAILCRITICALERRORS | SEM_NOGPFAULTERRORBOX | SEM_NOOPENFILEERRORBOX);
    }
    // SAFETY: takes a number, and no pointer.
    let result = unsafe { WerSetFlags(WER_FAULT_REPORTING_FLAG_NOHEAP) };
    if result < 0 {
        return Err(io::Error::from_raw_os_error(result));
    }
    Ok(())
}

/// The session of a person at this computer that this process belongs to (`ProcessIdToSessionId`).
pub(crate) fn session() -> io::Result<u32> {
    let mut session = 0;
    // SAFETY: the pointer is to a number of ours that outlives the call.
    let done = unsafe { ProcessIdToSessionId(std::process::id(), &raw mut session) };
    if done == 0 {
        return Err(io::Error::last_os_error());
    }
    Ok(session)
}

#[cfg(test)]
mod tests;
