//! Questions to the registry as data, to what modules read, and to the log.

mod logs;
mod modules;
mod registry;

use crate::registry::{RegistryKey, RegistryValue};

/// A tree of `path\name` and values.
fn tree(entries: &[(&str, RegistryValue)]) -> RegistryKey {
    let mut root = RegistryKey::default();
    for (path, value) in entries {
        let mut key = &mut root;
        let mut parts: Vec<&str> = path.split('\\').collect();
        let name = parts.pop().unwrap();
        for part in parts {
            key = key.keys.entry(part.to_owned()).or_default();
        }
        key.values.insert(name.to_owned(), value.clone());
    }
    root
}

fn text(text: &str) -> RegistryValue {
    RegistryValue::Text(text.to_owned())
}
