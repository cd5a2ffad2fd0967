//! What each setting brings about in the window that it is chosen in, and in the next.

use std::sync::Arc;

use egui::accesskit::Role;
use egui::{Context, Key, Modifiers, Theme};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use siru_apdu::Readers;
use siru_settings::{Change, Pattern};
use siru_sim::{Fault, FaultKind};

use super::settings::{
    Place, Seat, control, has_card, is_chosen, is_disabled, open, press, says, type_text, wait_for,
};
use super::support::{app_from, reader, wait};
use crate::app::{Beginning, Source};
use crate::model::{Command, LoginPhase, Message, Service, SystemLook, Tab, update};
use crate::store::Edit;
use crate::theme::{self, Look, Palette, palette};

const ENGLISH: &str = "language = \"en\"\n";
const RADIO: Role = Role::RadioButton;

/// The colours of a look.
fn colours(theme: Theme, high_contrast: bool) -> Palette {
    let context = Context::default();
    let look = Look {
        theme: Some(theme),
        high_contrast,
    };
    theme::dress(&context, look);
    *palette(&context.style_of(theme).visuals)
}

fn drawn(window: &Harness<'static, Seat>) -> Palette {
    window.state().palette.unwrap()
}

#[test]
fn the_appearance_is_drawn_at_once_and_the_systems_follows_the_system() {
    let place = Place::new("", ENGLISH, &["v4"]);
    let mut window = place.window();
    let asked = SystemLook {
        theme: Some(Theme::Dark),
        high_contrast: false,
    };
    for (name, expected) in [
        ("Dark", colours(Theme::Dark, false)),
        ("Light", colours(Theme::Light, false)),
        ("High contrast", colours(Theme::Light, true)),
    ] {
        press(&mut window, RADIO, name);
        assert_eq!(drawn(&window), expected, "{name}");
        assert_eq!(drawn(&place.window()), expected, "{name} anew");
    }
    // High contrast leaves light and dark to the system, light and dark ask it nothing.
    for (name, expected) in [
        ("High contrast", colours(Theme::Dark, true)),
        ("Light", colours(Theme::Light, false)),
        ("Follow the system", colours(Theme::Dark, false)),
    ] {
        press(&mut window, RADIO, name);
        window.state_mut().app.apply(Message::System(asked));
        window.run();
        assert_eq!(drawn(&window), expected, "{name}, and the system dark");
    }
    for (theme, high_contrast) in [
        (Theme::Light, true),
        (Theme::Dark, true),
        (Theme::Light, false),
    ] {
        let system = SystemLook {
            theme: Some(theme),
            high_contrast,
        };
        window.state_mut().app.apply(Message::System(system));
        window.run();
        assert_eq!(drawn(&window), colours(theme, high_contrast), "{system:?}");
    }
}

#[test]
fn the_size_is_chosen_or_changed_by_keys() {
    let place = Place::new("", ENGLISH, &["v4"]);
    let mut window = place.window();
    for (name, factor) in [("150 %", 1.5), ("200 %", 2.0), ("100 %", 1.0)] {
        press(&mut window, RADIO, name);
        assert_eq!(window.ctx.zoom_factor(), factor, "{name}");
        assert_eq!(place.window().ctx.zoom_factor(), factor, "{name} anew");
    }
    for (key, factor, written) in [
        (Key::Plus, 1.25, "zoom = 125"),
        (Key::Equals, 1.5, "zoom = 150"),
        (Key::Minus, 1.25, "zoom = 125"),
        (Key::Num0, 1.0, ""),
        (Key::Minus, 1.0, ""),
    ] {
        window.key_press_modifiers(Modifiers::COMMAND, key);
        window.run();
        assert_eq!(window.ctx.zoom_factor(), factor, "{key:?}");
        assert!(place.written().contains(written), "{key:?}");
    }
    assert!(!place.written().contains("zoom"), "{}", place.written());
    let machine = "locked = [\"window.zoom\"]\n[window]\nzoom = 175\n";
    let place = Place::new(machine, ENGLISH, &["v4"]);
    let mut window = place.window();
    for key in [Key::Plus, Key::Minus, Key::Num0] {
        window.key_press_modifiers(Modifiers::COMMAND, key);
        window.run();
        assert_eq!(window.ctx.zoom_factor(), 1.75, "{key:?}");
    }
    assert_eq!(place.written(), ENGLISH);
}

