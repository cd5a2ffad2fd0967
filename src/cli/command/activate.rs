//! `siru activate`: both PINs of a new card with the code of its letter, or the one that is left.

use i18n_embed_fl::fl;
use siru_card::{
    Access, Activation, ActivationRegime, CardKind, Consent, EntryProblem, NewPin, Operation,
    PairOutcome, Pin, PinPair, PinRequest, PinRole, PinRules, PinState, PinStates, Refusal, Risk,
    Timestamp, at_stake,
};
use siru_text::{Message, Tone};

use super::Session;
use super::consent::{Denied, consent};
use super::pin::{
    Stop, card_line, connect_again, ended_early, heading, state_line, stopped_by, tell, write,
};
use super::secrets::{Broken, Questions, SLIPS, Source, WeakPins};
use crate::args::ActivateAction;
use crate::choose::{Chosen, choose};
use crate::exit::Exit;
use crate::output::layout;
use crate::prompt::EntryError;
use crate::survey::{CardView, Depth};
use crate::trouble::Trouble;
use crate::words::Words;

/// What was asked for: the PINs that are left.
enum Work {
    One(PinRequest),
    Both(PinPair),
}

pub(super) fn activate(
    session: &mut Session<'_, '_>,
    action: &ActivateAction,
) -> Result<Exit, Trouble> {
    let chosen = choose(session.readers, &action.choice, Depth::Holder)?;
    session.worked_on = Some(chosen.reader.clone());
    let card = &chosen.card;
    let issued = card.leaf().map(|leaf| leaf.certificate.not_before);
    let waits = |states: &PinStates| waiting(states, card.kind, issued, action.letter);
    let Some(found) = waits(&card.states) else {
        return Ok(nothing_to_do(session, card));
    };
    let (activation, work, consent) = match ask(session, action, &chosen, found) {
        Ok(asked) => asked,
        Err(Stop::Trouble(trouble)) => return Err(trouble),
        Err(Stop::Refused(outcome)) => return Ok(ended_early(session, card, &outcome)),
    };
    let mut connected = connect_again(session.readers, &chosen.reader)?;
    // Meanwhile another program may have set a PIN; what is left would not be what was asked for.
    let now = waits(connected.states()).map(|now| now.in_regime(activation.regime));
    if now.map(|now| now.remaining()) != Some(activation.remaining()) {
        return Err(Trouble::NoLongerWaiting);
    }
    match work {
        Work::One(request) => {
            let outcome = connected.perform(request, &card.identity, consent);
            drop(connected);
            let exit = Exit::of_outcome(&outcome);
            Ok(tell(session, card, &outcome, exit))
        }
        Work::Both(pair) => {
            let outcome = connected.perform_both(pair, &card.identity, consent);
            drop(connected);
            Ok(tell_both(session, card, &outcome))
        }
    }
}

/// What the card waits for. One with both PINs locked counts as new only by the person's word.
fn waiting(
    states: &PinStates,
    kind: CardKind,
    issued: Option<Timestamp>,
    letter: Option<ActivationRegime>,
) -> Option<Activation> {
    Activation::of(states, kind, issued).or_else(|| {
        let chosen = letter == Some(ActivationRegime::Code);
        chosen.then(|| Activation::of_locked(states)).flatten()
    })
}

/// A card that is not new: done if its PINs work, otherwise what is in the way.
fn nothing_to_do(session: &mut Session<'_, '_>, card: &CardView) -> Exit {
    let (words, own) = (session.words, session.words.own());
    let states = [card.states.pin1, card.states.pin2];
    let exit = if states.contains(&PinState::Locked) {
        Exit::PinLocked
    } else if states.contains(&PinState::Unknown) {
        Exit::Failure
    } else {
        Exit::Done
    };
    let mut message = Message {
        headline: fl!(own, "activate-nothing"),
        detail: vec![card_line(words, card)],
        next_step: None,
        tone: Tone::Neutral,
    };
    for role in [PinRole::Authentication, PinRole::Signature] {
        message.detail.push(state_line(words, card, role));
    }
    message.detail.push(fl!(own, "not-sent"));
    if exit == Exit::PinLocked {
        message.next_step = Some(if Activation::of_locked(&card.states).is_some() {
            fl!(own, "activate-locked-next")
        } else {
            fl!(own, "activate-unlock-next")
        });
    }
    write(session, &message, exit)
}

