//! How messages change the log-in test, and what is to be done about them.

use std::time::Instant;

use siru_apdu::ReaderName;
use siru_card::{PinRole, PinState};
use siru_login::{BrokenLink, Registration, Verdict};

use super::{Command, LoginOrder, LoginPhase, LoginTest, Model, Reader, Told};

/// Opens the test of the card in `reader`, in the place of the form.
pub(super) fn open(model: &mut Model, reader: ReaderName, now: Instant) -> Vec<Command> {
    if model.is_held(now) {
        return Vec::new();
    }
    let Some(card) = model.reader(&reader).and_then(Reader::card) else {
        return Vec::new();
    };
    let test = LoginTest::open(reader, card);
    model.form = None;
    let earlier = model.login.replace(test);
    earlier
        .map(|_| Command::EndBrowserTest)
        .into_iter()
        .collect()
}

/// Hands PIN1 over, once: the field is empty afterwards.
pub(super) fn by_module(model: &mut Model, now: Instant) -> Option<Command> {
    let ticket = model.last_ticket + 1;
    let test = model.login.as_ref()?;
    let card = model.reader(&test.reader)?.card()?;
    if !test.can_submit(card) || model.running_at(&test.reader).is_some() || model.demo {
        return None;
    }
    let seen = card.leaf.clone()?;
    let test = model.login.as_mut()?;
    let pin = test.entered.take();
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
    test.told = Some(Told {
        verdict,
        registration,
    });
    let reader = test.reader.clone();
    model.leaving &= model.is_running();
    let again = model
        .readable()
        .find(|found| found.name == reader)
        .map(|found| Command::Look {
            reader: found.name.clone(),
            generation: found.generation,
        });
    again.into_iter().collect()
}

/// Whoever reads the verdict on a wrong PIN is told the counter as soon as the card was read again;
/// the module does not tell it.
pub(super) fn counted(model: &mut Model, reader: &ReaderName) {
    let Some(test) = model.login.as_ref().filter(|test| test.reader == *reader) else {
        return;
    };
    let Some(card) = model.reader(reader).and_then(Reader::card) else {
        return;
    };
    if !test.is_about(card) {
        return;
    }
    let state = card.state(PinRole::Authentication);
    let told = model.login.as_mut().and_then(|test| test.told.as_mut());
    if let Some(told) = told
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
