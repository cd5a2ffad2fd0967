//! p11-kit: folders of `*.module` files (`pkcs11.conf(5)`).
//!
//! Files of one name are one module: what a person's file says goes before an administrator's, and
//! that before a package's, field by field. `enable-in` and `disable-in` say which programs get it.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use crate::file;
use crate::machine::Machine;
use crate::module::{Module, is_neighbour, is_ours, is_there};
use crate::registration::{ReadError, Scope, State};

/// The file of a registration for all.
pub(crate) fn system_file(machine: &Machine) -> PathBuf {
    machine.path(PACKAGES).join(FILE)
}

/// Whether the file of a registration for all came with a package of Siru: then it comes and goes with
/// that, and nobody else changes it.
pub(crate) fn is_packaged(machine: &Machine) -> bool {
    let text = fs::read_to_string(system_file(machine)).unwrap_or_default();
    text.lines().any(|line| line == PACKAGED)
}

/// The file of a registration for one person.
pub(crate) fn user_file(machine: &Machine) -> Option<PathBuf> {
    let home = machine.home()?;
    Some(home.config.join("pkcs11/modules").join(FILE))
}

/// The text of a `*.module` file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ModuleFile {
    text: String,
}

impl ModuleFile {
    /// Any text is one: p11-kit passes over what it does not know.
    pub fn new(text: &str) -> Self {
        let text = text.to_owned();
        Self { text }
    }

    /// A new one that registers `module`.
    pub fn registering(module: &Module) -> Self {
        let library = module.text();
        // A module that fails must not take the others with it, and it holds nobody to be trusted.
        Self::new(&format!("module: {library}\n{REST}"))
    }

    /// The text.
    pub fn into_text(self) -> String {
        self.text
    }

    /// The library that it names.
    pub fn library(&self) -> Option<&str> {
        self.value(LIBRARY)
    }

    /// Whether it names our module, this or another copy.
    pub fn is_ours(&self) -> bool {
        self.library().is_some_and(is_ours)
    }

    /// Whether somebody keeps a module from programs with it: from some, or with a blank library
    /// from all.
    pub fn withholds(&self) -> bool {
        let is_limited = SWITCHES.iter().any(|name| self.value(name).is_some());
        is_limited || self.library() == Some("")
    }

    /// Whether it says more than that our module is there.
    pub fn says_more(&self) -> bool {
        let mut lines = self.without_library().text;
        lines.retain(|character| character != '\r');
        !lines.trim().is_empty() && lines.trim() != REST.trim()
    }

    /// The same with `module` as its library.
    pub fn with_library(&self, module: &Module) -> Self {
        let mut text = self.text.clone();
        let library = self.fields().filter(|field| field.name == LIBRARY).last();
        if let Some(library) = library {
            text.replace_range(library.value_place, module.text());
        }
        Self { text }
    }

    /// The same without any library.
    pub fn without_library(&self) -> Self {
        let mut text = self.text.clone();
        let mut lines: Vec<_> = self
            .fields()
            .filter(|field| field.name == LIBRARY)
            .map(|field| field.line)
            .collect();
        lines.reverse();
        for line in lines {
            text.replace_range(line, "");
        }
        Self { text }
    }

    /// Of a field that is there twice the last counts.
    fn value(&self, name: &str) -> Option<&str> {
        let fields = self.fields().filter(|field| field.name == name);
        fields.last().map(|field| field.value)
    }

    fn fields(&self) -> impl Iterator<Item = Field<'_>> {
        let mut start = 0;
        let lines = self.text.split_inclusive('\n').map(move |line| {
            let range = start..start + line.len();
            start = range.end;
            (range, line)
        });
        lines.filter_map(|(line, text)| {
            let (name, rest) = text.split_once(':')?;
            let value = rest.trim();
            let before = text.len() - rest.trim_start().len();
            let start = line.start + before.min(text.trim_end().len());
            (!name.trim_start().starts_with('#')).then(|| Field {
                name: name.trim(),
                value,
                value_place: start..start + value.len(),
                line,
            })
        })
    }
}

/// A line `name: value`.
#[derive(Debug)]
struct Field<'a> {
    name: &'a str,
    value: &'a str,
    value_place: Range<usize>,
    /// With its end.
    line: Range<usize>,
}

/// A module as p11-kit sees it, put together from the files of one name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Configuration {
    library: Option<String>,
    enable_in: Option<String>,
    disable_in: Option<String>,
}

impl Configuration {
    /// What this file says goes only where the ones before it said nothing.
    fn fill_up(&mut self, file: &ModuleFile) {
        let [enable_in, disable_in] = SWITCHES;
        for (own, name) in [
            (&mut self.library, LIBRARY),
            (&mut self.enable_in, enable_in),
            (&mut self.disable_in, disable_in),
        ] {
            if own.is_none() {
                *own = file.value(name).map(str::to_owned);
            }
        }
    }

    fn is_ours(&self) -> bool {
        self.library.as_deref().is_some_and(is_ours)
    }

    /// A registration that an upgrade left behind brings the module to nobody.
    fn brings_ours(&self) -> bool {
        self.is_ours() && self.library.as_deref().is_some_and(is_there)
    }