fn ask(
    session: &mut Session<'_, '_>,
    action: &ActivateAction,
    chosen: &Chosen,
    found: Activation,
) -> Result<(Activation, Work, Consent), Stop> {
    let (words, card) = (session.words, &chosen.card);
    if let Access::ReadOnly(reason) = card.access {
        let (operation, role) = (Operation::Unlock, PinRole::Authentication);
        return Err(stopped_by(operation, role, card, Refusal::ReadOnly(reason)));
    }
    let mut source = Source::open(
        action.pin_file.as_ref(),
        &mut *session.terminal,
        &mut *session.standard_input,
    )?;
    if let Source::Person(terminal) = &mut source {
        let mut text = heading(words, chosen);
        text.push_str(&layout(&words.cards.activation(&found, card.kind)));
        terminal.say(&text)?;
    }
    let activation = regime(words, action.letter, found, &mut source)?;
    let asking = Asking::about(words, card, &activation, session.forbids_weak_pins)?;
    let consent = asking.consent(action.last_try, &mut source)?;
    let work = asking.work(&mut source)?;
    for remark in source.remarks() {
        session.output.remark(remark);
    }
    Ok((activation, work, consent))
}

/// The regime as the card tells it, or else as the person says.
fn regime(
    words: &Words,
    letter: Option<ActivationRegime>,
    found: Activation,
    source: &mut Source<'_>,
) -> Result<Activation, Trouble> {
    match (found.regime, letter, source) {
        (ActivationRegime::Unclear, Some(said), _) => Ok(found.in_regime(said)),
        (ActivationRegime::Unclear, None, Source::Person(terminal)) => {
            for _ in 0..SLIPS {
                let typed = terminal.answer(&fl!(words.own(), "ask-letter"))?;
                match typed.trim() {
                    "8" => return Ok(found.in_regime(ActivationRegime::Code)),
                    "7" => return Ok(found.in_regime(ActivationRegime::ActivationPin)),
                    _ => {}
                }
            }
            Err(Trouble::NotConfirmed)
        }
        (ActivationRegime::Unclear, None, Source::Lines { .. }) => Err(Trouble::LetterUnclear),
        (told, Some(said), _) if said != told => Err(Trouble::AnotherLetter { regime: told }),
        _ => Ok(found),
    }
}

/// What is asked for once the regime is settled.
struct Asking<'a> {
    words: &'a Words,
    card: &'a CardView,
    regime: ActivationRegime,
    operation: Operation,
    /// Of the code of the letter.
    letter: PinRules,
    remaining: &'static [PinRole],
    weak: WeakPins,
}

impl<'a> Asking<'a> {
    fn about(
        words: &'a Words,
        card: &'a CardView,
        activation: &Activation,
        forbids_weak_pins: bool,
    ) -> Result<Self, Trouble> {
        let letter = activation.letter_rules(card.puk_rules);
        let settled = activation.operation().zip(letter);
        let (operation, letter) = settled.ok_or(Trouble::LetterUnclear)?;
        Ok(Self {
            words,
            card,
            regime: activation.regime,
            operation,
            letter,
            remaining: activation.remaining(),
            weak: WeakPins::on(card, forbids_weak_pins),
        })
    }

    /// Tells what is left of the code at stake, and asks for the consent where it takes one.
    fn consent(&self, last_try: bool, source: &mut Source<'_>) -> Result<Consent, Stop> {
        let states = &self.card.states;
        let (code, risk) = match *self.remaining {
            [role] => {
                let code = at_stake(self.operation, role);
                (code, Risk::of(code, states))
            }
            _ => Risk::of_both(self.operation, states),
        };
        if states.of(code) == PinState::Locked {
            return Err(self.refused(Refusal::Locked { code }));
        }
        if let Source::Person(terminal) = source {
            terminal.say(&format!("{}\n", state_line(self.words, self.card, code)))?;
        }
        consent(self.words, last_try, (code, risk), states, source).map_err(|denied| match denied {
            Denied::Unasked(refusal) => self.refused(refusal),
            Denied::Trouble(trouble) => trouble.into(),
        })
    }

