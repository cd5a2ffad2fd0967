//! Whether a card waits to be activated, which code of its letter that takes, and which PIN is next.
//!
//! Follows *FINEID S4-1 v4.2*, clauses 4.6.1 (activation code) and 4.6.2 (activation PIN), and *DVV,
//! Activating the certificate card*.
//! Setting PIN1 and setting PIN2 are two steps: a card may be pulled between them, and then goes on
//! with the one that is left.

use crate::certificate::{CardKind, Timestamp};
use crate::pin::{ACTIVATION_PIN_DIGITS, Operation, PinRole, PinRules, PinState, PinStates};

/// How a card is activated. The letter that comes with it holds one of two codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ActivationRegime {
    /// With the activation code, which is the PUK and stays valid: RESET RETRY COUNTER for each PIN.
    Code,
    /// With the activation PIN of seven digits, good for this once: CHANGE REFERENCE DATA of each
    /// PIN.
    ActivationPin,
    /// The card does not tell. The person, who has the letter, chooses.
    Unclear,
}

/// What is left to do before a new card can be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Activation {
    /// How it is done.
    pub regime: ActivationRegime,
    pin1: PinState,
    pin2: PinState,
    puk: PinState,
}

impl Activation {
    /// What the states of a card mean; `None` when no PIN says that it was never set. `issued` is
    /// the first day of the certificate for authentication: identity cards from 2026-01-13 on come
    /// with an activation PIN (*FINEID S4-1 v4.2*, clause 4.6.2), and only they.
    ///
    /// Older cards hold a place for the unset PIN and count its tries as well, so a counter alone
    /// tells nothing.
    pub fn of(states: &PinStates, kind: CardKind, issued: Option<Timestamp>) -> Option<Self> {
        let pins = [states.pin1, states.pin2];
        let mut unset = pins
            .into_iter()
            .filter(|state| never_set(*state))
            .peekable();
        unset.peek()?;
        let counted = unset.all(PinState::is_activation_pin);
        let any_counted = pins.into_iter().any(PinState::is_activation_pin);
        let has_letter_with_code = matches!(kind, CardKind::Organisation | CardKind::Healthcare);
        let regime = match issued.map(|issued| issued.date() >= ACTIVATION_PINS_BEGIN) {
            _ if has_letter_with_code => ActivationRegime::Code,
            Some(false) => ActivationRegime::Code,
            Some(true) if counted => ActivationRegime::ActivationPin,
            None if !any_counted => ActivationRegime::Code,
            Some(true) | None => ActivationRegime::Unclear,
        };
        Some(Self::new(regime, states))
    }

    /// What a person may choose for a card whose PINs are both locked while its PUK works: a card
    /// that was never activated may look like this, and so does one whose holder forgot both PINs.
    /// The commands are the same for both, so choosing wrongly costs nothing; no program chooses by
    /// itself. `None` for any other card.
    pub fn of_locked(states: &PinStates) -> Option<Self> {
        let locked = (states.pin1, states.pin2) == (PinState::Locked, PinState::Locked);
        let opens = matches!(states.puk, PinState::Usable { .. });
        (locked && opens).then(|| Self::new(ActivationRegime::Code, states))
    }

    /// The same card when the person says what its letter holds.
    #[must_use]
    pub const fn in_regime(self, regime: ActivationRegime) -> Self {
        Self { regime, ..self }
    }

    /// The PINs still to be set, PIN1 before PIN2.
    ///
    /// A locked PIN is among them only where the activation code sets it: no activation PIN opens
    /// it.
    pub const fn remaining(&self) -> &'static [PinRole] {
        match (self.is_left(self.pin1), self.is_left(self.pin2)) {
            (true, true) => &[PinRole::Authentication, PinRole::Signature],
            (true, false) => &[PinRole::Authentication],
            (false, true) => &[PinRole::Signature],
            (false, false) => &[],
        }
    }

    /// The state of a code: why a PIN is not among the remaining ones, and whether the PUK would help.
    pub const fn state(&self, role: PinRole) -> PinState {
        match role {
            PinRole::Authentication => self.pin1,
            PinRole::Signature => self.pin2,
            PinRole::Unblocking => self.puk,
        }
    }

    /// What sets the PINs of this card. `None` while it is unclear.
    pub const fn operation(&self) -> Option<Operation> {
        match self.regime {
            ActivationRegime::Code => Some(Operation::Unlock),
            ActivationRegime::ActivationPin => Some(Operation::Change),
            ActivationRegime::Unclear => None,
        }
    }

    /// How many digits the code from the letter has: `puk` for the activation code. `None` while it
    /// is unclear.
    pub const fn letter_rules(&self, puk: PinRules) -> Option<PinRules> {
        match self.regime {
            ActivationRegime::Code => Some(puk),
            ActivationRegime::ActivationPin => Some(PinRules {
                min_entered: ACTIVATION_PIN_DIGITS,
                max_entered: ACTIVATION_PIN_DIGITS,
                min_new: ACTIVATION_PIN_DIGITS,
                max_new: ACTIVATION_PIN_DIGITS,
            }),
            ActivationRegime::Unclear => None,
        }
    }

    const fn new(regime: ActivationRegime, states: &PinStates) -> Self {
        Self {
            regime,
            pin1: states.pin1,
            pin2: states.pin2,
            puk: states.puk,
        }
    }

    const fn is_left(&self, state: PinState) -> bool {
        match state {
            PinState::NotActivated { .. } => true,
            PinState::Locked => matches!(self.regime, ActivationRegime::Code),
            PinState::Usable { .. } | PinState::Unknown => false,
        }
    }
}

