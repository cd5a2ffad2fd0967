//! Edge, Chrome and their relatives on Windows: they take certificates from Windows' own store, into
//! which the card module (minidriver) brings that of the card. There is nothing to register for one of
//! them, and an installer does it for all.

use std::path::PathBuf;

use crate::machine::{Machine, System};
use crate::registration::{Program, Registration, Scope, State};

/// How those browsers get at the card.
pub(crate) fn registration(machine: &Machine) -> Registration {
    let here = BROWSERS.iter().filter(|(_, program)| {
        let mut folders = ["/Program Files", "/Program Files (x86)"].iter();
        folders.any(|folder| machine.path(folder).join(program).is_file())
    });
    let is_real = machine.system() == System::Windows { has_registry: true };
    Registration {
        program: Program::Chromium,
        scope: Scope::System,
        place: PathBuf::from(format!(r"HKEY_LOCAL_MACHINE\{SMART_CARDS}")),
        names: here.map(|(name, _)| (*name).to_owned()).collect(),
        state: if is_real && is_card_module_registered() {
            State::ThroughWindows
        } else {
            State::NoMinidriver
        },
        neighbours: Vec::new(),
        running: false,
    }
}

/// Whether Windows knows our card module for any card, and it is there.
#[cfg(windows)]
fn is_card_module_registered() -> bool {
    use std::path::Path;

    let Ok(cards) = windows_registry::LOCAL_MACHINE.open(SMART_CARDS) else {
        return false;
    };
    let names: Vec<String> = cards.keys().into_iter().flatten().collect();
    names.iter().any(|name| {
        let module = cards
            .open(name)
            .and_then(|card| card.get_string("80000001"));
        let module = module.unwrap_or_default();
        let module = Path::new(&module);
        let file = module.file_name().unwrap_or_default();
        file.eq_ignore_ascii_case("siru_minidriver.dll") && module.is_file()
    })
}

#[cfg(not(windows))]
const fn is_card_module_registered() -> bool {
    false
}

/// Where Windows looks for the card module of a card (*Smart Card Minidriver Specification*).
const SMART_CARDS: &str = r"SOFTWARE\Microsoft\Cryptography\Calais\SmartCards";

const BROWSERS: [(&str, &str); 5] = [
    ("Microsoft Edge", "Microsoft/Edge/Application/msedge.exe"),
    ("Google Chrome", "Google/Chrome/Application/chrome.exe"),
    ("Brave", "BraveSoftware/Brave-Browser/Application/brave.exe"),
    ("Vivaldi", "Vivaldi/Application/vivaldi.exe"),
    ("Opera", "Opera/opera.exe"),
];
