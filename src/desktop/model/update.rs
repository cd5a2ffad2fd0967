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

/// What changes the window alone is done in the arms; what also asks for something returns it.
fn apply(model: &mut Model, message: Message, now: Instant) -> Vec<Command> {
    match message {
        Message::Open(tab) => model.tab = tab,
        Message::OnlyAttention(only) => model.only_attention = only,
        Message::Begin(task) => pins::begin(model, task),
        Message::SetBoth(both) => pins::set_both(model, both),
        Message::Insist(yes) => pins::insist(model, yes),
        Message::ShowLetter(yes) => pins::show_letter(model, yes),
        Message::Accept(yes) => pins::accept(model, yes),
        Message::BrowserAwaited { ticket, address } => login::awaited(model, ticket, address),
        Message::Dismiss(ticket) => model.notices.retain(|notice| notice.ticket != ticket),
        Message::Leave => model.leaving = model.is_running(),
        Message::System(system) => model.system = system,
        Message::Settings {
            settings,
            problems,
            unsaved,
        } => take_settings(model, *settings, problems, unsaved),
        Message::Readers(Ok(states)) => return readers::changed(model, states, now),
        Message::Readers(Err(error)) => return readers::service_failed(model, error),
        Message::Looked {
            reader,
            generation,
            look,
        } => return readers::looked(model, &reader, generation, look),
        Message::Performed {
            reader,
            generation,
            ticket,
            outcome,
            states,
        } => return pins::performed(model, reader, generation, ticket, outcome, states),
        Message::Select {
            reader,
            role,
            enter,
        } => return pins::select(model, reader, role, enter, now),
        Message::Activate(reader) => return pins::activate(model, &reader, now),
        Message::Submit => return pins::submit(model, now).into_iter().collect(),
        Message::TestLogin(reader) => {
            model.tab = Tab::Identification;
            return login::open(model, reader, now);
        }
        Message::LogInByModule => return login::by_module(model, now).into_iter().collect(),
        Message::LogInByBrowser => return login::by_browser(model).into_iter().collect(),
        Message::EndBrowserTest => return vec![Command::EndBrowserTest],
        Message::LoggedIn {
            ticket,
            verdict,
            registration,
        } => return login::told(model, ticket, verdict, registration),
        Message::Topic(topic) => return help::switch(model, topic),
        Message::Certificates(message) => return certificates::apply(model, message, now),
        Message::Close => return close(model, now),
        Message::ReadAgain => {
            certificates::read_again(model);
            return read_again(model);
        }
        Message::Speak(language) => {
            model.language = language;
            return save(model, Edit::Set(Change::Language(language)));
        }
        Message::Decide(edit) => return save(model, edit),
        Message::Zoom { larger } => return zoom(model, larger),
        Message::SwitchCard(reader) => return vec![Command::SwitchCard(reader)],
    }
    Vec::new()
}

fn zoom(model: &Model, larger: bool) -> Vec<Command> {
    let zoomed = looks::zoomed(&model.settings, larger);
    zoomed.map_or_else(Vec::new, |zoom| save(model, Edit::Set(Change::Zoom(zoom))))
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
