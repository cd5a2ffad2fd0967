//! `siru browser status --json`, an interface: version 1. What is not known is `null`.

use serde::Serialize;
use siru_browser::{Module, Program, Registration, Sandbox, Scope, State};

/// Every place where the module is or could be registered.
#[derive(Debug, Serialize)]
pub(crate) struct Registrations {
    version: u8,
    /// The copy that should be registered; absent if it is not installed.
    module: Option<String>,
    programs: Vec<Place>,
}

#[derive(Debug, Serialize)]
struct Place {
    program: &'static str,
    scope: &'static str,
    place: String,
    /// The profile, or the browsers that share the place.
    names: Vec<String>,
    state: &'static str,
    /// The copy that is registered instead.
    registered: Option<String>,
    sandbox: Option<&'static str>,
    /// Modules of others for the same cards.
    neighbours: Vec<String>,
    running: bool,
}

impl Registrations {
    /// What was found.
    pub fn of(module: Option<&Module>, found: &[Registration]) -> Self {
        Self {
            version: 1,
            module: module.map(|module| module.path().display().to_string()),
            programs: found.iter().map(Place::of).collect(),
        }
    }
}

impl Place {
    fn of(found: &Registration) -> Self {
        let registered = match &found.state {
            State::Outdated { path } => Some(path.display().to_string()),
            _ => None,
        };
        let sandbox = match found.state {
            State::Unreachable(Sandbox::Snap) => Some("snap"),
            State::Unreachable(Sandbox::Flatpak) => Some("flatpak"),
            _ => None,
        };
        let neighbours = found.neighbours.iter();
        Self {
            program: match found.program {
                Program::P11Kit => "p11-kit",
                Program::Firefox => "firefox",
                Program::Chromium => "chromium",
            },
            scope: match found.scope {
                Scope::System => "system",
                Scope::User => "user",
            },
            place: found.place.display().to_string(),
            names: found.names.clone(),
            state: state(&found.state),
            registered,
            sandbox,
            neighbours: neighbours.map(|path| path.display().to_string()).collect(),
            running: found.running,
        }
    }
}

pub(crate) const fn state(state: &State) -> &'static str {
    match state {
        State::Registered => "registered",
        State::Outdated { .. } => "outdated",
        State::Twice => "twice",
        State::ForEveryone => "for-everyone",
        State::ByPolicy => "by-policy",
        State::ThroughP11Kit => "through-p11-kit",
        State::ThroughWindows => "through-windows",
        State::NoMinidriver => "no-minidriver",
        State::Limited => "limited",
        State::NotRegistered => "not-registered",
        State::NoProfile => "no-profile",
        State::Ignored => "ignored",
        State::Unreachable(_) => "unreachable",
        State::Unreadable(_) => "unreadable",
        State::NotInstalled => "not-installed",
    }
}
