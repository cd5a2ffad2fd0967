//! The names of the settings, as they stand in the files, in the list of locked ones and, section by
//! section, in the Windows registry.

/// One setting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
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
    /// `browser.register`
    BrowserRegister,
    /// `pkcs11.signature-slot`
    SignatureSlot,
    /// `pkcs11.last-try-in-login`
    LastTryInLogin,
    /// `log.level`
    LogLevel,
}

/// What the value of a setting is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// One of a few words.
    Word,
    /// On or off.
    Switch,
    /// A whole number.
    Number,
    /// A list of texts.
    List,
    /// A line of text for each language.
    Lines,
}

impl Key {
    /// All of them, in the order of the manual.
    pub const ALL: [Self; 11] = [
        Self::Language,
        Self::Appearance,
        Self::Zoom,
        Self::LeftOut,
        Self::WeakPins,
        Self::Contact,
        Self::Autostart,
        Self::BrowserRegister,
        Self::SignatureSlot,
        Self::LastTryInLogin,
        Self::LogLevel,
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
            Self::BrowserRegister => "browser.register",
            Self::SignatureSlot => "pkcs11.signature-slot",
            Self::LastTryInLogin => "pkcs11.last-try-in-login",
            Self::LogLevel => "log.level",
        }
    }

    /// The setting of a name, or `None` when there is no such setting.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|key| key.name() == name)
    }

    /// What its value is made of.
    pub const fn kind(self) -> Kind {
        match self {
            Self::Language | Self::Appearance | Self::WeakPins | Self::LogLevel => Kind::Word,
            Self::Zoom => Kind::Number,
            Self::LeftOut => Kind::List,
            Self::Contact => Kind::Lines,
            Self::Autostart
            | Self::BrowserRegister
            | Self::SignatureSlot
            | Self::LastTryInLogin => Kind::Switch,
        }
    }

    /// Whether only the machine may decide it. What a person says about it counts for nothing.
    pub const fn is_machines(self) -> bool {
        match self {
            Self::Contact
            | Self::BrowserRegister
            | Self::SignatureSlot
            | Self::LastTryInLogin
            | Self::LogLevel => true,
            Self::Language
            | Self::Appearance
            | Self::Zoom
            | Self::LeftOut
            | Self::WeakPins
            | Self::Autostart => false,
        }
    }

    /// The section it stands in, if any, and its name there.
    pub fn place(self) -> (Option<&'static str>, &'static str) {
        match self.name().split_once('.') {
            Some((section, name)) => (Some(section), name),
            None => (None, self.name()),
        }
    }
}
