//! Linux: the icon is a *StatusNotifierItem* on the session bus, and the window is found there.

mod item;
mod session;
mod window;

use std::sync::mpsc;

use ksni::blocking::{Handle, TrayMethods as _};
use siru_settings::Settings;
use zbus::blocking::Connection;

use crate::Asked;
use crate::program::{Desktop, Program, Shown};
use crate::words::Words;
use item::Item;
use session::Claim;

/// Why there is no icon.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// There is no session bus.
    #[error("there is no session bus")]
    Bus(#[from] zbus::Error),
    /// The icon was refused.
    #[error("the icon was refused")]
    Tray(#[from] ksni::Error),
    /// Readers cannot be watched.
    #[error("there is no thread to watch readers")]
    Thread(#[from] std::io::Error),
}

impl RunError {
    /// What a person is told.
    pub fn tell(&self, words: &Words) -> String {
        match self {
            Self::Bus(_) => words.no_bus(),
            Self::Tray(_) | Self::Thread(_) => words.no_tray(),
        }
    }
}

/// Shows the icon until the person quits. Ends at once when another program shows it.
///
/// # Errors
///
/// There is no desktop session.
pub fn run(settings: Settings) -> Result<(), RunError> {
    let (events, inbox) = mpsc::channel();
    let Claim::Held(connection) = session::claim(events.clone())? else {
        return Ok(());
    };
    let first = Shown::at_first(&settings);
    // A panel that starts later than this program is told of the icon when it is there.
    let item = Item::new(first.clone(), events.clone()).assume_sni_available(true);
    let handle = item.spawn()?;
    let panel = Panel { connection, handle };
    let panel = Program::start(settings, panel, first, events)?.work(&inbox)?;
    panel.handle.shutdown().wait();
    Ok(())
}

/// The panel of the session.
struct Panel {
    connection: Connection,
    handle: Handle<Item>,
}

impl Desktop for Panel {
    fn show(&self, shown: Shown) {
        self.handle.update(|item| item.show(shown));
    }

    fn open(&self, asked: Asked, token: Option<String>) {
        window::open(&self.connection, asked, token);
    }
}
