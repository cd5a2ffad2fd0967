//! What came of a PIN operation, in words: the most important sentences of the product.

use i18n_embed_fl::fl;
use siru_apdu::{ChannelError, TriesLeft};
use siru_card::{
    Answer, CardKind, Operation, PinOutcome, PinRole, PinState, Refusal, TryUse, at_stake,
};

use crate::catalogue::Texts;
use crate::codes::{Presented, issuer_selector, selector};
use crate::message::{Message, Tone};

impl Texts {
    /// What happened, whether a try was used, what is left, and the way out. `kind` decides who
    /// gives a new code.
    pub fn outcome(&self, outcome: &PinOutcome, kind: CardKind) -> Message {
        let message = self.answer(outcome, kind);
        if outcome.may_stay_verified {
            message.say(fl!(self.loader(), "may-stay-verified"))
        } else {
            message
        }
    }

    fn answer(&self, outcome: &PinOutcome, kind: CardKind) -> Message {
        match &outcome.answer {
            Answer::Done => self.done(outcome),
            Answer::Wrong { code, tries_left } => self.wrong(outcome, *code, *tries_left),
            Answer::WrongAndLocked { code } => {
                let loader = self.loader();
                let name = presented(outcome, *code).selector();
                let message = self
                    .locked_headline(*code)
                    .say(fl!(loader, "wrong-detail", code = name))
                    .say(fl!(loader, "was-last-try"))
                    .say(self.try_use(outcome.try_use));
                self.way_out_of_lock(message, *code, outcome, kind)
            }
            Answer::Locked { code } => {
                let (loader, name) = (self.loader(), selector(*code));
                let detail = match outcome.try_use {
                    TryUse::NotUsed => fl!(loader, "locked-detail", code = name),
                    TryUse::Used | TryUse::Unknown => {
                        fl!(loader, "locked-bare-detail", code = name)
                    }
                };
                let message = self
                    .locked_headline(*code)
                    .say(detail)
                    .say(self.try_use(outcome.try_use));
                self.way_out_of_lock(message, *code, outcome, kind)
            }
            Answer::NotUsable { code } => {
                let loader = self.loader();
                let message = Message::new(Tone::Warning, fl!(loader, "not-usable"))
                    .say(fl!(loader, "not-usable-detail", code = selector(*code)))
                    .say(self.try_use(outcome.try_use));
                if *code == PinRole::Unblocking {
                    message.next(fl!(loader, "new-puk", kind = issuer_selector(kind)))
                } else {
                    message.next(fl!(loader, "next-activate"))
                }
            }
            Answer::CardRefused { status } => {
                let loader = self.loader();
                let status = format!("{:04X}", status.0);
                let message = Message::new(Tone::Warning, fl!(loader, "card-refused"))
                    .say(fl!(loader, "card-refused-detail", status = status))
                    .say(self.try_use(outcome.try_use));
                self.left(message, outcome)
                    .next(if outcome.try_use == TryUse::NotUsed {
                        fl!(loader, "next-again")
                    } else {
                        self.after_doubt(outcome)
                    })
            }
            Answer::Unexpected { status } => {
                let loader = self.loader();
                let status = format!("{:04X}", status.0);
                let message = Message::new(Tone::Bad, fl!(loader, "unexpected"))
                    .say(fl!(loader, "unexpected-detail", status = status))
                    .say(self.try_use(outcome.try_use));
                self.left(message, outcome).next(self.after_doubt(outcome))
            }
            Answer::AnswerLost(error) => self.answer_lost(outcome, error),
            Answer::NotSent(refusal) => self.refusal(refusal, outcome, kind),
            _ => {
                let loader = self.loader();
                Message::new(Tone::Bad, fl!(loader, "answer-lost"))
                    .say(self.try_use(outcome.try_use))
                    .next(self.after_doubt(outcome))
            }
        }
    }

