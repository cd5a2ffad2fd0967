//! How a form is opened, filled in, confirmed and answered.

use std::time::Instant;

use siru_apdu::ReaderName;
use siru_card::{CardKind, PinRole, PinState, PinStates, Risk};

use super::login_update as login;
use super::request::RequestMarks;
use super::{
    About, Card, Command, Finished, Form, LoginTest, LookError, Model, Notice, Order, Outcome,
    Phase, Reader, Running, Task,
};

pub(super) fn performed(
    model: &mut Model,
    name: ReaderName,
    generation: u64,
    ticket: u64,
    outcome: Result<Box<Outcome>, LookError>,
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
    let Running { about, marks, .. } = model.running.swap_remove(index);
    model.leaving &= model.is_running();
    let mut commands = Vec::new();
    let other_card = outcome
        .as_ref()
        .is_ok_and(|outcome| outcome.met_another_card());
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
    if let (Ok(outcome), true) = (&outcome, still_there) {
        marks.learn(&mut model.shield, outcome);
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
            follow_card(model);
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

pub(super) fn select(
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
        model.form = Some(form_for(model, reader, card, role));
    }
    if let Some(form) = &mut model.form {
        form.wants_focus |= enter;
    }
    commands
}

/// The form for `role` of the card in `reader`, which may be at work already.
fn form_for(model: &Model, reader: ReaderName, card: &Card, role: PinRole) -> Form {
    let mut form = Form::open(reader, card, role);
    if let Some(running) = model.running_at(&form.reader) {
        form.phase = running.phase_of(&form.identity, role);
        if form.is_running() {
            form.task = running.task;
        }
    }
    form
}

/// The form, when it can be typed into.
fn editing(model: &mut Model) -> Option<&mut Form> {
    model
        .form
        .as_mut()
        .filter(|form| form.phase == Phase::Editing)
}

/// Begins another task for the selected object. An activation starts with the first PIN that is
/// still to be set.
pub(super) fn begin(model: &mut Model, task: Task) {
    let first = model
        .form
        .as_ref()
        .zip(model.form_card())
        .and_then(|(form, card)| {
            let activation = match task {
                Task::Activate(regime) => card.possible_activation()?.in_regime(regime),
                Task::Check | Task::Change | Task::Unlock => return None,
            };
            let remaining = activation.remaining();
            // The selected one stays selected where only one at a time can be set.
            let first = remaining.contains(&form.role).then_some(&form.role);
            first.or(remaining.first()).copied()
        });
    let Some(form) = editing(model) else {
        return;
    };
    form.begin(task);
    form.role = first.unwrap_or(form.role);
}

/// Has the PUK set both PINs, or only the selected one.
pub(super) fn set_both(model: &mut Model, both: bool) {
    if let Some(form) = editing(model) {
        form.set_both(both);
    }
}

/// Takes the person's word that the digits of another code are right for this one as well.
pub(super) fn insist(model: &mut Model, yes: bool) {
    if let Some(form) = editing(model) {
        form.insists = yes;
    }
}

/// Shows where the code is found, or no longer.
pub(super) fn show_letter(model: &mut Model, yes: bool) {
    if let Some(form) = editing(model) {
        form.shows_letter = yes;
    }
}

/// Opens the form that activates the card in `reader`.
pub(super) fn activate(model: &mut Model, reader: &ReaderName, now: Instant) -> Vec<Command> {
    let activation = model
        .reader(reader)
        .and_then(Reader::card)
        .and_then(Card::possible_activation);
    let Some((activation, role)) =
        activation.and_then(|activation| Some((activation, *activation.remaining().first()?)))
    else {
        return Vec::new();
    };
    let commands = select(model, reader.clone(), role, true, now);
    begin(model, Task::Activate(activation.regime));
    commands
}

/// What was found out of the card since the form was opened: which letter came with it, and which of
/// its PINs have been set. What is typed at the moment stays as it is.
pub(super) fn follow_card(model: &mut Model) {
    let Some(card) = model.form_card() else {
        return;
    };
    // Counters that could not be read say nothing of what is left to do.
    if [card.states.pin1, card.states.pin2] == [PinState::Unknown; 2] {
        return;
    }
    let activation = card.activation();
    let Some(form) = model.form.as_ref() else {
        return;
    };
    let Task::Activate(regime) = form.task else {
        return;
    };
    if form.phase != Phase::Editing {
        return;
    }
    let remaining = form
        .activation(card)
        .map_or(&[][..], |activation| activation.remaining());
    let role = if remaining.contains(&form.role) {
        Some(form.role)
    } else {
        remaining.first().copied()
    };
    let told = activation
        .filter(|_| form.is_untouched())
        .map_or(regime, |activation| activation.regime);
    let Some(form) = editing(model) else {
        return;
    };
    match role {
        Some(role) => {
            form.role = role;
            form.task = Task::Activate(told);
        }
        // All of them are set: what came of it stays in sight.
        None => form.task = Task::Check,
    }
}

pub(super) fn accept(model: &mut Model, yes: bool) {
    let Some(risk) = model
        .form
        .as_ref()
        .zip(model.form_card())
        .map(|(form, card)| form.risk(card).risk)
    else {
        return;
    };
    if let Some(form) = editing(model) {
        form.accepted = (yes && risk != Risk::None).then_some(risk);
    }
}

pub(super) fn submit(model: &mut Model, now: Instant) -> Option<Command> {
    let form = model.form.as_ref()?;
    let reader = model.reader(&form.reader)?;
    let card = reader.card()?;
    // One request at a time for a reader, whichever form it came from.
    let tested = model.login.as_ref().is_some_and(LoginTest::is_held);
    if tested
        || !form.can_submit(card, model.knowledge())
        || model.running_at(&form.reader).is_some()
    {
        return None;
    }
    let (label, holder) = (reader.label.clone(), card.holder.clone());
    let (risk, kind, generation) = (form.risk(card).risk, card.kind, reader.generation);
    let both = form.sets_both(card);
    let ticket = model.last_ticket + 1;
    let form = model.form.as_mut()?;
    let (consent, seen) = (form.consent(risk), form.identity.clone());
    // Everything a rule could object to was checked by `can_submit`; the digits are gone already.
    let request = form.take_request(both).ok()?;
    form.phase = Phase::Running { ticket, since: now };
    form.finished = None;
    let (reader, role, task) = (form.reader.clone(), form.role, form.task);
    let marks = RequestMarks::of(&request, &seen, &model.shield);
    model.last_ticket = ticket;
    model.running.push(Running {
        ticket,
        since: now,
        task,
        about: About {
            reader: reader.clone(),
            label,
            holder,
            role,
            identity: seen.clone(),
        },
        marks,
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
