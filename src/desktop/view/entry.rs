//! What to type for a task, what is wrong with it while it is typed, and the one button that sends.

use egui::{Key, Response, Ui};
use siru_card::{Caught, PinRole, PinRules, PinState};

use super::field::Entry;
use super::told::blocked;
use super::{Scene, activation, banner, gate};
use crate::model::{Card, Check, Field, Form, Knowledge, Message, NewCheck, Phase, Task, Verdict};
use crate::say;
use crate::theme::{self, space};
use crate::widget::disclosure::disclosure;
use crate::widget::{button, text};

pub(super) fn show(
    ui: &mut Ui,
    form: &mut Form,
    card: &Card,
    knows: Knowledge<'_>,
    scene: &mut Scene<'_>,
) {
    let editing = form.phase == Phase::Editing;
    if form.task.is_activation() {
        ui.add_enabled_ui(editing, |ui| activation::show(ui, form, card, scene));
    }
    if form.task.is_unclear() {
        buttons(ui, form, None, scene);
        return;
    }
    if let Some(block) = form.block(card) {
        let contact: Vec<_> = scene.contact_line().into_iter().collect();
        banner::show(ui, &blocked(block, scene), &contact);
        form.wants_focus = false;
        buttons(ui, form, None, scene);
        return;
    }
    hint(ui, form, card, scene);
    let Some(check) = form.check(card, knows) else {
        return;
    };
    let can_submit = ui.add_enabled_ui(editing, |ui| {
        let fields = fields(ui, form, card, check, scene);
        gate::show(ui, form, card, scene);
        let can_submit = form.can_submit(card, knows);
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
        can_submit
    });
    let word = match form.task {
        Task::Check => say!(scene.speech, "button-check"),
        Task::Change => say!(scene.speech, "button-change"),
        Task::Unlock => say!(scene.speech, "button-unlock"),
        Task::Activate(_) => say!(scene.speech, "button-activate"),
    };
    buttons(ui, form, Some((&word, can_submit.inner)), scene);
}

fn hint(ui: &mut Ui, form: &Form, card: &Card, scene: &Scene<'_>) {
    let counted = card.state(form.role).is_activation_pin();
    let words = match (form.task, card.state(form.role)) {
        (Task::Activate(_), _) => return,
        (Task::Check, PinState::NotActivated { .. }) if counted => {
            say!(scene.speech, "activation-pin-check-hint")
        }
        (Task::Change, PinState::NotActivated { .. }) if counted => {
            say!(scene.speech, "activation-pin-hint")
        }
        (Task::Unlock, PinState::NotActivated { .. }) if counted => {
            say!(scene.speech, "activation-pin-is-no-puk")
        }
        (Task::Unlock, PinState::NotActivated { .. }) => say!(scene.speech, "not-activated-hint"),
        (Task::Unlock, _) => say!(scene.speech, "unlock-hint"),
        (Task::Check | Task::Change, _) => return,
    };
    text::weak(ui, &words);
}

/// The fields of the task, in the order in which they are filled in.
fn fields(
    ui: &mut Ui,
    form: &mut Form,
    card: &Card,
    check: Check,
    scene: &mut Scene<'_>,
) -> Vec<Response> {
    let wants_focus = std::mem::take(&mut form.wants_focus);
    let stake = form.at_stake();
    let rules = form.entered_rules(card);
    let entry = Entry {
        id: "entered",
        label: entered_label(form, scene),
        verdict: check.entered,
        code: stake,
        is_activation_pin: form.task.is_activation() && stake != PinRole::Unblocking,
        rules: rules.map(|rules| said(scene, stake, &rules, false)),
        weakness: None,
    };
    if form.task == Task::Unlock {
        where_is_the_code(ui, form, card, scene);
    }
    let with_letter = form.task.is_activation() || (form.task == Task::Unlock && form.shows_letter);
    let first = if with_letter {
        ui.horizontal_top(|ui| {
            activation::letter(ui, form, scene);
            ui.add_space(space::SMALL);
            ui.vertical(|ui| entry.show(ui, &mut form.entered, scene))
                .inner
        })
        .inner
    } else {
        entry.show(ui, &mut form.entered, scene)
    };
    let mut shown = vec![first];
    insist(ui, form, check, scene);
    if form.task.sets_pin() {
        let named = form.sets_both(card) || form.task.is_activation();
        let fields = [&mut form.new, &mut form.repeated];
        let pair = Pair::new(form.role, named, ["new", "repeated"], check.pin);
        pair.show(ui, fields, card, scene, &mut shown);
    }
    if form.could_set_both(card) {
        set_both(ui, form, scene);
    }
    if form.sets_both(card) {
        let role = crate::model::other(form.role);
        let fields = [&mut form.other_new, &mut form.other_repeated];
        let pair = Pair::new(role, true, ["other new", "other repeated"], check.other);
        pair.show(ui, fields, card, scene, &mut shown);
    }
    if let Some(first) = shown.first().filter(|_| wants_focus) {
        first.request_focus();
        first.scroll_to_me(None);
    }
    shown
}

