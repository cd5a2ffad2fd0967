//! The watch: what it sees, how fast, and at what cost.

use std::fs;
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use siru_apdu::{ReaderError, ReaderWatch, Readers};
use siru_pcsc::{PcscReaders, PcscWatch};

use crate::card::Card;
use crate::rig::{Watching, cards, port, wait_for_card, wait_until, with_readers};

#[test]
fn a_card_is_seen_to_come_and_go() {
    with_readers(1, || {
        let watching = Watching::start();
        assert_eq!(cards(&watching.states()), 0);
        let mut worst = Duration::ZERO;
        for _ in 0..5 {
            let start = Instant::now();
            let card = Card::insert(port(0));
            let seen = watching.until(|readers| cards(readers) == 1);
            worst = worst.max(seen - start);
            let start = Instant::now();
            drop(card);
            let seen = watching.until(|readers| cards(readers) == 0);
            worst = worst.max(seen - start);
        }
        println!("MEASURED worst event latency, 400 ms of it the driver's: {worst:?}");
        assert!(worst < Duration::from_secs(2), "{worst:?}");
    });
}

#[test]
fn a_card_pulled_and_put_back_at_once_is_noticed() {
    with_readers(1, || {
        let watching = Watching::start();
        watching.states();
        let mut card = Card::insert(port(0));
        watching.until(|readers| cards(readers) == 1);
        for _ in 0..5 {
            // The daemon powers an unused card off, and its driver hides a swap at that moment.
            wait_until("the power off", || card.seen().power_offs > 0);
            let before = PcscReaders::new().list().expect("readers")[0].events;
            drop(card);
            card = Card::insert(port(0));
            watching.until(|readers| cards(readers) == 1 && readers[0].events == before + 2);
        }
    });
}

#[test]
fn four_cards_inserted_at_once_are_all_seen() {
    with_readers(2, || {
        let watching = Watching::start();
        watching.states();
        for _ in 0..3 {
            let start = Instant::now();
            let inserted: Vec<Card> = (0..4).map(|reader| Card::insert(port(reader))).collect();
            let seen = watching.until(|readers| cards(readers) == 4);
            println!("MEASURED four cards seen after {:?}", seen - start);
            drop(inserted);
            watching.until(|readers| cards(readers) == 0);
        }
    });
}

#[test]
fn sixteen_cards_in_sixteen_readers_are_all_seen() {
    with_readers(8, || {
        let watching = Watching::start();
        assert_eq!(watching.states().len(), 16);
        let start = Instant::now();
        let inserted: Vec<Card> = (0..16).map(|reader| Card::insert(port(reader))).collect();
        let seen = watching.until(|readers| cards(readers) == 16);
        println!("MEASURED sixteen cards seen after {:?}", seen - start);
        drop(inserted);
        watching.until(|readers| cards(readers) == 0);
    });
}

#[test]
fn other_programs_at_work_are_no_news() {
    with_readers(1, || {
        let _card = Card::insert(port(0));
        wait_for_card(0);
        let watching = Watching::start();
        assert_eq!(cards(&watching.states()), 1);
        let mut readers = PcscReaders::new();
        let name = readers.list().expect("readers")[0].name.clone();
        for _ in 0..20 {
            drop(readers.connect(&name).expect("a connection"));
        }
        assert!(watching.is_quiet_for(Duration::from_secs(1)));
    });
}

/// CPU time in clock ticks and context switches of the watch's thread.
fn cost() -> (u64, u64) {
    for task in fs::read_dir("/proc/self/task").expect("tasks") {
        let path = task.expect("a task").path();
        let stat = fs::read_to_string(path.join("stat")).expect("stat");
        let Some((_, fields)) = stat.split_once(&format!("({}) ", Watching::THREAD)) else {
            continue;
        };
        // Fields 14 and 15 of proc(5), counted from the third.
        let fields: Vec<&str> = fields.split(' ').collect();
        let ticks = [11, 12].map(|field| fields[field].parse::<u64>().expect("ticks"));
        let status = fs::read_to_string(path.join("status")).expect("status");
        let switches = status
            .lines()
            .filter_map(|line| line.split_once("ctxt_switches:"))
            .map(|(_, count)| count.trim().parse::<u64>().expect("a count"))
            .sum();
        return (ticks.iter().sum(), switches);
    }
    panic!("the watch has no thread");
}

#[test]
fn an_idle_watch_does_nothing_at_all() {
    with_readers(8, || {
        let _card = Card::insert(port(0));
        wait_for_card(0);
        let watching = Watching::start();
        watching.states();
        // The service has a last word about a card that was just inserted: wait for the quiet.
        let mut before = cost();
        loop {
            assert!(watching.is_quiet_for(Duration::from_millis(500)));
            let now = cost();
            if now == before {
                break;
            }
            before = now;
        }
        assert!(watching.is_quiet_for(Duration::from_secs(5)));
        assert_eq!(cost(), before, "ticks and context switches in five seconds");
    });
}

#[test]
fn a_watch_ends_at_whatever_moment_it_is_cancelled() {
    with_readers(1, || {
        let mut worst = Duration::ZERO;
        for round in 0..1000_u64 {
            let mut watch = PcscWatch::new();
            let canceller = watch.canceller();
            let (sender, receiver) = mpsc::channel();
            let thread = thread::spawn(move || {
                let first = watch.next();
                sender.send(Instant::now()).expect("the test is there");
                let second = watch.next();
                let third = watch.next();
                (first.is_ok(), second, third)
            });
            receiver.recv().expect("the first look");
            // From before the wait begins to well inside it: a wait begins after some 300 µs.
            let wait = Duration::from_micros(round % 100 * 10);
            let start = Instant::now();
            while start.elapsed() < wait {
                std::hint::spin_loop();
            }
            let start = Instant::now();
            canceller.cancel();
            let (first, second, third) = thread.join().expect("the watch ends");
            worst = worst.max(start.elapsed());
            assert!(first);
            assert!(matches!(second, Err(ReaderError::Cancelled)), "{second:?}");
            assert!(matches!(third, Err(ReaderError::Cancelled)), "{third:?}");
        }
        println!("MEASURED slowest of 1000 cancellations: {worst:?}");
        assert!(worst < Duration::from_secs(2), "{worst:?}");
    });
}
