//! The settings as a person chooses them in the window: each is written to their file, takes effect
//! at once and holds in the next window; what the machine locks stays as it is.

use std::fs;
use std::path::PathBuf;
use std::sync::mpsc::Receiver;

use egui::accesskit::{Role, Toggled};
use egui::{Event, Theme};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use egui_kittest::{Harness, Node};
use siru_settings::{Appearance, Change, Key, Sources, WeakPins, Zoom};
use siru_sim::VirtualReaders;
use siru_text::Language;
use tempfile::TempDir;

use super::support::{app_of, readers, wait, window};
use crate::app::{App, Beginning};
use crate::model::{Holder, Message, Model, Reader, Tab};
use crate::say;
use crate::store::{Edit, Store};
use crate::theme::{Palette, palette};
use crate::words::Speech;

/// A machine and a person on it, each with a file of settings, and cards in readers.
pub(super) struct Place {
    folder: TempDir,
    pub(super) readers: VirtualReaders,
}

impl Place {
    pub(super) fn new(machine: &str, user: &str, images: &[&str]) -> Self {
        let place = Self {
            folder: tempfile::tempdir().unwrap(),
            readers: readers(images),
        };
        fs::create_dir(place.folder.path().join("person")).unwrap();
        fs::write(place.machine(), machine).unwrap();
        fs::write(place.user(), user).unwrap();
        place
    }

    pub(super) fn machine(&self) -> PathBuf {
        self.folder.path().join("machine.toml")
    }

    pub(super) fn user(&self) -> PathBuf {
        self.folder.path().join("person/user.toml")
    }

    /// What stands in the person's file.
    pub(super) fn written(&self) -> String {
        fs::read_to_string(self.user()).unwrap()
    }

    pub(super) fn store(&self) -> Store {
        Store::Of(Sources::at(self.machine(), self.user()))
    }

    /// A new window, open at the settings.
    pub(super) fn window(&self) -> Harness<'static, Seat> {
        self.window_in(None)
    }

    /// The same in a language that is said when the program is started.
    pub(super) fn window_in(&self, language: Option<Language>) -> Harness<'static, Seat> {
        self.window_of(self.store(), language)
    }

    /// The same with settings from other places.
    pub(super) fn window_of(
        &self,
        store: Store,
        language: Option<Language>,
    ) -> Harness<'static, Seat> {
        let (app, bell) = app_of(&self.readers, Beginning::with(store, language));
        let seat = Seat {
            app,
            bell,
            palette: None,
        };
        let mut window = window(seat, [1000.0, 2400.0], Theme::Light, Seat::show);
        open(&mut window, Tab::Settings);
        window
    }
}

/// A window with the program behind it.
pub(super) struct Seat {
    pub(super) app: App,
    bell: Receiver<()>,
    /// The colours it was last drawn in.
    pub(super) palette: Option<Palette>,
}

impl Seat {
    fn show(&mut self, ui: &mut egui::Ui) {
        self.app.take_in();
        self.palette = Some(*palette(ui.visuals()));
        self.app.show(ui);
    }

    pub(super) fn speech(&self) -> Speech {
        Speech::new(self.app.model().language)
    }
}

/// Presses the tab.
pub(super) fn open(window: &mut Harness<'static, Seat>, tab: Tab) {
    window.run();
    let speech = window.state().speech();
    let word = match tab {
        Tab::Identification => say!(speech, "tab-identification"),
        Tab::Certificates => say!(speech, "tab-certificates"),
        Tab::Settings => say!(speech, "tab-settings"),
        Tab::Help => say!(speech, "tab-help"),
    };
    press(window, Role::Tab, &word);
}

/// Waits until the program has found out enough, and draws it.
pub(super) fn wait_for(window: &mut Harness<'static, Seat>, done: impl Fn(&Model) -> bool) {
    let seat = window.state_mut();
    wait(&mut seat.app, &seat.bell, done);
    window.run();
}

