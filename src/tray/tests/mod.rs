//! Questions to the tray: what is shown for which cards, in pictures and words.

mod files;
mod pictures;
mod reading;
mod states;
mod told;

use std::time::{Duration, SystemTime};

use siru_apdu::{ReaderState, Readers as _};
use siru_sim::{Image, VirtualReaders};

use crate::look::look;
use crate::state::{Look, Readers};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// Virtual readers with these cards.
fn readers(images: &[&str]) -> VirtualReaders {
    let images: Vec<Image> = images
        .iter()
        .map(|image| Image::parse(image).unwrap())
        .collect();
    VirtualReaders::demo(&images).unwrap()
}

/// What there is in them now.
fn states(readers: &VirtualReaders) -> Vec<ReaderState> {
    readers.clone().list().unwrap()
}

/// Has the cards read; whether the window is opened for any.
fn answer(known: &mut Readers, readers: &VirtualReaders, looks: Vec<Look>) -> bool {
    let mut opens = false;
    for asked in looks {
        let found = look(&mut readers.clone(), &asked.reader);
        opens |= known.found(&asked, found);
    }
    opens
}

/// What is known of cards that have all been read.
fn known(images: &[&str]) -> Readers {
    let readers = readers(images);
    let mut known = Readers::default();
    let looks = known.watched(Ok(states(&readers)));
    answer(&mut known, &readers, looks);
    known
}

fn now() -> SystemTime {
    SystemTime::now()
}
