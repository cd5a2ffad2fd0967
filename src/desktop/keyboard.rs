//! Typing faster than the window is drawn: what is typed after Tab belongs to the next field.

use egui::{Event, Key, RawInput};

/// What was typed after the focus moved on, kept for the next drawing.
///
/// The focus moves when a drawing ends. Digits that come in the same one as the key that moves it
/// would go into the field before: a PIN into the box of the PUK.
#[derive(Default)]
pub struct Ahead {
    events: Vec<Event>,
}

impl Ahead {
    /// Puts what was kept before the new input, and keeps what follows on a key that moves the
    /// focus. Says whether something is kept, so that another drawing is needed.
    pub fn hold(&mut self, input: &mut RawInput) -> bool {
        let mut events = std::mem::take(&mut self.events);
        events.append(&mut input.events);
        let moved = events.iter().position(moves_focus);
        let typed_after = moved.filter(|moved| {
            let mut rest = events.iter().skip(moved + 1);
            rest.any(|event| types(event) || moves_focus(event))
        });
        if let Some(moved) = typed_after {
            self.events = events.split_off(moved + 1);
        }
        input.events = events;
        !self.events.is_empty()
    }
}

const fn moves_focus(event: &Event) -> bool {
    matches!(
        event,
        Event::Key {
            key: Key::Tab | Key::Enter,
            pressed: true,
            ..
        }
    )
}

const fn types(event: &Event) -> bool {
    matches!(event, Event::Text(_) | Event::Ime(_))
}

#[cfg(test)]
mod tests {
    use egui::Modifiers;

    use super::*;

    fn key(key: Key, pressed: bool) -> Event {
        Event::Key {
            key,
            physical_key: None,
            pressed,
            repeat: false,
            modifiers: Modifiers::NONE,
        }
    }

    fn text(digit: &str) -> Event {
        Event::Text(digit.to_owned())
    }

    fn frame(ahead: &mut Ahead, events: Vec<Event>) -> (String, bool) {
        let mut input = RawInput {
            events,
            ..RawInput::default()
        };
        let more = ahead.hold(&mut input);
        let seen = input.events.iter().map(|event| match event {
            Event::Text(digit) => digit.clone(),
            Event::Key { pressed: true, .. } => ">".to_owned(),
            _ => String::new(),
        });
        (seen.collect(), more)
    }

    #[test]
    fn what_is_typed_after_tab_waits_for_the_next_drawing() {
        let mut ahead = Ahead::default();
        let burst = vec![
            text("1"),
            key(Key::Tab, true),
            key(Key::Tab, false),
            text("2"),
            key(Key::Tab, true),
            text("3"),
        ];
        assert_eq!(frame(&mut ahead, burst), ("1>".to_owned(), true));
        assert_eq!(frame(&mut ahead, vec![text("4")]), ("2>".to_owned(), true));
        assert_eq!(frame(&mut ahead, Vec::new()), ("34".to_owned(), false));
        assert_eq!(frame(&mut ahead, Vec::new()), (String::new(), false));
    }

    #[test]
    fn nothing_waits_without_need() {
        let mut ahead = Ahead::default();
        let calm = vec![
            text("1"),
            text("2"),
            key(Key::Tab, true),
            key(Key::Tab, false),
        ];
        assert_eq!(frame(&mut ahead, calm), ("12>".to_owned(), false));
    }
}
