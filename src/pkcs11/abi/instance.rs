//! The one module of a process, and none in a child that was forked from it.
//!
//! A fork copies the memory of one thread's moment: a lock that another thread held is held for
//! ever in the child, and the connections to the card service belong to the parent. So a child
//! never looks at what it inherited. It sees that its process is another one, and takes the next
//! place for a module of its own.
//!
//! What the card service's own library inherits is out of reach here: a child that was forked while
//! another thread stood in its `SCardEstablishContext` may wait there for ever (pcsc-lite 1.9.9).

use std::process;
use std::sync::atomic::{AtomicU32, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use crate::error::Error;
use crate::module::Module;

/// A place for the module of one process.
struct Place {
    /// The process, 0 for none yet.
    process: AtomicU32,
    module: Mutex<Option<Arc<Module>>>,
}

/// Processes forked from processes forked from this one, each with the module in use, take one each.
const GENERATIONS: usize = 16;

static PLACES: [Place; GENERATIONS] = [const {
    Place {
        process: AtomicU32::new(0),
        module: Mutex::new(None),
    }
}; GENERATIONS];

/// The place in use.
static CURRENT: AtomicUsize = AtomicUsize::new(0);

fn place() -> Option<&'static Place> {
    let place = PLACES.get(CURRENT.load(Ordering::Acquire))?;
    (place.process.load(Ordering::Acquire) == process::id()).then_some(place)
}

/// The module of this process.
///
/// # Errors
///
/// [`Error::NotInitialized`].
pub fn module() -> Result<Arc<Module>, Error> {
    let place = place().ok_or(Error::NotInitialized)?;
    let module = place.module.lock().unwrap_or_else(PoisonError::into_inner);
    module.clone().ok_or(Error::NotInitialized)
}

/// Puts a module in place.
///
/// # Errors
///
/// [`Error::AlreadyInitialized`].
pub fn begin(make: impl FnOnce() -> Module) -> Result<(), Error> {
    let place = match place() {
        Some(place) => place,
        None => take_place()?,
    };
    let mut module = place.module.lock().unwrap_or_else(PoisonError::into_inner);
    if module.is_some() {
        return Err(Error::AlreadyInitialized);
    }
    *module = Some(Arc::new(make()));
    Ok(())
}

/// Takes the module away; calls that are under way keep it until they return.
///
/// # Errors
///
/// [`Error::NotInitialized`].
pub fn end() -> Result<Arc<Module>, Error> {
    let place = place().ok_or(Error::NotInitialized)?;
    let mut module = place.module.lock().unwrap_or_else(PoisonError::into_inner);
    module.take().ok_or(Error::NotInitialized)
}

/// Takes a place nobody has used: the first, or in a child the one after its parent's.
fn take_place() -> Result<&'static Place, Error> {
    let own = process::id();
    let mut index = CURRENT.load(Ordering::Acquire);
    while let Some(place) = PLACES.get(index) {
        let taken = place
            .process
            .compare_exchange(0, own, Ordering::AcqRel, Ordering::Acquire);
        if taken.is_ok() || taken == Err(own) {
            CURRENT.store(index, Ordering::Release);
            return Ok(place);
        }
        index += 1;
    }
    Err(Error::General)
}
