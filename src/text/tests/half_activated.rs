//! What is said of a card of which one PIN is set or locked, and the other was never set.

use siru_apdu::TriesLeft;
use siru_card::{Activation, ActivationRegime, CardKind, PinState, PinStates};

use super::{assert_message_is_whole, in_every_language, sentences};
use crate::{Language, Texts};

const UNSET: PinState = PinState::NotActivated {
    tries_left: Some(TriesLeft(5)),
};

#[test]
fn a_puk_that_is_locked_is_not_offered_as_the_way_out() {
    let states = PinStates {
        pin1: PinState::Locked,
        pin2: UNSET,
        puk: PinState::Locked,
    };
    let found = Activation::of(&states, CardKind::Citizen, None).expect("PIN2 is not set");
    let found = found.in_regime(ActivationRegime::ActivationPin);
    in_every_language(|texts| {
        let told = texts.activation(&found, CardKind::Citizen);
        assert_message_is_whole(&told);
    });
    let told =
        sentences(&Texts::new(Language::English).activation(&found, CardKind::Citizen)).join(" ");
    assert!(told.contains("can never be opened again"), "{told}");
    assert!(!told.contains("the PUK does"), "{told}");
}
