//! The promise that something is heard of every job: when its thread ends before the answer, by a
//! panic or because it never ran, the window is told what it then knows.

use siru_apdu::{ChannelError, ReaderError, ReaderName};
use siru_card::{Answer, Operation, PairOutcome, PinOutcome, PinRole, TryUse};

use super::lane::Job;
use super::{Post, certificates};
use crate::model::certificates::CertificateError;
use crate::model::{LookError, Message, Outcome, Request};

/// A job and the promise that goes with it.
pub(super) struct Promised {
    pub(super) job: Job,
    pub(super) promise: Promise,
}

/// Reports for a job that is dropped unanswered.
pub(super) struct Promise {
    post: Post,
    reader: ReaderName,
    about: About,
    is_open: bool,
}

/// What has to be known of a job to report for it.
#[derive(Clone, Copy)]
enum About {
    Look {
        generation: u64,
    },
    Certificates {
        generation: u64,
    },
    Perform {
        generation: u64,
        ticket: u64,
        operation: Operation,
        /// `None` for both PINs.
        role: Option<PinRole>,
    },
}

/// The thread of a reader ended unexpectedly, or could not be started.
#[derive(Debug, thiserror::Error)]
#[error("the thread of the reader has ended")]
struct ThreadEnded;

impl Promised {
    /// `job` for `reader`, reported to `post` whatever becomes of it.
    pub(super) fn new(job: Job, reader: ReaderName, post: Post) -> Self {
        let about = match &job {
            Job::Look { generation } => About::Look {
                generation: *generation,
            },
            Job::Certificates(order) => About::Certificates {
                generation: order.generation,
            },
            Job::Perform(order) => About::Perform {
                generation: order.generation,
                ticket: order.ticket,
                operation: order.request.operation(),
                role: match &order.request {
                    Request::One(request) => Some(request.role()),
                    Request::Both(_) => None,
                },
            },
        };
        let promise = Promise {
            post,
            reader,
            about,
            is_open: true,
        };
        Self { job, promise }
    }

    /// Reports that no thread took the job: nothing was sent to the card.
    pub(super) fn refuse(self) {
        let Self { job, mut promise } = self;
        // The digits are wiped before anything else happens.
        drop(job);
        let error = LookError::Reader(ReaderError::Driver(Box::new(ThreadEnded)));
        promise.report(match promise.about {
            About::Look { generation } => Message::Looked {
                reader: promise.reader.clone(),
                generation,
                look: Err(error),
            },
            About::Certificates { generation } => {
                let found = Err(CertificateError::Look(error));
                certificates::message(promise.reader.clone(), generation, found)
            }
            About::Perform {
                generation, ticket, ..
            } => Message::Performed {
                reader: promise.reader.clone(),
                generation,
                ticket,
                outcome: Err(error),
                states: None,
            },
        });
    }
}

impl Promise {
    /// The job was answered.
    pub(super) fn keep(mut self) {
        self.is_open = false;
    }

    fn report(&mut self, message: Message) {
        self.is_open = false;
        // Whoever does not listen any more does not wait either.
        let _heard = self.post.send(message);
    }
}

impl Drop for Promise {
    fn drop(&mut self) {
        if !self.is_open {
            return;
        }
        let reader = self.reader.clone();
        let message = match self.about {
            About::Look { generation } => Message::Looked {
                reader,
                generation,
                look: Err(LookError::Reader(ReaderError::Driver(Box::new(
                    ThreadEnded,
                )))),
            },
            About::Certificates { generation } => {
                let ended = ReaderError::Driver(Box::new(ThreadEnded));
                let found = Err(CertificateError::Look(LookError::Reader(ended)));
                certificates::message(reader, generation, found)
            }
            // Nobody knows how far it came, so nobody may say that nothing was sent.
            About::Perform {
                generation,
                ticket,
                operation,
                role,
            } => Message::Performed {
                reader,
                generation,
                ticket,
                outcome: Ok(Box::new(lost(operation, role))),
                states: None,
            },
        };
        self.report(message);
    }
}

/// Nobody knows how far the request came.
fn lost(operation: Operation, role: Option<PinRole>) -> Outcome {
    let lost = |role| PinOutcome {
        operation,
        role,
        answer: Answer::AnswerLost(ChannelError::Driver(Box::new(ThreadEnded))),
        try_use: TryUse::Unknown,
        before: None,
        after: None,
        may_stay_verified: true,
    };
    match role {
        Some(role) => Outcome::One(lost(role)),
        None => Outcome::Both(PairOutcome {
            pin1: lost(PinRole::Authentication),
            pin2: Some(lost(PinRole::Signature)),
        }),
    }
}
