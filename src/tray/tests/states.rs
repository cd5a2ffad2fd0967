//! Which picture cards make, when they are read, and for which the window opens.

use std::time::Duration;

use siru_apdu::{ReaderError, Readers as _};
use siru_card::{Access, FineidCard, Purpose, ReadOnlyReason};
use siru_sim::VirtualReaders;

use super::{DAY, answer, known, now, readers, states};
use crate::look::look;
use crate::picture::Picture;
use crate::state::{Readers, Remark};

/// The remarks about all readers, as they are named.
fn remarks(known: &Readers) -> String {
    let remarks = known.remarks(now());
    let all = remarks.iter().flat_map(|(_, remarks)| remarks);
    all.map(|remark| format!("{remark:?} ")).collect()
}

#[test]
fn every_card_makes_its_picture() {
    for (image, picture, remark) in [
        ("v3", Picture::Ready, "Ready"),
        ("v4", Picture::Ready, "Ready"),
        ("organisation", Picture::Ready, "Ready"),
        ("v4-last-try", Picture::Ready, "Ready"),
        ("v4-fresh", Picture::Trouble, "NotActivated"),
        ("v3-fresh", Picture::Trouble, "NotActivated"),
        ("v4-locked", Picture::Trouble, "Locked(Authentication)"),
        ("v4-pin2-locked", Picture::Trouble, "Locked(Signature)"),
        ("v3-expired", Picture::Trouble, "Expired("),
        ("setcos", Picture::Trouble, "NotOpened(Legacy"),
        ("foreign", Picture::Foreign, "NotOpened(Foreign)"),
        ("lookalike", Picture::Foreign, "NotOpened(Foreign)"),
        ("mute", Picture::Trouble, "Mute"),
    ] {
        let known = known(&[image]);
        assert_eq!(
            known.picture(now()),
            picture,
            "{image}: {}",
            remarks(&known)
        );
        assert!(
            remarks(&known).starts_with(remark),
            "{image}: {}",
            remarks(&known)
        );
    }
}

#[test]
fn the_picture_is_that_of_the_weightiest_reader() {
    for (images, picture) in [
        (&["v4", "v3"][..], Picture::Ready),
        (&["v4", "foreign"], Picture::Ready),
        (&["foreign", "v4", "v3-locked"], Picture::Trouble),
        (&["v4", "mute"], Picture::Trouble),
    ] {
        assert_eq!(known(images).picture(now()), picture, "{images:?}");
    }
    // What the title says comes first.
    assert!(remarks(&known(&["v4", "v3-locked"])).starts_with("Locked"));
    assert!(remarks(&known(&["foreign", "v4"])).starts_with("Ready"));
}

#[test]
fn a_card_that_siru_only_looks_at_is_not_ready() {
    let readers = readers(&["v4"]);
    let mut known = Readers::default();
    let looks = known.watched(Ok(states(&readers)));
    let mut facts = look(&mut readers.clone(), &looks[0].reader).unwrap();
    facts.access = Access::ReadOnly(ReadOnlyReason::UnknownGeneration);
    facts.valid_until = Ok(None);
    known.found(&looks[0], Ok(facts));
    assert_eq!(known.picture(now()), Picture::Trouble);
    assert_eq!(
        remarks(&known),
        "ReadOnly(UnknownGeneration) NoCertificate "
    );
}

#[test]
fn an_end_of_validity_is_foreseen_for_ninety_days() {
    let readers = readers(&["v4"]);
    let name = states(&readers).remove(0).name;
    let facts = look(&mut readers.clone(), &name).unwrap();
    let until = facts.valid_until.unwrap().unwrap().to_system_time();
    let known = known(&["v4"]);
    let second = Duration::from_secs(1);
    for (at, picture, days) in [
        (until - 90 * DAY - second, Picture::Ready, None),
        (until - 90 * DAY, Picture::Notice, Some(90)),
        (until - DAY, Picture::Notice, Some(1)),
        (until, Picture::Notice, Some(0)),
        (until + second, Picture::Trouble, None),
    ] {
        assert_eq!(known.picture(at), picture, "{days:?}");
        let remarks = known.remarks(at);
        let said = match remarks[0].1[..] {
            [Remark::Expires(days, _)] => Some(days),
            [Remark::Ready | Remark::Expired(_)] => None,
            ref other => panic!("{other:?}"),
        };
        assert_eq!(said, days);
    }
}

#[test]
fn what_is_said_changes_with_time_and_not_before_it_is_told_to() {
    let second = Duration::from_secs(1);
    let readers = readers(&["v4"]);
    let name = states(&readers).remove(0).name;
    let facts = look(&mut readers.clone(), &name).unwrap();
    let until = facts.valid_until.unwrap().unwrap().to_system_time();
    // Another card of the kind may have been made in another second.
    let mut known = Readers::default();
    let looks = known.watched(Ok(states(&readers)));
    answer(&mut known, &readers, looks);
    let said = |known: &Readers, at| format!("{:?}", known.remarks(at));
    for left in [
        400 * DAY,
        90 * DAY + second,
        90 * DAY,
        45 * DAY + DAY / 2,
        DAY,
        second,
        Duration::ZERO,
    ] {
        let at = until - left;
        let lasting = known.unchanging(at).unwrap();
        let next = at + lasting;
        assert_ne!(said(&known, at), said(&known, next), "{left:?}");
        let before = next.checked_sub(2 * second).filter(|before| *before > at);
        let before = before.unwrap_or(at);
        assert_eq!(said(&known, at), said(&known, before), "{left:?}");
    }
    assert_eq!(known.unchanging(until + second), None, "it has ended");
    known.watched(Err(ReaderError::NoService));
    assert_eq!(known.unchanging(until - DAY), None, "no card, no waking");
    assert_eq!(super::known(&["foreign"]).unchanging(now()), None);
}

