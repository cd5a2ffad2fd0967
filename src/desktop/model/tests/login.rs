//! The log-in test, message by message.

use siru_login::{BrokenLink, Registration, Verdict as LoginVerdict};

use super::*;

fn opened(image: &str) -> Model {
    let mut model = model(&[image]);
    select(&mut model, 1, PinRole::Authentication);
    send(&mut model, Message::TestLogin(Some(reader(1))));
    model
}

fn type_pin(model: &mut Model, digits: &str) {
    model.login.as_mut().unwrap().entered.insert(digits, 0);
}

fn told(model: &mut Model, ticket: u64, link: BrokenLink) -> Vec<Command> {
    let verdict = Box::new(LoginVerdict::Broken {
        link,
        presented: None,
    });
    send(
        model,
        Message::LoggedIn {
            ticket,
            verdict,
            registration: Registration::default(),
        },
    )
}

fn phase(model: &Model) -> &LoginPhase {
    &model.login.as_ref().unwrap().phase
}

#[test]
fn the_test_stands_where_the_form_was_and_gives_way_to_it() {
    let mut model = opened("v4");
    assert!(model.form.is_none() && model.login.is_some());
    select(&mut model, 1, PinRole::Signature);
    assert!(model.form.is_some() && model.login.is_none());
    send(&mut model, Message::TestLogin(Some(reader(1))));
    send(&mut model, Message::Close);
    assert!(model.form.is_none() && model.login.is_none());
}

#[test]
fn pin1_is_handed_over_once_and_only_for_the_certificate_that_was_seen() {
    let mut model = opened("v4");
    assert!(send(&mut model, Message::LogInByModule).is_empty());
    type_pin(&mut model, "12");
    assert!(send(&mut model, Message::LogInByModule).is_empty());
    type_pin(&mut model, "34");
    let commands = send(&mut model, Message::LogInByModule);
    let [Command::LogInByModule(order)] = commands.as_slice() else {
        panic!("{commands:?}")
    };
    assert_eq!(
        Some(&order.seen),
        model.readers[0].card().unwrap().leaf.as_ref()
    );
    assert!(model.login.as_ref().unwrap().entered.is_empty());
    // A second click finds nothing to send, and nobody leaves before the answer.
    assert!(send(&mut model, Message::LogInByModule).is_empty());
    send(&mut model, Message::Close);
    assert!(model.login.is_some() && model.is_running());
    let commands = told(&mut model, 1, BrokenLink::WrongPin { tries_left: None });
    // The counter may have changed.
    assert!(matches!(commands.as_slice(), [Command::Look { .. }]));
    assert_eq!(phase(&model), &LoginPhase::Ready);
    assert!(model.login.as_ref().unwrap().told.is_some() && !model.is_running());
    // Whoever mistyped types again at once.
    assert!(model.login.as_ref().unwrap().wants_focus);
}

#[test]
fn no_other_request_goes_out_while_the_module_is_at_work() {
    let mut model = opened("v4");
    type_pin(&mut model, "1234");
    send(&mut model, Message::LogInByModule);
    select(&mut model, 1, PinRole::Authentication);
    assert!(model.form.is_none(), "the test was left");
    assert!(send(&mut model, Message::Submit).is_empty());
}

#[test]
fn nobody_types_a_pin_in_vain() {
    for (image, link) in [
        ("v4-locked", BrokenLink::PinLocked),
        ("v4-last-try", BrokenLink::LastTry),
        ("v3-fresh", BrokenLink::NotActivated),
    ] {
        let mut model = opened(image);
        let card = model.readers[0].card().unwrap().clone();
        assert_eq!(model.login.as_ref().unwrap().hopeless(&card), Some(link));
        type_pin(&mut model, "1234");
        assert!(
            send(&mut model, Message::LogInByModule).is_empty(),
            "{image}"
        );
    }
}

#[test]
fn the_browser_is_waited_for_until_it_came_or_the_person_ends_it() {
    let mut model = opened("v4");
    type_pin(&mut model, "1234");
    let commands = send(&mut model, Message::LogInByBrowser);
    assert!(matches!(
        commands.as_slice(),
        [Command::LogInByBrowser { ticket: 1, .. }]
    ));
    assert!(model.login.as_ref().unwrap().entered.is_empty());
    let address = "https://localhost:1/x".to_owned();
    send(&mut model, Message::BrowserAwaited { ticket: 1, address });
    assert!(matches!(
        phase(&model),
        LoginPhase::Browser {
            address: Some(_),
            ..
        }
    ));
    // Nothing is lost when it is left: no PIN is on its way.
    assert!(!model.is_running());
    let commands = send(&mut model, Message::EndBrowserTest);
    assert!(matches!(commands.as_slice(), [Command::EndBrowserTest]));
    told(&mut model, 1, BrokenLink::NobodyCame);
    assert_eq!(phase(&model), &LoginPhase::Ready);
}

#[test]
fn a_verdict_that_comes_after_the_test_was_closed_is_not_shown_for_another() {
    let mut model = opened("v4");
    send(&mut model, Message::LogInByBrowser);
    let commands = send(&mut model, Message::Close);
    assert!(matches!(commands.as_slice(), [Command::EndBrowserTest]));
    send(&mut model, Message::TestLogin(Some(reader(1))));
    told(&mut model, 1, BrokenLink::NobodyCame);
    assert!(model.login.as_ref().unwrap().told.is_none());
}

#[test]
fn a_card_that_went_away_takes_its_digits_along() {
    let mut model = opened("v4");
    type_pin(&mut model, "1234");
    send(&mut model, report(&[false], 2));
    assert!(model.login.as_ref().unwrap().entered.is_empty());
    type_pin(&mut model, "1234");
    assert!(send(&mut model, Message::LogInByModule).is_empty());
}

