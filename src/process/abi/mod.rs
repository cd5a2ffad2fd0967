//! The functions of Windows that no other crate asks for safely.
#![expect(unsafe_code, reason = "the C ABI of Windows")]

use std::io;
use std::os::windows::io::{AsRawHandle as _, FromRawHandle as _, OwnedHandle};
use std::ptr::null;

use windows_sys::Win32::Foundation::{ERROR_SUCCESS, WAIT_OBJECT_0};
use windows_sys::Win32::System::Diagnostics::Debug::{
    SEM_FAILCRITICALERRORS, SEM_NOGPFAULTERRORBOX, SEM_NOOPENFILEERRORBOX, SetErrorMode,
};
use windows_sys::Win32::System::ErrorReporting::{WER_FAULT_REPORTING_FLAG_NOHEAP, WerSetFlags};
use windows_sys::Win32::System::LibraryLoader::{
    LOAD_LIBRARY_SEARCH_SYSTEM32, SetDefaultDllDirectories,
};
use windows_sys::Win32::System::Registry::{REG_NOTIFY_CHANGE_LAST_SET, RegNotifyChangeKeyValue};
use windows_sys::Win32::System::RemoteDesktop::ProcessIdToSessionId;
use windows_sys::Win32::System::Threading::{CreateEventW, INFINITE, WaitForSingleObject};

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

/// Something to wait for that is over with the first wait (`CreateEventW`, reset by itself).
pub(crate) fn new_event() -> io::Result<OwnedHandle> {
    // SAFETY: no pointer is given; null stands for what is usual, and for no name.
    let event = unsafe { CreateEventW(null(), 0, 0, null()) };
    if event.is_null() {
        return Err(io::Error::last_os_error());
    }
    // SAFETY: the handle was made just now, for nobody else.
    Ok(unsafe { OwnedHandle::from_raw_handle(event) })
}

/// Has `event` happen when a value of the key is set (`RegNotifyChangeKeyValue`), or when this thread
/// ends.
pub(crate) fn notify(key: &windows_registry::Key, event: &OwnedHandle) -> io::Result<()> {
    const ONLY_THIS_KEY: i32 = 0;
    const RETURN_AT_ONCE: i32 = 1;
    // SAFETY: key and event are open as long as they are borrowed. The system counts the event as
    // its own until it has happened, and keeps no pointer.
    let result = unsafe {
        RegNotifyChangeKeyValue(
            key.as_raw(),
            ONLY_THIS_KEY,
            REG_NOTIFY_CHANGE_LAST_SET,
            event.as_raw_handle(),
            RETURN_AT_ONCE,
        )
    };
    match result {
        ERROR_SUCCESS => Ok(()),
        error => Err(io::Error::from_raw_os_error(error.cast_signed())),
    }
}

/// Waits until `event` happens (`WaitForSingleObject`).
pub(crate) fn wait(event: &OwnedHandle) -> io::Result<()> {
    // SAFETY: the event is open as long as it is borrowed.
    match unsafe { WaitForSingleObject(event.as_raw_handle(), INFINITE) } {
        WAIT_OBJECT_0 => Ok(()),
        _ => Err(io::Error::last_os_error()),
    }
}

#[cfg(test)]
mod tests;
