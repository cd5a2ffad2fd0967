//! What the machine's administrator decided about log-ins: the policy `last-try-in-login`, which the
//! PKCS #11 module keeps as well.

/// Settings of the card module.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// Whether a log-in may spend the last try of the PIN. A card module has no way to ask the person
    /// whether they know the consequence.
    pub last_try_in_login: bool,
}

impl Settings {
    /// Those of this machine. A value that makes no sense counts as the default, the careful one.
    #[cfg(windows)]
    pub fn of_machine() -> Self {
        let section = windows_registry::LOCAL_MACHINE.open("SOFTWARE\\Policies\\Siru\\pkcs11");
        let value = section.and_then(|section| section.get_u32("last-try-in-login"));
        Self {
            last_try_in_login: value.is_ok_and(|value| value == 1),
        }
    }

    /// Card modules are used on Windows only.
    #[cfg(not(windows))]
    pub fn of_machine() -> Self {
        Self::default()
    }
}
