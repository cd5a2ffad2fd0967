//! Questions to two programs of one session, here in one process.

use std::sync::Mutex;

use super::*;

#[test]
fn every_word_arrives_once_and_is_answered() {
    let heard = Arc::new(Mutex::new(Vec::new()));
    let hear = {
        let heard = Arc::clone(&heard);
        move |word: &str| {
            heard.lock().unwrap().push(word.to_owned());
            word != "nonsense"
        }
    };
    let address = Address::Test("words");
    let listener = Listener::start(address, hear).unwrap();
    tell(address, "show-devices").unwrap();
    assert!(matches!(tell(address, "nonsense"), Err(TellError::Refused)));
    tell(address, "log-in-test").unwrap();
    drop(listener);
    let expected = ["show-devices", "nonsense", "log-in-test"];
    assert_eq!(*heard.lock().unwrap(), expected);
}

#[test]
fn one_has_the_address_and_the_next_gets_it_when_that_one_is_gone() {
    let address = Address::Test("turns");
    assert!(matches!(tell(address, "word"), Err(TellError::Nobody)));
    let take = || claim(address, "word", |_word| true).unwrap();
    let first = take();
    assert!(matches!(first, Claim::Held(_)), "{first:?}");
    assert!(matches!(take(), Claim::Passed));
    drop(first);
    assert!(matches!(tell(address, "word"), Err(TellError::Nobody)));
    let next = take();
    assert!(matches!(next, Claim::Held(_)), "{next:?}");
}

#[test]
fn whoever_closes_is_waited_for() {
    let address = Address::Test("closing");
    let (asked, hears) = mpsc::channel();
    let closing = Listener::start(address, move |_word| {
        let _late = asked.send(());
        false
    });
    let waits = thread::spawn(move || claim(address, "word", |_word| true).unwrap());
    hears.recv().unwrap();
    drop(closing);
    let next = waits.join().unwrap();
    assert!(matches!(next, Claim::Held(_)), "{next:?}");
}

#[test]
fn whoever_says_nothing_keeps_nobody_waiting() {
    let address = Address::Test("silence");
    let listener = Listener::start(address, |_word| true).unwrap();
    let silent: Vec<_> = (0..5)
        .map(|_| connect(&address.name().unwrap()).unwrap())
        .collect();
    tell(address, "word").unwrap();
    drop(listener);
    drop(silent);
}

#[test]
fn whoever_does_not_answer_is_waited_for_no_longer_than_a_moment() {
    let address = Address::Test("patience");
    let (release, held) = mpsc::channel::<()>();
    let held = Mutex::new(held);
    let hear = move |_word: &str| held.lock().unwrap().recv().is_ok();
    let listener = Listener::start(address, hear).unwrap();
    assert!(matches!(tell(address, "word"), Err(TellError::Late)));
    drop(release);
    drop(listener);
}
