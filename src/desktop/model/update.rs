//! How every message changes the model, and what is to be done about it.

use std::time::Instant;

use siru_apdu::{ReaderError, ReaderName, ReaderState};
use siru_card::{Answer, CardKind, PinOutcome, PinRole, PinStates, Refusal, Risk};

use super::{
    About, BackTo, Card, Command, Content, Finished, Form, LoginTest, LookError, Message, Model,
    Notice, Order, Phase, Reader, Running, Service, Tested,
};
use super::{certificates, login_update as login};

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
        Message::Readers(Ok(states)) => readers_changed(model, states, now),
        Message::Readers(Err(error)) => service_failed(model, error),
        Message::Looked {
            reader,
            generation,
            look,
        } => looked(model, &reader, generation, look),
        Message::Performed {
            reader,
            generation,
            ticket,
            outcome,
            states,
        } => performed(model, reader, generation, ticket, outcome, states),
        Message::Select {
            reader,
            role,
            enter,
        } => select(model, reader, role, enter, now),
        Message::Operate(operation) => {
            if let Some(form) = model
                .form
                .as_mut()
                .filter(|form| form.phase == Phase::Editing)
            {
                form.operate(operation);
            }
            Vec::new()
        }
        Message::Accept(yes) => {
            accept(model, yes);
            Vec::new()
        }
        Message::Submit => submit(model, now).into_iter().collect(),
        Message::TestLogin(reader) => login::open(model, reader, now),
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
        Message::Topic(topic) => {
            model.help.switch(topic);
            Vec::new()
        }
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
            Vec::new()
        }
        Message::SwitchCard(reader) => vec![Command::SwitchCard(reader)],
    }
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

fn readers_changed(model: &mut Model, states: Vec<ReaderState>, now: Instant) -> Vec<Command> {
    model.service = Service::Running;
    let mut known = std::mem::take(&mut model.readers);
    let mut commands = Vec::new();
    for state in states {
        let found = known.iter().position(|reader| reader.name == state.name);
        let reader = match found.map(|index| known.swap_remove(index)) {
            Some(reader) if !reader.differs(&state) => reader,
            Some(mut reader) => {
                reader.begin(state, model.next_generation(), now);
                card_gone(model, &reader.name);
                reader
            }
            None => Reader::new(state, model.next_generation(), now),
        };
        if matches!(reader.content, Content::Looking(since) if since == now) {
            let (reader, generation) = (reader.name.clone(), reader.generation);
            commands.push(Command::Look { reader, generation });
        }
        model.readers.push(reader);
    }
    for reader in known {
        card_gone(model, &reader.name);
        commands.push(Command::Forget(reader.name));
    }
    commands
}

fn service_failed(model: &mut Model, error: ReaderError) -> Vec<Command> {
    model.service = Service::Failed(error);
    let gone = std::mem::take(&mut model.readers);
    let forget = |reader: Reader| {
        card_gone(model, &reader.name);
        Command::Forget(reader.name)
    };
    gone.into_iter().map(forget).collect()
}

/// The card of the open form may have left `reader`. While a request is on its way its answer
/// decides what is said.
fn card_gone(model: &mut Model, reader: &ReaderName) {
    if let Some(test) = model.login.as_mut().filter(|test| test.is_at(reader)) {
        test.entered.clear();
    }
    if let Some(form) = model.form.as_mut().filter(|form| form.reader == *reader)
        && !form.is_running()
    {
        form.wipe();
        form.phase = Phase::CardGone;
    }
}

fn looked(
    model: &mut Model,
    name: &ReaderName,
    generation: u64,
    look: Result<Box<Card>, LookError>,
) -> Vec<Command> {
    let Some(reader) = model.reader_mut(name, generation) else {
        return Vec::new();
    };
    reader.content = match look {
        Ok(card) => Content::Card(Box::new(card.after(reader.card()))),
        Err(error) => Content::Failed(error),
    };
    let identity = reader.card().map(|card| card.identity.clone());
    login::looked(model, name);
    let busy = model.running_at(name).map(|running| running.since);
    let Some(form) = model.form.as_mut() else {
        return Vec::new();
    };
    match form.phase {
        // The card of the form is back, wherever it was put in: the person goes on.
        Phase::CardGone if identity.as_ref() == Some(&form.identity) => {
            form.reader = name.clone();
            form.phase = busy.map_or(Phase::Editing, |since| Phase::Waiting { since });
            form.wants_focus = true;
        }
        Phase::Editing | Phase::Waiting { .. }
            if form.reader == *name && identity.as_ref() != Some(&form.identity) =>
        {
            card_gone(model, name);
        }
        _ => {}
    }
    Vec::new()
}