#[test]
fn virtual_cards_are_not_handed_to_the_module() {
    let mut model = opened("v4");
    model.demo = true;
    type_pin(&mut model, "1234");
    assert!(send(&mut model, Message::LogInByModule).is_empty());
    assert!(send(&mut model, Message::LogInByBrowser).is_empty());
}

#[test]
fn the_counter_after_a_wrong_pin_is_told_once_the_card_was_read_again() {
    let mut model = opened("v4");
    type_pin(&mut model, "9999");
    send(&mut model, Message::LogInByModule);
    told(&mut model, 1, BrokenLink::WrongPin { tries_left: None });
    let mut again = card("v4");
    again.states.pin1 = PinState::Usable {
        tries_left: Some(TriesLeft(4)),
    };
    let generation = model.readers[0].generation;
    let look = Ok(Box::new(again));
    send(
        &mut model,
        Message::Looked {
            reader: reader(1),
            generation,
            look,
        },
    );
    let told = model.login.as_ref().unwrap().told.as_ref().unwrap();
    assert_eq!(
        told.verdict.link(),
        Some(&BrokenLink::WrongPin {
            tries_left: Some(4)
        })
    );
}

/// A test that was opened while there was no card.
fn without_card(readers: &[bool]) -> Model {
    let mut model = Model::new(Language::English, false);
    send(&mut model, report(readers, 0));
    send(&mut model, Message::TestLogin(None));
    assert!(model.login.is_some());
    model
}

#[test]
fn without_a_card_the_test_says_what_is_missing_and_a_browser_can_be_tried() {
    let failed = |error| Message::Readers(Err(error));
    let mut model = without_card(&[]);
    assert_eq!(model.missing(), Some(BrokenLink::NoReader));
    send(&mut model, report(&[false, false], 0));
    assert_eq!(model.missing(), Some(BrokenLink::NoCard));
    send(&mut model, failed(ReaderError::NoService));
    assert_eq!(model.missing(), Some(BrokenLink::NoService));
    type_pin(&mut model, "1234");
    assert!(send(&mut model, Message::LogInByModule).is_empty());
    let commands = send(&mut model, Message::LogInByBrowser);
    assert!(matches!(
        commands.as_slice(),
        [Command::LogInByBrowser { ticket: 1, .. }]
    ));
    assert!(told(&mut model, 1, BrokenLink::NothingPresented { by: None }).is_empty());
    assert_eq!(phase(&model), &LoginPhase::Ready);
    send(&mut model, Message::Close);
    assert_eq!(model.back_to, Some(BackTo::LoginTest));
}

#[test]
fn the_card_that_comes_is_the_one_that_is_tested() {
    let mut model = without_card(&[false]);
    send(&mut model, report(&[true], 1));
    assert_eq!(model.missing(), None, "it is being looked at");
    let generation = model.readers[0].generation;
    let looked = |model: &mut Model, reader, card| {
        let look = Ok(Box::new(card));
        send(
            model,
            Message::Looked {
                reader,
                generation,
                look,
            },
        );
    };
    let unread = Card {
        holder: Holder::Reading(Instant::now()),
        leaf: None,
        ..card("v4")
    };
    looked(&mut model, reader(1), unread);
    assert!(model.login.as_ref().unwrap().is_at(&reader(1)));
    type_pin(&mut model, "1234");
    // Whose card it is must be known first.
    assert!(send(&mut model, Message::LogInByModule).is_empty());
    looked(&mut model, reader(1), card("v4"));
    let about = model.login.as_ref().unwrap().about.as_ref().unwrap();
    assert!(matches!(about.holder, Holder::Known(_)));
    let commands = send(&mut model, Message::LogInByModule);
    assert!(matches!(commands.as_slice(), [Command::LogInByModule(_)]));
}

#[test]
fn another_card_does_not_take_the_place_of_the_one_that_is_tested() {
    let mut model = model(&["v4", "v3"]);
    send(&mut model, Message::TestLogin(Some(reader(2))));
    let look = Ok(Box::new(card("v4")));
    let generation = model.readers[0].generation;
    send(
        &mut model,
        Message::Looked {
            reader: reader(1),
            generation,
            look,
        },
    );
    assert!(model.login.as_ref().unwrap().is_at(&reader(2)));
}

#[test]
fn whoever_goes_on_to_a_pin_leaves_no_server_behind() {
    let mut model = opened("v4");
    send(&mut model, Message::LogInByBrowser);
    let commands = send(
        &mut model,
        Message::Select {
            reader: reader(1),
            role: PinRole::Signature,
            enter: true,
        },
    );
    assert!(matches!(commands.as_slice(), [Command::EndBrowserTest]));
}

#[test]
fn what_the_card_refused_is_caught_here_and_in_the_form() {
    let mut model = opened("v4");
    type_pin(&mut model, "7391");
    assert_eq!(send(&mut model, Message::LogInByModule).len(), 1);
    told(&mut model, 1, BrokenLink::WrongPin { tries_left: None });
    type_pin(&mut model, "7391");
    assert!(send(&mut model, Message::LogInByModule).is_empty());
    select(&mut model, 1, PinRole::Authentication);
    type_in(&mut model, "7391", "");
    assert!(send(&mut model, Message::Submit).is_empty());
    // A verdict that says nothing about the PIN teaches nothing.
    send(&mut model, Message::TestLogin(Some(reader(1))));
    type_pin(&mut model, "8402");
    assert_eq!(send(&mut model, Message::LogInByModule).len(), 1);
    told(&mut model, 2, BrokenLink::PinUnknown);
    type_pin(&mut model, "8402");
    assert_eq!(send(&mut model, Message::LogInByModule).len(), 1);
}
