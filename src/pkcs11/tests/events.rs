//! Waiting for cards, and being woken.

use std::thread;

use super::Desk;
use crate::error::Error;

#[test]
fn what_happened_since_the_last_look_is_an_event_and_nothing_else() {
    let desk = Desk::with(&["v4", ""]);
    assert_eq!(desk.module.wait_for_event(false), Err(Error::NoEvent));
    desk.control.remove(&desk.readers[0]).expect("a card");
    assert_eq!(desk.module.wait_for_event(false), Ok(0));
    assert_eq!(desk.module.wait_for_event(false), Err(Error::NoEvent));
    desk.control.reinsert(&desk.readers[0]).expect("a card");
    assert_eq!(desk.module.wait_for_event(true), Ok(0));
    assert_eq!(desk.exchanges(), 0);
}

#[test]
fn a_card_that_comes_wakes_whoever_waits() {
    let desk = Desk::with(&["", "v4"]);
    assert_eq!(desk.module.wait_for_event(false), Err(Error::NoEvent));
    desk.control.remove(&desk.readers[1]).expect("a card");
    assert_eq!(desk.module.wait_for_event(true), Ok(2));
    thread::scope(|scope| {
        let waiting = scope.spawn(|| desk.module.wait_for_event(true));
        desk.control.reinsert(&desk.readers[1]).expect("a card");
        assert_eq!(waiting.join().expect("no panic"), Ok(2));
    });
}

#[test]
fn finalising_wakes_whoever_waits() {
    let desk = Desk::with(&["v4"]);
    assert_eq!(desk.module.wait_for_event(false), Err(Error::NoEvent));
    thread::scope(|scope| {
        let waiting: Vec<_> = (0..4)
            .map(|_| scope.spawn(|| desk.module.wait_for_event(true)))
            .collect();
        desk.module.finish();
        for waiting in waiting {
            let woken = waiting.join().expect("no panic");
            assert_eq!(woken, Err(Error::NotInitialized));
        }
    });
    assert_eq!(desk.module.wait_for_event(true), Err(Error::NotInitialized));
}

#[test]
fn a_service_that_stops_is_an_event_too() {
    let desk = Desk::with(&["v4"]);
    assert_eq!(desk.module.wait_for_event(false), Err(Error::NoEvent));
    desk.control.stop_service();
    assert_eq!(desk.module.wait_for_event(false), Ok(0));
    desk.control.start_service();
    assert_eq!(desk.module.wait_for_event(true), Ok(0));
}
