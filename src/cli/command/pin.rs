//! `siru check`, `change` and `unlock`: look, ask, connect again, perform once.

use i18n_embed_fl::fl;
use siru_apdu::{ReaderError, ReaderName, Readers};
use siru_card::{
    Access, Answer, Consent, FineidCard, Operation, PinOutcome, PinRequest, PinRole, PinState,
    Purpose, Refusal, Risk, TryUse, at_stake,
};
use siru_text::Message;

use super::Session;
use super::consent::{Denied, consent};
use super::secrets::{Broken, Questions, Source, WeakPins};
use crate::args::PinAction;
use crate::choose::{Chosen, choose};
use crate::connector::Connector;
use crate::exit::Exit;
use crate::survey::{CardView, Depth, shown};
use crate::trouble::Trouble;
use crate::words::Words;

/// Why nothing was sent: with an outcome that says so, or before there could be one.
pub(super) enum Stop {
    Refused(Box<PinOutcome>),
    Trouble(Trouble),
}

impl<T: Into<Trouble>> From<T> for Stop {
    fn from(trouble: T) -> Self {
        Self::Trouble(trouble.into())
    }
}

pub(super) fn perform(session: &mut Session<'_, '_>, action: PinAction) -> Result<Exit, Trouble> {
    let chosen = choose(session.readers, &action.choice, Depth::Holder)?;
    session.worked_on = Some(chosen.reader.clone());
    let asked = refuse_early(&action, &chosen.card).and_then(|()| ask(session, &action, &chosen));
    // From there to the second connection nothing held the card: a person may take their time.
    let (request, consent) = match asked {
        Ok(asked) => asked,
        Err(Stop::Trouble(trouble)) => return Err(trouble),
        Err(Stop::Refused(outcome)) => return Ok(ended_early(session, &chosen.card, &outcome)),
    };
    let mut card = connect_again(session.readers, &chosen.reader)?;
    // From here on there is no deadline: whatever becomes of the code, it is waited for and told.
    let outcome = card.perform(request, &chosen.card.identity, consent);
    drop(card);
    let exit = Exit::of_outcome(&outcome);
    Ok(tell(session, &chosen.card, &outcome, exit))
}

/// Tells an outcome of which nothing was sent.
pub(super) fn ended_early(
    session: &mut Session<'_, '_>,
    card: &CardView,
    outcome: &PinOutcome,
) -> Exit {
    let exit = match Exit::of_outcome(outcome) {
        Exit::Failure => Exit::Refused,
        lock_or_refusal => lock_or_refusal,
    };
    tell(session, card, outcome, exit)
}

/// The card as it is now, if it lets us in before the deadline. Nothing is presented.
pub(super) fn connect_again(
    connector: &Connector,
    reader: &ReaderName,
) -> Result<FineidCard, Trouble> {
    let reader = reader.clone();
    let work = move |mut readers: Box<dyn Readers>| -> Result<FineidCard, Trouble> {
        let mut card = FineidCard::open(readers.connect(&reader)?)?;
        // The kind decides the lengths that are checked once more.
        if let Err(error) = card.certificate(Purpose::Authentication) {
            log::warn!("the certificate cannot be read: {error}");
        }
        Ok(card)
    };
    let opened = connector.in_time(vec![work]).pop().flatten();
    opened.unwrap_or(Err(Trouble::Reader(ReaderError::Busy)))
}

/// What would be refused whatever is typed is refused before anybody types.
fn refuse_early(action: &PinAction, card: &CardView) -> Result<(), Stop> {
    if let Access::ReadOnly(reason) = card.access {
        return Err(refused(action, card, Refusal::ReadOnly(reason)));
    }
    let code = at_stake(action.operation, action.role);
    match card.states.of(code) {
        PinState::Locked => Err(refused(action, card, Refusal::Locked { code })),
        // The PIN does not exist yet. Where an activation PIN stands in for it, tries are counted.
        PinState::NotActivated { tries_left: None } => {
            let (operation, role) = (action.operation, action.role);
            Err(stopped(operation, role, card, Answer::NotUsable { code }))
        }
        _ => Ok(()),
    }
}

