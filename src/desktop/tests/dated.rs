//! Cards whose certificates were issued on a fixed day, so that dates and fingerprints are always
//! the same.

use std::time::{Duration, Instant, SystemTime};

use siru_apdu::Readers as _;
use siru_card::{CardCertificate, FineidCard, Purpose};
use siru_sim::{Image, Personalisation, VirtualReaders};
use siru_text::Language;

use super::support::{reader, report};
use crate::model::certificates::CertificateError;
use crate::model::{Card, CertificateMessage, Command, Holder, Message, Model, Tab, update};

pub(crate) const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// Noon of the 3rd of May 2026: the day on which the cards are used.
pub(crate) fn today() -> SystemTime {
    SystemTime::UNIX_EPOCH + DAY * 20_576 + DAY / 2
}

/// Virtual readers with these cards.
pub(crate) fn dated_readers(images: &[&str]) -> VirtualReaders {
    let readers = VirtualReaders::new();
    for (number, image) in (1..).zip(images) {
        let name = reader(number);
        readers.control().add_reader(name.clone());
        let person = Personalisation {
            now: today(),
            ..Personalisation::new(Image::parse(image).unwrap())
        };
        let card = person.build().unwrap();
        readers.control().insert(&name, card).unwrap();
    }
    readers
}

/// A card as the worker would report it, and all certificates on it.
pub(crate) fn dated_card(image: &str) -> (Card, Vec<CardCertificate>) {
    let mut readers = dated_readers(&[image]);
    let mut card = FineidCard::open(readers.connect(&reader(1)).unwrap()).unwrap();
    let all = card.certificates().unwrap();
    let leaf = all
        .iter()
        .find(|one| one.purpose == Purpose::Authentication)
        .unwrap();
    let says = &leaf.certificate;
    let holder = says.holder.clone().map_or(Holder::NotKnown, Holder::Known);
    let card = Card {
        leaf: Some(leaf.der.clone()),
        validity: Some((says.not_before, says.not_after)),
        ..Card::of(&card, holder)
    };
    (card, all)
}

/// A model in which every reader holds one of these cards, looked at on that day.
pub(crate) fn dated_model(images: &[&str]) -> Model {
    let now = Instant::now();
    let mut model = Model::new(Language::English, false);
    model.clock = Some(today());
    update(&mut model, report(&vec![true; images.len()], 1), now);
    for (index, image) in images.iter().enumerate() {
        let looked = Message::Looked {
            reader: reader(index + 1),
            generation: model.readers[index].generation,
            look: Ok(Box::new(dated_card(image).0)),
        };
        update(&mut model, looked, now);
    }
    model
}

/// The person goes to the certificates.
pub(crate) fn open_tab(model: &mut Model) -> Vec<Command> {
    update(model, Message::Open(Tab::Certificates), Instant::now())
}

/// The certificates of a card were read, or not.
pub(crate) fn found(
    model: &mut Model,
    number: usize,
    found: Result<Vec<CardCertificate>, CertificateError>,
) -> Vec<Command> {
    let message = CertificateMessage::Found {
        reader: reader(number),
        generation: model.readers[number - 1].generation,
        found,
    };
    update(model, Message::Certificates(message), Instant::now())
}

/// A model in which the certificates of all these cards are shown.
pub(crate) fn read_model(images: &[&str]) -> Model {
    let mut model = dated_model(images);
    open_tab(&mut model);
    for (index, image) in images.iter().enumerate() {
        found(&mut model, index + 1, Ok(dated_card(image).1));
    }
    model
}
