//! The group policy of Firefox on Windows: a key of the registry, in which each device is a value. An
//! installer writes it; a file beside Firefox counts for less.

use std::io;
use std::path::PathBuf;

use crate::machine::{Machine, System};
use crate::module::{Module, NAME, is_neighbour, is_ours, is_there};

/// The devices that the machine's policy adds.
#[derive(Clone, Debug)]
pub(crate) struct GroupPolicy {
    /// Machines made of folders have none.
    has_registry: bool,
}

/// A device that the policy adds: its name, and what it loads.
struct Device {
    key: &'static str,
    name: String,
    library: String,
}

impl GroupPolicy {
    /// That of `machine`; `None` where group policies are unknown.
    pub fn of(machine: &Machine) -> Option<Self> {
        match machine.system() {
            System::Unix => None,
            System::Windows { has_registry } => Some(Self { has_registry }),
        }
    }

    /// The key of the registry.
    pub fn place(&self) -> PathBuf {
        PathBuf::from(format!(r"HKEY_LOCAL_MACHINE\{ADD}"))
    }

    /// The libraries that are registered as ours.
    pub fn ours(&self) -> Vec<PathBuf> {
        let ours = self.devices().into_iter().filter(Device::is_ours);
        ours.map(|device| PathBuf::from(device.library)).collect()
    }

    /// Whether Firefox gets our module.
    pub fn brings_ours(&self) -> bool {
        let devices = self.devices();
        let mut ours = devices.iter().filter(|device| device.is_ours());
        ours.any(|device| is_there(&device.library))
    }

    /// Modules of others for the same cards.
    pub fn neighbours(&self) -> Vec<PathBuf> {
        let others = self.devices().into_iter();
        let others = others.filter(|device| is_neighbour(&device.library));
        others.map(|device| PathBuf::from(device.library)).collect()
    }

    /// Registers `module`, once. Whether there was anything to do.
    pub fn register(&self, module: &Module) -> io::Result<bool> {
        if self.ours() == [module.path()] {
            return Ok(false);
        }
        if !self.has_registry {
            return Err(io::ErrorKind::Unsupported.into());
        }
        self.remove_ours()?;
        registry::write(ADD, NAME, module.text())?;
        Ok(true)
    }

    /// Takes every entry of ours away. Whether there was any.
    pub fn unregister(&self) -> io::Result<bool> {
        let were_any = !self.ours().is_empty();
        self.remove_ours()?;
        Ok(were_any)
    }

    fn devices(&self) -> Vec<Device> {
        if !self.has_registry {
            return Vec::new();
        }
        // The second is from before Firefox 114.
        let keys = [ADD, DEVICES].into_iter();
        let devices = keys.flat_map(|key| {
            let texts = registry::texts(key).into_iter();
            texts.map(move |(name, library)| Device { key, name, library })
        });
        devices.collect()
    }

    fn remove_ours(&self) -> io::Result<()> {
        for device in self.devices().into_iter().filter(Device::is_ours) {
            registry::remove(device.key, &device.name)?;
        }
        Ok(())
    }
}

impl Device {
    fn is_ours(&self) -> bool {
        self.name == NAME || is_ours(&self.library)
    }
}

const ADD: &str = r"SOFTWARE\Policies\Mozilla\Firefox\SecurityDevices\Add";

const DEVICES: &str = r"SOFTWARE\Policies\Mozilla\Firefox\SecurityDevices";

/// Texts in keys of the machine.
#[cfg(windows)]
mod registry {
    use std::io;

    use windows_registry::LOCAL_MACHINE;

    /// The texts of a key with their names; none where there is no such key.
    pub(super) fn texts(key: &str) -> Vec<(String, String)> {
        let Ok(key) = LOCAL_MACHINE.open(key) else {
            return Vec::new();
        };
        let values = key.values().into_iter().flatten();
        let texts = values.filter_map(|(name, value)| Some((name, value.try_into().ok()?)));
        texts.collect()
    }

    pub(super) fn write(key: &str, name: &str, text: &str) -> io::Result<()> {
        Ok(LOCAL_MACHINE.create(key)?.set_string(name, text)?)
    }

    pub(super) fn remove(key: &str, name: &str) -> io::Result<()> {
        Ok(LOCAL_MACHINE.create(key)?.remove_value(name)?)
    }
}

/// There is no registry anywhere else.
#[cfg(not(windows))]
mod registry {
    use std::io;

    pub(super) const fn texts(_key: &str) -> Vec<(String, String)> {
        Vec::new()
    }

    pub(super) fn write(_key: &str, _name: &str, _text: &str) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }

    pub(super) fn remove(_key: &str, _name: &str) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }
}