    const fn is_limited(&self) -> bool {
        self.enable_in.is_some() || self.disable_in.is_some()
    }

    /// Whether the proxy hands it on in `program`.
    fn is_enabled(&self, program: &str) -> bool {
        let holds = |list: &str| {
            let mut names =
                list.split(|character: char| character == ',' || character.is_whitespace());
            names.any(|name| name == program || name == PROXY)
        };
        match (&self.enable_in, &self.disable_in) {
            (Some(list), _) => holds(list),
            (None, Some(list)) => !holds(list),
            (None, None) => true,
        }
    }
}

/// What p11-kit knows.
#[derive(Clone, Debug)]
pub(crate) struct P11Kit {
    modules: BTreeMap<OsString, Configuration>,
}

impl P11Kit {
    /// What it knows for everyone, or for this person as well.
    pub fn of(machine: &Machine, scope: Scope) -> Self {
        let user = user_file(machine)
            .filter(|_| scope == Scope::User && !machine.is_used_by_root())
            .and_then(|file| file.parent().map(Path::to_owned));
        let folders = [machine.path(ADMINISTRATOR), machine.path(PACKAGES)];
        let mut modules: BTreeMap<OsString, Configuration> = BTreeMap::new();
        for folder in user.into_iter().chain(folders) {
            for (name, file) in files(&folder) {
                modules.entry(name).or_default().fill_up(&file);
            }
        }
        Self { modules }
    }

    /// Whether our module is registered where it belongs, and there.
    pub fn brings_ours(&self) -> bool {
        self.siru().is_some_and(Configuration::brings_ours)
    }

    /// Whether its proxy brings our module to one of these programs.
    pub fn serves(&self, programs: &[&str]) -> bool {
        let mut ours = self.modules.values().filter(|one| one.brings_ours());
        ours.any(|one| programs.iter().any(|program| one.is_enabled(program)))
    }

    /// Whether our module is to be loaded for nobody: a blank library says so.
    pub fn withholds_ours(&self) -> bool {
        self.siru()
            .is_some_and(|siru| siru.library.as_deref() == Some(""))
    }

    /// Modules of others for the same cards.
    pub fn neighbours(&self) -> Vec<PathBuf> {
        let libraries = self.modules.values().filter_map(|one| one.library.as_ref());
        libraries
            .filter(|library| is_neighbour(library))
            .map(PathBuf::from)
            .collect()
    }

    /// How our module stands for everyone; `module` is the copy that should be registered.
    pub fn system_state(&self, module: &Module) -> State {
        match self.siru() {
            None => State::NotRegistered,
            Some(_) if self.withholds_ours() => State::Limited,
            Some(siru) => state(siru, module),
        }
    }

    /// How it stands for a person with this file, or none.
    pub fn user_state(&self, file: Option<&ModuleFile>, module: &Module) -> State {
        let Some(siru) = self.siru() else {
            return State::NotRegistered;
        };
        if file.is_some_and(ModuleFile::is_ours) {
            return state(siru, module);
        }
        match siru.library.as_deref() {
            Some("") => State::Limited,
            _ if !siru.brings_ours() => State::NotRegistered,
            _ if siru.is_limited() => State::Limited,
            _ => State::ForEveryone,
        }
    }

    fn siru(&self) -> Option<&Configuration> {
        self.modules.get(Path::new(FILE).as_os_str())
    }
}

fn state(siru: &Configuration, module: &Module) -> State {
    match &siru.library {
        Some(library) if !is_ours(library) => State::NotRegistered,
        None => State::NotRegistered,
        Some(library) if library != module.text() => State::Outdated {
            path: PathBuf::from(library),
        },
        Some(_) if siru.is_limited() => State::Limited,
        Some(_) => State::Registered,
    }
}

/// A `*.module` file that is there.
pub(crate) fn module_file(path: &Path) -> Result<Option<ModuleFile>, ReadError> {
    let text = file::read(path)?;
    Ok(text.as_deref().map(ModuleFile::new))
}

/// The readable files of a folder.
fn files(folder: &Path) -> Vec<(OsString, ModuleFile)> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    entries
        .filter(|entry| {
            let path = entry.path();
            path.extension().is_some_and(|kind| kind == "module")
        })
        .filter_map(|entry| {
            let file = module_file(&entry.path()).ok().flatten()?;
            Some((entry.file_name(), file))
        })
        .collect()
}

const FILE: &str = "siru.module";

/// Where packages register modules.
const PACKAGES: &str = "/usr/share/p11-kit/modules";

/// The line by which a package says that the file is its own.
const PACKAGED: &str =
    "# Of the package siru: /etc/pkcs11/modules is for what administrators want.";

/// Where an administrator does.
const ADMINISTRATOR: &str = "/etc/pkcs11/modules";

/// As what the proxy itself goes in `enable-in` and `disable-in`.
const PROXY: &str = "p11-kit-proxy";

const LIBRARY: &str = "module";
const SWITCHES: [&str; 2] = ["enable-in", "disable-in"];
const REST: &str = "critical: no\ntrust-policy: no\n";
