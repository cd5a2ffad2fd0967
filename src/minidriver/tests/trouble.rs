//! Each exchange of each call that presents a code, with each thing that can go wrong there: one code
//! goes out at most, and what is said of it is what the card counted.

use siru_apdu::TriesLeft;
use siru_sim::personalize::{PIN1, PUK};
use windows_sys::Win32::Foundation as win;

use super::FakeService;
use super::fake::Trouble;
use crate::context::Minidriver;
use crate::error::Error;

const TROUBLES: [Trouble; 12] = [
    Trouble::Before(win::SCARD_W_RESET_CARD),
    Trouble::After(win::SCARD_W_RESET_CARD),
    Trouble::Before(win::SCARD_W_REMOVED_CARD),
    Trouble::After(win::SCARD_W_REMOVED_CARD),
    Trouble::Before(win::SCARD_E_NO_SERVICE),
    Trouble::After(win::SCARD_E_READER_UNAVAILABLE),
    Trouble::After(win::SCARD_E_TIMEOUT),
    Trouble::After(win::SCARD_F_COMM_ERROR),
    Trouble::Answers(&[0x6F, 0x00]),
    Trouble::Answers(&[0x90]),
    Trouble::Answers(&[]),
    Trouble::Answers(&[0xFF; 400]),
];

type Call = fn(&mut Minidriver, right: bool) -> Result<(), Error>;

const CALLS: [(&str, Call); 3] = [
    ("authenticate", |card, right| {
        card.authenticate(if right { PIN1.as_bytes() } else { b"4321" })
    }),
    ("change", |card, right| {
        card.change_pin(if right { PIN1.as_bytes() } else { b"4321" }, b"5937")
    }),
    ("unblock", |card, right| {
        card.unblock_pin(if right { PUK.as_bytes() } else { b"11111111" }, b"8264")
    }),
];

#[test]
fn whatever_goes_wrong_one_code_goes_out_at_most_and_nothing_invites_to_send_it_again() {
    let mut runs = 0;
    for (image, troubles) in [
        ("v4", &TROUBLES[..]),
        // The same again with other commands; what is made of the trouble is the same.
        ("v3", &TROUBLES[..2]),
        ("organisation", &TROUBLES[..2]),
    ] {
        for trouble in troubles.iter().copied() {
            for (name, call) in CALLS {
                for right in [true, false] {
                    for at in 0.. {
                        let service = FakeService::with(image);
                        let mut card = service.acquire(false);
                        service.trouble_after(at, trouble);
                        let said = call(&mut card, right);
                        if service.was_spared() {
                            break;
                        }
                        let case = format!("{image} {trouble:?} {name} {right} at {at}: {said:?}");
                        judge(&service, said, &case);
                        runs += 1;
                    }
                }
            }
        }
    }
    assert!(runs > 300, "{runs} runs");
}

fn judge(service: &FakeService, said: Result<(), Error>, case: &str) {
    let sent = service.ledger.entries();
    let refused = sent.iter().filter(|entry| entry.status != Some(0x9000));
    let refused = refused.count();
    // A card with the PUK in a command of its own is given two.
    assert!(
        sent.len() <= 1 + usize::from(case.contains("unblock")),
        "{case}: {sent:?}"
    );
    match said {
        Ok(()) => assert_eq!(refused, 0, "{case}"),
        Err(Error::WrongPin { tries_left }) => {
            assert_eq!((refused, tries_left), (1, Some(TriesLeft(4))), "{case}");
        }
        // A caller may connect anew and call again after these: only if no code went out.
        Err(Error::CardReset | Error::ServiceStopped | Error::Service(_)) => {
            assert!(sent.is_empty(), "{case}: {sent:?}");
        }
        Err(_) => assert!(refused <= 1, "{case}: {sent:?}"),
    }
}
