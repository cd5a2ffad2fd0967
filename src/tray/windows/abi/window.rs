//! A window that is never seen, and the messages of a thread.

use std::cell::RefCell;
use std::io;
use std::ptr::{null, null_mut};
use std::rc::Rc;

use windows_sys::Win32::Foundation::{HWND, LPARAM, LRESULT, WPARAM};
use windows_sys::Win32::System::LibraryLoader::GetModuleHandleW;
use windows_sys::Win32::UI::WindowsAndMessaging::{
    CreateWindowExW, DefWindowProcW, DestroyWindow, DispatchMessageW, GetMessageW,
    GetSystemMetrics, MSG, PostMessageW, PostQuitMessage, RegisterClassW, SM_CXSMICON,
    TranslateMessage, WM_APP, WM_CLOSE, WM_DESTROY, WM_ENDSESSION, WNDCLASSW, WS_EX_TOOLWINDOW,
    WS_OVERLAPPED,
};

use super::wide;

/// What the window is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Message {
    /// Another thread of this program has something.
    News,
    /// The session ends, or an installer wants this program to; when this was heard, the process may
    /// be ended at any time.
    Ending,
}

/// The window. It belongs to the thread that made it.
pub(crate) struct HiddenWindow(HWND);

impl HiddenWindow {
    /// Makes a window of the class `class`. `listener` hears its messages from then on.
    ///
    /// Only a window of the desktop's own level hears what is told to all.
    ///
    /// # Errors
    ///
    /// There is no desktop, or this thread has such a window.
    pub(crate) fn new(class: &str, listener: impl Fn(Message) + 'static) -> io::Result<Self> {
        let name = wide(class);
        // SAFETY: without a name, this is the handle of the program itself, which is always there.
        let instance = unsafe { GetModuleHandleW(null()) };
        let window_class = WNDCLASSW {
            lpfnWndProc: Some(procedure),
            hInstance: instance,
            lpszClassName: name.as_ptr(),
            ..WNDCLASSW::default()
        };
        // SAFETY: Windows copies what is in the class, and its name, which lives until then. The
        // procedure is a function of this program, for as long as there is any of its windows.
        if unsafe { RegisterClassW(&raw const window_class) } == 0 {
            return Err(io::Error::last_os_error());
        }
        LISTENER.set(Some(Rc::new(listener)));
        // SAFETY: the class was registered, both texts are UTF-16 with an end and live until the call
        // is over; the window has no parent, no menu and no parameter.
        let window = unsafe {
            CreateWindowExW(
                WS_EX_TOOLWINDOW,
                name.as_ptr(),
                name.as_ptr(),
                WS_OVERLAPPED,
                0,
                0,
                0,
                0,
                null_mut(),
                null_mut(),
                instance,
                null(),
            )
        };
        if window.is_null() {
            return Err(io::Error::last_os_error());
        }
        Ok(Self(window))
    }

    /// With which other threads reach the window.
    pub(crate) fn sender(&self) -> Sender {
        Sender(self.0.addr())
    }

    /// Hands out the messages of this thread's windows until this one is closed.
    ///
    /// # Errors
    ///
    /// Windows gives no messages.
    pub(crate) fn run(&self) -> io::Result<()> {
        let mut message = MSG::default();
        loop {
            // SAFETY: the message is this function's own.
            match unsafe { GetMessageW(&raw mut message, null_mut(), 0, 0) } {
                -1 => return Err(io::Error::last_os_error()),
                0 => return Ok(()),
                // SAFETY: the message is as GetMessageW left it; it names a window of this thread,
                // whose procedure is what its maker registered.
                _ => unsafe {
                    TranslateMessage(&raw const message);
                    DispatchMessageW(&raw const message);
                },
            }
        }
    }
}

impl Drop for HiddenWindow {
    fn drop(&mut self) {
        LISTENER.set(None);
        // It is gone already when it was closed; its number then names nothing.
        // SAFETY: the window is one of this thread's, for `HiddenWindow` cannot be sent to another.
        unsafe { DestroyWindow(self.0) };
    }
}

/// The way to the window from any thread. Once it is gone nobody hears.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Sender(usize);

impl Sender {
    /// Has it hear [`Message::News`].
    pub(crate) fn tell_news(self) {
        self.post(NEWS);
    }

    /// Closes it.
    pub(crate) fn close(self) {
        self.post(WM_CLOSE);
    }

    fn post(self, message: u32) {
        let window = std::ptr::without_provenance_mut(self.0);
        // SAFETY: neither message carries a pointer, and a window is no memory of this process: Windows
        // looks its number up and refuses one that is not there.
        if unsafe { PostMessageW(window, message, 0, 0) } == 0 {
            log::debug!("the window hears nothing: {}", io::Error::last_os_error());
        }
    }
}

/// How wide the pictures of notification icons are, in pixels.
pub(crate) fn small_icon_side() -> Option<u32> {
    // SAFETY: the function knows nothing of memory.
    let side = unsafe { GetSystemMetrics(SM_CXSMICON) };
    u32::try_from(side).ok()
}

const NEWS: u32 = WM_APP;

thread_local! {
    /// Who hears the messages of this thread's window.
    static LISTENER: RefCell<Option<Rc<dyn Fn(Message)>>> = const { RefCell::new(None) };
}

fn hear(message: Message) {
    // Whoever hears may be told something else meanwhile.
    let listener = LISTENER.with_borrow(Clone::clone);
    if let Some(listener) = listener {
        listener(message);
    }
}

/// # Safety
///
/// Windows calls it, for a window of the class and on the thread that made the window.
unsafe extern "system" fn procedure(
    window: HWND,
    message: u32,
    wide_parameter: WPARAM,
    long_parameter: LPARAM,
) -> LRESULT {
    match message {
        NEWS => hear(Message::News),
        // Zero: somebody said no to the question before it, and nothing ends.
        WM_ENDSESSION if wide_parameter != 0 => {
            hear(Message::Ending);
            // SAFETY: the function knows nothing of memory.
            unsafe { PostQuitMessage(0) };
        }
        // SAFETY: as above.
        WM_DESTROY => unsafe { PostQuitMessage(0) },
        // `WM_QUERYENDSESSION` is answered with yes, and `WM_CLOSE` destroys the window.
        // SAFETY: these are the parameters that Windows gave.
        _ => return unsafe { DefWindowProcW(window, message, wide_parameter, long_parameter) },
    }
    0
}
