//! Changing: putting our module where it belongs, moving it with an upgrade, and taking it away.
//!
//! Doing any of it twice changes nothing the second time, and no program is left with the module
//! in two ways: it would show the card twice and could ask twice for the PIN.

use std::path::Path;

use crate::file::{self, Readers};
use crate::firefox::Policies;
use crate::machine::Machine;
use crate::module::Module;
use crate::nss::ModuleList;
use crate::p11_kit;
use crate::registration::{Change, ChangeError, Changed, Scope, State};
use crate::survey::{Place, Ways, places};

/// Registers `module` at every place of `scope` where it belongs.
///
/// For all: with p11-kit and in Firefox's policy. For one person: in the Firefox profiles and the
/// database of Chromium, and with p11-kit unless that is done for all.
pub fn register(machine: &Machine, module: &Module, scope: Scope) -> Vec<Changed> {
    each(machine, module, scope, |place, ways| match place {
        Place::P11KitSystem(_) => Wish::Present,
        Place::P11KitUser(_) if machine.is_used_by_root() => Wish::AsIs,
        Place::P11KitUser(_) if ways.p11_kit_for_all => Wish::Absent,
        Place::P11KitUser(_) => Wish::Present,
        Place::Policy(_) => Wish::unless_proxied(ways),
        // Firefox writes what its policy adds into the profiles itself, but never moves it.
        Place::Profile(_) if ways.policy => Wish::MovedOnly,
        Place::Profile(_) if ways.policy_proxy => Wish::Absent,
        Place::Profile(_) => Wish::unless_proxied(ways),
        Place::NoProfile(_) => Wish::AsIs,
        Place::Database(_) if !place.may_be_made(machine) => Wish::MovedOnly,
        Place::Database(_) => Wish::unless_proxied(ways),
        Place::UnusedDatabase(_) => Wish::Absent,
    })
}

/// Takes our module away from every place of `scope`.
///
/// A Firefox profile that has it by policy keeps it: Firefox would put it there again.
pub fn unregister(machine: &Machine, module: &Module, scope: Scope) -> Vec<Changed> {
    each(machine, module, scope, |place, ways| match place {
        Place::Profile(_) if ways.policy => Wish::AsIs,
        Place::NoProfile(_) => Wish::AsIs,
        _ => Wish::Absent,
    })
}

/// What is wanted of a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wish {
    /// Ours is there, once.
    Present,
    /// The same, unless everything of p11-kit's is loaded anyway, ours with it.
    PresentUnlessProxied,
    /// Ours is not added, but an entry that is there leads to the right copy.
    MovedOnly,
    /// Ours is not there.
    Absent,
    /// Nothing is touched.
    AsIs,
}

impl Wish {
    const fn unless_proxied(ways: &Ways) -> Self {
        if ways.p11_kit {
            Self::PresentUnlessProxied
        } else {
            Self::Present
        }
    }
}

fn each(
    machine: &Machine,
    module: &Module,
    scope: Scope,
    wish: impl Fn(&Place, &Ways) -> Wish,
) -> Vec<Changed> {
    let changed = places(machine, scope).into_iter().map(|place| {
        // p11-kit comes first, and what it knows from then on decides about the others.
        let ways = Ways::of(machine);
        let before = place.registration(machine, module, &ways);
        let done = apply(&place, module, wish(&place, &ways));
        (place, before.state, done)
    });
    let changed: Vec<_> = changed.collect();
    let ways = Ways::of(machine);
    changed
        .into_iter()
        .map(|(place, before, done)| {
            let registration = place.registration(machine, module, &ways);
            let change = done.map(|touched| kind(touched, &before));
            Changed {
                registration,
                change,
            }
        })
        .collect()
}

/// What became of the entry itself; how the program gets the module then is another matter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Touched {
    Nothing,
    Written,
    Removed,
}

const fn kind(touched: Touched, before: &State) -> Change {
    match (touched, before) {
        (Touched::Nothing, _) => Change::None,
        (Touched::Removed, _) => Change::Removed,
        (Touched::Written, State::NotRegistered | State::NotInstalled) => Change::Added,
        (Touched::Written, _) => Change::Moved,
    }
}

fn apply(place: &Place, module: &Module, wish: Wish) -> Result<Touched, ChangeError> {
    let path = place.path();
    match place {
        _ if wish == Wish::AsIs => Ok(Touched::Nothing),
        Place::NoProfile(_) => Ok(Touched::Nothing),
        Place::P11KitSystem(_) | Place::P11KitUser(_) => p11_kit_file(place, &path, module, wish),
        Place::Policy(policy) => policies(&path, policy.is_shipped, module, wish),
        Place::Profile(_) | Place::Database(_) | Place::UnusedDatabase(_) => {
            module_list(&path, module, wish)
        }
    }
}

fn p11_kit_file(
    place: &Place,
    path: &Path,
    module: &Module,
    wish: Wish,
) -> Result<Touched, ChangeError> {
    let before = file::read(path)?;
    if wish == Wish::Absent {
        if before.is_none() {
            return Ok(Touched::Nothing);
        }
        file::remove(path)?;
        return Ok(Touched::Removed);
    }
    let same = before.as_deref().and_then(p11_kit::library) == Some(module.text());
    // An administrator may have added options; only a wrong path is a reason to write.
    if same {
        return Ok(Touched::Nothing);
    }
    let readers = match place {
        Place::P11KitSystem(_) => Readers::Everyone,
        _ => Readers::Owner,
    };
    file::write(path, &p11_kit::file_text(module), readers)?;
    Ok(Touched::Written)
}

fn policies(
    path: &Path,
    is_shipped: bool,
    module: &Module,
    wish: Wish,
) -> Result<Touched, ChangeError> {
    let before = file::read(path)?;
    let policies = match &before {
        Some(text) => Policies::parse(text)?,
        None => Policies::empty()?,
    };
    let ours = policies.ours();
    let proxied = wish == Wish::PresentUnlessProxied && policies.has_p11_kit_proxy();
    let removed = wish == Wish::Absent || proxied;
    let right = match ours.as_slice() {
        [] => removed,
        [only] => !removed && only == module.path(),
        _ => false,
    };
    if right {
        return Ok(Touched::Nothing);
    }
    if is_shipped {
        return Err(ChangeError::WouldHide { other: path.into() });
    }
    if removed {
        policies.unregister();
    } else {
        policies.register(module);
    }
    match policies.text() {
        Some(text) => file::write(path, &text, Readers::Everyone)?,
        None => file::remove(path)?,
    }
    Ok(if removed {
        Touched::Removed
    } else {
        Touched::Written
    })
}

fn module_list(path: &Path, module: &Module, wish: Wish) -> Result<Touched, ChangeError> {
    let before = ModuleList::new(file::read(path)?.unwrap_or_default());
    let mut list = before.clone();
    let proxied = wish == Wish::PresentUnlessProxied && list.has_p11_kit_proxy();
    let removed = wish == Wish::Absent || proxied;
    if removed {
        list.unregister();
    } else if wish != Wish::MovedOnly || !list.ours().is_empty() {
        list.register(module);
    }
    if list == before {
        return Ok(Touched::Nothing);
    }
    if list.text().is_empty() {
        file::remove(path)?;
    } else {
        file::write(path, list.text(), Readers::Owner)?;
    }
    Ok(if removed {
        Touched::Removed
    } else {
        Touched::Written
    })
}
