//! One window in a session: a second start asks the first to come forward, and ends.
//!
//! On Linux the first owns the name `fi.siru.Siru` on the session bus and serves
//! `org.freedesktop.Application` there (*Desktop Entry Specification*, "D-Bus Activation"), which
//! the tray program and the desktop's own menus speak as well. Without a bus, or with one that does
//! not answer, every start is a window of its own, and everything else works.
//!
//! On Wayland no program may raise its own window, and the toolkit takes the token that would
//! allow it only for a window about to be made: a running one asks for attention there.

use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, OnceLock};

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
    match bus::claim(asked, door) {
        Ok(bus::Claim::Held(name)) => first.name = Some(name),
        Ok(bus::Claim::Passed) => return Start::Passed,
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
    name: Option<bus::Name>,
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

#[cfg(target_os = "linux")]
mod bus {
    use std::collections::HashMap;
    use std::env;
    use std::sync::mpsc::{self, RecvTimeoutError};
    use std::thread;
    use std::time::{Duration, Instant};

    use zbus::blocking::{Connection, connection::Builder, proxy};
    use zbus::fdo::{self, RequestNameFlags};
    use zbus::proxy::MethodFlags;
    use zbus::zvariant::{OwnedValue, Value};

    use super::{Asked, Door};

    /// What became of asking for the name.
    pub(super) enum Claim {
        /// It is ours.
        Held(Name),
        /// Whoever has it does what was asked.
        Passed,
    }

    /// The name, until this is dropped.
    pub(super) struct Name(Connection);

    /// Why there is no name to find this window by.
    #[derive(Debug, thiserror::Error)]
    pub(super) enum ClaimError {
        #[error("the session bus did not answer in time")]
        Late,
        #[error(transparent)]
        Thread(#[from] std::io::Error),
        #[error(transparent)]
        Bus(#[from] zbus::Error),
    }

    /// Asks on a thread of its own: connecting to a bus knows no time limit.
    pub(super) fn claim(asked: Asked, door: Door) -> Result<Claim, ClaimError> {
        let (done, result) = mpsc::channel();
        let work = move || {
            // Too late for whoever waited: then the name goes with the connection.
            let _late = done.send(ask(asked, door));
        };
        thread::Builder::new()
            .name("one window".to_owned())
            .spawn(work)?;
        match result.recv_timeout(PATIENCE) {
            Ok(claim) => Ok(claim?),
            Err(_) => Err(ClaimError::Late),
        }
    }

    fn ask(asked: Asked, door: Door) -> zbus::Result<Claim> {
        // Served before the name is ours, so that nobody finds the name without it.
        let connection = Builder::session()?
            .method_timeout(PATIENCE)
            .serve_at(PATH, Application(door))?
            .build()?;
        let end = Instant::now() + PATIENCE;
        loop {
            let mine =
                connection.request_name_with_flags(NAME, RequestNameFlags::DoNotQueue.into());
            match mine {
                Ok(_) => return Ok(Claim::Held(Name(connection))),
                Err(zbus::Error::NameTaken) => {}
                Err(error) => return Err(error),
            }
            match pass_on(&connection, asked) {
                Ok(()) => return Ok(Claim::Passed),
                Err(error) if Instant::now() > end => return Err(error),
                // The window there was is just closing: its name will be free.
                Err(_) => thread::sleep(CLOSING),
            }
        }
    }

    fn pass_on(connection: &Connection, asked: Asked) -> zbus::Result<()> {
        let first = application(connection, NAME, PATH)?;
        let nothing: [Value<'_>; 0] = [];
        first.call(
            "ActivateAction",
            &(action(asked), &nothing[..], platform_data()),
        )
    }

    fn application<'a>(
        connection: &Connection,
        name: &'a str,
        path: &'a str,
    ) -> zbus::Result<zbus::blocking::Proxy<'a>> {
        proxy::Builder::new(connection)
            .destination(name)?
            .path(path)?
            .interface(INTERFACE)?
            .cache_properties(zbus::proxy::CacheProperties::No)
            .build()
    }

    /// What the desktop gave this start, so that the window may come forward in its name.
    fn platform_data() -> HashMap<&'static str, Value<'static>> {
        [
            ("activation-token", "XDG_ACTIVATION_TOKEN"),
            ("desktop-startup-id", "DESKTOP_STARTUP_ID"),
        ]
        .into_iter()
        .filter_map(|(key, variable)| Some((key, Value::from(env::var(variable).ok()?))))
        .collect()
    }

    const fn action(asked: Asked) -> &'static str {
        match asked {
            Asked::ShowDevices => "show-devices",
            Asked::LogInTest => "log-in-test",
        }
    }

    impl Name {
        pub(super) fn tell_tray(&self) {
            let nothing: [Value<'_>; 0] = [];
            let data: HashMap<&str, Value<'_>> = HashMap::new();
            let told = application(&self.0, "fi.siru.Tray", "/fi/siru/Tray").and_then(|tray| {
                let flags = MethodFlags::NoReplyExpected | MethodFlags::NoAutoStart;
                let body = ("changed", &nothing[..], data);
                tray.call_with_flags::<_, _, ()>("ActivateAction", flags, &body)
            });
            if let Err(error) = told {
                log::debug!("the tray program cannot be told: {error}");
            }
        }
    }

    impl Drop for Name {
        fn drop(&mut self) {
            if let Err(error) = self.0.clone().close() {
                log::debug!("the session bus: {error}");
            }
        }
    }

    /// What others may ask of the window.
    struct Application(Door);

    impl Application {
        /// A window that closes is none: whoever asked starts anew. One that is slow to look will.
        fn ask(&self, asked: Asked) -> fdo::Result<()> {
            match self.0.ask(asked).recv_timeout(ATTENTION) {
                Ok(()) | Err(RecvTimeoutError::Timeout) => Ok(()),
                Err(RecvTimeoutError::Disconnected) => {
                    Err(fdo::Error::Failed("the window is closed".to_owned()))
                }
            }
        }
    }

    #[zbus::interface(name = "org.freedesktop.Application")]
    impl Application {
        /// The application is to come forward.
        fn activate(&self, _platform_data: HashMap<String, OwnedValue>) -> fdo::Result<()> {
            self.ask(Asked::ShowDevices)
        }

        /// Files are to be opened: there are none that this program opens.
        fn open(
            &self,
            _uris: Vec<String>,
            _platform_data: HashMap<String, OwnedValue>,
        ) -> fdo::Result<()> {
            Ok(())
        }

        /// One of the actions is to be done.
        fn activate_action(
            &self,
            name: &str,
            _parameter: Vec<OwnedValue>,
            _platform_data: HashMap<String, OwnedValue>,
        ) -> fdo::Result<()> {
            let known = [Asked::ShowDevices, Asked::LogInTest];
            match known.into_iter().find(|asked| action(*asked) == name) {
                Some(asked) => self.ask(asked),
                None => Err(fdo::Error::InvalidArgs(
                    "there is no such action".to_owned(),
                )),
            }
        }
    }

    const NAME: &str = "fi.siru.Siru";
    const PATH: &str = "/fi/siru/Siru";
    const INTERFACE: &str = "org.freedesktop.Application";

    /// How long the bus, and whoever has the name, may take. They take a few milliseconds.
    const PATIENCE: Duration = Duration::from_secs(1);

    /// How long it is waited whether the window takes in what is asked for. It takes a frame.
    const ATTENTION: Duration = Duration::from_millis(300);

    /// How long a window that is closing is given before it is asked again.
    const CLOSING: Duration = Duration::from_millis(20);
}

#[cfg(not(target_os = "linux"))]
mod bus {
    use super::{Asked, Door};

    /// What became of asking for a name.
    #[allow(dead_code, reason = "the same shape as where there is a bus")]
    pub(super) enum Claim {
        /// Not here.
        Held(Name),
        /// Not here.
        Passed,
    }

    /// Nothing that could be had here.
    pub(super) enum Name {}

    impl Name {
        pub(super) fn tell_tray(&self) {
            match *self {}
        }
    }

    /// Why there is no name to find this window by.
    #[derive(Debug, thiserror::Error)]
    #[error("there is no session bus on this system")]
    pub(super) struct NoBus;

    pub(super) fn claim(_asked: Asked, _door: Door) -> Result<Claim, NoBus> {
        Err(NoBus)
    }
}
