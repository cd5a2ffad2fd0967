//! Draws the model and says what the person did. Nothing is decided here: whatever happens is a
//! [`Message`] for [`update`](crate::model::update).

mod activation;
mod banner;
mod cell;
mod certificates;
mod codes;
mod detail;
mod empty;
mod entry;
mod field;
mod gate;
mod group;
mod header;
mod help;
mod list;
mod login;
mod notice;
mod reading;
mod row;
mod settings;
mod told;

use std::time::Instant;

use egui::{
    Align, CentralPanel, Context, Frame, Id, Key, Layout, Margin, Modifiers, Panel, RawInput,
    ScrollArea, Ui, ViewportEvent, ViewportId, vec2,
};

use crate::model::{Content, Message, Model, PATIENCE, Service, Tab};
use crate::say;
use crate::store::Edit;
use crate::theme::{palette, space};
use crate::widget::pin_field;
use crate::words::Speech;

/// Draws everything once and collects what the person did meanwhile.
///
/// The model is changed in one way only: digits go straight into the fields of its form, because
/// no message may carry them.
pub fn view(ui: &mut Ui, model: &mut Model, speech: &Speech, now: Instant) -> Vec<Message> {
    let context = ui.ctx().clone();
    pin_field::drop_pasted(&context);
    let mut messages = shortcuts(ui, model);
    context.accesskit_node_builder(egui::accesskit_root_id(), |node| {
        node.set_label(say!(speech, "window-title"));
    });
    let mut scene = Scene {
        speech,
        now,
        contact: model.contact(),
        messages: &mut messages,
    };
    header::show(ui, model, &mut scene);
    if model.demo {
        header::show_demo_bar(ui, &scene);
    }
    notice::show(ui, model, &mut scene);
    match Page::of(model) {
        Page::Certificates => {
            central(ui).show(ui, |ui| {
                scroll("certificates", ui, |ui| {
                    certificates::show(ui, model, &mut scene)
                });
            });
        }
        Page::Settings => {
            central(ui).show(ui, |ui| {
                scroll("settings", ui, |ui| settings::show(ui, model, &mut scene));
            });
        }
        Page::Help => {
            central(ui).show(ui, |ui| {
                scroll("help", ui, |ui| help::show(ui, model, &mut scene));
            });
        }
        Page::Empty => {
            central(ui).show(ui, |ui| empty::show(ui, model, &mut scene));
        }
        Page::Test => {
            central(ui).show(ui, |ui| {
                scroll("detail", ui, |ui| alone(ui, model, &mut scene));
            });
        }
        Page::List if selected(model) && is_narrow(ui.ctx()) => {
            central(ui).show(ui, |ui| {
                scroll("detail", ui, |ui| right(ui, model, &mut scene))
            });
        }
        Page::List if is_narrow(ui.ctx()) => {
            central(ui).show(ui, |ui| {
                scroll("list", ui, |ui| list::show(ui, model, &mut scene))
            });
        }
        Page::List => {
            let width = (ui.available_width() * 0.44).clamp(330.0, 440.0);
            Panel::left("identification objects")
                .exact_size(width)
                .resizable(false)
                .show_separator_line(false)
                .frame(page_frame(ui))
                .show(ui, |ui| {
                    scroll("list", ui, |ui| list::show(ui, model, &mut scene))
                });
            let frame = page_frame(ui);
            let frame = frame.inner_margin(Margin {
                left: 0,
                ..frame.inner_margin
            });
            CentralPanel::default().frame(frame).show(ui, |ui| {
                scroll("detail", ui, |ui| right(ui, model, &mut scene));
            });
        }
    }
    pin_field::scrub(&context);
    messages
}

/// Whether something is open beside the list.
const fn selected(model: &Model) -> bool {
    model.form.is_some() || model.login.is_some()
}

/// The log-in test without anything beside it.
fn alone(ui: &mut Ui, model: &mut Model, scene: &mut Scene<'_>) {
    let width = ui.available_width().min(ALONE);
    ui.vertical_centered(|ui| {
        ui.allocate_ui_with_layout(vec2(width, 0.0), Layout::top_down(Align::Min), |ui| {
            login::show(ui, model, scene);
        });
    });
}

/// How wide a panel is that stands alone: lines stay readable.
const ALONE: f32 = 560.0;

fn right(ui: &mut Ui, model: &mut Model, scene: &mut Scene<'_>) {
    if model.login.is_some() {
        login::show(ui, model, scene);
    } else {
        detail::show(ui, model, scene);
    }
}

/// Keeps the window open when the person closes it while a request is on its way: what the card
/// answers would be lost. Asked once more, it lets them go.
///
/// The request is taken out of the input, since a minimised window gets the same input again until
/// it is drawn; refusing it there would count as asked twice.
pub fn hold_close(input: &mut RawInput, model: &Model) -> Option<Message> {
    let root = input.viewports.get_mut(&ViewportId::ROOT)?;
    if !root.close_requested() || !model.is_running() || model.leaving {
        return None;
    }
    root.events.retain(|event| *event != ViewportEvent::Close);
    Some(Message::Leave)
}

/// What every part of the window needs in order to draw itself.
struct Scene<'a> {
    speech: &'a Speech,
    now: Instant,
    /// Whom the organisation wants to be asked.
    contact: Option<String>,
    messages: &'a mut Vec<Message>,
}

