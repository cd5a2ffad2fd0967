//! Changes in the registry, as they come.

use std::io;
use std::os::windows::io::OwnedHandle;

use windows_registry::Key;

use crate::abi;

/// The changes of the values in one key, for the thread that asked for them.
#[derive(Debug)]
pub struct Changes {
    key: Key,
    event: OwnedHandle,
}

impl Changes {
    /// Those from now on. What is read afterwards is not older than the first change that is told.
    ///
    /// # Errors
    ///
    /// The key was opened without the right to be told.
    pub fn of(key: Key) -> io::Result<Self> {
        let event = abi::new_event()?;
        abi::notify(&key, &event)?;
        Ok(Self { key, event })
    }

    /// Waits until a value was set since the last wait, or the first since [`Changes::of`]. None is
    /// lost in between; several may be told as one.
    ///
    /// # Errors
    ///
    /// The key is gone.
    pub fn wait(&self) -> io::Result<()> {
        abi::wait(&self.event)?;
        // Asked for again before anybody reads, so that a change after the reading is told.
        abi::notify(&self.key, &self.event)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;
    use std::thread;
    use std::time::Duration;

    use windows_registry::CURRENT_USER;

    use super::*;

    #[test]
    fn every_change_ends_a_wait_and_nothing_else_does() {
        let path = format!(r"Software\SiruTest{}", std::process::id());
        let key = CURRENT_USER.create(&path).unwrap();
        let (post, ends) = mpsc::channel();
        let watched = path.clone();
        let waits = thread::spawn(move || {
            let changes = Changes::of(CURRENT_USER.open(watched).unwrap()).unwrap();
            post.send(()).unwrap();
            while changes.wait().is_ok() && post.send(()).is_ok() {}
        });
        let told = || ends.recv_timeout(Duration::from_secs(10));
        told().unwrap();
        let quiet = ends.recv_timeout(Duration::from_millis(300));
        assert_eq!(quiet, Err(mpsc::RecvTimeoutError::Timeout));
        for value in 1..=20 {
            key.set_u32("value", value).unwrap();
            told().unwrap();
        }
        drop(ends);
        key.set_u32("value", 0).unwrap();
        waits.join().unwrap();
        CURRENT_USER.remove_tree(&path).unwrap();
    }
}
