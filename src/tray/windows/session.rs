//! One tray program in a session: it made the event object that has its name, by which other programs
//! of ours tell it that something has changed. A second start tells it as well.

use std::io;
use std::sync::mpsc::Sender;
use std::thread;

use super::abi::Signal;
use crate::watch::Event;

/// The name of the event object, in the namespace of the session.
pub(crate) const NAME: &str = r"Local\fi.siru.Tray";

/// What became of asking for the name.
pub(crate) enum Claim {
    /// This is the one.
    Held(Door),
    /// Another shows the icon already.
    Taken,
}

/// What others knock on. The name is held as long as it is there.
pub(crate) struct Door(Signal);

/// Becomes the one program of the session with this name, unless there is one.
pub(crate) fn claim(name: &str) -> io::Result<Claim> {
    match Signal::create(name) {
        Ok((signal, true)) => Ok(Claim::Held(Door(signal))),
        Ok((other, false)) => {
            // Whoever starts a second one wants to see how things are.
            other.set()?;
            Ok(Claim::Taken)
        }
        // It was made by a program with more rights.
        Err(error) if error.kind() == io::ErrorKind::PermissionDenied => Ok(Claim::Taken),
        Err(error) => Err(error),
    }
}

impl Door {
    /// Makes an event of every knock, until the program ends.
    ///
    /// # Errors
    ///
    /// There is no thread to wait on.
    pub(crate) fn open(self, events: Sender<Event>) -> io::Result<()> {
        let wait = move || {
            loop {
                if let Err(error) = self.0.wait() {
                    log::error!("nobody is heard any more: {error}");
                    // The name stays held.
                    thread::park();
                } else if events.send(Event::Changed).is_err() {
                    return;
                }
            }
        };
        let named = thread::Builder::new().name("door".to_owned());
        named.spawn(wait).map(|_thread| ())
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    #[test]
    fn the_name_belongs_to_one_and_a_knock_is_heard() {
        let name = r"Local\fi.siru.Tray.test";
        let Ok(Claim::Held(door)) = claim(name) else {
            panic!("nobody else has the name");
        };
        let (events, inbox) = mpsc::channel();
        door.open(events).unwrap();
        let (other, is_new) = Signal::create(name).unwrap();
        assert!(!is_new);
        for _ in 0..2 {
            other.set().unwrap();
            assert!(matches!(inbox.recv(), Ok(Event::Changed)));
        }
        assert!(matches!(claim(name), Ok(Claim::Taken)));
        assert!(matches!(inbox.recv(), Ok(Event::Changed)), "so is a start");
    }
}