    fn done(&self, outcome: &PinOutcome) -> Message {
        let loader = self.loader();
        let code = selector(outcome.role);
        let (headline, detail) = match outcome.operation {
            Operation::Check => (
                fl!(loader, "check-done"),
                fl!(loader, "check-done-detail", code = code),
            ),
            Operation::Change => (
                fl!(loader, "change-done"),
                fl!(loader, "change-done-detail", code = code),
            ),
            Operation::Unlock => (
                fl!(loader, "unlock-done"),
                fl!(loader, "unlock-done-detail", code = code),
            ),
        };
        let mut message = Message::new(Tone::Good, headline).say(detail);
        // After success the counter is good news, and not knowing it is no news.
        let states = outcome.after.as_ref();
        if let Some(tries) = states.and_then(|states| states.of(outcome.role).tries_left()) {
            message = message.say(fl!(loader, "left-now", code = code, tries = tries.0));
        }
        message
    }

    fn wrong(&self, outcome: &PinOutcome, code: PinRole, tries_left: TriesLeft) -> Message {
        let loader = self.loader();
        let name = selector(code);
        let headline = if code == PinRole::Unblocking {
            fl!(loader, "puk-failed")
        } else {
            fl!(loader, "check-failed")
        };
        let mut message = Message::new(Tone::Warning, headline)
            .say(fl!(
                loader,
                "wrong-detail",
                code = presented(outcome, code).selector()
            ))
            .say(self.try_use(outcome.try_use))
            .say(fl!(loader, "left-now", code = name, tries = tries_left.0));
        if outcome.operation != Operation::Check {
            message = message.say(match outcome.before.map(|states| states.of(outcome.role)) {
                Some(PinState::NotActivated { .. }) => fl!(loader, "pin-not-set"),
                _ => fl!(loader, "pin-not-changed"),
            });
        }
        message = message.say(fl!(loader, "counts-on"));
        message.next(match (code, tries_left) {
            (PinRole::Unblocking, _) if has_activation_pin(outcome) => {
                fl!(loader, "next-puk-activation-pin", tries = tries_left.0)
            }
            (PinRole::Unblocking, _) => fl!(loader, "next-puk-check", tries = tries_left.0),
            (_, TriesLeft(0 | 1)) if puk_is_spent(outcome) => {
                fl!(loader, "risk-for-good-detail", code = name)
            }
            _ if puk_is_spent(outcome) => fl!(loader, "next-forgotten-for-good"),
            (_, TriesLeft(0 | 1)) if has_activation_pin(outcome) => {
                fl!(loader, "next-last-try-activation-pin", code = name)
            }
            (_, TriesLeft(0 | 1)) => fl!(loader, "next-last-try", code = name),
            _ if has_activation_pin(outcome) => fl!(loader, "next-activation-pin-check"),
            _ => fl!(loader, "next-forgotten"),
        })
    }

    fn answer_lost(&self, outcome: &PinOutcome, error: &ChannelError) -> Message {
        let message = Message::new(Tone::Bad, fl!(self.loader(), "answer-lost"))
            .say(self.channel(error))
            .say(self.try_use(outcome.try_use));
        self.left(message, outcome).next(self.after_doubt(outcome))
    }

    fn refusal(&self, refusal: &Refusal, outcome: &PinOutcome, kind: CardKind) -> Message {
        let loader = self.loader();
        let nothing =
            |tone| Message::new(tone, fl!(loader, "not-sent")).say(fl!(loader, "try-not-used"));
        match refusal {
            Refusal::Entry { code, problem } => {
                nothing(Tone::Neutral).say(self.entry_problem(*code, *problem))
            }
            Refusal::AnotherCard => nothing(Tone::Warning)
                .say(fl!(loader, "refused-another-card"))
                .next(fl!(loader, "refused-another-card-next")),
            Refusal::ReadOnly(reason) => nothing(Tone::Neutral).say(self.read_only(*reason)),
            Refusal::Locked { code } => {
                let message = self
                    .locked_headline(*code)
                    .say(fl!(loader, "locked-bare-detail", code = selector(*code)))
                    .say(format!(
                        "{}. {}",
                        fl!(loader, "not-sent"),
                        fl!(loader, "try-not-used")
                    ));
                self.way_out_of_lock(message, *code, outcome, kind)
            }
            Refusal::ConsentNeeded {
                code,
                risk,
                tries_left,
            } => {
                let risk = if has_activation_pin(outcome) {
                    self.risk_of_activation_pin(*code, *risk, *tries_left)
                } else {
                    self.risk(*code, *risk, *tries_left)
                };
                let mut message = nothing(Tone::Warning)
                    .say(fl!(loader, "refused-consent"))
                    .say(risk.headline);
                message.detail.extend(risk.detail);
                message
            }
            Refusal::AlreadySet { code } => nothing(Tone::Warning)
                .say(fl!(loader, "refused-already-set", code = selector(*code)))
                .next(fl!(loader, "refused-already-set-next")),
            Refusal::NotPossible { code } => nothing(Tone::Neutral).say(fl!(
                loader,
                "refused-not-possible",
                code = selector(*code)
            )),
            Refusal::Unreachable(error) => nothing(Tone::Warning)
                .say(self.exchange(error))
                .next(fl!(loader, "next-insert")),
            _ => nothing(Tone::Neutral),
        }
    }

