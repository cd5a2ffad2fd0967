//! The codes of one card in the list: in rows, or side by side where there are many cards.

use egui::{Id, Rect, Response, Sense, Ui, pos2, vec2};
use siru_card::PinRole;

use super::list::Place;
use super::{Scene, cell, group, row};
use crate::model::{Card, Form, Message, Model, Reader};
use crate::say;

/// The codes of a card in rows.
pub(super) fn one_below_the_other(
    ui: &mut Ui,
    model: &Model,
    reader: &Reader,
    card: &Card,
    scene: &mut Scene<'_>,
    places: &mut Vec<Place>,
) {
    let who = group::spoken(model, reader, card, scene);
    for object in &card.objects {
        group::separator(ui);
        let texts = &scene.speech.texts;
        let state = card.state(object.role);
        let looks = row::Looks {
            who: &who,
            name: &texts.role(object.role),
            state,
            state_text: &texts.state(object.role, state, object.max_tries),
            max_tries: object.max_tries,
            selected: is_selected(model, reader, card, object.role),
        };
        let id = id_of(ui, reader, object.role);
        let response = row::show(ui, id, &looks);
        selectable(reader, object.role, &response, scene, places);
    }
    group::separator(ui);
    let (role, state) = (PinRole::Unblocking, card.states.puk);
    let texts = &scene.speech.texts;
    let state_text = texts.state(role, state, card.puk_max_tries);
    row::show_plain(
        ui,
        &texts.role(role),
        &state_text,
        state,
        card.puk_max_tries,
    );
}

/// The codes of a card beside each other, so that many cards are in sight at once.
pub(super) fn side_by_side(
    ui: &mut Ui,
    model: &Model,
    reader: &Reader,
    card: &Card,
    scene: &mut Scene<'_>,
    places: &mut Vec<Place>,
) {
    group::separator(ui);
    let who = group::spoken(model, reader, card, scene);
    let texts = &scene.speech.texts;
    let roles: Vec<_> = card.objects.iter().map(|object| object.role).collect();
    let words: Vec<_> = roles
        .iter()
        .copied()
        .chain([PinRole::Unblocking])
        .map(|role| {
            let state = card.state(role);
            let max = card.max_tries(role);
            (
                role,
                state,
                max,
                texts.role(role),
                texts.state(role, state, max),
            )
        })
        .collect();
    let looks: Vec<_> = words
        .iter()
        .map(|(role, state, max_tries, name, state_text)| row::Looks {
            who: &who,
            name,
            state: *state,
            state_text,
            max_tries: *max_tries,
            selected: is_selected(model, reader, card, *role),
        })
        .collect();
    let count = u16::try_from(looks.len()).map_or(1.0, f32::from);
    let width = ui.available_width() / count;
    let heights = looks.iter().map(|looks| cell::height(ui, width, looks));
    let height = heights.fold(0.0, f32::max);
    let (whole, _) = ui.allocate_exact_size(vec2(width * count, height), Sense::hover());
    let mut left = whole.left();
    for ((role, ..), looks) in words.iter().zip(&looks) {
        let rect = Rect::from_min_size(pos2(left, whole.top()), vec2(width, height));
        left += width;
        let short = match role {
            PinRole::Authentication => say!(scene.speech, "pin1"),
            PinRole::Signature => say!(scene.speech, "pin2"),
            PinRole::Unblocking => say!(scene.speech, "puk-short"),
        };
        let id = roles.contains(role).then(|| id_of(ui, reader, *role));
        let response = cell::show(ui, rect, id, &short, looks);
        if id.is_some() {
            selectable(reader, *role, &response, scene, places);
        }
    }
}

fn is_selected(model: &Model, reader: &Reader, card: &Card, role: PinRole) -> bool {
    let here = |form: &Form| form.reader == reader.name && form.role == role && form.is_about(card);
    model.form.as_ref().is_some_and(here)
}

fn id_of(ui: &Ui, reader: &Reader, role: PinRole) -> Id {
    ui.make_persistent_id((&reader.label, reader.name.as_bytes(), role))
}

/// Selects what was pressed, and remembers where it is for the arrow keys.
fn selectable(
    reader: &Reader,
    role: PinRole,
    response: &Response,
    scene: &mut Scene<'_>,
    places: &mut Vec<Place>,
) {
    if response.clicked() {
        scene.send(Message::Select {
            reader: reader.name.clone(),
            role,
            enter: true,
        });
    }
    places.push(Place {
        id: response.id,
        reader: reader.name.clone(),
        role,
        rect: response.rect,
    });
}
