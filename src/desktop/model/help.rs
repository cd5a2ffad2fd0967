//! What a person may look up, subject by subject.

use std::collections::BTreeSet;
use std::path::PathBuf;

use super::{Command, Model};

/// A subject of the help.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Topic {
    /// What PIN1, PIN2, the PUK, activation code and activation PIN are.
    Codes,
    /// Where the code of a card stands.
    Letter,
    /// Activating a new card.
    NewCard,
    /// A PIN nobody remembers.
    Forgotten,
    /// A PIN after too many wrong tries.
    Locked,
    /// A PUK after too many wrong tries.
    PukLocked,
    /// Who gives new codes and cards.
    NewCodes,
    /// Logging in with the browser, and testing that.
    LogIn,
    /// What to do when there is no card in sight.
    NotSeen,
    /// Files and reminders.
    Certificates,
    /// What every key does.
    Keyboard,
    /// What nobody has to be afraid of.
    Never,
    /// Version, licence, settings.
    About,
}

impl Topic {
    /// All of them, in the order of the page.
    pub const ALL: [Self; 13] = [
        Self::Codes,
        Self::Letter,
        Self::NewCard,
        Self::Forgotten,
        Self::Locked,
        Self::PukLocked,
        Self::NewCodes,
        Self::LogIn,
        Self::NotSeen,
        Self::Certificates,
        Self::Keyboard,
        Self::Never,
        Self::About,
    ];
}

/// What of the help is shown.
#[derive(Debug)]
pub struct Help {
    open: BTreeSet<Topic>,
    /// The file with the person's settings, to be told where it lies.
    pub settings_file: Option<PathBuf>,
}

impl Help {
    /// Nothing is open.
    pub(super) const fn new() -> Self {
        Self {
            open: BTreeSet::new(),
            settings_file: None,
        }
    }

    /// Whether a subject is shown.
    pub fn is_open(&self, topic: Topic) -> bool {
        self.open.contains(&topic)
    }
}

/// Shows a subject, or hides it.
pub(super) fn switch(model: &mut Model, topic: Topic) -> Vec<Command> {
    if !model.help.open.remove(&topic) {
        model.help.open.insert(topic);
    }
    Vec::new()
}
