//! Reading, chains and the end in time, message by message.

mod saving;

use std::time::SystemTime;

use siru_apdu::{ReaderError, TriesLeft};
use siru_card::{PinState, Purpose, Validity};
use siru_text::{Language, Tone};

use super::*;
use crate::model::{Message, update};
use crate::tests::dated::{DAY, dated_card, dated_model, found, open_tab, read_model};
use crate::tests::support::{reader, report};

fn send(model: &mut Model, message: Message) -> Vec<Command> {
    update(model, message, Instant::now())
}

fn certificates(model: &mut Model, message: CertificateMessage) -> Vec<Command> {
    send(model, Message::Certificates(message))
}

fn reading(model: &Model) -> Option<&Reading> {
    let reader = model.reader(&reader(1)).unwrap();
    Some(&model.certificates.of(reader)?.reading)
}

fn looked(model: &mut Model, image: &str) -> Vec<Command> {
    let message = Message::Looked {
        reader: reader(1),
        generation: model.readers[0].generation,
        look: Ok(Box::new(dated_card(image).0)),
    };
    send(model, message)
}

#[test]
fn certificates_are_read_once_for_every_insertion_and_only_when_looked_for() {
    let mut model = dated_model(&["v4"]);
    assert!(reading(&model).is_none(), "nobody has asked");
    let commands = open_tab(&mut model);
    let [Command::ReadCertificates { seen, .. }] = commands.as_slice() else {
        panic!("{commands:?}");
    };
    assert_eq!(*seen, model.readers[0].card().unwrap().identity);
    assert!(matches!(reading(&model), Some(Reading::Waiting(_))));
    assert!(open_tab(&mut model).is_empty(), "it is on its way");
    found(&mut model, 1, Ok(dated_card("v4").1));
    assert!(matches!(reading(&model), Some(Reading::Read(all)) if all.len() == 4));
    assert!(open_tab(&mut model).is_empty() && looked(&mut model, "v4").is_empty());
    assert!(matches!(reading(&model), Some(Reading::Read(_))));
}

#[test]
fn a_card_that_comes_while_the_tab_is_open_is_read_after_its_holder() {
    let mut model = Model::new(Language::English, false);
    open_tab(&mut model);
    send(&mut model, report(&[true], 1));
    let mut card = dated_card("v4").0;
    card.holder = Holder::Reading(Instant::now());
    let first = Message::Looked {
        reader: reader(1),
        generation: model.readers[0].generation,
        look: Ok(Box::new(card)),
    };
    assert!(send(&mut model, first).is_empty());
    let commands = looked(&mut model, "v4");
    assert!(matches!(
        commands.as_slice(),
        [Command::ReadCertificates { .. }]
    ));
}

#[test]
fn what_could_not_be_read_is_read_again_when_the_person_says_so() {
    let failure = || Err(CertificateError::Look(LookError::Reader(ReaderError::Busy)));
    let again = CertificateMessage::ReadAgain(reader(1));
    for message in [Message::Certificates(again), Message::ReadAgain] {
        let mut model = dated_model(&["v4"]);
        open_tab(&mut model);
        assert!(found(&mut model, 1, failure()).is_empty(), "not by itself");
        assert!(matches!(reading(&model), Some(Reading::Failed(_))));
        let commands = send(&mut model, message);
        let read = |command: &Command| matches!(command, Command::ReadCertificates { .. });
        assert_eq!(commands.iter().filter(|one| read(one)).count(), 1);
        assert!(matches!(reading(&model), Some(Reading::Waiting(_))));
    }
}

#[test]
fn certificates_go_with_their_card() {
    let mut model = dated_model(&["v4"]);
    open_tab(&mut model);
    let generation = model.readers[0].generation;
    send(&mut model, report(&[false], 2));
    assert!(model.certificates.held.is_empty(), "removed while reading");
    let late = CertificateMessage::Found {
        reader: reader(1),
        generation,
        found: Ok(dated_card("v4").1),
    };
    certificates(&mut model, late);
    assert!(
        model.certificates.held.is_empty(),
        "an answer that is too late"
    );

    let mut model = read_model(&["v4"]);
    send(&mut model, Message::Readers(Err(ReaderError::NoService)));
    assert!(model.certificates.held.is_empty(), "without a service");

    let mut model = read_model(&["v4"]);
    let commands = looked(&mut model, "v3");
    assert!(matches!(
        commands.as_slice(),
        [Command::ReadCertificates { .. }]
    ));
    assert!(
        matches!(reading(&model), Some(Reading::Waiting(_))),
        "another card"
    );
}

#[test]
fn an_answer_for_an_earlier_insertion_is_not_shown_for_a_later_one() {
    let mut model = dated_model(&["v4"]);
    open_tab(&mut model);
    let generation = model.readers[0].generation;
    send(&mut model, report(&[true], 2));
    looked(&mut model, "v3");
    let late = CertificateMessage::Found {
        reader: reader(1),
        generation,
        found: Ok(dated_card("v4").1),
    };
    certificates(&mut model, late);
    assert!(matches!(reading(&model), Some(Reading::Waiting(_))));
}

#[test]
fn the_persons_certificates_hang_on_one_chain_up_to_the_root() {
    let (_, all) = dated_card("v4");
    let purpose = |index: &usize| all[*index].purpose;
    let [chain] = chains(&all).try_into().expect("one chain");
    let leaves: Vec<_> = chain.leaves.iter().map(purpose).collect();
    assert_eq!(leaves, [Purpose::Authentication, Purpose::Signature]);
    assert_eq!(chain.authorities.len(), 2);
    assert!(chain.is_complete && missing(&all).is_empty());
    for pair in chain.above(chain.leaves[1]).windows(2) {
        let [lower, upper] = [&all[pair[0]].certificate, &all[pair[1]].certificate];
        assert_eq!(lower.issuer, upper.subject);
    }
    assert_eq!(chain.above(chain.authorities[1]), [chain.authorities[1]]);
}

