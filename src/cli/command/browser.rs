//! `siru browser`: whether the programs of this machine load the card module, and making them.
//! No card is touched.

use std::io;
use std::path::Path;

use i18n_embed_fl::fl;
use siru_browser::{
    Change, ChangeError, Changed, Module, ModuleError, Registration, Scope, State, register,
    survey, unregister,
};

use super::Session;
use crate::args::BrowserAction;
use crate::exit::Exit;
use crate::registrations::{self, Registrations};
use crate::trouble::Trouble;
use crate::words::Words;

pub(super) fn browser(
    session: &mut Session<'_, '_>,
    action: &BrowserAction,
) -> Result<Exit, Trouble> {
    match action {
        BrowserAction::Status { json, module } => status(session, *json, module.as_deref()),
        BrowserAction::Register {
            module,
            if_allowed: true,
            ..
        } => Ok(register_if_allowed(session, module.as_deref())),
        BrowserAction::Register { scope, module, .. } => {
            let module = chosen(session, module.as_deref())?;
            let changed = register(session.machine, &module, *scope);
            told(session, &changed)
        }
        BrowserAction::Unregister { scope } => {
            // What is registered is taken away even when the module itself is gone.
            let module = Module::of(session.machine).or_else(|_| expected(session))?;
            let changed = unregister(session.machine, &module, *scope);
            told(session, &changed)
        }
    }
}

/// For the beginning of a session, where nobody is to be disturbed: what is done stands in the log.
///
/// Browsers may be running. Each file is replaced at once and looked at again before, as always; they
/// take notice when they are started the next time.
fn register_if_allowed(session: &Session<'_, '_>, module: Option<&Path>) -> Exit {
    if !session.decided.settings.browser_register.value {
        log::info!("the machine does not want the module registered (browser.register)");
        return Exit::Done;
    }
    let module = match chosen(session, module) {
        Ok(module) => module,
        Err(error) => {
            log::error!("the module cannot be registered: {error}");
            return Exit::Failure;
        }
    };
    let mut exit = Exit::Done;
    for one in register(session.machine, &module, Scope::User) {
        let place = one.registration.place.display();
        let state = registrations::state(&one.registration.state);
        match one.change {
            Ok(Change::None) => log::info!("{place}: {state}"),
            Ok(change) => log::info!("{place}: {state} ({change:?})"),
            Err(error) => {
                log::error!("{place}: {error}");
                exit = Exit::Failure;
            }
        }
    }
    exit
}

fn status(
    session: &mut Session<'_, '_>,
    json: bool,
    module: Option<&Path>,
) -> Result<Exit, Trouble> {
    let words = session.words;
    let module = match chosen(session, module) {
        Err(ModuleError::Missing) if module.is_none() => None,
        chosen => Some(chosen?),
    };
    let compared = module.clone().map_or_else(|| expected(session), Ok)?;
    let found = survey(session.machine, &compared);
    if json {
        let report = Registrations::of(module.as_ref(), &found);
        let report = serde_json::to_string_pretty(&report).map_err(io::Error::from)?;
        session.output.line(report)?;
        return Ok(Exit::Done);
    }
    session.output.line(match &module {
        Some(module) => {
            let path = module.path().display().to_string();
            fl!(words.own(), "browser-module", path = path)
        }
        None => fl!(words.own(), "module-missing"),
    })?;
    for one in &found {
        block(session, one, None)?;
    }
    Ok(Exit::Done)
}

/// The module that is named, or the one of this installation.
fn chosen(session: &Session<'_, '_>, named: Option<&Path>) -> Result<Module, ModuleError> {
    match named {
        None => Module::of(session.machine),
        Some(path) => {
            // Whoever names a file in this folder means this folder; what is written is absolute.
            let absolute = std::path::absolute(path).map_err(|_| ModuleError::Missing)?;
            Module::at(&absolute)
        }
    }
}

fn expected(session: &Session<'_, '_>) -> Result<Module, ModuleError> {
    Module::expected(session.machine)
}

/// One block for each place; 1 if any of them could not be changed.
fn told(session: &mut Session<'_, '_>, changed: &[Changed]) -> Result<Exit, Trouble> {
    let mut exit = Exit::Done;
    for one in changed {
        if one.change.is_err() {
            exit = Exit::Failure;
        }
        block(session, &one.registration, Some(&one.change))?;
    }
    Ok(exit)
}

/// A place: what it is and how it stands, where it lies, and what a person should know.
fn block(
    session: &mut Session<'_, '_>,
    found: &Registration,
    change: Option<&Result<Change, ChangeError>>,
) -> Result<(), Trouble> {
    let words = session.words;
    let done = change.and_then(|change| change_word(words, change));
    let state = words.cards.registration_state(&found.state);
    let state = done.map_or_else(|| state.clone(), |done| format!("{state} ({done})"));
    let place = words.cards.registration_place(found);
    session.output.line("")?;
    session.output.line(format_args!("{place}: {state}"))?;
    let mut lines = vec![found.place.display().to_string()];
    if let Some(Err(error)) = change {
        lines.extend(failure(words, error));
    }
    lines.extend(words.cards.registration_advice(found));
    if let (State::NotRegistered, None) = (&found.state, change) {
        lines.push(match found.scope {
            Scope::System => fl!(words.own(), "browser-register-system"),
            Scope::User => fl!(words.own(), "browser-register-user"),
        });
    }
    if found.running && matches!(change, Some(Ok(done)) if *done != Change::None) {
        lines.push(fl!(words.own(), "browser-restart"));
    }
    for line in lines {
        session.output.line(format_args!("   {line}"))?;
    }
    Ok(())
}

fn change_word(words: &Words, change: &Result<Change, ChangeError>) -> Option<String> {
    let own = words.own();
    Some(match change {
        Ok(Change::None) => return None,
        Ok(Change::Added) => fl!(own, "browser-added"),
        Ok(Change::Moved) => fl!(own, "browser-moved"),
        Ok(Change::Removed) => fl!(own, "browser-removed"),
        Err(_) => fl!(own, "browser-failed"),
    })
}

/// What the state does not say already.
fn failure(words: &Words, error: &ChangeError) -> Option<String> {
    let own = words.own();
    match error {
        ChangeError::Read(_) => None,
        ChangeError::Write(error) if error.kind() == io::ErrorKind::PermissionDenied => {
            Some(fl!(own, "browser-not-allowed"))
        }
        ChangeError::Write(error) => {
            Some(fl!(own, "write-failed-detail", reason = error.to_string()))
        }
        ChangeError::WouldHide { .. } => Some(fl!(own, "browser-would-hide")),
        ChangeError::Shipped => Some(fl!(own, "browser-shipped")),
        ChangeError::NotOurs => Some(fl!(own, "browser-not-ours")),
    }
}