/// Opens a task of the only card's PIN1.
fn begin(window: &mut Harness<'static, Seat>, tab: &str) {
    open(window, Tab::Identification);
    let row = window.query_all_by_role(Role::ListBoxOption).next();
    row.unwrap().click_accesskit();
    window.run();
    press(window, Role::Tab, tab);
}

#[test]
fn a_new_pin_that_is_easy_to_guess_is_pointed_out_or_refused() {
    let place = Place::new("", ENGLISH, &["v4"]);
    let mut window = place.window();
    wait_for(&mut window, has_card);
    let (weak, refused) = (
        "in even steps",
        "Your organisation does not allow such PINs.",
    );
    for (choice, forbidden) in [("Do not allow them", true), ("Point them out", false)] {
        open(&mut window, Tab::Settings);
        press(&mut window, RADIO, choice);
        begin(&mut window, "Change PIN");
        for digits in ["7391", "1234", "1234"] {
            type_text(&mut window, digits);
            window.key_press(Key::Tab);
            window.run();
        }
        assert!(says(&window, weak), "{choice}");
        assert_eq!(says(&window, refused), forbidden, "{choice}");
        assert_eq!(is_disabled(&window, Role::Button, "Change"), forbidden);
        if forbidden {
            window.state_mut().app.apply(Message::Submit);
            assert!(!window.state().app.model().is_running(), "it was sent");
        }
        press(&mut window, Role::Button, "Close");
    }
}

#[test]
fn a_reader_that_is_left_out_vanishes_and_comes_back() {
    let place = Place::new("", ENGLISH, &["v4"]);
    let mut window = place.window();
    let gone = |model: &crate::model::Model| {
        matches!(model.service, Service::Running) && model.readers.is_empty()
    };
    wait_for(&mut window, has_card);
    press(
        &mut window,
        Role::Button,
        "Leave out Demo reader 1 and others of its model",
    );
    assert!(place.written().contains("leave-out = [\"Demo reader*\"]"));
    wait_for(&mut window, gone);
    open(&mut window, Tab::Identification);
    assert!(!says(&window, "ÅSTRÖM"));
    let mut next = place.window();
    wait_for(&mut next, gone);
    for window in [&mut window, &mut next] {
        open(window, Tab::Settings);
        press(window, Role::Button, "Show Demo reader* again");
        wait_for(window, has_card);
        open(window, Tab::Identification);
        assert!(says(window, "ÅSTRÖM"));
        open(window, Tab::Settings);
        press(
            window,
            Role::Button,
            "Leave out Demo reader 1 and others of its model",
        );
        wait_for(window, gone);
    }
}

#[test]
fn what_was_begun_before_a_reader_was_left_out_is_not_lost() {
    let place = Place::new("", ENGLISH, &["v4", "v3"]);
    // As real ones: a demonstration has no browser to wait for.
    let readers = std::sync::Mutex::new(place.readers.clone());
    let connect = move || -> Box<dyn Readers> { Box::new(readers.lock().unwrap().clone()) };
    let beginning = Beginning::with(place.store(), None);
    let (mut app, bell) = app_from(Source::Pcsc(Arc::new(connect)), beginning);
    wait(&mut app, &bell, |model| model.readers.len() == 2);
    app.apply(Message::TestLogin(None));
    app.apply(Message::LogInByBrowser);
    // Neither card was read yet, and the browser's test has only just begun.
    let pattern = Pattern::new("*reader 2").unwrap();
    let change = Change::LeftOut(vec![pattern]);
    app.apply(Message::Decide(Edit::Set(change)));
    wait(&mut app, &bell, |model| {
        model.readers.len() == 1 && has_card(model)
    });
    wait(&mut app, &bell, |model| {
        let test = model.login.as_ref().unwrap();
        test.phase == LoginPhase::Ready && test.told.is_some()
    });
}

