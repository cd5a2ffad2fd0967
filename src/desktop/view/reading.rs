//! Reading a long page with the keyboard alone.

use egui::style::ScrollAnimation;
use egui::{Key, Modifiers, Response, Ui, vec2};

/// Page Up, Page Down, Home and End move the page. To be called inside of what is scrolled, while
/// nothing on it is typed into.
pub(super) fn scroll_by_keys(ui: &Ui) {
    let page = ui.clip_rect().height() * 0.9;
    let moves = [
        (Key::PageDown, -page),
        (Key::PageUp, page),
        (Key::End, -WHOLE),
        (Key::Home, WHOLE),
    ];
    let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    for (key, distance) in moves {
        if pressed(key) {
            ui.scroll_with_delta_animation(vec2(0.0, distance), ScrollAnimation::none());
        }
    }
}

/// Brings into sight what the keyboard has just come to.
pub(super) fn keep_in_sight(response: &Response) {
    if response.gained_focus() {
        response.scroll_to_me_animation(None, ScrollAnimation::none());
    }
}

/// Longer than any page.
const WHOLE: f32 = 1.0e6;
