//! The log-in test: PIN1 for the module, the person's browser, and who logged in or why not.

use egui::{Key, Ui};
use siru_card::PinRole;
use siru_login::{BrokenLink, Verdict as LoginVerdict};
use siru_text::{Message as Said, Tone};

use super::entry::Entry;
use super::{Scene, banner, group, surface};
use crate::model::{Card, LoginPhase, LoginTest, Message, Model, Told};
use crate::say;
use crate::theme::space;
use crate::widget::{button, text};

pub(super) fn show(ui: &mut Ui, model: &mut Model, scene: &mut Scene<'_>) {
    // Taken out so that its field can be typed into while the card is read from the model.
    let Some(mut test) = model.login.take() else {
        return;
    };
    surface(ui, space::LARGE).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.spacing_mut().item_spacing.y = space::SMALL;
        text::title(ui, &say!(scene.speech, "login-test"));
        text::weak(ui, &group::holder(&test.holder, scene));
        text::body(ui, &say!(scene.speech, "login-intro"));
        if model.demo {
            let headline = say!(scene.speech, "login-demo");
            let said = Said {
                headline,
                detail: vec![say!(scene.speech, "login-demo-detail")],
                next_step: None,
                tone: Tone::Neutral,
            };
            banner::show(ui, &said, &[]);
            close(ui, &test, scene);
            return;
        }
        if let Some(told) = &test.told {
            verdict(ui, told, scene);
        }
        let card = model
            .reader(&test.reader)
            .and_then(|reader| reader.card())
            .filter(|card| test.is_about(card));
        let busy = model.running_at(&test.reader).is_some();
        match test.phase.clone() {
            LoginPhase::Ready => ready(ui, &mut test, card, busy, scene),
            LoginPhase::Module { since, .. } => {
                let mut said = Said {
                    headline: say!(scene.speech, "running"),
                    detail: vec![say!(scene.speech, "running-detail")],
                    next_step: None,
                    tone: Tone::Neutral,
                };
                if scene.is_slow(ui, since) {
                    said.detail.push(say!(scene.speech, "still-waiting"));
                }
                banner::show(ui, &said, &[]);
            }
            LoginPhase::Browser { address, .. } => {
                let said = scene.speech.texts.login_in_browser();
                banner::show(ui, &said, &address.into_iter().collect::<Vec<_>>());
                if button::secondary(ui, &say!(scene.speech, "login-end")).clicked() {
                    scene.send(Message::EndBrowserTest);
                }
            }
        }
    });
    model.login = Some(test);
}

fn verdict(ui: &mut Ui, told: &Told, scene: &Scene<'_>) {
    let texts = &scene.speech.texts;
    let said = texts.login(&told.verdict, &told.registration);
    let rows = told.verdict.presented().map(|one| texts.login_rows(one));
    let facts = rows.unwrap_or_default().into_iter();
    let facts: Vec<_> = facts
        .map(|(label, value)| format!("{label}: {value}"))
        .collect();
    banner::show(ui, &said, &facts);
}

/// The field and the buttons, or what makes both pointless.
fn ready(
    ui: &mut Ui,
    test: &mut LoginTest,
    card: Option<&Card>,
    busy: bool,
    scene: &mut Scene<'_>,
) {
    let mut main = None;
    match card.map(|card| (card, test.hopeless(card))) {
        None => {
            text::body(ui, &say!(scene.speech, "card-gone-next"));
        }
        Some((_, Some(link))) => {
            // It is not said twice when the last test has said it.
            let said = test.told.as_ref().and_then(|told| told.verdict.link());
            if said != Some(&link) {
                foreseen(ui, link, scene);
            }
        }
        Some((card, None)) => {
            let can_submit = test.can_submit(card) && !busy;
            if field(ui, test, card, scene) && can_submit {
                scene.send(Message::LogInByModule);
            }
            main = Some(can_submit);
        }
    }
    ui.add_space(space::TINY);
    ui.horizontal_wrapped(|ui| {
        if let Some(enabled) = main
            && button::primary(ui, &say!(scene.speech, "login-button"), enabled).clicked()
        {
            scene.send(Message::LogInByModule);
        }
        if button::secondary(ui, &say!(scene.speech, "login-button-browser")).clicked() {
            scene.send(Message::LogInByBrowser);
        }
        close_button(ui, test, scene);
    });
}

fn foreseen(ui: &mut Ui, link: BrokenLink, scene: &Scene<'_>) {
    let told = Told {
        verdict: Box::new(LoginVerdict::Broken {
            link,
            presented: None,
        }),
        registration: siru_login::Registration::default(),
    };
    verdict(ui, &told, scene);
}

/// The field for PIN1; whether Enter was pressed in it.
fn field(ui: &mut Ui, test: &mut LoginTest, card: &Card, scene: &Scene<'_>) -> bool {
    let role = PinRole::Authentication;
    let (Some(verdict), Some(rules)) = (test.check(card), card.rules(role)) else {
        return false;
    };
    let entry = Entry {
        id: "log-in",
        label: say!(scene.speech, "pin1"),
        verdict,
        code: role,
        rules: Some(scene.speech.texts.rules(role, &rules, false)),
    };
    let response = entry.show(ui, &mut test.entered, scene);
    if std::mem::take(&mut test.wants_focus) {
        response.request_focus();
    }
    response.has_focus() && ui.input(|input| input.key_pressed(Key::Enter))
}

fn close(ui: &mut Ui, test: &LoginTest, scene: &mut Scene<'_>) {
    ui.add_space(space::TINY);
    close_button(ui, test, scene);
}

fn close_button(ui: &mut Ui, test: &LoginTest, scene: &mut Scene<'_>) {
    let word = say!(scene.speech, "close");
    let close = ui.add_enabled_ui(!test.is_held(), |ui| button::secondary(ui, &word));
    if close.inner.clicked() {
        scene.send(Message::Close);
    }
}
