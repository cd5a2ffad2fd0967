//! The subjects, in words.

use egui::{Align, Layout, Ui, vec2};

use crate::model::Model;
use crate::model::help::Topic;
use crate::say;
use crate::view::Scene;
use crate::widget::letter::letter;
use crate::widget::text;

/// What a subject is called.
pub(super) fn name(topic: Topic, scene: &Scene<'_>) -> String {
    let speech = scene.speech;
    match topic {
        Topic::Codes => say!(speech, "help-codes"),
        Topic::Letter => say!(speech, "help-letter"),
        Topic::NewCard => say!(speech, "help-new-card"),
        Topic::Forgotten => say!(speech, "help-forgotten"),
        Topic::Locked => say!(speech, "help-locked"),
        Topic::PukLocked => say!(speech, "help-puk-locked"),
        Topic::NewCodes => say!(speech, "help-new-codes"),
        Topic::LogIn => say!(speech, "help-log-in"),
        Topic::NotSeen => say!(speech, "help-not-seen"),
        Topic::Certificates => say!(speech, "help-certificates"),
        Topic::Keyboard => say!(speech, "help-keyboard"),
        Topic::Never => say!(speech, "help-never"),
        Topic::About => say!(speech, "help-about"),
    }
}

/// Says everything about a subject.
pub(super) fn show(ui: &mut Ui, model: &Model, topic: Topic, scene: &Scene<'_>) {
    match topic {
        Topic::Letter => {
            paragraphs(ui, &in_words(topic, scene));
            letter(ui, &say!(scene.speech, "help-letter-label"));
        }
        Topic::Keyboard => {
            for (keys, what) in keys(scene) {
                key(ui, &keys, &what);
            }
        }
        Topic::About => about(ui, model, scene),
        _ => paragraphs(ui, &in_words(topic, scene)),
    }
}

fn paragraphs(ui: &mut Ui, all: &[String]) {
    for one in all {
        text::body(ui, one);
    }
}

fn in_words(topic: Topic, scene: &Scene<'_>) -> Vec<String> {
    let speech = scene.speech;
    match topic {
        Topic::Codes => vec![
            say!(speech, "help-codes-pin1"),
            say!(speech, "help-codes-pin2"),
            say!(speech, "help-codes-puk"),
            say!(speech, "help-codes-activation-code"),
            say!(speech, "help-codes-activation-pin"),
            say!(speech, "help-codes-tries"),
        ],
        Topic::Letter => vec![
            say!(speech, "help-letter-where"),
            say!(speech, "help-letter-not"),
        ],
        Topic::NewCard => vec![
            say!(speech, "help-new-card-what"),
            say!(speech, "help-new-card-code"),
            say!(speech, "help-new-card-pin"),
            say!(speech, "help-new-card-half"),
        ],
        Topic::Forgotten => vec![
            say!(speech, "help-forgotten-what"),
            say!(speech, "help-forgotten-no-puk"),
        ],
        Topic::Locked => vec![
            say!(speech, "help-locked-what"),
            say!(speech, "help-locked-other"),
        ],
        Topic::PukLocked => vec![
            say!(speech, "help-puk-locked-what"),
            say!(speech, "help-puk-locked-next"),
        ],
        Topic::NewCodes => vec![
            say!(speech, "help-new-codes-police"),
            say!(speech, "help-new-codes-point"),
            say!(speech, "help-new-codes-puk"),
        ],
        Topic::LogIn => vec![
            say!(speech, "help-log-in-how"),
            say!(speech, "help-log-in-test"),
            say!(speech, "help-log-in-browser"),
        ],
        Topic::NotSeen => vec![
            say!(speech, "help-not-seen-card"),
            say!(speech, "help-not-seen-reader"),
            say!(speech, "help-not-seen-service"),
            say!(speech, "help-not-seen-other"),
            say!(speech, "help-not-seen-contactless"),
        ],
        Topic::Certificates => vec![
            say!(speech, "help-certificates-what"),
            say!(speech, "help-certificates-end"),
            say!(speech, "help-certificates-files"),
        ],
        Topic::Never => vec![
            say!(speech, "help-never-twice"),
            say!(speech, "help-never-keeps"),
            say!(speech, "help-never-network"),
            say!(speech, "help-never-background"),
        ],
        Topic::Keyboard | Topic::About => Vec::new(),
    }
}

/// Keys, and what they do.
fn keys(scene: &Scene<'_>) -> Vec<(String, String)> {
    let speech = scene.speech;
    vec![
        ("F1".to_owned(), say!(speech, "keys-help")),
        ("F5".to_owned(), say!(speech, "keys-read-again")),
        (say!(speech, "key-escape"), say!(speech, "keys-close")),
        (say!(speech, "key-tabs"), say!(speech, "keys-tabs")),
        (say!(speech, "key-tab"), say!(speech, "keys-next")),
        (say!(speech, "key-arrows"), say!(speech, "keys-rows")),
        (say!(speech, "key-enter"), say!(speech, "keys-confirm")),
        (say!(speech, "key-pages"), say!(speech, "keys-scroll")),
        ("Ctrl +, Ctrl −".to_owned(), say!(speech, "keys-zoom")),
        ("Ctrl 0".to_owned(), say!(speech, "keys-zoom-back")),
    ]
}

fn key(ui: &mut Ui, keys: &str, what: &str) {
    ui.horizontal_top(|ui| {
        let height = crate::theme::body_font().size * 1.4;
        ui.allocate_ui_with_layout(vec2(KEYS, height), Layout::top_down(Align::Min), |ui| {
            ui.set_width(KEYS);
            text::label(
                ui,
                keys,
                crate::theme::strong_font(),
                crate::theme::palette(ui.visuals()).text,
            );
        });
        let room = ui.available_width();
        ui.allocate_ui_with_layout(vec2(room, 0.0), Layout::top_down(Align::Min), |ui| {
            ui.set_width(room);
            text::body(ui, what);
        });
    });
}

fn about(ui: &mut Ui, model: &Model, scene: &Scene<'_>) {
    let speech = scene.speech;
    let version = env!("CARGO_PKG_VERSION");
    text::body(ui, &say!(speech, "help-about-version", version = version));
    let licence = env!("CARGO_PKG_LICENSE").replace(" OR ", &say!(speech, "help-about-or"));
    text::body(ui, &say!(speech, "help-about-licence", licence = licence));
    if let Some(file) = &model.help.settings_file {
        let file = file.display().to_string();
        text::body(ui, &say!(speech, "help-about-settings", file = file));
    }
}

const KEYS: f32 = 190.0;
