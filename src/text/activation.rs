//! Activation in words: what a new card waits for, which code of its letter that takes, and what
//! came of both PINs; and what is noticed about typed digits before anything is sent.

use i18n_embed_fl::fl;
use siru_card::{
    Activation, ActivationRegime, Answer, CardKind, Caught, PairOutcome, PinOutcome, PinRole,
    PinState, Refusal, Weakness,
};

use crate::catalogue::Texts;
use crate::codes::{Presented, issuer_selector, selector};
use crate::message::{Message, Tone};

impl Texts {
    /// Why the new value typed for `role` is easy to guess. A remark: nothing is refused by it.
    pub fn weakness(&self, role: PinRole, weakness: Weakness) -> String {
        let loader = self.loader();
        let code = selector(role);
        match weakness {
            Weakness::Repeated => fl!(loader, "weak-repeated", code = code),
            Weakness::Run => fl!(loader, "weak-run", code = code),
            Weakness::BirthDate => fl!(loader, "weak-birth-date", code = code),
            Weakness::Serial => fl!(loader, "weak-serial", code = code),
            Weakness::SameAsOther { .. } => fl!(loader, "weak-same-as-other", code = code),
        }
    }

    /// What was noticed about digits typed for `asked`, and that it cost nothing.
    pub fn caught(&self, asked: impl Into<Presented>, caught: Caught) -> String {
        let loader = self.loader();
        let asked = asked.into().selector();
        match caught {
            Caught::RefusedBefore => fl!(loader, "caught-refused-before", code = asked),
            Caught::BelongsTo { code: owner } => {
                let owner = selector(owner);
                fl!(loader, "caught-belongs-to", code = asked, owner = owner)
            }
        }
    }

    /// What is left to do on a new card, and with what. `kind` decides who gives a new letter.
    pub fn activation(&self, activation: &Activation, kind: CardKind) -> Message {
        let loader = self.loader();
        let state = |role| activation.state(role);
        let headline = match PINS.map(state) {
            [PinState::Locked, PinState::Locked] => fl!(loader, "activation-locked-headline"),
            [PinState::Usable { .. }, _] | [_, PinState::Usable { .. }] => {
                fl!(loader, "activation-half-headline")
            }
            _ => fl!(loader, "activation-headline"),
        };
        let mut message = Message::new(Tone::Neutral, headline);
        message = match activation.remaining() {
            [role] => message.say(fl!(loader, "activation-left", code = selector(*role))),
            [_, ..] => message.say(fl!(loader, "activation-left-both")),
            [] => message,
        };
        for role in PINS {
            let code = selector(role);
            match state(role) {
                PinState::Usable { .. } => {
                    message = message.say(fl!(loader, "activation-set", code = code));
                }
                PinState::Locked if activation.state(PinRole::Unblocking) == PinState::Locked => {
                    message = message.say(fl!(loader, "activation-locked-for-good", code = code));
                }
                PinState::Locked if !activation.remaining().contains(&role) => {
                    message = message.say(fl!(loader, "activation-locked", code = code));
                }
                _ => {}
            }
        }
        message = match activation.regime {
            ActivationRegime::Code => message.say(fl!(loader, "activation-code")),
            ActivationRegime::ActivationPin => message.say(fl!(loader, "activation-pin")),
            ActivationRegime::Unclear => message
                .say(fl!(loader, "activation-unclear"))
                .say(self.letter_with(ActivationRegime::Code))
                .say(self.letter_with(ActivationRegime::ActivationPin)),
        };
        message.next(fl!(loader, "new-letter", kind = issuer_selector(kind)))
    }

    /// How a person knows which code the letter holds: one of the two answers to the question. Empty
    /// for [`ActivationRegime::Unclear`], which is none.
    pub fn letter_with(&self, regime: ActivationRegime) -> String {
        match regime {
            ActivationRegime::Code => fl!(self.loader(), "letter-code"),
            ActivationRegime::ActivationPin => fl!(self.loader(), "letter-activation-pin"),
            ActivationRegime::Unclear => String::new(),
        }
    }

    /// What the code is called that an activation asks for.
    pub fn letter_code(&self, regime: ActivationRegime) -> String {
        match regime {
            ActivationRegime::ActivationPin => fl!(self.loader(), "activation-pin-name"),
            ActivationRegime::Code | ActivationRegime::Unclear => self.role(PinRole::Unblocking),
        }
    }

