//! The virtual cards that the scripts speak of, and how their codes stand at the start.

use std::time::{Duration, UNIX_EPOCH};

use siru_script::{Start, StartState};
use siru_sim::{Image, Model, SimulatedCard, Variant};

use crate::acts::Left;
use crate::bench::changed_card;

/// A folder of scripts, all about one generation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Folder {
    /// Its name, which is also what `card:` says.
    pub name: &'static str,
    /// The virtual card of that generation.
    pub model: Model,
}

/// All of them, besides `common`.
pub const FOLDERS: [Folder; 3] = [
    Folder {
        name: "fineid-v3",
        model: Model::V3,
    },
    Folder {
        name: "fineid-v4",
        model: Model::V4,
    },
    Folder {
        name: "organisation",
        model: Model::Organisation,
    },
];

/// Every generation there are scripts of.
pub const ALL: &[Model] = &[Model::V3, Model::V4, Model::Organisation];

/// Those of citizen cards.
pub const CITIZEN: &[Model] = &[Model::V3, Model::V4];

/// The virtual card of which a script says this in `card:` and `start:`.
pub fn image(card: &str, wanted: &[Start]) -> Option<Image> {
    let folder = FOLDERS.iter().find(|folder| folder.name == card)?;
    let mut images = VARIANTS
        .map(|variant| Image::new(folder.model, variant))
        .into_iter();
    images.find(|image| {
        let starts = starts(*image);
        wanted.iter().all(|clause| starts.contains(clause))
    })
}

/// The `start:` of a script that begins with this card.
pub fn starts(image: Image) -> Vec<Start> {
    let clause = |(secret, left): (&str, Left)| {
        let state = match left {
            Left::Tries(tries) => StartState::Tries(tries),
            Left::NotActivated(_) => StartState::NotActivated,
            Left::Unsaid => return None,
        };
        Some(Start {
            secret: secret.to_owned(),
            state,
        })
    };
    let codes = ["PIN1", "PIN2", "PUK"].into_iter().zip(start(image));
    codes.filter_map(clause).collect()
}

/// The virtual card of the scripts: certificates and all are those of the day they were recorded.
pub fn card(image: Image) -> SimulatedCard {
    changed_card(&image.to_string(), |wanted| {
        wanted.now = UNIX_EPOCH + RECORDED;
    })
}

/// What the middleware says of PIN1, PIN2 and the PUK of a virtual card before anything is done.
pub const fn start(image: Image) -> [Left; 3] {
    match (image.variant, image.model) {
        (Variant::Normal | Variant::Expired, _) => tries(5, 5, 5),
        (Variant::Locked, _) => tries(0, 5, 5),
        (Variant::Pin2Locked, _) => tries(5, 0, 5),
        (Variant::LastTry, _) => tries(1, 5, 5),
        (Variant::PukLow, _) => tries(0, 5, 1),
        (Variant::PukSpent, _) => tries(0, 5, 0),
        (Variant::LastTryPukSpent, _) => tries(1, 5, 0),
        (Variant::FreshLocked, _) => [Left::Tries(0), Left::NotActivated(Some(5)), Left::Tries(5)],
        (Variant::FreshPukSpent, _) => {
            [Left::Tries(0), Left::NotActivated(Some(5)), Left::Tries(0)]
        }
        (Variant::Fresh, Model::Organisation) => FRESH_ORGANISATION,
        (Variant::Fresh, _) => FRESH_CITIZEN,
    }
}

/// Citizen cards count tries before the activation.
pub const FRESH_CITIZEN: [Left; 3] = [
    Left::NotActivated(Some(5)),
    Left::NotActivated(Some(5)),
    Left::Tries(5),
];

/// Organisation cards say nothing of a PIN that was never set.
pub const FRESH_ORGANISATION: [Left; 3] = [
    Left::NotActivated(None),
    Left::NotActivated(None),
    Left::Tries(5),
];

/// Nothing is said: the card could not be read any more.
pub const UNSAID: [Left; 3] = [Left::Unsaid, Left::Unsaid, Left::Unsaid];

/// All three say how many tries they have.
pub const fn tries(pin1: u8, pin2: u8, puk: u8) -> [Left; 3] {
    [Left::Tries(pin1), Left::Tries(pin2), Left::Tries(puk)]
}

/// What is said after something was done to PIN1 alone.
pub const fn pin1(tries: u8) -> [Left; 3] {
    [Left::Tries(tries), Left::Unsaid, Left::Unsaid]
}

/// What is said after something was done to PIN2 alone.
pub const fn pin2(tries: u8) -> [Left; 3] {
    [Left::Unsaid, Left::Tries(tries), Left::Unsaid]
}

/// What is said after the PUK was presented for PIN1.
pub const fn pin1_and_puk(tries: u8, puk: u8) -> [Left; 3] {
    [Left::Tries(tries), Left::Unsaid, Left::Tries(puk)]
}

/// What is said after the PUK was presented for PIN2.
pub const fn pin2_and_puk(tries: u8, puk: u8) -> [Left; 3] {
    [Left::Unsaid, Left::Tries(tries), Left::Tries(puk)]
}

/// 2026-06-01: the day the virtual cards of the scripts are used.
const RECORDED: Duration = Duration::from_secs(1_780_272_000);

/// The states there are scripts of, the plainest first.
const VARIANTS: [Variant; 6] = [
    Variant::Normal,
    Variant::Locked,
    Variant::Pin2Locked,
    Variant::LastTry,
    Variant::PukLow,
    Variant::Fresh,
];
