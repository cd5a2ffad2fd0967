//! One tray program in a session, and what other programs of ours tell it.

use std::sync::mpsc::Sender;

use siru_process::post::{self, Address, CHANGED, Claim, ClaimError};

use crate::watch::Event;

/// Becomes the one program of the session that shows the icon, and makes an event of whatever it is
/// told from then on. When there is one, that one looks again: whoever starts a second one wants to see
/// how things are.
///
/// # Errors
///
/// The one that is there hangs, or the system refuses.
pub(crate) fn claim(events: Sender<Event>) -> Result<Claim, ClaimError> {
    let hear = move |word: &str| word == CHANGED && events.send(Event::Changed).is_ok();
    post::claim(Address::Tray, CHANGED, hear)
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    #[test]
    fn there_is_one_and_it_hears_of_changes() {
        let (events, inbox) = mpsc::channel();
        let first = claim(events.clone()).unwrap();
        assert!(matches!(first, Claim::Held(_)));
        assert!(matches!(claim(events).unwrap(), Claim::Passed));
        assert!(matches!(inbox.recv(), Ok(Event::Changed)));
        post::tell(Address::Tray, CHANGED).unwrap();
        assert!(matches!(inbox.recv(), Ok(Event::Changed)));
        assert!(post::tell(Address::Tray, "something else").is_err());
    }
}
