//! The places that settings come from, strongest first: group policy, the person, the machine.

use std::path::{Path, PathBuf};

use directories::ProjectDirs;
use siru_policy::registry::{RegistryKey, RegistryPlace};

use crate::layer::Layer;
use crate::problem::Problem;
use crate::settings::Settings;
use crate::value::Origin;

/// Where the machine's settings come from.
#[derive(Clone, Debug)]
pub(crate) enum Machine {
    /// This machine's own.
    This,
    /// A file.
    File(PathBuf),
    /// The places of the registry, in the order of [`RegistryPlace::ALL`].
    Registry(Box<[RegistryKey; 3]>),
}

impl Machine {
    /// Everything the machine says, the strongest first.
    pub(crate) fn layers(&self) -> Vec<Layer> {
        match self {
            #[cfg(windows)]
            Self::This => {
                registry(&RegistryPlace::ALL.map(|place| place.read().unwrap_or_default()))
            }
            #[cfg(not(windows))]
            Self::This => vec![Layer::read(
                Path::new(siru_policy::MACHINE_FILE),
                Origin::Machine,
            )],
            Self::File(path) => vec![Layer::read(path, Origin::Machine)],
            Self::Registry(keys) => registry(keys),
        }
    }

    const fn is_registry(&self) -> bool {
        match self {
            Self::This => cfg!(windows),
            Self::File(_) => false,
            Self::Registry(_) => true,
        }
    }
}

fn registry(keys: &[RegistryKey; 3]) -> Vec<Layer> {
    let all = RegistryPlace::ALL.into_iter().zip(keys);
    all.map(|(place, key)| {
        let origin = match place {
            RegistryPlace::MachinePolicy => Origin::MachinePolicy,
            RegistryPlace::UserPolicy => Origin::UserPolicy,
            RegistryPlace::Machine => Origin::Machine,
        };
        Layer::of_registry(PathBuf::from(place.name()), origin, key)
    })
    .collect()
}

/// The places of one machine and person.
#[derive(Clone, Debug)]
pub struct Sources {
    machine: Machine,
    user: Option<PathBuf>,
}

impl Sources {
    /// Those of this machine and whoever runs this process.
    pub fn of_this_machine() -> Self {
        Self {
            machine: Machine::This,
            user: user_file(),
        }
    }

    /// Two files, either of which may be missing.
    pub fn at(machine: impl Into<PathBuf>, user: impl Into<PathBuf>) -> Self {
        Self {
            machine: Machine::File(machine.into()),
            user: Some(user.into()),
        }
    }

    /// A machine's file alone.
    pub fn of_machine_file(machine: impl Into<PathBuf>) -> Self {
        Self {
            machine: Machine::File(machine.into()),
            user: None,
        }
    }

    /// A registry with these keys, in the order of [`RegistryPlace::ALL`], and a person's file.
    pub fn in_registry(keys: [RegistryKey; 3], user: impl Into<PathBuf>) -> Self {
        Self {
            machine: Machine::Registry(Box::new(keys)),
            user: Some(user.into()),
        }
    }

    /// What was decided there, with what is wrong.
    pub fn load(&self) -> (Settings, Vec<Problem>) {
        let mut layers = self.machine.layers();
        if let Some(file) = &self.user {
            layers.push(Layer::read(file, Origin::User));
        }
        layers.sort_by_key(|layer| std::cmp::Reverse(layer.origin));
        Settings::of_layers(layers)
    }

    /// The place behind an origin: a file, or a key of the registry.
    pub fn place(&self, origin: Origin) -> Option<PathBuf> {
        let place = match origin {
            Origin::Default => return None,
            Origin::User => return self.user.clone(),
            Origin::MachinePolicy => RegistryPlace::MachinePolicy,
            Origin::UserPolicy => RegistryPlace::UserPolicy,
            Origin::Machine => RegistryPlace::Machine,
        };
        match &self.machine {
            machine if machine.is_registry() => Some(PathBuf::from(place.name())),
            _ if origin.is_policy() => None,
            Machine::File(path) => Some(path.clone()),
            Machine::This | Machine::Registry(_) => Some(PathBuf::from(siru_policy::MACHINE_FILE)),
        }
    }

    /// The machine's part.
    pub(crate) const fn machine(&self) -> &Machine {
        &self.machine
    }

    /// The person's file, whether it is there or not; `None` for a person without a home.
    pub(crate) fn user(&self) -> Option<&Path> {
        self.user.as_deref()
    }
}

fn user_file() -> Option<PathBuf> {
    let folders = ProjectDirs::from("fi", "siru", "Siru")?;
    Some(folders.config_dir().join("config.toml"))
}