const fn never_set(state: PinState) -> bool {
    matches!(state, PinState::NotActivated { .. })
}

/// From 2026-01-13T00:00Z on, identity cards come with an activation PIN in place of a code (*FINEID
/// S4-1 v4.2*, clause 4.6.2).
const ACTIVATION_PINS_BEGIN: (u16, u8, u8) = (2026, 1, 13);

#[cfg(test)]
mod tests {
    use der::DateTime;
    use proptest::prelude::*;
    use siru_apdu::TriesLeft;

    use super::*;

    const PIN1: PinRole = PinRole::Authentication;
    const PIN2: PinRole = PinRole::Signature;
    const USABLE: PinState = PinState::Usable {
        tries_left: Some(TriesLeft(5)),
    };
    const COUNTED: PinState = PinState::NotActivated {
        tries_left: Some(TriesLeft(5)),
    };
    const UNSET: PinState = PinState::NotActivated { tries_left: None };

    fn day(year: u16, month: u8, day: u8) -> Timestamp {
        Timestamp::from(DateTime::new(year, month, day, 0, 0, 0).expect("a date"))
    }

    fn states(pin1: PinState, pin2: PinState) -> PinStates {
        PinStates {
            pin1,
            pin2,
            puk: USABLE,
        }
    }

    #[test]
    fn the_states_and_the_date_tell_the_regime_and_what_is_left() {
        use ActivationRegime::{ActivationPin, Code, Unclear};
        let before = Some(day(2026, 1, 12));
        let after = Some(day(2026, 1, 13));
        let (citizen, staff) = (CardKind::Citizen, CardKind::Organisation);
        let both: &[PinRole] = &[PIN1, PIN2];
        let cases = [
            // A letter with an activation PIN.
            (
                COUNTED,
                COUNTED,
                citizen,
                after,
                Some((ActivationPin, both)),
            ),
            (
                USABLE,
                COUNTED,
                citizen,
                after,
                Some((ActivationPin, &[PIN2])),
            ),
            (
                COUNTED,
                USABLE,
                citizen,
                after,
                Some((ActivationPin, &[PIN1])),
            ),
            // The locked one needs the PUK.
            (
                PinState::Locked,
                COUNTED,
                citizen,
                after,
                Some((ActivationPin, &[PIN2])),
            ),
            (
                COUNTED,
                PinState::Locked,
                citizen,
                after,
                Some((ActivationPin, &[PIN1])),
            ),
            // A letter with an activation code.
            (COUNTED, COUNTED, citizen, before, Some((Code, both))),
            (UNSET, UNSET, citizen, before, Some((Code, both))),
            (USABLE, UNSET, citizen, before, Some((Code, &[PIN2]))),
            (PinState::Locked, UNSET, citizen, before, Some((Code, both))),
            (
                COUNTED,
                PinState::Locked,
                citizen,
                before,
                Some((Code, both)),
            ),
            (UNSET, UNSET, citizen, None, Some((Code, both))),
            (UNSET, UNSET, staff, after, Some((Code, both))),
            (
                COUNTED,
                USABLE,
                CardKind::Healthcare,
                after,
                Some((Code, &[PIN1])),
            ),
            // It cannot be told.
            (COUNTED, COUNTED, citizen, None, Some((Unclear, both))),
            (UNSET, COUNTED, citizen, None, Some((Unclear, both))),
            (UNSET, UNSET, citizen, after, Some((Unclear, both))),
            (COUNTED, UNSET, citizen, after, Some((Unclear, both))),
            (
                UNSET,
                USABLE,
                CardKind::Unknown,
                after,
                Some((Unclear, &[PIN1])),
            ),
            (
                PinState::Locked,
                COUNTED,
                citizen,
                None,
                Some((Unclear, &[PIN2])),
            ),
            (
                PinState::Unknown,
                COUNTED,
                citizen,
                None,
                Some((Unclear, &[PIN2])),
            ),
            // Nothing says that it is new.
            (USABLE, PinState::Locked, citizen, after, None),
            (PinState::Locked, PinState::Locked, citizen, before, None),
            (PinState::Unknown, PinState::Unknown, citizen, None, None),
        ];
        for (pin1, pin2, kind, issued, expected) in cases {
            let found = Activation::of(&states(pin1, pin2), kind, issued);
            let told = found.map(|found| (found.regime, found.remaining()));
            assert_eq!(told, expected, "{pin1:?} {pin2:?} {kind:?} {issued:?}");
        }
    }

