//! Changing: putting our module where it belongs, moving it with an upgrade, and taking it away.
//!
//! Doing any of it twice changes nothing the second time, and no program is left with the module
//! in two ways: it would show the card twice and could ask twice for the PIN.

use crate::file::{self, Edit, Readers};
use crate::firefox::Policies;
use crate::machine::Machine;
use crate::module::Module;
use crate::nss::ModuleList;
use crate::p11_kit::{ModuleFile, is_packaged};
use crate::registration::{Change, ChangeError, Changed, Scope, State};
use crate::survey::{Place, Ways, places};

/// Registers `module` at every place of `scope` where it belongs.
///
/// For all: with p11-kit and in Firefox's policy. For one person: in the Firefox profiles and the
/// database of Chromium, and with p11-kit unless that is done for all.
pub fn register(machine: &Machine, module: &Module, scope: Scope) -> Vec<Changed> {
    each(machine, module, scope, |place, ways| match place {
        Place::P11KitSystem(_) if is_packaged(machine) => Wish::AsIs,
        Place::P11KitSystem(_) => Wish::Present,
        Place::P11KitUser(_) if machine.is_used_by_root() => Wish::AsIs,
        Place::P11KitUser(_) if ways.p11_kit_for_all => Wish::Absent,
        Place::P11KitUser(_) if ways.p11_kit_withheld => Wish::MovedOnly,
        Place::P11KitUser(_) => Wish::Present,
        Place::Policy(_) => Wish::unless_proxied(ways.proxy_in_firefox),
        // Firefox writes what its policy adds into the profiles itself, but never moves it.
        Place::Profile(_) if ways.policy => Wish::MovedOnly,
        Place::Profile(_) if ways.policy_proxy => Wish::Absent,
        Place::Profile(_) => Wish::unless_proxied(ways.proxy_in_firefox),
        Place::NoProfile(_) => Wish::AsIs,
        Place::UnreadableProfiles(..) => Wish::Present,
        Place::Database(_) if !place.may_be_made(machine) => Wish::MovedOnly,
        Place::Database(_) => Wish::unless_proxied(ways.proxy_in_chromium),
        Place::UnusedDatabase(_) => Wish::Absent,
    })
}

/// Takes our module away from every place of `scope`.
///
/// A Firefox profile that has it by policy keeps it: Firefox would put it there again. What the package
/// of Siru brought for p11-kit goes with the package.
pub fn unregister(machine: &Machine, module: &Module, scope: Scope) -> Vec<Changed> {
    each(machine, module, scope, |place, ways| match place {
        Place::P11KitSystem(_) if is_packaged(machine) => Wish::AsIs,
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
    const fn unless_proxied(proxy_brings_ours: bool) -> Self {
        if proxy_brings_ours {
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
        let done = apply(&place, module, wish(&place, &ways), &ways);
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

fn apply(place: &Place, module: &Module, wish: Wish, ways: &Ways) -> Result<Touched, ChangeError> {
    let (path, readers) = (place.path(), readers(place));
    match place {
        _ if wish == Wish::AsIs => Ok(Touched::Nothing),
        Place::NoProfile(_) => Ok(Touched::Nothing),
        Place::UnreadableProfiles(_, error) => Err((*error).into()),
        Place::P11KitSystem(_) => file::edit(&path, readers, |before| {
            p11_kit_file(before, module, wish, ways, false)
        }),
        Place::P11KitUser(_) => file::edit(&path, readers, |before| {
            p11_kit_file(before, module, wish, ways, ways.p11_kit_for_all)
        }),
        Place::Policy(policy) => file::edit(&path, readers, |before| {
            let (edit, touched) = policies(before, module, wish)?;
            match (edit, wish) {
                (Edit::Keep, _) => Ok((Edit::Keep, touched)),
                (_, Wish::Absent) if policy.is_shipped => Err(ChangeError::Shipped),
                _ if policy.is_shipped => Err(ChangeError::WouldHide {
                    other: path.clone(),
                }),
                (edit, _) => Ok((edit, touched)),
            }
        }),
        Place::Profile(_) | Place::Database(_) | Place::UnusedDatabase(_) => {
            file::edit(&path, readers, |before| module_list(before, module, wish))
        }
    }
}

const fn readers(place: &Place) -> Readers {
    match place {
        Place::P11KitSystem(_) | Place::Policy(_) => Readers::Everyone,
        _ => Readers::Owner,
    }
}

/// `stays` if p11-kit goes on with our module from another file when this one no longer names it:
/// then what else stands here is said about that one.
fn p11_kit_file(
    before: Option<&str>,
    module: &Module,
    wish: Wish,
    ways: &Ways,
    stays: bool,
) -> Result<(Edit, Touched), ChangeError> {
    let nothing = (Edit::Keep, Touched::Nothing);
    let removed = wish == Wish::Absent;
    let Some(file) = before.map(ModuleFile::new) else {
        let new = ModuleFile::registering(module).into_text();
        return Ok(if removed || wish == Wish::MovedOnly {
            nothing
        } else {
            (Edit::Write(new), Touched::Written)
        });
    };
    if !file.is_ours() {
        // Whoever keeps the module from programs wants it so.
        let is_settled = ways.p11_kit_for_all || ways.p11_kit_withheld;
        return if removed || is_settled || file.withholds() {
            Ok(nothing)
        } else {
            Err(ChangeError::NotOurs)
        };
    }
    Ok(match removed {
        true if stays && file.says_more() => {
            let rest = file.without_library().into_text();
            (Edit::Write(rest), Touched::Removed)
        }
        true => (Edit::Remove, Touched::Removed),
        false if file.library() == Some(module.text()) => nothing,
        false => {
            let moved = file.with_library(module).into_text();
            (Edit::Write(moved), Touched::Written)
        }
    })
}

fn policies(
    before: Option<&str>,
    module: &Module,
    wish: Wish,
) -> Result<(Edit, Touched), ChangeError> {
    let policies = match before {
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
        return Ok((Edit::Keep, Touched::Nothing));
    }
    let touched = if removed {
        policies.unregister();
        Touched::Removed
    } else {
        policies.register(module);
        Touched::Written
    };
    Ok((policies.text().map_or(Edit::Remove, Edit::Write), touched))
}

fn module_list(
    before: Option<&str>,
    module: &Module,
    wish: Wish,
) -> Result<(Edit, Touched), ChangeError> {
    let before = ModuleList::new(before.unwrap_or_default().to_owned());
    let mut list = before.clone();
    let proxied = wish == Wish::PresentUnlessProxied && list.has_p11_kit_proxy();
    let removed = wish == Wish::Absent || proxied;
    if removed {
        list.unregister();
    } else if wish != Wish::MovedOnly || !list.ours().is_empty() {
        list.register(module);
    }
    if list == before {
        return Ok((Edit::Keep, Touched::Nothing));
    }
    let edit = if list.text().is_empty() {
        Edit::Remove
    } else {
        Edit::Write(list.text().to_owned())
    };
    let touched = if removed {
        Touched::Removed
    } else {
        Touched::Written
    };
    Ok((edit, touched))
}
