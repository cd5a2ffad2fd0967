//! The fields of a form: what to type, what is wrong with it while it is typed, the consent before
//! a last try, and the one button that sends.

use egui::{Id, Key, Response, Sense, TextEdit, Ui, vec2};
use siru_card::{Operation, PinRole, PinRules, PinState, Risk};

use super::{Scene, banner, detail};
use crate::model::{Card, Check, Field, Form, Message, Phase, Verdict};
use crate::say;
use crate::theme::{palette, space};
use crate::widget::pin_field::pin_field;
use crate::widget::{button, icon, text};

pub(super) fn show(ui: &mut Ui, form: &mut Form, card: &Card, scene: &mut Scene<'_>) {
    if let Some(block) = form.block(card) {
        banner::show(ui, &detail::blocked(block, scene), &[]);
        form.wants_focus = false;
        buttons(ui, form, None, scene);
        return;
    }
    hint(ui, form, card, scene);
    let Some(check) = form.check(card) else {
        return;
    };
    let editing = form.phase == Phase::Editing;
    ui.add_enabled_ui(editing, |ui| {
        let fields = fields(ui, form, card, check, scene);
        consent(ui, form, card, scene);
        let can_submit = form.can_submit(card);
        let focused = fields.iter().position(Response::has_focus);
        if let Some(focused) = focused
            && ui.input(|input| input.key_pressed(Key::Enter))
        {
            if can_submit {
                scene.send(Message::Submit);
            } else if let Some(next) = fields.get(focused + 1) {
                // Not done yet: on to the next field, as Tab would.
                next.request_focus();
            }
        }
    });
    let word = match form.operation {
        Operation::Check => say!(scene.speech, "button-check"),
        Operation::Change => say!(scene.speech, "button-change"),
        Operation::Unlock => say!(scene.speech, "button-unlock"),
    };
    buttons(ui, form, Some((&word, form.can_submit(card))), scene);
}

fn hint(ui: &mut Ui, form: &Form, card: &Card, scene: &Scene<'_>) {
    let words = match (form.operation, card.state(form.role)) {
        (
            Operation::Check,
            PinState::NotActivated {
                tries_left: Some(_),
            },
        ) => say!(scene.speech, "activation-pin-check-hint"),
        (
            Operation::Change,
            PinState::NotActivated {
                tries_left: Some(_),
            },
        ) => say!(scene.speech, "activation-pin-hint"),
        (
            Operation::Unlock,
            PinState::NotActivated {
                tries_left: Some(_),
            },
        ) => say!(scene.speech, "activation-pin-is-no-puk"),
        (Operation::Unlock, PinState::NotActivated { tries_left: None }) => {
            say!(scene.speech, "not-activated-hint")
        }
        (Operation::Unlock, _) => say!(scene.speech, "unlock-hint"),
        (Operation::Check | Operation::Change, _) => return,
    };
    text::weak(ui, &words);
}

/// The fields of the operation, in the order in which they are filled in.
fn fields(
    ui: &mut Ui,
    form: &mut Form,
    card: &Card,
    check: Check,
    scene: &Scene<'_>,
) -> Vec<Response> {
    let wants_focus = std::mem::take(&mut form.wants_focus);
    let stake = form.at_stake();
    let first = match form.operation {
        Operation::Check if form.role == PinRole::Signature => say!(scene.speech, "pin2"),
        Operation::Check => say!(scene.speech, "pin1"),
        Operation::Change => say!(scene.speech, "current-pin"),
        Operation::Unlock => say!(scene.speech, "puk"),
    };
    let mut shown = Vec::new();
    let rules = card
        .rules(stake)
        .map(|rules| said(scene, stake, &rules, false));
    let entry = Entry {
        id: "entered",
        label: first,
        verdict: check.entered,
        code: stake,
        rules,
    };
    shown.push(entry.show(ui, &mut form.entered, scene));
    if form.sets_pin() {
        let rules = card
            .rules(form.role)
            .map(|rules| said(scene, form.role, &rules, true));
        let code = form.role;
        let new = Entry {
            id: "new",
            label: say!(scene.speech, "new-pin"),
            verdict: check.new,
            code,
            rules,
        };
        let repeated = Entry {
            id: "repeated",
            label: say!(scene.speech, "new-pin-again"),
            verdict: check.repeated,
            code,
            rules: None,
        };
        // Side by side where there is room, so that the button below stays in sight.
        if ui.available_width() >= 2.0 * COLUMN + space::MEDIUM {
            ui.horizontal_top(|ui| {
                ui.spacing_mut().item_spacing.x = space::MEDIUM;
                for (entry, field) in [(new, &mut form.new), (repeated, &mut form.repeated)] {
                    ui.vertical(|ui| {
                        ui.set_width(COLUMN);
                        shown.push(entry.show(ui, field, scene));
                    });
                }
            });
        } else {
            shown.push(new.show(ui, &mut form.new, scene));
            shown.push(repeated.show(ui, &mut form.repeated, scene));
        }
    }
    if let Some(first) = shown.first().filter(|_| wants_focus) {
        first.request_focus();
        first.scroll_to_me(None);
    }
    shown
}