fn entered_label(form: &Form, scene: &Scene<'_>) -> String {
    match form.task {
        Task::Check if form.role == PinRole::Signature => say!(scene.speech, "pin2"),
        Task::Check => say!(scene.speech, "pin1"),
        Task::Change => say!(scene.speech, "current-pin"),
        Task::Activate(_) if form.at_stake() != PinRole::Unblocking => {
            say!(scene.speech, "activation-pin")
        }
        Task::Unlock | Task::Activate(_) => say!(scene.speech, "puk"),
    }
}

/// A new PIN and its repetition.
struct Pair {
    role: PinRole,
    /// Whether the fields name their PIN: there are some of the other one beside them.
    named: bool,
    ids: [&'static str; 2],
    check: NewCheck,
}

impl Pair {
    const fn new(role: PinRole, named: bool, ids: [&'static str; 2], check: NewCheck) -> Self {
        Self {
            role,
            named,
            ids,
            check,
        }
    }

    fn labels(&self, scene: &Scene<'_>) -> [String; 2] {
        match (self.named, self.role) {
            (false, _) => [
                say!(scene.speech, "new-pin"),
                say!(scene.speech, "new-pin-again"),
            ],
            (true, PinRole::Signature) => [
                say!(scene.speech, "new-pin2"),
                say!(scene.speech, "new-pin2-again"),
            ],
            (true, PinRole::Authentication | PinRole::Unblocking) => [
                say!(scene.speech, "new-pin1"),
                say!(scene.speech, "new-pin1-again"),
            ],
        }
    }

    fn show(
        self,
        ui: &mut Ui,
        fields: [&mut Field; 2],
        card: &Card,
        scene: &Scene<'_>,
        shown: &mut Vec<Response>,
    ) {
        let code = self.role;
        let rules = card.rules(code);
        let [label, again] = self.labels(scene);
        let [id, again_id] = self.ids;
        let new = Entry {
            id,
            label,
            verdict: self.check.new,
            code,
            is_activation_pin: false,
            rules: rules.map(|rules| said(scene, code, &rules, true)),
            weakness: self.check.weakness,
        };
        let repeated = Entry {
            id: again_id,
            label: again,
            verdict: self.check.repeated,
            code,
            is_activation_pin: false,
            rules: None,
            weakness: None,
        };
        // Side by side where there is room, so that the button below stays in sight.
        if ui.available_width() >= 2.0 * COLUMN + space::MEDIUM {
            ui.horizontal_top(|ui| {
                ui.spacing_mut().item_spacing.x = space::MEDIUM;
                for (entry, field) in [new, repeated].into_iter().zip(fields) {
                    ui.vertical(|ui| {
                        ui.spacing_mut().item_spacing.x = space::SMALL;
                        ui.set_width(COLUMN);
                        shown.push(entry.show(ui, field, scene));
                    });
                }
            });
        } else {
            for (entry, field) in [new, repeated].into_iter().zip(fields) {
                shown.push(entry.show(ui, field, scene));
            }
        }
    }
}

/// The width of a field with the tick beside it.
const COLUMN: f32 = 220.0;

fn said(scene: &Scene<'_>, code: PinRole, rules: &PinRules, new: bool) -> String {
    scene.speech.texts.rules(code, rules, new)
}

/// The PUK, typed once, can set the other PIN as well.
fn set_both(ui: &mut Ui, form: &Form, scene: &mut Scene<'_>) {
    let mut both = form.both;
    let label = match form.role {
        PinRole::Signature => say!(scene.speech, "set-pin1-too"),
        PinRole::Authentication | PinRole::Unblocking => say!(scene.speech, "set-pin2-too"),
    };
    if ui.checkbox(&mut both, label).changed() {
        scene.send(Message::SetBoth(both));
    }
}

/// Two codes may have the same digits. Whoever knows that says so.
fn insist(ui: &mut Ui, form: &Form, check: Check, scene: &mut Scene<'_>) {
    let caught = matches!(check.entered, Verdict::Caught(Caught::BelongsTo { .. }));
    let mut yes = form.insists;
    if (caught || yes)
        && ui
            .checkbox(&mut yes, say!(scene.speech, "insist"))
            .changed()
    {
        scene.send(Message::Insist(yes));
    }
}

/// Whoever has to look for the PUK is told where it stands, and who gives a new one.
fn where_is_the_code(ui: &mut Ui, form: &Form, card: &Card, scene: &mut Scene<'_>) {
    let word = say!(scene.speech, "where-is-the-code");
    let opener = disclosure(ui, &word, &word, form.shows_letter, theme::small_font());
    if opener.clicked() {
        scene.send(Message::ShowLetter(!form.shows_letter));
    }
    if form.shows_letter {
        text::weak(ui, &scene.speech.texts.new_code(card.kind));
    }
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
