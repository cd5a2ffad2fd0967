//! Browsers from Snap and Flatpak. They see a system of their own, without the modules of the
//! machine and, most of them, without its card readers; nothing that is registered reaches them.

use std::path::PathBuf;

use crate::machine::Machine;
use crate::registration::{Program, Registration, Sandbox, Scope, State};

/// The sandboxed browsers of the machine and its person.
///
/// A person's `~/snap/<name>` is not looked at: it stays when the snap is long gone.
pub(crate) fn browsers(machine: &Machine) -> Vec<Registration> {
    let mut found = Vec::new();
    for browser in BROWSERS {
        for (sandbox, scope, folder, id) in SHELVES {
            let Some(id) = id(browser) else { continue };
            let folder = match scope {
                Scope::System => machine.path(folder),
                Scope::User => match machine.home() {
                    Some(home) => home.data.join(folder),
                    None => continue,
                },
            };
            let place = folder.join(id);
            if place.is_dir() && !is_known(&found, browser, *sandbox, *scope) {
                found.push(registration(browser, *sandbox, *scope, place));
            }
        }
    }
    found
}

/// A machine has its snaps in one of two folders, or in both by way of a link.
fn is_known(found: &[Registration], browser: &Browser, sandbox: Sandbox, scope: Scope) -> bool {
    found.iter().any(|one| {
        one.names.iter().any(|name| name == browser.name)
            && one.state == State::Unreachable(sandbox)
            && one.scope == scope
    })
}

fn registration(browser: &Browser, sandbox: Sandbox, scope: Scope, place: PathBuf) -> Registration {
    Registration {
        program: browser.program,
        scope,
        place,
        names: vec![browser.name.to_owned()],
        state: State::Unreachable(sandbox),
        neighbours: Vec::new(),
        running: false,
    }
}

type Shelf = (
    Sandbox,
    Scope,
    &'static str,
    fn(&Browser) -> Option<&'static str>,
);

const SHELVES: &[Shelf] = &[
    (Sandbox::Snap, Scope::System, "/snap", snap),
    (Sandbox::Snap, Scope::System, "/var/lib/snapd/snap", snap),
    (
        Sandbox::Flatpak,
        Scope::System,
        "/var/lib/flatpak/app",
        flatpak,
    ),
    (Sandbox::Flatpak, Scope::User, "flatpak/app", flatpak),
];

struct Browser {
    name: &'static str,
    program: Program,
    snap: Option<&'static str>,
    flatpak: Option<&'static str>,
}

const fn snap(browser: &Browser) -> Option<&'static str> {
    browser.snap
}

const fn flatpak(browser: &Browser) -> Option<&'static str> {
    browser.flatpak
}

const fn browser(
    name: &'static str,
    program: Program,
    snap: Option<&'static str>,
    flatpak: Option<&'static str>,
) -> Browser {
    Browser {
        name,
        program,
        snap,
        flatpak,
    }
}

const BROWSERS: &[Browser] = &[
    browser(
        "Firefox",
        Program::Firefox,
        Some("firefox"),
        Some("org.mozilla.firefox"),
    ),
    browser(
        "Chromium",
        Program::Chromium,
        Some("chromium"),
        Some("org.chromium.Chromium"),
    ),
    browser(
        "Ungoogled Chromium",
        Program::Chromium,
        None,
        Some("io.github.ungoogled_software.ungoogled_chromium"),
    ),
    browser(
        "Google Chrome",
        Program::Chromium,
        None,
        Some("com.google.Chrome"),
    ),
    browser(
        "Brave",
        Program::Chromium,
        Some("brave"),
        Some("com.brave.Browser"),
    ),
    browser(
        "Microsoft Edge",
        Program::Chromium,
        None,
        Some("com.microsoft.Edge"),
    ),
    browser(
        "Vivaldi",
        Program::Chromium,
        Some("vivaldi"),
        Some("com.vivaldi.Vivaldi"),
    ),
    browser(
        "Opera",
        Program::Chromium,
        Some("opera"),
        Some("com.opera.Opera"),
    ),
];
