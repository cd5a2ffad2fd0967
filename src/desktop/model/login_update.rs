//! How messages change the log-in test, and what is to be done about them.

use std::time::Instant;

use siru_apdu::ReaderName;
use siru_card::{PinRole, PinState};
use siru_login::{BrokenLink, Registration, Verdict};

use super::login::Tested;
use super::{
    Command, Content, LoginOrder, LoginPhase, LoginTest, LookError, Model, Reader, Service, Told,
};

/// Opens the test of the card in `reader`, or one without a card, in the place of the form.
pub(super) fn open(model: &mut Model, reader: Option<ReaderName>, now: Instant) -> Vec<Command> {
    if model.is_held(now) {
        return Vec::new();
    }
    let about = match reader {
        None => None,
        Some(reader) => match model.reader(&reader).and_then(Reader::card) {
            None => return Vec::new(),
            Some(card) => Some(Tested::new(reader, card)),
        },
    };
    let commands = leave(model);
    model.form = None;
    model.login = Some(LoginTest::open(about));
    commands
}

/// Takes the test away; nobody waits for a browser any more.
pub(super) fn leave(model: &mut Model) -> Vec<Command> {
    let earlier = model.login.take();
    let ended = earlier.map(|_| Command::EndBrowserTest);
    ended.into_iter().collect()
}

/// Why a test without a card can only be one in the browser; `None` while a reader is being looked
/// at.
pub(super) fn missing(model: &Model) -> Option<BrokenLink> {
    match model.service {
        Service::Starting => return None,
        Service::Failed(_) => return Some(BrokenLink::NoService),
        Service::Running if model.readers.is_empty() => return Some(BrokenLink::NoReader),
        Service::Running => {}
    }
    let mut link = BrokenLink::NoCard;
    for reader in &model.readers {
        match &reader.content {
            Content::Looking(_) => return None,
            Content::Failed(LookError::Open(_)) => link = BrokenLink::UnknownCard,
            _ => {}
        }
    }
    Some(link)
}

/// Hands PIN1 over, once: the field is empty afterwards.
pub(super) fn by_module(model: &mut Model, now: Instant) -> Option<Command> {
    let ticket = model.last_ticket + 1;
    let test = model.login.as_ref()?;
    let about = test.about.as_ref()?;
    let card = model.reader(&about.reader)?.card()?;
    if !test.can_submit(card, &model.shield)
        || model.running_at(&about.reader).is_some()
        || model.demo
    {
        return None;
    }
    let seen = card.leaf.clone()?;
    let code = PinRole::Authentication;
    let before = card.state(code).tries_left();
    let marks = model
        .shield
        .mark_presented(&card.identity, code, test.entered.pin());
    let test = model.login.as_mut()?;
    let pin = test.entered.take();
    test.marks = Some(marks);
    test.before = before;
    test.phase = LoginPhase::Module { ticket, since: now };
    test.told = None;
    model.last_ticket = ticket;
    Some(Command::LogInByModule(Box::new(LoginOrder {
        ticket,
        pin,
        seen,
    })))
}

pub(super) fn by_browser(model: &mut Model) -> Option<Command> {
    let (ticket, language) = (model.last_ticket + 1, model.language);
    if model.demo {
        return None;
    }
    let test = model
        .login
        .as_mut()
        .filter(|test| test.phase == LoginPhase::Ready)?;
    // PIN1 is typed in the browser; what was begun here is not left behind.
    test.entered.clear();
    test.told = None;
    test.phase = LoginPhase::Browser {
        ticket,
        address: None,
    };
    model.last_ticket = ticket;
    Some(Command::LogInByBrowser { ticket, language })
}

pub(super) fn awaited(model: &mut Model, ticket: u64, at: String) {
    if let Some(test) = model.login.as_mut().filter(|test| test.waits_for(ticket))
        && let LoginPhase::Browser { address, .. } = &mut test.phase
    {
        *address = Some(at);
    }
}

/// Shows the verdict, and has the card read anew: its counter may have changed.
pub(super) fn told(
    model: &mut Model,
    ticket: u64,
    verdict: Box<Verdict>,
    registration: Registration,
) -> Vec<Command> {
    let Some(test) = model.login.as_mut().filter(|test| test.waits_for(ticket)) else {
        return Vec::new();
    };
    test.phase = LoginPhase::Ready;
    test.wants_focus = true;
    let marks = test.marks.take();
    let right = is_right(&verdict);
    test.told = Some(Told {
        verdict,
        registration,
        tries: None,
    });
    let seen = test.about.clone();
    let reader = seen.as_ref().map(|about| about.reader.clone());
    // A card that left meanwhile may come back with another PIN.
    let there = seen.is_some_and(|about| {
        let card = model.reader(&about.reader).and_then(Reader::card);
        card.is_some_and(|card| card.identity == about.identity)
    });
    if let (Some(marks), Some(right), true) = (marks, right, there) {
        model.shield.learn_presented(marks, right);
        if let Some(reader) = model
            .readers
            .iter_mut()
            .find(|found| Some(&found.name) == reader.as_ref())
        {
            reader.success_elsewhere = right;
        }
    }
    model.leaving &= model.is_running();
    let again = model
        .readable()
        .find(|found| Some(&found.name) == reader.as_ref())
        .map(|found| Command::Look {
            reader: found.name.clone(),
            generation: found.generation,
        });
    again.into_iter().collect()
}

/// Whether the card took PIN1; `None` when it was not asked, or the verdict does not tell.
const fn is_right(verdict: &Verdict) -> Option<bool> {
    match verdict {
        Verdict::LoggedIn(_) => Some(true),
        Verdict::Broken {
            link: BrokenLink::WrongPin { .. },
            ..
        } => Some(false),
        Verdict::Broken { .. } => None,
    }
}

/// A card was read. A test that had none is about it from now on: its holder stands above the field
/// before anybody types. One that is about it learns its holder and its counter.
pub(super) fn looked(model: &mut Model, reader: &ReaderName) {
    let Some(card) = model.reader(reader).and_then(Reader::card) else {
        return;
    };
    let state = card.state(PinRole::Authentication);
    let seen = Tested::new(reader.clone(), card);
    let Some(test) = model.login.as_mut() else {
        return;
    };
    match &mut test.about {
        None => {
            test.about = Some(seen);
            test.wants_focus = true;
        }
        Some(about) if about.reader == seen.reader && about.identity == seen.identity => {
            about.holder = seen.holder;
            counted(test, state);
            if let Some(told) = test.told.as_mut()
                && let (Some(before), Some(after)) = (test.before.take(), state.tries_left())
            {
                told.tries = Some((before, after));
            }
        }
        Some(_) => {}
    }
}

/// Whoever reads the verdict on a wrong PIN is told the counter as soon as the card was read again;
/// the module does not tell it.
fn counted(test: &mut LoginTest, state: PinState) {
    if let Some(told) = test.told.as_mut()
        && let Verdict::Broken { link, .. } = told.verdict.as_mut()
        && *link == (BrokenLink::WrongPin { tries_left: None })
    {
        *link = match state {
            PinState::Locked => BrokenLink::PinLocked,
            state => BrokenLink::WrongPin {
                tries_left: state.tries_left().map(|tries| tries.0),
            },
        };
    }
}