/// The last control with this role and name: the header, which has the languages too, comes first.
pub(super) fn control<'a>(
    window: &'a Harness<'static, Seat>,
    role: Role,
    name: &'a str,
) -> Node<'a> {
    let found = window.query_all_by_role_and_label(role, name).last();
    found.unwrap_or_else(|| panic!("no {role:?} {name:?}: {:?}", words(window)))
}

/// Whether the first card was read, with its holder.
pub(super) fn has_card(model: &Model) -> bool {
    let card = model.readers.first().and_then(Reader::card);
    card.is_some_and(|card| matches!(card.holder, Holder::Known(_)))
}

pub(super) fn press(window: &mut Harness<'static, Seat>, role: Role, name: &str) {
    control(window, role, name).click_accesskit();
    window.run();
}

pub(super) fn type_text(window: &mut Harness<'static, Seat>, text: &str) {
    for character in text.chars() {
        window.event(Event::Text(character.to_string()));
        window.run();
    }
}

pub(super) fn is_disabled(window: &Harness<'static, Seat>, role: Role, name: &str) -> bool {
    control(window, role, name).accesskit_node().is_disabled()
}

pub(super) fn is_chosen(window: &Harness<'static, Seat>, role: Role, name: &str) -> bool {
    control(window, role, name).accesskit_node().toggled() == Some(Toggled::True)
}

/// Everything that can be read in the window, in the order of a screen reader.
pub(super) fn words(window: &Harness<'static, Seat>) -> Vec<String> {
    let nodes = window.root().children_recursive();
    let said = |node: Node<'_>| {
        let node = node.accesskit_node();
        [node.label(), node.value()].into_iter().flatten().next()
    };
    nodes.filter_map(said).collect()
}

pub(super) fn says(window: &Harness<'static, Seat>, part: &str) -> bool {
    words(window).iter().any(|words| words.contains(part))
}

pub(super) fn locks(window: &Harness<'static, Seat>) -> usize {
    let words_of_lock = say!(window.state().speech(), "setting-locked");
    words(window)
        .iter()
        .filter(|words| **words == words_of_lock)
        .count()
}

pub(super) const RADIO: Role = Role::RadioButton;

#[test]
fn a_language_changes_every_word_at_once_and_the_systems_takes_it_back() {
    let others = "\n# of another program\n[pkcs11]\nkey = 1 # one\n";
    let place = Place::new("", &format!("language = \"en\"\n{others}"), &["v4"]);
    let mut window = place.window();
    wait_for(&mut window, has_card);
    for (name, tag) in [("suomi", "fi"), ("svenska", "sv"), ("English", "en")] {
        press(&mut window, RADIO, name);
        assert!(is_chosen(&window, RADIO, name));
        let written = format!("language = \"{tag}\"\n{others}");
        assert_eq!(place.written(), written);
        let mut next = place.window();
        wait_for(&mut next, has_card);
        assert_eq!(words(&window), words(&next), "{name}");
        assert_eq!(next.state().app.model().language.tag(), tag);
    }
    let in_header = window.query_all_by_role_and_label(RADIO, "suomi").next();
    in_header.unwrap().click_accesskit();
    window.run();
    assert!(place.written().contains("\"fi\""));
    let system = Language::system();
    let name = system.own_name();
    let word = say!(window.state().speech(), "language-system", language = name);
    press(&mut window, RADIO, &word);
    assert_eq!(place.written(), others);
    for window in [&window, &place.window()] {
        assert_eq!(window.state().app.model().language, system);
    }
}

#[test]
fn a_locked_language_can_be_left_for_one_window_and_is_not_written() {
    let machine = "locked = [\"language\"]\nlanguage = \"sv\"\n";
    let place = Place::new(machine, "language = \"fi\"\n", &["v4"]);
    let mut window = place.window();
    assert_eq!(window.state().app.model().language, Language::Swedish);
    assert_eq!(locks(&window), 1);
    for name in ["suomi", "svenska", "English"] {
        assert!(is_disabled(&window, RADIO, name), "{name}");
    }
    press(&mut window, RADIO, "English");
    assert_eq!(window.state().app.model().language, Language::Swedish);
    let in_header = window.query_all_by_role_and_label(RADIO, "English").next();
    in_header.unwrap().click_accesskit();
    window.run();
    control(&window, Role::Heading, "Settings");
    assert_eq!(place.written(), "language = \"fi\"\n");
    assert_eq!(locks(&window), 1);
    let next = place.window();
    assert_eq!(next.state().app.model().language, Language::Swedish);
}

