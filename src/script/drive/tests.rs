//! The driver against a card of a few lines.

use std::sync::{Arc, Mutex};

use siru_apdu::{
    CardChannel, CardTransaction, ChannelError, CommandApdu, Disposition, Protocol, ResponseApdu,
    StatusWord,
};
use zeroize::Zeroizing;

use super::{Bench, BenchError, DriveError, Driver};
use crate::binding::Difference;
use crate::model::{Event, Failure, Script};
use crate::replay::ReplayCard;
use crate::secrets::{SecretError, Secrets, Specimen};

const SCRIPT: &str = "\
format:   1
card:     fineid-v4
atr:      3B 00
protocol: T=1
source:   written from S1
start:    PIN1 has 5 tries
spends:   PIN1 1

== read
> 00 B0 00 00 02
< {serial=01 02} 90 00

== VERIFY, wrong
> 00 20 00 11 0C {PIN1.wrong:12}
< 63 C4

== VERIFY, right
> 00 20 00 11 0C {PIN1:12}
< 90 00
";

fn script(text: &str) -> Script {
    Script::parse(text).expect("a script")
}

/// What the small card went through.
#[derive(Default)]
struct State {
    tries: u8,
    event: Option<Event>,
    resets: u32,
    log: Vec<u8>,
}

/// PIN1 is 1234; every file is AA BB.
#[derive(Clone)]
struct SmallCard(Arc<Mutex<State>>);

impl SmallCard {
    fn new() -> Self {
        Self(Arc::new(Mutex::new(State {
            tries: 5,
            ..State::default()
        })))
    }

    fn state<T>(&self, look: impl FnOnce(&mut State) -> T) -> T {
        look(&mut self.0.lock().expect("one thread"))
    }
}

impl CardChannel for SmallCard {
    fn atr(&self) -> &[u8] {
        &[0x3B, 0x00]
    }

    fn protocol(&self) -> Protocol {
        Protocol::T1
    }

    fn transaction(&mut self) -> Result<Box<dyn CardTransaction + '_>, ChannelError> {
        Ok(Box::new(self.clone()))
    }
}

impl CardTransaction for SmallCard {
    fn transmit(&mut self, command: &CommandApdu) -> Result<ResponseApdu, ChannelError> {
        self.state(|state| {
            if let Some(event) = state.event.take() {
                return Err(event.to_error());
            }
            state.log.push(command.instruction().0);
            let right = command.command_data().bytes() == b"1234\0\0\0\0\0\0\0\0";
            if !command.presents_secret() {
                return ResponseApdu::from_bytes(&[0xAA, 0xBB, 0x90, 0x00]);
            }
            state.tries = if right { 5 } else { state.tries - 1 };
            Ok(ResponseApdu::status_only(if right {
                StatusWord::OK
            } else {
                StatusWord(0x63C0 | u16::from(state.tries))
            }))
        })
    }

    fn end(self: Box<Self>, disposition: Disposition) -> Result<(), ChannelError> {
        self.state(|state| state.resets += u32::from(disposition == Disposition::Reset));
        Ok(())
    }
}

struct Hands(SmallCard);

impl Bench for Hands {
    fn reset(&mut self) -> Result<(), BenchError> {
        self.0.state(|state| state.event = Some(Event::Reset));
        Ok(())
    }

    fn remove(&mut self) -> Result<(), BenchError> {
        self.0.state(|state| state.event = Some(Event::Remove));
        Ok(())
    }

    fn fail(&mut self, failure: Failure) -> Result<(), BenchError> {
        Err(failure.word().into())
    }

    fn restore(&mut self) -> Result<Option<Box<dyn CardChannel>>, BenchError> {
        Ok(Some(Box::new(self.0.clone())))
    }
}

#[test]
fn a_card_that_does_what_the_script_says_passes() {
    let mut card = SmallCard::new();
    let done = Driver::new().run(&script(SCRIPT), &mut card, &mut Specimen);
    assert_eq!(done.expect("a pass"), 3);
    assert_eq!(card.state(|state| state.tries), 5);
}

#[test]
fn a_script_driven_against_itself_replayed_passes() {
    let script = script(SCRIPT);
    let mut card = ReplayCard::new(&script).expect("a card");
    Driver::new()
        .run(&script, &mut card, &mut Specimen)
        .expect("a pass");
    card.finish().expect("all used");
}

#[test]
fn the_first_answer_that_differs_ends_the_run() {
    let mut card = SmallCard::new();
    let wrong = SCRIPT.replace("63 C4", "63 C3");
    match Driver::new().run(&script(&wrong), &mut card, &mut Specimen) {
        Err(DriveError::Answer(mismatch)) => {
            let text = mismatch.to_string();
            assert!(
                text.starts_with("line 14, step \"VERIFY, wrong\": byte 1 differs"),
                "{text}"
            );
            assert!(
                text.contains("sent     > 00 20 00 11 0C {secret:12}"),
                "{text}"
            );
            assert!(
                text.contains("expected < 63 C3") && text.contains("but got  < 63 C4"),
                "{text}"
            );
        }
        other => panic!("a mismatch, not {other:?}"),
    }
    assert_eq!(card.state(|state| state.log.clone()), [0xB0, 0x20]);
}

