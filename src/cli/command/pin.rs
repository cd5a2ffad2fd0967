//! `siru check`, `change` and `unlock`: look, ask, connect again, perform once.

use i18n_embed_fl::fl;
use siru_apdu::{ReaderError, ReaderName, Readers};
use siru_card::{
    Access, Answer, Consent, FineidCard, Operation, PinOutcome, PinRequest, PinRole, PinState,
    Purpose, Refusal, Risk, TryUse, at_stake,
};

use super::Session;
use super::secrets::{Broken, Questions, Source};
use crate::args::PinAction;
use crate::choose::{Chosen, choose};
use crate::connector::Connector;
use crate::exit::Exit;
use crate::output::layout;
use crate::prompt::{EntryError, Terminal};
use crate::survey::{CardView, Depth, shown};
use crate::trouble::Trouble;
use crate::words::Words;

/// Why nothing was sent: with an outcome that says so, or before there could be one.
enum Stop {
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
        Err(Stop::Refused(outcome)) => {
            let exit = match Exit::of_outcome(&outcome) {
                Exit::Failure => Exit::Refused,
                lock_or_refusal => lock_or_refusal,
            };
            return Ok(tell(session, &chosen.card, &outcome, exit));
        }
    };
    let mut card = connect_again(session.readers, &chosen.reader)?;
    // From here on there is no deadline: whatever becomes of the code, it is waited for and told.
    let outcome = card.perform(request, &chosen.card.identity, consent);
    drop(card);
    let exit = Exit::of_outcome(&outcome);
    Ok(tell(session, &chosen.card, &outcome, exit))
}

/// The card as it is now, if it lets us in before the deadline. Nothing is presented.
fn connect_again(connector: &Connector, reader: &ReaderName) -> Result<FineidCard, Trouble> {
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
            Err(stopped(action, card, Answer::NotUsable { code }))
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
    let consent = consent(words, action, card, &mut source)?;
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
    };
    questions
        .ask(&mut source)
        .map(|request| (request, consent))
        .map_err(|broken| match broken {
            Broken::Entry { code, problem } => {
                refused(action, card, Refusal::Entry { code, problem })
            }
            Broken::Trouble(trouble) => Stop::Trouble(trouble),
        })
}

/// Whose card it is, which PIN, and what is left: before anything is asked.
pub(super) fn introduction(
    words: &Words,
    operation: Operation,
    role: PinRole,
    chosen: &Chosen,
) -> String {
    let card = &chosen.card;
    let mut text = format!("{}\n", card_line(words, card));
    text.push_str(&format!(
        "{} ({})\n",
        words.cards.kind(card.kind),
        shown(&chosen.reader)
    ));
    let mut codes = vec![role];
    if operation == Operation::Unlock {
        codes.push(PinRole::Unblocking);
    }
    for code in codes {
        let state = words
            .cards
            .state(code, card.states.of(code), card.max_tries(code));
        text.push_str(&format!("{}: {state}\n", words.cards.role(code)));
    }
    let is_activation_pin = card.states.of(role).is_activation_pin();
    if operation == Operation::Unlock && is_activation_pin {
        text.push_str(&format!("{}\n", words.cards.activation_pin_is_not_puk()));
        text.push_str(&format!("  → {}\n", change_instead(words, role)));
    }
    text
}

/// The command that takes an activation PIN.
fn change_instead(words: &Words, role: PinRole) -> String {
    let pin = if role == PinRole::Signature { "2" } else { "1" };
    fl!(words.own(), "unlock-change-instead", pin = pin)
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

/// What the person accepts: nothing beyond the ordinary, unless a wrong entry would bring about more.
fn consent(
    words: &Words,
    action: &PinAction,
    card: &CardView,
    source: &mut Source<'_>,
) -> Result<Consent, Stop> {
    let code = at_stake(action.operation, action.role);
    let tries_left = card.states.of(code).tries_left();
    let risk = Risk::of(code, &card.states);
    if action.last_try {
        return Ok(Consent::All);
    }
    if risk == Risk::None {
        return Ok(Consent::Ordinary);
    }
    let Source::Person(terminal) = source else {
        return Err(refused(
            action,
            card,
            Refusal::ConsentNeeded {
                code,
                risk,
                tries_left,
            },
        ));
    };
    terminal.say(&layout(&words.cards.risk(code, risk, tries_left)))?;
    if accepts(words, *terminal, risk.wants_word(code))? {
        Ok(Consent::Accepted(risk))
    } else {
        Err(Trouble::NotConfirmed.into())
    }
}

fn accepts(words: &Words, terminal: &mut dyn Terminal, for_good: bool) -> Result<bool, EntryError> {
    let own = words.own();
    if for_good {
        let typed = terminal.answer(&fl!(own, "ask-word"))?;
        return Ok(typed.to_uppercase() == words.cards.typed_word());
    }
    let typed = terminal.answer(&fl!(own, "ask-go-on"))?.to_lowercase();
    // Only the letter that was offered, or its word. Words of refusal begin with the same letter:
    // the Finnish "keskeytä" is no "kyllä".
    Ok(typed == fl!(own, "answer-yes") || typed == fl!(own, "answer-yes-word"))
}

fn refused(action: &PinAction, card: &CardView, refusal: Refusal) -> Stop {
    stopped(action, card, Answer::NotSent(refusal))
}

fn stopped(action: &PinAction, card: &CardView, answer: Answer) -> Stop {
    Stop::Refused(Box::new(PinOutcome {
        operation: action.operation,
        role: action.role,
        answer,
        try_use: TryUse::NotUsed,
        before: Some(card.states),
        after: None,
        may_stay_verified: false,
    }))
}

fn tell(session: &mut Session<'_, '_>, card: &CardView, outcome: &PinOutcome, exit: Exit) -> Exit {
    let mut message = session.words.cards.outcome(outcome, card.kind);
    message.detail.insert(0, card_line(session.words, card));
    if matches!(
        outcome.answer,
        Answer::NotSent(Refusal::ConsentNeeded { .. })
    ) {
        message.next_step = Some(fl!(session.words.own(), "last-try-next"));
    }
    if exit == Exit::Done {
        // The work is done, whether or not its telling succeeds.
        if let Err(error) = session.output.told(&message) {
            log::warn!("the result cannot be written: {error}");
        }
    } else {
        session.output.warned(&message);
    }
    exit
}
