//! How the window follows readers and cards: what comes, what goes, what is offered by itself.

use std::time::Instant;

use siru_apdu::{ReaderError, ReaderName, ReaderState};
use siru_card::Access;

use super::login_update as login;
use super::{
    Card, Command, Content, Form, Holder, LookError, Model, Phase, Reader, Service, Tab, pin_update,
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
    reader.content = match look {
        Ok(card) => Content::Card(Box::new(card.after(reader.card()))),
        Err(error) => Content::Failed(error),
    };
    let identity = reader.card().map(|card| card.identity.clone());
    login::looked(model, name);
    let busy = model.running_at(name).map(|running| running.since);
    let Some(form) = model.form.as_mut() else {
        offer_activation(model, name);
        return Vec::new();
    };
    match form.phase {
        // The card of the form is back, wherever it was put in: the person goes on.
        Phase::CardGone if identity.as_ref() == Some(&form.identity) => {
            form.reader = name.clone();
            form.phase = busy.map_or(Phase::Editing, |since| Phase::Waiting { since });
            form.wants_focus = true;
            pin_update::follow_card(model);
        }
        Phase::Editing | Phase::Waiting { .. }
            if form.reader == *name && identity.as_ref() != Some(&form.identity) =>
        {
            card_gone(model, name);
        }
        _ => pin_update::follow_card(model),
    }
    Vec::new()
}

/// A new card is activated without looking for the way: once for each time it is put in, and only
/// when the person is not at something else.
fn offer_activation(model: &mut Model, name: &ReaderName) {
    if model.login.is_some() {
        return;
    }
    let Some(reader) = model.readers.iter_mut().find(|reader| reader.name == *name) else {
        return;
    };
    let Content::Card(card) = &reader.content else {
        return;
    };
    // Which letter came with the card is told by its certificate.
    if matches!(card.holder, Holder::Reading(_)) || reader.offered || card.access != Access::Full {
        return;
    }
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