#[test]
fn the_machines_patterns_are_told_and_cannot_be_taken_away() {
    let machine = "locked = [\"readers.leave-out\"]\n[readers]\nleave-out = [\"*reader 2\"]\n";
    let place = Place::new(machine, ENGLISH, &["v4", "v3"]);
    let mut window = place.window();
    wait_for(&mut window, has_card);
    assert!(says(&window, "*reader 2"));
    assert_eq!(window.state().app.model().readers.len(), 1);
    assert_eq!(window.query_all_by_label_contains("again").count(), 0);
}

#[test]
fn readers_stay_while_a_request_is_on_its_way() {
    let place = Place::new("", ENGLISH, &["v4"]);
    let mut window = place.window();
    wait_for(&mut window, has_card);
    begin(&mut window, "Check PIN");
    let hang = Fault::at_instruction(FaultKind::Hang, 0x20, 2);
    place.readers.control().plan(&reader(1), hang).unwrap();
    window.state_mut().app.type_for_test("1234", "");
    window.state_mut().app.apply(Message::Submit);
    assert!(window.state().app.model().is_running());
    window.run_steps(4);
    // An open form asks for one more drawing when the card is late, so nothing here waits for none.
    window
        .get_by_role_and_label(Role::Tab, "Settings")
        .click_accesskit();
    window.run_steps(4);
    let name = "Leave out Demo reader 1 and others of its model";
    assert!(is_disabled(&window, Role::Button, name));
    control(&window, Role::Button, name).click_accesskit();
    window.run_steps(4);
    assert_eq!(place.written(), ENGLISH);
    assert!(window.state().app.model().is_running());
    place.readers.control().remove(&reader(1)).unwrap();
    wait_for(&mut window, |model| !model.is_running());
    assert!(!is_disabled(&window, Role::Button, name));
}

#[test]
fn whom_to_ask_stands_where_a_person_is_stuck() {
    let machine = "[contact]\nfi = \"Soita 111\"\nsv = \"Ring 222\"\nen = \"Call 333\"\n";
    for (image, tab) in [
        ("v4-locked", "Check PIN"),
        ("v4-puk-spent", "Unlock PIN"),
        ("v4-puk-low", "Unlock PIN"),
    ] {
        let place = Place::new(machine, ENGLISH, &[image]);
        let mut window = place.window();
        wait_for(&mut window, has_card);
        assert!(says(&window, "Help: Call 333"), "the settings");
        begin(&mut window, tab);
        assert!(says(&window, "Help: Call 333"), "{image}");
        for (language, line) in [("suomi", "Soita 111"), ("svenska", "Ring 222")] {
            press(&mut window, RADIO, language);
            assert!(says(&window, line), "{image}: {language}");
            assert!(!says(&window, "333"), "{image}: {language}");
        }
        let nobody = Place::new("", ENGLISH, &[image]);
        let mut window = nobody.window();
        wait_for(&mut window, has_card);
        begin(&mut window, tab);
        assert!(!says(&window, "Help:"), "{image}: nobody to ask");
    }
    // A PIN that is in use needs no help.
    let place = Place::new(machine, ENGLISH, &["v4"]);
    let mut window = place.window();
    wait_for(&mut window, has_card);
    begin(&mut window, "Unlock PIN");
    assert!(!says(&window, "Call 333"));
}

#[test]
fn the_tray_is_ticked_as_the_files_say_and_a_tick_is_one_decision() {
    let name = "Show the icon when I sign in";
    for (user, on) in [("", false), ("[tray]\nautostart = true\n", true)] {
        let place = Place::new("", &format!("{ENGLISH}{user}"), &["v4"]);
        let mut window = place.window();
        assert_eq!(is_chosen(&window, Role::CheckBox, name), on);
        // Carried out it would change the entry of whoever runs this test.
        let (settings, problems) = place.store().read();
        let mut model = crate::model::Model::new(siru_text::Language::English, false);
        model.settings = settings;
        assert!(problems.is_empty());
        let edit = Edit::Set(Change::Autostart(!on));
        let now = std::time::Instant::now();
        let commands = update(&mut model, Message::Decide(edit.clone()), now);
        let [Command::Decide(saved)] = commands.as_slice() else {
            panic!("{commands:?}");
        };
        assert_eq!(*saved, edit);
        model.settings.autostart.locked = true;
        assert!(update(&mut model, Message::Decide(edit), now).is_empty());
        open(&mut window, Tab::Identification);
    }
}
