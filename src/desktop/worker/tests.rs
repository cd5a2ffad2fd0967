//! A thread that ends when nobody expects it: what the window hears then.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use siru_apdu::{CardChannel, ReaderState};
use siru_card::{Answer, Consent, Pin, PinRequest, PinRole, TryUse};
use siru_sim::VirtualReaders;

use super::*;
use crate::model::certificates::CertificateError;
use crate::model::{CertificateMessage, LookError, Order, Request};
use crate::tests::support::{card, reader, readers};

/// Readers whose first connections to a card panic.
struct Brittle {
    readers: VirtualReaders,
    left: Arc<AtomicUsize>,
}

impl Readers for Brittle {
    fn list(&mut self) -> Result<Vec<ReaderState>, ReaderError> {
        self.readers.list()
    }

    fn connect(&mut self, reader: &ReaderName) -> Result<Box<dyn CardChannel>, ReaderError> {
        let one_less = |left: usize| left.checked_sub(1);
        let broken = self
            .left
            .fetch_update(Ordering::SeqCst, Ordering::SeqCst, one_less);
        assert!(broken.is_err(), "the test breaks this connection");
        self.readers.connect(reader)
    }

    fn watch(&self) -> Box<dyn ReaderWatch> {
        self.readers.watch()
    }
}

/// A worker whose first `broken` connections panic.
fn worker(broken: usize) -> (Worker, Receiver<Message>) {
    let readers = std::sync::Mutex::new(readers(&["v4"]));
    let left = Arc::new(AtomicUsize::new(broken));
    let connect = move || {
        let readers = readers.lock().unwrap().clone();
        let left = Arc::clone(&left);
        Box::new(Brittle { readers, left }) as Box<dyn Readers>
    };
    Worker::start(Arc::new(connect), Arc::new(|| {}))
}

fn order() -> Command {
    let mut pin = Pin::default();
    for (at, digit) in b"1234".iter().enumerate() {
        pin.insert(at, *digit);
    }
    let card = card("v4");
    Command::Perform(Box::new(Order {
        reader: reader(1),
        generation: 1,
        ticket: 7,
        request: Request::One(PinRequest::check(PinRole::Authentication, pin)),
        seen: card.identity,
        consent: Consent::Ordinary,
        kind: card.kind,
    }))
}

fn look() -> Command {
    Command::Look {
        reader: reader(1),
        generation: 1,
    }
}

/// The next message that is not about which readers there are.
fn next(inbox: &Receiver<Message>) -> Message {
    loop {
        match inbox.recv_timeout(Duration::from_secs(20)).unwrap() {
            Message::Readers(_) => {}
            message => return message,
        }
    }
}

#[test]
fn a_request_whose_thread_ends_is_reported_as_unknown_and_never_as_not_sent() {
    let (mut worker, inbox) = worker(1);
    worker.carry_out(order());
    let Message::Performed {
        ticket: 7,
        outcome: Ok(outcome),
        states: None,
        ..
    } = next(&inbox)
    else {
        panic!("the request is answered");
    };
    let outcome = outcome.each().next().unwrap();
    assert!(matches!(outcome.answer, Answer::AnswerLost(_)));
    assert_eq!(outcome.try_use, TryUse::Unknown);
}

/// Asks for all certificates of the first card as if it were that of `image`.
fn read(image: &str) -> Command {
    Command::ReadCertificates {
        reader: reader(1),
        generation: 1,
        seen: card(image).identity,
    }
}

/// What came of reading certificates.
fn found(inbox: &Receiver<Message>) -> Result<usize, CertificateError> {
    let Message::Certificates(CertificateMessage::Found {
        generation: 1,
        found,
        ..
    }) = next(inbox)
    else {
        panic!("the reading is answered");
    };
    found.map(|all| all.len())
}

#[test]
fn certificates_are_read_from_the_card_that_was_seen_and_from_no_other() {
    let (mut worker, inbox) = worker(0);
    worker.carry_out(read("v4"));
    assert!(matches!(found(&inbox), Ok(4)));
    worker.carry_out(read("v3"));
    let other = found(&inbox);
    let refused = |error: &CertificateError| {
        matches!(
            error,
            CertificateError::Read(siru_card::ReadError::AnotherCard)
        )
    };
    assert!(other.as_ref().is_err_and(refused), "{other:?}");
}

#[test]
fn a_reading_whose_thread_ends_is_reported_as_failed() {
    let (mut worker, inbox) = worker(1);
    worker.carry_out(read("v4"));
    let failed = found(&inbox);
    assert!(
        matches!(failed, Err(CertificateError::Look(_))),
        "{failed:?}"
    );
}

#[test]
fn a_reader_works_on_after_its_thread_ended() {
    let (mut worker, inbox) = worker(1);
    worker.carry_out(look());
    let broken = next(&inbox);
    assert!(
        matches!(
            broken,
            Message::Looked {
                look: Err(LookError::Reader(ReaderError::Driver(_))),
                ..
            }
        ),
        "{broken:?}"
    );
    // Whether the channel is closed by now or not, the next look is answered; from a thread that
    // is just ending by its promise, and then the one after it by a new thread.
    for _ in 0..100 {
        worker.carry_out(look());
        if matches!(next(&inbox), Message::Looked { look: Ok(_), .. }) {
            return;
        }
    }
    panic!("no new thread was started");
}
