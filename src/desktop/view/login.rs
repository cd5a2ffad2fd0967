//! The log-in test: PIN1 for the module, the person's browser, and who logged in or why not.

use egui::{Key, Ui};
use siru_card::{PinRole, TypoShield};
use siru_login::{BrokenLink, Verdict as LoginVerdict};
use siru_text::{Message as Said, Tone};

use super::field::Entry;
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
        if let Some(about) = &test.about {
            text::weak(ui, &group::holder(&about.holder, scene));
        }
        text::body(ui, &say!(scene.speech, "login-intro"));
        if model.demo {
            let headline = say!(scene.speech, "login-demo");
            let said = Said {
                headline,
                detail: vec![say!(scene.speech, "login-demo-detail")],
                next_step: None,
                tone: Tone::Neutral,
            };
            boxed(ui, &said, &[]);
            close(ui, &test, scene);
            return;
        }
        if let Some(told) = &test.told {
            verdict(ui, told, scene);
        }
        let reader = test.about.as_ref().map(|about| &about.reader);
        let card = reader
            .and_then(|reader| model.reader(reader)?.card())
            .filter(|card| test.is_about(card));
        let busy = reader.is_some_and(|reader| model.running_at(reader).is_some());
        match test.phase.clone() {
            LoginPhase::Ready if test.about.is_none() => {
                missing(ui, &test, model.missing(), scene);
                buttons(ui, &mut test, None, scene);
            }
            LoginPhase::Ready => ready(ui, &mut test, card, &model.shield, busy, scene),
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
                boxed(ui, &said, &[]);
            }
            LoginPhase::Browser { address, .. } => {
                let said = scene.speech.texts.login_in_browser();
                boxed(ui, &said, &address.into_iter().collect::<Vec<_>>());
                ui.add_space(space::TINY);
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
    // A certificate says nothing about a PIN, and would keep the field far from what was said.
    let about_pin = told.verdict.link().is_some_and(BrokenLink::is_about_pin);
    let presented = told.verdict.presented().filter(|_| !about_pin);
    let rows = presented.map(|one| texts.login_rows(one));
    let facts = rows.unwrap_or_default().into_iter();
    let facts: Vec<_> = facts
        .map(|(label, value)| format!("{label}: {value}"))
        .chain(told.tries.map(|(before, after)| {
            let code = texts.role(PinRole::Authentication);
            say!(
                scene.speech,
                "tries-change",
                code = code,
                before = before.0,
                after = after.0
            )
        }))
        .collect();
    boxed(ui, &said, &facts);
}

/// What is told, as far from what stands above as from what follows.
fn boxed(ui: &mut Ui, said: &Said, facts: &[String]) {
    ui.add_space(space::TINY);
    banner::show(ui, said, facts);
}

/// The field and the buttons, or what makes both pointless.
fn ready(
    ui: &mut Ui,
    test: &mut LoginTest,
    card: Option<&Card>,
    shield: &TypoShield,
    busy: bool,
    scene: &mut Scene<'_>,
) {
    let mut main = None;
    match card.map(|card| (card, test.hopeless(card))) {
        None => {
            ui.add_space(space::TINY);
            text::body(ui, &say!(scene.speech, "card-gone-next"));
        }
        Some((_, Some(link))) => foreseen(ui, test, link, scene),
        Some((card, None)) => {
            let can_submit = test.can_submit(card, shield) && !busy;
            if field(ui, test, card, shield, scene) && can_submit {
                scene.send(Message::LogInByModule);
            }
            main = Some(can_submit);
        }
    }
    buttons(ui, test, main, scene);
}

/// What there is no card for, so that only the browser can show more.
fn missing(ui: &mut Ui, test: &LoginTest, link: Option<BrokenLink>, scene: &Scene<'_>) {
    match link {
        None => {
            text::weak(ui, &say!(scene.speech, "looking"));
        }
        Some(link) => foreseen(ui, test, link, scene),
    }
}

/// `main`: whether PIN1 can be handed over, where there is a field for it.
fn buttons(ui: &mut Ui, test: &mut LoginTest, main: Option<bool>, scene: &mut Scene<'_>) {
    ui.add_space(space::TINY);
    ui.horizontal_wrapped(|ui| {
        if let Some(enabled) = main
            && button::primary(ui, &say!(scene.speech, "login-button"), enabled).clicked()
        {
            scene.send(Message::LogInByModule);
        }
        let browser = button::secondary(ui, &say!(scene.speech, "login-button-browser"));
        // Without a field the keyboard begins here.
        if main.is_none() && std::mem::take(&mut test.wants_focus) {
            browser.request_focus();
        }
        if browser.clicked() {
            scene.send(Message::LogInByBrowser);
        }
        close_button(ui, test, scene);
    });
}

/// What is known without a test; not a second time when the last one has said it.
fn foreseen(ui: &mut Ui, test: &LoginTest, link: BrokenLink, scene: &Scene<'_>) {
    let said = test.told.as_ref().and_then(|told| told.verdict.link());
    if said == Some(&link) {
        return;
    }
    let told = Told {
        verdict: Box::new(LoginVerdict::Broken {
            link,
            presented: None,
        }),
        registration: siru_login::Registration::default(),
        tries: None,
    };
    verdict(ui, &told, scene);
}

/// The field for PIN1; whether Enter was pressed in it.
fn field(
    ui: &mut Ui,
    test: &mut LoginTest,
    card: &Card,
    shield: &TypoShield,
    scene: &Scene<'_>,
) -> bool {
    let role = PinRole::Authentication;
    let (Some(verdict), Some(rules)) = (test.check(card, shield), card.rules(role)) else {
        return false;
    };
    let entry = Entry {
        id: "log-in",
        label: say!(scene.speech, "pin1"),
        verdict,
        code: role,
        is_activation_pin: false,
        rules: Some(scene.speech.texts.rules(role, &rules, false)),
        weakness: None,
    };
    ui.add_space(space::TINY);
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