fn ask(
    session: &mut Session<'_, '_>,
    action: &PinAction,
    chosen: &Chosen,
) -> Result<(PinRequest, Consent), Stop> {
    let (words, card) = (session.words, &chosen.card);
    let mut source = Source::open(
        action.pin_file.as_ref(),
        &mut *session.terminal,
        &mut *session.standard_input,
    )?;
    if let Source::Person(terminal) = &mut source {
        terminal.say(&introduction(words, action.operation, action.role, chosen))?;
    }
    let code = at_stake(action.operation, action.role);
    let risk = (code, Risk::of(code, &card.states));
    let consent =
        consent(words, action.last_try, risk, &card.states, &mut source).map_err(|denied| {
            match denied {
                Denied::Unasked(refusal) => refused(action, card, refusal),
                Denied::Trouble(trouble) => trouble.into(),
            }
        })?;
    let Some(rules) = card.rules(action.role) else {
        // No directory and no generation names this PIN.
        return Err(refused(
            action,
            card,
            Refusal::NotPossible { code: action.role },
        ));
    };
    let questions = Questions {
        words,
        operation: action.operation,
        role: action.role,
        rules,
        puk_rules: card.puk_rules,
        weak: &WeakPins::on(card, session.forbids_weak_pins),
    };
    let request = questions.ask(&mut source).map_err(|broken| match broken {
        Broken::Entry { code, problem } => refused(action, card, Refusal::Entry { code, problem }),
        Broken::Trouble(trouble) => Stop::Trouble(trouble),
    })?;
    for remark in source.remarks() {
        session.output.remark(remark);
    }
    Ok((request, consent))
}

/// Whose card it is, which PIN, and what is left: before anything is asked.
pub(super) fn introduction(
    words: &Words,
    operation: Operation,
    role: PinRole,
    chosen: &Chosen,
) -> String {
    let card = &chosen.card;
    let mut text = heading(words, chosen);
    let mut codes = vec![role];
    if operation == Operation::Unlock {
        codes.push(PinRole::Unblocking);
    }
    for code in codes {
        text.push_str(&format!("{}\n", state_line(words, card, code)));
    }
    let is_activation_pin = card.states.of(role).is_activation_pin();
    if operation != Operation::Unlock && is_activation_pin {
        text.push_str(&format!("  → {}\n", fl!(words.own(), "activate-next")));
    }
    if operation == Operation::Unlock && is_activation_pin {
        text.push_str(&format!("{}\n", words.cards.activation_pin_is_not_puk()));
        let activate = fl!(words.own(), "unlock-activate-instead");
        text.push_str(&format!("  → {activate}\n"));
    }
    text
}

/// Whose card it is, of which kind, and where.
pub(super) fn heading(words: &Words, chosen: &Chosen) -> String {
    let (card, kind) = (&chosen.card, words.cards.kind(chosen.card.kind));
    format!(
        "{}\n{kind} ({})\n",
        card_line(words, card),
        shown(&chosen.reader)
    )
}

/// A code and what is left of it.
pub(super) fn state_line(words: &Words, card: &CardView, code: PinRole) -> String {
    let state = card.states.of(code);
    let state = words.cards.state(code, state, card.max_tries(code));
    format!("{}: {state}", words.cards.role(code))
}

pub(super) fn card_line(words: &Words, card: &CardView) -> String {
    let own = words.own();
    let holder = card.holder().map(ToString::to_string);
    fl!(
        own,
        "outcome-card",
        holder = holder.unwrap_or_else(|| fl!(own, "list-name-unknown")),
        serial = card
            .short_serial()
            .unwrap_or_else(|| fl!(own, "serial-unknown"))
    )
}

fn refused(action: &PinAction, card: &CardView, refusal: Refusal) -> Stop {
    stopped_by(action.operation, action.role, card, refusal)
}

/// That nothing is sent, and why.
pub(super) fn stopped_by(
    operation: Operation,
    role: PinRole,
    card: &CardView,
    refusal: Refusal,
) -> Stop {
    stopped(operation, role, card, Answer::NotSent(refusal))
}

fn stopped(operation: Operation, role: PinRole, card: &CardView, answer: Answer) -> Stop {
    Stop::Refused(Box::new(PinOutcome {
        operation,
        role,
        answer,
        try_use: TryUse::NotUsed,
        before: Some(card.states),
        after: None,
        may_stay_verified: false,
    }))
}

/// Tells an outcome, with the way out as this program has it.
pub(super) fn tell(
    session: &mut Session<'_, '_>,
    card: &CardView,
    outcome: &PinOutcome,
    exit: Exit,
) -> Exit {
    let (words, own) = (session.words, session.words.own());
    let mut message = words.cards.outcome(outcome, card.kind);
    message.detail.insert(0, card_line(words, card));
    match outcome.answer {
        Answer::NotSent(Refusal::ConsentNeeded { .. }) => {
            message.next_step = Some(fl!(own, "last-try-next"));
        }
        Answer::NotUsable { code } if code != PinRole::Unblocking => {
            message.next_step = Some(fl!(own, "activate-next"));
        }
        _ => {}
    }
    write(session, &message, exit)
}

/// A message where it belongs: results to standard output, everything else beside them.
pub(super) fn write(session: &mut Session<'_, '_>, message: &Message, exit: Exit) -> Exit {
    if exit == Exit::Done {
        // The work is done, whether or not its telling succeeds.
        if let Err(error) = session.output.told(message) {
            log::warn!("the result cannot be written: {error}");
        }
    } else {
        session.output.warned(message);
    }
    exit
}
