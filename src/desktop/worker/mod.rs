//! The threads that wait for readers and talk to cards, so that the window never waits for either.
//!
//! One thread waits for cards to come and go. Every reader has a lane of its own: a thread that
//! does one job after the other (connect, work, let go), so that a card that never answers keeps
//! nobody else waiting. What they find out comes back as messages; a closure wakes the window.

mod certificates;
mod export;
mod lane;
mod login;
mod promise;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, SendError, Sender};
use std::thread;
use std::time::Duration;

use siru_apdu::{Canceller, ReaderError, ReaderName, ReaderWatch, Readers};

use siru_login::{Anchors, Ender};

use crate::model::{Command, Message};
use promise::Promised;

/// Makes a connection of its own to the readers for a thread.
pub type ConnectReaders = Arc<dyn Fn() -> Box<dyn Readers> + Send + Sync>;
/// Tells the window that there is a message.
pub type Wake = Arc<dyn Fn() + Send + Sync>;

/// All threads of the program that know readers. Dropping it ends them, waiting a moment for a
/// command that a card is just carrying out.
pub struct Worker {
    connect: ConnectReaders,
    post: Post,
    lanes: HashMap<ReaderName, Sender<Promised>>,
    canceller: Canceller,
    /// The roots that log-in tests trust.
    anchors: Anchors,
    /// Ends the wait for a browser.
    browser: Option<Ender>,
    /// Gone when every thread has let go of its [`Post`].
    ended: Receiver<()>,
}

/// How a thread reports.
#[derive(Clone)]
struct Post {
    messages: Sender<Message>,
    wake: Wake,
    alive: Sender<()>,
}

impl Post {
    /// Reports; `false` when nobody listens any more.
    fn send(&self, message: Message) -> bool {
        let heard = self.messages.send(message).is_ok();
        if heard {
            (self.wake)();
        }
        heard
    }
}

impl Worker {
    /// Begins to watch. Everything found out arrives at the receiver.
    pub fn start(connect: ConnectReaders, wake: Wake) -> (Self, Receiver<Message>) {
        let (messages, inbox) = mpsc::channel();
        let (alive, ended) = mpsc::channel();
        let post = Post {
            messages,
            wake,
            alive,
        };
        let watch = connect().watch();
        let canceller = watch.canceller();
        let reports = post.clone();
        let spawned = thread::Builder::new()
            .name("readers".to_owned())
            .spawn(move || watch_on(watch, &reports));
        if let Err(error) = spawned {
            post.send(Message::Readers(Err(ReaderError::Driver(Box::new(error)))));
        }
        (
            Self {
                connect,
                post,
                lanes: HashMap::new(),
                canceller,
                anchors: Anchors::built_in(),
                browser: None,
                ended,
            },
            inbox,
        )
    }

    /// Has log-in tests trust these roots from now on, in the place of the built-in ones.
    pub fn trust(&mut self, anchors: Anchors) {
        self.anchors = anchors;
    }

    /// Does what the model asks for, in the background.
    pub fn carry_out(&mut self, command: Command) {
        let (reader, job) = match command {
            Command::Look { reader, generation } => (reader, lane::Job::Look { generation }),
            Command::Perform(order) => (order.reader.clone(), lane::Job::Perform(order)),
            Command::ReadCertificates {
                reader,
                generation,
                seen,
            } => {
                let order = certificates::Order { generation, seen };
                (reader, lane::Job::Certificates(Box::new(order)))
            }
            Command::Save(order) => {
                export::save(*order, &self.post);
                return;
            }
            Command::Forget(reader) => {
                self.lanes.remove(&reader);
                return;
            }
            Command::LogInByModule(order) => {
                login::by_module(*order, self.anchors.clone(), &self.post);
                return;
            }
            Command::LogInByBrowser { ticket, language } => {
                self.end_browser_test();
                let anchors = self.anchors.clone();
                self.browser = login::in_browser(ticket, language, anchors, &self.post);
                return;
            }
            Command::EndBrowserTest => {
                self.end_browser_test();
                return;
            }
            // Virtual cards are moved by the demonstration, not by the threads that watch them, and
            // settings lie with the window.
            Command::SwitchCard(_) | Command::Decide(_) => return,
        };
        let promised = Promised::new(job, reader.clone(), self.post.clone());
        if let Err(promised) = self.hand_over(&reader, promised) {
            // The thread ended before, by a panic; the job never reached it, so a new one may have
            // it. Once only: a reader whose threads keep ending is not asked in a circle.
            log::error!("the thread of a reader has ended");
            self.lanes.remove(&reader);
            if let Err(promised) = self.hand_over(&reader, promised) {
                promised.refuse();
            }
        }
    }

    fn end_browser_test(&mut self) {
        if let Some(ender) = self.browser.take() {
            ender.end();
        }
    }

    /// Gives a job to the lane of `reader`; gives it back when that has ended.
    fn hand_over(&mut self, reader: &ReaderName, promised: Promised) -> Result<(), Promised> {
        let (connect, post) = (&self.connect, &self.post);
        self.lanes
            .entry(reader.clone())
            .or_insert_with(|| lane::start(reader.clone(), connect, post))
            .send(promised)
            .map_err(|SendError(promised)| promised)
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        self.canceller.cancel();
        self.end_browser_test();
        self.lanes.clear();
        // The own end must not count as a thread's.
        self.post.alive = mpsc::channel().0;
        // Every thread drops its end on leaving. One that hangs in a driver is left behind.
        let _ended = self.ended.recv_timeout(PATIENCE);
    }
}

/// How long leaving the program waits for a card to finish a command.
const PATIENCE: Duration = Duration::from_secs(2);

fn watch_on(mut watch: Box<dyn ReaderWatch>, post: &Post) {
    loop {
        let report = watch.next();
        if matches!(report, Err(ReaderError::Cancelled)) || !post.send(Message::Readers(report)) {
            return;
        }
    }
}
