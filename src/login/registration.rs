//! Whether the person's browsers know the module: without that no browser finds the card.

use std::path::Path;

use siru_browser::{Machine, Module, Program, State, survey};

use crate::verdict::Verdict;

/// Whether the browsers know the module.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Registration {
    /// A browser is set up to load it.
    Registered,
    /// No browser is.
    NotRegistered,
    /// It could not be found out.
    #[default]
    Unknown,
}

impl Registration {
    /// What is known of it after a browser came: one that presented a certificate loads some module,
    /// even when none was found that loads this one.
    #[must_use]
    pub fn after(self, verdict: &Verdict) -> Self {
        match self {
            Self::NotRegistered if verdict.presented().is_some() => Self::Unknown,
            known => known,
        }
    }

    /// Looks where the browsers of this machine look for `module`.
    pub fn of(machine: &Machine, module: &Path) -> Self {
        let module = std::path::absolute(module).map(|path| Module::at(&path));
        let Ok(Ok(module)) = module else {
            return Self::Unknown;
        };
        let found = survey(machine, &module);
        // p11-kit alone brings it to no browser.
        let browsers = found.iter().filter(|one| one.program != Program::P11Kit);
        let mut answer = Self::Unknown;
        for browser in browsers {
            match browser.state {
                State::Registered
                | State::Twice
                | State::ForEveryone
                | State::ByPolicy
                | State::ThroughP11Kit => return Self::Registered,
                State::NotRegistered | State::Outdated { .. } | State::NoProfile => {
                    answer = Self::NotRegistered;
                }
                State::Limited
                | State::Ignored
                | State::Unreachable(_)
                | State::Unreadable(_)
                | State::NotInstalled => {}
            }
        }
        answer
    }
}
