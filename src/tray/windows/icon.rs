//! The icon in the notification area, and its menu.

use std::collections::HashMap;

use tray_icon::menu::{self, Menu, MenuItem, PredefinedMenuItem};
use tray_icon::{BadIcon, Icon, TrayIcon, TrayIconBuilder};

use super::abi::small_icon_side;
use crate::picture::{Picture, Pixels};
use crate::program::Shown;
use crate::tip::tip;
use crate::words::Labels;

/// The entries of the menu.
pub(crate) const SHOW_DEVICES: &str = "show-devices";
pub(crate) const LOG_IN_TEST: &str = "log-in-test";
pub(crate) const QUIT: &str = "quit";

/// Why there is no icon, or none that looks as it should.
#[derive(Debug, thiserror::Error)]
pub enum IconError {
    /// Windows refuses a picture.
    #[error("a picture was refused")]
    Picture(#[from] BadIcon),
    /// Windows refuses the menu.
    #[error("the menu was refused")]
    Menu(#[from] menu::Error),
    /// Windows refuses the icon.
    #[error("the icon was refused")]
    Icon(#[from] tray_icon::Error),
}

/// The icon. It belongs to the thread that made it.
pub(crate) struct NotificationIcon {
    pictures: HashMap<Picture, Icon>,
    menu: Menu,
    show_devices: MenuItem,
    log_in_test: MenuItem,
    quit: MenuItem,
    /// Absent only while it is made anew.
    icon: Option<TrayIcon>,
}

impl NotificationIcon {
    /// Shows the icon. Where there is no notification area yet it comes with it.
    ///
    /// # Errors
    ///
    /// [`IconError`] when Windows lacks the means for any icon.
    pub(crate) fn new(shown: &Shown) -> Result<Self, IconError> {
        let entry = |id, label: &str| MenuItem::with_id(id, plain(label), true, None);
        let Labels {
            show_devices,
            log_in_test,
            quit,
        } = &shown.labels;
        let mut new = Self {
            pictures: pictures()?,
            menu: Menu::new(),
            show_devices: entry(SHOW_DEVICES, show_devices),
            log_in_test: entry(LOG_IN_TEST, log_in_test),
            quit: entry(QUIT, quit),
            icon: None,
        };
        new.menu.append_items(&[
            &new.show_devices,
            &new.log_in_test,
            &PredefinedMenuItem::separator(),
            &new.quit,
        ])?;
        new.make(shown)?;
        Ok(new)
    }

    /// Has the icon look like this.
    ///
    /// # Errors
    ///
    /// As [`new`](Self::new).
    pub(crate) fn show(&mut self, shown: &Shown) -> Result<(), IconError> {
        self.show_devices
            .set_text(plain(&shown.labels.show_devices));
        self.log_in_test.set_text(plain(&shown.labels.log_in_test));
        self.quit.set_text(plain(&shown.labels.quit));
        if self.change(shown).is_err() {
            // The notification area is gone, as it is while Explorer starts anew. An icon that is made
            // meanwhile comes with the next one; one that cannot be changed would come as it was.
            self.make(shown)?;
        }
        Ok(())
    }

    fn change(&self, shown: &Shown) -> tray_icon::Result<()> {
        let Some(icon) = &self.icon else {
            return Ok(());
        };
        icon.set_icon(self.pictures.get(&shown.picture).cloned())?;
        icon.set_tooltip(Some(tip(&shown.title, &shown.lines)))
    }

    fn make(&mut self, shown: &Shown) -> Result<(), IconError> {
        self.icon = None;
        let mut builder = TrayIconBuilder::new()
            .with_id("fi.siru.Siru")
            .with_tooltip(tip(&shown.title, &shown.lines))
            .with_menu(Box::new(self.menu.clone()))
            .with_menu_on_left_click(false);
        if let Some(picture) = self.pictures.get(&shown.picture) {
            builder = builder.with_icon(picture.clone());
        }
        self.icon = Some(builder.build()?);
        Ok(())
    }
}

/// A label as menus have it: a single `&` would mark the next letter as a key.
fn plain(label: &str) -> String {
    label.replace('&', "&&")
}

fn pictures() -> Result<HashMap<Picture, Icon>, BadIcon> {
    let side = small_icon_side().unwrap_or_default();
    let mut pictures = HashMap::new();
    for picture in Picture::ALL {
        if let Some(pixels) = fitting(picture.pixels(), side) {
            pictures.insert(picture, icon(pixels)?);
        }
    }
    Ok(pictures)
}

/// The smallest that is as large as the place, which Windows makes smaller; or else the largest.
fn fitting(sizes: Vec<Pixels>, side: u32) -> Option<Pixels> {
    let mut best = None;
    for pixels in sizes {
        let is_enough = pixels.side >= side;
        best = Some(pixels);
        if is_enough {
            break;
        }
    }
    best
}

fn icon(pixels: Pixels) -> Result<Icon, BadIcon> {
    let Pixels { side, argb } = pixels;
    let mut rgba = argb;
    for pixel in rgba.chunks_exact_mut(4) {
        pixel.rotate_left(1);
    }
    Icon::from_rgba(rgba, side, side)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_picture_becomes_an_icon() {
        assert_eq!(pictures().unwrap().len(), Picture::ALL.len());
    }

    #[test]
    fn the_size_fits_the_place() {
        for (place, side) in [(16, 16), (18, 20), (24, 24), (25, 32), (48, 48), (64, 48)] {
            let chosen = fitting(Picture::Ready.pixels(), place);
            assert_eq!(chosen.map(|pixels| pixels.side), Some(side), "{place}");
        }
    }

    #[test]
    fn a_label_has_no_keys_by_accident() {
        assert_eq!(plain("R&D"), "R&&D");
    }
}
