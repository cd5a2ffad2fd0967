//! Does the window bring a new card into use, and set both PINs with one PUK, in each language and
//! with the keyboard alone? With wrong codes, slips and a card that is pulled between the two PINs,
//! each step compared with the ledger.
#![allow(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test stops where it breaks"
)]

use siru_card::ActivationRegime;
use siru_tests::activation::{NEW, New, SET};
use siru_tests::desk::{Desk, FIELD};
use siru_tests::rig::{port, wait_for_card, with_readers};

const VERIFY: u64 = 0x20;
const RESET: u64 = 0x2C;
const DONE: Option<u64> = Some(0x9000);
const FOUR_LEFT: Option<u64> = Some(0x63C4);

const ACTIVATE: &str = "button-activate";
const PUK: &str = "12345678";

/// The new PINs of an activation, as they are typed.
const NEW_PINS: [(&str, &str); 4] = [
    ("new-pin1", SET[0]),
    ("new-pin1-again", SET[0]),
    ("new-pin2", SET[1]),
    ("new-pin2-again", SET[1]),
];

/// The key of the field for the code of the letter.
fn letter(new: &New) -> &'static str {
    if with_activation_pin(new) {
        "activation-pin"
    } else {
        "puk"
    }
}

/// The code whose counter a wrong code of the letter brings down.
fn at_stake(new: &New) -> &'static str {
    if with_activation_pin(new) {
        "pin1"
    } else {
        "puk"
    }
}

/// What goes to the card for one PIN: the organisation card takes the PUK in a command of its own.
fn commands(new: &New) -> Vec<u64> {
    let sets = u64::from(new.sets);
    if new.image == "organisation-fresh" {
        vec![VERIFY, sets]
    } else {
        vec![sets]
    }
}

/// These commands, each taken by the card.
fn taken(commands: &[u64]) -> Vec<(u64, Option<u64>)> {
    commands.iter().map(|command| (*command, DONE)).collect()
}

fn with_activation_pin(new: &New) -> bool {
    new.regime == ActivationRegime::ActivationPin
}

/// What happens while a new card is activated.
#[derive(Clone, Copy)]
enum Course {
    /// Nothing.
    Straight,
    /// Its code is mistyped first.
    Mistyped,
    /// It is pulled when PIN1 was set.
    Pulled,
}

/// Each new card is put in while the window is open; over the languages, each takes each course.
fn activated_in(language: &str, courses: [Course; 3]) {
    let mut desk = Desk::without_card(language);
    for (new, course) in NEW.iter().zip(courses) {
        desk.put_in(new.image);
        // The form is there by itself, with the keyboard in its first field.
        desk.window.focused(FIELD, &desk.words.say(letter(new)));
        assert!(desk.is_on("activate"), "{}", new.image);
        match course {
            Course::Straight => {
                fill_in(&mut desk, new, new.letter);
                both_are_set_at_once(&mut desk, new, 5);
            }
            Course::Mistyped => {
                mistyped(&mut desk, new);
                both_are_set_at_once(&mut desk, new, 4);
            }
            Course::Pulled => pulled(&mut desk, new),
        }
        assert_eq!(desk.tries(), [5; 3], "{}", new.image);
        desk.clear();
    }
    desk.assert_silent_about(&[PUK, SET[1]]);
}

/// Fills the form in as it comes.
fn fill_in(desk: &mut Desk, new: &New, code: &str) {
    let mut fields = vec![(letter(new), code)];
    fields.extend(NEW_PINS);
    desk.fill(&fields);
}

/// The form is confirmed, and the right code sets both PINs. It had so many tries before.
fn both_are_set_at_once(desk: &mut Desk, new: &New, tries: u64) {
    assert_eq!(desk.sent(), [], "{}: before it was confirmed", new.image);
    desk.confirm(ACTIVATE);
    let said = [
        desk.words.say("pair-done-detail"),
        desk.words.left_now("pin1", 5),
        desk.words.left_now("pin2", 5),
        desk.receipt(at_stake(new), tries, 5),
    ];
    desk.is_told(&desk.words.say("pair-done"), &said);
    let commands = commands(new);
    assert_eq!(desk.sent(), taken(&[&commands[..], &commands].concat()));
}