#[test]
fn varying_bytes_may_be_any_but_stay_the_same() {
    let again = format!("{SCRIPT}== again\n> 00 B0 00 00 02\n< {{serial=01 02}} 90 00\n");
    Driver::new()
        .run(&script(&again), &mut SmallCard::new(), &mut Specimen)
        .expect("the same");
    let longer = SCRIPT.replace("{serial=01 02}", "{serial=01 02 03}");
    assert!(matches!(
        Driver::new().run(&script(&longer), &mut SmallCard::new(), &mut Specimen),
        Err(DriveError::Answer(mismatch)) if matches!(mismatch.difference, Difference::Length { .. } | Difference::Byte { .. })
    ));
}

#[test]
fn two_tries_are_left_unless_told_otherwise() {
    for (start, allowed) in [
        ("PIN1 has 5 tries", true),
        ("PIN1 has 3 tries", true),
        ("PIN1 has 2 tries", false),
        ("PIN2 has 5 tries", false),
    ] {
        let text = SCRIPT.replace("PIN1 has 5 tries", start);
        let mut card = SmallCard::new();
        let result = Driver::new().run(&script(&text), &mut card, &mut Specimen);
        assert_eq!(result.is_ok(), allowed, "{start}");
        if !allowed {
            assert!(matches!(result, Err(DriveError::TooFewTries { .. })));
            assert!(card.state(|state| state.log.is_empty()), "nothing was sent");
            Driver::new()
                .spend_tries()
                .run(&script(&text), &mut card, &mut Specimen)
                .expect("told");
        }
    }
    // A header that keeps silent about a wrong presentation is not believed.
    let silent = SCRIPT.replace("spends:   PIN1 1\n", "");
    let result = Driver::new().tries_left("PIN1", 2).run(
        &script(&silent),
        &mut SmallCard::new(),
        &mut Specimen,
    );
    assert!(matches!(
        result,
        Err(DriveError::TooFewTries { spends: 1, .. })
    ));
}

/// Somebody who gives the same digits for everything.
struct SameDigits;

impl Secrets for SameDigits {
    fn secret(&mut self, _name: &str, length: usize) -> Result<Zeroizing<Vec<u8>>, SecretError> {
        Ok(Zeroizing::new(vec![b'7'; length]))
    }
}

#[test]
fn a_right_pin_that_was_given_as_the_wrong_one_is_not_sent_again() {
    let mut card = SmallCard::new();
    let error = Driver::new()
        .run(&script(SCRIPT), &mut card, &mut SameDigits)
        .expect_err("the same");
    assert!(matches!(error, DriveError::SameSecret { .. }), "{error}");
    assert_eq!(card.state(|state| state.log.clone()), [0xB0, 0x20]);
    assert!(!format!("{error:?} {error}").contains("37 37"));
}

#[test]
fn another_card_or_protocol_gets_no_command() {
    let atr = script(&SCRIPT.replace("3B 00", "3B 01"));
    let mut card = SmallCard::new();
    let result = Driver::new().run(&atr, &mut card, &mut Specimen);
    assert!(matches!(result, Err(DriveError::OtherCard { .. })));
    let protocol = script(&SCRIPT.replace("T=1", "T=0"));
    let result = Driver::new()
        .any_card()
        .run(&protocol, &mut card, &mut Specimen);
    assert!(matches!(result, Err(DriveError::OtherProtocol { .. })));
    assert!(card.state(|state| state.log.is_empty()));
    Driver::new()
        .any_card()
        .run(&atr, &mut card, &mut Specimen)
        .expect("told");
}

const EVENTS: &str = "\
format: 1
card: c
atr: 3B 00
protocol: T=1
source: written here
== a
! reset
> 00 A4 00 0C
> 00 B0 00 00 02
< AA BB 90 00
! end reset
> 00 B0 00 00 02
< AA BB 90 00
! remove
> 00 B0 00 00 02
> 00 B0 00 00 02
< AA BB 90 00
! end reset
";

#[test]
fn the_bench_makes_events_happen_and_the_script_goes_on() {
    let mut card = SmallCard::new();
    let mut hands = Hands(card.clone());
    let done = Driver::new()
        .bench(&mut hands)
        .run(&script(EVENTS), &mut card, &mut Specimen);
    assert_eq!(done.expect("a pass"), 5);
    assert_eq!(card.state(|state| state.resets), 2);
}

#[test]
fn an_event_needs_a_bench_that_can_do_it() {
    let result = Driver::new().run(&script(EVENTS), &mut SmallCard::new(), &mut Specimen);
    assert!(matches!(
        result,
        Err(DriveError::NoBench {
            event: Event::Reset,
            ..
        })
    ));
    let fail = script(&EVENTS.replace("! reset", "! fail driver"));
    let mut card = SmallCard::new();
    let mut hands = Hands(card.clone());
    let result = Driver::new()
        .bench(&mut hands)
        .run(&fail, &mut card, &mut Specimen);
    assert!(matches!(result, Err(DriveError::Bench { .. })));
}
