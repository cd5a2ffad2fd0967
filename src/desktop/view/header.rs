//! The top of the window: the sign of the program, the tabs, the languages; in a demonstration also
//! that it is one, and the PINs of its cards at the bottom.

use egui::accesskit::Role;
use egui::{
    Align, Align2, CornerRadius, Frame, Layout, Margin, Panel, Sense, Stroke, StrokeKind, Ui,
    UiBuilder, WidgetInfo, vec2,
};
use siru_sim::personalize::{ACTIVATION_PIN, PIN1, PIN2, PUK};
use siru_text::Language;

use super::Scene;
use crate::model::{Message, Model, Tab};
use crate::say;
use crate::theme::{self, palette, space};
use crate::widget::{button, icon, text};

pub(super) fn show(ui: &mut Ui, model: &Model, scene: &mut Scene<'_>) {
    let colours = palette(ui.visuals());
    let frame = Frame::new()
        .fill(colours.surface)
        .inner_margin(Margin::from(vec2(space::LARGE, 7.0)));
    let panel = Panel::top("header")
        .frame(frame)
        .show_separator_line(false)
        .show(ui, |ui| {
            // Under large type the tabs get a line of their own.
            let narrow = ui.available_width() < WIDE;
            ui.horizontal(|ui| {
                let (rect, _) = ui.allocate_exact_size(vec2(28.0, 28.0), Sense::hover());
                icon::chip(ui.painter(), rect, colours);
                text::title(ui, &say!(scene.speech, "window-title"));
                if !narrow {
                    ui.add_space(space::MEDIUM);
                    tabs(ui, model, scene);
                }
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    languages(ui, model, scene);
                    if model.demo {
                        ui.add_space(space::SMALL);
                        demo_mark(ui, scene);
                    }
                });
            });
            if narrow {
                tabs(ui, model, scene);
            }
        });
    let bottom = panel.response.rect;
    ui.painter().hline(
        bottom.x_range(),
        bottom.bottom(),
        Stroke::new(colours.line, colours.border),
    );
}

/// From this width on everything has room in one line, in every language.
const WIDE: f32 = 900.0;

fn tabs(ui: &mut Ui, model: &Model, scene: &mut Scene<'_>) {
    let words = [
        (
            Tab::Identification,
            say!(scene.speech, "tab-identification"),
        ),
        (Tab::Certificates, say!(scene.speech, "tab-certificates")),
        (Tab::Settings, say!(scene.speech, "tab-settings")),
        (Tab::Help, say!(scene.speech, "tab-help")),
    ];
    ui.scope_builder(UiBuilder::new().id_salt("tabs"), |ui| {
        let id = ui.unique_id();
        ui.ctx()
            .accesskit_node_builder(id, |node| node.set_role(Role::TabList));
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = vec2(space::LARGE, 0.0);
            for (tab, word) in words {
                let chosen = model.tab == tab;
                if button::choice(ui, &word, chosen, Role::Tab).clicked() && !chosen {
                    scene.send(Message::Open(tab));
                }
            }
        });
    });
}

fn languages(ui: &mut Ui, model: &Model, scene: &mut Scene<'_>) {
    let group = UiBuilder::new()
        .id_salt("languages")
        .layout(Layout::left_to_right(Align::Center));
    let width = 190.0;
    ui.allocate_ui(vec2(width, theme::CONTROL_HEIGHT), |ui| {
        ui.scope_builder(group, |ui| {
            ui.spacing_mut().item_spacing.x = 20.0;
            let id = ui.unique_id();
            ui.ctx().accesskit_node_builder(id, |node| {
                node.set_role(Role::RadioGroup);
                node.set_label(say!(scene.speech, "language"));
            });
            for language in Language::ALL {
                let chosen = language == model.language;
                let choice = button::choice(ui, language.own_name(), chosen, Role::RadioButton);
                ui.ctx().accesskit_node_builder(choice.id, |node| {
                    // A screen reader should not say "suomi" with an English voice.
                    node.set_language(language.tag());
                });
                if choice.clicked() {
                    scene.send(Message::Speak(language));
                }
            }
        });
    });
}

fn demo_mark(ui: &mut Ui, scene: &Scene<'_>) {
    let alert = palette(ui.visuals()).warning;
    let mark = say!(scene.speech, "demo-mark");
    let galley = ui
        .painter()
        .layout_no_wrap(mark.clone(), theme::small_font(), alert.strong);
    let size = galley.size() + vec2(24.0, 10.0);
    let (rect, response) = ui.allocate_exact_size(size, Sense::hover());
    let stroke = Stroke::new(1.0, alert.strong);
    let radius = CornerRadius::same(13);
    ui.painter()
        .rect(rect, radius, alert.fill, stroke, StrokeKind::Inside);
    let at = Align2::CENTER_CENTER
        .align_size_within_rect(galley.size(), rect)
        .min;
    ui.painter().galley(at, galley, alert.strong);
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &mark));
}

/// The codes of the virtual cards, so that nobody has to look them up.
pub(super) fn show_demo_bar(ui: &mut Ui, scene: &Scene<'_>) {
    let alert = palette(ui.visuals()).warning;
    let frame = Frame::new()
        .fill(alert.fill)
        .inner_margin(Margin::from(vec2(space::LARGE, space::SMALL)));
    Panel::bottom("demo")
        .frame(frame)
        .show_separator_line(false)
        .show(ui, |ui| {
            let codes = say!(
                scene.speech,
                "demo-pins",
                pin1 = PIN1,
                pin2 = PIN2,
                puk = PUK,
                activation = ACTIVATION_PIN
            );
            let colour = palette(ui.visuals()).text;
            text::label(ui, &codes, theme::small_font(), colour);
        });
}