/// The width of a field with the tick beside it.
const COLUMN: f32 = 220.0;

fn said(scene: &Scene<'_>, code: PinRole, rules: &PinRules, new: bool) -> String {
    scene.speech.texts.rules(code, rules, new)
}

/// One field with its label above and what can be said about it beside.
pub(super) struct Entry {
    pub(super) id: &'static str,
    pub(super) label: String,
    pub(super) verdict: Verdict,
    pub(super) code: PinRole,
    pub(super) rules: Option<String>,
}

impl Entry {
    pub(super) fn show(self, ui: &mut Ui, field: &mut Field, scene: &Scene<'_>) -> Response {
        ui.spacing_mut().item_spacing.y = space::TINY;
        let colours = palette(ui.visuals());
        let label = text::label(ui, &self.label, crate::theme::strong_font(), colours.text);
        let problem = match self.verdict {
            Verdict::Problem(problem) => Some(scene.speech.texts.entry_problem(self.code, problem)),
            Verdict::Empty | Verdict::Incomplete | Verdict::Good => None,
        };
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
        let below = problem.clone().or(self.rules);
        if let Some(problem) = &problem {
            let told = text::label(ui, problem, crate::theme::small_font(), colours.bad.strong);
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

/// Before a last try: the exact consequence, and a sign that it was read.
fn consent(ui: &mut Ui, form: &mut Form, card: &Card, scene: &mut Scene<'_>) {
    let (risk, tries) = form.risk(card);
    if risk == Risk::None {
        return;
    }
    ui.add_space(space::TINY);
    let texts = &scene.speech.texts;
    let mut told = texts.risk(form.at_stake(), risk, tries);
    let accepted = form.has_accepted(risk);
    if form.wants_word(risk) {
        let expected = texts.typed_word();
        // The field below says what to type.
        told.next_step = None;
        let mut changed = false;
        let label = say!(scene.speech, "accept-word", word = expected.as_str());
        banner::show_with(ui, &told, &[], |ui| {
            let label = text::strong(ui, &label);
            let word = TextEdit::singleline(&mut form.word)
                .id(Id::unique("consent word"))
                .char_limit(24)
                .desired_width(140.0);
            changed = ui.add(word).labelled_by(label.id).changed();
        });
        let matches = form.word.trim().to_lowercase() == expected.to_lowercase();
        if changed && matches != accepted {
            scene.send(Message::Accept(matches));
        }
    } else {
        let mut ticked = accepted;
        let mut changed = false;
        let label = say!(scene.speech, "accept");
        banner::show_with(ui, &told, &[], |ui| {
            changed = ui.checkbox(&mut ticked, label).changed();
        });
        if changed {
            scene.send(Message::Accept(ticked));
        }
    }
    ui.add_space(space::TINY);
}

fn buttons(ui: &mut Ui, form: &Form, main: Option<(&str, bool)>, scene: &mut Scene<'_>) {
    ui.add_space(space::TINY);
    ui.horizontal(|ui| {
        if let Some((word, enabled)) = main
            && button::primary(ui, word, enabled).clicked()
        {
            scene.send(Message::Submit);
        }
        let word = say!(scene.speech, "close");
        let close = ui.add_enabled_ui(!form.is_held(scene.now), |ui| button::secondary(ui, &word));
        if close.inner.clicked() {
            scene.send(Message::Close);
        }
    });
}
