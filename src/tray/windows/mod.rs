//! Windows: the icon in the notification area, and the hidden window through which Windows speaks to
//! this program: a sign-out, an installer or a person can ask it to end.

mod abi;
mod browsers;
mod icon;
mod session;
mod window;

use std::cell::Cell;
use std::io;
use std::rc::Rc;
use std::sync::mpsc::{self, Sender};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

use siru_process::post::Claim;
use siru_settings::Settings;
use tray_icon::menu::MenuEvent;
use tray_icon::{MouseButton, MouseButtonState, TrayIconEvent};

use crate::Asked;
use crate::program::{Desktop, Program, Shown};
use crate::watch::Event;
use crate::words::Words;
use abi::{HiddenWindow, Message};
pub use browsers::register as register_browsers;
use icon::{IconError, LOG_IN_TEST, NotificationIcon, QUIT, SHOW_DEVICES};

/// Why there is no icon.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The icon or its menu was refused.
    #[error(transparent)]
    Icon(#[from] IconError),
    /// There is no thread or no window to be had.
    #[error("this session has no place for the icon")]
    Session(#[from] io::Error),
}

impl RunError {
    /// What a person is told.
    pub fn tell(&self, words: &Words) -> String {
        words.no_tray()
    }
}

/// Shows the icon until the person, the end of the session or an installer ends it. Ends at once when
/// another program of the session shows it.
///
/// # Errors
///
/// There is no desktop to show it on.
pub fn run(settings: Settings) -> Result<(), RunError> {
    let (events, inbox) = mpsc::channel();
    let _listener = match session::claim(events.clone()) {
        Ok(Claim::Held(listener)) => Some(listener),
        Ok(Claim::Passed) => return Ok(()),
        // Whoever has the name and does not answer must not keep the icon from this person.
        Err(error) => {
            log::warn!("nobody can tell the icon of changes: {error}");
            None
        }
    };
    listen(&events);
    let first = Shown::at_first(&settings);
    // Taken out while it is changed: Windows may meanwhile say that the session ends.
    let icon = Rc::new(Cell::new(Some(NotificationIcon::new(&first)?)));
    let latest = Latest::default();
    let (changing, news) = (Rc::clone(&icon), latest.clone());
    let window = HiddenWindow::new(CLASS, move |message| match message {
        Message::News => follow(&changing, &news),
        Message::Ending => drop(changing.take()),
    })?;
    let area = NotificationArea {
        window: window.sender(),
        latest,
    };
    let program = Program::start(settings, area, first, events)?;
    let closing = Closing(window.sender());
    let work = move || {
        // An icon that nothing stands behind any more says something that is not so.
        let _closing = closing;
        if let Err(error) = program.work(&inbox) {
            log::error!("readers are not watched any more: {error}");
        }
    };
    let named = thread::Builder::new().name("program".to_owned());
    named.spawn(work)?;
    window.run()?;
    drop(icon.take());
    Ok(())
}

/// Closes the hidden window, and with it the program, however its end comes.
struct Closing(abi::Sender);

impl Drop for Closing {
    fn drop(&mut self) {
        self.0.close();
    }
}

/// The class of the hidden window: whoever wants to end this program finds it by this name, and closes
/// it.
const CLASS: &str = "fi.siru.Tray";

/// What the icon is to show next, until it does.
#[derive(Clone, Default)]
struct Latest(Arc<Mutex<Option<Shown>>>);

impl Latest {
    fn lock(&self) -> MutexGuard<'_, Option<Shown>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The notification area, from any thread.
struct NotificationArea {
    window: abi::Sender,
    latest: Latest,
}

impl Desktop for NotificationArea {
    fn show(&self, shown: Shown) {
        *self.latest.lock() = Some(shown);
        self.window.tell_news();
    }

    fn open(&self, asked: Asked, _token: Option<String>) {
        if let Err(error) = window::open(asked) {
            log::error!("the window cannot be started: {error}");
        }
    }
}

/// Has the icon show the latest, on its own thread.
fn follow(icon: &Cell<Option<NotificationIcon>>, latest: &Latest) {
    // The earlier of two news may have brought both.
    let Some(shown) = latest.lock().take() else {
        return;
    };
    if let Some(mut changed) = icon.take() {
        if let Err(error) = changed.show(&shown) {
            log::error!("the icon stays as it was: {error}");
        }
        icon.set(Some(changed));
    }
}

/// Makes events of what a person does with the icon and its menu.
fn listen(events: &Sender<Event>) {
    let clicked = events.clone();
    TrayIconEvent::set_event_handler(Some(move |event| {
        let event = match event {
            TrayIconEvent::Click {
                button: MouseButton::Left,
                button_state: MouseButtonState::Up,
                ..
            } => Event::Open(Asked::ShowDevices, None),
            // Its menu is about to be shown.
            TrayIconEvent::Click {
                button: MouseButton::Right,
                button_state: MouseButtonState::Down,
                ..
            } => Event::Changed,
            _ => return,
        };
        tell(&clicked, event);
    }));
    let chosen = events.clone();
    MenuEvent::set_event_handler(Some(move |event: MenuEvent| match event.id().as_ref() {
        SHOW_DEVICES => tell(&chosen, Event::Open(Asked::ShowDevices, None)),
        LOG_IN_TEST => tell(&chosen, Event::Open(Asked::LogInTest, None)),
        QUIT => tell(&chosen, Event::Quit),
        _ => {}
    }));
}

fn tell(events: &Sender<Event>, event: Event) {
    // The program is ending when nobody hears it.
    let _heard = events.send(event);
}
