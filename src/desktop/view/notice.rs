//! Above everything: results whose form is not open any more, and why the window stays open.

use egui::{Align, Frame, Layout, Margin, Panel, ScrollArea, Ui, vec2};
use siru_text::{Message as Told, Tone};

use super::{Scene, banner, group, told};
use crate::model::{Message, Model, Notice};
use crate::say;
use crate::theme::{palette, space};
use crate::widget::button;

pub(super) fn show(ui: &mut Ui, model: &Model, scene: &mut Scene<'_>) {
    if model.notices.is_empty() && !model.leaving {
        return;
    }
    let frame = Frame::new()
        .fill(palette(ui.visuals()).window)
        .inner_margin(Margin::from(vec2(space::LARGE, space::SMALL)));
    // Whatever there is to tell, half of the window stays for the work.
    let height = ui.available_height() / 2.0;
    Panel::top("notices")
        .frame(frame)
        .show_separator_line(false)
        .show(ui, |ui| {
            let scroll = ScrollArea::vertical()
                .max_height(height)
                .min_scrolled_height(height);
            scroll.show(ui, |ui| {
                ui.spacing_mut().item_spacing.y = space::SMALL;
                if model.leaving {
                    ui.push_id("leaving", |ui| banner::show(ui, &leaving(scene), &[]));
                }
                for notice in &model.notices {
                    ui.push_id(notice.ticket, |ui| one(ui, notice, scene));
                }
            });
        });
}

fn one(ui: &mut Ui, notice: &Notice, scene: &mut Scene<'_>) {
    let (mut told, facts) = told::told(&notice.finished, scene);
    let about = [
        group::holder(&notice.about.holder, scene),
        scene.speech.texts.role(notice.about.role),
        notice.about.label.clone(),
    ];
    told.detail.insert(0, format!("{}.", about.join(" · ")));
    banner::show_with(ui, &told, &facts, |ui| {
        ui.with_layout(Layout::right_to_left(Align::Min), |ui| {
            if button::secondary(ui, &say!(scene.speech, "dismiss")).clicked() {
                scene.send(Message::Dismiss(notice.ticket));
            }
        });
    });
}

fn leaving(scene: &Scene<'_>) -> Told {
    Told {
        headline: say!(scene.speech, "leaving"),
        detail: vec![say!(scene.speech, "leaving-detail")],
        next_step: Some(say!(scene.speech, "leaving-next")),
        tone: Tone::Warning,
    }
}
