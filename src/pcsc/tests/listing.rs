//! Looking at readers and connecting to cards.

use std::time::{Duration, Instant};

use pcsc::{Context, Protocols, Scope, ShareMode};
use siru_apdu::{CardPresence, ReaderError, ReaderName, Readers};
use siru_pcsc::PcscReaders;

use crate::card::{ATR, Card, Reaction};
use crate::rig::{Watching, cards, port, wait_for_card, wait_until, with_readers};

#[test]
fn empty_readers_are_listed_in_the_services_order() {
    with_readers(2, || {
        let listed = PcscReaders::new().list().expect("readers");
        let names: Vec<_> = listed.iter().map(|reader| reader.name.to_text()).collect();
        assert_eq!(names, ["V0 00 00", "V0 00 01", "V1 00 00", "V1 00 01"]);
        for reader in &listed {
            assert_eq!(reader.presence, CardPresence::Empty);
        }
    });
}

#[test]
fn all_sixteen_readers_are_listed() {
    with_readers(8, || {
        let _card = Card::insert(port(15));
        wait_for_card(15);
        let listed = PcscReaders::new().list().expect("readers");
        assert_eq!((listed.len(), cards(&listed)), (16, 1));
    });
}

#[test]
fn a_card_shows_its_answer_to_reset_and_counts_as_an_event() {
    with_readers(1, || {
        let mut readers = PcscReaders::new();
        let before = readers.list().expect("readers");
        let card = Card::insert(port(1));
        wait_for_card(1);
        let with = readers.list().expect("readers");
        assert_eq!(with[1].presence, CardPresence::Card { atr: ATR.to_vec() });
        assert_eq!(with[1].events, before[1].events + 1);
        assert_eq!(with[0], before[0]);
        drop(card);
        wait_until("the removal", || {
            readers.list().expect("readers")[1].presence == CardPresence::Empty
        });
        assert_eq!(
            readers.list().expect("readers")[1].events,
            before[1].events + 2
        );
    });
}

#[test]
fn a_card_that_does_not_answer_its_reset_is_mute() {
    with_readers(1, || {
        let watching = Watching::start();
        watching.states();
        // An answer of 40 bytes is one the driver does not take; the card is there all the same.
        let card = Card::insert_with(port(0), vec![0x3B; 40], |_| Reaction::Leave);
        watching.until(|readers| readers[0].presence == CardPresence::Mute);
        let mut readers = PcscReaders::new();
        let listed = readers.list().expect("readers");
        assert_eq!(listed[0].presence, CardPresence::Mute);
        let refused = readers.connect(&listed[0].name).err();
        assert!(matches!(refused, Some(ReaderError::Mute)), "{refused:?}");
        drop(card);
        watching.until(|readers| readers[0].presence == CardPresence::Empty);
    });
}

#[test]
fn connecting_says_why_it_failed() {
    with_readers(1, || {
        let mut readers = PcscReaders::new();
        let connect =
            |readers: &mut PcscReaders, name: &str| readers.connect(&ReaderName::new(name)).err();
        assert!(matches!(
            connect(&mut readers, "V0 00 00"),
            Some(ReaderError::NoCard)
        ));
        for nobody in ["V9 00 00", "", "V0\0 00 00"] {
            assert!(
                matches!(connect(&mut readers, nobody), Some(ReaderError::ReaderGone)),
                "{nobody:?}"
            );
        }
    });
}

#[test]
fn a_card_held_by_another_program_is_busy_after_about_a_second_and_the_others_are_not() {
    with_readers(1, || {
        let _held = Card::insert(port(0));
        let _free = Card::insert(port(1));
        wait_for_card(0);
        wait_for_card(1);
        let other = Context::establish(Scope::User).expect("context");
        let exclusive = other
            .connect(c"V0 00 00", ShareMode::Exclusive, Protocols::ANY)
            .expect("exclusive");
        let mut readers = PcscReaders::new();
        let listed = readers.list().expect("readers");
        assert_eq!(cards(&listed), 2, "a card in use is still a card");

        let start = Instant::now();
        let refused = readers.connect(&listed[0].name).err();
        let waited = start.elapsed();
        assert!(matches!(refused, Some(ReaderError::Busy)), "{refused:?}");
        assert!(waited >= Duration::from_millis(900) && waited < Duration::from_secs(3));
        assert!(readers.connect(&listed[1].name).is_ok());

        // Let go within the second, and nobody notices.
        std::thread::scope(|scope| {
            scope.spawn(|| {
                std::thread::sleep(Duration::from_millis(300));
                drop(exclusive);
            });
            assert!(readers.connect(&listed[0].name).is_ok());
        });
    });
}