fn performed(
    model: &mut Model,
    name: ReaderName,
    generation: u64,
    ticket: u64,
    outcome: Result<Box<PinOutcome>, LookError>,
    states: Option<PinStates>,
) -> Vec<Command> {
    // Every request is answered once.
    let Some(index) = model
        .running
        .iter()
        .position(|running| running.ticket == ticket)
    else {
        return Vec::new();
    };
    let about = model.running.swap_remove(index).about;
    model.leaving &= model.is_running();
    let mut commands = Vec::new();
    let other_card = matches!(
        outcome.as_ref().map(|outcome| &outcome.answer),
        Ok(Answer::NotSent(Refusal::AnotherCard))
    );
    let reader = model.reader_mut(&name, generation);
    let still_there = reader.is_some();
    let kind = reader
        .as_ref()
        .and_then(|reader| reader.card())
        .map_or(CardKind::Unknown, |card| card.kind);
    if let Some(reader) = reader {
        // Counters are shown only as they were read; when they could not be, they are read anew.
        reader.set_states(states);
        if states.is_none() || other_card {
            commands.push(Command::Look {
                reader: name,
                generation,
            });
        }
    }
    let finished = Finished { outcome, kind };
    match model.form.as_mut() {
        Some(form) if matches!(form.phase, Phase::Running { ticket: running, .. } if running == ticket) =>
        {
            form.wipe();
            form.finished = Some(finished);
            form.phase = if still_there {
                Phase::Editing
            } else {
                Phase::CardGone
            };
            form.wants_focus = still_there;
        }
        form => {
            if let Some(form) = form
                && form.reader == about.reader
                && matches!(form.phase, Phase::Waiting { .. })
            {
                form.phase = Phase::Editing;
            }
            model.notices.push(Notice {
                ticket,
                about,
                finished,
            });
        }
    }
    commands
}

fn select(
    model: &mut Model,
    reader: ReaderName,
    role: PinRole,
    enter: bool,
    now: Instant,
) -> Vec<Command> {
    if model.is_held(now) {
        return Vec::new();
    }
    let commands = login::leave(model);
    let Some(card) = model.reader(&reader).and_then(Reader::card) else {
        return commands;
    };
    let same = model.form.as_ref().is_some_and(|form| {
        form.reader == reader && form.role == role && form.identity == card.identity
    });
    if !same {
        let mut form = Form::open(reader, card, role);
        if let Some(running) = model.running_at(&form.reader) {
            form.phase = running.phase_of(&form.identity, role);
            if form.is_running() {
                form.operation = running.operation;
            }
        }
        model.form = Some(form);
    }
    if let Some(form) = &mut model.form {
        form.wants_focus |= enter;
    }
    commands
}

fn accept(model: &mut Model, yes: bool) {
    let Some(risk) = model
        .form
        .as_ref()
        .zip(model.form_card())
        .map(|(form, card)| form.risk(card).0)
    else {
        return;
    };
    if let Some(form) = model
        .form
        .as_mut()
        .filter(|form| form.phase == Phase::Editing)
    {
        form.accepted = (yes && risk != Risk::None).then_some(risk);
    }
}

fn submit(model: &mut Model, now: Instant) -> Option<Command> {
    let form = model.form.as_ref()?;
    let reader = model.reader(&form.reader)?;
    let card = reader.card()?;
    // One request at a time for a reader, whichever form it came from.
    let tested = model.login.as_ref().is_some_and(LoginTest::is_held);
    if tested || !form.can_submit(card) || model.running_at(&form.reader).is_some() {
        return None;
    }
    let (label, holder) = (reader.label.clone(), card.holder.clone());
    let (risk, kind, generation) = (form.risk(card).0, card.kind, reader.generation);
    let ticket = model.last_ticket + 1;
    let form = model.form.as_mut()?;
    let (consent, seen) = (form.consent(risk), form.identity.clone());
    // Everything a rule could object to was checked by `can_submit`; the digits are gone already.
    let request = form.take_request().ok()?;
    form.phase = Phase::Running { ticket, since: now };
    form.finished = None;
    let (reader, role, operation) = (form.reader.clone(), form.role, form.operation);
    model.last_ticket = ticket;
    model.running.push(Running {
        ticket,
        since: now,
        operation,
        about: About {
            reader: reader.clone(),
            label,
            holder,
            role,
            identity: seen.clone(),
        },
    });
    Some(Command::Perform(Box::new(Order {
        reader,
        generation,
        ticket,
        request,
        seen,
        consent,
        kind,
    })))
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
