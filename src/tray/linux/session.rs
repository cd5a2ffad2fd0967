//! One tray program in a session: it owns the name `fi.siru.Tray` on the session bus, under which
//! other programs of ours tell it that something has changed.

use std::collections::HashMap;
use std::sync::Mutex;
use std::sync::mpsc::Sender;

use zbus::blocking::{Connection, connection::Builder};
use zbus::fdo::{self, RequestNameFlags};
use zbus::zvariant::OwnedValue;

use super::window::{PATIENCE, token};
use crate::Asked;
use crate::watch::Event;

/// What became of asking for the name.
pub(crate) enum Claim {
    /// This is the one.
    Held(Connection),
    /// Another shows the icon already.
    Taken,
}

/// Becomes the one tray program of the session, unless there is one.
pub(crate) fn claim(events: Sender<Event>) -> zbus::Result<Claim> {
    let door = Door(Mutex::new(events));
    let connection = Builder::session()?
        .method_timeout(PATIENCE)
        .serve_at("/fi/siru/Tray", door)?
        .build()?;
    let flags = RequestNameFlags::DoNotQueue.into();
    match connection.request_name_with_flags("fi.siru.Tray", flags) {
        Ok(_) => Ok(Claim::Held(connection)),
        Err(zbus::Error::NameTaken) => Ok(Claim::Taken),
        Err(error) => Err(error),
    }
}

/// What others may ask of the tray program.
struct Door(Mutex<Sender<Event>>);

impl Door {
    fn tell(&self, event: Event) -> fdo::Result<()> {
        let events = self
            .0
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        let heard = events.send(event);
        heard.map_err(|_ended| fdo::Error::Failed("the program is ending".to_owned()))
    }
}

#[zbus::interface(name = "org.freedesktop.Application")]
impl Door {
    /// The application is to come forward: its window is.
    fn activate(&self, platform_data: HashMap<String, OwnedValue>) -> fdo::Result<()> {
        self.tell(Event::Open(Asked::ShowDevices, token(&platform_data)))
    }

    /// Files are to be opened: there are none that this program opens.
    fn open(
        &self,
        _uris: Vec<String>,
        _platform_data: HashMap<String, OwnedValue>,
    ) -> fdo::Result<()> {
        Ok(())
    }

    /// The one action: settings or cards may be different now.
    fn activate_action(
        &self,
        name: &str,
        _parameter: Vec<OwnedValue>,
        _platform_data: HashMap<String, OwnedValue>,
    ) -> fdo::Result<()> {
        if name == "changed" {
            return self.tell(Event::Changed);
        }
        Err(fdo::Error::InvalidArgs(
            "there is no such action".to_owned(),
        ))
    }
}
