//! Places and states of registrations, in every language.

use std::io;
use std::path::PathBuf;

use siru_browser::{Program, ReadError, Registration, Sandbox, Scope, State};

use super::{assert_whole, in_every_language};

fn states() -> Vec<State> {
    vec![
        State::Registered,
        State::Outdated {
            path: PathBuf::from("/old/libsiru_pkcs11.so"),
        },
        State::Twice,
        State::ForEveryone,
        State::ByPolicy,
        State::ThroughP11Kit,
        State::ThroughWindows,
        State::NoMinidriver,
        State::Limited,
        State::NotRegistered,
        State::NoProfile,
        State::Ignored,
        State::Unreachable(Sandbox::Snap),
        State::Unreachable(Sandbox::Flatpak),
        State::Unreadable(ReadError::Io(io::ErrorKind::PermissionDenied)),
        State::Unreadable(ReadError::NotText),
        State::Unreadable(ReadError::NotJson),
        State::Unreadable(ReadError::NotPolicies),
        State::NotInstalled,
    ]
}

fn registrations() -> Vec<Registration> {
    let mut all = Vec::new();
    for program in [Program::P11Kit, Program::Firefox, Program::Chromium] {
        for scope in [Scope::System, Scope::User] {
            for state in states() {
                all.push(Registration {
                    program,
                    scope,
                    place: PathBuf::from("/home/a/x"),
                    names: vec!["work".to_owned()],
                    state,
                    neighbours: vec![PathBuf::from("/usr/lib/opensc-pkcs11.so")],
                    running: false,
                });
            }
        }
    }
    all
}

#[test]
fn every_place_and_state_has_its_words() {
    in_every_language(|texts| {
        for registration in registrations() {
            assert_whole(&texts.registration_place(&registration));
            assert_whole(&texts.registration_state(&registration.state));
            let advice = texts.registration_advice(&registration);
            for sentence in &advice {
                assert_whole(sentence);
            }
            let neighbour = advice.last().expect("the neighbour");
            assert!(neighbour.contains("opensc-pkcs11.so"), "{neighbour}");
        }
    });
}

#[test]
fn a_browser_in_a_sandbox_is_named_with_what_to_do() {
    in_every_language(|texts| {
        for registration in registrations() {
            if registration.program == Program::P11Kit {
                continue;
            }
            let State::Unreachable(sandbox) = registration.state else {
                continue;
            };
            assert_eq!(texts.registration_place(&registration), "work");
            let state = texts.registration_state(&registration.state);
            assert!(state.contains(&format!("{sandbox:?}")), "{state}");
            assert!(texts.registration_advice(&registration).len() >= 3);
        }
    });
}
