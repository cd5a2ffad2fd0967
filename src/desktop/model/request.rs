//! What is sent for a person's one confirmation, and what came of it: about one PIN, or about both
//! with a code that was typed once.

use siru_card::{
    Answer, CardIdentity, Marks, Operation, PairMarks, PairOutcome, PinOutcome, PinPair,
    PinRequest, Refusal, TypoShield,
};

/// What a person confirmed. It is consumed by carrying it out.
#[derive(Debug)]
pub enum Request {
    /// One PIN.
    One(PinRequest),
    /// PIN1 and PIN2, with one code.
    Both(PinPair),
}

/// What came of a request.
#[derive(Debug)]
pub enum Outcome {
    /// Of one PIN.
    One(PinOutcome),
    /// Of PIN1 and PIN2.
    Both(PairOutcome),
}

/// What the typo shield will know the digits of a request by, while it is on its way.
#[derive(Debug)]
pub(super) enum RequestMarks {
    One(Marks),
    Both(PairMarks),
}

impl RequestMarks {
    pub(super) fn of(request: &Request, card: &CardIdentity, shield: &TypoShield) -> Self {
        match request {
            Request::One(request) => Self::One(shield.mark(card, request)),
            Request::Both(pair) => Self::Both(shield.mark_both(card, pair)),
        }
    }

    /// Has the shield take note of what the card said.
    pub(super) fn learn(self, shield: &mut TypoShield, outcome: &Outcome) {
        match (self, outcome) {
            (Self::One(marks), Outcome::One(outcome)) => shield.learn(marks, outcome),
            (Self::Both(marks), Outcome::Both(outcome)) => shield.learn_both(marks, outcome),
            (Self::One(_), Outcome::Both(_)) | (Self::Both(_), Outcome::One(_)) => {}
        }
    }
}

impl Request {
    /// What is to be done.
    pub const fn operation(&self) -> Operation {
        match self {
            Self::One(request) => request.operation(),
            Self::Both(pair) => pair.operation(),
        }
    }
}

impl Outcome {
    /// The outcomes of all commands that were sent or refused, in their order.
    pub fn each(&self) -> impl Iterator<Item = &PinOutcome> {
        let (first, second) = match self {
            Self::One(outcome) => (outcome, None),
            Self::Both(pair) => (&pair.pin1, pair.pin2.as_ref()),
        };
        std::iter::once(first).chain(second)
    }

    /// Whether everything that was asked for is done.
    pub fn is_done(&self) -> bool {
        match self {
            Self::One(outcome) => matches!(outcome.answer, Answer::Done),
            Self::Both(pair) => pair.is_done(),
        }
    }

    /// Whether the card in the reader was another one.
    pub(super) fn met_another_card(&self) -> bool {
        let another =
            |one: &PinOutcome| matches!(one.answer, Answer::NotSent(Refusal::AnotherCard));
        self.each().any(another)
    }
}
