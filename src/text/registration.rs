//! Whether programs load the card module, and what to do when one does not.

use i18n_embed_fl::fl;
use siru_browser::{Program, ReadError, Registration, Sandbox, Scope, State};

use crate::catalogue::Texts;

impl Texts {
    /// Where a registration stands: the program, and whose part of it.
    pub fn registration_place(&self, registration: &Registration) -> String {
        let loader = self.loader();
        let names = registration.names.join(", ");
        match (registration.program, registration.scope) {
            (Program::Firefox | Program::Chromium, _)
                if matches!(registration.state, State::Unreachable(_)) =>
            {
                names
            }
            (Program::P11Kit, Scope::System) => fl!(loader, "place-p11-kit-system"),
            (Program::P11Kit, Scope::User) => fl!(loader, "place-p11-kit-user"),
            (Program::Firefox, Scope::System) => fl!(loader, "place-firefox-policy"),
            (Program::Firefox, Scope::User) if names.is_empty() => {
                fl!(loader, "place-firefox-user")
            }
            (Program::Firefox, Scope::User) => {
                fl!(loader, "place-firefox-profile", name = names)
            }
            (Program::Chromium, _) if names.is_empty() => fl!(loader, "place-chromium"),
            (Program::Chromium, _) => names,
        }
    }

    /// How the module stands there, in a few words.
    pub fn registration_state(&self, state: &State) -> String {
        let loader = self.loader();
        match state {
            State::Registered => fl!(loader, "registration-registered"),
            State::Outdated { .. } => fl!(loader, "registration-outdated"),
            State::Twice => fl!(loader, "registration-twice"),
            State::ForEveryone => fl!(loader, "registration-for-everyone"),
            State::ByPolicy => fl!(loader, "registration-by-policy"),
            State::ThroughP11Kit => fl!(loader, "registration-through-p11-kit"),
            State::ThroughWindows => fl!(loader, "registration-through-windows"),
            State::NoMinidriver => fl!(loader, "registration-no-minidriver"),
            State::Limited => fl!(loader, "registration-limited"),
            State::NotRegistered => fl!(loader, "registration-none"),
            State::NoProfile => fl!(loader, "registration-no-profile"),
            State::Ignored => fl!(loader, "registration-ignored"),
            State::Unreachable(Sandbox::Snap) => {
                fl!(loader, "registration-unreachable", sandbox = "Snap")
            }
            State::Unreachable(Sandbox::Flatpak) => {
                fl!(loader, "registration-unreachable", sandbox = "Flatpak")
            }
            State::Unreadable(_) => fl!(loader, "registration-unreadable"),
            State::NotInstalled => fl!(loader, "registration-not-installed"),
        }
    }

    /// What a person should know about a registration beside its state, and what to do about it.
    pub fn registration_advice(&self, registration: &Registration) -> Vec<String> {
        let loader = self.loader();
        let mut advice = Vec::new();
        match &registration.state {
            State::Outdated { path } => advice.push(fl!(
                loader,
                "registration-outdated-detail",
                path = path.display().to_string()
            )),
            State::Twice => advice.push(fl!(loader, "registration-twice-detail")),
            State::ThroughWindows => {
                advice.push(fl!(loader, "registration-through-windows-detail"));
            }
            State::NoMinidriver => {
                advice.push(fl!(loader, "registration-no-minidriver-detail"));
            }
            State::Limited => advice.push(fl!(loader, "registration-limited-detail")),
            State::NoProfile => advice.push(fl!(loader, "registration-no-profile-detail")),
            State::Ignored => advice.push(fl!(loader, "registration-ignored-detail")),
            State::Unreachable(_) => {
                advice.push(fl!(loader, "registration-unreachable-detail"));
                advice.push(match registration.program {
                    Program::Firefox => fl!(loader, "registration-unreachable-firefox"),
                    Program::Chromium | Program::P11Kit => {
                        fl!(loader, "registration-unreachable-chromium")
                    }
                });
            }
            State::Unreadable(error) => advice.push(match error {
                ReadError::Io(kind) => fl!(
                    loader,
                    "registration-unreadable-detail",
                    reason = kind.to_string()
                ),
                ReadError::NotText => fl!(loader, "registration-not-text"),
                ReadError::NotJson => fl!(loader, "registration-not-json"),
                ReadError::NotPolicies => fl!(loader, "registration-not-policies"),
            }),
            _ => {}
        }
        for other in &registration.neighbours {
            let path = other.display().to_string();
            advice.push(fl!(loader, "registration-neighbour", path = path));
        }
        advice
    }
}
