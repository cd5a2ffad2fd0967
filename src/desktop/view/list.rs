//! The list of identification objects over all readers, one group per reader.

use egui::accesskit::Role;
use egui::{Align, EventFilter, Id, Key, Layout, Rect, Ui, UiBuilder};
use siru_apdu::ReaderName;
use siru_card::PinRole;

use super::{Scene, group};
use crate::model::{BackTo, Message, Model};
use crate::say;
use crate::theme::space;
use crate::widget::{button, text};

/// A row that can be selected, and where it is.
pub(super) struct Place {
    pub(super) id: Id,
    pub(super) reader: ReaderName,
    pub(super) role: PinRole,
    pub(super) rect: Rect,
}

pub(super) fn show(ui: &mut Ui, model: &mut Model, scene: &mut Scene<'_>) {
    ui.horizontal(|ui| {
        text::title(ui, &say!(scene.speech, "objects"));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let label = say!(scene.speech, "read-again");
            let can = model.readable().next().is_some();
            let again = ui.add_enabled_ui(can, |ui| button::secondary(ui, &label));
            if again.inner.on_hover_text("F5").clicked() {
                scene.send(Message::ReadAgain);
            }
        });
    });
    ui.add_space(space::SMALL);
    if let Some((cards, concerning)) = model.crowd() {
        crowd(ui, model, cards, concerning, scene);
    }
    let mut places = Vec::new();
    ui.scope_builder(UiBuilder::new().id_salt("objects"), |ui| {
        let id = ui.unique_id();
        ui.ctx().accesskit_node_builder(id, |node| {
            node.set_role(Role::ListBox);
            node.set_label(say!(scene.speech, "objects"));
        });
        let crowded = model.crowd().is_some();
        ui.spacing_mut().item_spacing.y = if crowded { space::SMALL } else { space::MEDIUM };
        for reader in model
            .readers
            .iter()
            .filter(|reader| model.is_in_sight(reader))
        {
            group::show(ui, model, reader, scene, &mut places);
        }
    });
    if places.is_empty() && model.only_attention && model.crowd().is_some() {
        text::weak(ui, &say!(scene.speech, "none-needs-attention"));
    }
    if let Some(BackTo::Object(reader, role)) = model.back_to.take()
        && let Some(place) = places
            .iter()
            .find(|place| place.reader == reader && place.role == role)
    {
        ui.ctx().memory_mut(|memory| memory.request_focus(place.id));
    }
    arrows(ui, &places, scene);
}

/// Many cards: how many, and a way to have only those in sight that need attention.
fn crowd(ui: &mut Ui, model: &Model, cards: usize, concerning: usize, scene: &mut Scene<'_>) {
    let words = say!(
        scene.speech,
        "cards-summary",
        cards = cards,
        concerning = concerning
    );
    text::body(ui, &words);
    let mut only = model.only_attention;
    let label = say!(scene.speech, "only-attention");
    if ui.checkbox(&mut only, label).changed() {
        scene.send(Message::OnlyAttention(only));
    }
    ui.add_space(space::SMALL);
}

/// Up and down move from row to row, whatever card it belongs to.
fn arrows(ui: &Ui, places: &[Place], scene: &mut Scene<'_>) {
    let focused = |place: &Place| ui.ctx().memory(|memory| memory.has_focus(place.id));
    let Some(current) = places.iter().position(focused) else {
        return;
    };
    let filter = EventFilter {
        vertical_arrows: true,
        ..EventFilter::default()
    };
    if let Some(place) = places.get(current) {
        ui.ctx()
            .memory_mut(|memory| memory.set_focus_lock_filter(place.id, filter));
    }
    let (up, down) = ui.ctx().input(|input| {
        (
            input.key_pressed(Key::ArrowUp),
            input.key_pressed(Key::ArrowDown),
        )
    });
    let target = match (up, down) {
        (true, false) => current.checked_sub(1),
        (false, true) => current.checked_add(1),
        _ => None,
    };
    if let Some(place) = target.and_then(|target| places.get(target)) {
        ui.ctx().memory_mut(|memory| memory.request_focus(place.id));
        ui.scroll_to_rect(place.rect, None);
        // In a narrow window a form takes the place of the list; there Enter selects.
        if !super::is_narrow(ui.ctx()) {
            scene.send(Message::Select {
                reader: place.reader.clone(),
                role: place.role,
                enter: false,
            });
        }
    }
}
