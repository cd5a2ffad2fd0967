//! Looking: every place of the machine and the person where our module could be registered.

use std::path::{Path, PathBuf};

use crate::chromium;
use crate::file;
use crate::firefox::{self, GroupPolicy, Policies, PolicyFile, Profile, ProfileList};
use crate::machine::Machine;
use crate::module::Module;
use crate::nss::ModuleList;
use crate::p11_kit::{self, P11Kit};
use crate::registration::{Program, ReadError, Registration, Scope, State};
use crate::sandbox;
use crate::windows_store;

/// How our module stands everywhere. `module` is the copy that should be registered.
///
/// Only looks, and never fails: what cannot be read is [`State::Unreadable`].
pub fn survey(machine: &Machine, module: &Module) -> Vec<Registration> {
    let ways = Ways::of(machine);
    let mut places = places(machine, Scope::System);
    places.extend(places_of_user(machine));
    let mut found: Vec<_> = places
        .iter()
        .map(|place| place.registration(machine, module, &ways))
        .collect();
    if machine.is_windows() {
        found.push(windows_store::registration(machine));
    } else {
        found.extend(sandbox::browsers(machine));
    }
    found
}

/// The places of one scope, apart from those that cannot be reached.
pub(crate) fn places(machine: &Machine, scope: Scope) -> Vec<Place> {
    match (scope, GroupPolicy::of(machine)) {
        (Scope::System, Some(policy)) => vec![Place::GroupPolicy(policy)],
        (Scope::System, None) => vec![
            Place::P11KitSystem(p11_kit::system_file(machine)),
            Place::Policy(PolicyFile::of(machine)),
        ],
        (Scope::User, _) => places_of_user(machine),
    }
}

fn places_of_user(machine: &Machine) -> Vec<Place> {
    let Some(home) = machine.home() else {
        return Vec::new();
    };
    let mut places = Vec::new();
    if !machine.is_windows() {
        places.extend(p11_kit::user_file(machine).map(Place::P11KitUser));
    }
    let profiles = ProfileList::of(machine, home);
    if profiles.is_empty() && firefox::is_installed(machine) {
        places.push(Place::NoProfile(firefox::first_folder(machine, home)));
    }
    places.extend(profiles.found.into_iter().map(Place::Profile));
    let unreadable = profiles.unreadable.into_iter();
    places.extend(unreadable.map(|(path, error)| Place::UnreadableProfiles(path, error)));
    if !machine.is_windows() {
        let (in_use, unused) = chromium::module_lists(home);
        places.push(Place::Database(in_use));
        places.extend(unused.map(Place::UnusedDatabase));
    }
    places
}

/// Where a registration stands or could stand.
#[derive(Clone, Debug)]
pub(crate) enum Place {
    P11KitSystem(PathBuf),
    P11KitUser(PathBuf),
    Policy(PolicyFile),
    GroupPolicy(GroupPolicy),
    Profile(Profile),
    /// Instead of any profile, the folder of a Firefox that was never started.
    NoProfile(PathBuf),
    /// A list of profiles that cannot be read.
    UnreadableProfiles(PathBuf, ReadError),
    /// The module list of the database that Chromium uses.
    Database(PathBuf),
    /// One that it would use if the other were not there.
    UnusedDatabase(PathBuf),
}

/// In which ways programs get our module without an entry of their own.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Ways {
    /// p11-kit's proxy brings it to Firefox.
    pub proxy_in_firefox: bool,
    /// And to Chromium and its relatives.
    pub proxy_in_chromium: bool,
    /// p11-kit has it from a file for everyone.
    pub p11_kit_for_all: bool,
    /// The administrator wants p11-kit to load it for nobody.
    pub p11_kit_withheld: bool,
    /// Firefox gets it by policy.
    pub policy: bool,
    /// Firefox gets p11-kit's modules by policy, and ours is one of them.
    pub policy_proxy: bool,
}

impl Ways {
    pub fn of(machine: &Machine) -> Self {
        if let Some(policy) = GroupPolicy::of(machine) {
            return Self {
                policy: policy.brings_ours(),
                ..Self::default()
            };
        }
        let p11_kit = P11Kit::of(machine, Scope::User);
        let for_all = P11Kit::of(machine, Scope::System);
        let proxy_in_firefox = p11_kit.serves(&firefox::program_names(machine));
        let policies = file::read(&PolicyFile::of(machine).path)
            .ok()
            .flatten()
            .and_then(|text| Policies::parse(&text).ok());
        Self {
            proxy_in_firefox,
            proxy_in_chromium: p11_kit.serves(&chromium::program_names(machine)),
            p11_kit_for_all: for_all.brings_ours(),
            p11_kit_withheld: for_all.withholds_ours(),
            policy: policies.as_ref().is_some_and(Policies::brings_ours),
            policy_proxy: proxy_in_firefox
                && policies.as_ref().is_some_and(Policies::has_p11_kit_proxy),
        }
    }
}

impl Place {
    pub fn path(&self) -> PathBuf {
        match self {
            Self::P11KitSystem(path)
            | Self::P11KitUser(path)
            | Self::NoProfile(path)
            | Self::UnreadableProfiles(path, _)
            | Self::Database(path)
            | Self::UnusedDatabase(path) => path.clone(),
            Self::Policy(policy) => policy.path.clone(),
            Self::GroupPolicy(policy) => policy.place(),
            Self::Profile(profile) => profile.module_list(),
        }
    }

