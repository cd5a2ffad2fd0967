//! Requests on their way to a card, and the results that no form shows.
//!
//! A card that answers late keeps nobody from working with another one: its form may be left, and
//! what came of the request is told by itself when the answer is there.

use std::time::{Duration, Instant};

use siru_apdu::ReaderName;
use siru_card::{CardIdentity, PinRole};

use super::card::Holder;
use super::form::{Finished, Phase};
use super::request::RequestMarks;
use super::task::Task;

/// How long a person waits for a card before wondering.
pub const PATIENCE: Duration = Duration::from_secs(3);

/// A request whose answer has not come yet. There is one for a reader at most.
#[derive(Debug)]
pub struct Running {
    /// The number its answer will carry.
    pub ticket: u64,
    /// When it was sent.
    pub since: Instant,
    /// What was asked for.
    pub task: Task,
    /// For which PIN of which card.
    pub about: About,
    /// What the typo shield will know its digits by.
    pub(super) marks: RequestMarks,
}

/// A PIN of a card, as the person saw it when they confirmed.
#[derive(Debug)]
pub struct About {
    /// The reader the card was in.
    pub reader: ReaderName,
    /// The reader's name to show.
    pub label: String,
    /// Whose card it was.
    pub holder: Holder,
    /// PIN1 or PIN2.
    pub role: PinRole,
    /// Which card it was.
    pub(super) identity: CardIdentity,
}

/// What came of a request whose form is not open any more.
#[derive(Debug)]
pub struct Notice {
    /// The number of the request.
    pub ticket: u64,
    /// Which PIN it was about.
    pub about: About,
    /// What came of it.
    pub finished: Finished,
}

impl Running {
    /// The phase of a form for `role` of the card with `identity` in the reader of this request.
    pub(super) fn phase_of(&self, identity: &CardIdentity, role: PinRole) -> Phase {
        let (ticket, since) = (self.ticket, self.since);
        if self.about.role == role && self.about.identity == *identity {
            Phase::Running { ticket, since }
        } else {
            Phase::Waiting { since }
        }
    }
}
