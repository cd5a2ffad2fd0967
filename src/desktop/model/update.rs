//! How every message changes the model, and what is to be done about it.

use std::time::Instant;

use siru_card::PinRole;
use siru_settings::{Change, Problem, Settings};

use super::{BackTo, Command, Message, Model, Tab, Tested, certificates, help, looks};
use super::{login_update as login, pin_update as pins, reader_update as readers};
use crate::store::{Edit, SaveError};

/// Takes one message in and says what is to be done about it.
pub fn update(model: &mut Model, message: Message, now: Instant) -> Vec<Command> {
    let mut commands = apply(model, message, now);
    commands.extend(certificates::follow(model, now));
    commands
}

fn apply(model: &mut Model, message: Message, now: Instant) -> Vec<Command> {
    match message {
        Message::Open(tab) => {
            model.tab = tab;
            Vec::new()
        }
        Message::OnlyAttention(only) => {
            model.only_attention = only;
            Vec::new()
        }
        Message::Readers(Ok(states)) => readers::changed(model, states, now),
        Message::Readers(Err(error)) => readers::service_failed(model, error),
        Message::Looked {
            reader,
            generation,
            look,
        } => readers::looked(model, &reader, generation, look),
        Message::Performed {
            reader,
            generation,
            ticket,
            outcome,
            states,
        } => pins::performed(model, reader, generation, ticket, outcome, states),
        Message::Select {
            reader,
            role,
            enter,
        } => pins::select(model, reader, role, enter, now),
        Message::Begin(task) => {
            pins::begin(model, task);
            Vec::new()
        }
        Message::Activate(reader) => pins::activate(model, &reader, now),
        Message::SetBoth(both) => {
            if let Some(form) = pins::editing(model) {
                form.set_both(both);
            }
            Vec::new()
        }
        Message::ShowLetter(yes) => {
            if let Some(form) = pins::editing(model) {
                form.shows_letter = yes;
            }
            Vec::new()
        }
        Message::Accept(yes) => {
            pins::accept(model, yes);
            Vec::new()
        }
        Message::Submit => pins::submit(model, now).into_iter().collect(),
        Message::TestLogin(reader) => {
            model.tab = Tab::Identification;
            login::open(model, reader, now)
        }
        Message::LogInByModule => login::by_module(model, now).into_iter().collect(),
        Message::LogInByBrowser => login::by_browser(model).into_iter().collect(),
        Message::EndBrowserTest => vec![Command::EndBrowserTest],
        Message::BrowserAwaited { ticket, address } => {
            login::awaited(model, ticket, address);
            Vec::new()
        }
        Message::LoggedIn {
            ticket,
            verdict,
            registration,
        } => login::told(model, ticket, verdict, registration),
        Message::Topic(topic) => help::switch(model, topic),
        Message::Certificates(message) => certificates::apply(model, message, now),
        Message::Close => close(model, now),
        Message::Dismiss(ticket) => {
            model.notices.retain(|notice| notice.ticket != ticket);
            Vec::new()
        }
        Message::Leave => {
            model.leaving = model.is_running();
            Vec::new()
        }
        Message::ReadAgain => {
            certificates::read_again(model);
            read_again(model)
        }
        Message::Speak(language) => {
            model.language = language;
            save(model, Edit::Set(Change::Language(language)))
        }
        Message::Decide(edit) => save(model, edit),
        Message::Zoom { larger } => match looks::zoomed(&model.settings, larger) {
            Some(zoom) => save(model, Edit::Set(Change::Zoom(zoom))),
            None => Vec::new(),
        },
        Message::Settings {
            settings,
            problems,
            unsaved,
        } => {
            take_settings(model, *settings, problems, unsaved);
            Vec::new()
        }
        Message::System(system) => {
            model.system = system;
            Vec::new()
        }
        Message::SwitchCard(reader) => vec![Command::SwitchCard(reader)],
    }
}

/// What the machine locks stays as it is; for the language of this window that holds only until it is
/// opened anew.
fn save(model: &Model, edit: Edit) -> Vec<Command> {
    let key = match &edit {
        Edit::Set(change) => change.key(),
        Edit::Unset(key) => *key,
    };
    if model.settings.is_locked(key) {
        return Vec::new();
    }
    vec![Command::Decide(edit)]
}

fn take_settings(
    model: &mut Model,
    settings: Settings,
    problems: Vec<Problem>,
    unsaved: Option<SaveError>,
) {
    if model.settings.language != settings.language {
        model.language = settings.spoken();
    }
    model.settings = settings;
    model.problems = problems;
    model.unsaved = unsaved;
}

fn close(model: &mut Model, now: Instant) -> Vec<Command> {
    if certificates::close(model) {
        return Vec::new();
    }
    if model.is_held(now) {
        return Vec::new();
    }
    if let Some(test) = &model.login {
        let object = |about: &Tested| BackTo::Object(about.reader.clone(), PinRole::Authentication);
        model.back_to = Some(test.about.as_ref().map_or(BackTo::LoginTest, object));
        return login::leave(model);
    }
    let form = model.form.take();
    model.back_to = form.map(|form| BackTo::Object(form.reader, form.role));
    Vec::new()
}

fn read_again(model: &Model) -> Vec<Command> {
    model
        .readable()
        .map(|reader| Command::Look {
            reader: reader.name.clone(),
            generation: reader.generation,
        })
        .collect()
}