/// A wrong code is one try and leaves PIN2 alone, and the same once more is caught. The right one is
/// in its place in the end.
fn mistyped(desk: &mut Desk, new: &New) {
    let (letter, code) = (letter(new), at_stake(new));
    let (headline, tries) = match code {
        "puk" => ("puk-failed", [5, 5, 4]),
        _ => ("check-failed", [4, 5, 5]),
    };
    fill_in(desk, new, new.wrong);
    desk.confirm(ACTIVATE);
    let said = [
        desk.words.say("try-used"),
        desk.words.left_now(code, 4),
        desk.words.say("pair-second-not-sent"),
        desk.receipt(code, 5, 4),
    ];
    desk.is_told(&desk.words.say(headline), &said);
    assert_eq!(desk.receipts(), said[3..], "{}", new.image);
    assert_eq!(desk.sent(), [(commands(new)[0], FOUR_LEFT)]);
    assert_eq!(desk.tries(), tries, "{}", new.image);

    // What an activation PIN was typed for has a name of its own.
    let typed = if code == "puk" {
        code
    } else {
        "activation-pin"
    };
    let caught = [("code", typed.into())];
    let caught = desk.words.say_with("caught-refused-before", &caught);
    desk.fill(&[(letter, new.wrong)]);
    desk.hears(&caught);
    desk.is_caught(&caught, ACTIVATE, Some("new-pin1"));
    desk.fill(&NEW_PINS);
    desk.is_caught(&caught, ACTIVATE, None);
    assert_eq!(desk.tries(), tries, "{}", new.image);
    desk.retype(letter, new.letter);
}

/// Pulled when PIN1 was set, the card goes on with PIN2 alone when it is back.
fn pulled(desk: &mut Desk, new: &New) {
    let fault = format!("fault {} drop-before@{:02X}#2", port(0), new.sets);
    desk.simulator.tell(&fault);
    fill_in(desk, new, new.letter);
    desk.confirm(ACTIVATE);
    let [first, second] = ["pin1", "pin2"].map(|code| [("code", code.into())]);
    let unknown = [desk.words.say_with("pair-second-unknown", &second)];
    desk.is_told(&desk.words.say_with("pair-first", &first), &unknown);
    let commands = commands(new);
    let mut sent = taken(&[&commands[..], &commands].concat());
    sent.last_mut().expect("a command").1 = None;
    assert_eq!(desk.sent(), sent, "{}", new.image);

    wait_for_card(0, false);
    desk.put_back();
    desk.reads(&desk.words.say_with("activation-left", &second));
    desk.reads(&desk.words.say_with("activation-set", &first));
    desk.window.absent(FIELD, &desk.words.say("new-pin1"));
    desk.fill(&[(letter(new), new.letter), NEW_PINS[2], NEW_PINS[3]]);
    desk.confirm(ACTIVATE);
    let headline = if with_activation_pin(new) {
        "change-done"
    } else {
        "unlock-done"
    };
    let said = [desk.words.left_now("pin2", 5)];
    desk.is_told(&desk.words.say(headline), &said);
    assert_eq!(desk.sent(), taken(&commands), "{}", new.image);
    both_pins_are_set(desk);
}

/// Each PIN is right in its own form; the one that was set for signing is no PIN1.
fn both_pins_are_set(desk: &mut Desk) {
    let [pin1, pin2] = SET;
    for (row, code, digits) in [(1, "pin2", pin2), (0, "pin1", pin1)] {
        desk.choose(row, code);
        if code == "pin1" {
            let slip = [("code", "pin1".into()), ("owner", "pin2".into())];
            let slip = desk.words.say_with("caught-belongs-to", &slip);
            desk.fill(&[("pin1", pin2)]);
            desk.hears(&slip);
            desk.is_caught(&slip, "button-check", None);
            desk.retype("pin1", digits);
        } else {
            desk.fill(&[(code, digits)]);
        }
        desk.confirm("button-check");
        let left = desk.words.left_now(code, 5);
        desk.is_told(&desk.words.say("check-done"), &[left]);
        assert_eq!(desk.sent(), [(VERIFY, DONE)], "{code}");
    }
}

