//! One window in a session: a second start asks the first to come forward, and ends.
//!
//! On Linux the first owns the name `fi.siru.Siru` on the session bus and serves
//! `org.freedesktop.Application` there (*Desktop Entry Specification*, "D-Bus Activation"), which
//! the tray program and the desktop's own menus speak as well. On Windows the first listens at a
//! pipe of the session; the tray program starts a second one, which speaks into that. Without either, or with one that does
//! not answer, every start is a window of its own, and everything else works.
//!
//! On Wayland no program may raise its own window, and the toolkit takes the token that would
//! allow it only for a window about to be made: a running one asks for attention there.

use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, OnceLock};

#[cfg(target_os = "linux")]
mod bus;
#[cfg(target_os = "linux")]
use bus as meeting;
#[cfg(windows)]
mod pipe;
#[cfg(windows)]
use pipe as meeting;
#[cfg(not(any(target_os = "linux", windows)))]
mod nowhere;
#[cfg(not(any(target_os = "linux", windows)))]
use nowhere as meeting;

use egui::{Context, UserAttentionType, ViewportCommand};

use crate::worker::Wake;

/// What a start asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Asked {
    /// The window, as it is.
    #[value(name = "devices")]
    ShowDevices,
    /// The log-in test.
    #[value(name = "log-in-test")]
    LogInTest,
}

/// What became of a start.
pub enum Start {
    /// This is the window, and hears what later starts ask for.
    First(Instance),
    /// Another window does what was asked.
    Passed,
}

/// Starts as the one window of the session, or passes on what is asked to the one there is.
pub fn start(asked: Asked) -> Start {
    let (post, requests) = mpsc::channel();
    let door = Door {
        post,
        wake: Arc::default(),
    };
    let mut first = Instance::new(requests, &door, asked);
    match meeting::claim(asked, door) {
        Ok(meeting::Claim::Held(name)) => first.name = Some(name),
        Ok(meeting::Claim::Passed) => return Start::Passed,
        Err(error) => log::info!("no other start will find this window: {error}"),
    }
    Start::First(first)
}

/// Starts as a window that other starts do not know, and that knows nothing of others.
pub fn alone(asked: Asked) -> Instance {
    let (post, requests) = mpsc::channel();
    let wake = Arc::default();
    Instance::new(requests, &Door { post, wake }, asked)
}

/// The one window of the session. Dropping it lets the next start be the first.
pub struct Instance {
    requests: Receiver<Request>,
    wake: Arc<OnceLock<Wake>>,
    name: Option<meeting::Name>,
}

impl Instance {
    fn new(requests: Receiver<Request>, door: &Door, asked: Asked) -> Self {
        // What this start asks for waits until the window is there, which needs no raising.
        if asked != Asked::ShowDevices {
            let _taken_later = door.ask(asked);
        }
        Self {
            requests,
            wake: Arc::clone(&door.wake),
            name: None,
        }
    }

    /// Has the window woken when something is asked for.
    pub fn wake_by(&self, wake: Wake) {
        // Set once; a second window in this process does not exist.
        let _first = self.wake.set(wake);
    }

    /// What was asked for since the last call.
    pub fn asked(&self) -> impl Iterator<Item = Asked> {
        self.requests.try_iter().map(|request| {
            // Whoever asked may not wait any more.
            let _heard = request.taken.send(());
            request.asked
        })
    }

    /// Tells the tray program that cards or settings may be different now. Waits for nothing.
    pub fn tell_tray(&self) {
        if let Some(name) = &self.name {
            name.tell_tray();
        }
    }
}

/// Brings the window before all others, as far as the window system lets it.
pub fn come_forward(context: &Context) {
    context.send_viewport_cmd(ViewportCommand::Minimized(false));
    context.send_viewport_cmd(ViewportCommand::Focus);
    // What is left on Wayland. Elsewhere the wish would have to be taken back.
    if is_wayland() {
        let attention = UserAttentionType::Informational;
        context.send_viewport_cmd(ViewportCommand::RequestUserAttention(attention));
    }
    context.request_repaint();
}

/// Whether the window is shown by Wayland, found out as the toolkit does.
fn is_wayland() -> bool {
    ["WAYLAND_DISPLAY", "WAYLAND_SOCKET"]
        .into_iter()
        .any(|name| std::env::var_os(name).is_some_and(|value| !value.is_empty()))
}

/// Where others ask.
struct Door {
    post: Sender<Request>,
    wake: Arc<OnceLock<Wake>>,
}

/// Something that is asked for.
struct Request {
    asked: Asked,
    /// Told when the window takes it in; dropped unheard when the window closes before.
    taken: Sender<()>,
}

impl Door {
    /// Passes it on; the receiver hears when the window takes it in.
    fn ask(&self, asked: Asked) -> Receiver<()> {
        let (taken, hears) = mpsc::channel();
        // A window that is closed drops it, as one that closes before it looks.
        let _closed = self.post.send(Request { asked, taken });
        if let Some(wake) = self.wake.get() {
            wake();
        }
        hears
    }
}
