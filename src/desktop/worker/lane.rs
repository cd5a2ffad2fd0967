//! One reader's thread: one job after the other, each with a connection of its own.
//!
//! No connection is kept while a person thinks, so other programs reach the card as well.

use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;
use std::time::Instant;

use siru_apdu::{ReaderName, Readers};
use siru_card::{CardKind, FineidCard, PersonalDigits, PinStates, Purpose};

use super::promise::Promised;
use super::{ConnectReaders, Post, certificates};
use crate::model::{Card, Holder, LookError, Message, Order, Outcome, Request};

/// Something to do with the card in the reader.
pub(super) enum Job {
    /// Read counters, then holder.
    Look {
        /// To be given back.
        generation: u64,
    },
    /// Carry out a request.
    Perform(Box<Order>),
    /// Read all certificates of the card that was seen.
    Certificates(Box<certificates::Order>),
}

/// Starts the thread of a reader. It ends when the sender is dropped and its jobs are done; should
/// it end earlier, sending fails, and every job it had taken is reported by its promise.
pub(super) fn start(reader: ReaderName, connect: &ConnectReaders, post: &Post) -> Sender<Promised> {
    let (sender, jobs) = mpsc::channel();
    let (connect, post) = (Arc::clone(connect), post.clone());
    let work = move || {
        let mut lane = Lane {
            reader,
            readers: connect(),
            post,
        };
        lane.work(&jobs);
    };
    if let Err(error) = thread::Builder::new().name("card".to_owned()).spawn(work) {
        log::error!("no thread for a reader: {error}");
    }
    sender
}

struct Lane {
    reader: ReaderName,
    readers: Box<dyn Readers>,
    post: Post,
}

impl Lane {
    fn work(&mut self, jobs: &Receiver<Promised>) {
        while let Ok(Promised { job, promise }) = jobs.recv() {
            let heard = match job {
                Job::Look { generation } => self.look(generation),
                Job::Perform(order) => self.perform(*order),
                Job::Certificates(order) => {
                    let found = certificates::read(self.open(), &order.seen);
                    certificates::report(&self.post, self.reader.clone(), order.generation, found)
                }
            };
            promise.keep();
            if !heard {
                return;
            }
        }
    }

    fn open(&mut self) -> Result<FineidCard, LookError> {
        let channel = self
            .readers
            .connect(&self.reader)
            .map_err(LookError::Reader)?;
        FineidCard::open(channel).map_err(LookError::Open)
    }

    /// Counters first, for they are what people come for; the certificate takes longer.
    fn look(&mut self, generation: u64) -> bool {
        let mut card = match self.open() {
            Ok(card) => card,
            Err(error) => return self.report(generation, Err(error)),
        };
        let counters = Card::of(&card, Holder::Reading(Instant::now()));
        if !self.report(generation, Ok(Box::new(counters))) {
            return false;
        }
        let leaf = card
            .certificate(Purpose::Authentication)
            .unwrap_or_else(|error| {
                log::info!("the holder of a card could not be read: {error}");
                None
            });
        let der = leaf.as_ref().map(|leaf| leaf.der.clone());
        let validity = leaf
            .as_ref()
            .map(|leaf| (leaf.certificate.not_before, leaf.certificate.not_after));
        let certificate = leaf.as_ref().map(|leaf| &leaf.certificate);
        let personal = PersonalDigits::of(certificate, card.identity().serial());
        let holder = leaf
            .and_then(|leaf| leaf.certificate.holder.or(leaf.certificate.common_name))
            .map_or(Holder::NotKnown, Holder::Known);
        let whole = Card {
            leaf: der,
            validity,
            personal,
            ..Card::of(&card, holder)
        };
        self.report(generation, Ok(Box::new(whole)))
    }

    fn report(&self, generation: u64, look: Result<Box<Card>, LookError>) -> bool {
        self.post.send(Message::Looked {
            reader: self.reader.clone(),
            generation,
            look,
        })
    }

    /// Carries out `order` once. Whatever happens, it is not tried again.
    fn perform(&mut self, order: Order) -> bool {
        let Order {
            reader,
            generation,
            ticket,
            request,
            seen,
            consent,
            kind,
        } = order;
        let (outcome, states) = match self.open() {
            Ok(mut card) => {
                if kind == CardKind::Healthcare {
                    // Its PIN2 may be shorter than that of other cards; the card knows that
                    // only once its certificate was read.
                    let _leaf = card.certificate(Purpose::Authentication);
                }
                let outcome = match request {
                    Request::One(request) => Outcome::One(card.perform(request, &seen, consent)),
                    Request::Both(pair) => Outcome::Both(card.perform_both(pair, &seen, consent)),
                };
                let states = card.refresh().ok().or(after(&outcome));
                (Ok(Box::new(outcome)), states)
            }
            // The request is dropped, and with it the digits.
            Err(error) => (Err(error), None),
        };
        self.post.send(Message::Performed {
            reader,
            generation,
            ticket,
            outcome,
            states,
        })
    }
}

/// The counters as they were read back after the last command.
fn after(outcome: &Outcome) -> Option<PinStates> {
    outcome.each().last().and_then(|last| last.after)
}
