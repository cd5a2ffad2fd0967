//! Signals that end a program, held back while a terminal does not show what is typed: ended in the
//! midst of a prompt, the program would leave a terminal behind that stays so.

use std::fs::File;
use std::io;
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use rustix::event::{PollFd, PollFlags, poll};
use rustix::io::Errno;
use signal_hook::consts::{SIGHUP, SIGINT, SIGQUIT, SIGTERM};
use signal_hook::flag::register_conditional_default;
use signal_hook::low_level::pipe;

/// What becomes of the signals. Outside a prompt they end the program, as they always do.
pub(super) struct Signals {
    ends_program: Arc<AtomicBool>,
    /// Readable once a signal came.
    came: UnixStream,
}

impl Signals {
    /// Takes note of the signals from now on.
    pub fn new() -> io::Result<Self> {
        let ends_program = Arc::new(AtomicBool::new(true));
        let (came, bell) = UnixStream::pair()?;
        for signal in [SIGHUP, SIGINT, SIGQUIT, SIGTERM] {
            register_conditional_default(signal, Arc::clone(&ends_program))?;
            pipe::register(signal, bell.try_clone()?)?;
        }
        Ok(Self { ends_program, came })
    }

    /// Holds them back until the guard is dropped.
    pub fn hold(&self) -> Held<'_> {
        self.ends_program.store(false, Ordering::SeqCst);
        Held(self)
    }
}

/// Signals are held back.
pub(super) struct Held<'a>(&'a Signals);

impl Held<'_> {
    /// Waits for something to read from `file`. `false`: a signal came, and nothing more is read.
    pub fn wait_for(&self, file: &File) -> io::Result<bool> {
        loop {
            let mut waits = [
                PollFd::new(&self.0.came, PollFlags::IN),
                PollFd::new(file, PollFlags::IN),
            ];
            match poll(&mut waits, None) {
                Ok(_) => {}
                Err(Errno::INTR) => continue,
                Err(error) => return Err(error.into()),
            }
            let [came, typed] = waits.map(|wait| !wait.revents().is_empty());
            if came || typed {
                return Ok(!came);
            }
        }
    }
}

impl Drop for Held<'_> {
    fn drop(&mut self) {
        self.0.ends_program.store(true, Ordering::SeqCst);
    }
}
