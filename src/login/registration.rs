//! Which browsers know the module: without that no browser finds the card.

use std::path::Path;

use siru_browser::{Machine, Module, Program, Registration as Place, Scope, State, survey};

use crate::verdict::{BrokenLink, Verdict};

/// Which browsers know the module. Empty where there is no browser, and where it cannot be found out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Registration {
    /// Where browsers are set up to load it.
    pub with: Vec<Place>,
    /// Where browsers do not get it.
    pub without: Vec<Place>,
}

impl Registration {
    /// What is known of it after a browser came: one that presented a certificate loads some module,
    /// even when none was found that loads this one.
    #[must_use]
    pub fn after(self, verdict: &Verdict) -> Self {
        if self.with.is_empty() && verdict.presented().is_some() {
            Self::default()
        } else {
            self
        }
    }

    /// Looks where the browsers of this machine look for `module`.
    pub fn of(machine: &Machine, module: &Path) -> Self {
        let module = std::path::absolute(module).map(|path| Module::at(&path));
        let Ok(Ok(module)) = module else {
            return Self::default();
        };
        let (mut answer, mut database_seen) = (Self::default(), false);
        // p11-kit alone brings it to no browser.
        let found = survey(machine, &module);
        for place in found
            .into_iter()
            .filter(|one| one.program != Program::P11Kit)
        {
            match place.state {
                State::Registered
                | State::Twice
                | State::ForEveryone
                | State::ByPolicy
                | State::ThroughP11Kit
                | State::ThroughWindows => answer.with.push(place),
                State::Unreachable(_) => answer.without.push(place),
                // Windows has such a browser, whether its place is known or not.
                State::NoMinidriver => answer.without.push(place),
                State::NotRegistered | State::Outdated { .. } | State::NoProfile => {
                    let counts = match (place.program, place.scope) {
                        // The policy is a way to the profiles, not a browser.
                        (Program::Firefox, scope) => scope == Scope::User,
                        // A database may be there without a browser, or beside the one in use.
                        _ => !place.names.is_empty() && !database_seen,
                    };
                    database_seen |= place.program == Program::Chromium;
                    if counts {
                        answer.without.push(place);
                    }
                }
                State::Limited | State::Ignored | State::Unreadable(_) | State::NotInstalled => {}
            }
        }
        answer
    }

    /// Whether any browser is set up to load it. `None`: there is none, or it could not be found out.
    pub const fn is_known(&self) -> Option<bool> {
        match (self.with.is_empty(), self.without.is_empty()) {
            (false, _) => Some(true),
            (true, false) => Some(false),
            (true, true) => None,
        }
    }

    /// What concerns the browsers of one family; everything when the family is not known.
    #[must_use]
    pub fn of_program(&self, program: Option<Program>) -> Self {
        let of_family = |places: &[Place]| {
            let places = places.iter();
            let meant = places.filter(|one| program.is_none_or(|program| one.program == program));
            meant.cloned().collect()
        };
        Self {
            with: of_family(&self.with),
            without: of_family(&self.without),
        }
    }

    /// The verdict on a log-in by this process, as it is for the browsers of the machine: where none
    /// of them knows the module, that link is broken. A machine without browsers needs none.
    #[must_use]
    pub fn applied_to(&self, verdict: Verdict) -> Verdict {
        match verdict {
            Verdict::LoggedIn(presented) if self.is_known() == Some(false) => Verdict::Broken {
                link: BrokenLink::NotRegistered,
                presented: Some(presented),
            },
            verdict => verdict,
        }
    }
}
