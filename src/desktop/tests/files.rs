//! Certificates in the whole program, on virtual cards: what is read, and what the files hold.

use std::fs;
use std::sync::mpsc::Receiver;
use std::time::{Duration, Instant};

use siru_card::{CardCertificate, Purpose};
use siru_sim::{Fault, FaultKind, VirtualReaders};

use super::support::{app, reader, readers, wait};
use crate::app::App;
use crate::model::certificates::{Format, Reading, SaveButton, SavePhase, missing};
use crate::model::{CertificateMessage, Message, Model, Tab};

/// The whole program, with the certificates of its one card read.
fn read_app(image: &str) -> (App, Receiver<()>, VirtualReaders) {
    let readers = readers(&[image]);
    let (mut app, bell) = app(&readers);
    app.apply(Message::Open(Tab::Certificates));
    wait(&mut app, &bell, |model| certificates_of(model).is_some());
    (app, bell, readers)
}

fn certificates_of(model: &Model) -> Option<&[CardCertificate]> {
    model.certificates.of(model.reader(&reader(1))?)?.all()
}

/// Saves one as a file, and gives back what is in it.
fn save(app: &mut App, bell: &Receiver<()>, index: usize, format: Format) -> Vec<u8> {
    let button = SaveButton {
        reader: reader(1),
        index,
        format,
    };
    app.apply(Message::Certificates(CertificateMessage::Offer(button)));
    app.apply(Message::Certificates(CertificateMessage::Save));
    let written = |model: &Model| match &model.certificates.save.as_ref()?.phase {
        SavePhase::Written(written) => Some(written.path.clone()),
        SavePhase::Failed(error) => panic!("{error}"),
        _ => None,
    };
    wait(app, bell, |model| written(model).is_some());
    let path = written(app.model()).unwrap();
    app.apply(Message::Close);
    fs::read(path).unwrap()
}

#[test]
fn a_file_holds_exactly_what_the_card_holds_and_no_code_was_asked_for() {
    // Where the card keeps them: log-in, signature, and the issuer of both.
    let files: [&[u16]; 3] = [&[0x4331], &[0x5016, 0x4332], &[0x4336]];
    let (mut app, bell, readers) = read_app("v4");
    let folder = tempfile::tempdir().unwrap();
    app.save_in_for_test(folder.path());
    for path in files {
        let on_card = readers
            .control()
            .card(&reader(1), |card| card.card.file(path).unwrap().to_vec())
            .unwrap();
        let all = certificates_of(app.model()).unwrap();
        let index = all.iter().position(|one| one.der == on_card).unwrap();
        assert_eq!(
            save(&mut app, &bell, index, Format::Der),
            on_card,
            "{path:X?}"
        );
        let pem = save(&mut app, &bell, index, Format::Pem);
        let (label, der) = der::pem::decode_vec(&pem).unwrap();
        assert_eq!((label, der), ("CERTIFICATE", on_card));
    }
    let chain = String::from_utf8(save(&mut app, &bell, 0, Format::Chain)).unwrap();
    assert_eq!(chain.matches("-----BEGIN CERTIFICATE-----").count(), 3);
    let calendar = String::from_utf8(save(&mut app, &bell, 0, Format::Calendar)).unwrap();
    assert!(calendar.starts_with("BEGIN:VCALENDAR\r\n"));
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 8);
    let attempts = readers
        .control()
        .card(&reader(1), |card| card.card.ledger().totals().attempts);
    assert_eq!(attempts.unwrap(), 0);
}

#[test]
fn a_card_without_a_signature_certificate_shows_the_others() {
    let readers = readers(&["organisation"]);
    let places: [&[u16]; 2] = [&[0x5016, 0x4332], &[0x4332]];
    let removed = readers.control().card(&reader(1), |card| {
        for place in places {
            card.card.set_file(place, None);
        }
    });
    removed.unwrap();
    let (mut app, bell) = app(&readers);
    app.apply(Message::Open(Tab::Certificates));
    wait(&mut app, &bell, |model| certificates_of(model).is_some());
    let all = certificates_of(app.model()).unwrap();
    assert_eq!(missing(all), [Purpose::Signature]);
    assert!(all.len() > 1);
}

#[test]
fn a_card_that_is_taken_out_while_it_is_read_is_forgotten() {
    let readers = readers(&["v4"]);
    let (mut app, bell) = app(&readers);
    wait(&mut app, &bell, |model| {
        let card = model.reader(&reader(1)).and_then(|reader| reader.card());
        card.is_some_and(|card| card.leaf.is_some())
    });
    let exchanges = || {
        let card = readers.control();
        card.card(&reader(1), |card| card.card.ledger().totals().exchanges)
            .unwrap()
    };
    let before = exchanges();
    let hang = Fault::at_exchange(FaultKind::Hang, 5);
    readers.control().plan(&reader(1), hang).unwrap();
    app.apply(Message::Open(Tab::Certificates));
    let waits = |model: &Model| {
        let held = model
            .reader(&reader(1))
            .and_then(|reader| model.certificates.of(reader));
        held.is_some_and(|held| matches!(held.reading, Reading::Waiting(_)))
    };
    assert!(waits(app.model()));
    // The fault strikes once, so the card may go only after that.
    let deadline = Instant::now() + Duration::from_secs(20);
    while exchanges() < before + 5 {
        assert!(Instant::now() < deadline, "the card is never asked");
        std::thread::yield_now();
    }
    readers.control().remove(&reader(1)).unwrap();
    wait(&mut app, &bell, |model| !waits(model));
    readers.control().reinsert(&reader(1)).unwrap();
    wait(&mut app, &bell, |model| certificates_of(model).is_some());
}