    pub fn registration(&self, machine: &Machine, module: &Module, ways: &Ways) -> Registration {
        let place = self.path();
        let (state, neighbours) = self
            .state(machine, module, ways, &place)
            .unwrap_or_else(|error| (State::Unreadable(error), Vec::new()));
        let home = machine.home();
        let (program, scope, names, running) = match self {
            Self::P11KitSystem(_) => (Program::P11Kit, Scope::System, Vec::new(), false),
            Self::P11KitUser(_) => (Program::P11Kit, Scope::User, Vec::new(), false),
            Self::Policy(_) | Self::GroupPolicy(_) => {
                (Program::Firefox, Scope::System, Vec::new(), false)
            }
            Self::NoProfile(_) | Self::UnreadableProfiles(..) => {
                (Program::Firefox, Scope::User, Vec::new(), false)
            }
            Self::Profile(profile) => {
                let names = vec![profile.name.clone()];
                let running = profile.is_open(machine);
                (Program::Firefox, Scope::User, names, running)
            }
            Self::Database(_) | Self::UnusedDatabase(_) => {
                let running = home.is_some_and(|home| chromium::is_running(machine, home));
                let names = chromium::installed(machine);
                (Program::Chromium, Scope::User, names, running)
            }
        };
        Registration {
            program,
            scope,
            place,
            names,
            state,
            neighbours,
            running,
        }
    }

    fn state(
        &self,
        machine: &Machine,
        module: &Module,
        ways: &Ways,
        path: &Path,
    ) -> Result<(State, Vec<PathBuf>), ReadError> {
        Ok(match self {
            Self::P11KitSystem(_) => {
                p11_kit::module_file(path)?;
                let all = P11Kit::of(machine, Scope::System);
                (all.system_state(module), all.neighbours())
            }
            Self::P11KitUser(_) if machine.is_used_by_root() => (State::Ignored, Vec::new()),
            Self::P11KitUser(_) => {
                let file = p11_kit::module_file(path)?;
                let all = P11Kit::of(machine, Scope::User);
                (all.user_state(file.as_ref(), module), Vec::new())
            }
            Self::Policy(_) => match file::read(path)? {
                None if !firefox::is_installed(machine) => (State::NotInstalled, Vec::new()),
                None => (State::NotRegistered, Vec::new()),
                Some(text) => {
                    let policies = Policies::parse(&text)?;
                    let state = with_proxy(&policies.ours(), ways.policy_proxy, module);
                    (state, policies.neighbours())
                }
            },
            Self::GroupPolicy(policy) => match policy.ours() {
                ours if ours.is_empty() && !firefox::is_installed(machine) => {
                    (State::NotInstalled, Vec::new())
                }
                ours => (with_proxy(&ours, false, module), policy.neighbours()),
            },
            Self::NoProfile(_) if ways.policy => (State::ByPolicy, Vec::new()),
            Self::NoProfile(_) if ways.policy_proxy => (State::ThroughP11Kit, Vec::new()),
            Self::NoProfile(_) => (State::NoProfile, Vec::new()),
            Self::UnreadableProfiles(_, error) => return Err(*error),
            Self::Profile(_) => {
                let list = ModuleList::new(file::read(path)?.unwrap_or_default());
                let ours = list.ours();
                let through_proxy =
                    ways.policy_proxy || (ways.proxy_in_firefox && list.has_p11_kit_proxy());
                let state = match with_proxy(&ours, through_proxy, module) {
                    State::Registered | State::NotRegistered if ways.policy => State::ByPolicy,
                    State::ThroughP11Kit if ways.policy => State::Twice,
                    state => state,
                };
                (state, list.neighbours())
            }
            Self::Database(_) | Self::UnusedDatabase(_) => {
                let text = file::read(path)?;
                if text.is_none() && !self.may_be_made(machine) {
                    return Ok((State::NotInstalled, Vec::new()));
                }
                let list = ModuleList::new(text.unwrap_or_default());
                let through_proxy = ways.proxy_in_chromium && list.has_p11_kit_proxy();
                let state = with_proxy(&list.ours(), through_proxy, module);
                (state, list.neighbours())
            }
        })
    }

    /// A database is not made for a program that is not there.
    pub fn may_be_made(&self, machine: &Machine) -> bool {
        match self {
            Self::Database(path) => {
                path.parent().is_some_and(Path::is_dir) || !chromium::installed(machine).is_empty()
            }
            Self::UnusedDatabase(_) => false,
            _ => true,
        }
    }
}

fn entry(found: Option<PathBuf>, module: &Module) -> State {
    match found {
        None => State::NotRegistered,
        Some(path) if path == module.path() => State::Registered,
        Some(path) => State::Outdated { path },
    }
}

fn with_proxy(ours: &[PathBuf], through_proxy: bool, module: &Module) -> State {
    match (ours, through_proxy) {
        ([], true) => State::ThroughP11Kit,
        ([], false) => State::NotRegistered,
        ([_, ..], true) | ([_, _, ..], false) => State::Twice,
        ([path], false) => entry(Some(path.clone()), module),
    }
}