    /// What came of both PINs, and where the activation goes on when only the first was set.
    pub fn pair(&self, outcome: &PairOutcome, kind: CardKind) -> Message {
        let first = &outcome.pin1;
        match (&first.answer, &outcome.pin2) {
            (Answer::Done, Some(second)) => match &second.answer {
                Answer::Done => self.both_done(first, second),
                Answer::NotSent(Refusal::AlreadySet { .. }) => {
                    let headline = fl!(self.loader(), "pair-first", code = selector(first.role));
                    self.first_done(headline, first, second, kind)
                }
                _ if result_is_unknown(second) => self.second_unknown(first, second, kind),
                _ => self.only_first_done(first, second, kind),
            },
            (_, Some(second)) => self.both_unknown(first, second, kind),
            (Answer::NotSent(_), None) => self.outcome(first, kind),
            (_, None) => {
                let message = self.outcome(first, kind);
                message.say(fl!(self.loader(), "pair-second-not-sent"))
            }
        }
    }

    fn both_done(&self, first: &PinOutcome, second: &PinOutcome) -> Message {
        let loader = self.loader();
        let mut message =
            Message::new(Tone::Good, fl!(loader, "pair-done")).say(fl!(loader, "pair-done-detail"));
        for outcome in [first, second] {
            let states = outcome.after.as_ref();
            if let Some(tries) = states.and_then(|states| states.of(outcome.role).tries_left()) {
                let code = selector(outcome.role);
                message = message.say(fl!(loader, "left-now", code = code, tries = tries.0));
            }
        }
        if first.may_stay_verified || second.may_stay_verified {
            message = message.say(fl!(loader, "may-stay-verified"));
        }
        message
    }

    fn only_first_done(&self, first: &PinOutcome, second: &PinOutcome, kind: CardKind) -> Message {
        let loader = self.loader();
        let headline = fl!(loader, "pair-only-first", code = selector(first.role));
        let mut message = self.first_done(headline, first, second, kind);
        let told = self.outcome(second, kind).headline;
        let failed = fl!(
            loader,
            "pair-second-failed",
            code = selector(second.role),
            headline = told.trim_end_matches('!')
        );
        message.detail.insert(1, failed);
        if needs_the_puk(second) {
            return message;
        }
        message.say(fl!(loader, "pair-goes-on", code = selector(second.role)))
    }

    /// The card may have set the second PIN before its answer was lost.
    fn second_unknown(&self, first: &PinOutcome, second: &PinOutcome, kind: CardKind) -> Message {
        let loader = self.loader();
        let headline = fl!(loader, "pair-first", code = selector(first.role));
        let mut message = self.first_done(headline, first, second, kind);
        let unknown = fl!(loader, "pair-second-unknown", code = selector(second.role));
        message.detail.insert(1, unknown);
        message
    }

    /// That the first PIN is set, and all that is said of the second.
    fn first_done(
        &self,
        headline: String,
        first: &PinOutcome,
        second: &PinOutcome,
        kind: CardKind,
    ) -> Message {
        let loader = self.loader();
        let told = self.outcome(second, kind);
        let code = selector(first.role);
        let mut message = Message::new(told.tone.max(Tone::Warning), headline).say(fl!(
            loader,
            "unlock-done-detail",
            code = code
        ));
        message.detail.extend(told.detail);
        if first.may_stay_verified && !second.may_stay_verified {
            message = message.say(fl!(loader, "may-stay-verified"));
        }
        message.next_step = told.next_step;
        message
    }

    /// Nobody knows how far the card came: the first PIN may be set, and the second as well.
    fn both_unknown(&self, first: &PinOutcome, second: &PinOutcome, kind: CardKind) -> Message {
        let loader = self.loader();
        let told = self.outcome(second, kind);
        let mut message =
            Message::new(told.tone, told.headline).say(fl!(loader, "pair-both-unknown"));
        for sentence in self
            .outcome(first, kind)
            .detail
            .into_iter()
            .chain(told.detail)
        {
            if !message.detail.contains(&sentence) {
                message = message.say(sentence);
            }
        }
        message.next(fl!(loader, "next-look-at-both"))
    }
}

const PINS: [PinRole; 2] = [PinRole::Authentication, PinRole::Signature];

/// Whether the PIN is locked, so that activation is over for it.
fn needs_the_puk(outcome: &PinOutcome) -> bool {
    matches!(
        outcome.answer,
        Answer::WrongAndLocked { .. }
            | Answer::Locked { .. }
            | Answer::NotSent(Refusal::Locked { .. })
    )
}

/// Whether the card may have done what was asked without anybody being told.
fn result_is_unknown(outcome: &PinOutcome) -> bool {
    matches!(
        outcome.answer,
        Answer::AnswerLost(_) | Answer::Unexpected { .. }
    )
}
