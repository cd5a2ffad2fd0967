//! Tries left, drawn: one segment per try, and a shape of its own for every other state.

use egui::{Color32, CornerRadius, Painter, Pos2, Rect, Stroke, StrokeKind, pos2, vec2};
use siru_apdu::TriesLeft;
use siru_card::PinState;

use super::icon;
use crate::theme::Palette;

/// The width of a gauge with `max` segments.
pub fn width(max: Option<TriesLeft>) -> f32 {
    f32::from(segments(max)) * (SEGMENT + GAP) - GAP
}

/// The width of what is drawn for a state: the gauge, or the sign that stands in for it.
pub fn width_of(state: PinState, max: Option<TriesLeft>) -> f32 {
    if counted(state, max).is_some() {
        width(max)
    } else {
        SIGN_WIDTH
    }
}

/// Draws the state of a code with its right end at `right`.
///
/// The gauge repeats what is said in words beside it, so it has no name of its own.
pub fn paint(
    painter: &Painter,
    right: Pos2,
    state: PinState,
    max: Option<TriesLeft>,
    colours: &Palette,
) {
    let colour = colour(state, colours);
    if let Some(tries) = counted(state, max) {
        segments_of(painter, right, tries, max, colour, colours);
        return;
    }
    let centre = pos2(right.x - 8.0, right.y);
    match state {
        PinState::Locked => icon::padlock(painter, centre, 17.0, colour),
        PinState::Unknown | PinState::Usable { .. } => {
            painter.circle_stroke(centre, 7.5, Stroke::new(1.5, colour));
            painter.hline(
                centre.x - 3.0..=centre.x + 3.0,
                centre.y,
                Stroke::new(1.5, colour),
            );
        }
        PinState::NotActivated { .. } => {
            painter.circle_stroke(centre, 7.5, Stroke::new(1.5, colour));
            painter.circle_filled(centre, 2.5, colour);
        }
    }
}

/// One segment for each of `max` tries, those that are left filled.
fn segments_of(
    painter: &Painter,
    right: Pos2,
    tries: TriesLeft,
    max: Option<TriesLeft>,
    colour: Color32,
    colours: &Palette,
) {
    let left = right.x - width(max);
    for index in 0..segments(max) {
        let x = left + f32::from(index) * (SEGMENT + GAP);
        let rect = Rect::from_min_size(pos2(x, right.y - HEIGHT / 2.0), vec2(SEGMENT, HEIGHT));
        let radius = CornerRadius::same(2);
        if index < tries.0 {
            painter.rect_filled(rect, radius, colour);
        } else {
            // Hollow, so that full and spent differ by more than colour.
            let stroke = Stroke::new(colours.line, colours.control);
            painter.rect_stroke(rect, radius, stroke, StrokeKind::Inside);
        }
    }
}

/// The colour that goes with a state; the words beside it say the same.
pub fn colour(state: PinState, colours: &Palette) -> Color32 {
    match state {
        PinState::Locked => colours.bad.strong,
        PinState::Usable {
            tries_left: Some(TriesLeft(0 | 1)),
        } => colours.bad.strong,
        PinState::Usable {
            tries_left: Some(TriesLeft(2)),
        } => colours.warning.strong,
        // Nothing to heed: what needs care must be the first thing seen in a long list.
        PinState::Usable {
            tries_left: Some(_),
        } => colours.weak,
        PinState::NotActivated { .. } => colours.warning.strong,
        PinState::Unknown | PinState::Usable { tries_left: None } => colours.weak,
    }
}

/// The tries that are drawn. Those of a PIN that was never set are news once one of them is gone.
fn counted(state: PinState, max: Option<TriesLeft>) -> Option<TriesLeft> {
    match state {
        PinState::Usable { tries_left } => tries_left,
        PinState::NotActivated { tries_left } => {
            let known = tries_left.zip(max);
            known.and_then(|(tries, max)| (tries < max).then_some(tries))
        }
        PinState::Locked | PinState::Unknown => None,
    }
}

fn segments(max: Option<TriesLeft>) -> u8 {
    // A card that says nonsense must not draw across the window.
    max.map_or(USUAL, |max| max.0.clamp(1, 15))
}

const USUAL: u8 = 5;
const SIGN_WIDTH: f32 = 16.0;
const SEGMENT: f32 = 9.0;
const GAP: f32 = 3.0;
const HEIGHT: f32 = 12.0;