/// One PUK for both PINs; then the same wrong PIN again and again; then the way around a last try.
fn slips_in(language: &str) {
    let mut desk = Desk::without_card(language);
    desk.put_in("v4-locked");
    desk.choose(0, "pin1");
    assert!(desk.is_on("unlock-pin"));
    desk.window.focused(FIELD, &desk.words.say("puk"));
    let both = desk.words.say("set-pin2-too");
    desk.window.choose("check box", &both, 0);
    desk.window.find(FIELD, &desk.words.say("new-pin2-again"));
    desk.window.tab_to(FIELD, &desk.words.say("puk"), 0);
    desk.fill(&[("puk", PUK), NEW_PINS[0], NEW_PINS[1]]);
    desk.window.tab_to(FIELD, &desk.words.say("new-pin2"), 0);
    desk.fill(&NEW_PINS[2..]);
    assert_eq!(desk.sent(), []);
    desk.confirm("button-unlock");
    let said = [
        desk.words.say("pair-done-detail"),
        desk.words.left_now("pin1", 5),
        desk.words.left_now("pin2", 5),
        desk.receipt("pin1", 0, 5),
    ];
    desk.is_told(&desk.words.say("pair-done"), &said);
    assert_eq!(desk.sent(), [(RESET, DONE); 2]);
    assert_eq!(desk.tries(), [5; 3]);
    both_pins_are_set(&mut desk);

    desk.retype("pin1", "7391");
    desk.confirm("button-check");
    let said = [desk.words.left_now("pin1", 4), desk.receipt("pin1", 5, 4)];
    desk.is_told(&desk.words.say("check-failed"), &said);
    assert_eq!(desk.sent(), [(VERIFY, FOUR_LEFT)]);
    let caught = [("code", "pin1".into())];
    let caught = desk.words.say_with("caught-refused-before", &caught);
    for again in ["at once", "in a form of its own"] {
        desk.fill(&[("pin1", "7391")]);
        desk.hears(&caught);
        desk.is_caught(&caught, "button-check", None);
        assert_eq!(desk.tries(), [4, 5, 5], "{again}");
        desk.window.keys(&["Escape"]);
        desk.window.absent(FIELD, ".*");
        desk.choose(0, "pin1");
    }
    desk.clear();

    desk.put_in("v4-last-try");
    desk.choose(0, "pin1");
    desk.fill(&[("pin1", "739146")]);
    let button = desk.words.say("button-check");
    desk.window.enabled("push button", &button, false);
    desk.window.keys(&["Return"]);
    desk.window
        .choose("push button", &desk.words.say("safer-way"), 0);
    desk.window.focused(FIELD, &desk.words.say("puk"));
    assert!(desk.is_on("unlock-pin"));
    assert_eq!((desk.sent(), desk.tries()), (vec![], [1, 5, 5]));
    desk.fill(&[("puk", PUK), ("new-pin", SET[0]), ("new-pin-again", SET[0])]);
    desk.confirm("button-unlock");
    let said = [desk.words.left_now("pin1", 5), desk.receipt("pin1", 1, 5)];
    desk.is_told(&desk.words.say("unlock-done"), &said);
    assert_eq!(desk.sent(), [(RESET, DONE)]);
    assert_eq!(desk.tries(), [5; 3]);
    desk.assert_silent_about(&[PUK, SET[1], "739146"]);
}

#[test]
fn new_cards_are_activated_in_finnish() {
    let courses = [Course::Pulled, Course::Mistyped, Course::Straight];
    with_readers(1, || activated_in("fi", courses));
}

#[test]
fn new_cards_are_activated_in_swedish() {
    let courses = [Course::Mistyped, Course::Straight, Course::Pulled];
    with_readers(1, || activated_in("sv", courses));
}

#[test]
fn new_cards_are_activated_in_english() {
    let courses = [Course::Straight, Course::Pulled, Course::Mistyped];
    with_readers(1, || activated_in("en", courses));
}

#[test]
fn one_puk_sets_both_pins_and_a_slip_costs_one_try_in_finnish() {
    with_readers(1, || slips_in("fi"));
}

#[test]
fn one_puk_sets_both_pins_and_a_slip_costs_one_try_in_swedish() {
    with_readers(1, || slips_in("sv"));
}

#[test]
fn one_puk_sets_both_pins_and_a_slip_costs_one_try_in_english() {
    with_readers(1, || slips_in("en"));
}
