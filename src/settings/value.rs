//! A value and who decided it.

/// Who decided a value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Origin {
    /// Nobody.
    #[default]
    Default,
    /// The administrator of the machine, as the default of every person where it is not locked.
    Machine,
    /// The person, in their own file.
    User,
    /// Group policy for the person (Windows).
    UserPolicy,
    /// Group policy for the machine (Windows).
    MachinePolicy,
}

impl Origin {
    /// All of them, the strongest first.
    pub const ALL: [Self; 5] = [
        Self::MachinePolicy,
        Self::UserPolicy,
        Self::User,
        Self::Machine,
        Self::Default,
    ];

    /// Whether what comes from there is locked by being there.
    pub const fn is_policy(self) -> bool {
        matches!(self, Self::MachinePolicy | Self::UserPolicy)
    }
}

/// A value, and whether the person may change it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Value<T> {
    /// What holds.
    pub value: T,
    /// Who decided it.
    pub origin: Origin,
    /// Whether the machine keeps people from changing it. A locked value that the machine does not
    /// give, or gives wrongly, is the default.
    pub locked: bool,
}

/// The value of any setting, as it would stand in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Plain {
    /// There is none: the system decides.
    Nothing,
    /// One of the words that the setting takes.
    Word(&'static str),
    /// A switch.
    Switch(bool),
    /// A number.
    Number(u8),
    /// A list of texts.
    List(Vec<String>),
    /// Lines with the tags of their languages.
    Lines(Vec<(&'static str, String)>),
}
