//! The names of the settings, as they stand in the files and in the list of locked ones.

/// One setting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Key {
    /// `language`
    Language,
    /// `window.appearance`
    Appearance,
    /// `window.zoom`
    Zoom,
    /// `readers.leave-out`
    LeftOut,
    /// `pins.weak`
    WeakPins,
    /// `contact`, a section with a line for each language
    Contact,
    /// `tray.autostart`
    Autostart,
}

impl Key {
    /// All of them, in the order of the manual.
    pub const ALL: [Self; 7] = [
        Self::Language,
        Self::Appearance,
        Self::Zoom,
        Self::LeftOut,
        Self::WeakPins,
        Self::Contact,
        Self::Autostart,
    ];

    /// The name by which the machine locks it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Language => "language",
            Self::Appearance => "window.appearance",
            Self::Zoom => "window.zoom",
            Self::LeftOut => "readers.leave-out",
            Self::WeakPins => "pins.weak",
            Self::Contact => "contact",
            Self::Autostart => "tray.autostart",
        }
    }

    /// The setting of a name, or `None` when there is no such setting.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|key| key.name() == name)
    }

    /// The section it stands in, if any, and its name there.
    pub(crate) fn place(self) -> (Option<&'static str>, &'static str) {
        match self.name().split_once('.') {
            Some((section, name)) => (Some(section), name),
            None => (None, self.name()),
        }
    }
}
