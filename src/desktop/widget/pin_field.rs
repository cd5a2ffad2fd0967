//! The field into which a PIN is typed: digits only, shown as bullets, leaving no trace.
//!
//! Whatever egui keeps of a text (layout, undo history, accessibility tree, clipboard) it takes
//! from [`TextBuffer::as_str`], and that is never anything but bullets. The digits go straight into
//! a [`Field`], which wipes them.

use std::any::TypeId;
use std::ops::Range;

use egui::accesskit::ActionData;
use egui::text::CharIndex;
use egui::{
    Context, Event, Id, ImeEvent, InputState, Key, Response, TextBuffer, TextEdit, Ui, vec2,
};
use siru_card::Pin;
use zeroize::Zeroize;

use crate::model::Field;
use crate::theme;

/// Shows a field for a PIN under the label with the id `labelled_by`.
pub fn pin_field(ui: &mut Ui, id: Id, field: &mut Field, labelled_by: Id) -> Response {
    let mut masked = Masked { field };
    let response = ui
        .add(
            TextEdit::singleline(&mut masked)
                .id(id)
                .password(true)
                // Enter is the form's: it must not take the focus away.
                .return_key(None)
                .desired_width(WIDTH)
                .min_size(vec2(WIDTH, theme::CONTROL_HEIGHT))
                .align(egui::Align2::LEFT_CENTER),
        )
        .labelled_by(labelled_by);
    // Undoing bullets would be nonsense, and a history is one more thing to hold something.
    if let Some(mut state) = TextEdit::load_state(ui.ctx(), id) {
        state.clear_undoer();
        TextEdit::store_state(ui.ctx(), id, state);
    }
    response
}

const WIDTH: f32 = 190.0;

/// Twelve bullets, the most a PIN can have.
const BULLETS: &str = "••••••••••••";

struct Masked<'field> {
    field: &'field mut Field,
}

impl TextBuffer for Masked<'_> {
    fn is_mutable(&self) -> bool {
        true
    }

    fn as_str(&self) -> &str {
        const { assert!(BULLETS.len() == Pin::CAPACITY * '•'.len_utf8()) };
        BULLETS
            .get(..self.field.len() * '•'.len_utf8())
            .unwrap_or_default()
    }

    fn insert_text(&mut self, text: &str, at: CharIndex) -> usize {
        self.field.insert(text, at.0.min(self.field.len()))
    }

    fn delete_char_range(&mut self, range: Range<CharIndex>) {
        self.field.remove(range.start.0..range.end.0);
    }

    fn take(&mut self) -> String {
        self.field.clear();
        String::new()
    }

    fn type_id(&self) -> TypeId {
        TypeId::of::<Masked<'static>>()
    }
}

/// Before a frame: takes pasted text out of the input. A PIN belongs on no clipboard, so nothing
/// may come from there either.
pub fn drop_pasted(context: &Context) {
    context.input_mut(|input| {
        for event in input.events.iter_mut().chain(&mut input.raw.events) {
            if matches!(event, Event::Paste(_) | Event::MiddleClickPaste { .. }) {
                wipe(event);
            }
        }
        input
            .events
            .retain(|event| !matches!(event, Event::Paste(_) | Event::MiddleClickPaste { .. }));
    });
}

/// After a frame: wipes what was typed from the input, which egui keeps, twice, until the next one.
pub fn scrub(context: &Context) {
    context.input_mut(|input: &mut InputState| {
        for event in input.events.iter_mut().chain(&mut input.raw.events) {
            wipe(event);
        }
    });
}

fn wipe(event: &mut Event) {
    match event {
        Event::Text(text)
        | Event::Paste(text)
        | Event::MiddleClickPaste { text, .. }
        | Event::Ime(ImeEvent::Commit(text) | ImeEvent::Preedit { text, .. }) => text.zeroize(),
        Event::Key {
            key, physical_key, ..
        } if is_digit(*key) => {
            *key = Key::Num0;
            *physical_key = None;
        }
        Event::AccessKitActionRequest(request) => {
            if let Some(ActionData::Value(value)) = &mut request.data {
                value.zeroize();
            }
        }
        _ => {}
    }
}

const fn is_digit(key: Key) -> bool {
    matches!(
        key,
        Key::Num0
            | Key::Num1
            | Key::Num2
            | Key::Num3
            | Key::Num4
            | Key::Num5
            | Key::Num6
            | Key::Num7
            | Key::Num8
            | Key::Num9
    )
}
