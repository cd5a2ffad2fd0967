//! The one window on the session bus: `org.freedesktop.Application` under the name `fi.siru.Siru`
//! (*Desktop Entry Specification*, "D-Bus Activation").

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
        let mine = connection.request_name_with_flags(NAME, RequestNameFlags::DoNotQueue.into());
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
