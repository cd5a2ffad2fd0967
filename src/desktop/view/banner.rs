//! What is told to the person at once: a headline, what it means, what to do. Announced by screen
//! readers as soon as it appears.

use egui::accesskit::{Live, Role};
use egui::{CornerRadius, Frame, Margin, Response, Sense, Stroke, Ui, UiBuilder, vec2};
use siru_text::{Message, Tone};

use crate::theme::{self, Alert, Palette, palette, space};
use crate::widget::{icon, text};

/// Shows `message`, and below it `facts`: counters before and after.
pub(super) fn show(ui: &mut Ui, message: &Message, facts: &[String]) {
    show_inner(ui, message, facts, None::<fn(&mut Ui)>);
}

/// As [`show`], with more to read or do inside.
pub(super) fn show_with(
    ui: &mut Ui,
    message: &Message,
    facts: &[String],
    more: impl FnOnce(&mut Ui),
) {
    show_inner(ui, message, facts, Some(more));
}

fn show_inner(
    ui: &mut Ui,
    message: &Message,
    facts: &[String],
    more: Option<impl FnOnce(&mut Ui)>,
) {
    let colours = palette(ui.visuals());
    let alert = alert(message.tone, colours);
    ui.scope_builder(UiBuilder::new().id_salt("message"), |ui| {
        let id = ui.unique_id();
        ui.ctx().accesskit_node_builder(id, |node| {
            node.set_role(Role::Alert);
            // Said as one: several would cut each other short, and only the last would be heard.
            node.set_label(spoken(message, facts));
            node.set_live(Live::Assertive);
        });
        let frame = Frame::new()
            .fill(alert.fill)
            .stroke(outline(alert, colours))
            .corner_radius(CornerRadius::same(theme::SMALL_RADIUS))
            .inner_margin(Margin {
                left: 14,
                right: 14,
                top: 11,
                bottom: 12,
            });
        frame.show(ui, |ui| {
            ui.set_width(ui.available_width());
            ui.horizontal_top(|ui| {
                ui.spacing_mut().item_spacing.x = space::SMALL + 2.0;
                sign(ui, message.tone, alert, colours);
                ui.vertical(|ui| {
                    ui.spacing_mut().item_spacing.y = 5.0;
                    silent(&text::strong(ui, &message.headline));
                    // One paragraph on what happened, so that the field below stays in sight, and
                    // one on what to do.
                    if !message.detail.is_empty() {
                        silent(&text::body(ui, &message.detail.join(" ")));
                    }
                    if let Some(step) = &message.next_step {
                        silent(&text::body(ui, step));
                    }
                    for fact in facts {
                        silent(&text::weak(ui, fact));
                    }
                    if let Some(more) = more {
                        ui.scope_builder(UiBuilder::new().id_salt("more"), |ui| {
                            let id = ui.unique_id();
                            ui.ctx()
                                .accesskit_node_builder(id, |node| node.set_live(Live::Off));
                            more(ui);
                        });
                    }
                });
            });
        });
    });
}

/// All that is told, as a screen reader says it when it appears.
fn spoken(message: &Message, facts: &[String]) -> String {
    let mut headline = message.headline.clone();
    if !headline.ends_with(['.', '!', '?']) {
        headline.push('.');
    }
    let sentences = message.detail.iter().chain(&message.next_step).chain(facts);
    let all = std::iter::once(&headline).chain(sentences);
    all.map(String::as_str).collect::<Vec<_>>().join(" ")
}

/// A part of what has been said as a whole.
fn silent(response: &Response) {
    let context = &response.ctx;
    context.accesskit_node_builder(response.id, |node| node.set_live(Live::Off));
}

/// A sign of its own shape for every tone.
pub(super) fn sign(ui: &mut Ui, tone: Tone, alert: Alert, colours: &Palette) {
    let (rect, _) = ui.allocate_exact_size(vec2(20.0, 20.0), Sense::hover());
    let (painter, centre) = (ui.painter(), rect.center());
    let ink = colours.surface;
    match tone {
        Tone::Good => {
            painter.circle_filled(centre, 9.5, alert.strong);
            icon::tick(painter, centre, 15.0, ink);
        }
        Tone::Neutral => {
            painter.circle_filled(centre, 9.5, alert.strong);
            icon::information(painter, centre, 14.0, ink);
        }
        Tone::Warning => {
            let top = centre - vec2(0.0, 9.5);
            let corners = [top, centre + vec2(10.0, 8.5), centre + vec2(-10.0, 8.5)];
            let stroke = Stroke::new(1.0, alert.strong);
            painter.add(egui::Shape::convex_polygon(
                corners.to_vec(),
                alert.strong,
                stroke,
            ));
            icon::exclamation(painter, centre + vec2(0.0, 2.0), 11.0, ink);
        }
        Tone::Bad => {
            let rect = egui::Rect::from_center_size(centre, vec2(18.0, 18.0));
            painter.rect_filled(rect, CornerRadius::same(5), alert.strong);
            icon::cross(painter, centre, 15.0, ink);
        }
    }
}

/// With high contrast a fill alone would not set a message apart.
pub(super) fn outline(alert: Alert, colours: &Palette) -> Stroke {
    if colours.line > 1.0 {
        Stroke::new(colours.line, alert.strong)
    } else {
        Stroke::NONE
    }
}

/// The colours of a tone.
pub(super) const fn alert(tone: Tone, colours: &Palette) -> Alert {
    match tone {
        Tone::Good => colours.good,
        Tone::Neutral => colours.neutral,
        Tone::Warning => colours.warning,
        Tone::Bad => colours.bad,
    }
}
