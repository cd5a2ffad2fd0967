//! How the window follows readers and cards: what comes, what goes, what is offered by itself.

use std::time::Instant;

use siru_apdu::{ReaderError, ReaderName, ReaderState};
use siru_card::{PinRole, PinState};

use super::login_update as login;
use super::{
    About, Card, Command, Content, Form, LoginPhase, LookError, Model, Notice, Phase, Reader,
    Service, Tab, pin_update,
};

pub(super) fn changed(model: &mut Model, states: Vec<ReaderState>, now: Instant) -> Vec<Command> {
    model.service = Service::Running;
    let mut known = std::mem::take(&mut model.readers);
    let mut commands = Vec::new();
    let names: Vec<_> = states.iter().map(|state| state.name.clone()).collect();
    let places = model.order.places_of(&names);
    for (state, place) in states.into_iter().zip(places) {
        let found = known.iter().position(|reader| reader.name == state.name);
        let reader = match found.map(|index| known.swap_remove(index)) {
            Some(reader) if !reader.differs(&state) => reader,
            Some(mut reader) => {
                forget(model, &reader);
                reader.begin(state, model.next_generation(), now);
                card_gone(model, &reader.name);
                reader
            }
            None => Reader::new(state, place + 1, model.next_generation(), now),
        };
        if matches!(reader.content, Content::Looking(since) if since == now) {
            let (reader, generation) = (reader.name.clone(), reader.generation);
            commands.push(Command::Look { reader, generation });
        }
        model.readers.push(reader);
    }
    model.readers.sort_by_key(|reader| reader.number);
    for reader in known {
        forget(model, &reader);
        leave_left_out(model, &reader.name);
        card_gone(model, &reader.name);
        commands.push(Command::Forget(reader.name));
    }
    commands
}

pub(super) fn service_failed(model: &mut Model, error: ReaderError) -> Vec<Command> {
    model.service = Service::Failed(error);
    let gone = std::mem::take(&mut model.readers);
    let left = |reader: Reader| {
        forget(model, &reader);
        card_gone(model, &reader.name);
        Command::Forget(reader.name)
    };
    gone.into_iter().map(left).collect()
}

/// Nobody is told to insert a card again whose reader was left out on purpose.
fn leave_left_out(model: &mut Model, reader: &ReaderName) {
    let left_out = &model.settings.left_out.value;
    if !left_out.iter().any(|pattern| pattern.fits(reader)) {
        return;
    }
    model
        .form
        .take_if(|form| form.reader == *reader && !form.is_running());
    model.login.take_if(|test| {
        // What came of one is still to be read.
        test.is_at(reader) && test.phase == LoginPhase::Ready && test.told.is_none()
    });
}

/// A card left its reader: it may come back with other PINs, so nothing stays known of them.
fn forget(model: &mut Model, reader: &Reader) {
    if let Some(card) = reader.card() {
        model.shield.forget(&card.identity);
    }
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

pub(super) fn looked(
    model: &mut Model,
    name: &ReaderName,
    generation: u64,
    look: Result<Box<Card>, LookError>,
) -> Vec<Command> {
    let Some(reader) = model.reader_mut(name, generation) else {
        return Vec::new();
    };
    let before = reader
        .card()
        .map(|card| (card.identity.clone(), card.states));
    let own_success = std::mem::take(&mut reader.success_elsewhere);
    reader.content = match look {
        Ok(card) => Content::Card(Box::new(card.after(reader.card()))),
        Err(error) => Content::Failed(error),
    };
    let after = reader
        .card()
        .map(|card| (card.identity.clone(), card.states, card.holder.clone()));
    if let Some((seen, states)) = before {
        match &after {
            Some((identity, now, _)) if *identity == seen => {
                for code in PinRole::ALL {
                    if !own_success && was_set_elsewhere(states.of(code), now.of(code)) {
                        model.shield.forget_code(&seen, code);
                    }
                }
            }
            // Whatever is in the reader now, nothing more is known of the card that was.
            _ => model.shield.forget(&seen),
        }
    }
    login::looked(model, name);
    let busy = model.running_at(name).map(|running| running.since);
    make_room_for_activation(model, name);
    let Some(form) = model.form.as_mut() else {
        offer_activation(model, name);
        return Vec::new();
    };
    let its_card = after.filter(|(identity, ..)| *identity == form.identity);
    let is_its_card = its_card.is_some();
    if let Some((_, _, holder)) = its_card {
        form.holder = holder;
    }
    match form.phase {
        // The card of the form is back, wherever it was put in: the person goes on.
        Phase::CardGone if is_its_card => {
            form.reader = name.clone();
            form.phase = busy.map_or(Phase::Editing, |since| Phase::Waiting { since });
            form.wants_focus = true;
            pin_update::follow_card(model);
        }
        Phase::Editing | Phase::Waiting { .. } if form.reader == *name && !is_its_card => {
            card_gone(model, name);
        }
        _ => pin_update::follow_card(model),
    }
    Vec::new()
}

/// Whether a code has more tries than it had, or is usable again: somebody presented it rightly or
/// set it anew, so that what was refused may be right now.
fn was_set_elsewhere(before: PinState, now: PinState) -> bool {
    let rose = match (before.tries_left(), now.tries_left()) {
        (Some(before), Some(now)) => now > before,
        _ => false,
    };
    let is_set = |state| matches!(state, PinState::Usable { .. });
    rose || (is_set(now) && !is_set(before) && before != PinState::Unknown)
}

/// A form whose card is gone is in nobody's way: what came of it is kept as a notice when a new card
/// wants to be activated.
fn make_room_for_activation(model: &mut Model, name: &ReaderName) {
    let reader = model
        .reader(name)
        .filter(|reader| reader.wants_activation());
    let Some(identity) = reader.and_then(|reader| Some(reader.card()?.identity.clone())) else {
        return;
    };
    if !may_be_offered(model) {
        return;
    }
    let is_left = |form: &mut Form| form.phase == Phase::CardGone && form.identity != identity;
    let Some(form) = model.form.take_if(is_left) else {
        return;
    };
    let label = model
        .reader(&form.reader)
        .map(|reader| reader.label.clone());
    if let Some(finished) = form.finished {
        model.last_ticket += 1;
        model.notices.push(Notice {
            ticket: model.last_ticket,
            about: About {
                reader: form.reader,
                label: label.unwrap_or_default(),
                holder: form.holder,
                role: form.role,
                identity: form.identity,
            },
            finished,
        });
    }
}

/// Whether the person is at nothing that a form coming up by itself would interrupt.
const fn may_be_offered(model: &Model) -> bool {
    model.login.is_none() && model.certificates.save.is_none()
}

/// A new card is activated without looking for the way: once for each time it is put in, and only
/// when the person is not at something else.
fn offer_activation(model: &mut Model, name: &ReaderName) {
    if !may_be_offered(model) {
        return;
    }
    let Some(reader) = model.readers.iter_mut().find(|reader| reader.name == *name) else {
        return;
    };
    let Some(card) = reader.card().filter(|_| reader.wants_activation()) else {
        return;
    };
    let Some(role) = card
        .activation()
        .and_then(|activation| activation.remaining().first().copied())
    else {
        return;
    };
    let mut form = Form::open(name.clone(), card, role);
    form.wants_focus = true;
    reader.offered = true;
    model.form = Some(form);
    model.tab = Tab::Identification;
}