impl Scene<'_> {
    fn send(&mut self, message: Message) {
        self.messages.push(message);
    }

    /// Whom to ask, in the organisation's own words.
    fn contact_line(&self) -> Option<String> {
        let contact = self.contact.as_deref()?;
        Some(say!(self.speech, "contact", line = contact))
    }

    /// Whether something has been going on for so long that a person wonders. Asks for one drawing
    /// at the moment when that becomes true.
    fn is_slow(&self, ui: &Ui, since: Instant) -> bool {
        let waited = self.now.saturating_duration_since(since);
        let Some(left) = PATIENCE.checked_sub(waited).filter(|left| !left.is_zero()) else {
            return true;
        };
        ui.ctx().request_repaint_after(left);
        false
    }
}

enum Page {
    /// The certificates of all cards.
    Certificates,
    /// What can be set.
    Settings,
    /// What can be looked up.
    Help,
    /// One large word on what to do first.
    Empty,
    /// The log-in test alone: there is nothing to list.
    Test,
    /// The list, and the selected object.
    List,
}

impl Page {
    fn of(model: &Model) -> Self {
        match model.tab {
            Tab::Identification => Self::identification(model),
            Tab::Certificates => Self::Certificates,
            Tab::Settings => Self::Settings,
            Tab::Help => Self::Help,
        }
    }

    fn identification(model: &Model) -> Self {
        let nothing = model
            .readers
            .iter()
            .all(|reader| matches!(reader.content, Content::Empty));
        let running = matches!(model.service, Service::Running);
        // Whoever has a form open must be told there what became of the card.
        let without_card = model
            .login
            .as_ref()
            .is_some_and(|test| test.about.is_none());
        if !nothing && running {
            Self::List
        } else if without_card {
            Self::Test
        } else if !selected(model) {
            Self::Empty
        } else {
            Self::List
        }
    }
}

fn shortcuts(ui: &Ui, model: &Model) -> Vec<Message> {
    ui.ctx().input_mut(|input| {
        let mut messages = Vec::new();
        if input.consume_key(Modifiers::NONE, Key::F1) {
            messages.push(Message::Open(Tab::Help));
        }
        for (key, larger) in [(Key::Plus, true), (Key::Equals, true), (Key::Minus, false)] {
            if input.consume_key(Modifiers::COMMAND, key) {
                messages.push(Message::Zoom { larger });
            }
        }
        if input.consume_key(Modifiers::COMMAND, Key::Num0) {
            messages.push(Message::Decide(Edit::Unset(siru_settings::Key::Zoom)));
        }
        for (key, to_the_right) in [(Key::PageDown, true), (Key::PageUp, false)] {
            if input.consume_key(Modifiers::CTRL, key) {
                messages.push(Message::Open(model.tab.beside(to_the_right)));
            }
        }
        if input.consume_key(Modifiers::NONE, Key::F5) {
            messages.push(Message::ReadAgain);
        }
        if input.consume_key(Modifiers::NONE, Key::Escape) {
            messages.push(Message::Close);
        }
        messages
    })
}

/// Whether there is no room for the list and a form beside each other.
fn is_narrow(context: &Context) -> bool {
    context.content_rect().width() < 700.0
}

fn page_frame(ui: &Ui) -> Frame {
    Frame::new()
        .fill(palette(ui.visuals()).window)
        .inner_margin(Margin {
            bottom: 0,
            ..MARGIN
        })
}

/// Around a page. None at the bottom: there it is cut by the window while it scrolls.
const MARGIN: Margin = Margin::same(20);

fn central(ui: &Ui) -> CentralPanel {
    CentralPanel::default().frame(page_frame(ui))
}

fn scroll(name: &str, ui: &mut Ui, add: impl FnOnce(&mut Ui)) {
    ScrollArea::vertical()
        .id_salt(name)
        .auto_shrink(false)
        .show(ui, |ui| {
            // Room for focus rings, which lie outside of what they surround.
            let margin = Margin {
                bottom: 24,
                ..Margin::same(4)
            };
            Frame::new().inner_margin(margin).show(ui, add);
            follow_focus(name, ui);
        });
}

/// What the keyboard goes to is brought into sight.
fn follow_focus(name: &str, ui: &Ui) {
    let key = Id::unique(("followed focus", name));
    let focused = ui.memory(egui::Memory::focused);
    let before = ui.data(|data| data.get_temp::<Option<Id>>(key)).flatten();
    if focused == before {
        return;
    }
    ui.data_mut(|data| data.insert_temp(key, focused));
    let rect = focused
        .and_then(|id| ui.ctx().read_response(id))
        .map(|response| response.rect.expand(space::SMALL));
    if let Some(rect) = rect
        && ui.min_rect().contains(rect.center())
        && !ui.clip_rect().contains_rect(rect)
    {
        ui.scroll_to_rect(rect, None);
    }
}

/// The surface on which what belongs together lies.
fn surface(ui: &Ui, margin: f32) -> Frame {
    let colours = palette(ui.visuals());
    Frame::new()
        .fill(colours.surface)
        .stroke(egui::Stroke::new(colours.line, colours.border))
        .corner_radius(crate::theme::RADIUS)
        .inner_margin(Margin::from(egui::Vec2::splat(margin)))
}
