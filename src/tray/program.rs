//! The program between the readers and the icon, the same on every system: events in, what is to be
//! shown out.

use std::io;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender};
use std::time::{Duration, SystemTime};

use siru_pcsc::PcscReaders;
use siru_settings::{Pattern, Settings};

use crate::Asked;
use crate::picture::Picture;
use crate::state::{Look, Readers};
use crate::watch::{ConnectReaders, Event, Watch, read};
use crate::words::{Labels, Words};

/// What the icon shows at the moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Shown {
    pub picture: Picture,
    pub title: String,
    pub lines: Vec<String>,
    pub labels: Labels,
}

impl Shown {
    /// What is shown until the readers were asked for the first time.
    pub(crate) fn at_first(settings: &Settings) -> Self {
        Self::of(&Words::new(settings.spoken()), &Readers::default())
    }

    fn of(words: &Words, readers: &Readers) -> Self {
        let now = SystemTime::now();
        Self {
            picture: readers.picture(now),
            title: words.title(readers, now),
            lines: words.lines(readers, now),
            labels: words.labels(),
        }
    }
}

/// The desktop that the icon is on.
pub(crate) trait Desktop {
    /// Has the icon look like this.
    fn show(&self, shown: Shown);

    /// Brings the window forward, with what the person asked of it. The token lets it.
    fn open(&self, asked: Asked, token: Option<String>);
}

/// Everything that lives as long as the icon.
pub(crate) struct Program<D> {
    desktop: D,
    left_out: Vec<Pattern>,
    words: Words,
    readers: Readers,
    /// What the icon shows now.
    shown: Shown,
    connect: ConnectReaders,
    watch: Watch,
    events: Sender<Event>,
}

impl<D: Desktop> Program<D> {
    /// Begins to watch the readers for a desktop that shows `first`.
    ///
    /// # Errors
    ///
    /// There is no thread to be had.
    pub(crate) fn start(
        settings: Settings,
        desktop: D,
        first: Shown,
        events: Sender<Event>,
    ) -> io::Result<Self> {
        let connect = connect(&settings);
        let watch = Watch::start(0, &connect, events.clone())?;
        Ok(Self {
            desktop,
            words: Words::new(settings.spoken()),
            left_out: settings.left_out.value,
            readers: Readers::default(),
            shown: first,
            connect,
            watch,
            events,
        })
    }

    /// Follows the events until one says to quit; the desktop, to be left.
    ///
    /// # Errors
    ///
    /// As [`start`](Self::start), when other readers are to be watched.
    pub(crate) fn work(mut self, inbox: &Receiver<Event>) -> io::Result<D> {
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
                        self.desktop.open(Asked::ShowDevices, None);
                    }
                    let looks = self.readers.overtaken();
                    self.read(looks);
                }
                Event::Changed => {
                    self.follow_settings()?;
                    let looks = self.readers.again();
                    self.read(looks);
                }
                Event::Open(asked, token) => self.desktop.open(asked, token),
                Event::Quit => return Ok(self.desktop),
            }
            self.show();
        }
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
        let now = Shown::of(&self.words, &self.readers);
        if now != self.shown {
            self.shown = now.clone();
            self.desktop.show(now);
        }
    }

    fn follow_settings(&mut self) -> io::Result<()> {
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
