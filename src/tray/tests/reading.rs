//! What becomes of a look that other programs disturb.

use std::sync::{Arc, mpsc};

use siru_apdu::ReaderError;
use siru_sim::{Fault, FaultKind, VirtualReaders};

use super::{readers, states};
use crate::look::{Facts, LookError, look};
use crate::state::Look;
use crate::watch::{ConnectReaders, Event, Watch, read};

/// What is found in the only reader.
fn found(readers: &VirtualReaders) -> Result<Facts, LookError> {
    let connect = connect(readers);
    let asked = Look {
        reader: states(readers).remove(0).name,
        number: 7,
    };
    let (events, inbox) = mpsc::channel();
    read(asked.clone(), &connect, events);
    match inbox.recv().unwrap() {
        Event::Found(answered, found) => {
            assert_eq!(answered, asked);
            found
        }
        other => panic!("{other:?}"),
    }
}

fn connect(readers: &VirtualReaders) -> ConnectReaders {
    let readers = std::sync::Mutex::new(readers.clone());
    Arc::new(move || Box::new(readers.lock().unwrap().clone()))
}

#[test]
fn a_card_that_another_program_resets_is_read_once_more() {
    for exchange in [1, 4, 12] {
        let readers = readers(&["v4"]);
        let name = states(&readers).remove(0).name;
        let fault = Fault::at_exchange(FaultKind::Reset, exchange);
        readers.control().plan(&name, fault).unwrap();
        let first = look(&mut readers.clone(), &name);
        assert!(Facts::may_pass(&first), "{first:?}");
        readers.control().plan(&name, fault).unwrap();
        let found = found(&readers).unwrap();
        assert!(found.valid_until.unwrap().is_some());
    }
}

#[test]
fn what_will_not_pass_is_told_at_once() {
    let found_foreign = found(&readers(&["foreign"]));
    assert!(matches!(found_foreign, Err(LookError::Open(_))));
    assert!(!Facts::may_pass(&found_foreign));
    let gone = readers(&["v4"]);
    gone.control()
        .remove(&states(&gone).remove(0).name)
        .unwrap();
    let found_nothing = found(&gone);
    assert!(matches!(
        found_nothing,
        Err(LookError::Reader(ReaderError::NoCard))
    ));
}

#[test]
fn a_watch_ends_when_it_is_dropped() {
    let readers = readers(&["v4"]);
    let (events, inbox) = mpsc::channel();
    let watch = Watch::start(3, &connect(&readers), events).unwrap();
    assert!(matches!(inbox.recv().unwrap(), Event::Watched(3, Ok(_))));
    drop(watch);
    // Its thread lets go of the other end.
    assert!(inbox.recv().is_err());
}
