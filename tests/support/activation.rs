//! New cards, the letters that come with them, and a person who activates one.

use siru_apdu::Readers;
use siru_card::{
    Activation, ActivationRegime, Answer, Consent, FineidCard, NewPin, PairOutcome, PinPair,
    PinRequest, PinRole, Purpose,
};
use siru_sim::Entry;

use crate::bench::{Bench, pin};

/// A new card.
pub struct New {
    /// Its image.
    pub image: &'static str,
    /// How it must say that it is activated.
    pub regime: ActivationRegime,
    /// The code of its letter.
    pub letter: &'static str,
    /// Another code of the same length.
    pub wrong: &'static str,
    /// The instruction that sets a PIN with it.
    pub sets: u8,
}

/// One of each generation.
pub const NEW: [New; 3] = [
    New {
        image: "v3-fresh",
        regime: ActivationRegime::Code,
        letter: "12345678",
        wrong: "87654321",
        sets: 0x2C,
    },
    New {
        image: "v4-fresh",
        regime: ActivationRegime::ActivationPin,
        letter: "1234567",
        wrong: "7654321",
        sets: 0x24,
    },
    New {
        image: "organisation-fresh",
        regime: ActivationRegime::Code,
        letter: "12345678",
        wrong: "87654321",
        sets: 0x2C,
    },
];

/// The PINs that are set, PIN1 first.
pub const SET: [&str; 2] = ["4711", "190283"];

/// The PIN that is set for `role`.
#[must_use]
pub const fn set(role: PinRole) -> &'static str {
    let [pin1, pin2] = SET;
    match role {
        PinRole::Signature => pin2,
        _ => pin1,
    }
}

/// A new PIN as somebody types it twice.
#[must_use]
pub fn typed_twice(digits: &str) -> NewPin {
    NewPin::new(pin(digits), &pin(digits)).expect("the same digits")
}

/// Both PINs, with the code of a letter.
#[must_use]
pub fn pair(regime: ActivationRegime, letter: &str) -> PinPair {
    let [pin1, pin2] = SET.map(typed_twice);
    let made = match regime {
        ActivationRegime::ActivationPin => PinPair::change(pin(letter), pin1, pin2),
        _ => PinPair::unlock(pin(letter), pin1, pin2),
    };
    made.expect("no rule is broken")
}

/// One PIN, with the code of a letter.
#[must_use]
pub fn single(regime: ActivationRegime, role: PinRole, letter: &str) -> PinRequest {
    let (code, new, again) = (pin(letter), pin(set(role)), pin(set(role)));
    let made = match regime {
        ActivationRegime::ActivationPin => PinRequest::change(role, code, new, &again),
        _ => PinRequest::unlock(role, code, new, &again),
    };
    made.expect("no rule is broken")
}

/// What a card waits for, as far as it can be read.
pub fn waits_for(card: &mut FineidCard) -> Option<Activation> {
    let leaf = card.certificate(Purpose::Authentication).ok()?;
    let issued = leaf.map(|leaf| leaf.certificate.not_before);
    Activation::of(card.states(), card.kind(), issued)
}

/// What a person with the letter does once, as far as it goes: looks, and sets what is left. The PINs
/// that were left; `None` when the card could not be read.
///
/// # Panics
///
/// When the card waits for something else than its letter holds.
pub fn sit_down(bench: &mut Bench, new: &New) -> Option<Vec<PinRole>> {
    let channel = bench.readers.connect(&bench.reader).ok()?;
    let mut card = FineidCard::open(channel).ok()?;
    let Some(found) = waits_for(&mut card) else {
        return Some(Vec::new());
    };
    // Where a certificate could not be read, the person looks into the letter.
    let found = match found.regime {
        ActivationRegime::Unclear => found.in_regime(new.regime),
        _ => found,
    };
    assert_eq!(found.regime, new.regime, "{}", new.image);
    let seen = card.identity().clone();
    match found.remaining() {
        [role] => {
            let request = single(new.regime, *role, new.letter).activating();
            card.perform(request, &seen, Consent::Ordinary);
        }
        both => {
            assert_eq!(both, [PinRole::Authentication, PinRole::Signature]);
            let asked = pair(new.regime, new.letter).activating();
            judge(&card.perform_both(asked, &seen, Consent::Ordinary));
        }
    }
    Some(found.remaining().to_vec())
}

/// The second PIN is never sent before the first was done.
fn judge(outcome: &PairOutcome) {
    let first_done = matches!(outcome.pin1.answer, Answer::Done);
    assert_eq!(outcome.pin2.is_some(), first_done, "{outcome:?}");
    assert_eq!(outcome.pin1.role, PinRole::Authentication);
    let second = outcome.pin2.as_ref();
    assert!(second.is_none_or(|second| second.role == PinRole::Signature));
}

/// How many commands with this instruction carried a code.
#[must_use]
pub fn count(entries: &[Entry], instruction: u8) -> usize {
    let sent = entries.iter();
    sent.filter(|entry| entry.instruction == instruction)
        .count()
}

/// Both PINs are the ones that were to be set, with all their tries, and none is left verified.
///
/// # Panics
///
/// When that is not so.
pub fn assert_set(bench: &mut Bench, context: &str) {
    for role in [PinRole::Authentication, PinRole::Signature] {
        let check = PinRequest::check(role, pin(set(role)));
        let outcome = bench.perform(check, Consent::Ordinary);
        assert!(
            matches!(outcome.answer, Answer::Done),
            "{context}: {outcome:?}"
        );
    }
    assert_eq!(bench.tries(), [5; 3], "{context}");
    assert_eq!(bench.verified(), [false; 3], "{context}");
}
