//! One field for a PIN: its label above, and below what can be said about what is typed.

use egui::{Id, Response, Sense, Ui, vec2};
use siru_card::{PinRole, Weakness};
use siru_text::Presented;

use super::Scene;
use crate::model::{Field, Verdict};
use crate::say;
use crate::theme::{palette, space};
use crate::widget::pin_field::pin_field;
use crate::widget::{icon, text};

/// One field with its label above and what can be said about it beside.
pub(super) struct Entry {
    pub(super) id: &'static str,
    pub(super) label: String,
    pub(super) verdict: Verdict,
    pub(super) code: PinRole,
    /// Whether the activation PIN of the letter is asked for in its place.
    pub(super) is_activation_pin: bool,
    pub(super) rules: Option<String>,
    /// Why somebody might guess what is typed; it can be sent nevertheless.
    pub(super) weakness: Option<Weakness>,
}

impl Entry {
    pub(super) fn show(self, ui: &mut Ui, field: &mut Field, scene: &Scene<'_>) -> Response {
        ui.spacing_mut().item_spacing.y = space::TINY;
        let colours = palette(ui.visuals());
        let label = text::label(ui, &self.label, crate::theme::strong_font(), colours.text);
        let texts = &scene.speech.texts;
        let asked = if self.is_activation_pin {
            Presented::ActivationPin
        } else {
            Presented::Code(self.code)
        };
        let problem = match self.verdict {
            Verdict::Problem(problem) => Some(texts.entry_problem(asked, problem)),
            Verdict::Caught(caught) => Some(texts.caught(asked, caught)),
            Verdict::Weak(weakness) => Some(format!(
                "{} {}",
                texts.weakness(self.code, weakness),
                say!(scene.speech, "weak-forbidden")
            )),
            Verdict::Empty | Verdict::Incomplete | Verdict::Good => None,
        };
        let hint = self
            .weakness
            .filter(|_| problem.is_none())
            .map(|weakness| texts.weakness(self.code, weakness));
        let id = Id::unique(("pin field", self.id));
        let response = ui
            .horizontal(|ui| {
                let response = pin_field(ui, id, field, label.id);
                if self.verdict == Verdict::Good {
                    let (rect, _) = ui.allocate_exact_size(vec2(18.0, 18.0), Sense::hover());
                    icon::tick(ui.painter(), rect.center(), 17.0, colours.good.strong);
                }
                response
            })
            .inner;
        let below = problem.clone().or_else(|| hint.clone()).or(self.rules);
        if let Some(problem) = &problem {
            let told = text::label(ui, problem, crate::theme::small_font(), colours.bad.strong);
            ui.ctx().accesskit_node_builder(told.id, |node| {
                node.set_live(egui::accesskit::Live::Polite);
            });
        } else if let Some(hint) = &hint {
            let told = text::label(ui, hint, crate::theme::small_font(), colours.warning.strong);
            ui.ctx().accesskit_node_builder(told.id, |node| {
                node.set_live(egui::accesskit::Live::Polite);
            });
        } else if let Some(rules) = &below {
            text::weak(ui, rules);
        }
        ui.ctx().accesskit_node_builder(id, |node| {
            if let Some(below) = below {
                node.set_description(below);
            }
            if problem.is_some() {
                node.set_invalid(egui::accesskit::Invalid::True);
            }
        });
        ui.spacing_mut().item_spacing.y = space::SMALL;
        response
    }
}
