//! The icon (*StatusNotifierItem*) and its menu, which panels ask for over the session bus.

use std::collections::HashMap;
use std::sync::mpsc::Sender;

use ksni::menu::StandardItem;
use ksni::{Category, Icon, MenuItem, OfflineReason, ToolTip, Tray};

use crate::Asked;
use crate::picture::Picture;
use crate::program::Shown;
use crate::watch::Event;
use crate::words::Labels;

/// The icon.
pub(crate) struct Item {
    shown: Shown,
    pictures: HashMap<Picture, Vec<Icon>>,
    events: Sender<Event>,
}

impl Item {
    pub(crate) fn new(shown: Shown, events: Sender<Event>) -> Self {
        let pictures = Picture::ALL.map(|picture| (picture, icons(picture)));
        Self {
            shown,
            pictures: pictures.into(),
            events,
        }
    }

    pub(crate) fn show(&mut self, shown: Shown) {
        self.shown = shown;
    }

    fn tell(&self, event: Event) {
        // The program is ending when nobody hears it.
        let _heard = self.events.send(event);
    }

    fn open(&self, asked: Asked) {
        self.tell(Event::Open(asked, ksni::current_xdg_activation_token()));
    }
}

impl Tray for Item {
    fn id(&self) -> String {
        "fi.siru.Siru".to_owned()
    }

    fn category(&self) -> Category {
        Category::Hardware
    }

    fn title(&self) -> String {
        self.shown.title.clone()
    }

    fn icon_pixmap(&self) -> Vec<Icon> {
        let pictures = self.pictures.get(&self.shown.picture);
        pictures.cloned().unwrap_or_default()
    }

    fn tool_tip(&self) -> ToolTip {
        ToolTip {
            title: self.shown.title.clone(),
            description: escaped(&self.shown.lines.join("\n")),
            ..ToolTip::default()
        }
    }

    fn activate(&mut self, _x: i32, _y: i32) {
        self.open(Asked::ShowDevices);
    }

    fn menu(&self) -> Vec<MenuItem<Self>> {
        let Labels {
            show_devices,
            log_in_test,
            quit,
        } = self.shown.labels.clone();
        vec![
            entry(show_devices, |item| item.open(Asked::ShowDevices)),
            entry(log_in_test, |item| item.open(Asked::LogInTest)),
            MenuItem::Separator,
            entry(quit, |item| item.tell(Event::Quit)),
        ]
    }

    fn menu_about_to_show(&mut self) {
        self.tell(Event::Changed);
    }

    fn watcher_offline(&self, reason: OfflineReason) -> bool {
        log::info!("no panel shows the icon: {reason:?}");
        // One that appears later is told of the icon.
        true
    }
}

fn entry(label: String, chosen: fn(&mut Item)) -> MenuItem<Item> {
    StandardItem {
        // A single underscore would mark the next letter as a key.
        label: label.replace('_', "__"),
        activate: Box::new(chosen),
        ..StandardItem::default()
    }
    .into()
}

/// The description of a tool tip may hold markup (*StatusNotifierItem*, "Markup"); a reader's name
/// must not be taken for it.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

fn icons(picture: Picture) -> Vec<Icon> {
    let each = picture.pixels().into_iter().filter_map(|pixels| {
        let side = i32::try_from(pixels.side).ok()?;
        Some(Icon {
            width: side,
            height: side,
            data: pixels.argb,
        })
    });
    each.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_not_taken_for_markup() {
        assert_eq!(escaped("<b>R&D</b>"), "&lt;b&gt;R&amp;D&lt;/b&gt;");
    }
}
