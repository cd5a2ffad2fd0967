//! `policies.json`, the one file in which a machine tells its Firefox what to do, and in it
//! `SecurityDevices`.
//!
//! Written by administrators and by other packages: it is edited as a text whose every other byte
//! stays, and only if it is the strict JSON that Firefox asks for.

use std::path::PathBuf;

use jsonc_parser::ParseOptions;
use jsonc_parser::cst::{CstInputValue, CstObject, CstObjectProp, CstRootNode};

use super::INSTALLATIONS;
use crate::machine::Machine;
use crate::module::{Module, NAME, is_neighbour, is_ours, is_p11_kit_proxy, is_there};
use crate::registration::ReadError;

/// Where a registration for all belongs. Firefox ESR reads it as well; it does not read
/// `/etc/firefox-esr`.
const POLICY: &str = "/etc/firefox/policies/policies.json";

/// The file that may come with a Firefox, in its folder. One at [`POLICY`] puts it out of force:
/// they are not merged.
const SHIPPED: &str = "distribution/policies.json";

/// The policy file that is in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PolicyFile {
    /// Where it is, or would be.
    pub path: PathBuf,
    /// Whether it came with a Firefox: whatever is written there is lost with its next update.
    pub is_shipped: bool,
}

impl PolicyFile {
    /// That of `machine`.
    pub fn of(machine: &Machine) -> Self {
        let policy = machine.path(POLICY);
        let mut shipped = INSTALLATIONS
            .iter()
            .map(|(folder, _)| machine.path(folder).join(SHIPPED));
        let in_force = shipped.find(|path| path.exists());
        match in_force {
            Some(path) if !policy.exists() => Self {
                path,
                is_shipped: true,
            },
            _ => Self {
                path: policy,
                is_shipped: false,
            },
        }
    }
}

/// The policies of a file.
pub(crate) struct Policies {
    root: CstRootNode,
}

impl Policies {
    /// The policies of `text`.
    pub fn parse(text: &str) -> Result<Self, ReadError> {
        // The editing parser also takes comments and more that Firefox does not.
        serde_json::from_str::<serde_json::Value>(text).map_err(|_| ReadError::NotJson)?;
        let root = CstRootNode::parse(text, &ParseOptions::default());
        let root = root.map_err(|_| ReadError::NotJson)?;
        let policies = Self { root };
        // What is no object where Firefox wants one would have to be thrown away to register.
        let top = policies.root.object_value().ok_or(ReadError::NotPolicies)?;
        let inner = inner(&top, "policies")?;
        if let Some(devices) = inner.map(|all| self::inner(&all, DEVICES)).transpose()? {
            devices.map(|all| self::inner(&all, ADD)).transpose()?;
        }
        Ok(policies)
    }

    /// Policies that say nothing yet.
    pub fn empty() -> Result<Self, ReadError> {
        Self::parse(FRAME)
    }

    /// The file's text; nothing if it is the bare frame that a first registration began with.
    pub fn text(&self) -> Option<String> {
        let text = self.root.to_string();
        (text != FRAME).then_some(text)
    }

    /// The libraries that are registered as ours.
    pub fn ours(&self) -> Vec<PathBuf> {
        let ours = self.libraries().into_iter().filter(Entry::is_ours);
        ours.filter_map(|entry| entry.library)
            .map(PathBuf::from)
            .collect()
    }

    /// Whether Firefox gets our module: a registration that an upgrade left behind brings it nothing.
    pub fn brings_ours(&self) -> bool {
        let libraries = self.libraries();
        let mut ours = libraries.iter().filter(|entry| entry.is_ours());
        ours.any(|entry| entry.is_library(is_there))
    }

    /// Whether everything that p11-kit knows is loaded through its proxy.
    pub fn has_p11_kit_proxy(&self) -> bool {
        self.libraries()
            .iter()
            .any(|entry| entry.is_library(is_p11_kit_proxy))
    }

    /// Modules of others for the same cards.
    pub fn neighbours(&self) -> Vec<PathBuf> {
        let others = self.libraries().into_iter();
        others
            .filter(|entry| entry.is_library(is_neighbour))
            .filter_map(|entry| entry.library)
            .map(PathBuf::from)
            .collect()
    }

    /// Registers `module`, once.
    pub fn register(&self, module: &Module) {
        let mut ours = self.libraries().into_iter().filter(Entry::is_ours);
        let value = || CstInputValue::String(module.text().to_owned());
        match ours.next() {
            Some(first) => {
                first.property.set_value(value());
                ours.for_each(|further| further.property.remove());
            }
            None => {
                let policies = self
                    .root
                    .object_value_or_set()
                    .object_value_or_set("policies");
                let devices = policies.object_value_or_set(DEVICES);
                let is_old_form = devices.get(ADD).is_none() && !devices.properties().is_empty();
                let list = if is_old_form && devices.get(DELETE).is_none() {
                    devices
                } else {
                    devices.object_value_or_set(ADD)
                };
                list.append(NAME, value());
            }
        }
    }

    /// Takes every entry of ours away, and the frame around it if nothing else is in it.
    pub fn unregister(&self) {
        let ours: Vec<_> = self
            .libraries()
            .into_iter()
            .filter(Entry::is_ours)
            .collect();
        if ours.is_empty() {
            return;
        }
        for entry in ours {
            entry.property.remove();
        }
        let policies = self.policies();
        let devices = policies.as_ref().and_then(|all| all.get(DEVICES));
        let add = devices
            .as_ref()
            .and_then(CstObjectProp::object_value)
            .and_then(|all| all.get(ADD));
        for property in [add, devices].into_iter().flatten() {
            if property
                .object_value()
                .is_some_and(|all| all.properties().is_empty())
            {
                property.remove();
            }
        }
    }

    fn policies(&self) -> Option<CstObject> {
        self.root.object_value()?.object_value("policies")
    }

    /// Both forms: `{ "Add": { name: path } }` and, from before Firefox 114, `{ name: path }`.
    fn libraries(&self) -> Vec<Entry> {
        let Some(devices) = self.policies().and_then(|all| all.object_value(DEVICES)) else {
            return Vec::new();
        };
        let added = devices.object_value(ADD);
        let new_form = added.iter().flat_map(CstObject::properties);
        devices
            .properties()
            .into_iter()
            .chain(new_form)
            .filter_map(Entry::of)
            .collect()
    }
}

/// A module that the policies add.
struct Entry {
    property: CstObjectProp,
    name: String,
    /// Absent if it is no string: Firefox loads nothing then, but the name is taken.
    library: Option<String>,
}

impl Entry {
    fn of(property: CstObjectProp) -> Option<Self> {
        let name = property.decoded_name()?;
        let value = property.value();
        let library = value.and_then(|value| value.as_string_lit()?.decoded_value().ok());
        Some(Self {
            property,
            name,
            library,
        })
    }

    fn is_ours(&self) -> bool {
        self.name == NAME || self.is_library(is_ours)
    }

    fn is_library(&self, kind: fn(&str) -> bool) -> bool {
        self.library.as_deref().is_some_and(kind)
    }
}

fn inner(object: &CstObject, name: &str) -> Result<Option<CstObject>, ReadError> {
    object
        .get(name)
        .map(|property| property.object_value().ok_or(ReadError::NotPolicies))
        .transpose()
}

const FRAME: &str = "{\n  \"policies\": {}\n}\n";
const DEVICES: &str = "SecurityDevices";
const ADD: &str = "Add";
const DELETE: &str = "Delete";
