//! The program: events in, the icon out.

use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender};
use std::time::{Duration, SystemTime};

use ksni::blocking::{Handle, TrayMethods as _};
use siru_pcsc::PcscReaders;
use siru_settings::{Pattern, Settings};
use zbus::blocking::Connection;

use crate::Asked;
use crate::item::{Item, Shown};
use crate::session::{self, Claim};
use crate::state::{Look, Readers};
use crate::watch::{ConnectReaders, Event, Watch, read};
use crate::window;
use crate::words::Words;

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
    let words = Words::new(settings.spoken());
    let readers = Readers::default();
    let first = shown(&words, &readers);
    // A panel that starts later than this program is told of the icon when it is there.
    let item = Item::new(first.clone(), events.clone()).assume_sni_available(true);
    let handle = item.spawn()?;
    let connect = connect(&settings);
    let watch = Watch::start(0, &connect, events.clone())?;
    Program {
        left_out: settings.left_out.value,
        connection,
        words,
        readers,
        handle,
        shown: first,
        connect,
        watch,
        events,
    }
    .work(&inbox)
}

/// Everything that lives as long as the icon.
struct Program {
    left_out: Vec<Pattern>,
    connection: Connection,
    words: Words,
    readers: Readers,
    handle: Handle<Item>,
    /// What the icon shows now.
    shown: Shown,
    connect: ConnectReaders,
    watch: Watch,
    events: Sender<Event>,
}

impl Program {
    fn work(mut self, inbox: &Receiver<Event>) -> Result<(), RunError> {
        loop {
            let Some(event) = self.next(inbox) else {
                self.show();
                continue;
            };
            match event {
                Event::Watched(number, report) if number == self.watch.number => {
                    let looks = self.readers.watched(report);
                    self.read(looks);
                }
                Event::Watched(..) => {}
                Event::Found(look, found) => {
                    if self.readers.found(&look, found) {
                        // The issuer promises that activation begins by itself.
                        window::open(&self.connection, Asked::ShowDevices, None);
                    }
                    let looks = self.readers.overtaken();
                    self.read(looks);
                }
                Event::Changed => {
                    self.follow_settings()?;
                    let looks = self.readers.again();
                    self.read(looks);
                }
                Event::Open(asked, token) => window::open(&self.connection, asked, token),
                Event::Quit => break,
            }
            self.show();
        }
        self.handle.shutdown().wait();
        Ok(())
    }

    /// The next event, or `None` when time has passed that may change what is shown.
    fn next(&self, inbox: &Receiver<Event>) -> Option<Event> {
        match self.readers.unchanging(SystemTime::now()) {
            Some(patience) => inbox.recv_timeout(patience.min(LONGEST_WAIT)).ok(),
            // This program has the other end itself, so it never hangs up.
            None => inbox.recv().ok(),
        }
    }

    fn read(&self, looks: Vec<Look>) {
        for look in looks {
            read(look, &self.connect, self.events.clone());
        }
    }

    /// Shows what is known now, if it is something else than before.
    fn show(&mut self) {
        let now = shown(&self.words, &self.readers);
        if now != self.shown {
            self.shown = now.clone();
            self.handle.update(|item| item.show(now));
        }
    }

    fn follow_settings(&mut self) -> Result<(), RunError> {
        let (settings, _problems) = Settings::load();
        self.words.speak(settings.spoken());
        if settings.left_out.value != self.left_out {
            self.connect = connect(&settings);
            self.left_out = settings.left_out.value;
            let number = self.watch.number + 1;
            self.watch = Watch::start(number, &self.connect, self.events.clone())?;
        }
        Ok(())
    }
}

/// The clock that counts a wait stands still while the computer sleeps, days go on.
const LONGEST_WAIT: Duration = Duration::from_secs(60 * 60);

fn connect(settings: &Settings) -> ConnectReaders {
    Arc::new(settings.readers(PcscReaders::new))
}

fn shown(words: &Words, readers: &Readers) -> Shown {
    let now = SystemTime::now();
    Shown {
        picture: readers.picture(now),
        title: words.title(readers, now),
        lines: words.lines(readers, now),
        labels: words.labels(),
    }
}