#[test]
fn what_the_machine_locks_has_a_padlock_and_cannot_be_chosen() {
    let machine = "locked = [\"window.appearance\", \"window.zoom\", \"pins.weak\", \
        \"readers.leave-out\", \"tray.autostart\"]\nlanguage = \"en\"\n\
        [window]\nappearance = \"dark\"\nzoom = 125\n[pins]\nweak = \"forbid\"\n\
        [tray]\nautostart = true\n";
    let user = "[window]\nappearance = \"light\"\nzoom = 200\n[pins]\nweak = \"warn\"\n\
        [readers]\nleave-out = [\"*\"]\n[tray]\nautostart = false\n";
    let place = Place::new(machine, user, &["v4"]);
    let mut window = place.window();
    wait_for(&mut window, has_card);
    assert_eq!(locks(&window), 5);
    let locked = [
        (RADIO, "Dark", true),
        (RADIO, "Light", false),
        (RADIO, "High contrast", false),
        (RADIO, "Follow the system", false),
        (RADIO, "125 %", true),
        (RADIO, "200 %", false),
        (RADIO, "Do not allow them", true),
        (RADIO, "Point them out", false),
        (Role::CheckBox, "Show the icon when I sign in", true),
        (
            Role::Button,
            "Leave out Demo reader 1 and others of its model",
            false,
        ),
    ];
    for (role, name, _) in locked {
        assert!(is_disabled(&window, role, name), "{name}");
        press(&mut window, role, name);
    }
    for (role, name, chosen) in locked {
        assert_eq!(is_chosen(&window, role, name), chosen, "{name}");
    }
    // Nor by any other way.
    for change in [
        Change::Appearance(Appearance::Light),
        Change::Zoom(Zoom::LARGEST),
        Change::WeakPins(WeakPins::Warn),
        Change::LeftOut(Vec::new()),
    ] {
        let edit = Edit::Set(change);
        window.state_mut().app.apply(Message::Decide(edit.clone()));
        assert!(place.store().save(&edit).is_err(), "{edit:?}");
    }
    for key in [Key::Appearance, Key::Zoom, Key::WeakPins, Key::LeftOut] {
        let edit = Edit::Unset(key);
        window.state_mut().app.apply(Message::Decide(edit));
        assert!(place.store().save(&Edit::Unset(key)).is_err());
    }
    assert_eq!(place.written(), user);
    let settings = &window.state().app.model().settings;
    assert_eq!(*settings, place.store().read().0);
    assert!(window.state().app.model().unsaved.is_none());
}

#[test]
fn every_setting_is_written_when_it_is_chosen_and_chosen_in_the_next_window() {
    let begun = "language = \"en\"\n";
    for (name, written) in [
        ("Light", "[window]\nappearance = \"light\"\n"),
        ("Dark", "[window]\nappearance = \"dark\"\n"),
        (
            "High contrast",
            "[window]\nappearance = \"high-contrast\"\n",
        ),
        ("100 %", ""),
        ("125 %", "[window]\nzoom = 125\n"),
        ("200 %", "[window]\nzoom = 200\n"),
        ("Point them out", ""),
        ("Do not allow them", "[pins]\nweak = \"forbid\"\n"),
    ] {
        let place = Place::new("", begun, &["v4"]);
        let mut window = place.window();
        press(&mut window, RADIO, name);
        assert!(place.written().starts_with(begun));
        let section = place.written().replace(begun, "");
        assert_eq!(section.trim_start(), written, "{name}");
        assert!(is_chosen(&window, RADIO, name), "{name}");
        assert!(is_chosen(&place.window(), RADIO, name), "{name} anew");
        assert_eq!(locks(&window), 0);
    }
}
