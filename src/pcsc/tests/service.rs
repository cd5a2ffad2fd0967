//! The service dies and comes back.

use std::time::{Duration, Instant};

use siru_apdu::{ChannelError, CommandApdu, Instruction, ReaderError, Readers};
use siru_pcsc::{PcscReaders, PcscWatch, ServiceHabit};

use crate::card::Card;
use crate::rig::{Daemon, Watching, cards, port, wait_for_card, wait_until, with_readers};

#[test]
fn a_watch_says_once_that_the_service_is_gone_and_heals_when_it_is_back() {
    with_readers(1, || {
        let mut daemon = Daemon::of_the_script();
        let watching = Watching::start();
        watching.states();
        let (mut worst, mut worst_loss) = (Duration::ZERO, Duration::ZERO);
        for _ in 0..3 {
            daemon.kill();
            let start = Instant::now();
            let (told, error) = watching.until_error();
            worst_loss = worst_loss.max(told.saturating_duration_since(start));
            assert!(matches!(error, ReaderError::NoService), "{error:?}");
            assert!(watching.is_quiet_for(Duration::from_secs(3)), "told once");
            let start = Instant::now();
            daemon.start();
            let seen = watching.until(|readers| readers.len() == 2);
            worst = worst.max(seen - start);
            let card = Card::insert(port(0));
            watching.until(|readers| cards(readers) == 1);
            drop(card);
            watching.until(|readers| cards(readers) == 0);
        }
        println!(
            "MEASURED worst time from the daemon's start to healing: {worst:?}; loss told: {worst_loss:?}"
        );
        assert!(worst < Duration::from_secs(2), "{worst:?}");
    });
}

#[test]
fn twenty_restarts_are_healed_and_all_sixteen_readers_seen_each_time() {
    with_readers(8, || {
        let mut daemon = Daemon::of_the_script();
        let watching = Watching::start();
        watching.until(|readers| readers.len() == 16);
        let mut worst = Duration::ZERO;
        for _ in 0..20 {
            daemon.kill();
            assert!(matches!(watching.until_error().1, ReaderError::NoService));
            let start = Instant::now();
            daemon.start();
            let seen = watching.until(|readers| readers.len() == 16);
            worst = worst.max(seen - start);
        }
        println!("MEASURED worst of twenty healings: {worst:?}");
        assert!(worst < Duration::from_secs(2), "{worst:?}");
    });
}

#[test]
fn a_watch_waiting_for_the_service_can_be_cancelled() {
    with_readers(1, || {
        Daemon::of_the_script().kill();
        let watching = Watching::start();
        assert!(matches!(watching.next().1, Err(ReaderError::NoService)));
        let start = Instant::now();
        drop(watching);
        assert!(start.elapsed() < Duration::from_millis(200));
    });
}

#[test]
fn a_list_knows_of_no_service_only_while_there_is_none() {
    with_readers(1, || {
        let mut daemon = Daemon::of_the_script();
        let mut readers = PcscReaders::new();
        let name = readers.list().expect("readers")[0].name.clone();
        daemon.kill();
        for _ in 0..2 {
            assert!(matches!(readers.list(), Err(ReaderError::NoService)));
            assert!(matches!(
                readers.connect(&name).err(),
                Some(ReaderError::NoService)
            ));
        }
        daemon.start();
        wait_until("the service", || {
            readers.list().is_ok_and(|readers| readers.len() == 2)
        });
        // Restarted between two looks, it is not even missed.
        daemon.kill();
        daemon.start();
        let mut elsewhere = PcscReaders::new();
        wait_until("the service", || {
            elsewhere.list().is_ok_and(|readers| readers.len() == 2)
        });
        assert_eq!(readers.list().expect("a fresh context").len(), 2);
    });
}

#[test]
fn a_connection_ends_with_the_service() {
    with_readers(1, || {
        let mut daemon = Daemon::of_the_script();
        let command = || CommandApdu::new(Instruction::READ_BINARY, 0, 0);
        let _card = Card::insert(port(0));
        wait_for_card(0);
        let mut readers = PcscReaders::new();
        let name = readers.list().expect("readers")[0].name.clone();
        let mut inside = readers.connect(&name).expect("a connection");
        let mut outside = readers.connect(&name).expect("a connection");
        let mut transaction = inside.transaction().expect("a transaction");
        daemon.kill();
        let error = transaction.transmit(&command()).expect_err("no service");
        println!("MEASURED transmit without a service: {error:?}");
        assert!(matches!(error, ChannelError::ServiceStopped), "{error:?}");
        drop(transaction);
        let error = outside.transaction().err().expect("no service");
        assert!(matches!(error, ChannelError::ServiceStopped), "{error:?}");

        daemon.start();
        let _card = Card::insert(port(1));
        wait_until("the service", || readers.list().is_ok());
        wait_for_card(1);
        for channel in [&mut inside, &mut outside] {
            let error = channel.transaction().err().expect("an old connection");
            assert!(matches!(error, ChannelError::ServiceStopped), "{error:?}");
        }
    });
}

#[test]
fn a_service_that_went_with_its_last_reader_is_no_trouble() {
    with_readers(1, || {
        let mut daemon = Daemon::of_the_script();
        let mut readers = PcscReaders::with_habit(ServiceHabit::GoesWithLastReader);
        let name = readers.list().expect("readers")[0].name.clone();
        daemon.kill();
        for _ in 0..2 {
            assert_eq!(readers.list().expect("no reader"), []);
            assert!(matches!(
                readers.connect(&name).err(),
                Some(ReaderError::ReaderGone)
            ));
        }
        daemon.start();
        wait_until("the service", || {
            readers.list().is_ok_and(|readers| readers.len() == 2)
        });
    });
}

#[test]
fn a_watch_says_once_that_the_last_reader_is_gone_and_sees_the_next() {
    with_readers(1, || {
        let mut daemon = Daemon::of_the_script();
        let watching = Watching::by(PcscWatch::with_habit(ServiceHabit::GoesWithLastReader));
        watching.until(|readers| readers.len() == 2);
        for _ in 0..3 {
            daemon.kill();
            watching.until(<[_]>::is_empty);
            assert!(watching.is_quiet_for(Duration::from_secs(3)), "told once");
            let start = Instant::now();
            daemon.start();
            let seen = watching.until(|readers| readers.len() == 2);
            let took = seen - start;
            println!("MEASURED from the service's start to the readers: {took:?}");
            assert!(took < Duration::from_secs(4), "{took:?}");
        }
    });
}

#[test]
fn a_watch_without_a_service_from_the_beginning_looks_seldom_and_ends_at_once() {
    with_readers(1, || {
        Daemon::of_the_script().kill();
        let watching = Watching::by(PcscWatch::with_habit(ServiceHabit::GoesWithLastReader));
        assert_eq!(watching.states(), []);
        assert!(watching.is_quiet_for(Duration::from_secs(3)), "told once");
        let start = Instant::now();
        drop(watching);
        assert!(start.elapsed() < Duration::from_millis(200));
    });
}
