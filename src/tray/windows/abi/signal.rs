//! An event object with a name: whoever makes it first has the name, and everybody who knows the name
//! can set it.

use std::io;
use std::os::windows::io::{AsRawHandle, FromRawHandle, OwnedHandle};
use std::ptr::null;

use windows_sys::Win32::Foundation::{
    ERROR_ALREADY_EXISTS, ERROR_SUCCESS, GetLastError, SetLastError, WAIT_OBJECT_0,
};
use windows_sys::Win32::System::Threading::{
    CreateEventW, INFINITE, SetEvent, WaitForSingleObject,
};

use super::wide;

/// The event object. It is there as long as anybody has it.
pub(crate) struct Signal(OwnedHandle);

impl Signal {
    /// Makes the event object `name`, and says whether this is a new one.
    ///
    /// # Errors
    ///
    /// Windows refuses it: the name belongs to a program with more rights, for one.
    pub(crate) fn create(name: &str) -> io::Result<(Self, bool)> {
        let name = wide(name);
        // SAFETY: the name is UTF-16 with an end and lives until the call is over; there are no
        // security attributes. The other two functions know nothing of memory.
        let (handle, state) = unsafe {
            SetLastError(ERROR_SUCCESS);
            (CreateEventW(null(), 0, 0, name.as_ptr()), GetLastError())
        };
        if handle.is_null() {
            return Err(io::Error::last_os_error());
        }
        // SAFETY: CreateEventW gave this handle to nobody else, and CloseHandle ends it.
        let handle = unsafe { OwnedHandle::from_raw_handle(handle) };
        Ok((Self(handle), state != ERROR_ALREADY_EXISTS))
    }

    /// Waits until it is set, and takes that back.
    ///
    /// # Errors
    ///
    /// Windows does not let it be waited for.
    pub(crate) fn wait(&self) -> io::Result<()> {
        // SAFETY: the handle is open as long as `self` is there.
        match unsafe { WaitForSingleObject(self.0.as_raw_handle(), INFINITE) } {
            WAIT_OBJECT_0 => Ok(()),
            _ => Err(io::Error::last_os_error()),
        }
    }

    /// Sets it, so that a wait ends.
    ///
    /// # Errors
    ///
    /// Windows does not let it be set.
    pub(crate) fn set(&self) -> io::Result<()> {
        // SAFETY: the handle is open as long as `self` is there.
        match unsafe { SetEvent(self.0.as_raw_handle()) } {
            0 => Err(io::Error::last_os_error()),
            _ => Ok(()),
        }
    }
}
