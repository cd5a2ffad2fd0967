//! The way to the window: the one that is there is asked to come forward, or else one is started.

use std::collections::HashMap;
use std::env;
use std::os::unix::process::CommandExt;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use zbus::blocking::{Connection, Proxy, proxy};
use zbus::proxy::{CacheProperties, MethodFlags};
use zbus::zvariant::{OwnedValue, Value};

use crate::Asked;

/// How long a window may take to hear. It takes a few milliseconds.
pub(crate) const PATIENCE: Duration = Duration::from_secs(2);

/// Opens the window or raises it, on a thread of its own: a window that hangs keeps nobody waiting.
pub(crate) fn open(connection: &Connection, asked: Asked, token: Option<String>) {
    let connection = connection.clone();
    let work = move || {
        if let Err(error) = raise(&connection, asked, token.as_deref()) {
            log::debug!("no window to raise: {error}");
            // Should there be one after all, the program finds it and ends.
            if let Err(error) = start(asked, token.as_deref()) {
                log::error!("the window cannot be started: {error}");
            }
        }
    };
    if let Err(error) = thread::Builder::new().name("window".to_owned()).spawn(work) {
        log::error!("no thread to open the window: {error}");
    }
}

/// The token in what a desktop passes along with a call.
pub(crate) fn token(platform_data: &HashMap<String, OwnedValue>) -> Option<String> {
    let token = platform_data.get(TOKEN)?;
    token.downcast_ref::<String>().ok()
}

fn raise(connection: &Connection, asked: Asked, token: Option<&str>) -> zbus::Result<()> {
    let window: Proxy<'_> = proxy::Builder::new(connection)
        .destination("fi.siru.Siru")?
        .path("/fi/siru/Siru")?
        .interface("org.freedesktop.Application")?
        .cache_properties(CacheProperties::No)
        .build()?;
    let data: HashMap<&str, Value<'_>> = token
        .map(|token| (TOKEN, Value::from(token)))
        .into_iter()
        .collect();
    let flags = MethodFlags::NoAutoStart.into();
    let nothing: [Value<'_>; 0] = [];
    match asked {
        Asked::ShowDevices => window.call_with_flags::<_, _, ()>("Activate", flags, &(data,)),
        Asked::LogInTest => {
            let body = ("log-in-test", &nothing[..], data);
            window.call_with_flags("ActivateAction", flags, &body)
        }
    }?;
    Ok(())
}

/// Starts the window and stays with it, so that its end leaves nothing behind.
fn start(asked: Asked, token: Option<&str>) -> std::io::Result<()> {
    let view = match asked {
        Asked::ShowDevices => "devices",
        Asked::LogInTest => "log-in-test",
    };
    let mut command = Command::new(program());
    command
        .args(["--show", view])
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        // What ends this program at a terminal does not end the window.
        .process_group(0);
    match token {
        Some(token) => command.env("XDG_ACTIVATION_TOKEN", token),
        // The one this program was started with was for its own start.
        None => command.env_remove("XDG_ACTIVATION_TOKEN"),
    };
    command.spawn()?.wait().map(|_status| ())
}

/// The window's program: beside this one, or else wherever programs are looked for.
fn program() -> PathBuf {
    let beside = env::current_exe()
        .ok()
        .and_then(|tray| Some(tray.parent()?.join(PROGRAM)));
    let beside = beside.filter(|program| program.is_file());
    beside.unwrap_or_else(|| PathBuf::from(PROGRAM))
}

const PROGRAM: &str = "siru-desktop";

const TOKEN: &str = "activation-token";