    #[test]
    fn what_the_letter_holds_settles_what_was_unclear() {
        let half = Activation::of(&states(PinState::Locked, COUNTED), CardKind::Citizen, None);
        let half = half.expect("one PIN is not set");
        assert_eq!((half.operation(), half.letter_rules(PUK)), (None, None));
        let code = half.in_regime(ActivationRegime::Code);
        assert_eq!(code.remaining(), [PIN1, PIN2]);
        assert_eq!(code.operation(), Some(Operation::Unlock));
        assert_eq!(code.letter_rules(PUK), Some(PUK));
        let pin = half.in_regime(ActivationRegime::ActivationPin);
        assert_eq!(pin.remaining(), [PIN2]);
        assert_eq!(pin.operation(), Some(Operation::Change));
        let seven = pin
            .letter_rules(PUK)
            .map(|rules| (rules.min_entered, rules.max_entered));
        assert_eq!(seven, Some((7, 7)));
    }

    #[test]
    fn only_a_person_takes_a_card_with_both_pins_locked_for_a_new_one() {
        let locked = states(PinState::Locked, PinState::Locked);
        let chosen = Activation::of_locked(&locked).expect("the PUK works");
        assert_eq!(chosen.regime, ActivationRegime::Code);
        assert_eq!(chosen.remaining(), [PIN1, PIN2]);
        let spent = PinStates {
            puk: PinState::Locked,
            ..locked
        };
        assert_eq!(Activation::of_locked(&spent), None);
        assert_eq!(
            Activation::of_locked(&states(USABLE, PinState::Locked)),
            None
        );
        assert_eq!(
            Activation::of_locked(&states(UNSET, PinState::Locked)),
            None
        );
    }

    const PUK: PinRules = PinRules {
        min_entered: 8,
        max_entered: 12,
        min_new: 8,
        max_new: 8,
    };

    fn tries() -> impl Strategy<Value = Option<TriesLeft>> {
        proptest::option::of((0u8..16).prop_map(TriesLeft))
    }

    fn any_state() -> impl Strategy<Value = PinState> {
        prop_oneof![
            tries().prop_map(|tries_left| PinState::Usable { tries_left }),
            tries().prop_map(|tries_left| PinState::NotActivated { tries_left }),
            Just(PinState::Locked),
            Just(PinState::Unknown),
        ]
    }

    fn any_kind() -> impl Strategy<Value = CardKind> {
        prop_oneof![
            Just(CardKind::Citizen),
            Just(CardKind::Organisation),
            Just(CardKind::Healthcare),
            Just(CardKind::Unknown),
        ]
    }

    fn any_day() -> impl Strategy<Value = Option<Timestamp>> {
        proptest::option::of((2017u16..2040, 1u8..13, 1u8..29).prop_map(|(y, m, d)| day(y, m, d)))
    }

    proptest! {
        #[test]
        fn a_card_with_both_pins_usable_is_never_activated(
            (first, second) in (tries(), tries()),
            puk in any_state(),
            kind in any_kind(),
            issued in any_day(),
        ) {
            let states = PinStates {
                pin1: PinState::Usable { tries_left: first },
                pin2: PinState::Usable { tries_left: second },
                puk,
            };
            prop_assert_eq!(Activation::of(&states, kind, issued), None);
            prop_assert_eq!(Activation::of_locked(&states), None);
        }

        #[test]
        fn there_is_something_to_do_whenever_there_is_an_activation_and_never_to_a_usable_pin(
            (pin1, pin2, puk) in (any_state(), any_state(), any_state()),
            kind in any_kind(),
            issued in any_day(),
        ) {
            let states = PinStates { pin1, pin2, puk };
            if let Some(found) = Activation::of(&states, kind, issued) {
                for regime in [found.regime, ActivationRegime::Code, ActivationRegime::ActivationPin] {
                    let left = found.in_regime(regime).remaining();
                    prop_assert!(!left.is_empty());
                    for role in left {
                        let usable = matches!(states.of(*role), PinState::Usable { .. });
                        prop_assert!(!usable);
                    }
                }
            }
        }
    }
}