#[test]
fn the_certificate_that_ends_first_counts() {
    let expired = readers(&["v4-expired"]);
    let name = states(&expired).remove(0).name;
    let mut card = FineidCard::open(expired.clone().connect(&name).unwrap()).unwrap();
    for (purpose, file) in [
        (Purpose::Authentication, &[0x4331][..]),
        (Purpose::Signature, &[0x5016, 0x4332]),
    ] {
        let ended = card.certificate(purpose).unwrap().unwrap();
        let readers = readers(&["v4"]);
        let name = states(&readers).remove(0).name;
        let put = readers.control().card(&name, |troubled| {
            assert!(troubled.card.file(file).is_some(), "{file:04X?}");
            troubled.card.set_file(file, Some(ended.der.clone()));
        });
        put.unwrap();
        let found = look(&mut readers.clone(), &name).unwrap();
        assert_eq!(
            found.valid_until.unwrap(),
            Some(ended.certificate.not_after),
            "{purpose:?}"
        );
    }
}

#[test]
fn without_readers_or_service_there_is_nothing_to_show() {
    let mut known = Readers::default();
    assert_eq!(known.picture(now()), Picture::NoReader);
    assert_eq!(known.watched(Ok(Vec::new())), []);
    assert_eq!(known.picture(now()), Picture::NoReader);
    assert!(known.outage().is_none());
    assert_eq!(known.watched(Err(ReaderError::NoService)), []);
    assert_eq!(known.picture(now()), Picture::NoReader);
    assert!(matches!(known.outage(), Some(ReaderError::NoService)));
}

#[test]
fn a_card_is_read_once_for_each_insertion() {
    let readers = readers(&["v4", "v3-locked"]);
    let control = readers.control();
    let name = states(&readers).remove(0).name;
    let mut known = Readers::default();
    let looks = known.watched(Ok(states(&readers)));
    assert_eq!(looks.len(), 2);
    assert_eq!(known.picture(now()), Picture::Empty, "being read");
    answer(&mut known, &readers, looks);
    assert_eq!(known.watched(Ok(states(&readers))), []);

    control.remove(&name).unwrap();
    assert_eq!(known.watched(Ok(states(&readers))), []);
    control.reinsert(&name).unwrap();
    let looks = known.watched(Ok(states(&readers)));
    assert_eq!(looks.len(), 1);
    assert_eq!(looks[0].reader, name);
}

#[test]
fn an_answer_about_an_earlier_card_says_nothing() {
    let readers = readers(&["v3-locked"]);
    let control = readers.control();
    let mut known = Readers::default();
    let late = known.watched(Ok(states(&readers)));
    let name = late[0].reader.clone();
    let found = look(&mut readers.clone(), &name);
    control.remove(&name).unwrap();
    known.watched(Ok(states(&readers)));
    assert!(!known.found(&late[0], found));
    assert_eq!(known.picture(now()), Picture::Empty);
}

#[test]
fn every_card_is_read_again_and_one_at_a_time() {
    let readers = readers(&["v4", "v3-locked", "mute"]);
    let mut known = Readers::default();
    let looks = known.watched(Ok(states(&readers)));
    answer(&mut known, &readers, looks);
    let again = known.again();
    assert_eq!(again.len(), 2, "the ready one as well");
    assert!(remarks(&known).starts_with("Locked"), "shown until then");
    answer(&mut known, &readers, again);
    assert_eq!(known.overtaken(), [], "nothing changed meanwhile");
    assert_eq!(known.again().len(), 2);
}

#[test]
fn a_card_that_changes_while_it_is_read_is_read_once_more() {
    let readers = readers(&["v4"]);
    let mut known = Readers::default();
    let looks = known.watched(Ok(states(&readers)));
    for _ in 0..2 {
        assert_eq!(known.again(), [], "it may hang");
        assert_eq!(known.overtaken(), [], "it is still being read");
    }
    answer(&mut known, &readers, looks);
    let once_more = known.overtaken();
    assert_eq!(once_more.len(), 1);
    assert_eq!(known.overtaken(), [], "once");
    answer(&mut known, &readers, once_more);
    assert_eq!(known.overtaken(), []);
}

/// Whether the window opens when all cards that are new have been read.
fn opens(known: &mut Readers, readers: &VirtualReaders) -> bool {
    let looks = known.watched(Ok(readers.clone().list().unwrap()));
    answer(known, readers, looks)
}

#[test]
fn the_window_opens_once_for_a_new_card_that_is_put_in() {
    let readers = readers(&["v4-fresh", "v4"]);
    let control = readers.control();
    let names: Vec<_> = states(&readers).into_iter().map(|one| one.name).collect();
    let mut known = Readers::default();
    assert!(!opens(&mut known, &readers), "it was there before");
    for _ in 0..2 {
        control.remove(&names[0]).unwrap();
        assert!(!opens(&mut known, &readers));
        control.reinsert(&names[0]).unwrap();
        assert!(opens(&mut known, &readers), "put in just now");
        let again = known.again();
        assert_eq!(again.len(), 2);
        assert!(!answer(&mut known, &readers, again), "once");
    }
    control.remove(&names[1]).unwrap();
    assert!(!opens(&mut known, &readers));
    control.reinsert(&names[1]).unwrap();
    assert!(!opens(&mut known, &readers), "nothing to activate");

    known.watched(Err(ReaderError::NoService));
    assert!(!opens(&mut known, &readers), "it was there all the time");
}