#[test]
fn a_chain_with_something_missing_says_so_and_loses_nothing() {
    let (_, all) = dated_card("v4");
    let without = |left_out: &dyn Fn(&CardCertificate) -> bool| {
        let kept = all.iter().filter(|one| !left_out(one)).cloned();
        kept.collect::<Vec<_>>()
    };
    let is_root = |one: &CardCertificate| one.certificate.issuer == one.certificate.subject;
    let no_root = chains(&without(&is_root));
    assert!(no_root.len() == 1 && !no_root[0].is_complete);
    assert_eq!(no_root[0].authorities.len(), 1);

    let is_issuer =
        |one: &CardCertificate| one.purpose == Purpose::CertificateAuthority && !is_root(one);
    let all_of = |chains: Vec<Chain>| {
        let count = |chain: &Chain| chain.leaves.len() + chain.authorities.len();
        chains.iter().map(count).sum::<usize>()
    };
    let no_issuer = without(&is_issuer);
    assert!(!chains(&no_issuer)[0].is_complete);
    assert_eq!(all_of(chains(&no_issuer)), 3, "the root stands by itself");

    let no_signature = without(&|one| one.purpose == Purpose::Signature);
    assert_eq!(missing(&no_signature), [Purpose::Signature]);
    assert_eq!(missing(&[]), [Purpose::Authentication, Purpose::Signature]);
    assert!(chains(&[]).is_empty());
}

#[test]
fn the_end_is_told_from_90_days_before_and_more_urgently_at_30_and_7() {
    let (card, _) = dated_card("v4");
    let (begin, end) = card.validity.unwrap();
    let end = end.to_system_time();
    let cases: [(SystemTime, Option<(Grade, Tone)>); 12] = [
        (
            begin.to_system_time() - DAY,
            Some((Grade::NotYet, Tone::Warning)),
        ),
        (begin.to_system_time(), None),
        (end - DAY * 91, None),
        (end - DAY * 90, Some((Grade::Quarter, Tone::Neutral))),
        (end - DAY * 31, Some((Grade::Quarter, Tone::Neutral))),
        (end - DAY * 30, Some((Grade::Month, Tone::Warning))),
        (end - DAY * 8, Some((Grade::Month, Tone::Warning))),
        (end - DAY * 7, Some((Grade::Week, Tone::Bad))),
        (end - DAY, Some((Grade::Week, Tone::Bad))),
        (end, Some((Grade::Week, Tone::Bad))),
        (end + DAY / 1000, Some((Grade::Expired, Tone::Bad))),
        (end + DAY * 12, Some((Grade::Expired, Tone::Bad))),
    ];
    for (now, expected) in cases {
        let notice = expiry_notice(&card, now);
        let told = notice.map(|notice| (notice.grade, notice.grade.tone()));
        assert_eq!(told, expected, "{now:?}");
    }
    let unread = Card {
        validity: None,
        ..card
    };
    assert_eq!(expiry_notice(&unread, end), None, "nothing is known");
}

#[test]
fn the_more_urgent_of_the_two_certificates_is_told() {
    let mut model = dated_model(&["v4"]);
    let notice = |model: &Model| model.expiry_notice(&model.readers[0]);
    assert_eq!(notice(&model), None);
    let (_, mut all) = dated_card("v4");
    let (_, end) = model.readers[0].card().unwrap().validity.unwrap();
    model.clock = Some(end.to_system_time() - DAY * 20);
    let told = notice(&model).unwrap();
    assert_eq!(
        (told.purpose, told.grade),
        (Purpose::Authentication, Grade::Month)
    );
    assert_eq!(told.validity, Validity::Valid { days_left: 20 });
    // As if its signature certificate had ended years before.
    let (_, expired) = dated_card("v4-expired");
    let signature = |one: &CardCertificate| one.purpose == Purpose::Signature;
    all.retain(|one| !signature(one));
    all.extend(expired.into_iter().filter(signature));
    open_tab(&mut model);
    found(&mut model, 1, Ok(all));
    let told = notice(&model).unwrap();
    assert_eq!(
        (told.purpose, told.grade),
        (Purpose::Signature, Grade::Expired)
    );
    model.clock = None;
    assert_eq!(notice(&model), None, "without a clock");
}

#[test]
fn an_expired_card_keeps_its_pins_in_use() {
    let model = dated_model(&["v4-expired"]);
    let told = model.expiry_notice(&model.readers[0]).unwrap();
    assert_eq!(told.grade, Grade::Expired);
    let tries = PinState::Usable {
        tries_left: Some(TriesLeft(5)),
    };
    assert_eq!(model.readers[0].card().unwrap().states.pin1, tries);
}

#[test]
fn details_are_opened_and_closed_one_by_one() {
    let mut model = read_model(&["v4"]);
    let open = |model: &Model| {
        let held = model.certificates.of(&model.readers[0]).unwrap();
        [held.is_open(0), held.is_open(1)]
    };
    let details = |index| CertificateMessage::Details(reader(1), index);
    certificates(&mut model, details(1));
    assert_eq!(open(&model), [false, true]);
    certificates(&mut model, details(0));
    certificates(&mut model, details(1));
    assert_eq!(open(&model), [true, false]);
}