    fn locked_headline(&self, code: PinRole) -> Message {
        let headline = match code {
            PinRole::Unblocking => fl!(self.loader(), "puk-locked"),
            PinRole::Authentication | PinRole::Signature => fl!(self.loader(), "pin-locked"),
        };
        Message::new(Tone::Bad, headline)
    }

    /// A locked PIN is opened with the PUK, unless that is locked as well; a locked PUK never is.
    fn way_out_of_lock(
        &self,
        message: Message,
        code: PinRole,
        outcome: &PinOutcome,
        kind: CardKind,
    ) -> Message {
        let loader = self.loader();
        if code == PinRole::Unblocking {
            return message.next(fl!(loader, "puk-spent"));
        }
        message.next(if puk_is_spent(outcome) {
            fl!(loader, "next-never")
        } else if has_activation_pin(outcome) {
            fl!(loader, "next-unlock-activation-pin")
        } else {
            fl!(loader, "next-unlock", kind = issuer_selector(kind))
        })
    }

    fn try_use(&self, try_use: TryUse) -> String {
        match try_use {
            TryUse::NotUsed => fl!(self.loader(), "try-not-used"),
            TryUse::Used => fl!(self.loader(), "try-used"),
            TryUse::Unknown => fl!(self.loader(), "try-unknown"),
        }
    }

    /// What is left of the code at stake, as read back after the command; never from before it.
    fn left(&self, message: Message, outcome: &PinOutcome) -> Message {
        let loader = self.loader();
        let code = at_stake(outcome.operation, outcome.role);
        let tries = outcome
            .after
            .as_ref()
            .and_then(|states| states.of(code).tries_left());
        message.say(match tries {
            Some(TriesLeft(0)) => fl!(loader, "left-now-locked", code = selector(code)),
            Some(tries) => fl!(loader, "left-now", code = selector(code), tries = tries.0),
            None => fl!(loader, "left-now-unknown"),
        })
    }

    /// What to do when nobody knows whether the card carried the command out.
    fn after_doubt(&self, outcome: &PinOutcome) -> String {
        let loader = self.loader();
        let before = outcome.before.map(|states| states.of(outcome.role));
        match (outcome.operation, before) {
            (Operation::Check, _) => fl!(loader, "next-look-at-counters"),
            // The state tells what became of these PINs; trying one out could cost a try.
            (_, Some(PinState::NotActivated { .. })) => fl!(loader, "next-look-whether-set"),
            (_, Some(PinState::Locked)) => fl!(loader, "next-look-whether-locked"),
            (Operation::Change | Operation::Unlock, _) => fl!(loader, "next-new-then-old"),
        }
    }
}

/// Whether the PUK was seen locked, before or after. It stays so, and nobody opens a PIN any more.
fn puk_is_spent(outcome: &PinOutcome) -> bool {
    [outcome.before, outcome.after]
        .into_iter()
        .flatten()
        .any(|states| states.puk == PinState::Locked)
}

/// Whether the PIN still is the activation PIN of the letter, which is not the PUK.
fn has_activation_pin(outcome: &PinOutcome) -> bool {
    let before = outcome.before.map(|states| states.of(outcome.role));
    before.is_some_and(PinState::is_activation_pin)
}

/// What was presented as `code`: the activation PIN of the letter, where no PIN was ever set.
fn presented(outcome: &PinOutcome, code: PinRole) -> Presented {
    if code != PinRole::Unblocking && has_activation_pin(outcome) {
        Presented::ActivationPin
    } else {
        Presented::Code(code)
    }
}