    /// The code of the letter and every new PIN, in the order in which the manual has them.
    fn work(&self, source: &mut Source<'_>) -> Result<Work, Stop> {
        let mut slips = 0;
        let letter = self.letter(source, &mut slips)?;
        let made = match *self.remaining {
            [role] => {
                let (new, repeated) = self.new_pin(role, &letter, None, source, &mut slips)?;
                let request = match self.operation {
                    Operation::Unlock => PinRequest::unlock(role, letter, new, &repeated),
                    _ => PinRequest::change(role, letter, new, &repeated),
                };
                request
                    .map(|request| Work::One(request.activating()))
                    .map_err(|problem| (role, problem))
            }
            [first, second] => {
                let mut new_pin = |role, other: Option<&NewPin>| -> Result<NewPin, Stop> {
                    let other = other.map(NewPin::pin);
                    let (new, repeated) = self.new_pin(role, &letter, other, source, &mut slips)?;
                    NewPin::new(new, &repeated).map_err(|problem| self.slip(role, problem))
                };
                let pin1 = new_pin(first, None)?;
                let pin2 = new_pin(second, Some(&pin1))?;
                let pair = match self.operation {
                    Operation::Unlock => PinPair::unlock(letter, pin1, pin2),
                    _ => PinPair::change(letter, pin1, pin2),
                };
                pair.map(|pair| Work::Both(pair.activating()))
            }
            _ => return Err(Trouble::NoLongerWaiting.into()),
        };
        made.map_err(|(code, problem)| self.slip(code, problem))
    }

    /// The code of the letter, with the number of digits that such a code has.
    fn letter(&self, source: &mut Source<'_>, slips: &mut usize) -> Result<Pin, Trouble> {
        let (own, cards) = (self.words.own(), &self.words.cards);
        let name = cards.letter_code(self.regime);
        let rules = cards.rules(PinRole::Unblocking, &self.letter, false);
        let question = fl!(own, "ask-current", name = name, rules = rules);
        loop {
            let typed = match source {
                Source::Person(terminal) => terminal.secret(&question),
                Source::Lines { lines, .. } => lines.next(),
            };
            match typed {
                Ok(code) if self.letter.check_entered(&code).is_ok() => return Ok(code),
                Ok(_) | Err(EntryError::Digits(_)) => {}
                Err(error) => return Err(error.into()),
            }
            let Source::Person(terminal) = source else {
                return Err(Trouble::LetterCode {
                    regime: self.regime,
                });
            };
            let sentence = cards.letter_with(self.regime);
            terminal.say(&format!("{sentence} {}\n", fl!(own, "not-sent")))?;
            *slips += 1;
            if *slips >= SLIPS {
                return Err(Trouble::ThreeSlips);
            }
        }
    }

    fn new_pin(
        &self,
        role: PinRole,
        letter: &Pin,
        other: Option<&Pin>,
        source: &mut Source<'_>,
        slips: &mut usize,
    ) -> Result<(Pin, Pin), Stop> {
        let Some(rules) = self.card.rules(role) else {
            return Err(self.refused(Refusal::NotPossible { code: role }));
        };
        let questions = Questions {
            words: self.words,
            operation: self.operation,
            role,
            rules,
            puk_rules: self.card.puk_rules,
            weak: &self.weak,
        };
        let typed = questions.ask_new(source, letter, other, slips);
        typed.map_err(|broken| match broken {
            Broken::Entry { code, problem } => self.slip(code, problem),
            Broken::Trouble(trouble) => trouble.into(),
        })
    }

    fn slip(&self, code: PinRole, problem: EntryProblem) -> Stop {
        self.refused(Refusal::Entry { code, problem })
    }

    fn refused(&self, refusal: Refusal) -> Stop {
        let first = self.remaining.first().copied();
        let first = first.unwrap_or(PinRole::Authentication);
        stopped_by(self.operation, first, self.card, refusal)
    }
}

fn tell_both(session: &mut Session<'_, '_>, card: &CardView, outcome: &PairOutcome) -> Exit {
    let mut message = session.words.cards.pair(outcome, card.kind);
    message.detail.insert(0, card_line(session.words, card));
    write(session, &message, Exit::of_outcome(outcome.last()))
}
