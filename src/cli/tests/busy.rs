//! A reader that lets nobody in: what is said of it in time, and that nothing is sent to its card.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use siru_apdu::{CardChannel, ReaderError, ReaderState, ReaderWatch, Readers};

use super::*;

/// Readers of which one never comes back from a connection, after it did so often enough.
struct Stuck {
    readers: VirtualReaders,
    number: usize,
    connections_left: Arc<AtomicUsize>,
}

impl Readers for Stuck {
    fn list(&mut self) -> Result<Vec<ReaderState>, ReaderError> {
        self.readers.list()
    }

    fn connect(&mut self, reader: &ReaderName) -> Result<Box<dyn CardChannel>, ReaderError> {
        let left = &self.connections_left;
        let one_less = |left: usize| left.checked_sub(1);
        if *reader == Desk::reader(self.number)
            && left
                .fetch_update(Ordering::SeqCst, Ordering::SeqCst, one_less)
                .is_err()
        {
            loop {
                thread::park();
            }
        }
        self.readers.connect(reader)
    }

    fn watch(&self) -> Box<dyn ReaderWatch> {
        self.readers.watch()
    }
}

fn stuck(desk: &Desk, number: usize, connections: usize) -> Connector {
    let readers = desk.readers.clone();
    let connections_left = Arc::new(AtomicUsize::new(connections));
    Connector::new(move || {
        Box::new(Stuck {
            readers: readers.clone(),
            number,
            connections_left: Arc::clone(&connections_left),
        })
    })
    .with_patience(Duration::from_millis(500))
}

#[test]
fn a_reader_that_does_not_answer_is_busy_and_the_others_are_listed() {
    let desk = Desk::with(&["v4", "v3"]);
    let list = |line| Desk::run_through(&stuck(&desk, 1, 0), line, &mut Nobody, "");
    let report: serde_json::Value = serde_json::from_str(&list("list --json").result).unwrap();
    assert_eq!(report["readers"][0]["state"], "busy");
    assert_eq!(report["readers"][1]["state"], "card");
    let told = list("list");
    assert_eq!(told.exit, Exit::Done);
    assert!(
        told.result.contains("Another program is using the card"),
        "{}",
        told.result
    );
}

#[test]
fn a_command_on_a_card_that_does_not_answer_ends_with_nothing_sent() {
    let desk = Desk::with(&["v4", "v3"]);
    // Not even seen; and seen, but not let in once the PIN was typed.
    for connections in [0, 1] {
        let connector = stuck(&desk, 1, connections);
        let line = "check --pin 1 --reader 1 --pin-file -";
        let ended = Desk::run_through(&connector, line, &mut Nobody, "4321\n");
        assert_eq!(ended.exit, Exit::Failure, "{}", ended.remark);
        assert!(
            ended.remark.contains("Nothing was sent, no try was used."),
            "{}",
            ended.remark
        );
    }
    assert_eq!(desk.counters(1).pin1, 5);
    // The other card can be named all the same, and is not taken for the one that is meant.
    let unclear = Desk::run_through(
        &stuck(&desk, 1, 0),
        "check --pin 1 --pin-file -",
        &mut Nobody,
        "1234\n",
    );
    assert_eq!(unclear.exit, Exit::Usage, "{}", unclear.remark);
    let other = Desk::run_through(
        &stuck(&desk, 1, 0),
        "check --pin 1 --reader 2 --pin-file -",
        &mut Nobody,
        "1234\n",
    );
    assert_eq!(other.exit, Exit::Done, "{}", other.remark);
}
